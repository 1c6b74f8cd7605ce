"""What all documents share: escaping in each format, private things kept out, names replaced."""

import csv
import re
import sys
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pptx
import pytest
from cli_tools import Cli
from hypothesis import given
from hypothesis import strategies as st
from making import TODAY, entry_of, internship_of

from coach.documents.base import document_words
from coach.documents.dossier import Dossier
from coach.documents.formats import UnknownFormat, encode
from coach.documents.markdown import blocks, markdown_line
from coach.features.registry import DOCUMENTS, load_content, make_document
from coach.store.entries import Entry
from coach.store.snapshot import Snapshot
from coach.util.data_files import data_path
from coach.util.extras import install_command

WILD = "[sad] *gras* _ital_ `code` <b>x</b> | pipe & $a$ # 1. [x](http://y) ![i](z) ~~s~~ \\ =1+1"
ROW = {"id": "r", "action": WILD, "skill": "Écoute", "impact": "3 familles", "feedback": "merci"}


def dossier(*entries: Entry, lang: str = "fr", **more: Any) -> Dossier:
    return Dossier(Snapshot(list(entries)), load_content(), lang, TODAY, **more)


def week(**row: str) -> Entry:
    answers = {"achievements": [ROW | row], "energy": 1, "mood": 2, "word": "SECRET"}
    return entry_of("weekly", answers=answers)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_has_its_module_its_template_and_its_words(name: str) -> None:
    assert data_path("documents", f"{name}.md.j2").is_file()
    words = document_words(name, "fr")
    assert all(words.has(key) for key in ("title", "menu", "about", "readers"))


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_stands_on_an_empty_and_on_a_full_journal(name: str, lang: str) -> None:
    from coach.demo import tell

    hidden = ["Lumen", "Karim", "M. Perrin", "Roy"] if lang == "fr" else ["Saltmarsh", "Bronwen"]
    names = [{"name": hide, "instead": "N"} for hide in hidden]
    told = [entry_of("confidential", answers={"names": names}), *tell(lang, TODAY).entries]
    for entries in ([], told):
        about = [one for one in entries if one.flow == "internship"]
        made = make_document(
            name, dossier(*entries, lang=lang, internship=about[-1] if about else None)
        )
        assert made.markdown.startswith("# ") and made.readers
        for ending in (".md", ".html", ".docx", ".pptx"):
            said = words_of(encode(made, ending))
            assert len(said) > 10
            assert not [one for one in hidden if re.search(rf"\b{re.escape(one)}\b", said, re.I)]


def words_of(file: bytes) -> str:
    """All that a file says, those that are zipped too."""
    if not file.startswith(b"PK"):
        return file.decode("utf-8")
    with ZipFile(BytesIO(file)) as parts:
        return "\n".join(
            parts.read(part).decode("utf-8") for part in parts.namelist() if part.endswith(".xml")
        )


@pytest.mark.parametrize("name", DOCUMENTS)
def test_energy_mood_and_private_pages_are_in_no_document(name: str) -> None:
    private = entry_of("reframe", answers={"facts": "SECRET", "story": "SECRET", "hard": "SECRET"})
    names = entry_of("confidential", answers={"names": [{"name": "SECRET2", "instead": "une"}]})
    made = make_document(name, dossier(week(), private, names))
    assert "SECRET" not in made.markdown


def test_words_are_the_same_in_every_format() -> None:
    made = make_document("skills", dossier(week()))
    table = next(block for block in blocks(made.markdown) if block.kind == "table")
    assert "".join(run.text for run in table.rows[1][1]) == WILD
    word = docx.Document(BytesIO(encode(made, ".docx")))
    assert word.tables[0].rows[1].cells[1].text == WILD
    slides = pptx.Presentation(BytesIO(encode(made, ".pptx")))
    tables = [s.table for slide in slides.slides for s in slide.shapes if s.has_table]
    assert tables[0].cell(1, 1).text == WILD
    page = encode(made, ".html").decode()
    assert "<b>x</b>" not in page and "&lt;b&gt;x&lt;/b&gt;" in page and "<a " not in page
    rows = list(csv.reader(StringIO(encode(made, ".csv").decode("utf-8-sig"))))
    assert rows[1][1] == WILD


def test_what_no_xml_file_may_hold_is_left_out_of_the_file() -> None:
    odd = "\ufffe\uffff\x00\x0b\x1f\ud800"
    told = week(action=f"Trié{odd} les bacs", impact=f"3 h{odd} au lieu de 4")
    about = internship_of(company=f"Lumen{odd}")
    for name in DOCUMENTS:
        text = encode(make_document(name, dossier(about, told)), ".html")
        assert not re.search("[\ufffe\uffff\x00\x0b\x1f]", text.decode())
    for name, ending in (("cv", ".docx"), ("value-defence", ".pptx"), ("skills", ".pptx")):
        encode(make_document(name, dossier(about, told)), ending)
    word = docx.Document(BytesIO(encode(make_document("skills", dossier(told)), ".docx")))
    assert word.tables[0].rows[1].cells[1].text.split() == ["Trié", "les", "bacs"]


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless() -> None:
    made = make_document("skills", dossier(week(impact="=HYPERLINK(1)")))
    rows = list(csv.reader(StringIO(encode(made, ".csv").decode("utf-8-sig"))))
    assert rows[1][2] == "'=HYPERLINK(1)"


@given(st.text(max_size=80))
def test_any_line_reads_back_as_it_was(text: str) -> None:
    from coach.util.text import clean

    said = " ".join(clean(text).split())
    found = blocks("- " + markdown_line(clean(text)))
    assert " ".join("".join(block.text for block in found).split()) == said


def test_confidential_names_are_replaced_whatever_their_case_and_only_whole() -> None:
    names = entry_of(
        "confidential",
        answers={"names": [{"name": "Élodie Roy", "instead": "une cliente"}, {"name": "Roy"}]},
    )
    made = dossier(names)
    assert made.discreet("Appelé ELODIE ROY et Roy, pas Royan") == (
        "Appelé une cliente et […], pas Royan"
    )
    made = make_document(
        "skills", dossier(names, week(action="Reçu Mme Roy", impact="Roy", feedback="roy"))
    )
    assert "roy" not in made.markdown.lower()


def test_without_the_office_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("docx", "pptx"):
        monkeypatch.setitem(sys.modules, name, None)
        monkeypatch.delitem(sys.modules, f"coach.documents.{name}", raising=False)
        monkeypatch.delattr(f"coach.documents.{name}", raising=False)
        target = tmp_path / f"out.{name}"
        told = Cli(tmp_path / "data")("document", "skills", str(target))
        assert told.code == 1 and told.err.endswith(f" {install_command('office')}\n")
        assert not target.exists()


def test_an_ending_nobody_writes_is_refused() -> None:
    with pytest.raises(UnknownFormat):
        encode(make_document("skills", dossier(week())), ".xyz")


def test_the_command_writes_replaces_only_when_told_and_names_what_there_is(
    tmp_path: Path,
) -> None:
    coach = Cli(tmp_path / "data")
    coach("note", "Trié 3 bacs")
    target = tmp_path / "out.md"
    assert coach("document", "skills", str(target)).code == 0
    assert coach("document", "skills", str(target)).code == 1
    assert coach("document", "skills", str(target), "--force").code == 0
    told = coach("document", "nothing", str(target))
    assert told.code == 2 and "skills" in told.err
    assert coach("document", "skills", str(tmp_path / "x.xyz")).code == 2
    assert coach("document", "skills", str(target), "--include", "story", "--force").code == 2
