"""The map of a network: who leads to whom, by circle or by field, and how far everybody is.

How far someone is (the degree) follows from who leads there, unless the student says it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from coach.features.network.contacts import Person, all_people
from coach.flows.choices import CONTACT
from coach.store.snapshot import Snapshot
from coach.util.text import fold

FARTHEST = 3
"""Degrees that the map tells apart; whoever is farther counts as that far."""
MANY = 3
"""Who leads to so many people is a hub, even if nobody says so."""
By = Literal["circle", "field"]
"""What the branches of a map are."""


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


def find_hubs(found: Iterable[Person]) -> set[str]:
    """The ids of those who know a lot of people: who were said to, or lead to `MANY`."""
    found = list(found)
    leads = Counter(one.introduced_by for one in found if one.introduced_by)
    return {one.id for one in found if one.hub or leads[one.id] >= MANY}


def build_branches(found: list[Person], by: By = "circle") -> list[Branch]:
    """The map by circle: whoever nobody leads to begins a branch, the others hang below who leads
    there. By field, each stands on the branch of their own field.

    The largest branch comes first, whoever has none last; hubs come first within a branch.
    """
    known = find_hubs(found)
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


def branches_by_circle(kept: Snapshot) -> list[Branch]:
    """The map of everybody in `kept` by circle; worked out once."""
    return kept.derived("circles", [CONTACT], lambda: build_branches(all_people(kept)))
