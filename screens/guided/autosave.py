"""Keeps a session's draft while it is typed: soon, off the screen's thread, and said so."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from coach.disk.errors import JournalError

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.timer import Timer

    from coach.flows.draft_session import DraftSession
    from coach.store.entries import Entry

T = TypeVar("T")

DRAFT_EVERY = 0.4
"""Seconds from a key to its draft at most, before the write itself: well below one second."""
LOOK_AFTER = 0.15
"""Seconds after which to look whether a write went well."""
LOOK_AGAIN = 1.0
"""Seconds between looks while it did not."""


class Keeper:
    """Writes the draft of `sitting`; `told` hears of each write, with the error if it failed."""

    def __init__(
        self,
        screen: Screen[Entry | None],
        sitting: DraftSession,
        told: Callable[[JournalError | None], None],
    ) -> None:
        self.screen = screen
        self.sitting = sitting
        self.told = told
        self.ended = False
        self._ending = False
        self._writer = sitting.writer()
        self._timer: Timer | None = None

    def touched(self) -> None:
        """Something changed: its draft is written within `DRAFT_EVERY`."""
        if self._timer is None and not self.ended:
            self._timer = self.screen.set_timer(DRAFT_EVERY, self._write)

    def _write(self) -> None:
        self._timer = None
        if self._to_write():
            self._writer.put(self.sitting.snapshot())
            self.screen.set_timer(LOOK_AFTER, self._look)

    def _to_write(self) -> bool:
        """Whether there is a draft to write; not beside an ending, which takes the last one with
        it: written after that was removed, it would stay behind what is kept.
        """
        if self.ended or self._ending:
            return False
        # Also what was taken back: else the draft would go on saying what no longer stands there.
        return self.sitting.changed or bool(self._writer.saved_at)

    def _look(self) -> None:
        if self.ended:
            return
        error = self._writer.error
        self.told(error)
        if error is not None:
            # The writer tries again by itself; the line changes once it succeeded.
            self.screen.set_timer(LOOK_AGAIN, self._look)

    def write_now(self) -> JournalError | None:
        """Writes the draft on this thread: the program is being ended. Gives what went wrong."""
        if not self._to_write():
            return None
        try:
            self._writer.write_now(self.sitting.snapshot())
        except JournalError as error:
            return error
        return None

    async def finish(self) -> Entry:
        """Keeps the session as done, off this thread; raises Incomplete or JournalError."""
        ready = self.sitting.ready()

        def keep() -> Entry:
            self._writer.flush()
            return self.sitting.keep(ready)

        return await self._alone(keep)

    async def leave(self) -> bool:
        """Closes the session and keeps its draft; True when there is one. Raises JournalError."""
        draft = self.sitting.snapshot() if self.sitting.changed else None

        def leave() -> None:
            self._writer.flush()
            self.sitting.leave(draft)

        await self._alone(leave)
        return draft is not None

    async def discard(self) -> None:
        """Moves the draft to the trash; raises JournalError."""
        draft = self.sitting.snapshot()

        def discard() -> None:
            self._writer.flush()
            self.sitting.discard(draft)

        await self._alone(discard)

    async def _alone(self, end: Callable[[], T]) -> T:
        """Does `end` off this thread, while no draft is written beside it."""
        self._ending = True
        try:
            return await asyncio.to_thread(end)
        except BaseException:
            self._ending = False
            raise

    def end(self) -> None:
        """Writes nothing any more."""
        self.ended = True
        self._writer.close()
