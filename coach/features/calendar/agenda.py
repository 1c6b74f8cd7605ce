"""The agenda: dates of the internship, its milestones, and the days that sessions ask to remember.

A flow marks such a day with `reminder` (a date) or `within` (a cell that names a day). Nothing here
raises on an invalid answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from coach.browse.headline import headline
from coach.flows.content import flow_of, flow_title
from coach.internship.objectives import objectives
from coach.internship.timeline import milestones
from coach.store.answers import day_of, rows_of, text_of
from coach.util.dates import parse_day
from coach.util.text import fill, one_line
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.flows.content import Content
    from coach.flows.schema import Field
    from coach.store.entries import Entry

_UNSAID = re.compile(r"(?<![\s:·,])[\s:·,]*\{[a-z_]+\}")
"""A reminder's brace without an answer, with the words that join it to the text before."""
TEXT = 110
"""The most characters of an event's text."""


@dataclass(frozen=True)
class Event:
    """One dated event. `id` is stable, so that a calendar can import it again without doubling it.

    `kind` is `internship`, `objective` or the flow of the entry it comes from, `entry_id`.
    """

    day: date
    text: str
    id: str
    kind: str
    entry_id: str = ""
    place: str = ""
    """Where: the host of the internship."""


def events(
    internship: Entry | None, entries: Iterable[Entry], content: Content, lang: str
) -> list[Event]:
    """The events of `internship` and of the saved `entries`, earliest first."""
    entries = list(entries)
    found = list(_internship(internship, lang)) if internship else []
    weeks = [one for one in entries if one.flow == "weekly"]
    own = [one for one in weeks if internship and one.internship == internship.id]
    for one in objectives(internship, own):
        if one.by and one.id != "main" and not one.reached and internship:
            text = Wording("agenda", lang)("objective", what=one.label)
            made = f"{internship.id}/{one.id}"
            found.append(Event(one.by, _cut(text), made, "objective", internship.id))
    for entry in entries:
        found += _of_entry(entry, content, lang)
    return sorted(found, key=lambda event: (event.day, event.text))


def _cut(text: str) -> str:
    return one_line(text, TEXT)


def _internship(internship: Entry, lang: str) -> Iterator[Event]:
    say = Wording("agenda", lang)
    days = dict(milestones(internship))
    for name in ("start", "end"):
        if day := day_of(internship.answers, name):
            days[name] = day
    where, tutor = (text_of(internship.answers, name) for name in ("company", "tutor"))
    for name, day in days.items():
        key = f"{name}_tutor" if tutor and say.has(f"{name}_tutor") else name
        text = _cut(say(key, tutor=tutor))
        yield Event(day, text, f"{internship.id}/{name}", "internship", internship.id, where)


def _of_entry(entry: Entry, content: Content, lang: str) -> Iterator[Event]:
    flow = flow_of(entry, content)
    if flow is None:
        return
    for step in flow.steps:
        for field in step.fields:
            if field.reminder:
                day = day_of(entry.answers, field.id)
                if day is not None:
                    text = _reminder(field, entry, content, lang, private=flow.private)
                    yield Event(day, _cut(text), f"{entry.id}/{field.id}", flow.id, entry.id)
            else:
                yield from _of_rows(entry, field, flow.id)


def _reminder(field: Field, entry: Entry, content: Content, lang: str, *, private: bool) -> str:
    """The text for the day of `field`: its reminder, filled, and the entry's headline."""
    said = field.remind.get(lang) if field.remind else flow_title(entry, content, lang)
    if "{" in said:
        told = {name: value for name, value in entry.answers.items() if isinstance(value, str)}
        return _UNSAID.sub("", fill(said, told)).strip()
    about = "" if private else headline(entry, content, TEXT)
    return " · ".join(filter(None, [said, about]))


def _of_rows(entry: Entry, field: Field, flow: str) -> Iterator[Event]:
    """An event for each row with a cell that names a day, on or after the entry's date."""
    columns = [column.id for column in field.columns if column.within]
    told = date.fromisoformat(entry.date)
    for row in rows_of(entry.answers, field.id) if columns else []:
        day = parse_day(text_of(row, columns[0]), told)
        text = text_of(row, field.columns[0].id)
        if day is not None and text:
            yield Event(day, _cut(text), f"{entry.id}/{row.get('id')}", flow, entry.id)


def to_come(found: Iterable[Event], today: date, days: int) -> list[Event]:
    """The events from `today` on, at most `days` days ahead."""
    last = today + timedelta(days=days)
    return [event for event in found if today <= event.day <= last]
