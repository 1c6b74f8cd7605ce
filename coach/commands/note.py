"""`note`: quick capture, also while the app is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from coach.commands.command import Command, Misused, argument, flag
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.desk import Desk


def _note(say: Wording) -> Command:
    text = argument("words", say("text"), many=True, needed=False)
    return Command("note", say, run_note, [text, flag(say, "note", "plain")])


def run_note(desk: Desk, *, words: tuple[str, ...], plain: bool) -> int:
    """Keeps a proof; the weekly session hands it back to be completed."""
    from coach.util.text import clean_line

    text = clean_line(" ".join(words))
    if not text:
        if plain and not words:
            from coach.commands.sessions import run_plain
            from coach.flows.request import Request

            return run_plain(desk, Request("note"))
        raise Misused(desk.say("note.empty"))
    from coach.store.entries import new_entry

    desk.writable()
    internship = desk.internship()
    entry = new_entry(
        "note",
        lang=desk.lang,
        day=desk.today,
        moment=desk.journal.clock(),
        internship=internship.id if internship else None,
        answers={"text": text},
    )
    entry.status = "done"
    desk.journal.save(entry)
    desk.tell_notices()
    desk.print(desk.say("note.kept"))
    return 0


MAKERS: dict[str, Callable[[Wording], Command]] = {"note": _note}
