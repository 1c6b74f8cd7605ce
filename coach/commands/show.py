"""`coach show`: one entry to read, found by the beginning of its id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.commands.command import Command, argument, flag
from coach.commands.failures import Failed, Misused
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.invocation import Invocation
    from coach.export.listing import Listed
    from coach.store.entries import Entry
from coach.commands.output import print_json


def make_command(say: Wording) -> Command:
    """The command, which speaks the language of `say`."""
    return Command("show", say, run_show, [argument("id", "ID"), flag(say, "show", "json")])


def run_show(invocation: Invocation, *, id: str, json: bool) -> int:
    """Prints one entry, named by its id or its beginning."""
    one = find(invocation, id)
    invocation.tell_notices()
    if json:
        from coach.export.listing import as_json

        print_json(as_json(one, history=True))
        return 0
    from coach.commands.entry_text import page

    invocation.print(page(one, invocation))
    return 0


def find(invocation: Invocation, prefix: str, *, flow: str = "") -> Listed:
    """The one entry or draft whose id begins with `prefix`; raises Failed, Misused."""
    from coach.export.listing import SHORT_ID, Listed

    prefix = prefix.strip().lower()
    if not prefix:
        raise Misused(invocation.say("no_id"))
    found: list[Entry] = invocation.workspace.journal.find(prefix)
    exact = [entry for entry in found if entry.id == prefix]
    found = exact or found
    if not found:
        raise Failed(invocation.say("unknown_id", id=prefix))
    if len(found) > 1:
        ids = ", ".join(entry.id[: max(SHORT_ID, len(prefix) + 4)] for entry in found[:5])
        more = "…" if len(found) > 5 else ""
        raise Failed(invocation.say("many_ids", id=prefix, n=len(found), ids=ids + more))
    entry = found[0]
    if flow and entry.flow != flow:
        raise Failed(invocation.say("other_flow", id=entry.id[:SHORT_ID], flow=entry.flow))
    draft = invocation.workspace.journal.drafts.read(entry.id)
    if draft is None:
        return Listed(entry)
    return (
        Listed(entry, draft.entry) if entry.status == "done" else Listed(draft.entry, draft.entry)
    )
