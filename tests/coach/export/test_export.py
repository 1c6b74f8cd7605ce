"""Exports: everything is in them, nothing a student wrote is obeyed, nothing is overwritten."""

import csv
import io
import os
import re
import stat
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from cli_tools import Cli, only_line
from hypothesis import example, given
from hypothesis import strategies as st
from making import draft_of, entry_of, internship_of
from markdown_it import MarkdownIt

from coach.disk.saved_copy import save_copy
from coach.documents.markdown import markdown_line, markdown_text
from coach.export.export import entry_markdown
from coach.export.listing import Listed
from coach.export.pages import to_html
from coach.export.sheet import HEADER
from coach.features.registry import load_content
from coach.flows.content import Content
from coach.store.entries import Entry
from coach.store.journal import Journal
from coach.util.csv_cells import safe_cell

TEXTS = st.text(st.characters(codec="utf-8"), max_size=40) | st.text(
    "=+-@\t\r\n ;,\"'＝a1", max_size=12
)
MARKS = st.text(st.sampled_from(list("\\`*_{}[]()<>#+-.!|~&=:/$^\"' \nab1")), max_size=30)


def filled(cli: Cli) -> list[Entry]:
    """A journal with a bit of everything; its kept entries."""
    about = internship_of("2026-09-01", "2026-12-18", company="=Lumen", objective="Peser")
    row = {"id": "r", "action": "-3 h de tri", "impact": "<b>12</b>", "skill": "Écoute"}
    week = entry_of(
        internship=about.id,
        tags=["soin"],
        answers={
            "achievements": [row],
            "hard": "*Mardi*, [x](y)\n# non",
            "progress": {"main": "some"},
        },
    )
    reframe = entry_of(
        "reframe", answers={"facts": "<script>alert(1)</script>", "weight_before": 7}
    )
    trashed = entry_of("note", answers={"text": "Jetée"})
    journal = Journal(cli.data)
    journal.merge([about, week, reframe, trashed])
    journal.save(
        entry_of("weekly", id=week.id, internship=about.id, tags=week.tags, answers=week.answers)
    )
    journal.trash(trashed.id)
    begun = entry_of("interview", answers={"company": "Orbis"})
    with journal.drafts.open(begun.id) as file:
        file.write(draft_of(begun))
    return journal.entries()


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    return Cli(tmp_path / "data")


# The command


@pytest.mark.parametrize("name", ["x.json", "x.md", "x.markdown", "x.html", "x.HTM", "x.csv"])
def test_the_ending_tells_the_format_and_nothing_is_overwritten(
    cli: Cli, tmp_path: Path, name: str
) -> None:
    filled(cli)
    path = tmp_path / name
    said = cli("export", str(path))
    assert said.code == 0 and str(path) in said.out
    if not name.endswith("csv"):
        assert "brouillons et pages privées compris" in said.out
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text("mine")
    again = cli("export", str(path))
    assert again.code == 1 and "--force" in only_line(again) and path.read_text() == "mine"
    assert cli("export", str(path), "--force").code == 0 and path.read_text() != "mine"
    assert {one.name for one in tmp_path.iterdir()} == {"data", name}


def test_a_format_is_named_or_refused(cli: Cli, tmp_path: Path) -> None:
    assert cli("export", str(tmp_path / "x.txt")).code == 2
    assert cli("export", str(tmp_path / "x.md"), "--format", "pdf").code == 2
    assert cli("export", str(tmp_path / "x.txt"), "--format", "CSV").code == 0
    assert (tmp_path / "x.txt").read_text("utf-8-sig").startswith('"date"')


def test_what_cannot_be_written_is_told(cli: Cli, tmp_path: Path) -> None:
    said = cli("export", str(tmp_path / "missing" / "x.json"))
    assert said.code == 1 and "Rien n'a été écrit" in only_line(said)
    said = cli("export", str(tmp_path), "--format", "json", "--force")
    assert said.code == 1 and only_line(said)


@pytest.mark.skipif(os.name == "nt", reason="POSIX devices")
def test_it_goes_down_a_pipe(cli: Cli) -> None:
    cli("note", "Trié 3 bacs")
    out, err = cli.process("export", "/dev/stdout", "--format", "json").communicate(timeout=20)
    assert out.startswith(b"{") and b"Tri\xc3\xa9 3 bacs" in out and b"Copie" in err


