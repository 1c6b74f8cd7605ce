"""A school's framework beside the evidence: what is covered, thin, absent, and by which skills."""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList

from coach.features.skills.coverage import (
    STATES,
    Coverage,
    Covered,
    coverage_of,
    frameworks,
    load,
    newest,
    tie,
)
from coach.features.skills.frameworks import FLOW, Unreadable
from coach.flows.request import SessionRequest
from coach.proofs.skills import evidence_of
from coach.store.journal import JournalError
from coach.util.text import fold, one_line
from screens.base.keys import key
from screens.base.theme import MUTED
from screens.common.list_screen import STYLE, ListScreen
from screens.common.pickers import PickOne
from screens.skills.actions import evidence
from screens.skills.lines import competency_line
from screens.widgets.say import Say

SHOWN = 200
"""Absent competencies listed at once: of ESCO's thousands nobody reads more."""


class CoverageScreen(ListScreen):
    """A line for each competency; enter shows what proves it, or ties a skill to it."""

    read_again = True
    CSS_PATH = [STYLE, "skills.tcss"]
    AUTO_FOCUS = "OptionList"
    area = "coverage"
    wording = "evidence"
    BINDINGS = [
        key("coverage.open", "enter", "app.none", show=False),
        key("coverage.link", "l", "link"),
        key("coverage.search", "slash", "search"),
        key("coverage.load", "o", "load"),
        key("coverage.paste", "n", "paste"),
        key("coverage.which", "w", "which", show=False),
        key("help", "f1", "help"),
        key("skill.close", "escape", "close"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.coverage: Coverage | None = None
        self.which = ""
        """The entry of the framework that shows, '' for the newest."""
        self.typed = ""
        self.left = 0
        """Absent competencies that the list leaves out."""

    def compose(self) -> ComposeResult:
        """Title, how much is covered, a line to search in, the competencies."""
        first, *rest = super().compose()
        first = Say(self.words("coverage.title_none"), id="title")
        yield first
        yield Say("", id="when")
        yield Input(placeholder=self.words("coverage.search"), compact=True, id="search")
        yield from rest

    def on_mount(self) -> None:
        """The line to search in comes when it is asked for."""
        self.query_one("#search").display = False

    # What shows

    def lines(self) -> tuple[list[tuple[str, Content]], int]:
        """The competencies that match what was typed: in their order, or of many the proven ones
        first.
        """
        kept = self.coach.workspace.snapshot()
        known = frameworks(kept)
        if not known:
            self.coverage = None
            return [], 0
        chosen = (one for one in known if one.entry_id == self.which)
        framework = next(chosen, None) or newest(kept) or known[0]
        found = coverage_of(framework, evidence_of(kept, self.lang), self.lang)
        self.coverage = found
        words = fold(self.typed).split()
        numbered = [
            (number, line)
            for number, line in enumerate(found.lines)
            if all(word in fold(line.competency.label) for word in words)
        ]
        many, self.left = len(numbered) > SHOWN, 0
        if many:
            numbered.sort(key=lambda pair: STATES.index(pair[1].state))
            proven = sum(1 for _, line in numbered if line.skills)
            self.left = max(0, len(numbered) - proven - SHOWN)
            numbered = numbered[: proven + SHOWN]
        lines: list[tuple[str, Content]] = []
        group = ""
        for number, line in numbered:
            if line.competency.group != group and not many:
                group = line.competency.group
                lines.append((f"#{number}", Content.styled(group, "bold $primary")))
            told = competency_line(line, self.words, self.symbols, max(30, self.size.width - 4))
            lines.append((str(number), told))
        return lines, int(bool(lines) and lines[0][0].startswith("#"))

    def filled(self) -> None:
        """The title names the framework; below it how much is covered."""
        say, found = self.words, self.coverage
        counts = self.query_one("#when", Say)
        if found is None:
            self.query_one("#title", Say).update(say("coverage.title_none"))
            counts.say("")
            return
        name = one_line(found.framework.name or say("untitled"), max(16, self.size.width - 16))
        self.query_one("#title", Say).update(say("coverage.title", name=name))
        told = " · ".join(say.count(state, len(found.of(state))) for state in STATES)
        left = f"   {say.count('coverage.more', self.left)}" if self.left else ""
        counts.say(Content.assemble(told, (left, MUTED)))

    def focus_list(self) -> None:
        """While one searches, the cursor stays in the line one types in."""
        if not self.query_one("#search").has_focus:
            super().focus_list()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a framework there is nothing to link or to search."""
        return action not in ("link", "search") or self.coverage is not None

    def nothing(self) -> str:
        """The text shown without a framework: how to import one."""
        return self.words("coverage.none" if self.coverage is None else "coverage.nothing")

    def line(self) -> Covered | None:
        """The competency under the cursor."""
        chosen = self.chosen()
        if self.coverage is None or not chosen.isdigit():
            return None
        return self.coverage.lines[int(chosen)]

    # What is done

    @on(OptionList.OptionSelected)
    @work(exclusive=True, group="act")
    async def _selected(self) -> None:
        line = self.line()
        if line is None:
            return
        if not line.skills:
            await self._tie(line)
            return
        from screens.skills.skill import SkillScreen

        wanted: str | None = line.skills[0].key
        if len(line.skills) > 1:
            offered = [(skill.key, skill.name, skill.count) for skill in line.skills]
            wanted = await self.app.push_screen_wait(PickOne(line.competency.label, offered, ""))
        if wanted:
            self.app.push_screen(SkillScreen(wanted))

    @work(exclusive=True, group="act")
    async def action_link(self) -> None:
        """Says which skill proves the competency under the cursor."""
        if line := self.line():
            await self._tie(line)

    async def _tie(self, line: Covered) -> None:
        say, found, label = self.words, self.coverage, line.competency.label
        if found is None:
            return
        known = await asyncio.to_thread(evidence, self.coach)
        stems = {word[:5] for word in fold(label).split() if len(word) > 3}
        skills = sorted(known.skills, key=lambda one: -_shared(one.key, stems))
        offered = [(one.name, one.name, one.count) for one in skills]
        tied = found.framework.links.get(fold(label))
        if tied:
            offered.insert(0, ("", say("link.nothing"), 0))
        question = say("link.ask", name=one_line(label, 120))
        name = await self.app.push_screen_wait(
            PickOne(
                question, offered, tied[0] if tied else "", say("link.none") if not skills else ""
            )
        )
        if name is None:
            return
        journal, framework = self.coach.workspace.journal, found.framework
        try:
            await asyncio.to_thread(tie, journal, framework, label, name)
        except JournalError as error:
            self.coach.tell(self.coach.explain(error))
            return
        self.coach.tell(say("linked" if name else "unlinked", skill=name, name=one_line(label, 60)))
        self.fill()

    @work(exclusive=True, group="act")
    async def action_load(self) -> None:
        """Asks for a file and reads it."""
        from screens.common.pickers import AskPath

        say, coach = self.words, self.coach
        ask = AskPath("~/", say("open.ask"), say("open.help"), say("open.read"))
        typed = await self.app.push_screen_wait(ask)
        if not typed:
            return
        path = Path(typed)
        try:
            path = path.expanduser()
            entry = await asyncio.to_thread(
                lambda: load(
                    coach.workspace.journal, path, lang=coach.lang, today=coach.workspace.today
                )
            )
        except JournalError as error:
            coach.tell(coach.explain(error))
        except Unreadable as error:
            coach.tell(say(f"failed.{error.key}", path=str(path), why=error.why))
        except (OSError, RuntimeError) as error:
            why = getattr(error, "strerror", None) or type(error).__name__
            coach.tell(say("failed.read", path=str(path), why=why))
        else:
            self.which, self.typed = entry.id, ""
            self.fill()

    def action_paste(self) -> None:
        """Opens the list to correct it, or an empty one to paste into."""
        if self.coverage is None:
            self.coach.navigation.open_session(SessionRequest(FLOW, new=True))
        else:
            self.coach.navigation.open_session(
                SessionRequest(FLOW, self.coverage.framework.entry_id)
            )

    @work(exclusive=True, group="act")
    async def action_which(self) -> None:
        """Chooses between several frameworks."""
        kept = await asyncio.to_thread(self.coach.workspace.snapshot)
        offered = [
            (one.entry_id, one.name or self.words("untitled"), len(one.competencies))
            for one in frameworks(kept)
        ]
        which = await self.app.push_screen_wait(
            PickOne(self.words("which.ask"), offered, self.which)
        )
        if which:
            self.which = which
            self.fill()

    # Searching

    def action_search(self) -> None:
        """Opens the line to search in."""
        line = self.query_one("#search", Input)
        line.display = True
        self.set_focus(line)  # now: a letter typed right after is for the search

    @on(Input.Changed, "#search")
    def _typed(self, event: Input.Changed) -> None:
        self.typed = event.value
        self.fill()

    @on(Input.Submitted, "#search")
    def _entered(self) -> None:
        self.options.focus()

    def key_down(self) -> None:
        """From the line one types in, down goes to the competencies."""
        if self.query_one("#search").has_focus:
            self.options.focus()

    def action_close(self) -> None:
        """Out of the search first, then back."""
        line = self.query_one("#search", Input)
        if line.display:
            line.value, line.display, self.typed = "", False, ""
            self.options.focus()
            self.fill()
        else:
            self.dismiss(None)


def _shared(name: str, stems: set[str]) -> int:
    """The number of words of `name` whose first five letters are one of `stems`."""
    return sum(word[:5] in stems for word in name.split())
