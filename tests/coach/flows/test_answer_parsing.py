"""From what is typed or picked to an answer, kind by kind, slips included."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import TODAY, field_of

from coach.flows.answer_parsing import Invalid, kept_value, parse_answer

IDS = {"a", "b", "none"}
LISTED: dict[str, Any] = {"options": ["a", "b", {"id": "none", "alone": True}]}
KINDS = {
    "line": {},
    "text": {},
    "scale": {},
    "choice": LISTED,
    "choices": LISTED,
    "checklist": {"options": ["a", "b", "none"]},
    "date": {},
    "number": {},
    "rows": {},
    "sides": {},
}


def parsed(kind: str, raw: Any, **more: Any) -> Any:
    return parse_answer(field_of(kind, **KINDS[kind] | more), raw, IDS, TODAY)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_no_answer(kind: str) -> None:
    assert parsed(kind, None) is None


@pytest.mark.parametrize(
    ("kind", "raw", "answer"),
    [
        ("line", "  Tri \t des\nbacs ", "Tri des bacs"),
        ("line", "", ""),
        ("line", "\x1b[31mrouge\x1b[0m", "rouge"),
        ("text", "Un.\r\nDeux.\n", "Un.\nDeux.\n"),
        ("text", "a\x00b\ud800", "ab\ufffd"),
        ("scale", "3", 3),
        ("scale", 3, 3),
        ("scale", " 5 ", 5),
        ("scale", "", None),
        ("choice", "a", "a"),
        ("choice", "", None),
        ("choices", ["b", "a", "b"], ["b", "a"]),
        ("choices", [], []),
        ("choices", ["a", "none"], ["none"]),
        ("choices", ["none", "a"], ["a"]),
        ("checklist", {"a": "yes", "b": "no"}, {"a": "yes", "b": "no"}),
        ("checklist", {}, {}),
        ("date", "23/11/2026", "2026-11-23"),
        ("date", "  ", None),
        ("number", "35", 35),
        ("number", "35,5", 35.5),
        ("number", "1 000", 1000),
        ("number", "1\u202f000", 1000),
        ("number", "", None),
        ("number", 12.0, 12),
    ],
)
def test_what_is_kept(kind: str, raw: Any, answer: Any) -> None:
    found = parsed(kind, raw)
    assert found == answer
    assert type(found) is type(answer)


@pytest.mark.parametrize(
    ("kind", "raw", "key"),
    [
        ("scale", "9", "scale"),
        ("scale", "0", "scale"),
        ("scale", "-1", "scale"),
        ("scale", "3.5", "scale"),
        ("scale", "trois", "scale"),
        ("scale", "٣", "scale"),
        ("scale", "²", "scale"),
        ("scale", True, "scale"),
        ("scale", "0000001000000", "scale"),
        ("scale", "9" * 5000, "scale"),
        ("choice", "c", "choice"),
        ("choice", ["a"], "choice"),
        ("choice", {"a": 1}, "choice"),
        ("choices", "a", "choice"),
        ("choices", ["c"], "choice"),
        ("choices", [["a"]], "choice"),
        ("checklist", ["a"], "choice"),
        ("checklist", {"c": "yes"}, "choice"),
        ("checklist", {"a": "maybe"}, "choice"),
        ("checklist", {"a": ["yes"]}, "choice"),
        ("date", "bientôt", "date"),
        ("date", "31/02/2026", "date"),
        ("number", "beaucoup", "number"),
        ("number", "nan", "number"),
        ("number", "inf", "number"),
        ("number", "1e400", "number"),
        ("number", "-1", "number"),
        ("number", "9" * 400, "number"),
        ("rows", "a", "choice"),
        ("rows", ["a"], "choice"),
        ("sides", {"left": "a"}, "choice"),
    ],
)
def test_what_can_be_no_answer_says_why(kind: str, raw: Any, key: str) -> None:
    with pytest.raises(Invalid) as found:
        parsed(kind, raw)
    assert found.value.key == key


def test_the_bounds_are_part_of_what_is_said() -> None:
    with pytest.raises(Invalid) as found:
        parsed("scale", "11", low=0, high=10)
    assert found.value.values == {"low": 0, "high": 10}
    with pytest.raises(Invalid) as found:
        parsed("number", "81", most=80)
    assert found.value.values == {"least": "0", "most": "80"}


def test_a_scale_that_starts_at_zero_takes_zero_and_no_disguised_number() -> None:
    assert parsed("scale", "0", low=0, high=10) == 0
    with pytest.raises(Invalid):
        parsed("scale", "0000001000000", low=0, high=10)


def test_a_row_keeps_its_id_and_a_new_one_gets_its_own() -> None:
    first, second = parsed("rows", [{"id": "r1", "what": " Trié "}, {"what": "Rangé"}])
    assert first == {"id": "r1", "what": "Trié"}
    assert second["what"] == "Rangé"
    assert second["id"] not in ("", "r1")


def test_a_row_keeps_its_columns_alone_and_the_note_it_came_from() -> None:
    row = {"id": "r1", "note": "n1", "what": "Trié", "who": "", "odd": "x"}
    assert parsed("rows", [row]) == [{"id": "r1", "what": "Trié", "note": "n1"}]


def test_an_empty_row_is_none_unless_a_note_waits_in_it() -> None:
    assert parsed("rows", [{"id": "r1"}, {"id": "r2", "what": "  "}]) == []
    assert parsed("rows", [{"id": "r1", "note": "n1"}]) == [{"id": "r1", "note": "n1"}]


def test_cells_are_cleaned_and_may_hold_what_is_no_text() -> None:
    (row,) = parsed("rows", [{"id": "r", "what": "\x1b]0;x\x07Trié", "who": 12}])
    assert (row["what"], row["who"]) == ("Trié", "12")


def test_the_two_sides_of_a_thing_are_a_row() -> None:
    (row,) = parsed("sides", [{"id": "r", "left": "moi", "right": "eux"}])
    assert row == {"id": "r", "left": "moi", "right": "eux"}


def test_days_are_counted_from_the_day_it_is() -> None:
    assert parse_answer(field_of("date"), "demain", set(), date(2026, 12, 31)) == "2027-01-01"


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda part: (
        st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=5), part, max_size=3)
    ),
    max_leaves=6,
)


@given(kind=st.sampled_from(sorted(KINDS)), raw=anything)
def test_whatever_comes_in_is_an_answer_or_invalid(kind: str, raw: Any) -> None:
    try:
        once = parsed(kind, raw)
    except Invalid:
        return
    assert parsed(kind, once) == once


@pytest.mark.parametrize(
    ("value", "left"),
    [
        (" Trié \n", "Trié"),
        ("  ", None),
        ("", None),
        ([], None),
        ({}, None),
        (0, 0),
        (["a"], ["a"]),
    ],
)
def test_a_finished_entry_keeps_no_empty_answer(value: Any, left: Any) -> None:
    assert kept_value(field_of("line"), value) == left