def test_a_link_is_followed_and_a_new_file_never_replaced(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    link.symlink_to(real)
    save_copy(link, b"one")
    assert link.is_symlink() and real.read_bytes() == b"one"
    with pytest.raises(FileExistsError):
        save_copy(link, b"two")
    save_copy(link, b"two", force=True)
    assert link.is_symlink() and real.read_bytes() == b"two"


# JSON


def test_json_holds_everything(cli: Cli, tmp_path: Path) -> None:
    import json

    kept = filled(cli)
    cli("export", str(tmp_path / "x.json"))
    data = json.loads((tmp_path / "x.json").read_text("utf-8"))
    assert data["schema"] == 1
    entries = data["entries"]
    assert len(entries) == len(kept) + 2
    assert [one["date"] for one in entries] == sorted((o["date"] for o in entries), reverse=True)
    week = next(one for one in entries if one["flow"] == "weekly")
    assert len(week["history"]) == 1
    assert [one["flow"] for one in entries if one["deleted_at"]] == ["note"]
    assert [one["flow"] for one in entries if one["status"] == "draft"] == ["interview"]


# CSV


def test_csv_has_a_row_per_achievement_and_runs_nothing(cli: Cli, tmp_path: Path) -> None:
    filled(cli)
    assert "1 réussite" in cli("export", str(tmp_path / "x.csv")).out
    data = (tmp_path / "x.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    head, row = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert tuple(head) == HEADER == (
        "date", "week", "company", "action", "skill", "impact", "feedback", "feedback_from", "trace"
    )  # fmt: skip
    assert row[:6] == ["2026-11-20", "2026-W47", "'=Lumen", "'-3 h de tri", "Écoute", "<b>12</b>"]


@given(TEXTS)
@example("  =1+1")
@example("\u200b@SUM(A1)")
@example("＝cmd|' /C calc'!A0")
@example("\t=x")
@example("ok;=cmd()")
@example('a"\n+1')
def test_no_cell_can_be_run(text: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerow([safe_cell(text)])
    (cell,) = next(csv.reader(io.StringIO(out.getvalue(), newline="")))
    bare = re.sub(r"[\s\u200b]", "", cell)
    assert not bare.startswith(tuple("=+-@＝＋－＠")) and not cell.startswith(("\t", "\r"))
    # Also where `;` is taken for the separator.
    assert not any(re.match(r"[\s\u200b\"]*[=+\-@＝＋－＠]", p) for p in cell.split(";")[1:])


def test_harmless_cells_stay_as_they_are() -> None:
    for text in ("12 familles", "« Bien »", "l'accueil", "3 - 2", "a@b.fr", ""):
        assert safe_cell(text) == text


# Markdown


def plain_text(html: str) -> str:
    """What a reader of `html` sees; fails where it holds any element but text and lines."""
    seen: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            assert tag in ("p", "br"), html
            seen.append("\n" if tag == "br" else "")

        def handle_data(self, data: str) -> None:
            seen.append(data)

    Reader().feed(html)
    return "".join(seen)


@given(TEXTS | MARKS)
@example("1. un\n2) deux\n- trois\n+ quatre\n# cinq")
@example("a\n===\nb\n---")
@example("```\ncode\n```\n~~~")
@example("&amp; &#35; <br> <https://x.y> [a](b) ![c](d) [e]: /f")
@example("    indenté\n\n\tencore")
@example("| a | b |\n|---|---|\n| 1 | 2 |")
@example("- [ ] tâche\n: suite\n* * *")
@example("\\\\* \\")
def test_markdown_shows_what_was_written(text: str) -> None:
    html = MarkdownIt("gfm-like", {"linkify": False}).render(markdown_text(text))
    from coach.util.text import clean

    assert plain_text(html).split() == clean(text).split()


@given(MARKS)
def test_a_line_of_markdown_stays_one_line(text: str) -> None:
    assert "\n" not in markdown_line(text.replace("\n", " "))


def test_markdown_reads_well(cli: Cli, tmp_path: Path) -> None:
    filled(cli)
    cli("export", str(tmp_path / "x.md"))
    text = (tmp_path / "x.md").read_text("utf-8")
    assert text.startswith("# Mon journal de stage\n\nCopie du ")
    for piece in (
        "## Séance de la semaine, vendredi 20 novembre 2026\n\nsemaine 2026-W47 · =Lumen",
        "étiquettes : soin",
        "- **Action** : \\-3 h de tri  \n  **Compétence** : Écoute  \n  **Impact** : \\<b\\>12",
        "- Peser : Un peu",
        "\\*Mardi\\*, \\[x\\](y)  \n\\# non",
        "brouillon",
    ):
        assert piece in text, piece
    assert "Jetée" not in text, "what is in the trash is not to be read"


def test_one_entry_as_markdown(content: Content) -> None:
    entry = entry_of("note", answers={"text": "Trié *3* bacs"})
    text = entry_markdown(entry, content, "en")
    assert text.startswith("# Quick note, Friday 20 November 2026\n\nweek 2026-W47\n")
    assert text.endswith("Trié \\*3\\* bacs\n")


# HTML


@given(
    TEXTS | MARKS | st.sampled_from(["</p><script>x</script>", "&lt;", '"><img src=x>', "--><!--"])
)
def test_html_shows_what_was_written_and_nothing_more(text: str) -> None:
    from coach.util.text import clean

    entry = entry_of("gone", answers={text: text, "rows": text}, tags=[text])
    page = to_html([Listed(entry)], load_content(), "fr", date(2026, 11, 20))
    tags: set[str] = set()
    seen: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            tags.add(tag)

        def handle_data(self, data: str) -> None:
            seen.append(data)

    Reader().feed(page)
    known = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "h4"}
    assert tags <= known | {"p", "article", "ul", "li", "b", "br"}
    if clean(text).strip():
        assert " ".join(clean(text).split()) in " ".join(" ".join(seen).split())


def test_html_is_one_page_in_the_students_language(cli: Cli, tmp_path: Path) -> None:
    filled(cli)
    cli("export", str(tmp_path / "x.html"), "--lang", "en")
    page = (tmp_path / "x.html").read_text("utf-8")
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">') and "@media print" in page
    assert not re.search(r"(src|href)\s*=|url\(|@import|<script", page)
    assert "&lt;script&gt;alert(1)" in page and 'class="said" lang="fr"' in page


def test_one_entry_leaves_private_answers_out(content: Content) -> None:
    answers = {"facts": "Six semaines au classement", "safety": ["harassment"]}
    entry = entry_of("reframe", answers=answers)
    text = entry_markdown(entry, content, "fr")
    assert "Six semaines au classement" in text
    assert "harcèlement" not in text and "harassment" not in text
