"""Taking in an export: merged by id, checked field by field, whole or not at all."""

import json
from pathlib import Path
from typing import Any

import pytest
from cli_tools import Cli, only_line
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import TODAY, draft_of, entry_of, internship_of

from coach.flows.content import Content
from coach.importer.checker import BadExport
from coach.importer.reader import read_source
from coach.store.journal import Journal

MINIMAL = {"flow": "note", "date": "2026-11-20", "answers": {"text": "Un"}}


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    return Cli(tmp_path / "here")


def exported(path: Path, *entries: dict[str, Any], **head: Any) -> str:
    path.write_text(json.dumps({"schema": 1, "entries": list(entries)} | head), "utf-8")
    return str(path)


def full(folder: Path) -> Cli:
    """A journal with history, trash and drafts."""
    other = Cli(folder)
    about = internship_of(company="Lumen", milestones=[{"id": "m", "what": "Peser"}])
    row = {"id": "r", "action": "Pesé  deux\tfois", "note": "n"}
    week = entry_of(
        internship=about.id, tags=[" a  b"], answers={"achievements": [row], "energy": 3}
    )
    trashed = entry_of("note", answers={"text": "Jetée"})
    journal = Journal(other.data)
    journal.merge([about, week, trashed])
    journal.save(entry_of(id=week.id, internship=about.id, answers={"word": "Mieux"}))
    journal.trash(trashed.id)
    for entry, base in ((entry_of("interview", answers={"company": "Orbis"}), None), (week, "x")):
        with journal.drafts.open(entry.id) as file:
            draft = draft_of(entry)
            draft.base = base and journal.entries(flow="weekly")[0].revision
            file.write(draft)
    return other


def test_everything_comes_over_and_twice_changes_nothing(cli: Cli, tmp_path: Path) -> None:
    other = full(tmp_path / "there")
    path = tmp_path / "x.json"
    other("export", str(path))
    said = cli("import", str(path))
    assert (said.code, said.err, said.out) == (0, "", "4 entrées ajoutées.\n")
    for args in ((), ("--trash",)):
        assert cli.entries(*args) == other.entries(*args)
    week = cli.entries("--flow", "weekly")[0]
    assert "draft" in week and len(cli("show", week["id"], "--json").json["history"]) == 1
    assert cli("import", str(path)).out == "4 déjà là.\n"
    again = tmp_path / "again.json"
    cli("export", str(again))
    assert json.loads(again.read_text()) == json.loads(path.read_text())


def test_the_latest_revision_of_both_sides_is_in_force(cli: Cli, tmp_path: Path) -> None:
    cli("note", "Premier")
    (entry,) = cli.entries()
    path = tmp_path / "x.json"
    cli("export", str(path))
    journal = Journal(cli.data)
    here = journal.get(entry["id"])
    assert here is not None
    here.answers = {"text": "Corrigé ici"}
    journal.save(here)
    assert "1 déjà là" in cli("import", str(path)).out
    assert cli.entries()[0]["answers"] == {"text": "Corrigé ici"}
    newer = entry | {"answers": {"text": "De là-bas"}, "revision": "", "updated_at": "2999-01-01"}
    assert "1 complétée" in cli("import", exported(path, newer)).out
    assert cli.entries()[0]["answers"] == {"text": "De là-bas"}
    history = cli("show", entry["id"], "--json").json["history"]
    assert {one["answers"]["text"] for one in history} == {"Premier", "Corrigé ici"}


def test_what_is_missing_gets_its_default_and_the_unknown_is_dropped(
    cli: Cli, tmp_path: Path
) -> None:
    path = exported(tmp_path / "x.json", MINIMAL | {"bogus": [1], "id": "abc"})
    assert "1 entrée ajoutée" in cli("import", path).out
    (entry,) = cli.entries()
    assert "bogus" not in entry
    assert (entry["id"], entry["week"], entry["status"]) == ("abc", "2026-W47", "done")
    assert entry["tags"] == [] and entry["created_at"].startswith("2026-11-20T00:00")
    assert cli("import", path).out == "1 déjà là.\n"


def test_without_id_or_day_it_is_still_known_again(cli: Cli, tmp_path: Path) -> None:
    path = exported(
        tmp_path / "x.json",
        {"flow": "note", "week": "2026-W10", "answers": {"text": "Un"}},
        {"flow": "note", "created_at": "2026-03-05T10:00:00Z"},
    )
    assert "2 entrées ajoutées" in cli("import", path).out
    assert {one["date"] for one in cli.entries()} == {"2026-03-02", "2026-03-05"}
    assert cli("import", path).out == "2 déjà là.\n"


