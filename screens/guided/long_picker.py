"""Choosing one of many: a line that says what was chosen, and a list that opens over the step.

A line for each of a hundred people would make the step slow to open and long to go through.
"""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.content import Content

from coach.flows.session import Pick
from coach.util.wording import Wording
from screens.base.leaving import composed
from screens.base.symbols import Symbols
from screens.base.theme import MUTED
from screens.widgets.picker import Picker, PickLine

LONG = 12
"""From more choices than this on they are offered in a list of their own."""


class LongPicker(Picker):
    """One of many; space, a click or a letter opens the list, which letters narrow."""

    def __init__(
        self, picks: list[Pick], value: str | None, symbols: Symbols, lang: str, title: str
    ) -> None:
        super().__init__(picks, value, "one", symbols)
        self.cursor = 0
        self.say = Wording("guided", lang)
        self.question = title

    def compose(self) -> ComposeResult:
        """One line alone."""
        yield PickLine(0)

    def draw(self) -> None:
        """Says what was chosen, or how to choose."""
        chosen = next((pick.label for pick in self.picks if pick.id == self.value), "")
        sign = self.symbols.radios[bool(chosen)]
        words = Content(chosen) if chosen else Content("")
        hint = Content.styled(self.say("pick.open", n=len(self.picks)), MUTED)
        line = self.query_one(PickLine)
        line.show(
            Content.styled(sign, "bold $primary" if chosen else ""),
            Content.assemble(words, "  ", hint) if chosen else hint,
        )
        line.add_class("cursor")

    def action_move(self, by: int) -> None:
        """There is one line only."""

    def action_pick(self) -> None:
        """Opens the list."""
        from screens.common.pickers import PickOne

        offered = [("", self.say("pick.none"), 0)]
        offered += [(pick.id, pick.label, 0) for pick in self.picks]
        self.app.push_screen(PickOne(self.question, offered, str(self.value)), self._chosen)

    async def before_text(self, event: events.Key | events.Paste) -> None:
        """Opens the list, where the letters narrow it."""
        if not (isinstance(event, events.Key) and event.key == "space"):
            self.action_pick()
            await composed(self.app.screen)

    def _chosen(self, value: str | None) -> None:
        if value is not None and self.is_attached:
            self._set(value)

    # Textual calls the handlers of every class: what the short list does is prevented here.

    def on_key(self, event: events.Key) -> None:
        """A digit picks nothing that can be seen."""
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """A click opens the list."""
        event.prevent_default()
        self.screen.set_focus(self)
        self.action_pick()
