"""`coach framework`: what a school expects, and how much of it the journal proves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.commands.command import Command, argument, typed_path
from coach.commands.errors import Failed
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.invocation import Invocation


def make_command(say: Wording) -> Command:
    """The command, which speaks the language of `say`."""
    return Command("framework", say, run_framework, [argument("path", say("file"), needed=False)])


def run_framework(invocation: Invocation, *, path: str | None) -> int:
    """Loads the framework at `path`, then tells the coverage; without one, of the newest."""
    from coach.features.skills.coverage import STATES, coverage_of, load, newest
    from coach.features.skills.frameworks import Unreadable
    from coach.proofs.skills import evidence_of
    from coach.store.snapshot import refresh_snapshot

    say, words = invocation.say, Wording("evidence", invocation.lang)
    if path is not None:
        source = typed_path(path)
        invocation.writable()
        try:
            load(
                invocation.workspace.journal,
                source,
                lang=invocation.lang,
                today=invocation.workspace.today,
            )
        except Unreadable as error:
            told = words(f"failed.{error.key}", path=str(source), why=error.why)
            raise Failed(told) from error
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise Failed(words("failed.read", path=str(source), why=why)) from error
    kept = refresh_snapshot(invocation.workspace.journal)
    invocation.tell_notices()
    framework = newest(kept)
    if framework is None:
        raise Failed(say("framework.none"))
    found = coverage_of(framework, evidence_of(kept, invocation.lang), invocation.lang)
    name = framework.name or words("untitled")
    invocation.print(words.count("loaded", len(framework.competencies), name=name))
    invocation.print(" · ".join(words.count(state, len(found.of(state))) for state in STATES))
    for state in STATES[:2]:
        for line in found.of(state):
            invocation.print(f"  {words(f'state.{state}')}  {line.competency.label} ({line.count})")
    return 0
