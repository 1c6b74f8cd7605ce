"""Choosing: one of several, several, a mark for each point, or a place on a scale."""

from dataclasses import dataclass
from typing import Any, Literal

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from coach.flows.session import Pick
from screens.base.symbols import Symbols
from screens.base.theme import MUTED
from screens.widgets.say import Say

Mode = Literal["one", "many", "marks"]


BESIDE = 34
"""Cells up to which a checklist's marks stand before its words; wider ones go below."""


class PickLine(HorizontalGroup):
    """One thing to pick: its sign, and its words beside it however many lines they take."""

    def __init__(self, index: int) -> None:
        super().__init__(classes="pick")
        self.index = index

    def compose(self) -> ComposeResult:
        """The sign, then the words."""
        yield Say(classes="sign")
        yield Say(classes="words")

    def show(self, sign: Content, words: Content) -> None:
        """Shows the option as it stands."""
        self.query_one(".sign", Say).say(sign)
        self.query_one(".words", Say).update(words)


class Picker(VerticalGroup, can_focus=True):
    """A list to pick from with arrows, space, digits or the mouse.

    `value` is what a session keeps: an id, a list of ids, or a dict id → mark. Its state changes
    as the key is handled, so a key that follows at once finds it changed.
    """

    DEFAULT_CSS = """
    Picker {
        height: auto;
        & > .pick { padding: 0 1; height: auto; }
        & .sign { width: auto; margin: 0 1 0 0; }
        & .words { width: 1fr; }
        & > .pick.cursor { background: $surface; }
        &:focus > .pick.cursor { background: $primary 18%; }
    }
    """
    BINDINGS = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("space", "pick", show=False),
        Binding("right", "turn(1)", show=False),
        Binding("left", "turn(-1)", show=False),
        Binding("home", "move(-999)", show=False),
        Binding("end", "move(999)", show=False),
    ]

    @dataclass
    class Changed(Message):
        """Something was picked or let go."""

        picker: "Picker"

        @property
        def control(self) -> "Picker":
            """The picker that changed."""
            return self.picker

    def __init__(
        self,
        picks: list[Pick],
        value: Any,
        mode: Mode,
        symbols: Symbols,
        marks: list[Pick] | None = None,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.picks = picks
        self.mode = mode
        self.symbols = symbols
        self.marks = marks or []
        self.cursor = 0
        self.value: Any = value if value is not None else {"one": "", "many": []}.get(mode, {})
        if mode == "one":
            ids = [pick.id for pick in picks]
            self.cursor = ids.index(self.value) if self.value in ids else 0

    def compose(self) -> ComposeResult:
        """One line for each option."""
        for index in range(len(self.picks)):
            yield PickLine(index)

    def on_mount(self) -> None:
        """Draws the lines."""
        self.draw()

    @property
    def line(self) -> Widget:
        """The line under the cursor; itself where there is nothing to pick."""
        lines = list(self.query(PickLine))
        return lines[self.cursor] if lines else self

    def draw(self) -> None:
        """Draws every line as it stands."""
        # There are fewer lines, or none, where the step was left before they were all there.
        for line, pick in zip(self.query(PickLine), self.picks, strict=False):
            sign, style = self._sign(pick)
            words = Content.styled(pick.label, style)
            if pick.help:
                words = words.append("\n").append(Content.styled(pick.help, MUTED))
            if self.mode == "marks" and len(sign) > BESIDE:
                words, sign = words.append("\n").append(Content.styled(sign, "")), ""
            elif self.mode == "marks":
                sign += "  "  # else the words would look like one more mark
            line.show(Content.styled(sign, style), words)
            line.set_class(line.index == self.cursor, "cursor")

    def _sign(self, pick: Pick) -> tuple[str, str]:
        if self.mode == "marks":
            mark = self.value.get(pick.id)
            shown = [f"{self.symbols.radios[one.id == mark]} {one.label}" for one in self.marks]
            return "  ".join(shown), "bold" if mark else ""
        chosen = pick.id == self.value if self.mode == "one" else pick.id in self.value
        signs = self.symbols.radios if self.mode == "one" else self.symbols.boxes
        return signs[chosen], "bold $primary" if chosen else ""

    def _set(self, value: Any) -> None:
        self.value = value
        self.draw()
        self.post_message(self.Changed(self))

    def action_move(self, by: int) -> None:
        """Moves the cursor."""
        self.cursor = max(0, min(len(self.picks) - 1, self.cursor + by))
        self.draw()
        self.line.scroll_visible(animate=False)

    def action_pick(self) -> None:
        """Picks what the cursor is on, or lets it go."""
        if not self.picks:
            return
        pick = self.picks[self.cursor]
        if self.mode == "marks":
            self.action_turn(1)
        elif self.mode == "one":
            self._set("" if self.value == pick.id else pick.id)
        elif pick.id in self.value:
            self._set([one for one in self.value if one != pick.id])
        else:
            alone = {one.id for one in self.picks if one.alone}
            rest = [] if pick.alone else [one for one in self.value if one not in alone]
            self._set([*rest, pick.id])

    def action_turn(self, by: int) -> None:
        """Goes to the next or former mark of the point under the cursor."""
        if self.mode != "marks" or not self.picks:
            return
        ids = ["", *(mark.id for mark in self.marks)]
        key = self.picks[self.cursor].id
        mark = ids[(ids.index(self.value.get(key, "")) + by) % len(ids)]
        rest = {k: v for k, v in self.value.items() if k != key}
        self._set(rest | {key: mark} if mark else rest)

    def on_key(self, event: events.Key) -> None:
        """Digits pick at once: an option, or a mark for the point under the cursor."""
        if event.character is None or not event.character.isdigit() or event.character == "0":
            return
        index = int(event.character) - 1
        event.stop()
        if self.mode == "marks":
            if index < len(self.marks) and self.picks:
                key = self.picks[self.cursor].id
                self._set(self.value | {key: self.marks[index].id})
                self.action_move(1)
        elif index < len(self.picks):
            self.cursor = index
            self.action_pick()

    def on_click(self, event: events.Click) -> None:
        """A click picks."""
        nodes = event.widget.ancestors_with_self if event.widget else []
        line = next((node for node in nodes if isinstance(node, PickLine)), None)
        if line is not None:
            self.screen.set_focus(self)
            self.cursor = line.index
            mark = self._mark_at(event)
            if mark:
                self._mark(mark)
            else:
                self.action_pick()

    def _mark_at(self, event: events.Click) -> str:
        """The mark under the mouse: before the words, or on the line below them; '' elsewhere."""
        widget, x = event.widget, event.x
        if self.mode != "marks" or widget is None:
            return ""
        below = event.y == widget.size.height - 1 and not self._beside()
        if not widget.has_class("sign") and not below:
            return ""
        for mark in self.marks:
            width = Content(f"{self.symbols.radios[0]} {mark.label}").cell_length
            if 0 <= x < width:
                return mark.id
            x -= width + 2
        return ""

    def _beside(self) -> bool:
        """Whether the marks stand before the words."""
        return len(self._sign(self.picks[self.cursor])[0]) <= BESIDE

    def _mark(self, mark: str) -> None:
        """Gives the point under the cursor `mark`, or takes it back."""
        key = self.picks[self.cursor].id
        rest = {k: v for k, v in self.value.items() if k != key}
        self._set(rest if self.value.get(key) == mark else self.value | {key: mark})
