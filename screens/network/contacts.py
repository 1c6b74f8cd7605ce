"""The address book: whom to write to next, and the map of who leads to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content

from coach.features.network.contacts import Person, sort_by_next_date
from coach.flows.request import SessionRequest
from coach.util.dates import short_day
from coach.util.text import clean_line, fold
from coach.util.wording import Wording
from screens.base.keys import key
from screens.base.theme import MUTED
from screens.common.pickers import PickOne
from screens.network.book import WIDE, BookScreen
from screens.network.canvas import Canvas, Spot
from screens.widgets.act import Act
from screens.widgets.keyline import KeyLine
from screens.widgets.say import Say

KINDS = ("circle", "field", "status", "kind")
"""What narrows the list."""
NAME, STATUS, DAY = 20, 17, 7
"""Columns of a line's parts."""


@dataclass(frozen=True)
class _Line:
    """One line of the list: a heading, or a person."""

    heading: str = ""
    person: Person | None = None
    due: bool = False


class NetworkScreen(BookScreen):
    """Everybody by next date: what is due, what is to come, then the others."""

    BINDINGS = [
        key("network.new", "n", "new"),
        key("network.map", "m", "map"),
        key("network.filter", "f", "filter"),
        key("network.pitch", "p", "pitch", show=False),
        key("help", "f1", "help"),
        key("list.close", "escape,q", "close"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.wanted = ("", "")
        """What narrows the list: one of `KINDS`, and its value."""

    def compose(self) -> ComposeResult:
        """Title, what narrows the list, the people, what to know of the one under the cursor."""
        yield Say(Wording("network", self.lang)("title"), id="title")
        yield Act("", "filter")
        yield Say("", id="empty")
        yield Canvas()
        yield Say("", id="told")
        yield KeyLine()

    def draw(self) -> None:
        """The people that are wanted, by their next date."""
        say, canvas = self.say, self.query_one(Canvas)
        wanted = [one for one in self.found if self._holds(one)]
        book = sort_by_next_date(wanted, self.coach.workspace.today)
        lines: list[_Line] = []
        for name, part in (
            ("due", book.due),
            ("coming", book.coming),
            ("undated", book.undated),
        ):
            if part:
                lines += [_Line(), _Line(say.count(f"{name}.heading", len(part)))]
                lines += [_Line(person=one, due=name == "due") for one in part]
        self.lines = lines[1:]
        spots = [
            Spot(number, line.person.id)
            for number, line in enumerate(self.lines)
            if line.person is not None
        ]
        title = say.count("title.count", len(self.found)) if self.found else say("title")
        self.query_one("#title", Say).update(title)
        self.query_one("#filter", Act).update(self._filters(len(wanted)))
        self.query_one("#filter", Act).display = bool(self.found)
        canvas.show(len(self.lines), self._line, spots, canvas.what)

    def _line(self, number: int) -> Content:
        line = self.lines[number]
        if line.person is None:
            return Content.styled(line.heading, "bold")
        one, signs = line.person, self.symbols
        width = self.query_one(Canvas).size.width - 1
        hub = signs.hub if one.id in self.hubs else " "
        dormant = signs.dormant if one.dormant else " "
        day = short_day(one.next_on, self.lang) if one.next_on else ""
        status = self.labels["status"].get(one.status, "") if width >= WIDE else ""
        room = width - DAY - 5 - NAME - (STATUS + 1 if width >= WIDE else 0)
        work = one.fitting(room)
        return Content.assemble(
            (f" {day}".ljust(DAY), "bold $primary" if line.due else MUTED),
            (f"{hub}{dormant} ", "$primary"),
            Content.styled(clean_line(one.name)).truncate(NAME, ellipsis=True, pad=True),
            "  ",
            Content.styled(work, MUTED).truncate(max(1, room), ellipsis=True, pad=True),
            " ",
            Content.styled(status, MUTED).truncate(STATUS, ellipsis=True, pad=True),
        )

    # What narrows the list

    def _value(self, one: Person, kind: str) -> str:
        if kind == "kind":
            return "hub" if one.id in self.hubs else "dormant" if one.dormant else ""
        return str(getattr(one, kind))

    def _holds(self, one: Person) -> bool:
        kind, value = self.wanted
        if not kind:
            return True
        if (kind, value) == ("kind", "dormant"):
            return one.dormant
        return fold(self._value(one, kind)) == fold(value)

    def _label(self, kind: str, value: str) -> str:
        known = self.labels.get(kind, {}).get(value)
        name = known or (self.say(value) if kind == "kind" else value)
        return f"{self.say(f'filter.{kind}')} : {clean_line(name)}".replace(
            " :", ":" if self.lang == "en" else " :"
        )

    def _filters(self, n: int) -> Content:
        kind, value = self.wanted
        told = self._label(kind, value) if kind else self.say("all")
        parts = [(told, "bold $primary" if kind else MUTED), (f"  {n}", MUTED)]
        return Content.assemble(*parts, (f"    {self._legend()}", MUTED))

    @on(Act.Done)
    def _acted(self) -> None:
        self.action_filter()

    @work(exclusive=True, group="act")
    async def action_filter(self) -> None:
        """Asks for a circle, a field, a status, hubs or those out of touch."""
        counts: dict[tuple[str, str], int] = {}
        names: dict[tuple[str, str], tuple[str, str]] = {}
        for one in self.found:
            for kind in KINDS:
                if value := self._value(one, kind):
                    same = (kind, fold(value))
                    names.setdefault(same, (kind, value))
                    counts[same] = counts.get(same, 0) + 1
        order = sorted(counts, key=lambda one: (KINDS.index(one[0]), -counts[one], one[1]))
        offered = [("", self.say("all"), 0)] + [
            (":".join(names[one]), self._label(*names[one]), counts[one]) for one in order
        ]
        current = ":".join(self.wanted) if self.wanted[0] else ""
        chosen: Any = await self.app.push_screen_wait(
            PickOne(self.say("filter.ask"), offered, current)
        )
        if chosen is not None:
            kind, _, value = chosen.partition(":")
            self.wanted = (kind, value)
            self.draw()

    def action_map(self) -> None:
        """Draws the map."""
        self.coach.navigation.open_place("map")

    def action_pitch(self) -> None:
        """Writes a one-page pitch."""
        self.coach.navigation.open_session(SessionRequest("pitch", new=True))

    def action_help(self) -> None:
        """Says what one can do here."""
        self.coach.navigation.help("network", self)
