"""Internship or work-study: what decides, what would flip it, and figures that keep their date."""

import re
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.matrix import (
    MOST,
    WEIGHT,
    Line,
    aged,
    decide,
    explain,
    lines_from,
    load_matrix,
)

MATRIX = load_matrix()
OPTIONS = ("internship", "work_study")
FACTS = [fact for one in MATRIX.criteria for fact in one.facts]


def line(key: str, weight: int, stay: int | None, work: int | None) -> Line:
    marks = {"internship": stay, "work_study": work}
    return Line(key, key, weight, {k: v for k, v in marks.items() if v is not None})


# The data


def test_the_five_criteria_of_the_article_and_both_paths_are_there() -> None:
    assert tuple(one.id for one in MATRIX.options) == OPTIONS
    ids = "pay experience flexibility employability training"
    assert [one.id for one in MATRIX.criteria] == ids.split()
    for one in MATRIX.criteria:
        assert {fact.option for fact in one.facts} == set(OPTIONS)
        assert set(one.marks) == set(OPTIONS)
    better = {
        one.id for one in MATRIX.criteria if one.marks["internship"] > one.marks["work_study"]
    }
    assert better == {"flexibility"}


def test_every_figure_keeps_its_date() -> None:
    for fact in FACTS:
        day = date.fromisoformat(fact.date)
        assert day == date(2024, 3, 12) or (fact.source and day > date(2024, 3, 12))
        assert aged(fact, date(2027, 12, 1))
        assert not aged(fact, day)
    text = " ".join(fact.text.fr for fact in FACTS)
    for figure in ("4,35 €", "43 à 100 %", "2 à 6 mois", "1 à 3 ans", "+30 %", "+70 %"):
        assert figure in text


def test_the_two_rates_of_unemployment_are_said_to_be_of_different_people() -> None:
    (fact,) = [fact for fact in FACTS if "2,7 %" in fact.text.fr]
    assert fact.note and fact.source
    assert "7,4 %" in fact.text.fr and "pas les mêmes personnes" in fact.note.fr
    assert "7.4%" in fact.text.en and "not the same people" in fact.note.en
    assert "2024" in fact.source.fr


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_texts_are_clean(lang: str) -> None:
    texts = [MATRIX.about, *(t for o in MATRIX.options for t in (o.name, o.the))]
    for one in MATRIX.criteria:
        texts += [one.name, one.ask, *([one.check] if one.check else [])]
        texts += [t for fact in one.facts for t in (fact.text, fact.note, fact.source) if t]
    for text in texts:
        assert not re.search(r"[!’…]|  ", text.get(lang)), text
        if lang == "fr":
            assert not re.search(r"\w[;:?»%€]", text.fr), text


# The student's answers


def test_without_answers_the_scale_starts_from_the_article() -> None:
    lines = lines_from({}, "fr")
    assert lines[0].name == "Rémunération"
    assert {one.weight for one in lines} == {WEIGHT}
    result = decide(lines, OPTIONS)
    assert (result.winner, result.totals) == ("work_study", {"internship": 36, "work_study": 54})


def test_own_criteria_weights_and_marks_are_taken() -> None:
    answers = {
        "weights": {"pay": 5, "x": 4, "training": 9},
        "marks": {"pay": {"internship": 0}, "x": {"internship": 5, "work_study": 1}},
        "own": [{"id": "x", "name": " Près de chez moi "}, {"id": "", "name": "y"}, "z"],
    }
    lines = {one.id: one for one in lines_from(answers, "fr")}
    assert lines["pay"] == Line("pay", "Rémunération", 5, {"internship": 0, "work_study": 4})
    assert lines["x"] == Line("x", "Près de chez moi", 4, {"internship": 5, "work_study": 1})
    assert lines["training"].weight == WEIGHT
    assert len(lines) == 6


ODD = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(max_size=5), inner)),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["weights", "marks", "own"]), ODD))
def test_odd_answers_break_nothing(answers: dict[str, Any]) -> None:
    assert explain(decide(lines_from(answers, "en"), OPTIONS), "en")


# The result


def test_what_decided_is_the_fewest_criteria_that_outweigh_the_others() -> None:
    lines = [
        line("pay", 5, 1, 4),
        line("near", 3, 5, 1),
        line("skill", 2, 2, 4),
        line("x", 1, 3, 3),
    ]
    result = decide(lines, OPTIONS)
    assert result.winner == "work_study"
    assert [(one.line.id, one.points) for one in result.decided] == [("pay", 15)]
    assert [(one.line.id, one.points) for one in result.against] == [("near", 12)]


