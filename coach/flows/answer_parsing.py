"""Turns what a student types or picks into an answer, for each kind of field."""

from collections.abc import Callable
from datetime import date
from typing import Any

from coach.flows.schema import (
    Checklist,
    Choice,
    Choices,
    Date,
    Field,
    Line,
    Number,
    Paragraph,
    Rows,
    Scale,
)
from coach.store.entries import new_id
from coach.util.dates import parse_day
from coach.util.text import clean, clean_line


class Invalid(ValueError):
    """The typed text is not a valid answer; `key` and `values` give the sentence that says why."""

    def __init__(self, key: str, **values: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


def parse_answer(field: Field, raw: Any, ids: set[str], today: date) -> Any:
    """`raw` as the answer to `field`, None when it is empty.

    `ids` are the option ids of `field`. Raises `Invalid` when `raw` is not a valid answer.
    """
    if raw is None:
        return None
    return _PARSERS[type(field)](field, raw, ids, today)


def _line(field: Line, raw: Any, ids: set[str], today: date) -> str:
    return clean_line(str(raw))


def _text(field: Paragraph, raw: Any, ids: set[str], today: date) -> str:
    return clean(str(raw))


def _scale(field: Scale, raw: Any, ids: set[str], today: date) -> int | None:
    text = clean_line(str(raw))
    if not text:
        return None
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None
    if number is None or not field.low <= number <= field.high:
        raise Invalid("scale", low=field.low, high=field.high)
    return number


def _choice(field: Choice, raw: Any, ids: set[str], today: date) -> str | None:
    if raw == "":
        return None
    if not isinstance(raw, str) or raw not in ids:
        raise Invalid("choice")
    return raw


def _choices(field: Choices, raw: Any, ids: set[str], today: date) -> list[str]:
    if not isinstance(raw, list) or not all(isinstance(one, str) and one in ids for one in raw):
        raise Invalid("choice")
    alone = [option.id for option in field.options if option.alone]
    # The last one chosen wins: 'none of these' clears the rest, and the rest clears it.
    if raw and raw[-1] in alone:
        return [raw[-1]]
    return list(dict.fromkeys(one for one in raw if one not in alone))


def _checklist(field: Checklist, raw: Any, ids: set[str], today: date) -> dict[str, str]:
    marks = [option.id for option in field.answers]
    if not isinstance(raw, dict) or not all(k in ids and v in marks for k, v in raw.items()):
        raise Invalid("choice")
    return dict(raw)


def _date(field: Date, raw: Any, ids: set[str], today: date) -> str | None:
    text = clean_line(str(raw))
    if not text:
        return None
    day = parse_day(text, today, past=field.past)
    if day is None:
        raise Invalid("date")
    return day.isoformat()


def _number(field: Number, raw: Any, ids: set[str], today: date) -> int | float | None:
    text = clean_line(str(raw)).replace(",", ".").replace(" ", "")
    if not text:
        return None
    try:
        number = float(text[:32])
    except ValueError:
        raise Invalid("number", least=f"{field.least:g}", most=f"{field.most:g}") from None
    if not field.least <= number <= field.most:
        raise Invalid("number", least=f"{field.least:g}", most=f"{field.most:g}")
    return int(number) if number.is_integer() else number


def _rows(field: Rows, raw: Any, ids: set[str], today: date) -> list[dict[str, str]]:
    if not isinstance(raw, list) or not all(isinstance(row, dict) for row in raw):
        raise Invalid("choice")
    rows = []
    for row in raw:
        cells = {
            column.id: text
            for column in field.columns
            if row.get(column.id) and (text := clean(str(row[column.id])).strip())
        }
        if cells or row.get("note"):
            own = {"id": str(row.get("id") or new_id())}
            rows.append(own | cells | ({"note": str(row["note"])} if row.get("note") else {}))
    return rows


_PARSERS: dict[type, Callable[..., Any]] = {
    Line: _line,
    Paragraph: _text,
    Scale: _scale,
    Choice: _choice,
    Choices: _choices,
    Checklist: _checklist,
    Date: _date,
    Number: _number,
    Rows: _rows,
}


def kept_value(field: Field, value: Any) -> Any:
    """`value` as a finished entry stores it: stripped of space at the ends; None when empty."""
    if isinstance(value, str):
        value = value.strip()
    return None if value in ("", [], {}) else value
