"""Short lists to open something from: the weeks, a school's own sessions."""

from __future__ import annotations

import asyncio

from textual import on, work
from textual.content import Content
from textual.widgets import OptionList

from coach.flows.request import SessionRequest
from coach.internship.timeline import State, weeks
from coach.store.journal import JournalError
from coach.util.dates import short_day
from screens.base.keys import key
from screens.base.theme import MUTED
from screens.common.list_screen import ListScreen
from screens.widgets.week_strip import sign


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
        entries, drafts = coach.workspace.journal.entries(), coach.workspace.journal.drafts.list()
        internship = coach.workspace.current_internship(entries)
        own = internship.id if internship else None
        told = [e for e in entries if e.flow == "weekly" and e.internship == own]
        begun = [d for d in drafts if d.entry.flow == "weekly" and d.entry.internship == own]
        found: list[tuple[str, Content]] = []
        start = 0
        for week in weeks(internship, told, begun, coach.workspace.today):
            mark, style = sign(week, self.symbols)
            if week.monday <= coach.workspace.today:
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
        self.dismiss(SessionRequest("weekly", week=week))

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
                lambda: turn(
                    coach.workspace.journal, coach.workspace.current_internship(), week, self.lang
                )
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
        flows, errors = self.coach.workspace.content.own_flows()
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
            self.dismiss(SessionRequest(name))
