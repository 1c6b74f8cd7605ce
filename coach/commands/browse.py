"""`coach browse`: the app, opened on browsing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.commands.command import Command
from coach.commands.open_app import open_app
from coach.util.wording import Wording

if TYPE_CHECKING:
    pass


def make_command(say: Wording) -> Command:
    """The command, which speaks the language of `say`."""
    return Command("browse", say, lambda invocation: open_app(invocation, "browse"))
