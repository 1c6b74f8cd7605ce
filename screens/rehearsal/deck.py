"""The rehearsal deck: what waits today, how confidence went, every question there is."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalGroup
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from coach.features.rehearsal.cards import FLOW, QuestionCard
from coach.features.rehearsal.deck import Deck, build_deck
from coach.features.rehearsal.sentences import day_of
from coach.flows.request import SessionRequest
from coach.store.journal import JournalError
from coach.util.dates import short_day
from coach.util.text import one_line
from coach.util.wording import Wording
from screens.base.keys import key
from screens.base.screen import CoachScreen
from screens.base.theme import MUTED
from screens.rehearsal.lines import chart
from screens.widgets.keyline import KeyLine
from screens.widgets.menu import MenuLine, line
from screens.widgets.say import Say

if TYPE_CHECKING:
    from coach.features.rehearsal.confidence import Trend

LOW, TALL = 4, 12
"""Rows of the chart at most, on a terminal of 24 lines and on a tall one."""


class DeckScreen(CoachScreen["SessionRequest | None"]):
    """Answers with the rehearsal to begin, the session that adds questions, or None."""

    CSS_PATH = "deck.tcss"
    AUTO_FOCUS = ""
    BINDINGS = [
        key("deck.start", "s", "start"),
        key("deck.add", "a", "add"),
        key("deck.questions", "tab", "app.focus_next", show=False),
        key("help", "f1", "help"),
        key("list.close", "escape,q", "close"),
    ]

    def compose(self) -> ComposeResult:
        """Lays out the questions that are due, the chart, and all questions."""
        self.words = Wording("rehearsal", self.lang)
        yield Say(self.words("title"), id="title")
        with VerticalGroup(id="today"):
            yield Say(self.words("loading"), id="due")
            yield MenuLine("", "start", id="start")
        yield Say("", id="chart")
        yield Say(self.words("questions"), id="heading")
        yield OptionList(markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Reads the journal off this thread."""
        self._trends: list[Trend] = []
        self.query_one("#start").display = False
        self._fill()

    def on_resize(self) -> None:
        """The chart has as many rows as there is room for."""
        self._draw_chart()

    @work(exclusive=True)
    async def _fill(self) -> None:
        from coach.features.rehearsal.confidence import trends

        coach = self.coach
        try:
            kept = await asyncio.to_thread(coach.workspace.snapshot)
            drafts = await asyncio.to_thread(coach.workspace.journal.drafts.list)
            cards = await asyncio.to_thread(build_deck, kept, self.lang)
        except JournalError as error:
            self.query_one("#due", Say).update(coach.explain(error))
            return
        if not self.is_attached:
            return
        self._trends = trends(cards)
        under_way = any(draft.entry.flow == FLOW for draft in drafts)
        self._draw_due(cards, under_way=under_way)
        self._draw_chart()
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(self._line(card), id=card.key) for card in cards.cards])
        options.highlighted = 0

    def _draw_due(self, cards: Deck, *, under_way: bool) -> None:
        today = self.coach.workspace.today
        count = len(cards.due(today))
        told = self.words.count("due", count) if count else self.words("none_due")
        if not count and (day := cards.next_day(today)):
            told += " " + self.words("next_day", day=day_of(day, self.lang))
        self.query_one("#due", Say).update(told)
        start = self.query_one("#start", MenuLine)
        if under_way:
            label = self.words("start.again")
        else:
            label = self.words("fresh" if cards.untried() and not count else "start")
        start.update(line(self.symbols.arrow, label))
        start.display = True
        start.focus()

    def _draw_chart(self) -> None:
        if not self.is_attached:
            return
        box = self.query_one("#chart", Say)
        if not self._trends:
            box.update(Content.styled(self.words("chart.none"), MUTED))
            return
        whole, *kinds = self._trends
        # Where there is no room for all, those that need work most.
        kinds = sorted(kinds, key=lambda one: one.means[-1])
        kinds = kinds[: (TALL if self.size.height >= 34 else LOW) - 1]
        drawn = chart([whole, *kinds], self.words, self.symbols, self.size.width - 4)
        box.update(Content.assemble((self.words("chart"), "bold"), "\n", drawn))

    def _line(self, card: QuestionCard) -> Content:
        today = self.coach.workspace.today
        if card.due is None:
            when = self.words("when.new")
        elif card.due <= today:
            when = self.words("when.today")
        else:
            when = short_day(card.due, self.lang)
        room = max(20, self.size.width - 18)
        question = one_line(card.question, room)
        style = "$primary" if card.own else ""
        return Content.assemble((when.ljust(12), MUTED), (question, style))

    @on(MenuLine.Opened)
    def _opened(self) -> None:
        self.action_start()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(SessionRequest(FLOW, item=event.option_id or ""))

    def action_start(self) -> None:
        """Begins a rehearsal, or goes on with the one under way."""
        self.dismiss(SessionRequest(FLOW))

    def action_add(self) -> None:
        """Adds questions of one's own."""
        self.dismiss(SessionRequest("question"))

    def action_close(self) -> None:
        """Back home."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Says what one can do here."""
        self.coach.navigation.help("deck", self)
