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
    """Writes the draft of `draft_session`; `told` is called after each write, with its error."""

    def __init__(
        self,
        screen: Screen[Entry | None],
        draft_session: DraftSession,
        told: Callable[[JournalError | None], None],
    ) -> None:
        self.screen = screen
        self.draft_session = draft_session
        self.told = told
        self.ended = False
        self._ending = False
        self._writer = draft_session.writer()
        self._timer: Timer | None = None

    def touched(self) -> None:
        """Something changed: its draft is written within `DRAFT_EVERY`."""
        if self._timer is None and not self.ended:
            self._timer = self.screen.set_timer(DRAFT_EVERY, self._write)

    def _write(self) -> None:
        self._timer = None
        if self._to_write():
            self._writer.put(self.draft_session.snapshot())
            self.screen.set_timer(LOOK_AFTER, self._look)

    def _to_write(self) -> bool:
        """Whether there is a draft to write; not beside an ending, which takes the last one with
        it: written after that was removed, it would stay behind what is kept.
        """
        if self.ended or self._ending:
            return False
        # Also what was taken back: else the draft would go on saying what no longer stands there.
        return self.draft_session.changed or bool(self._writer.saved_at)

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
            self._writer.write_now(self.draft_session.snapshot())
        except JournalError as error:
            return error
        return None

    async def finish(self) -> Entry:
        """Keeps the session as done, off this thread; raises Incomplete or JournalError."""
        ready = self.draft_session.ready()

        def keep() -> Entry:
            self._writer.flush()
            return self.draft_session.keep(ready)

        return await self._alone(keep)

    async def leave(self) -> bool:
        """Closes the session and keeps its draft; True when there is one. Raises JournalError."""
        draft = self.draft_session.snapshot() if self.draft_session.changed else None

        def leave() -> None:
            self._writer.flush()
            self.draft_session.leave(draft)

        await self._alone(leave)
        return draft is not None

    async def discard(self) -> None:
        """Moves the draft to the trash; raises JournalError."""
        draft = self.draft_session.snapshot()

        def discard() -> None:
            self._writer.flush()
            self.draft_session.discard(draft)

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
