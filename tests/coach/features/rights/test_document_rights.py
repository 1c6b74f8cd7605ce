"""The check of an agreement as a document: from the session, or from the internship alone."""

from io import BytesIO
from typing import Any

import docx
import pytest
from making import TODAY, entry_of, internship_of

from coach.documents.base import Document
from coach.documents.dossier import Dossier
from coach.documents.formats import encode
from coach.features.registry import load_content, make_document
from coach.store.entries import Entry
from coach.store.snapshot import Snapshot

LUMEN = internship_of("2026-02-02", "2026-05-08", hours=35, company="Atelier Lumen")
ANSWERS: dict[str, Any] = {
    "pay_kind": "none",
    "staff": 21,
    "interns": 5,
    "missions": [
        {"id": "1", "mission": "Tenir la caisse | [samedi]"},
        {"id": "2", "mission": "Observer une vente"},
    ],
    "negotiate": ["tutor_time", "costs"],
    "asking": {"tutor_time": {"sentence": "Un point le mardi ?"}},
}


def document(*entries: Entry, lang: str = "fr", internship: Entry | None = None) -> Document:
    content = load_content()
    return make_document(
        "rights", Dossier(Snapshot(list(entries)), content, lang, TODAY, internship)
    )


def read(made: Document) -> str:
    """What it says, its no-break spaces as they are typed."""
    return made.markdown.replace("\N{NO-BREAK SPACE}", " ")


def checked(**more: Any) -> Document:
    return document(entry_of("rights", answers=ANSWERS | more), internship=LUMEN)


def test_it_holds_the_points_the_sentences_and_each_rule_with_its_source() -> None:
    text = read(checked())
    raised = text[text.index("## À revoir ensemble") : text.index("## Ce que je voudrais")]
    # 70 workdays of 7 h at 4,50 €, as the internship says: nothing was typed twice.
    assert "au moins 2 205,00 € en tout, et la convention n'en prévoit pas" in raised
    assert "5 la même semaine, pour 4 au plus" in raised
    assert "mon stage compte 490 h" in text
    assert "« Un point le mardi ? »" in text
    assert "remboursement de l'abonnement de transport" in text  # chosen, its words not changed
    assert (
        "| Le minimum en 2026 : 4,50 € par heure de présence. | Code de l'éducation L124-6," in text
    )
    assert "L124-7" in text and "conseil juridique" in text and "service-public.fr" in text


@pytest.mark.parametrize(("lang", "words"), [("fr", {"tu", "te", "ton", "ta"}), ("en", set())])
def test_it_is_handed_over_so_it_addresses_nobody(lang: str, words: set[str]) -> None:
    options = [option.id for option in _options()]
    entry = entry_of("rights", answers=ANSWERS | {"negotiate": options, "asking": {}})
    said = document(entry, lang=lang, internship=LUMEN).markdown
    assert not words & set(said.lower().replace("'", " ").split())
    assert "{" not in said


def _options() -> list[Any]:
    step = load_content().step("rights", "discuss")
    assert step is not None
    return list(getattr(step.fields[0], "options", []))


def test_without_the_session_it_says_what_the_internship_tells() -> None:
    made = document(internship=LUMEN)
    assert made.warnings == []
    assert "## À revoir ensemble\n\n- Gratification : due, au moins 2 205,00 €" in read(made)
    assert "## Reste à savoir" in made.markdown
    assert document(lang="en").warnings == [
        'The dates and the hours are missing: add them under "Rights and agreement" (coach rights).'
    ]


def test_a_mission_reads_back_as_written_in_word() -> None:
    word = docx.Document(BytesIO(encode(checked(), ".docx")))
    paragraphs = [one.text.replace("\N{NO-BREAK SPACE}", " ") for one in word.paragraphs]
    assert any("« Tenir la caisse | [samedi] » : à vérifier" in one for one in paragraphs)
    assert word.tables[0].rows[1].cells[1].text.startswith("Code de l'éducation")
