"""`coach restore`: what a backup, a day or a folder would bring back, shown and then done."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from coach.commands.command import Command, argument, flag, paths, typed_path
from coach.commands.errors import Failed
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.invocation import Invocation


def make_command(say: Wording) -> Command:
    """The command, which speaks the language of `say`."""
    what = argument("what", say("restore.what"), needed=False, offers=paths("file"))
    params = [what, flag(say, "restore", "yes")]
    return Command("restore", say, run_restore, params)


def run_restore(invocation: Invocation, *, what: str | None, yes: bool) -> int:
    """Brings a former state back; without one, lists those that are here."""
    from coach.maintenance.restore import BadBackup, plan_restore, read_state, restore
    from coach.maintenance.restore_report import preview

    say = invocation.say
    if not what:
        return _list(invocation)
    from coach.commands.entry_text import room

    journal = invocation.workspace.journal
    invocation.writable()
    try:
        former = read_state(journal, _chosen(invocation, what))
    except BadBackup as error:
        why = say(f"restore.{error.key}", **error.values)
        raise Failed(say("restore.refused", path=what, why=why)) from error
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Failed(say("restore.refused", path=what, why=f"{why}.")) from error
    planned = plan_restore(journal, former)
    invocation.tell_notices()
    for line in preview(planned, invocation.workspace.content, invocation.lang, room()):
        invocation.print(line)
    if planned.empty:
        return 0
    if not yes and not _asked(invocation):
        invocation.print(say("restore.left"))
        return 0
    kept = restore(journal, former)
    invocation.tell_notices()
    invocation.print(say("restore.done", path=str(kept)))
    return 0


def _chosen(invocation: Invocation, what: str) -> Path:
    from coach.maintenance.restore import find_backup

    return find_backup(invocation.data_folder.folder, str(typed_path(what)))


def _asked(invocation: Invocation) -> bool:
    """Whether the student says yes; raises Failed where there is nobody to ask."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise Failed(invocation.say("restore.nobody"))
    try:
        answer = input(invocation.say("restore.ask") + " ")
    except EOFError:
        return False
    return answer.strip().casefold() in ("o", "oui", "y", "yes")


def _list(invocation: Invocation) -> int:
    from coach.maintenance.backup import list_backups
    from coach.maintenance.restore_report import name_of

    kept = list_backups(invocation.data_folder.folder)
    for number, one in enumerate(kept, 1):
        invocation.print(f"{number:3}  {name_of(one, invocation.lang)}  ({one.path.name})")
    invocation.print(invocation.say("restore.how" if kept else "restore.none"))
    return 0
