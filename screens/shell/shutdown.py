"""Ends the app, asked by the student, a signal or an error; saves what was typed before."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from coach.util.wording import Wording
from screens.base.key_queue import settled

if TYPE_CHECKING:
    from coach.disk.errors import JournalError
    from screens.base.coach import Coach

END_WITHIN = 2.0
"""Seconds to end in, once a signal asked for it, however many keys still wait."""


class Shutdown:
    """Keeps every draft under way before the app ends."""

    def __init__(self, app: Coach) -> None:
        self.app = app
        self._ending = False

    def keep_drafts(self) -> JournalError | None:
        """Keeps every draft under way; gives what went wrong, if something did."""
        failed = None
        for screen in self.app.screen_stack:
            last_words = getattr(screen, "last_words", None)
            if last_words is not None:
                failed = last_words() or failed
        return failed

    def end_from_outside(self) -> None:
        """Keeps what is there at once; ends when the keys before are dealt with, or soon."""
        asyncio.get_running_loop().call_later(END_WITHIN, self._end)
        self.app.call_later(self._end_in_turn)
        self.keep_drafts()

    async def _end_in_turn(self) -> None:
        await settled(self.app.focused)
        self._end()

    def _end(self) -> None:
        if self._ending:
            return
        self._ending = True
        failed = None
        try:
            failed = self.keep_drafts()
        finally:  # whatever happens: nobody is there any more to close it
            from rich.text import Text

            self.app.exit(1, message=Text(self.app.explain(failed)) if failed else None)

    async def quit(self) -> None:
        """Leaves; what is under way stays as a draft. Call it from a worker."""
        settle = getattr(self.app.screen, "settle", None)
        if settle is not None:
            await settle()
        failed = self.keep_drafts()
        if failed is not None:
            say = Wording("app", self.app.lang)
            if not await self.app.ask(say("quit.ask", why=self.app.explain(failed))):
                return
        self.app.exit(0)

    def explain(self) -> None:
        """Says with which keys one leaves."""
        pressed = [
            self.app.get_key_display(active.binding)
            for active in self.app.active_bindings.values()
            if active.binding.id == "quit"
        ]
        self.app.tell(Wording("app", self.app.lang)("quit.how", keys=" / ".join(pressed)))
