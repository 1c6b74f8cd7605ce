"""`coach unlock`: takes the passphrase off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.commands.command import Command
from coach.commands.failures import Failed
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.desk import Desk


def make_command(say: Wording) -> Command:
    """The command, which speaks the language of `say`."""
    return Command("unlock", say, run_unlock)


def run_unlock(desk: Desk) -> int:
    """Takes the passphrase off."""
    from coach.maintenance.passphrase import unlock

    journal = desk.workspace.journal
    desk.workspace.keyring.look()
    if desk.workspace.keyring.state == "plain":
        desk.print(desk.say("unlock.plain"))
        return 0
    desk.writable()
    left = unlock(journal)
    desk.tell_notices()
    if left:
        raise Failed(desk.say("unlock.partly"))
    desk.print(desk.say("unlock.done"))
    return 0
