"""`coach note`: quick capture, also while the app is open."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.command import Command
    from coach.commands.invocation import Invocation


def make_command(say: Wording) -> Command:
    """The command, which speaks the language of `say`."""
    from coach.commands.command import Command, argument, flag

    text = argument("words", say("text"), many=True, needed=False)
    return Command("note", say, run_note, [text, flag(say, "note", "plain")])


def run_note(invocation: Invocation, *, words: tuple[str, ...], plain: bool = False) -> int:
    """Keeps a proof; the weekly session hands it back to be completed.

    `-`, and `--plain` where nobody types, take standard input whole, its lines kept.
    """
    from coach.util.text import clean_line

    if words == ("-",) or (plain and not words and not _typed()):
        text = _piped(invocation)
    elif plain and not words:
        from coach.commands.sessions import run_plain
        from coach.flows.request import SessionRequest

        return run_plain(invocation, SessionRequest("note"))
    else:
        text = clean_line(" ".join(words))
    if not text:
        from coach.commands.errors import Misused

        raise Misused(invocation.say("note.empty"))
    from coach.store.entries import new_entry

    invocation.writable()
    internship = invocation.workspace.current_internship()
    entry = new_entry(
        "note",
        lang=invocation.lang,
        day=invocation.workspace.today,
        moment=invocation.workspace.journal.clock(),
        internship=internship.id if internship else None,
        answers={"text": text},
    )
    entry.status = "done"
    invocation.workspace.journal.save(entry)
    invocation.tell_notices()
    from coach.language.care import gate

    line = gate(invocation.lang, text)
    invocation.print(
        f"{line}\n{invocation.say('note.kept_quietly')}" if line else invocation.say("note.kept")
    )
    return 0


def _typed() -> bool:
    """Whether somebody types at a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()


def _piped(invocation: Invocation) -> str:
    """All of standard input, cleaned; raises Failed where it is closed."""
    from coach.util.text import clean

    invocation.writable()  # a passphrase may come first, by the same descriptor
    if sys.stdin is None:
        from coach.commands.errors import Failed

        raise Failed(invocation.say("no_input"))
    if hasattr(sys.stdin, "reconfigure"):
        # Bytes that are no text come in as lone surrogates, which cleaning replaces.
        sys.stdin.reconfigure(errors="surrogateescape")
    return clean(sys.stdin.read()).strip()
