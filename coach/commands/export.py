"""`coach export`: the student's own copy of everything, in a format of their choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.commands.command import Command, argument, flag, is_kept, option, typed_path
from coach.commands.errors import Failed, Misused
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.invocation import Invocation


def make_command(say: Wording) -> Command:
    """The command, which speaks the language of `say`."""
    params = [
        argument("path", say("file")),
        option(say, "export", "format", "json|md|html|csv|ics"),
        flag(say, "export", "force"),
    ]
    return Command("export", say, run_export, params)


def run_export(invocation: Invocation, *, path: str, format: str, force: bool) -> int:
    """Writes everything to a file."""
    from coach.disk.saved_copy import save_copy
    from coach.export.export import FORMATS, format_of, render

    target = typed_path(path)
    form = format.lower() or format_of(target)
    if form not in FORMATS:
        key = "export.no_format" if format else "export.which"
        raise Misused(invocation.say(key, name=format or target.name))
    workspace = invocation.workspace
    if form == "ics":
        from coach.features.calendar.ical import calendar_file

        data, n = calendar_file(workspace.dossier())
    else:
        data, n = render(
            workspace.journal, form, lambda: workspace.content, invocation.lang, workspace.today
        )
    invocation.tell_notices()
    try:
        save_copy(target, data, force=force)
    except FileExistsError:
        raise Failed(invocation.say("export.exists", path=str(target))) from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Failed(invocation.say("export.failed", path=str(target), why=why)) from error
    line = invocation.say.count(
        f"export.done_{form if form in ('csv', 'ics') else 'all'}", n, path=str(target)
    )
    if is_kept(target):
        invocation.print(line)
    else:
        invocation.warn(line)  # the copy itself went to standard output, or down a pipe
    if invocation.workspace.keyring.state != "plain":
        invocation.warn(invocation.say("export.in_clear"))
    return 0
