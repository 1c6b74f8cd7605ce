"""The internships over time: complete one, add one, say which is meant and which is over."""

from __future__ import annotations

import asyncio
from typing import Any

from textual import on, work
from textual.content import Content
from textual.widgets import OptionList

from coach.flows.request import SessionRequest
from coach.internship.timeline import closed, ended
from coach.store.answers import day_of, text_of
from coach.store.journal import JournalError
from coach.util.dates import short_day
from coach.util.text import one_line
from screens.base.keys import key
from screens.base.theme import MUTED
from screens.common.list_screen import ListScreen


class InternshipsScreen(ListScreen):
    """A line for each internship; opens one to complete it."""

    area = "internships"
    BINDINGS = [
        key("list.use", "u", "use"),
        key("list.over", "f", "over"),
        key("list.new", "n", "new"),
        key("help", "f1", "help"),
        key("list.close", "escape,q", "close"),
    ]

    def lines(self) -> tuple[list[tuple[str, Content]], int]:
        """A line for each internship, latest first, then one to add another."""
        coach = self.coach
        entries = coach.workspace.journal.entries(flow="internship")
        current = coach.workspace.current_internship(entries)
        found = []
        for entry in entries:
            names = (text_of(entry.answers, name) for name in ("company", "role"))
            name = one_line(" · ".join(filter(None, names)), self._room())
            here = current is not None and entry.id == current.id
            over = (
                ended(entry, coach.workspace.today)
                and entry.id != coach.workspace.settings.internship
            )
            mark = "closed" if closed(entry) else ("last" if over else "current") if here else ""
            text = Content.assemble(
                (f"{self.symbols.radios[here]} ", "$primary"),
                name or self.words("internships.unnamed"),
                (f"  {self._dates(entry.answers)}", MUTED),
                (f"  {self.words(f'internships.{mark}')}" if mark else "", "$primary"),
            )
            found.append((entry.id, text))
        self._any = bool(found)
        found.append(("new", Content(self.words(f"internships.{'new' if found else 'first'}"))))
        return found, 0

    _any = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without an internship there is none to choose."""
        return action not in ("use", "over") or self._any

    def _room(self) -> int:
        """Cells for a name, beside its sign, its dates and its mark, on one line."""
        return max(16, self.size.width - 36)

    def _dates(self, answers: dict[str, Any]) -> str:
        told = (day_of(answers, name) for name in ("start", "end"))
        days = [short_day(day, self.lang) if day else "…" for day in told]
        return "" if days == ["…", "…"] else " – ".join(days)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self._open(event.option_id or "new")

    def _open(self, what: str) -> None:
        new = what == "new"
        self.dismiss(SessionRequest("internship", entry_id="" if new else what, new=new))

    def action_new(self) -> None:
        """Adds an internship."""
        self._open("new")

    @work(exclusive=True, group="turn")
    async def action_use(self) -> None:
        """Makes the internship under the cursor the current one."""
        from coach.internship.closing import reopen

        coach, chosen = self.coach, self.chosen()
        if chosen in ("", "new"):
            return
        try:
            await asyncio.to_thread(reopen, coach.workspace.journal, chosen)
        except JournalError as error:
            coach.tell(coach.explain(error))
            return
        coach.change_settings(internship=chosen)
        coach.tell(self.words("internships.used"))
        self.fill()

    @work(exclusive=True, group="turn")
    async def action_over(self) -> None:
        """Says that the internship under the cursor is over and done, or no longer so."""
        from coach.internship.closing import turn

        coach, chosen = self.coach, self.chosen()
        if chosen in ("", "new"):
            return
        try:
            over = await asyncio.to_thread(turn, coach.workspace.journal, chosen)
        except JournalError as error:
            coach.tell(coach.explain(error))
            return
        coach.tell(self.words("internships.over" if over else "internships.reopened"))
        self.fill()
