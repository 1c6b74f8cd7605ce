"""Objectives: what each week brought to them, what is left to explore, planned against done."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

from textual import work
from textual.app import ComposeResult
from textual.content import Content

from coach.flows.request import SessionRequest
from coach.internship.objectives import (
    Objective,
    Planned,
    objectives,
    outside,
    planned,
    weeks_between,
)
from coach.proofs.all_proofs import all_proofs
from coach.store.answers import day_of, ids_of
from coach.store.entries import Entry, iso_week
from coach.store.journal import JournalError
from coach.util.text import one_line
from coach.util.wording import Wording
from screens.base.keys import key
from screens.base.screen import CoachScreen
from screens.base.theme import MUTED
from screens.browse.reader import Reader
from screens.common.list_screen import STYLE
from screens.widgets.keyline import KeyLine
from screens.widgets.say import Say
from screens.widgets.sheet import SheetLine


@dataclass(frozen=True)
class Found:
    """The data of the screen, read in one pass."""

    internship: Entry | None
    objectives: list[Objective]
    planned: list[Planned]
    outside: int


class ObjectivesScreen(CoachScreen["SessionRequest | None"]):
    """A page to read; answers with the session to open, or None."""

    CSS_PATH = STYLE
    BINDINGS = [
        key("objectives.edit", "e", "edit"),
        key("help", "f1", "help"),
        key("list.close", "escape,q", "close"),
    ]

    def compose(self) -> ComposeResult:
        """The title and the page."""
        self.words = Wording("objectives", self.lang)
        self.found = Found(None, [], [], 0)
        yield Say(self.words("title"), id="title")
        yield Reader(id="page")
        yield KeyLine()

    def on_mount(self) -> None:
        """Reads the journal off this thread."""
        self.query_one(Reader).focus()
        self.load()

    @work(exclusive=True)
    async def load(self) -> None:
        """Reads what to show and shows it."""
        try:
            self.found = await asyncio.to_thread(self._read)
        except JournalError as error:
            self.coach.tell(self.coach.explain(error))
            return
        if self.is_attached:
            self.query_one(Reader).show(list(self._lines(self.found)))

    def _read(self) -> Found:
        dossier = self.coach.workspace.dossier()
        about = dossier.internship
        if about is None:
            return Found(None, [], [], 0)
        own = [proof for proof in all_proofs(dossier.snapshot) if proof.internship == about.id]
        missions = planned(dossier.missions, own)
        apart = len(outside(missions, own)) if missions else 0
        return Found(about, objectives(about, dossier.weeks), missions, apart)

    # Drawing

    def _lines(self, found: Found) -> Iterator[SheetLine]:
        say = self.words
        if found.internship is None or not found.objectives:
            yield SheetLine(Content(say("none" if found.internship else "no_internship")))
        first = True
        for one in found.objectives:
            if one.id == "main":
                yield SheetLine(Content.styled(say("main"), "bold $primary"))
            elif first:
                first = False
                yield SheetLine(Content.styled(say("milestones"), "bold $primary"))
            yield from self._objective(one, found)
            yield SheetLine(Content())
        if any(one.marks for one in found.objectives):
            signs = {mark: self._sign(mark) for mark in ("none", "some", "forward", "reached")}
            yield SheetLine(Content.styled(say("scale", **signs), MUTED))
            yield SheetLine(Content())
        if found.planned:
            yield from self._planned(found)

    def _objective(self, one: Objective, found: Found) -> Iterator[SheetLine]:
        say = self.words
        yield SheetLine(Content.styled(one.label, "bold"))
        told = [say("due", due=one.due)] if one.due else []
        yield SheetLine(Content.styled(" · ".join([*told, self._state(one, found)]), MUTED))
        if one.marks:
            strip = " ".join(self._sign(mark) for _, mark in one.marks)
            yield SheetLine(Content.styled(strip, "$primary"))
        if one.sign:
            yield SheetLine(Content(say("sign", sign=one.sign)))
        if one.id == "main" and found.internship is not None:
            yield SheetLine(Content.styled(say(f"agreed_{_agreed(found.internship)}"), MUTED))
        if one.drifting(self.coach.workspace.today):
            yield SheetLine(Content.styled(f"{self.symbols.nudge} {say('drift')}", "$secondary"))

    def _state(self, one: Objective, found: Found) -> str:
        say = self.words
        start = day_of(found.internship.answers, "start") if found.internship else None
        if one.reached:
            first = iso_week(start) if start else one.marks[0][0]
            return say("reached", week=weeks_between(first, one.reached) + 1)
        if one.late(self.coach.workspace.today):
            return say("late")
        if not one.begun:
            return say("never")
        return say.count("silent", one.silent) if one.silent else say("moving")

    def _sign(self, mark: str) -> str:
        signs = self.symbols
        return {
            "some": signs.bars[1],
            "forward": signs.bars[3],
            "reached": signs.done,
        }.get(mark, signs.to_come)

    def _planned(self, found: Found) -> Iterator[SheetLine]:
        say = self.words
        yield SheetLine(Content.styled(say("planned"), "bold $primary"))
        for mission in found.planned:
            n = len(mission.proofs)
            count = say.count("planned_count", n) if n else say("planned_none")
            sign = self.symbols.radios[bool(n)]
            yield SheetLine(
                Content.assemble(one_line(mission.what, 200), (f"  {count}", MUTED)), f"{sign} "
            )
        if found.outside:
            yield SheetLine(Content.styled(say.count("planned_outside", found.outside), MUTED))
        yield SheetLine(Content.styled(say("planned_words"), MUTED))

    # Ways

    def action_edit(self) -> None:
        """Opens the internship, where the objective and its steps are told."""
        about = self.found.internship
        self.dismiss(SessionRequest("internship", about.id if about else "", new=about is None))

    def action_close(self) -> None:
        """Back home."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Says what one can do here."""
        self.coach.navigation.help("objectives", self)


def _agreed(internship: Entry) -> str:
    """Who agreed: `both`, `tutor`, `school` or `none`."""
    who = set(ids_of(internship.answers, "agreed"))
    if {"tutor", "school"} <= who:
        return "both"
    return next((one for one in ("tutor", "school") if one in who), "none")
