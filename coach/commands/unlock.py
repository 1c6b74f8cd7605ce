"""`coach unlock`: takes the passphrase off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.commands.command import Command
from coach.commands.errors import Failed
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.invocation import Invocation


def make_command(say: Wording) -> Command:
    """The command, which speaks the language of `say`."""
    return Command("unlock", say, run_unlock)


def run_unlock(invocation: Invocation) -> int:
    """Takes the passphrase off."""
    from coach.maintenance.passphrase import unlock

    journal = invocation.workspace.journal
    invocation.workspace.keyring.look()
    if invocation.workspace.keyring.state == "plain":
        invocation.print(invocation.say("unlock.plain"))
        return 0
    invocation.writable()
    left = unlock(journal)
    invocation.tell_notices()
    if left:
        raise Failed(invocation.say("unlock.partly"))
    invocation.print(invocation.say("unlock.done"))
    return 0
