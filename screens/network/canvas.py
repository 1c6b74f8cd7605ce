"""Lines drawn only where they show, with places among them that the cursor goes to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

HERE, AWAY = "on $primary 24%", "on $surface"
"""How the place under the cursor is set off, with and without the focus."""


class Spot(NamedTuple):
    """A place that can be opened. Up and down stay in its `lane` (a column); left and right go to
    the next one.
    """

    line: int
    what: str
    lane: int = 0


Extent = Callable[[Spot], tuple[int, int]]
"""From which character of its line a place goes up to which."""


class Canvas(ScrollView, can_focus=True):
    """A picture of text lines. A line is put together when it is first in sight, so that ten
    thousand open as fast as a hundred.
    """

    DEFAULT_CSS = """
    Canvas { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; overflow-x: hidden; }
    """
    BINDINGS = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("left,h", "lane(-1)", show=False),
        Binding("right,l", "lane(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "move(-1000000)", show=False),
        Binding("end", "move(1000000)", show=False),
        Binding("enter", "open", show=False),
    ]

    @dataclass
    class Opened(Message):
        """A place was opened."""

        what: str

    @dataclass
    class Moved(Message):
        """The cursor stands on another place; '' where there is none."""

        what: str

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._draw: Callable[[int], Content] = lambda line: Content("")
        self._extent: Extent = _whole
        self._lanes: dict[int, list[Spot]] = {}
        self._count = 0
        self.spot: Spot | None = None

    def show(
        self,
        count: int,
        draw: Callable[[int], Content],
        spots: list[Spot],
        at: str = "",
        extent: Extent | None = None,
    ) -> None:
        """Shows `count` lines; `draw` gives one by its number, `extent` where a place stands in
        its line (all of it by default). `spots` are in the order of their lines. The cursor goes
        to the place `at`, else to the one nearest to where it was, else to the first.
        """
        self._count, self._draw, self._extent = count, draw, extent or _whole
        self._lanes = {}
        for spot in spots:
            self._lanes.setdefault(spot.lane, []).append(spot)
        former, self.spot = self.spot, None
        known = next((spot for spot in spots if spot.what == at), None) if at else None
        if known is None and former is not None:
            known = self._nearest(former.lane, former.line)
        self.virtual_size = Size(self.size.width, count)
        self.refresh()
        self._go(known or (min(lane[0] for lane in self._lanes.values()) if spots else None))

    @property
    def what(self) -> str:
        """The id under the cursor, '' where there is none."""
        return self.spot.what if self.spot else ""

    def _nearest(self, lane: int, line: int) -> Spot | None:
        """The place of `lane` nearest to `line`, None where the lane is empty."""
        spots = self._lanes.get(lane)
        if not spots:
            return None
        at = bisect_left(spots, (line,))
        return min(spots[max(0, at - 1) : at + 1], key=lambda spot: abs(spot.line - line))

    def _go(self, spot: Spot | None) -> None:
        self.spot = spot
        if spot is not None:
            # The heading above the first place comes into sight with it.
            top = 0 if spot == self._lanes[spot.lane][0] else spot.line
            self.scroll_to_region(Region(0, top, 1, spot.line - top + 1), animate=False, force=True)
        self.refresh()
        self.post_message(self.Moved(self.what))

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.size.width
        line = y + self.scroll_offset.y
        content = self._draw(line) if line < self._count else Content("")
        if self.spot is not None and self.spot.line == line:
            style = HERE if self.has_focus else AWAY
            content = content.stylize(style, *self._extent(self.spot))
        # A tab or a wide sign could still break the line: one strip, come what may.
        strips = Visual.to_strips(self, content.expand_tabs(1), width, 1, self.visual_style)
        return (strips[0] if strips else Strip.blank(width)).adjust_cell_length(
            width, self.rich_style
        )

    def action_move(self, by: int) -> None:
        """Goes up or down in the lane."""
        if self.spot is None:
            self.scroll_relative(y=max(-self._count, min(self._count, by)), animate=False)
            return
        spots = self._lanes[self.spot.lane]
        at = bisect_left(spots, self.spot) + by
        self._go(spots[max(0, min(len(spots) - 1, at))])

    def action_page(self, by: int) -> None:
        """Goes up or down by what is in sight."""
        if self.spot is not None:
            line = self.spot.line + by * max(1, self.size.height - 1)
            self._go(self._nearest(self.spot.lane, line))

    def action_lane(self, by: int) -> None:
        """Goes to the column beside."""
        lanes = sorted(self._lanes)
        if self.spot is not None and self.spot.lane in lanes:
            at = lanes.index(self.spot.lane) + by
            if 0 <= at < len(lanes):
                self._go(self._nearest(lanes[at], self.spot.line))

    def action_open(self) -> None:
        """Opens what the cursor stands on."""
        if self.spot is not None:
            self.post_message(self.Opened(self.spot.what))

    def on_click(self, event: events.Click) -> None:
        """Opens what is clicked on."""
        at = event.get_content_offset(self)
        if at is None:
            return
        line = at.y + self.scroll_offset.y
        text = self._draw(line).plain if line < self._count else ""
        for lane in self._lanes:
            spot = self._nearest(lane, line)
            if spot is None or spot.line != line:
                continue
            start, end = self._extent(spot)
            if cell_len(text[:start]) <= at.x < cell_len(text[:end]):
                self._go(spot)
                self.action_open()


def _whole(spot: Spot) -> tuple[int, int]:
    return 0, 1_000_000
