"""Ends a guided session: saves, leaves or discards it; what cannot be saved stays on screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from textual import work
from textual.timer import Timer
from textual.widget import Widget

from coach.disk.errors import JournalError
from coach.flows.draft_session import DraftSession, Incomplete
from coach.flows.session import Problem
from screens.base.key_queue import drawn, settled
from screens.guided.drawing import GuidedDrawing
from screens.guided.kept_screen import RETRY_EVERY

if TYPE_CHECKING:
    from coach.store.entries import Entry


class GuidedEnding(GuidedDrawing):
    """Ends a `DraftSession`, once, with nothing typed left out."""

    _note_watch: Timer

    def __init__(self, draft_session: DraftSession) -> None:
        super().__init__(draft_session)
        self._retry: Timer | None = None
        self._to_end = False

    async def settle(self) -> None:
        """Waits until the keys pressed before this one have had all their effects: on the focused
        widget, and from there up on the step, where an answer may bring another field.
        """
        if self.focused is None:
            return
        for node in self.focused.ancestors_with_self:
            if isinstance(node, Widget):
                await settled(node)  # it has read the keys, and tells what changed
                await settled(node)  # it has told
            if node is self:
                break
        if not all(block.size for block in self.page_box.blocks):
            await drawn(self)  # a field that came has no place among the others before

    def collect(self) -> None:
        """Takes into the session what stands in the fields."""
        self.page_box.collect()

    def finish(self) -> None:
        """Keeps the session; what fails is said, the text stays, and it is tried again."""
        self._to_end = True
        self._finish()

    @work
    async def _finish(self) -> None:
        missing: list[Problem] = []
        async with self._ending() as free:
            if not free:
                return
            try:
                entry = await self.keeper.finish()
            except Incomplete as error:
                missing = error.problems
            except JournalError as error:
                self._failed(error)
                if self._to_end:
                    self._stop_trying()
                    self._retry = self.set_timer(RETRY_EVERY, self.finish)
            else:
                self._close(entry)
        if missing:
            await self._ask_for(missing[0])

    def _stop_trying(self) -> None:
        """Whoever goes back or leaves has more to say: the session is not ended behind them."""
        self._to_end = False
        if self._retry is not None:
            self._retry.stop()
            self._retry = None

    @asynccontextmanager
    async def _ending(self) -> AsyncIterator[bool]:
        """Holds the page while the session is being ended: what would be typed meanwhile would
        come too late to be kept. False when it is being ended already.
        """
        # Kept by name: when the program is left meanwhile, the page is gone from the screen.
        page, focused = self.page_box, self.focused
        if self.keeper.ended or page.disabled:
            yield False
            return
        page.disabled = True
        try:
            yield True
        finally:
            page.disabled = False
            if self.focused is None and focused is not None and focused.is_attached:
                self.set_focus(focused)

    async def _ask_for(self, problem: Problem) -> None:
        """Brings the cursor to what is missing, and says so."""
        self.session.go(problem.at)
        await self.show_page(problem.field)
        block = self.page_box.block(problem.field)
        if block is not None:
            if not problem.unread or block.take_answer():
                block.wrong(self.words("required"))
            block.focus_field(problem.column)

    async def action_leave(self) -> None:
        """Leaves; the draft stays."""
        await self.settle()
        self.page_box.collect()
        self._stop_trying()
        self._leave()

    @work
    async def _leave(self) -> None:
        async with self._ending() as free:
            if not free:
                return
            try:
                stays = await self.keeper.leave()
            except JournalError as error:
                if not await self._lets_go(error):
                    return
            else:
                if stays:
                    self.coach.tell(self.words("draft.stays"))
            self._close(None)

    @work
    async def action_discard(self) -> None:
        """Moves what was typed to the trash, after asking."""
        async with self._ending() as free:
            if not free or not await self.coach.ask(self.words("discard.ask")):
                return
            if await self._discard():
                self._close(None)

    def _close(self, entry: Entry | None) -> None:
        self.keeper.end()
        self._note_watch.stop()
        self.dismiss(entry)
