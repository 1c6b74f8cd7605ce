"""One guard for what is asked of a screen that is not there yet, or there no more.

A key, a timer or a worker may reach a screen while it is still being composed, or while it leaves:
the widget it asks for is then missing, and Textual ends the app. A key waits for the screen it was
pressed on; what comes too late has nothing left to do and is dropped. An error on a screen that is
open ends the app as before: that one is a fault of ours.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any, Generic, TypeVar

from textual import events
from textual._callback import invoke
from textual._context import active_message_pump
from textual.app import App, ScreenStackError
from textual.await_complete import AwaitComplete
from textual.css.query import NoMatches
from textual.dom import DOMNode, NoScreen
from textual.errors import NoWidget
from textual.message_pump import Callback, MessagePump
from textual.screen import Screen
from textual.widget import MountError
from textual.worker import WorkerFailed, get_current_worker

T = TypeVar("T")

MISSING = (NoMatches, NoScreen, NoWidget, MountError, ScreenStackError)
"""How Textual says that a widget is not there."""
PATIENCE = 10.0
"""Seconds that a key waits for the screen it is meant for."""


def absent(node: object) -> bool:
    """Whether `node` stands on no open screen, or leaves: with its screen, or before it."""
    if not isinstance(node, DOMNode):
        return False
    app, stack = node.app, node.app.screen_stack
    if app._exit or not stack:
        return True
    try:
        screen = stack[0] if node is app else node.screen
    except NoScreen:
        return True
    if screen not in stack or any(one._pruning for one in node.ancestors_with_self):
        return True
    return not (screen.is_running and screen.is_mounted) or getattr(screen, "answered", False)


async def composed(screen: Screen[Any]) -> None:
    """Waits until `screen` holds its widgets."""
    if not screen.is_mounted:
        with suppress(TimeoutError):
            await asyncio.wait_for(screen._mounted_event.wait(), PATIENCE)


class Leaving(Screen[T], Generic[T]):
    """A screen that answers once, however often it is asked to leave.

    Textual's `dismiss` closes whatever lies on top, so a screen that ends while another was opened
    over it (a note, the palette) would close that one. Here it waits until it is on top again.
    """

    answered = False
    """Whether it is leaving: nothing on it acts any more."""
    _waits = False
    _answer: Any = None

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Leaves with `result`, as soon as nothing lies over this screen."""
        if self.answered:
            return AwaitComplete()
        self.answered = True
        if self.app.screen is self:
            return super().dismiss(result)
        self._waits, self._answer = True, result
        return AwaitComplete()

    # Textual calls the `_on_…` of every class itself, so none calls its parent's.
    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        # Another one may have opened since this was sent: then it waits for that one too.
        if self._waits and self.app.screen is self:
            self._waits = False
            super().dismiss(self._answer)

    def _invoke_later(self, callback: Callback, sender: MessagePump) -> None:
        # Textual knows who asked for it, not for whom: a key's action asks on behalf of the app.
        method = getattr(callback, "func", callback)
        owner = getattr(method, "__self__", sender)

        async def in_turn() -> None:
            try:
                await invoke(callback)
            except MISSING:
                if not absent(owner):
                    raise

        super()._invoke_later(in_turn, sender)


class GuardedApp(App[T], Generic[T]):
    """An app that no key, timer or worker ends by coming too early or too late."""

    async def _dispatch_action(self, namespace: DOMNode, action_name: str, params: Any) -> bool:
        if absent(namespace):
            return True
        try:
            return await super()._dispatch_action(namespace, action_name, params)
        except MISSING:
            if absent(namespace):
                return True  # it left meanwhile
            raise

    def _handle_exception(self, error: Exception) -> None:
        if isinstance(error, WorkerFailed):
            cause: BaseException = error.error
            asking: object = get_current_worker().node
        else:
            cause, asking = error, active_message_pump.get()
        if not (isinstance(cause, MISSING) and absent(asking)):
            super()._handle_exception(error)
