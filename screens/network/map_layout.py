"""The network map as lines of text: "me" in the middle, branches to both sides.

Where there is little room all branches go to the right. Nothing here is read as markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from coach.features.network.map import Node
from coach.util.text import clean_line
from screens.base.symbols import UNICODE, Symbols
from screens.base.theme import MUTED
from screens.network.canvas import Spot

BOTH_FROM = 72
"""Columns from which branches go to both sides."""
DEEPEST = 4
"""Guides drawn before a name at most; whoever is farther stands at that depth."""
LEAST = 8
"""Columns that somebody's work needs to be shown."""
LINE = "$foreground 45%"


class Guides(NamedTuple):
    """The lines of a side: pipe, tee, end; then the trunk: its first, middle, last and only
    branch, and each of these (and the pipe) where "me" joins it.
    """

    pipe: str
    tee: str
    end: str
    bar: str
    trunk: dict[str, str]
    joined: dict[str, str]


_TRUNK = ("first", "middle", "last", "only", "pipe", "")


def _guides(tee: str, end: str, trunk: str, joined: str, pipe: str = "│", bar: str = "─") -> Guides:
    return Guides(
        pipe,
        tee,
        end,
        bar,
        dict(zip(_TRUNK, trunk, strict=True)),
        dict(zip(_TRUNK, joined, strict=True)),
    )


RIGHT = _guides("├", "╰", "╭├╰─│ ", "┬┼┴─┤─")
LEFT = _guides("┤", "╯", "╮┤╯─│ ", "┬┼┴─├─")
PLAIN_RIGHT = _guides("+", "`", "+++-| ", "+++-+-", "|", "-")
PLAIN_LEFT = _guides("+", "'", "+++-| ", "+++-+-", "|", "-")


@dataclass(frozen=True)
class MapRow:
    """One line of a side: a branch's name, a person (`node`), or the room between two branches
    (no label).
    """

    label: str = ""
    node: Node | None = None
    more: tuple[bool, ...] = ()
    """For each guide before it, whether its line goes on below."""
    last: bool = False

    @property
    def heads(self) -> bool:
        """Whether a branch begins here."""
        return self.node is None and bool(self.label)


Pieces = list[tuple[str, str]]
"""Texts, each with its style."""


@dataclass
class Picture:
    """The map: lines to draw one by one, and where people stand in them."""

    me: str
    width: int
    symbols: Symbols
    count: int = 0
    spots: list[Spot] = field(default_factory=list)
    _sides: dict[int, tuple[int, list[MapRow], list[str]]] = field(default_factory=dict)
    """-1 and 1: the first line of a side, its rows, and for each its piece of the trunk."""
    _middle: int = 0

    @property
    def _rooms(self) -> dict[int, int]:
        """Columns of each side."""
        left = (self.width - self._core) // 2 if -1 in self._sides else 0
        return {-1: left, 1: self.width - self._core - left}

    @property
    def _core(self) -> int:
        """Columns of the middle."""
        return cell_len(self.me) + 4

    def _guide(self, way: int) -> Guides:
        if self.symbols is UNICODE:
            return RIGHT if way > 0 else LEFT
        return PLAIN_RIGHT if way > 0 else PLAIN_LEFT

    def line(self, number: int) -> Content:
        """One line of the picture."""
        pieces: Pieces = []
        if -1 in self._sides:
            pieces += self._side(number, -1)[0]
        bar = self._guide(1).bar
        if number == self._middle:
            left = bar if -1 in self._sides else " "
            pieces += [(left, LINE), (f" {self.me} ", "bold reverse"), (bar, LINE)]
        else:
            pieces.append((" " * self._core, ""))
        pieces += self._side(number, 1)[0]
        return Content.assemble(*pieces)

    def extent(self, spot: Spot) -> tuple[int, int]:
        """Where the name of a person begins and ends in their line, in characters."""
        _, start, end = self._side(spot.line, spot.lane)
        if spot.lane < 0:
            return start, end
        before = len(self.me) + 4 if spot.line == self._middle else self._core
        if -1 in self._sides:
            before += sum(len(text) for text, _ in self._side(spot.line, -1)[0])
        return before + start, before + end

    def _side(self, number: int, way: int) -> tuple[Pieces, int, int]:
        """The pieces of one side of a line, and where its name begins and ends in characters."""
        room, guides = self._rooms[way], self._guide(way)
        top, rows, trunk = self._sides[way]
        at = number - top
        kind = trunk[at] if 0 <= at < len(rows) else ""
        joint = guides.joined if number == self._middle else guides.trunk
        stem = joint[kind] if rows or number != self._middle else " "
        row = rows[at] if 0 <= at < len(rows) else None
        if row is None or not (row.label or row.node):
            pad = " " * (room - 1)
            both = [(pad, ""), (stem, LINE)] if way < 0 else [(stem, LINE), (pad, "")]
            return both, 0, 0
        if row.node is None:
            before = guides.bar + " "
            words: Pieces = [(_cut(row.label, room - 3), "bold $primary")]
        else:
            levels = "".join(f"{guides.pipe if on else ' '}  " for on in row.more)
            turn = guides.end if row.last else guides.tee
            before = f"  {levels}{turn}{guides.bar} "
            words = self._person(row.node, room - 1 - len(before), way)
        used = sum(cell_len(text) for text, _ in words)
        pad = " " * max(0, room - 1 - len(before) - used)
        length = sum(len(text) for text, _ in words)
        if way > 0:
            start = 1 + len(before)
            return [(stem, LINE), (before, LINE), *words, (pad, "")], start, start + length
        mirrored = [(pad, ""), *words, (before[::-1], LINE), (stem, LINE)]
        return mirrored, len(pad), len(pad) + length

    def _person(self, node: Node, room: int, way: int) -> Pieces:
        """A person within `room` columns: marks beside the branch, name, and work where it fits."""
        signs = self.symbols
        marks = [signs.degrees[node.degree - 1]] if node.degree > 1 else []
        marks += [signs.hub] if node.hub else []
        marks += [signs.dormant] if node.person.dormant else []
        mark = " ".join(marks)
        left = room - (cell_len(mark) + 1 if mark else 0)
        name = _cut(node.person.name, left)
        left -= cell_len(name) + 2
        work = node.person.fitting(left) or clean_line(node.via)
        told: Pieces = [(name, "bold" if node.hub else "")]
        if work and left >= LEAST:
            told += [(", ", MUTED), (_cut(work, left), MUTED)]
        if not mark:
            return told
        beside = (mark, "$primary")
        return [beside, (" ", ""), *told] if way > 0 else [*told, (" ", ""), beside]


