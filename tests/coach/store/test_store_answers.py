"""Answers that may hold anything: each reader gives its own kind of thing, and never raises."""

from datetime import date
from typing import Any

import pytest

from coach.store.answers import (
    day_of,
    filled_cells,
    ids_of,
    level_of,
    nested_of,
    number_of,
    rows_of,
    text_of,
)

ODD: list[Any] = [None, "", "word", "  ", 7, 0.5, True, [], ["a", 3], {}, {"a": "b"}, [{"a": 1}]]


def test_a_text_loses_the_space_at_its_ends() -> None:
    assert text_of({"a": "  two words \n"}, "a") == "two words"


@pytest.mark.parametrize("value", [None, 7, True, ["word"], {"a": "word"}, "  "])
def test_what_is_no_text_reads_as_none(value: Any) -> None:
    assert text_of({"a": value}, "a") == ""


def test_of_a_list_of_choices_only_texts_are_ids() -> None:
    assert ids_of({"a": ["x", 3, None, "y", ["z"]]}, "a") == ["x", "y"]


@pytest.mark.parametrize("value", [None, "x", 7, {"x": "y"}])
def test_what_is_no_list_has_no_ids(value: Any) -> None:
    assert ids_of({"a": value}, "a") == []


@pytest.mark.parametrize("value", [0, 7, -2, 0.5])
def test_a_number_reads_as_it_is(value: float) -> None:
    assert number_of({"a": value}, "a") == value


@pytest.mark.parametrize("value", [None, True, "7", [7], float("nan"), float("inf")])
def test_what_is_no_finite_number_reads_as_none(value: Any) -> None:
    assert number_of({"a": value}, "a") is None


@pytest.mark.parametrize(
    ("value", "level"),
    [(1, 1), (5, 5), (0, None), (6, None), (2.5, None), (True, None), ("3", None)],
)
def test_a_level_is_a_whole_number_from_1_to_5(value: Any, level: int | None) -> None:
    assert level_of({"a": value}, "a") == level


def test_a_scale_may_have_other_ends() -> None:
    assert [level_of({"a": n}, "a", 0, 10) for n in (-1, 0, 10, 11)] == [None, 0, 10, None]


def test_a_day_is_read_from_its_iso_form() -> None:
    assert day_of({"a": " 2026-03-02 "}, "a") == date(2026, 3, 2)


@pytest.mark.parametrize("value", [None, "", "2026-02-30", "2 March", 20260302, ["2026-03-02"]])
def test_what_is_no_day_reads_as_none(value: Any) -> None:
    assert day_of({"a": value}, "a") is None


def test_of_a_list_only_rows_are_rows() -> None:
    assert rows_of({"a": [{"x": 1}, "y", None, {}]}, "a") == [{"x": 1}, {}]


@pytest.mark.parametrize("value", [None, "x", 7, {"x": "y"}])
def test_what_is_no_list_has_no_rows(value: Any) -> None:
    assert rows_of({"a": value}, "a") == []


def test_nested_answers_are_reached_by_step_and_by_what_it_was_about() -> None:
    answers = {"complete": {"e/1": {"figure": "12 %"}}}
    assert nested_of(answers, "complete") == {"e/1": {"figure": "12 %"}}
    assert nested_of(answers, "complete", "e/1") == {"figure": "12 %"}


@pytest.mark.parametrize("value", [None, "x", 7, ["e/1"], {"e/1": "x"}, {"e/1": ["x"]}, {}])
def test_where_something_else_lies_nothing_is_nested(value: Any) -> None:
    assert nested_of({"complete": value}, "complete", "e/1") == {}


def test_cells_without_text_are_left_out() -> None:
    assert filled_cells({"a": " x ", "b": "", "c": 3, "d": " ", "e": ["y"]}) == {"a": "x"}


@pytest.mark.parametrize("value", ODD)
def test_no_reader_raises_whatever_was_kept(value: Any) -> None:
    answers = {"a": value}
    for read in (text_of, ids_of, number_of, level_of, day_of, rows_of, nested_of):
        read(answers, "a")
        read(answers, "missing")
    nested_of(answers, "a", "b", "c")
