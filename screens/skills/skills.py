"""The skills that the journal proves: how often, when, the strongest proof, what is missing."""

from __future__ import annotations

from textual import on, work
from textual.content import Content
from textual.widgets import OptionList

from coach.proofs.skills import KINDS, SkillRecord
from screens.base.keys import key
from screens.common.list_screen import ListScreen
from screens.skills.actions import ACTS, evidence
from screens.skills.lines import skill_line
from screens.widgets.say import Say


class SkillsScreen(ListScreen):
    """A line for each skill, most used first; one kind alone where that is asked for."""

    area = "skills"
    wording = "evidence"
    read_again = True
    BINDINGS = [
        key("skills.open", "enter", "app.none", show=False),
        key("skills.kind", "f", "filter"),
        key("skills.chart", "g", "chart"),
        key("skills.rename", "r", "act('rename')"),
        key("skills.merge", "m", "act('merge')"),
        key("skills.sort", "c", "act('sort')"),
        key("skills.undo", "u", "act('undo')", show=False),
        key("skills.stars", "s", "open('stars')"),
        key("skills.coverage", "v", "open('coverage')"),
        key("help", "f1", "help"),
        key("list.close", "escape,q", "close"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.kind: str | None = None
        """The kind that shows, '' for those not sorted, None for all."""
        self.skills: list[SkillRecord] = []
        self.bare = 0

    def lines(self) -> tuple[list[tuple[str, Content]], int]:
        """A line for each skill that shows."""
        found = evidence(self.coach)
        self.bare = len(found.bare)
        self.skills = [one for one in found.skills if self.kind in (None, one.kind)]
        width = max(30, self.size.width - 4)
        return [
            (one.key, skill_line(one, self.words, self.symbols, width)) for one in self.skills
        ], 0

    def filled(self) -> None:
        """The title says how many there are, and of what kind."""
        say = self.words
        shown = f"{say('skills.title')} ({len(self.skills)})"
        if self.kind is not None:
            shown += f" · {say('kinds.' + (self.kind or 'other'))}"
        told = [(shown, "bold $primary")]
        if self.bare and self.kind is None:
            told.append((f"   {say.count('skills.bare', self.bare)}", "$secondary not bold"))
        self.query_one("#title", Say).update(Content.assemble(*told))

    def nothing(self) -> str:
        """The text shown before there is any skill: what to do first."""
        return self.words("skills.none" if self.kind is None else "skills.none_of")

    def record(self) -> SkillRecord | None:
        """The skill under the cursor."""
        chosen = self.chosen()
        return next((one for one in self.skills if one.key == chosen), None)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        from screens.skills.skill import SkillScreen

        self.app.push_screen(SkillScreen(event.option_id or ""))

    def action_filter(self) -> None:
        """Shows one kind after the other, then all again."""
        kinds = (None, *KINDS, "")
        self.kind = kinds[(kinds.index(self.kind) + 1) % len(kinds)]
        self.fill()

    def action_chart(self) -> None:
        """Week by week."""
        from screens.skills.chart import ChartScreen

        self.app.push_screen(ChartScreen())

    def action_open(self, name: str) -> None:
        """Opens another place in place of this one."""
        self.coach.navigation.open_place(name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a skill there is nothing to sort, join or chart."""
        if action in ("act", "chart"):
            return bool(self.skills)
        return action != "filter" or bool(self.skills) or self.kind is not None

    @work(exclusive=True, group="act")
    async def action_act(self, name: str) -> None:
        """Renames, joins, sorts the skill under the cursor, or undoes that."""
        skill = self.record()
        if skill is not None and await ACTS[name](self.coach, skill) is not None:
            self.fill()