def _cut(text: str, room: int) -> str:
    """`text` in at most `room` columns."""
    text = clean_line(text)
    if cell_len(text) <= room:
        return text
    return set_cell_size(text, max(0, room - 1)).rstrip() + "…" if room > 0 else ""


def draw_map(
    branches: list[tuple[str, list[Node]]], me: str, width: int, symbols: Symbols
) -> Picture:
    """The map within `width` columns: (label, the people it begins with) for each branch."""
    picture = Picture(me, max(24, width), symbols)
    sides: dict[int, list[list[MapRow]]] = {1: []}
    if picture.width >= BOTH_FROM and len(branches) > 1:
        sides[-1] = []
    for label, nodes in branches:
        way = min(sides, key=lambda way: (sum(map(len, sides[way])), -way))
        sides[way].append(list(_rows(label, nodes)))
    middles = {}
    for way, groups in sides.items():
        rows = [row for group in groups for row in (*group, MapRow())][:-1]
        trunk = _trunk(rows)
        heads = [number for number, row in enumerate(rows) if row.heads]
        middles[way] = (heads[0] + heads[-1]) // 2 if heads else 0
        picture._sides[way] = (0, rows, trunk)
    picture._middle = max(middles.values())
    for way, (_, rows, trunk) in picture._sides.items():
        top = picture._middle - middles[way]
        picture._sides[way] = (top, rows, trunk)
        picture.count = max(picture.count, top + len(rows), picture._middle + 1)
    picture.spots = list(_spots(picture))
    return picture


def _rows(label: str, nodes: list[Node]) -> Iterator[MapRow]:
    yield MapRow(label or "…")
    none: tuple[bool, ...] = ()
    stack = [(node, none, n == len(nodes) - 1) for n, node in enumerate(nodes)][::-1]
    while stack:
        node, more, last = stack.pop()
        yield MapRow(node.person.name, node, more[:DEEPEST], last)
        below = node.below
        stack += [(one, (*more, not last), n == len(below) - 1) for n, one in enumerate(below)][
            ::-1
        ]


def _trunk(rows: list[MapRow]) -> list[str]:
    """For each row its piece of the trunk."""
    heads = [number for number, row in enumerate(rows) if row.heads]
    if len(heads) < 2:
        return ["only" if row.heads else "" for row in rows]
    found = []
    for number, row in enumerate(rows):
        if row.heads:
            ends = {heads[0]: "first", heads[-1]: "last"}
            found.append(ends.get(number, "middle"))
        else:
            found.append("pipe" if number < heads[-1] else "")
    return found


def _spots(picture: Picture) -> Iterator[Spot]:
    for way, (top, rows, _) in picture._sides.items():
        for number, row in enumerate(rows):
            if row.node is not None:
                yield Spot(top + number, row.node.person.id, way)
