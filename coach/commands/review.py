"""`coach review`: what the judge notices in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.commands.output import print_json
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.command import Command
    from coach.commands.invocation import Invocation


def make_command(say: Wording) -> Command:
    """The command, which speaks the language of `say`."""
    from coach.commands.command import Command, argument, flag

    text = argument("words", say("sentence"), many=True)
    return Command("review", say, run_review, [text, flag(say, "review", "json")])


def run_review(invocation: Invocation, *, words: tuple[str, ...], json: bool = False) -> int:
    """Says what the coach notices in a sentence, and what it would ask."""
    from coach.language.care import gate
    from coach.language.nudges import questions, verdict
    from coach.util.text import clean

    text = clean(" ".join(words))
    seen = verdict(text)
    asks = questions(text, invocation.lang)
    labels = {
        "quantified": seen.quantified,
        "vague": seen.vague,
        "blame": seen.blame,
        "varnish": seen.varnish,
    }
    line = gate(invocation.lang, text)
    if json:
        print_json(labels | {"care": bool(line), "questions": asks})
        return 0
    if line:
        invocation.print(line)
        return 0
    say = invocation.say
    said = [say(f"review.is_{name}") for name, there in labels.items() if there]
    if not said:
        said = [say("review.plain" if text.strip() else "review.empty")]
    invocation.print("\n".join([*said, *(f"- {question}" for question in asks)]))
    return 0
