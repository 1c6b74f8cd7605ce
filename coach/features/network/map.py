"""The map of a network: who introduced whom, by circle or by field, and everybody's degree.

The degree of a person (1: known directly) follows from introductions, unless the student set it.
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
"""The highest degree on the map; people farther away count as this."""
MANY = 3
"""The number of introduced people that makes somebody a hub."""
By = Literal["circle", "field"]
"""What the branches of a map are."""


@dataclass(slots=True)
class Node:
    """A person on the map, with the people they introduced."""

    person: Person
    degree: int
    hub: bool = False
    below: list[Node] = field(default_factory=list)
    via: str = ""
    """The name of who introduced them, where the map is by field."""

    def walk(self) -> Iterable[Node]:
        """This node, then all nodes below it, parents first."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.below))


@dataclass(frozen=True)
class Branch:
    """A branch of the map: a circle or a field, with the people it begins with."""

    key: str
    """A circle's id, or a field as written; '' for people without one."""
    nodes: list[Node]

    @property
    def size(self) -> int:
        """How many people it holds."""
        return sum(1 for top in self.nodes for _ in top.walk())


def find_hubs(found: Iterable[Person]) -> set[str]:
    """The ids of hubs: marked so by the student, or with `MANY` introduced people."""
    found = list(found)
    leads = Counter(one.introduced_by for one in found if one.introduced_by)
    return {one.id for one in found if one.hub or leads[one.id] >= MANY}


def build_branches(found: list[Person], by: By = "circle") -> list[Branch]:
    """The branches of the map. By circle: people known directly begin a branch, the others are
    below who introduced them. By field: everybody is on the branch of their field.

    The largest branch comes first, people without one last; hubs come first in a branch.
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
    """Puts each node below who introduced them and returns the roots. A cycle of introductions is
    cut at its first node.
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
        # A chain that leads back into itself is cut: its last node becomes a root.
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
    """The map of everybody in `kept` by circle; cached."""
    return kept.derived("circles", [CONTACT], lambda: build_branches(all_people(kept)))
