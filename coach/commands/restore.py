"""`backup` and `restore`: copies of everything, out and back."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from coach.commands.command import Command, argument, flag, paths
from coach.commands.export import is_kept, typed_path
from coach.commands.failures import Failed
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.desk import Desk


def _backup(say: Wording) -> Command:
    params = [argument("path", say("file"), needed=False), flag(say, "backup", "force")]
    return Command("backup", say, run_backup, params)


def run_backup(desk: Desk, *, path: str | None, force: bool) -> int:
    """Writes everything to one file."""
    from coach.maintenance.backup import back_up

    target = typed_path(path) if path else None
    try:
        written = back_up(desk.journal, target, force=force)
    except FileExistsError:
        raise Failed(desk.say("export.exists", path=str(target))) from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Failed(desk.say("export.failed", path=str(target), why=why)) from error
    desk.tell_notices()
    key = "backup.sealed" if desk.keyring.state != "plain" else "backup.done"
    line = desk.say(key, path=str(written))
    if not is_kept(written):
        desk.warn(line)  # the copy itself went down a pipe
        return 0
    desk.print(line)
    if path is None:
        desk.print(desk.say("backup.elsewhere"))
    return 0


def _restore(say: Wording) -> Command:
    what = argument("what", say("restore.what"), needed=False, offers=paths("file"))
    params = [what, flag(say, "restore", "yes")]
    return Command("restore", say, run_restore, params)


def run_restore(desk: Desk, *, what: str | None, yes: bool) -> int:
    """Brings a former state back; without one, lists those that are here."""
    from coach.maintenance.restore import BadBackup, plan_restore, read_state, restore
    from coach.maintenance.restore_report import preview

    say = desk.say
    if not what:
        return _list(desk)
    from coach.commands.entry_lines import room

    journal = desk.journal
    desk.writable()
    try:
        former = read_state(journal, _chosen(desk, what))
    except BadBackup as error:
        why = say(f"restore.{error.key}", **error.values)
        raise Failed(say("restore.refused", path=what, why=why)) from error
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Failed(say("restore.refused", path=what, why=f"{why}.")) from error
    planned = plan_restore(journal, former)
    desk.tell_notices()
    for line in preview(planned, desk.content, desk.lang, room()):
        desk.print(line)
    if planned.empty:
        return 0
    if not yes and not _asked(desk):
        desk.print(say("restore.left"))
        return 0
    kept = restore(journal, former)
    desk.tell_notices()
    desk.print(say("restore.done", path=str(kept)))
    return 0


def _chosen(desk: Desk, what: str) -> Path:
    from coach.maintenance.restore import find_backup

    return find_backup(desk.data_folder.folder, str(typed_path(what)))


def _asked(desk: Desk) -> bool:
    """Whether the student says yes; raises Failed where there is nobody to ask."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise Failed(desk.say("restore.nobody"))
    try:
        answer = input(desk.say("restore.ask") + " ")
    except EOFError:
        return False
    return answer.strip().casefold() in ("o", "oui", "y", "yes")


def _list(desk: Desk) -> int:
    from coach.maintenance.backup import list_backups
    from coach.maintenance.restore_report import name_of

    kept = list_backups(desk.data_folder.folder)
    for number, one in enumerate(kept, 1):
        desk.print(f"{number:3}  {name_of(one, desk.lang)}  ({one.path.name})")
    desk.print(desk.say("restore.how" if kept else "restore.none"))
    return 0


MAKERS: dict[str, Callable[[Wording], Command]] = {"backup": _backup, "restore": _restore}
