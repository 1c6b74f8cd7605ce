"""`export` and `import`: the student's own copy of everything, out and in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from coach.commands.shape import Command, Failed, Misused, argument, flag, option
from coach.wording import Wording

if TYPE_CHECKING:
    from coach.commands.desk import Desk


def _export(say: Wording) -> Command:
    params = [
        argument("path", say("file")),
        option(say, "export", "format", "json|md|html|csv"),
        flag(say, "export", "force"),
    ]
    return Command("export", say, run_export, params)


def run_export(desk: Desk, *, path: str, format: str, force: bool) -> int:
    """Writes everything to a file."""
    from coach.export import FORMATS, format_of, render, save_copy

    target = _path(path)
    form = format.lower() or format_of(target)
    if form not in FORMATS:
        key = "export.no_format" if format else "export.which"
        raise Misused(desk.say(key, name=format or target.name))
    data, n = render(desk.journal, form, desk.place.flows, desk.lang, desk.today)
    desk.tell_notices()
    try:
        save_copy(target, data, force=force)
    except FileExistsError:
        raise Failed(desk.say("export.exists", path=str(target))) from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Failed(desk.say("export.failed", path=str(target), why=why)) from error
    line = desk.say.count(f"export.done_{'csv' if form == 'csv' else 'all'}", n, path=str(target))
    if target.is_file():
        desk.print(line)
    else:
        desk.warn(line)  # the copy itself went to standard output, or down a pipe
    return 0


def _import(say: Wording) -> Command:
    return Command("import", say, run_import, [argument("path", say("file"))])


def run_import(desk: Desk, *, path: str) -> int:
    """Takes in an export, merged by id."""
    from coach.transfer import take_in
    from coach.transfer_check import BadExport

    source = _path(path)
    say = desk.say
    desk.writable()
    try:
        report = take_in(desk.journal, source, desk.content, desk.today)
    except BadExport as error:
        why = say(f"import.{error.key}", **error.values)
        raise Failed(say("import.refused", path=str(source), why=why)) from error
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Failed(say("import.refused", path=str(source), why=f"{why}.")) from error
    desk.tell_notices()
    counts = {"added": report.added, "changed": report.changed, "same": report.same}
    said = [say.count(f"import.{name}", n) for name, n in counts.items() if n]
    desk.print(", ".join(said) + "." if said else say("import.nothing"))
    if report.left_out:
        desk.print(say.count("import.left_out", report.left_out))
    return 0


def _path(typed: str) -> Path:
    path = Path(typed)
    with suppress(RuntimeError):  # `~name` of somebody who is not on this machine
        return path.expanduser()
    return path


MAKERS: dict[str, Callable[[Wording], Command]] = {"export": _export, "import": _import}
