"""The bank of stories: the strongest proofs, and which part of each is still to be told."""

from __future__ import annotations

from textual import on, work
from textual.content import Content
from textual.widgets import OptionList

from coach.features.star.panels import gap_line
from coach.features.star.story import FLOW, Star, by_proof, star_with
from coach.proofs.all_proofs import find_proof, strongest_proofs
from coach.proofs.proof import Proof
from coach.util.text import one_line
from screens.base.keys import key
from screens.base.theme import MUTED
from screens.common.list_screen import ListScreen
from screens.skills.tell_story import OFFERED, tell_story
from screens.widgets.say import Say


class StarsScreen(ListScreen):
    """A line for each proof; enter tells it, or goes on with its story."""

    area = "stars"
    wording = "evidence"
    read_again = True
    BINDINGS = [
        key("stars.open", "enter", "app.none", show=False),
        key("stars.entry", "b", "entry"),
        key("help", "f1", "help"),
        key("skill.close", "escape,q", "close"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.proofs: dict[str, Proof] = {}
        self.told = 0

    def lines(self) -> tuple[list[tuple[str, Content]], int]:
        """A line for each proof: those begun or told first, then the strongest."""
        kept = self.coach.workspace.snapshot()
        drafts = [
            d.entry for d in self.coach.workspace.journal.drafts.list() if d.entry.flow == FLOW
        ]
        begun, told = by_proof(drafts), by_proof(kept.of(FLOW))
        named = [proof for name in (begun | told) if (proof := find_proof(kept, name))]
        strongest = strongest_proofs(kept, OFFERED)
        others = [proof for proof in strongest if proof.key not in begun and proof.key not in told]
        shown = [*named, *others]
        self.proofs = {proof.key: proof for proof in shown}
        self.told = sum(proof.key in told for proof in named)
        found = []
        for proof in shown:
            entry = begun.get(proof.key) or told.get(proof.key)
            star = star_with(proof, entry)
            found.append((proof.key, self._line(star, begun=proof.key in begun)))
        return found, 0

    def _line(self, star: Star, *, begun: bool) -> Content:
        say, symbols = self.words, self.symbols
        width = max(30, self.size.width - 8)
        gap = gap_line(star, self.lang)
        sign = symbols.begun if begun or (star.entry_id and gap) else symbols.empty
        if not gap:
            sign = symbols.done
        head = Content.assemble((f"{sign} ", "$primary"), one_line(star.action, width))
        words = one_line(star.situation or star.result, width)
        if words:
            head = Content.assemble(head, "\n  ", (words, MUTED))
        state = gap or say("stars.whole")
        if begun:
            state = f"{say('stars.begun')} · {state}"
        style = "$secondary" if gap else "$success"
        return Content.assemble(head, "\n  ", (one_line(state, width), style))

    def filled(self) -> None:
        """The title says how many are told."""
        told = self.words.count("stars.count", self.told) if self.told else ""
        title = self.words("stars.title")
        self.query_one("#title", Say).update(f"{title} · {told}" if told else title)

    def nothing(self) -> str:
        """The text shown before there is any proof: where proofs come from."""
        return self.words("stars.none")

    @on(OptionList.OptionSelected)
    @work(exclusive=True, group="act")
    async def _selected(self, event: OptionList.OptionSelected) -> None:
        if proof := self.proofs.get(event.option_id or ""):
            await tell_story(self.coach, proof)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a proof there is no entry to read."""
        return action != "entry" or bool(self.proofs)

    def action_entry(self) -> None:
        """Opens the entry that the proof is from."""
        if proof := self.proofs.get(self.chosen()):
            self.coach.navigation.open_browse(proof.entry_id)
