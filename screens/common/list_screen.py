"""A titled list to choose from: the base of screens that list something."""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from coach.flows.request import SessionRequest
from coach.store.journal import JournalError
from coach.util.wording import Wording
from screens.base.screen import CoachScreen
from screens.widgets.keyline import KeyLine
from screens.widgets.say import Say

STYLE = Path(__file__).with_name("list_screen.tcss")
"""Named whole: Textual looks for a style beside the subclass."""


class ListScreen(CoachScreen[SessionRequest | None]):
    """A titled list; answers with the session to open, or None."""

    CSS_PATH = [STYLE]
    area = ""
    wording = "app"
    """Where its words are: `data/wording/WORDING.toml`, each key beginning with `area`."""

    read_again = False
    """Whether what it lists may change on a screen that it opens."""
    _shown = False

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

    def on_screen_resume(self) -> None:
        """Reads anew what may have changed while another screen lay over the list."""
        if self._shown and self.read_again:
            self.fill()
        self._shown = True

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
        """The text shown while the list is empty."""
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
        self.coach.navigation.help(self.area, self)
