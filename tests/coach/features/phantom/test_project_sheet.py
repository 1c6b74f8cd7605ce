"""The project nobody asked for, on one page."""

import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import MOMENT, TODAY, entry_of, internship_of

from coach.features.registry import PROVIDERS, load_content
from coach.flows.background import gather_student_context
from coach.flows.context import StepContext
from coach.flows.draft_session import DraftSession
from coach.flows.request import SessionRequest
from coach.flows.schema import Choice
from coach.flows.session import Session
from coach.flows.student import StudentContext
from coach.plain.session import run
from coach.store.journal import Journal
from coach.util.text import word_count

CONTENT = load_content()
FIELDS = [field for step in CONTENT.flow("phantom").steps for field in step.fields]
NAMES = [field.id for field in FIELDS if field.id != "project_sheet"]


def made(lang: str = "fr", **answers: Any) -> StepContext:
    return StepContext(answers, StudentContext(today=TODAY), CONTENT, lang)


def examples(lang: str) -> dict[str, Any]:
    """The flow answered with its own examples."""
    return {
        field.id: field.options[0].id if isinstance(field, Choice) else field.example.get(lang)
        for field in FIELDS
        if field.example and field.id != "project_sheet"
    }


def test_a_whole_sheet_in_french() -> None:
    assert PROVIDERS.draft("project_sheet", made("fr", **examples("fr"))) == (
        "Des fiches d'allergies à jour chaque lundi\n"
        "Cantine du lycée agricole\n\n"
        "Le problème\n"
        "Vers 11 h, trois plateaux sur dix attendent parce que la fiche des allergies n'est pas à "
        "jour.\n\n"
        "Ce qu'il coûte\n"
        "L'équipe du matin et les élèves allergiques : 10 minutes par service, soit près d'une "
        "heure par semaine.\n\n"
        "L'idée\n"
        "Une fiche par table, mise à jour le lundi à partir des dossiers de l'infirmerie.\n\n"
        "Ce qu'il y aura à voir\n"
        "Une fiche plastifiée et son modèle à remplir.\n\n"
        "La première version\n"
        "En une journée : deux tables, les huit allergies les plus courantes. À voir à partir du "
        "vendredi 20 mars 2026.\n\n"
        "À quoi on verra que ça marche\n"
        "Moins d'un plateau en attente à 11 h, sur cinq services.\n\n"
        "Ce que ce projet montre\n"
        "Cela montre que je sais mesurer un problème avant de proposer."
    )


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_sheet_holds_on_one_page_and_names_nobody_to_show_it_to(lang: str) -> None:
    sheet = PROVIDERS.draft("project_sheet", made(lang, **examples(lang)))
    assert 60 <= word_count(sheet) <= 350
    assert len(sheet.splitlines()) <= 40
    assert "Yasmina" not in sheet


@pytest.mark.parametrize(
    ("lang", "answers", "said"),
    [
        ("fr", {"phantom_deliverable": "Je peux vous montrer une maquette"}, "Une maquette."),
        ("fr", {"phantom_title": "J'ai imaginé un planning des gardes."}, "Un planning des gardes"),
        ("fr", {"phantom_cost": "deux heures. Et du café"}, "Deux heures. Et du café."),
        ("fr", {"phantom_who": "l'accueil"}, "L'accueil."),
        ("fr", {"phantom_time": "week"}, "En une semaine."),
        ("fr", {"phantom_first": "Trois pages"}, "Trois pages."),
        ("fr", {"phantom_by": "2026-05-01"}, "À voir à partir du vendredi 1er mai 2026."),
        ("fr", {"phantom_problem": "- deux clés\n- une porte"}, "Deux clés et une porte."),
        ("en", {"phantom_deliverable": "I can show you a mock-up"}, "A mock-up."),
        ("en", {"phantom_time": "two_days", "phantom_first": "The first page"},
         "In two days: the first page."),
        ("en", {"phantom_who": "the night shift", "phantom_cost": "An hour a week"},
         "The night shift: an hour a week."),
        ("en", {"phantom_by": "2026-05-01"}, "Ready to look at on Friday 1 May 2026."),
        ("en", {"phantom_proves": "listen before I draw"},
         "It shows that I can listen before I draw."),
    ],
)  # fmt: skip
def test_answers_become_sentences_of_the_sheet(
    lang: str, answers: dict[str, str], said: str
) -> None:
    assert PROVIDERS.draft("project_sheet", made(lang, **answers)).splitlines()[-1] == said


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nothing_told_makes_no_sheet(lang: str) -> None:
    assert PROVIDERS.draft("project_sheet", made(lang)) == ""
    assert PROVIDERS.draft("project_sheet", made(lang, phantom_place="Orbis")) == ""


VALUES = st.one_of(
    st.text(max_size=60), st.none(), st.integers(), st.lists(st.text()), st.just("2026-02-30")
)


@given(st.dictionaries(st.sampled_from(NAMES), VALUES), st.sampled_from(["fr", "en"]))
def test_no_answer_breaks_a_sheet(answers: dict[str, Any], lang: str) -> None:
    assert isinstance(PROVIDERS.draft("project_sheet", made(lang, **answers)), str)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_session_ends_on_its_sheet_without_a_full_screen(tmp_path: Path, lang: str) -> None:
    typed = ["Orbis", "Two keys, one door", "", "everyone", "1 h", "A key box", "", "Key box"]
    typed += ["a box", "2", "six hooks", "2026-12-04", "no more waiting", "sort", "order", "Ana"]
    journal = Journal(tmp_path, clock=lambda: MOMENT)
    draft_session = DraftSession(
        journal, CONTENT, SessionRequest("phantom"), lang=lang, today=TODAY, internship=None
    )
    out = io.StringIO()
    assert run(draft_session, io.StringIO("\n".join([*typed, "", ""]) + "\n"), out, lang) == 0
    (entry,) = journal.entries()
    assert entry.answers["phantom_time"] == "two_days"
    sheet = entry.answers["project_sheet"]
    assert sheet.startswith("Key box\nOrbis\n\n") and "Ana" not in sheet


def begun(known: StudentContext, **answers: Any) -> dict[str, Any]:
    """What each question of the session begins with."""
    session = Session(CONTENT.flow("phantom"), CONTENT, known, "fr", answers)
    return {
        field.id: session.value(field, page)
        for page in session.pages()
        for field in session.fields(page)
    }


def test_the_place_is_that_of_the_internship_where_one_is_known() -> None:
    known = StudentContext(today=TODAY, company="Clinique des Tilleuls")
    assert begun(known)["phantom_place"] == known.company
    assert begun(StudentContext(today=TODAY))["phantom_place"] is None
    assert "taken" not in begun(known)


def test_an_idea_of_a_private_story_is_taken_over_when_asked_to_and_not_before() -> None:
    hard = internship_of(company="Vasseur")
    kept = {"phantom_title": "Un plan", "phantom_problem": "On cherche", "phantom_proves": "voir"}
    story = entry_of("reframe", internship=hard.id, answers=kept)
    entries = [entry_of("reframe"), story, hard]
    known = gather_student_context(entries, internship_of(company="Orbis"), TODAY)
    assert known.idea == "Un plan"
    asked = begun(known)
    assert asked["taken"] is None and asked["phantom_place"] == "Orbis"
    assert [asked[name] for name in kept] == [None] * len(kept)
    assert begun(known, taken="no") == asked | {"taken": "no"}
    taken = begun(known, taken="yes")
    assert {name: taken[name] for name in kept} == kept
    assert taken["phantom_place"] == "Vasseur" and taken["phantom_proposal"] is None
