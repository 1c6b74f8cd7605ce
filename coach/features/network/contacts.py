"""The address book: people, who introduced them, and whom to write to next.

One entry of the flow `contact` is one person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from coach.flows.choices import CONTACT
from coach.store.answers import day_of, ids_of, text_of
from coach.store.entries import Entry
from coach.util.text import fold

if TYPE_CHECKING:
    from coach.flows.content import Content
    from coach.store.snapshot import Snapshot


class Person(msgspec.Struct, frozen=True):
    """One person of the address book, as written; '' for empty fields."""

    id: str
    name: str
    circle: str = ""
    field: str = ""
    company: str = ""
    role: str = ""
    position: str = ""
    """`junior`, `colleague`, `manager`, `hr` or `director`."""
    degree: int = 0
    """1 to 3 as the student set it; 0 where it follows from `introduced_by`."""
    introduced_by: str = ""
    """The id of the person who introduced them."""
    hub: bool = False
    dormant: bool = False
    memory: str = ""
    news: str = ""
    status: str = ""
    next_step: str = ""
    next_on: date | None = None

    @property
    def work(self) -> str:
        """'tapissière, Atelier Noé'."""
        return ", ".join(filter(None, [self.role, self.company]))

    def fitting(self, room: int) -> str:
        """Their work, shortened to `room` characters where a part of it fits."""
        ways = [text for text in (self.work, self.role, self.company, self.field) if text]
        return next((text for text in ways if len(text) <= room), ways[0] if ways else "")

    @property
    def reason(self) -> str:
        """A topic for the first message: their news, else the shared memory."""
        return self.news or self.memory


def person_of(entry: Entry) -> Person:
    """The person that a `contact` entry is about."""

    def text(name: str) -> str:
        return " ".join(text_of(entry.answers, name).split())

    return Person(
        id=entry.id,
        name=text("name"),
        circle=text("circle"),
        field=text("field"),
        company=text("company"),
        role=text("role"),
        position=text("position"),
        degree=int(said) if (said := text("degree")) in ("1", "2", "3") else 0,
        introduced_by=text("introduced_by"),
        hub=text("hub") == "yes",
        dormant="dormant" in ids_of(entry.answers, "more"),
        memory=text("memory"),
        news=text("news"),
        status=text("status"),
        next_step=text("next_step"),
        next_on=day_of(entry.answers, "next_on"),
    )


def people_among(entries: Iterable[Entry]) -> list[Person]:
    """The people among `entries` who have a name, in their order."""
    found = (person_of(entry) for entry in entries if entry.flow == CONTACT)
    return [one for one in found if one.name]


def all_people(kept: Snapshot) -> list[Person]:
    """Everybody in the address book, newest first; cached."""
    return kept.derived("people", [CONTACT], lambda: people_among(kept.of(CONTACT)))


def due_followups(entries: Iterable[Entry], today: date) -> list[Person]:
    """The people to write to by `today`, the longest due first, without those marked as resting."""
    return sort_by_next_date(people_among(entries), today).due


@dataclass(frozen=True)
class Agenda:
    """The address book, sorted by the date of the next message."""

    due: list[Person] = field(default_factory=list)
    coming: list[Person] = field(default_factory=list)
    undated: list[Person] = field(default_factory=list)
    """Without a date: people with a topic to write about first, then by name."""

    @property
    def total(self) -> int:
        """How many people there are."""
        return len(self.due) + len(self.coming) + len(self.undated)


def sort_by_next_date(found: Iterable[Person], today: date) -> Agenda:
    """`found` by their next date: due, to come, without one (or resting)."""
    made = Agenda()
    for one in found:
        if one.next_on is None or one.status == "resting":
            made.undated.append(one)
        else:
            (made.due if one.next_on <= today else made.coming).append(one)
    for part in (made.due, made.coming):
        part.sort(key=lambda one: (one.next_on or today, fold(one.name)))
    made.undated.sort(key=lambda one: (not (one.dormant and one.reason), fold(one.name)))
    return made


def choice_labels(content: Content, lang: str) -> dict[str, dict[str, str]]:
    """The words of circles, positions and statuses: field → id → label."""
    return {
        one.id: {option.id: option.label.get(lang) for option in one.options}
        for step in content.flow(CONTACT).steps
        for one in step.fields
        if one.options and not one.listed
    }
