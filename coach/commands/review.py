"""Commands that only read: `list`, `show`, `review`, `path`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from coach.commands.command import Command, argument, flag, option
from coach.commands.failures import Failed, Misused
from coach.commands.output import write_bytes
from coach.language.care import gate
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.desk import Desk
    from coach.export.listing import Listed
    from coach.store.entries import Entry


def _list(say: Wording) -> Command:
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
    desk: Desk, *, json: bool, flow: str, since: str, until: str, search: str, trash: bool
) -> int:
    """Prints the entries that were asked for, newest first."""
    from coach.export.listing import list_entries, to_json

    first, last = _day(desk, since, "since"), _day(desk, until, "until")
    found = [
        one
        for one in list_entries(desk.journal, trash=trash)
        if (not flow or one.entry.flow == flow)
        and (not first or one.entry.date >= first)
        and (not last or one.entry.date <= last)
    ]
    if search.split():
        found = _matching(desk, found, search)
    desk.tell_notices()
    if json:
        write_bytes(to_json(found))
    elif found:
        from coach.commands.entry_lines import lines, room

        desk.print("\n".join(lines(found, desk.content, desk.say, room())))
    else:
        asked = flow or since or until or search
        desk.print(desk.say("list.none_found" if asked else f"list.{'bare' if trash else 'none'}"))
    return 0


def _print_json(data: Any) -> None:
    import msgspec

    write_bytes(msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n")


def _matching(desk: Desk, found: list[Listed], search: str) -> list[Listed]:
    """Those of `found` that hold every word, in what is kept or in its draft."""
    import msgspec

    from coach.browse.excerpts import choices_of, texts_of
    from coach.browse.text_index import SearchIndex

    choices = {
        flow: choices_of(flow, desk.content, desk.lang) for flow in {o.entry.flow for o in found}
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


def _day(desk: Desk, raw: str, name: str) -> str:
    """The day that `--since` or `--until` names, as kept; raises Misused when it names none."""
    if not raw.strip():
        return ""
    from coach.util.dates import parse_day

    # A month alone would be read as one of its days.
    day = None if re.fullmatch(r"\s*\d{4}([-/.]?\d{1,2})?\s*", raw) else parse_day(raw, desk.today)
    if day is None:
        raise Misused(desk.say("no_date", name=f"--{name}", value=raw))
    return day.isoformat()


def _show(say: Wording) -> Command:
    return Command("show", say, run_show, [argument("id", "ID"), flag(say, "show", "json")])


def run_show(desk: Desk, *, id: str, json: bool) -> int:
    """Prints one entry, named by its id or its beginning."""
    one = find(desk, id)
    desk.tell_notices()
    if json:
        from coach.export.listing import as_json

        _print_json(as_json(one, history=True))
        return 0
    from coach.commands.entry_page import page

    desk.print(page(one, desk))
    return 0


def find(desk: Desk, prefix: str, *, flow: str = "") -> Listed:
    """The one entry or draft whose id begins with `prefix`; raises Failed, Misused."""
    from coach.export.listing import SHORT_ID, Listed

    prefix = prefix.strip().lower()
    if not prefix:
        raise Misused(desk.say("no_id"))
    found: list[Entry] = desk.journal.find(prefix)
    exact = [entry for entry in found if entry.id == prefix]
    found = exact or found
    if not found:
        raise Failed(desk.say("unknown_id", id=prefix))
    if len(found) > 1:
        ids = ", ".join(entry.id[: max(SHORT_ID, len(prefix) + 4)] for entry in found[:5])
        more = "…" if len(found) > 5 else ""
        raise Failed(desk.say("many_ids", id=prefix, n=len(found), ids=ids + more))
    entry = found[0]
    if flow and entry.flow != flow:
        raise Failed(desk.say("other_flow", id=entry.id[:SHORT_ID], flow=entry.flow))
    draft = desk.journal.drafts.read_draft(entry.id)
    if draft is None:
        return Listed(entry)
    return (
        Listed(entry, draft.entry) if entry.status == "done" else Listed(draft.entry, draft.entry)
    )


def _review(say: Wording) -> Command:
    text = argument("words", say("sentence"), many=True)
    return Command("review", say, run_review, [text, flag(say, "review", "json")])


def run_review(desk: Desk, *, words: tuple[str, ...], json: bool) -> int:
    """Says what the coach notices in a sentence, and what it would ask."""
    from coach.language.nudges import questions, verdict
    from coach.util.text import clean

    text = clean(" ".join(words))
    seen = verdict(text)
    asks = questions(text, desk.lang)
    labels = {
        "quantified": seen.quantified,
        "vague": seen.vague,
        "blame": seen.blame,
        "varnish": seen.varnish,
    }
    line = gate(desk.lang, text)
    if json:
        _print_json(labels | {"care": bool(line), "questions": asks})
        return 0
    if line:
        desk.print(line)
        return 0
    say = desk.say
    said = [say(f"review.is_{name}") for name, there in labels.items() if there]
    if not said:
        said = [say("review.plain" if text.strip() else "review.empty")]
    desk.print("\n".join([*said, *(f"- {question}" for question in asks)]))
    return 0


def _path(say: Wording) -> Command:
    return Command("path", say, run_path)


def run_path(desk: Desk) -> int:
    """Prints the folder where everything is kept."""
    desk.print(str(desk.data_folder.folder))
    return 0


MAKERS: dict[str, Callable[[Wording], Command]] = {
    "list": _list,
    "show": _show,
    "review": _review,
    "path": _path,
}
