"""The map and the pitch as documents: drawn, escaped, one page, with what is still to choose."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from making import TODAY, entry_of

from coach.documents.base import Document
from coach.documents.dossier import Dossier
from coach.documents.formats import encode
from coach.features.registry import load_content, make_document
from coach.store.entries import Entry
from coach.store.snapshot import Snapshot

CONTENT = load_content()
WILD = "<script>alert(1)</script> [sad] \"&' *x*"


def made(name: str, *entries: Entry, **more: Any) -> Document:
    return make_document(name, Dossier(Snapshot(list(entries)), CONTENT, "fr", TODAY, **more))


def person(id: str, **answers: Any) -> Entry:
    return entry_of("contact", id=id, answers={"name": id.title()} | answers)


def figure(document: Document) -> ElementTree.Element:
    """The drawing, read as XML: what is not escaped would not parse, or be an element."""
    page = encode(document, ".html").decode()
    found = re.search(r"<figure.*</figure>", page, re.DOTALL)
    assert found
    return ElementTree.fromstring(found[0])


def words(root: ElementTree.Element) -> list[str]:
    return [text for text in root.itertext() if text.strip()]


def test_the_drawing_has_everybody_with_degree_hub_and_who_leads_there() -> None:
    document = made(
        "map",
        person("ana", circle="family", hub="yes"),
        person("bob", introduced_by="ana", role="tapissier", more=["dormant"]),
        person("cem", introduced_by="bob"),
    )
    root = figure(document)
    assert {"Ana", "Bob", "Cem", "tapissier", "Famille", "moi"} <= set(words(root))
    svg = "{http://www.w3.org/2000/svg}"
    degrees = [one.text for one in root.iter(f"{svg}text") if one.get("class") == "degree"]
    assert degrees == ["1", "2", "3"]
    dashed = [one for one in root.iter(f"{svg}circle") if one.get("stroke-dasharray")]
    rings = [one for one in root.iter(f"{svg}circle") if one.get("r") == "13"]
    assert len(dashed) == 1 and len(rings) == 1
    assert "  - **Bob**, tapissier · 2e degré · sans nouvelles" in document.markdown
    assert "    - **Cem** · 3e degré" in document.markdown


def test_names_are_text_and_the_page_runs_and_loads_nothing() -> None:
    document = made("map", person("x", name=WILD, circle="work", field=WILD, company=WILD))
    root = figure(document)
    assert any(text.startswith("<script>alert(1)</script>") for text in words(root))
    page = encode(document, ".html").decode()
    assert "<script" not in page and "onload" not in page
    assert not re.search(r"(?:href|src|url)\s*[=(]", page)
    assert "default-src 'none'" in page


def test_names_to_keep_out_are_in_neither_picture_nor_list() -> None:
    names = entry_of("confidential", answers={"names": [{"name": "Nora Roy", "instead": "N."}]})
    document = made("map", names, person("x", name="Nora Roy", company="chez Nora Roy"))
    page = encode(document, ".html").decode()
    assert (
        "Nora" not in page and "Nora" not in document.markdown and "N." in words(figure(document))
    )


def test_what_was_learnt_and_written_to_people_stays_out() -> None:
    told = {"learnt": "SECRET", "message": "SECRET", "memory": "SECRET", "more": ["talk", "write"]}
    assert "SECRET" not in encode(made("map", person("x", **told)), ".html").decode()


def test_a_thousand_people_are_drawn() -> None:
    entries = [person(f"p{n}", introduced_by=f"p{n // 3}" if n > 3 else "") for n in range(1000)]
    root = figure(made("map", *entries))
    assert sum(1 for one in root.iter() if one.get("class") == "degree") == 1000


# The pitch

TOLD: dict[str, Any] = {
    "pitch_company": "Brasserie des Quais",
    "pitch_problem": "Sur 80 avis, 31 parlent de l'attente.",
    "pitch_title": "mesurer l'attente",
    "pitch_weeks": 12,
    "pitch_deliverables": [{"id": "a", "what": "un relevé", "by": "semaine 3"}],
    "pitch_results": [{"id": str(n), "result": f"résultat {n}"} for n in range(3)],
}


def pitch(**answers: Any) -> Entry:
    return entry_of("pitch", answers=TOLD | answers)


def test_a_pitch_says_problem_assignment_results_and_the_proofs_picked() -> None:
    rows = [{"id": "r1", "action": "Compté 40 clients"}, {"id": "r2", "action": "Trié 3 bacs"}]
    week = entry_of("weekly", id="w", answers={"achievements": rows})
    project = entry_of("project", id="p", answers={"title": "Carte des files"})
    document = made(
        "pitch", pitch(pitch_proofs=["w/r2"], pitch_project="p"), week, project, person("ana")
    )
    text = document.markdown
    assert document.warnings == []
    assert text.startswith("# Mesurer l'attente\n")
    assert "12 semaines" in text and "- un relevé – semaine 3" in text
    assert "1. Résultat 0" in text and "3. Résultat 2" in text
    assert "Trié 3 bacs" in text and "Compté 40" not in text and "Carte des files" in text


def test_it_stands_on_the_best_proofs_before_the_wizard_was_walked() -> None:
    rows = [{"id": "r1", "action": "Compté 40 clients", "impact": "2 min de moins"}]
    document = made("pitch", entry_of("weekly", answers={"achievements": rows}))
    assert "Compté 40 clients" in document.markdown and "> " in document.markdown
    assert len(document.warnings) == 1


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"pitch_problem": "Les clients attendent trop."}, "Aucun chiffre"),
        ({"pitch_results": TOLD["pitch_results"][:2]}, "tu en as 2"),
        ({"pitch_contact": "hr"}, "ressources humaines"),
        ({"pitch_why": "mot " * 30, "pitch_cost": "mot " * 30, "long": 1}, "mots : une page"),
    ],
)
def test_it_warns_and_cuts_nothing(answers: dict[str, Any], told: str) -> None:
    if answers.pop("long", None):
        answers |= {"pitch_results": [{"id": str(n), "result": "mot " * 110} for n in range(3)]}
    document = made("pitch", pitch(**answers), person("hr", position="hr"))
    assert len(document.warnings) == 1 and told in document.warnings[0]
    if "mots" in told:
        assert document.markdown.count("mot") >= 330


def test_the_few_lines_that_carry_it_begin_with_the_problem() -> None:
    from coach.features.registry import PROVIDERS
    from coach.flows.context import StepContext
    from coach.flows.student import StudentContext
    from coach.language.nudges import notice

    known = StudentContext(today=TODAY, entries=[person("ana")])
    context = StepContext(TOLD | {"pitch_contact": "ana"}, known, CONTENT, "fr")
    told = PROVIDERS.draft("pitch_message", context)
    assert told.startswith("Bonjour Ana,\n\nSur 80 avis, 31 parlent de l'attente.")
    assert notice(["favour", "blank"], told, "fr") == []
    assert PROVIDERS.draft("pitch_message", StepContext({}, known, CONTENT, "fr")) == ""