def test_the_smallest_change_is_found() -> None:
    lines = [line("pay", 5, 1, 4), line("near", 3, 5, 1), line("skill", 2, 2, 4)]
    flip = decide(lines, OPTIONS).flip
    assert flip and (flip.line.id, flip.weight, flip.winner) == ("near", 5, "internship")


def test_a_result_may_be_out_of_reach_of_any_single_weight() -> None:
    lines = [line("pay", 5, 0, 5), line("skill", 5, 0, 5), line("near", 2, 3, 2)]
    result = decide(lines, OPTIONS)
    assert result.flip is None
    assert explain(result, "fr")[-1] == "Aucun poids, changé seul, ne renverse ce résultat."


def test_a_criterion_without_both_marks_is_left_out_and_said() -> None:
    result = decide([line("pay", 3, 1, 4), line("near", 3, 5, None)], OPTIONS)
    assert result.winner == "work_study"
    assert [one.id for one in result.open] == ["near"]
    assert explain(result, "en")[-1] == "Left out for want of a mark: near."


def test_nothing_to_compare_is_said_so() -> None:
    for lines in ([], [line("pay", 0, 1, 4)], [line("pay", 3, None, 4)]):
        result = decide(lines, OPTIONS)
        assert (result.totals, result.winner, result.flip) == ({}, "", None)
        assert explain(result, "fr")[0].startswith("Rien à comparer")


def test_the_result_explains_itself_in_both_languages() -> None:
    lines = [
        Line("pay", "Rémunération", 5, {"internship": 1, "work_study": 4}),
        Line("near", "Près de chez moi", 3, {"internship": 5, "work_study": 1}),
        Line("skill", "Soudage", 2, {"internship": 2, "work_study": 4}),
    ]
    result = decide(lines, OPTIONS)
    assert explain(result, "fr") == [
        "Avec tes poids, l'alternance l'emporte : 31 points contre 24.",
        "Ce qui a décidé : Rémunération (+15).",
        "De l'autre côté : Près de chez moi (+12).",
        "Il suffirait de passer « Près de chez moi » de 3 à 5 pour que le stage l'emporte.",
    ]
    assert explain(result, "en")[0] == (
        "With your weights, work-study comes out ahead: 31 points to 24."
    )
    lower = decide([replace(lines[0], weight=4), lines[2]], OPTIONS)
    assert lower.flip is None
    tie = explain(decide([line("a", 2, 3, 1), line("b", 2, 1, 3)], OPTIONS), "fr")
    assert tie[0].startswith("Égalité : 8 points de chaque côté")


MARK = st.integers(0, MOST)
LINES = st.lists(st.builds(line, st.sampled_from("abcdef"), MARK, MARK, MARK), max_size=6)


def winner_of(lines: list[Line]) -> str:
    gap = sum(one.weight * (one.marks["work_study"] - one.marks["internship"]) for one in lines)
    return "work_study" if gap > 0 else "internship" if gap < 0 else ""


@given(LINES)
def test_the_winner_has_the_higher_total(lines: list[Line]) -> None:
    result = decide(lines, OPTIONS)
    assert result.winner == winner_of(lines)
    if result.winner:
        assert result.totals[result.winner] == max(result.totals.values())
        gap = max(result.totals.values()) - min(result.totals.values())
        ahead = sum(one.points for one in result.decided)
        against = sum(one.points for one in result.against)
        assert ahead > against
        assert ahead - result.decided[-1].points <= against
        assert gap >= ahead - against


@given(LINES)
def test_no_smaller_change_than_the_one_told_flips_the_result(lines: list[Line]) -> None:
    result = decide(lines, OPTIONS)
    sizes = [
        abs(weight - one.weight)
        for (index, one), weight in product(enumerate(lines), range(MOST + 1))
        for changed in [[*lines[:index], replace(one, weight=weight), *lines[index + 1 :]]]
        if winner_of(changed) not in ("", result.winner)
    ]
    assert (result.flip is None) is (not sizes)
    if result.flip:
        assert abs(result.flip.weight - result.flip.line.weight) == min(sizes)


@given(LINES)
def test_both_paths_are_treated_alike(lines: list[Line]) -> None:
    other = {"internship": "work_study", "work_study": "internship", "": ""}
    swapped = [
        replace(one, marks={other[key]: mark for key, mark in one.marks.items()}) for one in lines
    ]
    assert decide(swapped, OPTIONS).winner == other[decide(lines, OPTIONS).winner]


@given(LINES, st.sampled_from(["fr", "en"]))
def test_every_result_can_be_said(lines: list[Line], lang: str) -> None:
    told = explain(decide(lines, OPTIONS), lang)
    assert told and all(one.strip() and "{" not in one for one in told)
