"""Session `matrix` as it is asked and answered: its figures, its result, the plain session."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import TODAY

from coach.browse.entry_reader import read_entry
from coach.browse.headline import headline
from coach.export.export import entry_markdown
from coach.features.matrix.decision import load_matrix
from coach.features.registry import PROVIDERS, load_content
from coach.features.rights.rules import load_rules
from coach.flows.context import StepContext
from coach.flows.draft_session import DraftSession
from coach.flows.panel import PanelLine
from coach.flows.request import SessionRequest
from coach.flows.student import StudentContext
from coach.flows.validation import find_dangling
from coach.plain.session import run
from coach.store.journal import Journal

CONTENT = load_content()
FLOW = CONTENT.flow("matrix")
NEAR = {"id": "n", "criterion": "Près de chez moi"}
ANSWERS: dict[str, Any] = {
    "criteria": ["pay", "training"],
    "own": [NEAR],
    "weighing": {
        "pay": {"weight": 5, "internship": 1, "work_study": 4},
        "training": {"weight": 2, "internship": 2, "work_study": 4},
    },
    "own_weighing": {"n": {"weight": 3, "internship": 5, "work_study": 1}},
}


def lines(name: str, lang: str = "fr", **answers: Any) -> list[PanelLine]:
    return PROVIDERS.show(name, StepContext(answers, StudentContext(today=TODAY), CONTENT, lang))


def said(name: str, lang: str = "fr", **answers: Any) -> list[str]:
    return [line.plain for line in lines(name, lang, **answers)]


def figures(criterion: str, lang: str = "fr", today: date = TODAY) -> list[PanelLine]:
    item = next(one for one in CONTENT.items("criteria", lang) if one["id"] == criterion)
    return PROVIDERS.show(
        "matrix_facts", StepContext({}, StudentContext(today=today), CONTENT, lang, item)
    )


def test_the_flow_refers_to_nothing_missing_and_every_question_has_an_example() -> None:
    assert find_dangling(FLOW, PROVIDERS) == []
    fields = [field for step in FLOW.steps for field in step.fields]
    assert [field.id for field in fields if field.example is None] == []
    assert {step.panel for step in FLOW.steps if step.panel} == {"matrix", "matrix_facts"}


# The figures beside a criterion


def test_every_figure_shows_its_source_and_its_month_and_an_old_one_says_so() -> None:
    pay = [line.plain for line in figures("pay")]
    assert pay[0] == (
        "Stage : Gratification minimale de 4,35 € de l'heure, due au-delà de deux mois. "
        "[article, mars 2024 : plus d'un an, à revérifier]"
    )
    assert "4,50 €" in pay[1] and pay[1].endswith("novembre 2026]")
    assert "43 à 100 % du SMIC" in pay[2] and "revérifier" in pay[2]
    assert "service-public.fr" in pay[3]
    for criterion in load_matrix().criteria:
        for lang, old in (("fr", "à revérifier]"), ("en", "check again]")):
            shown = figures(criterion.id, lang, date(2028, 1, 1))
            notes = [line.note for line in shown if line.kind == "bullet"]
            assert len(notes) == len(criterion.facts)
            assert all(note.endswith(old) for note in notes)


def test_the_rate_it_quotes_is_the_one_that_the_rights_check_counts_with() -> None:
    cents = load_rules().rates[2026]
    assert f"{cents // 100},{cents % 100:02} €" in figures("pay")[1].text


@pytest.mark.parametrize(("lang", "words"), [("fr", "pas les mêmes"), ("en", "not the same")])
def test_the_two_rates_of_unemployment_carry_their_caveat(lang: str, words: str) -> None:
    assert any(words in line.text for line in figures("employability", lang))


def test_an_own_criterion_has_no_figure() -> None:
    assert (
        PROVIDERS.show(
            "matrix_facts", StepContext({}, StudentContext(today=TODAY), CONTENT, "fr", NEAR)
        )
        == []
    )


# The result


def test_the_result_explains_itself_and_what_would_turn_it() -> None:
    # 5 + 4 + 15 = 24 and 20 + 8 + 3 = 31. With pay at 2: 21 to 19. With the own one at 5: 34 to 33.
    assert said("matrix", **ANSWERS) == [
        "Avec tes poids, l'alternance l'emporte : 31 points contre 24.",
        "Rémunération : stage 5 × 1 = 5, alternance 5 × 4 = 20.",
        "Formations internes : stage 2 × 2 = 4, alternance 2 × 4 = 8.",
        "Près de chez moi : stage 3 × 5 = 15, alternance 3 × 1 = 3.",
        "Ce qui a décidé : Rémunération (+15).",
        "De l'autre côté : Près de chez moi (+12).",
        "Ce qui ferait pencher la balance",
        "« Près de chez moi » à 5 au lieu de 3 : le stage l'emporte.",
        "« Rémunération » à 2 au lieu de 5 : le stage l'emporte.",
    ]
    assert said("matrix", "en", **ANSWERS)[0] == (
        "With your weights, work-study comes out ahead: 31 points to 24."
    )


def test_its_rows_can_be_drawn() -> None:
    row = lines("matrix", **ANSWERS)[1]
    assert row.name == "Rémunération"
    drawn = [(bar.label, bar.value, bar.most) for bar in row.bars]
    assert drawn == [("Stage", 5, 25), ("Alternance", 20, 25)]


def test_a_tie_a_landslide_and_what_is_left_out_are_said() -> None:
    tie = {"pay": {"weight": 2, "internship": 3, "work_study": 3}}
    told = said("matrix", criteria=["pay"], weighing=tie)
    assert told[0].startswith("Égalité : 6 points de chaque côté")
    sure = {one: {"weight": 5, "internship": 0, "work_study": 5} for one in ("pay", "training")}
    assert said("matrix", criteria=["pay", "training"], weighing=sure)[-1] == (
        "Aucun poids, changé seul, ne renverse ce résultat : 50 points d'écart."
    )
    unsaid = said("matrix", "en", criteria=["pay"], own=[NEAR])
    assert "Left out, as there is no mark: Près de chez moi." in unsaid
    assert said("matrix")[0].startswith("Rien à comparer")


def test_a_criterion_whose_absence_turns_the_result_is_said_so() -> None:
    weighing = {
        "pay": {"weight": 1, "internship": 1, "work_study": 5},
        "training": {"weight": 1, "internship": 4, "work_study": 3},
    }
    told = said("matrix", criteria=["pay", "training"], weighing=weighing)
    assert told[0] == "De peu, l'alternance l'emporte : 8 points contre 5."
    assert told[-2:] == [
        "Sans « Rémunération » : le stage l'emporte.",
        "« Formations internes » à 5 au lieu de 1 : le stage l'emporte.",
    ]


ODD = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(max_size=5), inner)),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["criteria", "weighing", "own", "own_weighing"]), ODD))
def test_odd_answers_break_nothing(answers: dict[str, Any]) -> None:
    for lang in ("fr", "en"):
        assert all(line.strip() for line in said("matrix", lang, **answers))


# Line by line, and read again


def test_the_whole_comparison_works_in_a_plain_session(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    draft_session = DraftSession(
        journal, CONTENT, SessionRequest("matrix"), lang="fr", today=TODAY, internship=None
    )
    typed = ["Un CFA ou un stage", "1 5", "Près de chez moi", ""]
    typed += ["5", "1", "4", "2", "", "", "3", "5", "1"]  # the two ticked, then the own one
    typed += ["2", "Demander à Léa", ""]
    out = io.StringIO()
    code = run(draft_session, io.StringIO("\n".join(typed) + "\n"), out, "fr")
    assert code == 0, out.getvalue()
    text = out.getvalue()
    assert "4,35 €" in text and "plus d'un an" in text
    assert "- Rémunération : stage 5 × 1 = 5, alternance 5 × 4 = 20." in text
    assert "━" not in text
    (entry,) = [one for one in journal.entries() if one.flow == "matrix"]
    assert entry.answers["weighing"] == ANSWERS["weighing"]
    assert [*entry.answers["own_weighing"].values()] == [*ANSWERS["own_weighing"].values()]
    # The result opens the entry when it is read again, and in an export.
    first, second, *_ = read_entry(entry, CONTENT, "fr")
    assert first.title == "Ce que disent tes poids"
    assert first.parts[0].text.startswith("Avec tes poids, l'alternance l'emporte")
    assert [part.label for part in first.parts] == ["", "Ce qui ferait pencher la balance"]
    assert second.title == "Qu'est-ce qui compte pour toi ?"
    assert headline(entry, CONTENT) == "Un CFA ou un stage"
    exported = entry_markdown(entry, CONTENT, "fr")
    assert "l'alternance l'emporte : 31 points contre 24" in exported
    assert "**Ce qui ferait pencher la balance**" in exported
    assert "****" not in exported
