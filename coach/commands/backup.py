"""`coach backup`: everything in one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.commands.command import Command, argument, flag, is_kept, typed_path
from coach.commands.failures import Failed
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.desk import Desk


def make_command(say: Wording) -> Command:
    """The command, which speaks the language of `say`."""
    params = [argument("path", say("file"), needed=False), flag(say, "backup", "force")]
    return Command("backup", say, run_backup, params)


def run_backup(desk: Desk, *, path: str | None, force: bool) -> int:
    """Writes everything to one file."""
    from coach.maintenance.backup import back_up

    target = typed_path(path) if path else None
    try:
        written = back_up(desk.workspace.journal, target, force=force)
    except FileExistsError:
        raise Failed(desk.say("export.exists", path=str(target))) from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Failed(desk.say("export.failed", path=str(target), why=why)) from error
    desk.tell_notices()
    key = "backup.sealed" if desk.workspace.keyring.state != "plain" else "backup.done"
    line = desk.say(key, path=str(written))
    if not is_kept(written):
        desk.warn(line)  # the copy itself went down a pipe
        return 0
    desk.print(line)
    if path is None:
        desk.print(desk.say("backup.elsewhere"))
    return 0
