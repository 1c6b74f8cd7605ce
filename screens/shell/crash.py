"""Turns crashes and signals into an orderly end."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import RenderableType

NAMES = ("SIGTERM", "SIGHUP", "SIGINT")


def catch(ended: Callable[[], None]) -> dict[int, Any]:
    """Has the running loop call `ended` on such a signal; gives what `let_go` puts back.

    Not `loop.add_signal_handler`: it learns of a signal through the small socket that also wakes
    the loop for each key read by Textual's thread. With some three hundred keys waiting (a paste)
    the socket is full, and the signal of a terminal just closed is lost for good.
    """
    loop = asyncio.get_running_loop()

    def tell(*_: object) -> None:
        with suppress(RuntimeError):  # the loop is closed: it is ending already
            loop.call_soon_threadsafe(ended)

    before: dict[int, Any] = {}
    for name in NAMES:
        number = getattr(signal, name, None)
        if number is not None:
            with suppress(ValueError):  # only the main thread hears signals
                before[number] = signal.signal(number, tell)
    return before


def let_go(before: dict[int, Any]) -> None:
    """Puts back the handlers that were there before `catch`."""
    for number, handler in before.items():
        signal.signal(number, signal.SIG_DFL if handler is None else handler)


def crash(lang: str) -> RenderableType:
    """Describes the exception being handled: its type and place, without any value."""
    import os
    import sys

    from rich.text import Text

    from coach.store.messages import describe_crash
    from coach.util.wording import Wording

    if os.environ.get("COACH_TRACEBACK"):
        from rich.traceback import Traceback

        return Traceback(show_locals=False)
    return Text(Wording("errors", lang)("unexpected", why=describe_crash(sys.exc_info()[1])))
