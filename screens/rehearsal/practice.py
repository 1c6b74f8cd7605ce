"""A rehearsal: a question as the recruiter asks it, an answer against the clock, how it felt."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, HorizontalGroup, VerticalGroup, VerticalScroll
from textual.widgets import TextArea

from coach.disk.errors import JournalError
from coach.features.rehearsal.deck import build_deck
from coach.features.rehearsal.practice import Practice
from coach.features.rehearsal.sentences import (
    calm,
    comes_back_on,
    help_lines,
    judged,
    origin,
    proof_lines,
)
from coach.proofs.all_proofs import all_proofs
from coach.util.wording import Wording
from screens.base.keys import key
from screens.rehearsal.clock import AnswerClock
from screens.rehearsal.ending import PracticeEnding
from screens.rehearsal.lines import drawn
from screens.widgets.act import Act
from screens.widgets.keyline import KeyLine
from screens.widgets.say import Say

if TYPE_CHECKING:
    from coach.features.rehearsal.cards import QuestionCard
    from coach.flows.draft_session import DraftSession

TICK = 1.0
"""Seconds between two looks at the clock."""
SIDE_FROM = 110
"""Columns from which the proofs stand beside the question."""


class PracticeScreen(PracticeEnding):
    """Asks the questions of a `Practice`; answers with the kept entry, or None.

    It is in one of three phases, which are also its classes: `asking`, `comparing`, `over`.
    """

    CSS_PATH = "practice.tcss"
    AUTO_FOCUS = ""
    BINDINGS = [
        key("practice.done", "ctrl+n", "done", priority=True),
        key("practice.answer", "ctrl+n", "answer", priority=True),
        key("practice.aloud", "f4", "aloud"),
        key("practice.hint", "f3", "hint"),
        key("practice.proofs", "f2", "proofs"),
        key("practice.skip", "f5", "skip"),
        *(key(f"practice.rate{n}", str(n), f"rate({n})", show=False) for n in (1, 2, 3, 4)),
        key("practice.leave", "escape", "back", priority=True),
        key("practice.keep", "ctrl+s", "leave", show=False, priority=True),
        key("practice.close", "enter", "close", show=False),
        key("help", "f1", "help"),
        key("discard", "f8", "discard", show=False),
    ]

    def __init__(self, draft_session: DraftSession, first: str = "") -> None:
        super().__init__(draft_session)
        self.first = first
        self.aloud = False
        self.clock = AnswerClock("", id="clock")

    def compose(self) -> ComposeResult:
        """Lays out the progress and the clock; the question, the answer, the result; the keys."""
        self.words = Wording("rehearsal", self.lang)
        with Horizontal(id="top"):
            yield Say(self.words("title"), id="flow")
            yield self.clock
        with Horizontal(id="body"):
            with VerticalScroll(id="page"):
                yield Say(self.words("loading"), id="question")
                yield Say("", id="from")
                yield TextArea(tab_behavior="focus", highlight_cursor_line=False)
                yield Say("", id="hint")
                yield Say("", id="after")
            with VerticalScroll(id="side"):
                yield Say("", id="proofs")
        with VerticalGroup(id="rate"):
            yield Say(self.words("rate"), id="how")
            with HorizontalGroup(id="grades"):
                for n in (1, 2, 3, 4):
                    yield Act(f"{n} {self.words(f'felt.{n}')}", f"rate{n}")
        yield Say("", id="status")
        yield KeyLine()

    def on_mount(self) -> None:
        """Gathers the questions off this thread."""
        self.set_interval(TICK, self._tick)
        self._load()

    @work
    async def _load(self) -> None:
        coach = self.coach
        try:
            kept = await asyncio.to_thread(coach.workspace.snapshot)
            cards = await asyncio.to_thread(build_deck, kept, self.lang)
        except JournalError as error:
            self.status(coach.explain(error), bad=True)
            coach.navigation.opened()
            return
        self.practice = Practice(self.draft_session, cards, coach.workspace.today, first=self.first)
        if self.draft_session.resumed:
            self._news(self.words("resumed"))
        self.ask()
        coach.tell_notices()
        coach.navigation.opened()

    def on_resize(self) -> None:
        """The proofs stand beside where there is room."""
        self.set_class(self.size.width >= SIDE_FROM, "wide")
        self.set_class(self.size.width < 70, "narrow")
        self.set_class(self.size.height < 18, "short")

    # Asking

    def ask(self) -> None:
        """Shows the question under way, or ends where none is left."""
        practice = self._practice
        if practice.over:
            self.finish()
            return
        card, row = practice.card, practice.row
        self.remove_class("calm", "proofs")
        self._turn("asking")
        self.query_one("#question", Say).update(self.words("quoted", it=card.question))
        self.query_one("#from", Say).update(origin(card, self.words))
        self._begin(aloud=bool(row.get("aloud")), seconds=str(row.get("seconds") or ""))
        area = self.query_one(TextArea)
        area.load_text(str(row.get("answer") or ""))
        area.move_cursor(area.document.end)
        self._focus()
        number = self.words("number", n=practice.at + 1, total=len(practice.cards))
        self.query_one("#flow", Say).update(f"{self.words('title')} · {number}")
        self.query_one("#page", VerticalScroll).scroll_home(animate=False)
        self._match(card)

    def _begin(self, *, aloud: bool, seconds: str = "") -> None:
        """Starts the clock, from `seconds` where some were spent on the question before."""
        self.aloud = aloud
        self.clock.begin(int(seconds) if seconds.isdigit() else 0)
        area = self.query_one(TextArea)
        area.placeholder = self.words("placeholder.aloud" if aloud else "placeholder")
        self._tick()

    @work(exclusive=True, group="proofs")
    async def _match(self, card: QuestionCard) -> None:
        """Looks for the proofs that answer the question, off this thread."""
        from coach.features.rehearsal.proof_matching import find_matching_proofs

        try:
            kept = await asyncio.to_thread(self.coach.workspace.snapshot)
        except JournalError:
            return
        found = await asyncio.to_thread(
            lambda: find_matching_proofs(card, all_proofs(kept), self.lang)
        )
        if self.is_attached:
            self.query_one("#proofs", Say).update(
                drawn(proof_lines(found, self.words), self.symbols)
            )

    def _tick(self) -> None:
        if self.phase == "asking" and self.is_attached:
            self.clock.tick(self.words)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offers only the actions of the current phase."""
        phases = {
            "done": ("asking",),
            "answer": ("asking",),
            "aloud": ("asking",),
            "hint": ("asking",),
            "skip": ("asking", "comparing") if self.has_class("calm") else ("asking",),
            "proofs": ("asking", "comparing"),
            "rate": ("comparing",),
            "close": ("over",),
            "discard": ("asking", "comparing"),
        }
        if action in phases and self.practice and self.practice.over and self.phase != "over":
            return False  # it waits to be kept: no question is left
        if action == ("done" if self.covered else "answer"):
            return False
        return self.phase in phases.get(action, (self.phase,))

    @on(TextArea.Changed)
    def _typed(self) -> None:
        if self.phase == "asking" and self.collect():
            self.keeper.touched()

    def collect(self) -> bool:
        """Takes the answer as it stands; whether it changed."""
        if self.practice is None or self.phase != "asking" or self.practice.over:
            return False
        text = self.query_one(TextArea).text
        row = self.practice.row
        if not text and not row and not self.aloud:
            return False
        before = (row.get("answer", ""), row.get("aloud", ""))
        aloud = self.words("yes") if self.aloud else ""
        self.practice.answer(text, seconds=self.clock.seconds, aloud=aloud)
        return before != (text, aloud)

    async def action_done(self) -> None:
        """The answer is given: shows what it is like, and asks how it felt."""
        await self.settle()
        self.collect()
        self.keeper.touched()
        told = judged(self._practice, self.words)
        self.set_class(bool(calm(self._practice, self.lang)), "calm")
        self.query_one("#after", Say).update(drawn(told, self.symbols))
        self._turn("comparing")
        self._focus()
        self.query_one("#page", VerticalScroll).scroll_home(animate=False)

    async def before_text(self, event: object) -> None:
        """Closes what lies over the answer, so that the typed text goes to the answer."""
        self.action_answer()

    def action_answer(self) -> None:
        """Back from the proofs to the answer."""
        if self.covered and self.phase == "asking":
            self.action_proofs()

    async def action_aloud(self) -> None:
        """Starts over, spoken; or back to writing."""
        await self.settle()
        self.action_answer()
        self._begin(aloud=not self.aloud)
        self.collect()
        self.keeper.touched()

    def action_hint(self) -> None:
        """Unfolds what the recruiter wants to know, and a way in; or folds it again."""
        self.action_answer()
        line, card = self.query_one("#hint", Say), self._practice.card
        if line.display:
            line.say("")
            return
        line.say("\n".join(help_lines(card, self.words)))
        self.call_after_refresh(line.scroll_visible, animate=False)

    def action_proofs(self) -> None:
        """Shows the proofs over the question, where the terminal is narrow."""
        self.toggle_class("proofs")
        self._focus()
        self.refresh_bindings()

    async def action_skip(self) -> None:
        """Goes on to the next question; this one stays for another day."""
        await self.settle()
        self.collect()
        self._practice.skip()
        self.keeper.touched()
        self.ask()

    # Rating

    def action_rate(self, confidence: int) -> None:
        """Keeps how it felt, says when the question comes back, goes on."""
        day = self._practice.rate(confidence)
        self.keeper.touched()
        self.ask()
        told = comes_back_on(day, self.coach.workspace.today, self.words)
        self._news(f"{self.symbols.check} {told}")

    @on(Act.Done)
    def _rated(self, event: Act.Done) -> None:
        event.stop()
        if self.phase == "comparing":
            self.action_rate(int(event.name[-1]))

    async def action_back(self) -> None:
        """From the rating back to the answer; from the answer, leaves."""
        if self.covered:
            self.action_proofs()
        elif self.phase == "comparing":
            self.ask()
        elif self.phase == "over":
            self.action_close()
        else:
            await self.action_leave()

    def action_help(self) -> None:
        """Says what one can do here."""
        self.coach.navigation.help("practice", self)
