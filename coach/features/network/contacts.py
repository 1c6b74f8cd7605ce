"""The address book and the map of a network: who is known, through whom, and whom to write to next.

One entry of the flow `contact` is one person. How far someone is (the degree) follows from who
leads there, unless the student says it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

import msgspec

from coach.flows.choices import CONTACT
from coach.store.entries import Entry
from coach.util.text import fold

if TYPE_CHECKING:
    from coach.flows.content import Content

FARTHEST = 3
"""Degrees that the map tells apart; whoever is farther counts as that far."""
MANY = 3
"""Who leads to so many people is a hub, even if nobody says so."""
By = Literal["circle", "field"]
"""What the branches of a map are."""


class Person(msgspec.Struct, frozen=True):
    """One person of the address book, as written; '' where nothing was."""

    id: str
    name: str
    circle: str = ""
    field: str = ""
    company: str = ""
    role: str = ""
    position: str = ""
    """`junior`, `colleague`, `manager`, `hr` or `director`."""
    degree: int = 0
    """1 to 3 as the student said it; 0 where it follows from who leads there."""
    introduced_by: str = ""
    """The id of who leads there."""
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
        """What they do, in at most `room` characters where any of it fits."""
        ways = [text for text in (self.work, self.role, self.company, self.field) if text]
        return next((text for text in ways if len(text) <= room), ways[0] if ways else "")

    @property
    def reason(self) -> str:
        """What to write about first: their news, else the shared memory."""
        return self.news or self.memory


def person_of(entry: Entry) -> Person:
    """The person that a `contact` entry is about."""

    def text(name: str) -> str:
        value = answers.get(name)
        return " ".join(value.split()) if isinstance(value, str) else ""

    answers = entry.answers
    more = answers.get("more")
    day = None
    if "next_on" in answers:
        with suppress(ValueError):
            day = date.fromisoformat(text("next_on"))
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
        dormant=isinstance(more, list) and "dormant" in more,
        memory=text("memory"),
        news=text("news"),
        status=text("status"),
        next_step=text("next_step"),
        next_on=day,
    )


def people(entries: Iterable[Entry]) -> list[Person]:
    """The people among `entries` who have a name, in their order."""
    found = (person_of(entry) for entry in entries if entry.flow == CONTACT)
    return [one for one in found if one.name]


def due_followups(entries: Iterable[Entry], today: date) -> list[Person]:
    """Whom to write to by `today`, the longest due first; who is left to rest is not among them."""
    due = [
        one
        for one in people(entries)
        if one.next_on is not None and one.next_on <= today and one.status != "resting"
    ]
    return sorted(due, key=lambda one: (one.next_on or today, fold(one.name)))


@dataclass(frozen=True)
class Agenda:
    """The address book in the order in which it asks for something."""

    due: list[Person] = field(default_factory=list)
    coming: list[Person] = field(default_factory=list)
    undated: list[Person] = field(default_factory=list)
    """Dormant ones with a reason to write first, then by name."""

    @property
    def total(self) -> int:
        """How many people there are."""
        return len(self.due) + len(self.coming) + len(self.undated)


def agenda(found: Iterable[Person], today: date) -> Agenda:
    """`found` by their next date: due, to come, without one (or left to rest)."""
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


@dataclass(slots=True)
class Node:
    """A person on the map, with those to whom they lead."""

    person: Person
    degree: int
    hub: bool = False
    below: list[Node] = field(default_factory=list)
    via: str = ""
    """Who leads there, where the map is by field."""

    def walk(self) -> Iterable[Node]:
        """This one, then all below, each before those it leads to."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.below))


@dataclass(frozen=True)
class Branch:
    """A branch of the map: a circle or a field, with the people it begins with."""

    key: str
    """A circle's id, or a field as written; '' for whoever has none."""
    nodes: list[Node]

    @property
    def size(self) -> int:
        """How many people it holds."""
        return sum(1 for top in self.nodes for _ in top.walk())


def hubs(found: Iterable[Person]) -> set[str]:
    """The ids of those who know a lot of people: who were said to, or lead to `MANY`."""
    found = list(found)
    leads = Counter(one.introduced_by for one in found if one.introduced_by)
    return {one.id for one in found if one.hub or leads[one.id] >= MANY}


def branches(found: list[Person], by: By = "circle") -> list[Branch]:
    """The map by circle: whoever nobody leads to begins a branch, the others hang below who leads
    there. By field, each stands on the branch of their own field.

    The largest branch comes first, whoever has none last; hubs come first within a branch.
    """
    known = hubs(found)
    nodes = {one.id: Node(one, 1, one.id in known) for one in found}
    tops = _hang(nodes)
    if by == "field":
        for above in nodes.values():
            for node in above.below:
                node.via = above.person.name
        tops = list(nodes.values())
        for node in tops:
            node.below = []
    grouped: dict[str, list[Node]] = {}
    names: dict[str, str] = {}
    for top in tops:
        key = top.person.circle if by == "circle" else top.person.field
        names.setdefault(fold(key), key)
        grouped.setdefault(fold(key), []).append(top)
    for top in tops:
        for node in top.walk():
            node.below.sort(key=_first)
    made = [Branch(names[key], sorted(group, key=_first)) for key, group in grouped.items()]
    return sorted(made, key=lambda one: (not one.key, -one.size, fold(one.key)))


def _first(node: Node) -> tuple[bool, int, str]:
    return not node.hub, -len(node.below), node.person.name


def _hang(nodes: dict[str, Node]) -> list[Node]:
    """Hangs each below who leads there; gives those that begin. A circle of people who lead to one
    another is cut open at the first.
    """
    settled: dict[str, bool] = {}
    tops: list[Node] = []
    for node in nodes.values():
        chain: list[Node] = []
        here: Node | None = node
        while here is not None and here.person.id not in settled:
            settled[here.person.id] = False
            chain.append(here)
            here = nodes.get(here.person.introduced_by)
        # What leads back into the chain itself is cut: its last one begins.
        above = here if here is not None and settled[here.person.id] else None
        for one in reversed(chain):
            if above is None:
                one.degree = one.person.degree or 1
                tops.append(one)
            else:
                one.degree = min(FARTHEST, one.person.degree or above.degree + 1)
                above.below.append(one)
            settled[one.person.id] = True
            above = one
    return tops


def choice_labels(content: Content, lang: str) -> dict[str, dict[str, str]]:
    """The words of circles, positions and statuses: field → id → label."""
    from coach.flows.schema import Choice

    return {
        one.id: {option.id: option.label.get(lang) for option in one.options}
        for step in content.flow(CONTACT).steps
        for one in step.fields
        if isinstance(one, Choice) and one.options
    }
