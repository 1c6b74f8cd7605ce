"""What the coach shows beside the questions: specific, short, never preachy, never failing."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.features.registry import PROVIDERS, load_content
from coach.features.setbacks.situations import load_situations
from coach.features.weekly.recap import RECAP
from coach.flows.context import StepContext
from coach.flows.panel import PanelLine
from coach.flows.student import StudentContext
from coach.language.care import where_to_turn

CONTENT = load_content()
TODAY = date(2026, 3, 20)
ALLERGENS = {
    "id": "1",
    "action": "Refait l'affiche des allergènes",
    "impact": "3 erreurs de commande au lieu de 11",
    "feedback": "« on s'y retrouve enfin »",
}
SUPPLIERS = {"id": "2", "action": "Appelé les fournisseurs", "feedback": "« merci »"}
STOCKROOM = {"id": "3", "action": "Rangé la réserve"}


def made(lang: str = "fr", known: dict[str, Any] | None = None, **answers: Any) -> StepContext:
    return StepContext(answers, StudentContext(today=TODAY, **(known or {})), CONTENT, lang)


def said(name: str, context: StepContext) -> list[str]:
    return [line.text for line in PROVIDERS.show(name, context)]


def test_a_recap_counts_proofs_and_keeps_one_for_an_interview() -> None:
    lines = said("recap", made(achievements=[STOCKROOM, ALLERGENS, SUPPLIERS]))
    assert lines == [
        "Trois preuves cette semaine : une chiffrée, deux avec un retour.",
        (
            "Garde celle-ci pour un entretien : « Refait l'affiche des allergènes ». "
            "Le chiffre se retient : 3 erreurs de commande au lieu de 11."
        ),
        (
            "Prochain pas : un chiffre pour « Rangé la réserve ». "
            "Combien de fois, combien de personnes, combien de temps ?"
        ),
    ]


def test_a_recap_in_english() -> None:
    row = {"action": "Redid the allergen board", "impact": "3 wrong orders instead of 11"}
    assert said("recap", made("en", achievements=[row])) == [
        "One proof this week, with a figure.",
        (
            'Keep this one for an interview: "Redid the allergen board". '
            "The figure sticks: 3 wrong orders instead of 11."
        ),
        (
            'Next step: some feedback on "Redid the allergen board". '
            'On Monday, ask: "What do I keep, and what do I change?"'
        ),
    ]


def test_a_recap_without_figures_praises_no_figure() -> None:
    assert said("recap", made(achievements=[STOCKROOM])) == [
        "Une preuve cette semaine.",
        (
            "Prochain pas : un retour sur « Rangé la réserve ». "
            "Lundi, demande : « Qu'est-ce que je garde, qu'est-ce que je change ? »"
        ),
    ]


@pytest.mark.parametrize(
    ("kept", "words"),
    [("yes", "c'est fait"), ("partly", "a commencé"), ("no", "attend encore"), ("changed", "cap")],
)
def test_a_recap_looks_back_at_the_intention(kept: str, words: str) -> None:
    known = {"intention": "préparer mes questions"}
    lines = said("recap", made(known=known, achievements=[STOCKROOM], kept=kept, intention="oser"))
    assert any(words in line and "préparer mes questions" in line for line in lines)
    assert lines[-1] == "La semaine qui vient : « oser »."
    assert not any("préparer" in line for line in said("recap", made(kept=kept)))


def test_a_recap_never_exceeds_its_lines() -> None:
    context = made(
        known={"intention": "finir", "objectives": [{"id": "main", "label": "mener"}]},
        achievements=[STOCKROOM, ALLERGENS],
        kept="yes",
        hard_did="j'ai demandé",
        progress={"main": "reached"},
        intention="oser",
    )
    assert len(PROVIDERS.show("recap", context)) == RECAP


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_an_empty_week_is_not_scolded_and_a_week_off_site_has_one_calm_line(lang: str) -> None:
    assert len(PROVIDERS.show("recap", made(lang))) == 1
    for where in ("school", "leave"):
        assert [line.kind for line in PROVIDERS.show("recap", made(lang, on_site=where))] == [
            "calm"
        ]


def test_ideas_are_those_of_the_ticked_situations() -> None:
    lines = PROVIDERS.show("ideas", made(situations=["no_tools", "bored"]))
    assert [line.kind for line in lines] == ["heading", *["bullet"] * 4]
    bored = next(one for one in load_situations() if one.id == "bored")
    assert bored.phantoms[0].fr in [line.text for line in lines]
    assert len(said("ideas", made())) == 1


@pytest.mark.parametrize(
    ("really", "shown"), [("no", True), ("yes", False), ("unsure", False), (None, False)]
)
def test_no_idea_comes_from_what_is_never_reframed(really: str | None, shown: bool) -> None:
    toxic = next(one for one in load_situations() if one.id == "toxic")
    context = made(situations=["toxic"], again={"toxic": {"really": really}})
    assert (toxic.phantoms[0].fr in said("ideas", context)) is shown


def test_causes_come_back_from_the_second_interview_on() -> None:
    assert PROVIDERS.show("recurring", made(causes=["logistics"])) == []
    known = {"causes_before": {"logistics": 1, "company_research": 2, "gone": 9}}
    lines = said("recurring", made(known=known, causes=["logistics"]))
    assert lines[1:3] == [
        "Je les connaissais mal : 2 fois",
        "Retard, lien ou papiers : une fois, et encore cette fois-ci",
    ]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_who_to_turn_to_is_shown_where_something_is_never_reframed(lang: str) -> None:
    for lines in (
        said("turn_to", made(lang, safety=["unpaid"])),
        said(
            "turn_to",
            StepContext(
                {"really": "unsure"}, StudentContext(today=TODAY), CONTENT, lang, {"id": "toxic"}
            ),
        ),
    ):
        assert set(where_to_turn(lang)) <= set(lines)
    assert PROVIDERS.show("turn_to", made(lang, safety=["none"])) == []
    inside = StepContext(
        {"safety": ["danger"], "really": "no"},
        StudentContext(today=TODAY),
        CONTENT,
        lang,
        {"id": "toxic"},
    )
    assert PROVIDERS.show("turn_to", inside) == []


def test_weights_stand_side_by_side_without_triumph() -> None:
    assert said("weights", made(weight_before=8, weight_after=4)) == [
        "Au début : 8 sur 10, lourd · Maintenant : 4 sur 10, supportable",
        "Un peu de poids est passé sur le papier. Le reste peut prendre son temps.",
    ]
    heavier = said("weights", made(weight_before=3, weight_after=7))
    assert "quelqu'un en qui tu as confiance" in heavier[1]
    assert PROVIDERS.show("weights", made(weight_after=9))[-1].kind == "calm"
    assert PROVIDERS.show("weights", made()) == []
    assert PROVIDERS.show("weights", made(weight_before=True, weight_after="9")) == []


NAMES = [
    "on_site",
    "achievements",
    "hard",
    "hard_did",
    "ask",
    "kept",
    "intention",
    "progress",
    "situations",
    "again",
    "safety",
    "causes",
    "weight_before",
    "weight_after",
    "really",
]
ODD = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.integers(-2, 12),
    st.lists(st.sampled_from(["bored", "toxic", "danger", "logistics", "none"])),
    st.lists(
        st.dictionaries(st.sampled_from(["action", "impact", "feedback", "trace"]), st.text())
    ),
    st.dictionaries(st.sampled_from(["main", "toxic"]), st.text(max_size=9)),
    st.dictionaries(st.just("toxic"), st.dictionaries(st.just("really"), st.text(max_size=3))),
    st.sampled_from(["school", "yes", "no", "partly", "changed", "unsure"]),
)


@given(
    st.dictionaries(st.sampled_from(NAMES), ODD),
    st.sampled_from(["fr", "en"]),
    st.text(max_size=20),
    st.dictionaries(st.sampled_from(["logistics", "motivation", "gone"]), st.integers(0, 5)),
    st.booleans(),
)
def test_no_answer_breaks_a_panel(
    answers: dict[str, Any], lang: str, intention: str, before: dict[str, int], inside: bool
) -> None:
    known = StudentContext(
        today=TODAY,
        intention=intention,
        objectives=[{"id": "main", "label": intention}],
        causes_before=before,
    )
    context = StepContext(
        answers, known, CONTENT, lang, {"id": "toxic", "label": "x"} if inside else None
    )
    for name in PROVIDERS.panels:
        lines = PROVIDERS.show(name, context)
        assert all(isinstance(line, PanelLine) and line.text.strip() for line in lines)
        assert name != "recap" or len(lines) <= RECAP


def test_a_vague_row_is_not_the_one_to_keep() -> None:
    row = {"id": "1", "action": "travaillé", "feedback": "bien", "feedback_from": "Ana"}
    assert not any(line.startswith("Garde") for line in said("recap", made(achievements=[row])))
