"""`coach backup`: everything in one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.commands.command import Command, argument, flag, is_kept, typed_path
from coach.commands.errors import Failed
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.invocation import Invocation


def make_command(say: Wording) -> Command:
    """The command, which speaks the language of `say`."""
    params = [argument("path", say("file"), needed=False), flag(say, "backup", "force")]
    return Command("backup", say, run_backup, params)


def run_backup(invocation: Invocation, *, path: str | None, force: bool) -> int:
    """Writes everything to one file."""
    from coach.maintenance.backup import back_up

    target = typed_path(path) if path else None
    try:
        written = back_up(invocation.workspace.journal, target, force=force)
    except FileExistsError:
        raise Failed(invocation.say("export.exists", path=str(target))) from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Failed(invocation.say("export.failed", path=str(target), why=why)) from error
    invocation.tell_notices()
    key = "backup.sealed" if invocation.workspace.keyring.state != "plain" else "backup.done"
    line = invocation.say(key, path=str(written))
    if not is_kept(written):
        invocation.warn(line)  # the copy itself went down a pipe
        return 0
    invocation.print(line)
    if path is None:
        invocation.print(invocation.say("backup.elsewhere"))
    return 0
