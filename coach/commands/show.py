"""`coach show`: one entry to read, found by the beginning of its id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.commands.output import print_json
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.command import Command
    from coach.commands.invocation import Invocation
    from coach.export.listing import Listed
    from coach.store.entries import Entry


def make_command(say: Wording) -> Command:
    """The command, which speaks the language of `say`."""
    from coach.commands.command import Command, argument, flag

    return Command("show", say, run_show, [argument("id", "ID"), flag(say, "show", "json")])


def run_show(invocation: Invocation, *, id: str, json: bool = False) -> int:
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
        raise _misused(invocation.say("no_id"))
    found: list[Entry] = invocation.workspace.journal.find(prefix)
    exact = [entry for entry in found if entry.id == prefix]
    found = exact or found
    if not found:
        raise _failed(invocation.say("unknown_id", id=prefix))
    if len(found) > 1:
        ids = ", ".join(entry.id[: max(SHORT_ID, len(prefix) + 4)] for entry in found[:5])
        more = "…" if len(found) > 5 else ""
        raise _failed(invocation.say("many_ids", id=prefix, n=len(found), ids=ids + more))
    entry = found[0]
    if flow and entry.flow != flow:
        raise _failed(invocation.say("other_flow", id=entry.id[:SHORT_ID], flow=entry.flow))
    draft = invocation.workspace.journal.drafts.read_draft(entry.id)
    if draft is None:
        return Listed(entry)
    return (
        Listed(entry, draft.entry) if entry.status == "done" else Listed(draft.entry, draft.entry)
    )


# What only a failure needs is imported where one is: it brings all of click.


def _failed(text: str) -> Exception:
    from coach.commands.errors import Failed

    return Failed(text)


def _misused(text: str) -> Exception:
    from coach.commands.errors import Misused

    return Misused(text)
