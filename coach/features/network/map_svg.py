"""The network map as one SVG figure: "me" in the middle, branches to both sides, no script.

Each person's name is on a line from the person who introduced them. Nothing is shown by colour
alone: the degree is a number, a hub a double circle, someone out of touch a dashed one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from coach.features.network.map import Node
from coach.util.text import clean_line, one_line
from coach.util.wording import Wording

COLORS = ("#93500f", "#2f6354", "#1f5f8b", "#8a3b6b", "#a83229", "#5b4a8a", "#5f6410", "#4a4a4a")
"""One for each branch, in turn; all 4.5 to 1 or better on white."""
BRANCH, COLUMN, LINE, ROW, MARGIN, MIDDLE = 150, 240, 208, 46, 20, 56
"""Sizes in pixels: the width of a branch and of a degree, of a name's line, the height of a row,
margins, half of the middle."""
NAME, WORK = 26, 30
"""Characters of a name and of what somebody does, at most."""
_STYLE = """
figure.map { margin: 1rem calc(50% - 47vw); text-align: center; }
figure.map svg { max-width: 100%; height: auto; font-family: system-ui, sans-serif; }
figure.map figcaption { font-size: .85rem; color: #555; max-width: 44rem; margin: .4rem auto 0; }
.map .line { fill: none; stroke-width: 2; stroke-linecap: round; }
.map .name { font-size: 14px; fill: #1c1c1c; } .map .work { font-size: 12px; fill: #555; }
.map .branch { font-size: 15px; font-weight: 700; } .map .me { font-size: 16px; font-weight: 700; }
.map .degree { font-size: 11px; font-weight: 700; text-anchor: middle; }
@media print { figure.map { margin: 1rem 0; } }
"""


@dataclass
class _Spot:
    """Something drawn: a branch (`node` None) or a person, `depth` columns from the middle."""

    label: str
    node: Node | None
    depth: int
    color: str
    y: float = 0
    below: list[_Spot] | None = None


def draw(branches: list[tuple[str, list[Node]]], say: Wording) -> str:
    """The map as `<figure>`: (label, the people it begins with) for each branch.

    `say` are the texts of `document_map`. Names are unescaped; they are escaped here.
    """
    sides: tuple[list[_Spot], list[_Spot]] = ([], [])
    rows = [0, 0]
    for number, (label, nodes) in enumerate(branches):
        spot = _spots(label, nodes, COLORS[number % len(COLORS)])
        side = 0 if rows[0] <= rows[1] else 1
        sides[side].append(spot)
        rows[side] += _leaves(spot)
    height = max(*rows, 2) * ROW + 2 * MARGIN
    for spots, count in zip(sides, rows, strict=True):
        _place(spots, (height - count * ROW) / 2 + ROW / 2)
    depths = [max((_depth(one) for one in spots), default=0) for spots in sides]
    right, left = depths
    width = 2 * MARGIN + _reach(left) + _reach(right)
    center = MARGIN + _reach(left)
    total = sum(1 for _, nodes in branches for top in nodes for _ in top.walk())
    told = escape(say.count("picture", total))
    parts = [
        f'<svg role="img" aria-label="{told}" viewBox="0 0 {width} {height}" width="{width}"',
        f' height="{height}" xmlns="http://www.w3.org/2000/svg">',
        f"<title>{told}</title><style>{_STYLE}</style>",
    ]
    for spots, way in zip(sides, (1, -1), strict=True):
        start = (center + way * (MIDDLE - 8), height / 2)
        for spot in spots:
            parts += _drawn(spot, start, center, way, say)
    parts.append(
        f'<rect x="{center - 40}" y="{height / 2 - 20:g}" width="80" height="40" rx="20" '
        f'fill="#1c1c1c"/><text class="me" x="{center}" y="{height / 2 + 5:g}" fill="#fff" '
        f'text-anchor="middle">{escape(say("me"))}</text></svg>'
    )
    caption = f"<figcaption>{escape(say('legend'))}</figcaption>"
    return f'<figure class="map">{"".join(parts)}{caption}</figure>'


def _spots(label: str, nodes: list[Node], color: str) -> _Spot:
    """A branch with all its people."""
    top = _Spot(label, None, 0, color, below=[])
    stack = [(top, nodes)]
    while stack:
        above, below = stack.pop()
        above.below = [_Spot(one.person.name, one, above.depth + 1, color) for one in below]
        stack += [(spot, spot.node.below) for spot in above.below if spot.node]
    return top


def _all(spot: _Spot) -> Iterator[_Spot]:
    stack = [spot]
    while stack:
        here = stack.pop()
        yield here
        stack += reversed(here.below or [])


def _leaves(spot: _Spot) -> int:
    return sum(1 for one in _all(spot) if not one.below)


def _depth(spot: _Spot) -> int:
    return 1 + max(one.depth for one in _all(spot))


def _reach(depth: int) -> int:
    """The distance in pixels from the center to the end of column `depth`."""
    return MIDDLE + (BRANCH + (depth - 1) * COLUMN if depth else 0)


def _place(spots: list[_Spot], y: float) -> None:
    """Sets `y`: leaves get a row each, others the middle of their children."""
    order = [one for spot in spots for one in _all(spot)]
    for one in order:
        if not one.below:
            one.y, y = y, y + ROW
    for one in reversed(order):
        if one.below:
            one.y = (one.below[0].y + one.below[-1].y) / 2


def _drawn(
    top: _Spot, start: tuple[float, float], center: float, way: int, say: Wording
) -> Iterator[str]:
    """A branch and its people, each with the line it stands on; `way` is 1 to the right."""
    stack = [(top, start)]
    while stack:
        spot, (x0, y0) = stack.pop()
        x2 = center + way * _reach(spot.depth + 1)
        x1 = x2 - way * (LINE if spot.depth else BRANCH - 40)
        bend = (x0 + x1) / 2
        yield (
            f'<path class="line" stroke="{spot.color}" d="M{x0:g} {y0:g}C{bend:g} {y0:g} '
            f'{bend:g} {spot.y:g} {x1:g} {spot.y:g}H{x2:g}"/>'
        )
        yield from _words(spot, x1, way, say)
        stack += [(one, (x2, spot.y)) for one in reversed(spot.below or [])]


def _words(spot: _Spot, x: float, way: int, say: Wording) -> Iterator[str]:
    anchor = "start" if way > 0 else "end"
    node = spot.node
    if node is None:
        yield (
            f'<text class="branch" x="{x + way * 4:g}" y="{spot.y - 7:g}" fill="{spot.color}" '
            f'text-anchor="{anchor}">{_short(spot.label, NAME)}</text>'
        )
        return
    person = node.person
    told = [person.name, person.work, *(say(n) for n in _marks(node))]
    if node.degree > 1:
        told.append(say("degree", n=node.degree))
    dash = ' stroke-dasharray="3 3"' if person.dormant else ""
    ring = (
        f'<circle cx="{x:g}" cy="{spot.y:g}" r="13" fill="none" stroke="{spot.color}"/>'
        if node.hub
        else ""
    )
    bold = ' font-weight="700"' if node.hub else ""
    at = x + way * (18 if node.hub else 14)
    yield (
        f"<g><title>{escape(', '.join(filter(None, map(clean_line, told))))}</title>"
        f'<circle cx="{x:g}" cy="{spot.y:g}" r="9" fill="#fff" stroke="{spot.color}" '
        f'stroke-width="2"{dash}/>{ring}'
        f'<text class="degree" x="{x:g}" y="{spot.y + 4:g}" fill="{spot.color}">'
        f"{node.degree}</text>"
        f'<text class="name" x="{at:g}" y="{spot.y - 6:g}" text-anchor="{anchor}"'
        f"{bold}>{_short(person.name, NAME)}</text>"
        f'<text class="work" x="{at:g}" y="{spot.y + 14:g}" text-anchor="{anchor}">'
        f"{_short(person.fitting(WORK), WORK)}</text></g>"
    )


def _marks(node: Node) -> list[str]:
    marks = (("hub", node.hub), ("dormant", node.person.dormant))
    return [name for name, holds in marks if holds]


def _short(text: str, width: int) -> str:
    return escape(one_line(clean_line(text), width))
