"""Skills by week: a line for each skill, a square for each week, darker where it served more."""

from __future__ import annotations

import asyncio

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from coach.features.skills.heatmap import LEVELS, build_heatmap
from coach.proofs.skills import Evidence
from coach.store.entries import week_monday
from coach.store.journal import JournalError
from coach.util.dates import short_day, short_month
from coach.util.text import one_line
from coach.util.wording import Wording
from screens.base.keys import key
from screens.base.screen import CoachScreen
from screens.base.symbols import Symbols
from screens.base.theme import MUTED
from screens.skills.actions import evidence
from screens.widgets.keyline import KeyLine
from screens.widgets.say import Say

NAME = 24
"""Cells for the name of a skill."""
STEP = 4
"""Weeks that one key goes back or forth."""


def squares(counts: list[int], symbols: Symbols, wide: int = 1) -> Content:
    """A square for each count, `wide` cells each; a dot where a week has none."""
    parts = []
    for count in counts:
        sign = symbols.shades[min(count, LEVELS)] if count else symbols.to_come
        text = sign * wide if count else sign + " " * (wide - 1)
        parts.append((text, "$primary" if count else MUTED))
    return Content.assemble(*parts)


class ChartScreen(CoachScreen[None]):
    """The chart; left and right go through the weeks."""

    CSS_PATH = "skills.tcss"
    BINDINGS = [
        key("chart.earlier", "left", "shift(1)", priority=True),
        key("chart.later", "right", "shift(-1)", priority=True),
        key("help", "f1", "help"),
        key("skill.close", "escape,q", "close"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.back = 0
        self.evidence: Evidence | None = None

    def compose(self) -> ComposeResult:
        """Title, weeks, squares, what the shades mean."""
        self.words = Wording("evidence", self.lang)
        yield Say(self.words("chart.title"), id="title")
        yield Say("", id="axis")
        with VerticalScroll(id="chart"):
            yield Say("", id="squares")
        yield Say("", id="legend")
        yield KeyLine()

    def on_mount(self) -> None:
        """Reads the journal off this thread."""
        self.query_one("#chart").focus()
        self.load_evidence()

    def on_resize(self) -> None:
        """As many weeks as fit."""
        self.draw()

    @work(exclusive=True)
    async def load_evidence(self) -> None:
        """Reads what to draw."""
        try:
            self.evidence = await asyncio.to_thread(evidence, self.coach)
        except JournalError as error:
            self.query_one("#squares", Say).update(self.coach.explain(error))
            return
        self.draw()

    def draw(self) -> None:
        """Draws the weeks that show."""
        if self.evidence is None:
            return
        say, symbols, lang = self.words, self.symbols, self.lang
        if not self.evidence.skills:
            self.query_one("#squares", Say).update(say("skills.none"))
            return
        cells = max(8, self.size.width - NAME - 5)
        table = build_heatmap(self.evidence.skills, self.coach.workspace.today, cells, self.back)
        wide = 2 if len(table.weeks) * 2 <= cells else 1
        lines = [
            Content.assemble(
                one_line(skill.name, NAME).ljust(NAME + 1), squares(counts, symbols, wide)
            )
            for skill, counts in table.rows
        ]
        self.query_one("#squares", Say).update(Content("\n").join(lines))
        axis = [" "] * (cells + 8)
        free = 0
        for number, monday in table.months():
            name = short_month(monday, lang)
            if (at := number * wide) >= free:
                axis[at : at + len(name)] = name
                free = at + len(name) + 1
        self.query_one("#axis", Say).update(" " * (NAME + 1) + "".join(axis).rstrip())
        signs = "  ".join(
            f"{symbols.shades[n]} {n}{'+' if n == LEVELS else ''}" for n in range(1, LEVELS + 1)
        )
        first, last = (short_day(week_monday(table.weeks[end]), lang) for end in (0, -1))
        span = say("chart.span", first=first, last=last)
        self.query_one("#legend", Say).update(f"{say('chart.legend', signs=signs)}   {span}")

    def action_shift(self, way: int) -> None:
        """Goes some weeks back, or forth again."""
        self.back = max(0, self.back + way * STEP)
        self.draw()

    def action_close(self) -> None:
        """Back to the skills."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Says what one can do here."""
        self.coach.navigation.help("chart", self)
