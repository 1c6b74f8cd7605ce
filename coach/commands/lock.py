"""`coach lock`: puts a passphrase before everything, or changes the one there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.commands.command import Command
from coach.commands.errors import Failed
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.invocation import Invocation


def make_command(say: Wording) -> Command:
    """The command, which speaks the language of `say`."""
    return Command("lock", say, run_lock)


def run_lock(invocation: Invocation) -> int:
    """Puts a passphrase before everything, or changes the one there is."""
    from coach.disk.encryption import require
    from coach.maintenance.passphrase import lock

    require()
    journal = invocation.workspace.journal
    invocation.workspace.keyring.look()
    changed = invocation.workspace.keyring.state != "plain"
    invocation.writable()
    if not changed and not invocation.passphrases.given:
        invocation.print(invocation.say("lock.before"))
    left = lock(journal, invocation.passphrases.new())
    invocation.tell_notices()
    if left:
        raise Failed(invocation.say("lock.partly"))
    invocation.print(invocation.say("lock.changed" if changed else "lock.done"))
    return 0
