"""`coach lock`: puts a passphrase before everything, or changes the one there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.commands.command import Command
from coach.commands.failures import Failed
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.desk import Desk


def make_command(say: Wording) -> Command:
    """The command, which speaks the language of `say`."""
    return Command("lock", say, run_lock)


def run_lock(desk: Desk) -> int:
    """Puts a passphrase before everything, or changes the one there is."""
    from coach.disk.encryption import require
    from coach.maintenance.passphrase import lock

    require()
    journal = desk.workspace.journal
    desk.workspace.keyring.look()
    changed = desk.workspace.keyring.state != "plain"
    desk.writable()
    if not changed and not desk.passphrases.given:
        desk.print(desk.say("lock.before"))
    left = lock(journal, desk.passphrases.new())
    desk.tell_notices()
    if left:
        raise Failed(desk.say("lock.partly"))
    desk.print(desk.say("lock.changed" if changed else "lock.done"))
    return 0
