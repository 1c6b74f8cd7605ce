"""One skill: when it was used, what its proofs still need, and the rows that show it."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from coach.features.skills.heatmap import build_heatmap
from coach.proofs.proof import Proof
from coach.proofs.skills import SkillRecord
from coach.store.entries import week_monday
from coach.util.dates import short_day
from coach.util.text import fold, one_line
from screens.base.keys import key
from screens.base.theme import MUTED
from screens.common.list_screen import STYLE, ListScreen
from screens.skills.actions import ACTS, evidence
from screens.skills.chart import squares
from screens.skills.lines import proof_line
from screens.skills.tell_story import tell_story
from screens.widgets.say import Say

PAGE = 30
"""Rows shown at once: each is judged, which takes a while for hundreds."""
MORE = "more"
SPAN = 26
"""Cells for the first and the last day of the strip, beside it."""


class SkillScreen(ListScreen):
    """The rows of one skill, the strongest first, then the newest; enter opens a row's entry."""

    read_again = True
    CSS_PATH = [STYLE, "skills.tcss"]
    area = "skills"
    wording = "evidence"
    BINDINGS = [
        key("skill.open", "enter", "app.none", show=False),
        key("skill.tell", "s", "tell"),
        key("skills.rename", "r", "act('rename')"),
        key("skills.merge", "m", "act('merge')"),
        key("skills.sort", "c", "act('sort')"),
        key("skills.undo", "u", "act('undo')"),
        key("help", "f1", "help"),
        key("skill.close", "escape,q", "close"),
    ]

    def __init__(self, skill_key: str) -> None:
        super().__init__()
        self.skill_key = skill_key
        self.skill: SkillRecord | None = None
        self.proofs: dict[str, Proof] = {}
        self.room = PAGE

    def compose(self) -> ComposeResult:
        """Lays out the summary of the skill, then its rows."""
        first, *rest = super().compose()
        yield first
        yield Say("", id="when")
        yield Say("", id="gap")
        yield from rest

    def lines(self) -> tuple[list[tuple[str, Content]], int]:
        """A line for each row, and one to see more of them."""
        coach, say = self.coach, self.words
        self.skill = skill = evidence(coach).by_key.get(self.skill_key)
        if skill is None:
            return [], 0
        best = [skill.best] if skill.best else []
        ordered = [*best, *(proof for proof in skill.proofs if proof not in best)]
        shown = ordered[: self.room]
        self.proofs = {proof.key: proof for proof in shown}
        width = max(30, self.size.width - 4)
        found = [
            (proof.key, proof_line(proof, say, self.lang, self.symbols, width)) for proof in shown
        ]
        if left := len(ordered) - len(shown):
            found.append((MORE, Content.styled(say.count("skill.more", left), "$primary")))
        return found, 0

    def filled(self) -> None:
        """Says when the skill was used and what to look for next."""
        say, skill = self.words, self.skill
        if skill is None:
            return
        facts = [say.count("count", skill.count), say.count("weeks", len(skill.weeks))]
        if skill.kind:
            facts.append(say(skill.kind))
        name = one_line(skill.name, max(16, self.size.width - 40))
        self.query_one("#title", Say).update(
            Content.assemble(name, ("   " + " · ".join(facts), f"{MUTED} not bold"))
        )
        room = max(12, self.size.width - 4)
        table = build_heatmap([skill], self.coach.workspace.today, max(8, room - SPAN))
        first, last = (short_day(week_monday(table.weeks[end]), self.lang) for end in (0, -1))
        span = say("chart.span", first=first, last=last)
        drawn = squares(table.rows[0][1], self.symbols)
        parts = [Content.assemble(drawn, (f"  {span}", MUTED))]
        others = [word for word in skill.written if fold(word) != skill.key][:5]
        if others:
            told = one_line(say("skill.written", it=", ".join(others)), room)
            parts.append(Content.styled(told, MUTED))
        self.query_one("#when", Say).update(Content("\n").join(parts))
        self.query_one("#gap", Say).update(say(f"ask.{next_gap(skill)}"))

    def nothing(self) -> str:
        """The text shown when the skill was joined with another, or its rows are gone."""
        return self.words("skill.gone")

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_id == MORE:
            self.room += PAGE
            self.fill()
        elif event.option_id in self.proofs:
            self.coach.navigation.open_browse(self.proofs[event.option_id].entry_id)

    @work(exclusive=True, group="act")
    async def action_tell(self) -> None:
        """Tells the row under the cursor as a story."""
        if proof := self.proofs.get(self.chosen()):
            await tell_story(self.coach, proof)

    @work(exclusive=True, group="act")
    async def action_act(self, name: str) -> None:
        """Renames, joins or sorts the skill, or undoes that."""
        if self.skill is not None:
            after = await ACTS[name](self.coach, self.skill)
            if after is not None:
                self.skill_key = after
                self.fill()


def next_gap(skill: SkillRecord) -> str:
    """The first part that its rows lack: feedback, a figure or a trace; else `nothing`."""
    missing = skill.missing
    return next((one for one in ("feedback", "figure", "trace") if one in missing), "nothing")
