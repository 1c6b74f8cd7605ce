"""Actions on a skill, in the list and on its own screen: rename, join, sort, undo."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import HorizontalGroup, VerticalScroll
from textual.widgets import Input

from coach.features.skills.aliases import latest, rename
from coach.proofs.all_proofs import strongest_proofs
from coach.proofs.skill_list import skill_names
from coach.proofs.skills import ALIAS, KINDS, Evidence, SkillRecord, evidence_of
from coach.store.journal import JournalError
from coach.util.text import fold
from coach.util.wording import Wording
from screens.common.dialogs import Choose
from screens.common.pickers import PickOne, Question
from screens.skills.tell_story import OFFERED
from screens.widgets.act import Act
from screens.widgets.say import Say

if TYPE_CHECKING:
    from screens.base.coach import Coach


def evidence(coach: Coach) -> Evidence:
    """The evidence as the journal now stands; call it from a thread. Raises JournalError."""
    return evidence_of(coach.workspace.snapshot(), coach.lang)


def warm(coach: Coach, stop: Callable[[], bool]) -> int:
    """Gathers and judges what skills and stories show first, until `stop()`; how many entries
    there are. Call it from a thread. Raises JournalError.
    """
    kept = coach.workspace.snapshot()
    for skill in evidence_of(kept, coach.lang).skills:
        if stop():
            break
        skill.best  # noqa: B018 - judged now, and kept
    if not stop():
        strongest_proofs(kept, OFFERED)
    return len(kept.entries)


class AskName(Question[str]):
    """Asks for the name of a skill; answers with what was typed, None when left."""

    def __init__(self, name: str, names: list[str]) -> None:
        super().__init__()
        self.skill_name = name
        self.names = names

    def compose(self) -> ComposeResult:
        """The line, with the name there is; other skills are offered while one types."""
        from screens.widgets.suggester import SkillSuggester

        say = Wording("evidence", self.lang)
        with VerticalScroll(classes="dialog pick", can_focus=False):
            yield Say(say("rename.ask", name=self.skill_name), classes="title")
            suggester = SkillSuggester(self.names, skill_names(self.lang))
            yield Input(self.skill_name, compact=True, suggester=suggester)
            yield Say(say("rename.help"), classes="muted below")
            with HorizontalGroup(classes="answers"):
                yield Act(say("rename.keep"), "keep")

    @on(Input.Submitted)
    @on(Act.Done)
    def _done(self) -> None:
        self.dismiss(self.query_one(Input).value.strip() or None)


async def rename_skill(coach: Coach, skill: SkillRecord) -> str | None:
    """Asks for another name and keeps it; the skill's key from then on, None if nothing changed.

    Call it, like the others here, from a worker.
    """
    known = await asyncio.to_thread(evidence, coach)
    others = [one.name for one in known.skills if one.key != skill.key]
    name = await coach.push_screen_wait(AskName(skill.name, others))
    return await _change(coach, skill, name, known) if name else None


async def merge_skill(coach: Coach, skill: SkillRecord) -> str | None:
    """Asks which other skill this one is, and joins them; its key from then on, or None."""
    say = Wording("evidence", coach.lang)
    known = await asyncio.to_thread(evidence, coach)
    offered = [(one.name, one.name, one.count) for one in known.skills if one.key != skill.key]
    question = say("merge.ask", name=skill.name)
    name = await coach.push_screen_wait(PickOne(question, offered, "", say("merge.none")))
    return await _change(coach, skill, name, known) if name else None


async def sort_skill(coach: Coach, skill: SkillRecord) -> str | None:
    """Asks of what kind the skill is; its key, or None if nothing changed."""
    say = Wording("evidence", coach.lang)
    ways = {kind: say(f"kind.{kind}") for kind in KINDS}
    kind = await coach.push_screen_wait(Choose(say("kind.ask", name=skill.name), ways))
    if not kind or not await _keep(coach, skill, skill.name, kind):
        return None
    coach.tell(say("sorted", name=skill.name, kind=say(kind)))
    return skill.key


async def undo_change(coach: Coach, skill: SkillRecord) -> str | None:
    """Moves the newest change of this skill to the trash; '' where it was joined or renamed,
    so that it may be gone, None where there is none.
    """
    say = Wording("evidence", coach.lang)
    try:
        aliases = (await asyncio.to_thread(coach.workspace.snapshot)).of(ALIAS)
        entry = latest(aliases, skill)
        if entry is None:
            coach.tell(say("undo.none"))
            return None
        await asyncio.to_thread(coach.workspace.journal.trash, entry.id)
    except JournalError as error:
        coach.tell(coach.explain(error))
        return None
    coach.tell(say("undone"))
    return fold(str(entry.answers["name"]))


async def _change(coach: Coach, skill: SkillRecord, name: str, known: Evidence) -> str | None:
    say = Wording("evidence", coach.lang)
    joins = known.by_key.get(fold(name))
    joins = joins if joins is not None and joins.key != skill.key else None
    kind = joins.kind if joins else ""
    if not await _keep(coach, skill, joins.name if joins else name, kind):
        return None
    key = "merged" if joins else "renamed"
    coach.tell(say(key, old=skill.name, new=joins.name if joins else name))
    return fold(name)


async def _keep(coach: Coach, skill: SkillRecord, name: str, kind: str) -> bool:
    try:
        kept = await asyncio.to_thread(
            lambda: rename(
                coach.workspace.journal,
                skill,
                name,
                kind=kind,
                lang=coach.lang,
                today=coach.workspace.today,
            )
        )
    except JournalError as error:
        coach.tell(coach.explain(error))
        return False
    return kept is not None


ACTS: dict[str, Callable[..., Awaitable[str | None]]] = {
    "rename": rename_skill,
    "merge": merge_skill,
    "sort": sort_skill,
    "undo": undo_change,
}
"""What can be done to a skill, by name."""
