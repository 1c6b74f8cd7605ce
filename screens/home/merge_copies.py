"""Copies that a synchronising tool left beside the journal: offered for merging, then told."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from coach.store.journal import JournalError
from coach.util.text import one_line
from coach.util.wording import Wording
from screens.common.dialogs import Ask, Choose

if TYPE_CHECKING:
    from coach.importer.importer import ImportReport
    from screens.base.coach import Coach

NAMED = 3
"""How many copies are named in the question, and how many entries after it."""


async def merge_copies(app: Coach, names: list[str]) -> None:
    """Asks whether to merge the copies called `names`, does it and tells what came of it.

    Call it from a worker.
    """
    say = Wording("app", app.lang)
    listed = [one_line(name, 60) for name in names[:NAMED]]
    if len(names) > NAMED:
        listed.append("…")
    question = say.count("copies.ask", len(names), names="\n".join(f"  {one}" for one in listed))
    if not await app.push_screen_wait(Ask(question)):
        return
    from coach.importer.importer import BadExport, merge_copies

    deed = partial(
        merge_copies, app.workspace.journal, app.workspace.content, app.workspace.today, app.lang
    )
    try:
        while True:
            try:
                report = await asyncio.to_thread(deed)
                break
            except JournalError as error:
                if not await app.navigation.unlock_for(error):  # one of them was locked elsewhere
                    app.tell(app.explain(error))
                    return
    except (BadExport, OSError) as error:
        app.tell(say("copies.refused", why=_why(error, app.lang)))
    else:
        await _tell(app, report)


def _why(error: Exception, lang: str) -> str:
    from coach.importer.importer import BadExport

    if isinstance(error, BadExport):
        return Wording("cli", lang)(f"import.{error.key}", **error.values)
    why = getattr(error, "strerror", None) or type(error).__name__
    return Wording("errors", lang)("os", why=why)


async def _tell(app: Coach, report: ImportReport) -> None:
    """Says what was merged; what was changed on both sides can be looked at from there."""
    from coach.flows.content import flow_title
    from coach.importer.report import describe_import

    say = Wording("app", app.lang)
    text = "\n".join(describe_import(report, app.lang))
    ways = {}
    for id_ in report.both[:NAMED]:
        entry = app.workspace.journal.get(id_)
        if entry is not None:
            name = f"{entry.date}, {flow_title(entry, app.workspace.content, app.lang)}"
            ways[id_] = say("copies.see", name=name)
    ways[""] = say("copies.close")
    chosen = await app.push_screen_wait(Choose(text, ways))
    if chosen:
        from screens.browse.history import HistoryScreen

        await app.push_screen_wait(HistoryScreen(chosen))
