"""Opening the app: the only module of `coach` that names `screens`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.commands.invocation import Invocation
    from coach.flows.request import SessionRequest

TELLTALE = ("TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_SCREENSHOT")
"""What has Textual write keys and screens to a file, or send them to a debugger: private words."""


def open_app(invocation: Invocation, start: str | SessionRequest) -> int:
    """Opens the app on its home (''), on `browse`, or in a session; its exit code."""
    if not (sys.stdin and sys.stdin.isatty() and sys.__stderr__ and sys.__stderr__.isatty()):
        raise _failed(invocation, "no_terminal")
    if os.environ.get("TERM") == "dumb":
        raise _failed(invocation, "dumb_terminal")
    for name in TELLTALE:
        os.environ.pop(name, None)
    from screens.run import run_app

    # A passphrase that was given is tried before anything shows; else the app asks.
    journal = invocation.workspace.journal if invocation.is_open else None
    return run_app(
        invocation.data_folder,
        lang=invocation.lang,
        start=start,
        demo=invocation.demo,
        journal=journal,
    )


def _failed(invocation: Invocation, key: str) -> Exception:
    from coach.commands.errors import Failed

    return Failed(invocation.say(key))
