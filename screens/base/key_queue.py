"""Keys act in the order they were pressed, also when they come faster than screens open."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from typing import Generic, TypeVar

from textual import events
from textual.widget import Widget

from coach.util.text import NO_BREAK, clean
from screens.base.leaving import GuardedApp, composed

T = TypeVar("T")

PATIENCE = 2.0
"""Seconds to wait for a widget that is busy; then the next key acts all the same."""


async def settled(widget: Widget | None) -> None:
    """Waits until `widget` has dealt with the keys it was given before."""
    if widget is None or not widget.is_attached:
        return
    done = asyncio.Event()
    if widget.call_later(done.set):
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), PATIENCE)


async def drawn(widget: Widget) -> None:
    """Waits until `widget` has laid out and drawn what it holds; not to be awaited by itself."""
    done = asyncio.Event()
    if widget.call_after_refresh(done.set):
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), PATIENCE)


class InOrderApp(GuardedApp[T], Generic[T]):
    """An app that a fast hand, a slow line or a pasted macro cannot confuse.

    Textual 8.2 hands a letter to its widget at once, while a bound key (backspace, an arrow,
    space in a list) first travels up to the app: in one burst the two change places, or the key
    acts on the next page (textual issue 6605). Here a bound key waits for the letters before it
    and acts before the next key is looked at. Keys pressed while a screen opens wait for it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._holding = False
        self._waiting: list[events.Event] = []

    def hold(self) -> None:
        """Lets keys wait, for the screen that is about to open, until `release`."""
        self._holding = True

    def release(self) -> None:
        """Lets the keys that waited act."""
        self._holding = False
        self.call_later(self._let_go)

    async def _let_go(self) -> None:
        while self._waiting and not self._holding:
            await self._take(self._waiting.pop(0))

    async def on_event(self, event: events.Event) -> None:
        """Takes a key in its turn."""
        typed = isinstance(event, events.Key | events.Paste) and not event.is_forwarded
        if typed and (self._holding or self._waiting):
            self._waiting.append(event)
        else:
            await self._take(event)

    async def _take(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and event.character in tuple(NO_BREAK):
            # Textual takes it for no letter, and would lose it.
            event = events.Paste(event.character)
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await composed(self.screen)
            if isinstance(event, events.Paste) or event.is_printable:
                await self._make_way(event)
        if isinstance(event, events.Paste) and not event.is_forwarded:
            event.text = _pasted(event.text, self.focused)
        if isinstance(event, events.Key) and not event.is_forwarded and await self._bound(event):
            return
        await super().on_event(event)

    async def _make_way(self, event: events.Key | events.Paste) -> None:
        """Brings the cursor to where text goes that is typed on what takes none itself: the first
        widget from the cursor up that has an `async before_text(event)` sees to it.
        """
        for node in self.focused.ancestors_with_self if self.focused else [self.screen]:
            if before_text := getattr(node, "before_text", None):
                await before_text(event)
                return

    async def _bound(self, event: events.Key) -> bool:
        """Does what the key is bound to; False for a letter to be written, and where nothing is."""
        focused = self.focused
        if focused is None or focused.check_consume_key(event.key, event.character):
            return False
        await settled(focused)
        return await self._check_bindings(event.key, True) or await self._check_bindings(event.key)


def _pasted(text: str, into: Widget | None) -> str:
    """`text` without what a terminal could obey, before a field draws it; all on one line for a
    field of one line, which would keep the first line of a paste only.
    """
    from textual.widgets import Input

    text = clean(text)
    return re.sub(rf"[^\S{NO_BREAK}]+", " ", text) if isinstance(into, Input) else text
