"""Short lists to open something from: the weeks, a school's own sessions."""

from __future__ import annotations

import asyncio

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from coach.flows.request import Request
from coach.internship.timeline import State, weeks
from coach.store.journal import JournalError
from coach.util.dates import short_day
from coach.util.wording import Wording
from screens.base.keys import key
from screens.base.screen import CoachScreen
from screens.base.theme import MUTED
from screens.widgets.keyline import KeyLine
from screens.widgets.say import Say
from screens.widgets.week_strip import sign


class ListScreen(CoachScreen["Request | None"]):
    """A titled list; answers with the session to open, or None."""

    CSS_PATH = ["lists.tcss"]
    area = ""
    wording = "app"
    """Where its words are: `data/wording/WORDING.toml`, each key beginning with `area`."""

    def compose(self) -> ComposeResult:
        """Title, list, and what to say when it is empty."""
        self.words = Wording(self.wording, self.lang)
        yield Say(self.words(f"{self.area}.title"), id="title")
        yield OptionList(markup=False)
        yield Say("", id="empty")
        yield KeyLine()

    def on_mount(self) -> None:
        """Fills the list."""
        self.fill()

    @property
    def options(self) -> OptionList:
        """The list."""
        return self.query_one(OptionList)

    @work
    async def fill(self) -> None:
        """Reads what to list off this thread and shows it, the cursor where it was.

        One reading at a time, for `lines` may keep what it read; once more where it was asked for
        meanwhile.
        """
        self._wanted += 1
        if self._filling:
            return
        self._filling = True
        try:
            shown = 0
            while shown != self._wanted:
                shown = self._wanted
                await self._fill()
        finally:
            self._filling = False

    _wanted = 0
    _filling = False

    async def _fill(self) -> None:
        at = self.options.highlighted
        try:
            lines, start = await asyncio.to_thread(self.lines)
        except JournalError as error:
            self.query_one("#empty", Say).say(self.coach.explain(error))
            return
        self.options.clear_options()
        self.options.add_options(
            [Option(text, id=name, disabled=name.startswith("#")) for name, text in lines]
        )
        self.options.highlighted = min(start if at is None else at, len(lines) - 1)
        self.options.display = bool(lines)
        self.focus_list()
        self.query_one("#empty", Say).say("" if lines else self.nothing())
        self.filled()
        self.refresh_bindings()

    def focus_list(self) -> None:
        """Puts the cursor in the list."""
        self.options.focus()

    def filled(self) -> None:
        """Called when the list shows what `lines` gave."""

    def lines(self) -> tuple[list[tuple[str, Content]], int]:
        """(id, text) of each line, and the line to begin on; raises JournalError.

        A line whose id begins with `#` is a heading: the cursor passes it by.
        """
        raise NotImplementedError

    def nothing(self) -> str:
        """What to say where there is nothing to list."""
        return ""

    def chosen(self) -> str:
        """The id of the line under the cursor, or ''."""
        at = self.options.highlighted
        return "" if at is None else self.options.get_option_at_index(at).id or ""

    def action_close(self) -> None:
        """Back home."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Says what one can do here."""
        self.coach.help(self.area, self)


class WeeksScreen(ListScreen):
    """The weeks of the internship: tell an old one, mark one as not on site."""

    area = "weeks"
    BINDINGS = [
        key("weeks.open", "enter", "app.none", show=False),
        key("weeks.off", "o", "off"),
        key("help", "f1", "help"),
        key("list.close", "escape,q", "close"),
    ]

    def lines(self) -> tuple[list[tuple[str, Content]], int]:
        """A line for each week, the present one first under the cursor."""
        coach = self.coach
        entries, drafts = coach.journal.entries(), coach.journal.drafts.list()
        internship = coach.current_internship(entries)
        own = internship.id if internship else None
        told = [e for e in entries if e.flow == "weekly" and e.internship == own]
        begun = [d for d in drafts if d.entry.flow == "weekly" and d.entry.internship == own]
        found: list[tuple[str, Content]] = []
        start = 0
        for week in weeks(internship, told, begun, coach.today):
            mark, style = sign(week, self.symbols)
            if week.monday <= coach.today:
                start = len(found)
            if week.state is State.TO_COME:
                style = MUTED
            text = Content.assemble(
                (f"{mark} ", style),
                self.words("weeks.line", n=week.number).ljust(12),
                (short_day(week.monday, self.lang).ljust(8), MUTED),
                (self.words(f"weeks.{week.state.value}"), MUTED),
            )
            found.append((f"{week.key} {week.number}", text))
        return found, start

    def nothing(self) -> str:
        """Without dates there are no weeks."""
        return self.words("weeks.none")

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        week = (event.option_id or "").split(" ")[0]
        self.dismiss(Request("weekly", week=week))

    @work(exclusive=True, group="off")
    async def action_off(self) -> None:
        """Marks the week at school, then on leave, then neither."""
        from coach.internship.off_site import turn

        week, _, number = self.chosen().partition(" ")
        if not week:
            return
        coach = self.coach
        try:
            mark = await asyncio.to_thread(
                lambda: turn(coach.journal, coach.current_internship(), week, self.lang)
            )
        except JournalError as error:
            coach.tell(coach.explain(error))
            return
        coach.tell(self.words(f"off.{mark}", n=number) if mark else self.words("weeks.told"))
        self.fill()


class OwnScreen(ListScreen):
    """Sessions that the student's school dropped in the flow folder."""

    area = "own"
    BINDINGS = [
        key("help", "f1", "help"),
        key("list.close", "escape,q", "close"),
    ]

    def lines(self) -> tuple[list[tuple[str, Content]], int]:
        """A line for each session that works, then what is wrong with the others."""
        flows, errors = self.coach.content.own_flows()
        found = [
            (
                flow.id,
                Content.assemble(
                    flow.title.get(self.lang),
                    (f"  {flow.summary.get(self.lang)}", MUTED),
                ),
            )
            for flow in flows
        ]
        found += [
            (
                f"!{number}",
                Content.styled(
                    self.words("own.broken", path=error.path.name, why=error.why), "$error"
                ),
            )
            for number, error in enumerate(errors)
        ]
        return found, 0

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        name = event.option_id or ""
        if not name.startswith("!"):
            self.dismiss(Request(name))


LISTS: dict[str, type[ListScreen]] = {
    "weeks": WeeksScreen,
    "own": OwnScreen,
}
