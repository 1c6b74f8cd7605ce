"""Remarks shown beside a field: at most two, and they never block."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from coach.flows.field import Column
from coach.flows.schema import Date, Field, Rows
from coach.language.care import heard
from coach.language.nudges import notice
from coach.util.dates import parse_day, say_day
from coach.util.wording import Wording

MOST = 2
"""Remarks shown at once."""


def find_remarks(
    field: Field, value: Any, lang: str, today: date, told: Mapping[str, Any] | None = None
) -> list[str]:
    """Remarks on `value`, the answer to `field`; for rows, on the one row given.

    `told` are the other answers of the page. [] where `coach.language.care` finds distress in any
    of them: then only the calm line shows.

    For a date, the remark repeats the day as it was understood, so that the student can check it.
    """
    found: list[str] = []
    if not isinstance(field, Date) and heard(value, dict(told or {})):
        return found
    if isinstance(field, Rows):
        row: dict[str, str] = value if isinstance(value, dict) else {}
        for column in field.columns:
            # About a missing cell the coach asks once the row says something.
            if any(row.get(other.id) for other in field.columns):
                found += find_cell_remarks(column, row, lang, today)
    elif isinstance(field, Date):
        day = parse_day(str(value or ""), today)
        found += [say_day(day, lang)] if day else []
        earlier = parse_day(str((told or {}).get(field.after) or ""), today)
        if day and earlier and day < earlier:
            found.append(Wording("remarks", lang)("day.before", day=say_day(earlier, lang)))
    elif field.nudges:
        found = notice(field.nudges, str(value or ""), lang)
    return list(dict.fromkeys(found))[:MOST]


def find_cell_remarks(column: Column, row: dict[str, str], lang: str, today: date) -> list[str]:
    """Remarks on one cell of `row`."""
    cell = row.get(column.id, "")
    if column.within and cell:
        return [_day(cell, column.within, lang, today)]
    return notice(column.nudges, cell, lang, row) if column.nudges else []


def _day(cell: str, within: int, lang: str, today: date) -> str:
    say = Wording("remarks", lang)
    day = parse_day(cell, today)
    if day is None:
        return say("day.unread")
    if not 0 <= (day - today).days <= within:
        return say("day.far", day=say_day(day, lang), n=within)
    return say_day(day, lang)