def test_texts_are_cleaned(cli: Cli, tmp_path: Path) -> None:
    path = exported(tmp_path / "x.json", MINIMAL | {"answers": {"text": "a\x1b[2Jb\x00"}})
    cli("import", path)
    assert cli.entries()[0]["answers"] == {"text": "ab"}


def test_a_draft_never_takes_the_place_of_another(cli: Cli, tmp_path: Path) -> None:
    journal = Journal(cli.data)
    mine = entry_of("interview", id="abc", answers={"company": "Ici"})
    with journal.drafts.open("abc") as file:
        file.write(draft_of(mine))
    theirs = MINIMAL | {"id": "abc", "flow": "interview", "status": "draft"}
    path = exported(tmp_path / "x.json", theirs | {"answers": {"company": "Là-bas"}})
    assert "1 brouillon avait un autre texte ici" in cli("import", path).out
    both = {one["id"]: one["answers"] for one in cli.entries()}
    assert both.pop("abc") == {"company": "Ici"} and [*both.values()] == [{"company": "Là-bas"}]
    assert cli("import", path).out == "1 déjà là.\n"


@pytest.mark.parametrize("trashed", [False, True])
def test_an_earlier_state_of_what_was_ended_here_is_no_news_but_other_words_are(
    cli: Cli, tmp_path: Path, trashed: bool
) -> None:
    journal = Journal(cli.data)
    journal.merge([entry_of("interview", id="def", answers={"company": "Orbis", "role": "Caisse"})])
    if trashed:
        journal.trash("def")
    theirs = MINIMAL | {"id": "def", "flow": "interview", "status": "draft"}
    early = exported(tmp_path / "x.json", theirs | {"answers": {"company": "Orb"}})
    assert cli("import", early).out == "1 déjà là.\n"
    assert [one["status"] for one in cli.entries()] == ["done"] * (not trashed)
    other = exported(
        tmp_path / "x.json", theirs | {"answers": {"company": "Orbis", "role": "Quai"}}
    )
    assert "tu as maintenant les deux" in cli("import", other).out
    assert "Quai" in [one["answers"]["role"] for one in cli.entries()]


DEEP = '{"schema":1,"entries":[{"flow":"note","answers":' + '{"a":' * 50_000
LESS_DEEP = (
    '{"schema":1,"entries":[{"flow":"note","date":"2026-11-20","answers":'
    + '{"a":' * 100
    + "1"
    + "}" * 100
    + "}]}"
)


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("", "Ce n'est pas du json"),
        ("{", "Ce n'est pas du json"),
        (b"\xff\xfe\x00", "UTF-8 (octet 0)"),
        ("[]", "Ce n'est ni un export"),
        ("{}", "Ce n'est ni un export"),
        ('{"entries": 3}', "Ce n'est ni un export"),
        ('{"schema": 2, "entries": []}', "plus récente"),
        ('{"entries": [{"flow": "x", "schema": 9}]}', "plus récente"),
        ('{"entries": [3]}', "À entries[0]"),
        ('{"entries": [{"flow": "note", "id": 4}]}', "À entries[0].id"),
        ('{"entries": [{"flow": "note", "date": "demain"}]}', "À entries[0].date"),
        ('{"entries": [{"flow": "note", "week": "W9"}]}', "À entries[0].week"),
        ('{"entries": [{"flow": "note", "updated_at": "oh"}]}', "À entries[0].updated_at"),
        ('{"entries": [{"flow": "note", "lang": "de"}]}', "À entries[0].lang"),
        ('{"entries": [{"flow": "note", "history": [{"flow": 1}]}]}', "entries[0].history[0].flow"),
        ('{"entries": [{"flow": "note", "answers": {"text": []}}]}', "answers.text"),
        ('{"entries": [{"flow": "weekly", "answers": {"achievements": "x"}}]}', "achievements"),
        ('{"entries": [{"flow": "weekly", "answers": {"achievements": [3]}}]}', "achievements[0]"),
        ('{"entries": [{"flow": "weekly", "answers": {"progress": [3]}}]}', "answers.progress"),
        ('{"entries": [{"flow": "interview", "answers": {"causes": "x"}}]}', "answers.causes"),
        ('{"entries": [{"flow": "reframe", "answers": {"turned": {"a": 1}}}]}', "answers.turned"),
        ('{"entries": [{"flow": "weekly", "draft": {"achievements": 1}}]}', "draft.achievements"),
        (DEEP, ""),
        (LESS_DEEP, ""),
        ("[" * 100_000, "n'a pas été importé"),
    ],
)
def test_a_file_that_cannot_be_is_one_sentence_and_changes_nothing(
    cli: Cli, tmp_path: Path, text: str | bytes, piece: str
) -> None:
    cli("note", "Là")
    before = cli.entries()
    path = tmp_path / "bad.json"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    said = cli("import", str(path))
    assert said.code == 1 and piece in only_line(said), said.err
    assert "Something" not in said.err and "cassé" not in said.err
    assert cli.entries() == before


