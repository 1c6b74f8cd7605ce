"""The struct `Entry`, which holds anything a student saves, and `Draft`, one not finished yet."""

from datetime import UTC, date, datetime
from typing import Any, Literal, TypeAlias
from uuid import NAMESPACE_URL, uuid4, uuid5

import msgspec

SCHEMA = 1
"""The version of the shape of entries and of the files that hold them."""

Answers: TypeAlias = dict[str, Any]
"""Field id → what was answered: text, number, list of ids, rows (lists of dicts), or nested
answers of a repeated step (item key → field id → value)."""

Row: TypeAlias = dict[str, str]
"""A row of an answer that is a table: column id → text, its own id under `id`."""


class Entry(msgspec.Struct, kw_only=True):
    """One saved session, whatever its flow: a week, a wizard, a note, an internship.

    Times are UTC in ISO 8601 with a `Z`; `date` is `YYYY-MM-DD` and `week` `YYYY-Www` (ISO 8601).
    `history` holds earlier revisions, oldest first, each as this struct's JSON without `history`.
    """

    schema: int = SCHEMA
    id: str
    flow: str
    flow_version: int = 1
    status: Literal["draft", "done"] = "draft"
    lang: str = "fr"
    internship: str | None = None
    date: str
    week: str
    created_at: str
    updated_at: str
    revision: str
    deleted_at: str | None = None
    tags: list[str] = []
    answers: Answers = {}
    history: list[dict[str, Any]] = []


class Draft(msgspec.Struct, kw_only=True):
    """An entry not finished yet: its answers, the page the student is on, the entry it changes."""

    schema: int = SCHEMA
    entry: Entry
    base: str | None = None
    """The revision of the saved entry that this draft changes; None for a new entry."""
    step: str = ""
    item: str = ""
    declined: list[str] = []
    """Ids of notes that were offered as rows and that the student removed."""
    saved_at: str = ""


def timestamp(moment: datetime) -> str:
    """`moment` (aware) as UTC ISO 8601 with microseconds and `Z`; sorts as text."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def new_id() -> str:
    """A fresh id for an entry, a revision or a row."""
    return str(uuid4())


def iso_week(day: date) -> str:
    """The ISO 8601 week of `day`: `2026-W47`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def week_monday(week: str) -> date:
    """The Monday of an ISO week such as `2026-W47`; raises ValueError when it is none."""
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 1)


def read_day(text: str) -> date:
    """The day that `text` (ISO 8601) names; raises ValueError outside the years 1900 to 2999.

    Callers compute weeks and months around it, which fails near `date.min` and `date.max`.
    """
    day = date.fromisoformat(text)
    if not 1900 <= day.year < 3000:
        raise ValueError(f"{text} is too far away")
    return day


def sound(entry: Entry) -> Entry:
    """`entry` with a valid day, week and language: values that a file edited by hand got wrong are
    replaced. Answers are never changed.
    """
    try:
        day = read_day(entry.date)
    except ValueError:
        try:
            day = read_day(entry.created_at[:10])
        except ValueError:
            day = date(1970, 1, 1)
        entry.date = day.isoformat()
        entry.week = iso_week(day)
    try:
        read_day(week_monday(entry.week).isoformat())
    except ValueError:
        entry.week = iso_week(day)
    if entry.lang not in ("fr", "en"):
        entry.lang = "fr"
    return entry


def weekly_id(flow: str, internship: str | None, week: str) -> str:
    """The id of the one entry of `flow` for `internship` and `week`.

    It is derived (UUID 5), so that two machines which start the same week make the same entry.
    """
    return str(uuid5(NAMESPACE_URL, f"coach:{flow}:{internship or '-'}:{week}"))


def new_entry(
    flow: str,
    *,
    lang: str,
    day: date,
    moment: datetime,
    internship: str | None = None,
    flow_version: int = 1,
    id: str | None = None,
    answers: Answers | None = None,
) -> Entry:
    """A fresh entry with status `draft`, dated `day`, made at `moment` (aware)."""
    stamp = timestamp(moment)
    return Entry(
        id=id or new_id(),
        flow=flow,
        flow_version=flow_version,
        lang=lang,
        internship=internship,
        date=day.isoformat(),
        week=iso_week(day),
        created_at=stamp,
        updated_at=stamp,
        revision=new_id(),
        tags=[],
        answers=answers if answers is not None else {},
        history=[],
    )
