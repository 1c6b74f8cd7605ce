"""Commands in their plainest form: words alone, no option, so nothing for click to parse.

`coach list` and `coach note Accueil de 12 familles` are typed dozens of times a week; importing
click and describing every option costs them more than what they do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.commands.invocation import Invocation


def run_plainest(args: Sequence[str], invocation: Invocation) -> int | None:
    """The exit code of the command that `args` name, once it ran; None where click must read them.

    It does and prints what the command does and prints when click has read the same words.
    """
    name, *words = args
    if any(word.startswith("-") for word in args):
        return None
    if name == "list" and not words:
        from coach.commands.list import run_list

        invocation.check()
        return run_list(invocation)
    if name == "path" and not words:
        from coach.commands.path import run_path

        invocation.check()
        return run_path(invocation)
    if name == "show" and len(words) == 1 and words[0].strip():
        from coach.commands.show import run_show

        invocation.check()
        return run_show(invocation, id=words[0])
    if name == "review" and words:
        from coach.commands.review import run_review

        invocation.check()
        return run_review(invocation, words=tuple(words))
    if name == "note" and words:
        from coach.commands.note import run_note
        from coach.util.text import clean_line

        if clean_line(" ".join(words)):
            invocation.check()
            return run_note(invocation, words=tuple(words))
    return None
