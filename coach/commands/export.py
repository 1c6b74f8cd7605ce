"""`export` and `import`: the student's own copy of everything, out and in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from coach.commands.command import Command, argument, flag, option
from coach.commands.failures import Failed, Misused
from coach.disk.errors import JournalError
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.desk import Desk
    from coach.store.entries import Entry


def _export(say: Wording) -> Command:
    params = [
        argument("path", say("file")),
        option(say, "export", "format", "json|md|html|csv|ics"),
        flag(say, "export", "force"),
    ]
    return Command("export", say, run_export, params)


def run_export(desk: Desk, *, path: str, format: str, force: bool) -> int:
    """Writes everything to a file."""
    from coach.disk.saved_copy import save_copy
    from coach.export.export import FORMATS, format_of, render

    target = typed_path(path)
    form = format.lower() or format_of(target)
    if form not in FORMATS:
        key = "export.no_format" if format else "export.which"
        raise Misused(desk.say(key, name=format or target.name))
    chosen = desk.settings.internship
    data, n = render(desk.journal, form, lambda: desk.content, desk.lang, desk.today, chosen)
    desk.tell_notices()
    try:
        save_copy(target, data, force=force)
    except FileExistsError:
        raise Failed(desk.say("export.exists", path=str(target))) from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Failed(desk.say("export.failed", path=str(target), why=why)) from error
    line = desk.say.count(
        f"export.done_{form if form in ('csv', 'ics') else 'all'}", n, path=str(target)
    )
    if is_kept(target):
        desk.print(line)
    else:
        desk.warn(line)  # the copy itself went to standard output, or down a pipe
    if desk.keyring.state != "plain":
        desk.warn(desk.say("export.in_clear"))
    return 0


def _import(say: Wording) -> Command:
    return Command("import", say, run_import, [argument("path", say("file"), needed=False)])


def run_import(desk: Desk, *, path: str | None) -> int:
    """Takes in a file or a data folder, merged by id; without one, the copies found here."""
    from coach.importer.checker import BadExport
    from coach.importer.importer import merge_copies, take_in
    from coach.store.sync_copies import copies

    say = desk.say
    if path is None and not copies(desk.data_folder.folder, desk.journal.keyring):
        raise Misused(say("import.no_copies"))
    source = desk.data_folder.folder if path is None else typed_path(path)
    desk.writable()
    arguments = (desk.content, desk.today, desk.lang)
    try:
        if path is None:
            report = merge_copies(desk.journal, *arguments)
        else:
            report = take_in(desk.journal, source, *arguments)
    except BadExport as error:
        why = say(f"import.{error.key}", **error.values)
        raise Failed(say("import.refused", path=str(source), why=why)) from error
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Failed(say("import.refused", path=str(source), why=f"{why}.")) from error
    from coach.importer.report import describe_import
    from coach.maintenance.passphrase import settle

    settle(desk.journal)  # what was locked elsewhere opens with the passphrase of here from now on
    desk.tell_notices()

    for line in describe_import(report, desk.lang):
        desk.print(line)
    for id_ in report.both:
        entry = None
        with suppress(JournalError):  # it is kept: only its line is not shown
            entry = desk.journal.get(id_)
        if entry is not None:
            desk.print(f"  {_line(entry, desk)}")
    return 1 if report.left else 0


def _line(entry: Entry, desk: Desk) -> str:
    """'1f0c2d3e  2026-11-20  Séance de la semaine': enough to find it, nothing private quoted."""
    from coach.export.listing import SHORT_ID
    from coach.flows.content import flow_title

    title = flow_title(entry, desk.content, desk.lang)
    return f"{entry.id[:SHORT_ID]}  {entry.date}  {title}"


def is_kept(path: Path) -> bool:
    """Whether what was just written to `path` is a file: not a pipe, or standard output."""
    try:
        return path.is_file()
    except OSError:
        return True


def typed_path(typed: str) -> Path:
    """The path that was typed, `~` taken as the home folder."""
    path = Path(typed)
    with suppress(RuntimeError):  # `~name` of somebody who is not on this machine
        return path.expanduser()
    return path


MAKERS: dict[str, Callable[[Wording], Command]] = {"export": _export, "import": _import}
