"""`coach path`: where the data lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.command import Command
    from coach.commands.invocation import Invocation


def make_command(say: Wording) -> Command:
    """The command, which speaks the language of `say`."""
    from coach.commands.command import Command

    return Command("path", say, run_path)


def run_path(invocation: Invocation) -> int:
    """Prints the folder where everything is kept."""
    invocation.print(str(invocation.data_folder.folder))
    return 0
