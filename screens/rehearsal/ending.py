"""Saves a rehearsal: while it runs, at its end, and when it is left early."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work
from textual.widgets import TextArea

from coach.disk.errors import JournalError
from coach.features.rehearsal.sentences import recap
from coach.util.wording import Wording
from screens.base.key_queue import settled
from screens.guided.kept_screen import RETRY_EVERY, KeptScreen
from screens.rehearsal.lines import drawn
from screens.widgets.say import Say

if TYPE_CHECKING:
    from coach.features.rehearsal.practice import Practice
    from coach.flows.draft_session import DraftSession
    from coach.store.entries import Entry


class PracticeEnding(KeptScreen):
    """Keeps what a `Practice` holds, with nothing typed left out.

    It is in one of three phases, which are also its classes: `asking`, `comparing`, `over`.
    """

    NEWS_SECONDS = 4.0

    words: Wording

    def __init__(self, draft_session: DraftSession) -> None:
        super().__init__(draft_session)
        self.practice: Practice | None = None
        self.phase = ""
        self._entry: Entry | None = None
        self._one_end = asyncio.Lock()

    @property
    def _practice(self) -> Practice:
        assert self.practice is not None
        return self.practice

    def _turn(self, phase: str) -> None:
        self.phase = phase
        for name in ("asking", "comparing", "over"):
            self.set_class(name == phase, name)
        self.query_one("#hint", Say).say("")
        self.refresh_bindings()

    @property
    def covered(self) -> bool:
        """Whether the proofs lie over the question."""
        return self.has_class("proofs") and not self.has_class("wide")

    def _focus(self) -> None:
        """The cursor goes where one reads or writes now, before the next key is looked at."""
        if self.covered:
            self.set_focus(self.query_one("#side"))
        elif self.phase == "asking":
            self.set_focus(self.query_one(TextArea))
        else:
            self.set_focus(self.query_one("#page"))

    async def settle(self) -> None:
        """Waits until the answer has taken the keys pressed before this one."""
        await settled(self.focused)

    # Ending

    def _kept(self, error: JournalError | None) -> None:
        if error is not None or self.phase == "asking":
            super()._kept(error)

    @work
    async def finish(self) -> None:
        """Keeps the rehearsal and sums it up; leaves at once where nothing was answered."""
        async with self._one_end:
            await self._finish()

    async def _finish(self) -> None:
        practice = self._practice
        if self.keeper.ended or self.phase == "over":
            return
        if not practice.rated:
            await self._away()
            return
        try:
            self._entry = await self.keeper.finish()
        except JournalError as error:
            self._failed(error)
            self.refresh_bindings()
            self.set_timer(RETRY_EVERY, self.finish)
            return
        self.keeper.end()
        self._turn("over")
        self.query_one("#question", Say).update(self.words.count("done", practice.rated))
        self.query_one("#flow", Say).update(self.words("title"))
        self.query_one("#from", Say).update("")
        self.query_one("#clock", Say).update("")
        told = recap(practice, self.words)
        self.query_one("#after", Say).update(drawn(told, self.symbols))
        self.status("")
        self._focus()

    async def action_leave(self) -> None:
        """Leaves; what is answered and rated is kept, what is half done stays a draft."""
        await self.settle()
        self.collect()
        self._leave()

    @work
    async def _leave(self) -> None:
        async with self._one_end:
            if self.phase == "over":
                self.action_close()
            else:
                await self._away()

    async def _away(self) -> None:
        if self.keeper.ended:
            return
        page = self.query_one("#page")
        page.disabled = True  # what would be typed meanwhile would come too late
        try:
            left, entry = await self._kept_before_leaving()
        finally:
            page.disabled = False
        if left:
            self.keeper.end()
            self.dismiss(entry)
        else:
            self._focus()

    async def _kept_before_leaving(self) -> tuple[bool, Entry | None]:
        """Keeps what is whole, else the draft; whether to leave, and with which entry."""
        try:
            if self.practice is not None and self.practice.whole:
                return True, await self.keeper.finish()
            if await self.keeper.leave():
                self.coach.tell(self.words("stays"))
        except JournalError as error:
            return await self._lets_go(error), None
        return True, None

    @work
    async def action_discard(self) -> None:
        """Moves what was answered to the trash, after asking."""
        if not await self.coach.ask(self.keeping("discard.ask")):
            return
        async with self._one_end:
            if self.keeper.ended:
                return
            self.collect()
            if await self._discard():
                self.keeper.end()
                self.dismiss(None)

    def action_close(self) -> None:
        """Back home, all being kept."""
        self.dismiss(self._entry)
