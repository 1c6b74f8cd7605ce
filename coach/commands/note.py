"""`coach note`: quick capture, also while the app is open."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.command import Command
    from coach.commands.desk import Desk


def make_command(say: Wording) -> Command:
    """The command, which speaks the language of `say`."""
    from coach.commands.command import Command, argument, flag

    text = argument("words", say("text"), many=True, needed=False)
    return Command("note", say, run_note, [text, flag(say, "note", "plain")])


def run_note(desk: Desk, *, words: tuple[str, ...], plain: bool = False) -> int:
    """Keeps a proof; the weekly session hands it back to be completed.

    `-`, and `--plain` where nobody types, take standard input whole, its lines kept.
    """
    from coach.util.text import clean_line

    if words == ("-",) or (plain and not words and not _typed()):
        text = _piped(desk)
    elif plain and not words:
        from coach.commands.sessions import run_plain
        from coach.flows.request import SessionRequest

        return run_plain(desk, SessionRequest("note"))
    else:
        text = clean_line(" ".join(words))
    if not text:
        from coach.commands.failures import Misused

        raise Misused(desk.say("note.empty"))
    from coach.store.entries import new_entry

    desk.writable()
    internship = desk.workspace.current_internship()
    entry = new_entry(
        "note",
        lang=desk.lang,
        day=desk.workspace.today,
        moment=desk.workspace.journal.clock(),
        internship=internship.id if internship else None,
        answers={"text": text},
    )
    entry.status = "done"
    desk.workspace.journal.save(entry)
    desk.tell_notices()
    from coach.language.care import gate

    line = gate(desk.lang, text)
    desk.print(f"{line}\n{desk.say('note.kept_quietly')}" if line else desk.say("note.kept"))
    return 0


def _typed() -> bool:
    """Whether somebody types at a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()


def _piped(desk: Desk) -> str:
    """All of standard input, cleaned; raises Failed where it is closed."""
    from coach.util.text import clean

    desk.writable()  # a passphrase may come first, by the same descriptor
    if sys.stdin is None:
        from coach.commands.failures import Failed

        raise Failed(desk.say("no_input"))
    if hasattr(sys.stdin, "reconfigure"):
        # Bytes that are no text come in as lone surrogates, which cleaning replaces.
        sys.stdin.reconfigure(errors="surrogateescape")
    return clean(sys.stdin.read()).strip()
