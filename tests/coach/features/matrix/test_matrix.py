"""Internship or work-study: what decides, what would flip it, and figures that keep their date."""

import re
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.features.matrix.decision import (
    MOST,
    WEIGHT,
    WeighedCriterion,
    aged,
    decide,
    lines_from,
    load_matrix,
)

MATRIX = load_matrix()
OPTIONS = ("internship", "work_study")
FACTS = [fact for one in MATRIX.criteria for fact in one.facts]


def line(key: str, weight: int, stay: int | None, work: int | None) -> WeighedCriterion:
    marks = {"internship": stay, "work_study": work}
    return WeighedCriterion(key, key, weight, {k: v for k, v in marks.items() if v is not None})


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

EVERY: dict[str, Any] = {"criteria": [one.id for one in MATRIX.criteria]}


def test_what_is_ticked_and_not_weighed_starts_from_the_article() -> None:
    assert lines_from({}, "fr") == []
    lines = lines_from(EVERY, "fr")
    assert lines[0].name == "Rémunération"
    assert {one.weight for one in lines} == {WEIGHT}
    result = decide(lines, OPTIONS)
    assert (result.winner, result.totals) == ("work_study", {"internship": 36, "work_study": 54})


def test_own_criteria_weights_and_marks_are_taken() -> None:
    answers = {
        "criteria": ["training", "pay", "gone"],
        "weighing": {"pay": {"weight": 5, "internship": 0}, "training": {"weight": 9}, "x": 3},
        "own": [{"id": "x", "criterion": " Près de chez moi "}, {"id": "", "criterion": "y"}, "z"],
        "own_weighing": {"x": {"weight": 4, "internship": 5, "work_study": 1}},
    }
    assert lines_from(answers, "fr") == [
        WeighedCriterion("pay", "Rémunération", 5, {"internship": 0, "work_study": 4}),
        WeighedCriterion(
            "training", "Formations internes", WEIGHT, {"internship": 2, "work_study": 4}
        ),
        WeighedCriterion("x", "Près de chez moi", 4, {"internship": 5, "work_study": 1}),
    ]


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


def test_criteria_of_the_same_weight_decide_together() -> None:
    lines = [line("pay", 3, 2, 4), line("job", 3, 2, 4), line("skill", 1, 2, 4)]
    assert [one.line.id for one in decide(lines, OPTIONS).decided] == ["pay", "job"]


def test_the_smallest_change_is_found() -> None:
    lines = [line("pay", 5, 1, 4), line("near", 3, 5, 1), line("skill", 2, 2, 4)]
    flips = decide(lines, OPTIONS).flips
    assert [(one.line.id, one.weight, one.winner) for one in flips] == [
        ("near", 5, "internship"),
        ("pay", 2, "internship"),
    ]


def test_a_result_may_be_out_of_reach_of_any_single_weight() -> None:
    lines = [line("pay", 5, 0, 5), line("skill", 5, 0, 5), line("near", 2, 3, 2)]
    result = decide(lines, OPTIONS)
    assert (result.flips, result.lead) == ([], 48)


def test_a_criterion_without_both_marks_is_left_out() -> None:
    result = decide([line("pay", 3, 1, 4), line("near", 3, 5, None)], OPTIONS)
    assert result.winner == "work_study"
    assert [one.id for one in result.open] == ["near"]


def test_nothing_to_compare_is_said_so() -> None:
    for lines in ([], [line("pay", 0, 1, 4)], [line("pay", 3, None, 4)]):
        result = decide(lines, OPTIONS)
        assert (result.totals, result.winner, result.lead) == ({}, "", 0)
        flips = [(flip.weight, flip.winner) for flip in result.flips]
        assert flips == ([(1, "work_study")] if lines == [line("pay", 0, 1, 4)] else [])


MARK = st.integers(0, MOST)
LINES = st.lists(st.builds(line, st.sampled_from("abcdef"), MARK, MARK, MARK), max_size=6)


def winner_of(lines: list[WeighedCriterion]) -> str:
    gap = sum(one.weight * (one.marks["work_study"] - one.marks["internship"]) for one in lines)
    return "work_study" if gap > 0 else "internship" if gap < 0 else ""


@given(LINES)
def test_the_winner_has_the_higher_total(lines: list[WeighedCriterion]) -> None:
    result = decide(lines, OPTIONS)
    assert result.winner == winner_of(lines)
    if result.winner:
        assert result.totals[result.winner] == max(result.totals.values())
        gap = max(result.totals.values()) - min(result.totals.values())
        ahead = sum(one.points for one in result.decided)
        against = sum(one.points for one in result.against)
        assert ahead > against
        last = [one.points for one in result.decided if one.points == result.decided[-1].points]
        assert ahead - sum(last) <= against
        assert gap >= ahead - against


@given(LINES)
def test_no_smaller_change_than_the_one_told_flips_the_result(
    lines: list[WeighedCriterion],
) -> None:
    result = decide(lines, OPTIONS)
    sizes = [
        abs(weight - one.weight)
        for (index, one), weight in product(enumerate(lines), range(MOST + 1))
        for changed in [[*lines[:index], replace(one, weight=weight), *lines[index + 1 :]]]
        if winner_of(changed) not in ("", result.winner)
    ]
    told = [abs(flip.weight - flip.line.weight) for flip in result.flips]
    assert told == sorted(told)
    assert told[:1] == ([min(sizes)] if sizes else [])
    for flip in result.flips:
        turned = [replace(one, weight=flip.weight) if one is flip.line else one for one in lines]
        assert winner_of(turned) == flip.winner != result.winner


@given(LINES)
def test_both_paths_are_treated_alike(lines: list[WeighedCriterion]) -> None:
    other = {"internship": "work_study", "work_study": "internship", "": ""}
    swapped = [
        replace(one, marks={other[key]: mark for key, mark in one.marks.items()}) for one in lines
    ]
    assert decide(swapped, OPTIONS).winner == other[decide(lines, OPTIONS).winner]
