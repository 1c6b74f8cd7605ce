"""How the app ends: by the student, by a signal, by a slip of ours; nothing typed is lost."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import work

from coach.util.wording import Wording
from screens.base.key_queue import settled
from screens.shell.context import DeskApp

if TYPE_CHECKING:
    from coach.store.journal import JournalError

END_WITHIN = 2.0
"""Seconds to end in, once a signal asked for it, however many keys still wait."""


class EndingApp(DeskApp):
    """An app that keeps every draft under way before it ends."""

    def _last_words(self) -> JournalError | None:
        """Keeps every draft under way; gives what went wrong, if something did."""
        failed = None
        for screen in self.screen_stack:
            last_words = getattr(screen, "last_words", None)
            if last_words is not None:
                failed = last_words() or failed
        return failed

    def _ended_from_outside(self) -> None:
        """Keeps what is there at once; ends when the keys before are dealt with, or soon."""
        asyncio.get_running_loop().call_later(END_WITHIN, self._end)
        self.call_later(self._end_in_turn)
        self._last_words()

    def _fatal_error(self) -> None:
        """Ends after a slip of ours, without Textual's listing of every variable: a terminal's log
        must not hold a student's words.
        """
        from screens.shell.crash import crash

        with suppress(Exception):  # it is broken already: what is typed is worth a try
            self._last_words()
        self._exit_renderables.append(crash(self.lang))
        self._close_messages_no_wait()

    async def _end_in_turn(self) -> None:
        await settled(self.focused)
        self._end()

    def _end(self) -> None:
        if self._ending:
            return
        self._ending = True
        failed = None
        try:
            failed = self._last_words()
        finally:  # whatever happens: nobody is there any more to close it
            from rich.text import Text

            self.exit(1, message=Text(self.explain(failed)) if failed else None)

    _ending = False

    async def action_quit(self) -> None:
        """Leaves; what is under way stays as a draft."""
        self._quit()

    @work
    async def _quit(self) -> None:
        settle = getattr(self.screen, "settle", None)
        if settle is not None:
            await settle()
        failed = self._last_words()
        if failed is not None:
            say = Wording("app", self.lang)
            if not await self.ask(say("quit.ask", why=self.explain(failed))):
                return
        self.exit(0)

    def action_help_quit(self) -> None:
        """Says how to leave: ctrl+c, which many try first, copies here."""
        pressed = [
            self.get_key_display(active.binding)
            for active in self.active_bindings.values()
            if active.binding.id == "quit"
        ]
        self.tell(Wording("app", self.lang)("quit.how", keys=" / ".join(pressed)))
