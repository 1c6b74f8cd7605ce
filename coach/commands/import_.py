"""`coach import`: an export, a journal, a data folder, or the copies found here."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from coach.commands.command import Command, argument
from coach.commands.errors import Failed, Misused
from coach.disk.errors import JournalError
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.invocation import Invocation
    from coach.store.entries import Entry
from coach.commands.command import typed_path


def make_command(say: Wording) -> Command:
    """The command, which speaks the language of `say`."""
    return Command("import", say, run_import, [argument("path", say("file"), needed=False)])


def run_import(invocation: Invocation, *, path: str | None) -> int:
    """Takes in a file or a data folder, merged by id; without one, the copies found here."""
    from coach.importer.checker import BadExport
    from coach.importer.importer import merge_copies, take_in
    from coach.store.sync_copies import copies

    say = invocation.say
    if path is None and not copies(
        invocation.data_folder.folder, invocation.workspace.journal.keyring
    ):
        raise Misused(say("import.no_copies"))
    source = invocation.data_folder.folder if path is None else typed_path(path)
    invocation.writable()
    arguments = (invocation.workspace.content, invocation.workspace.today, invocation.lang)
    try:
        if path is None:
            report = merge_copies(invocation.workspace.journal, *arguments)
        else:
            report = take_in(invocation.workspace.journal, source, *arguments)
    except BadExport as error:
        why = say(f"import.{error.key}", **error.values)
        raise Failed(say("import.refused", path=str(source), why=why)) from error
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Failed(say("import.refused", path=str(source), why=f"{why}.")) from error
    from coach.importer.report import describe_import
    from coach.maintenance.passphrase import settle

    settle(
        invocation.workspace.journal
    )  # what was locked elsewhere opens with the passphrase of here from now on
    invocation.tell_notices()

    for line in describe_import(report, invocation.lang):
        invocation.print(line)
    for id_ in report.both:
        entry = None
        with suppress(JournalError):  # it is kept: only its line is not shown
            entry = invocation.workspace.journal.get(id_)
        if entry is not None:
            invocation.print(f"  {_line(entry, invocation)}")
    return 1 if report.left else 0


def _line(entry: Entry, invocation: Invocation) -> str:
    """'1f0c2d3e  2026-11-20  Séance de la semaine': enough to find it, nothing private quoted."""
    from coach.export.listing import SHORT_ID
    from coach.flows.content import flow_title

    title = flow_title(entry, invocation.workspace.content, invocation.lang)
    return f"{entry.id[:SHORT_ID]}  {entry.date}  {title}"