def test_no_file_and_a_huge_one_are_told(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "missing.json" in only_line(cli("import", str(tmp_path / "missing.json")))
    assert cli("import", str(tmp_path)).code == 1
    monkeypatch.setattr("coach.importer.reader.BIGGEST", 10)
    assert "dépasse" in only_line(cli("import", exported(tmp_path / "x.json", MINIMAL)))


def test_a_byte_order_mark_does_no_harm(cli: Cli, tmp_path: Path) -> None:
    path = Path(exported(tmp_path / "x.json", MINIMAL))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert cli("import", str(path)).code == 0


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    ["achievements", "energy", "causes", "turned", "milestones", "text", "progress"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    flow=st.sampled_from(["weekly", "reframe", "internship", "note"]),
    answers=st.dictionaries(FIELDS, JSON),
)
def test_whatever_is_taken_in_can_be_worked_with(
    tmp_path: Path, content: Content, flow: str, answers: dict[str, Any]
) -> None:
    from coach.browse.entry_reader import read_entry
    from coach.browse.headline import headline
    from coach.flows.background import gather_student_context

    path = tmp_path / "x.json"
    exported(path, MINIMAL | {"flow": flow, "answers": answers})
    try:
        (entry,) = read_source(path, content, TODAY, "fr").entries
    except BadExport:
        return
    gather_student_context([entry], entry if flow == "internship" else None, TODAY)
    read_entry(entry, content, "fr")
    headline(entry, content)


def test_half_a_character_costs_nothing_else(tmp_path: Path, content: Content) -> None:
    text = "avant \ud800 après \U0001f600 et \\ud800 tel quel"
    entry = {"id": "a", "flow": "note", "status": "done", "date": "2026-11-20"}
    entry["answers"] = {"text": text}
    path = tmp_path / "copy.json"
    path.write_text(json.dumps({"schema": 1, "entries": [entry]}))
    (found,) = read_source(path, content, TODAY, "fr").entries
    assert found.answers["text"] == text.replace("\ud800", "\ufffd")


MINI_DIARY = {
    "metadata": {"application": "Mini Diary", "version": "3.3.0"},
    "entries": {
        "2026-11-02": {"title": "Lundi", "text": "Refait la fiche d'accueil"},
        "2026-11-03": {"title": "", "text": "Appel au fournisseur"},
    },
}
DAY_ONE = {"entries": [{"creationDate": "2026-11-02T09:00:00Z", "text": "Refait la fiche"}]}


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (MINI_DIARY, "entries.2026-11-02"),
        ({"_default": {"1": {"title": "Lundi", "text": "Refait la fiche"}}}, "_default.1"),
        ({"_default": {"1": MINIMAL, "2": {"x": 1}}}, "_default.2"),
        ({"_default": {"1": MINIMAL | {"text": "Deux"}}}, "_default.1.text"),
        ({"entries": {"1": {"flow": "note", "text": "Un"}}}, "entries.1"),
        ({"entries": [MINIMAL, {"flow": "note", "text": "Deux"}]}, "entries[1].text"),
        ({"entries": [MINIMAL | {"notes": [{"said": "Bien"}]}]}, "entries[0].notes"),
        (
            {"entries": [{"title": "Lundi", "date": "2026-11-02", "content": "Refait"}]},
            "entries[0].content",
        ),
        (DAY_ONE, "entries[0].creationDate"),
    ],
)
def test_words_that_would_be_lost_are_refused_whole_with_their_place(
    cli: Cli, tmp_path: Path, data: dict[str, Any], place: str
) -> None:
    path = tmp_path / "foreign.json"
    path.write_text(json.dumps(data), "utf-8")
    said = cli("import", str(path))
    assert said.code == 1 and said.out == "" and f"À {place}," in only_line(said)
    assert cli.entries() == [] and cli.entries("--trash") == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_what_powershell_writes_is_read_as_from_utf_8(
    cli: Cli, tmp_path: Path, encoding: str
) -> None:
    mark = "" if encoding == "utf-16" else "\ufeff"
    entry = {"title": "Trié le courrier.", "body": "3 h -> 1 h\n", "date": "2026-11-02"}
    path = tmp_path / "jrnl.json"
    path.write_bytes((mark + json.dumps({"entries": [entry]}, ensure_ascii=False)).encode(encoding))
    assert cli("import", str(path)).code == 0
    assert [one["answers"]["text"] for one in cli.entries()] == ["Trié le courrier.\n3 h -> 1 h"]
