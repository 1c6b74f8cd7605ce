"""`coach restore`: what a backup, a day or a folder would bring back, shown and then done."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from coach.commands.command import Command, argument, flag, paths, typed_path
from coach.commands.failures import Failed
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.desk import Desk


def make_command(say: Wording) -> Command:
    """The command, which speaks the language of `say`."""
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

    journal = desk.workspace.journal
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
    for line in preview(planned, desk.workspace.content, desk.lang, room()):
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
