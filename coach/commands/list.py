"""`coach list`: what is kept, newest first, narrowed down."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coach.commands.output import write_bytes
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.command import Command
    from coach.commands.invocation import Invocation
    from coach.export.listing import Listed


def make_command(say: Wording) -> Command:
    """The command, which speaks the language of `say`."""
    from coach.commands.command import Command, flag, option

    return Command(
        "list",
        say,
        run_list,
        [
            flag(say, "list", "json"),
            option(say, "list", "flow", "ID"),
            option(say, "list", "since", "DATE"),
            option(say, "list", "until", "DATE"),
            option(say, "list", "search", say("text")),
            flag(say, "list", "trash"),
        ],
    )


def run_list(
    invocation: Invocation,
    *,
    json: bool = False,
    flow: str = "",
    since: str = "",
    until: str = "",
    search: str = "",
    trash: bool = False,
) -> int:
    """Prints the entries that were asked for, newest first."""
    from coach.export.listing import list_entries, to_json

    first, last = _day(invocation, since, "since"), _day(invocation, until, "until")
    found = [
        one
        for one in list_entries(invocation.workspace.journal, trash=trash)
        if (not flow or one.entry.flow == flow)
        and (not first or one.entry.date >= first)
        and (not last or one.entry.date <= last)
    ]
    if search.split():
        found = _matching(invocation, found, search)
    invocation.tell_notices()
    if json:
        write_bytes(to_json(found))
    elif found:
        from coach.commands.entry_text import lines, room

        invocation.print(
            "\n".join(lines(found, lambda: invocation.workspace.content, invocation.say, room()))
        )
    else:
        asked = flow or since or until or search
        invocation.print(
            invocation.say("list.none_found" if asked else f"list.{'bare' if trash else 'none'}")
        )
    return 0


def _matching(invocation: Invocation, found: list[Listed], search: str) -> list[Listed]:
    """Those of `found` that hold every word, in what is kept or in its draft."""
    import msgspec

    from coach.browse.excerpts import choices_of, texts_of
    from coach.browse.text_index import SearchIndex

    choices = {
        flow: choices_of(flow, invocation.workspace.content, invocation.lang)
        for flow in {o.entry.flow for o in found}
    }
    index = SearchIndex()
    index.update(
        msgspec.structs.replace(
            one.entry,
            answers={
                str(number): texts_of(entry, choices[entry.flow])
                for number, entry in enumerate((one.entry, one.draft))
                if entry is not None
            },
        )
        for one in found
    )
    ids = set(index.find(search.split()))
    return [one for one in found if one.entry.id in ids]


def _day(invocation: Invocation, raw: str, name: str) -> str:
    """The day that `--since` or `--until` names, as kept; raises Misused when it names none."""
    if not raw.strip():
        return ""
    from coach.util.dates import parse_day

    # A month alone would be read as one of its days.
    day = (
        None
        if re.fullmatch(r"\s*\d{4}([-/.]?\d{1,2})?\s*", raw)
        else parse_day(raw, invocation.workspace.today)
    )
    if day is None:
        from coach.commands.errors import Misused

        raise Misused(invocation.say("no_date", name=f"--{name}", value=raw))
    return day.isoformat()
