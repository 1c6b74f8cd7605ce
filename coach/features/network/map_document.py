"""The map of the network: drawn in HTML, listed in text; by circle, then by field."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec.structs import replace

from coach.documents.base import Model
from coach.features.network.contacts import choice_labels, people_among
from coach.features.network.map import Branch, By, Node, build_branches
from coach.flows.choices import CONTACT
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.documents.dossier import Dossier

DEEPEST = 3
"""The deepest level of the list; people farther away are on it too."""


@dataclass(frozen=True)
class Listed:
    """A person in the list."""

    depth: int
    name: str
    work: str
    degree: int
    hub: bool
    dormant: bool


@dataclass(frozen=True, kw_only=True)
class Map(Model):
    """The people by circle, each below who introduced them; and the names by field."""

    circles: list[tuple[str, list[Listed]]] = field(default_factory=list)
    fields: list[tuple[str, list[str]]] = field(default_factory=list)
    total: int = 0


def model(dossier: Dossier) -> Map:
    """The map of all people kept."""
    from coach.features.network.map_svg import draw

    say = Wording("document_map", dossier.lang)
    found = people_among(dossier.entries(CONTACT, everywhere=True))
    if dossier.replacements:  # templates see to it by themselves, drawings do not
        found = [
            replace(
                one,
                name=dossier.discreet(one.name),
                field=dossier.discreet(one.field),
                company=dossier.discreet(one.company),
                role=dossier.discreet(one.role),
            )
            for one in found
        ]
    circles = build_branches(found)
    labels = choice_labels(dossier.content, dossier.lang)["circle"]

    def label(branch: Branch, by: By) -> str:
        if by == "circle":
            return labels.get(branch.key, branch.key) or say("elsewhere")
        return branch.key or say("no_field")

    return Map(
        title=say("title"),
        drawing=draw([(label(one, "circle"), one.nodes) for one in circles], say) if found else "",
        circles=[(label(one, "circle"), _listed(one.nodes)) for one in circles],
        fields=[
            (label(one, "field"), [node.person.name for node in one.nodes])
            for one in build_branches(found, "field")
        ],
        total=len(found),
        warnings=[] if found else [say("empty")],
    )


def _listed(nodes: list[Node]) -> list[Listed]:
    found: list[Listed] = []
    stack = [(node, 0) for node in reversed(nodes)]
    while stack:
        node, depth = stack.pop()
        one = node.person
        found.append(
            Listed(min(depth, DEEPEST), one.name, one.work, node.degree, node.hub, one.dormant)
        )
        stack.extend((below, depth + 1) for below in reversed(node.below))
    return found
