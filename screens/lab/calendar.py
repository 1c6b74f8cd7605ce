"""The calendar of the internship: what is dated, the present day in sight."""

from __future__ import annotations

from pathlib import Path

from textual import on, work
from textual.content import Content
from textual.widgets import OptionList

from coach.features.calendar.agenda import Event, events
from coach.flows.request import SessionRequest
from coach.util.dates import short_day
from coach.util.text import one_line
from coach.util.wording import Wording
from screens.base.keys import key
from screens.base.theme import MUTED
from screens.common.list_screen import ListScreen

DAY = 9
"""Cells for a day."""
WHEN = 17
"""Cells for how far away a day is."""


class AgendaScreen(ListScreen):
    """A line for each day to remember; opens what it comes from."""

    area = "agenda"
    BINDINGS = [
        key("home.internship", "i", "internship"),
        key("agenda.export", "x", "export"),
        key("help", "f1", "help"),
        key("list.close", "escape,q", "close"),
    ]

    found: list[Event] = []

    @property
    def say(self) -> Wording:
        """The words of the calendar."""
        return Wording("agenda", self.lang)

    def lines(self) -> tuple[list[tuple[str, Content]], int]:
        """The dated items, earliest first; the cursor starts on the first one to come."""
        dossier = self.coach.workspace.dossier()
        self.found = events(
            dossier.internship, dossier.snapshot.entries, self.coach.workspace.content, self.lang
        )
        lines = [(str(number), self._line(event)) for number, event in enumerate(self.found)]
        today = self.coach.workspace.today
        ahead = (n for n, event in enumerate(self.found) if event.day >= today)
        return lines, next(ahead, max(0, len(lines) - 1))

    def _line(self, event: Event) -> Content:
        say, today = self.say, self.coach.workspace.today
        away = (event.day - today).days
        count = say.count("in_days" if away > 0 else "ago", abs(away))
        when = count if away else say("today")
        room = max(20, self.size.width - WHEN - 12)
        text = one_line(event.text, room)
        return Content.assemble(
            (short_day(event.day, self.lang).ljust(DAY), "$primary" if away >= 0 else MUTED),
            (when.ljust(WHEN), MUTED),
            (text, MUTED if away < 0 else ""),
        )

    def nothing(self) -> str:
        """Without dates there is nothing to show."""
        return self.say("none")

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        chosen = self.found[int(event.option_id or 0)]
        if chosen.kind in ("internship", "objective"):
            self.dismiss(SessionRequest("internship", chosen.entry_id))
        else:
            self.dismiss(SessionRequest(chosen.kind, chosen.entry_id))

    def action_internship(self) -> None:
        """Opens the internship, where its dates are told."""
        about = self.coach.workspace.current_internship()
        self.dismiss(SessionRequest("internship", about.id if about else "", new=about is None))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a day there is nothing to write."""
        return action != "export" or bool(self.found)

    @work(exclusive=True, group="export")
    async def action_export(self) -> None:
        """Writes the days to a file that a phone or a mail program takes in."""
        from screens.common.write_file import write_file

        await write_file(
            self.coach, "~/coach.ics", self.say("export"), self.say("export.help"), self._write
        )

    def _write(self, path: Path, force: bool) -> None:
        from coach.disk.saved_copy import save_copy
        from coach.features.calendar.ical import calendar_file

        save_copy(path, calendar_file(self.coach.workspace.dossier())[0], force=force)
