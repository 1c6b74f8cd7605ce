"""A whole number picked on a line."""

from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from screens.base.theme import MUTED


class ScalePicker(Widget, can_focus=True):
    """A whole number on a line, with what its ends mean."""

    DEFAULT_CSS = """
    ScalePicker { height: 2; padding: 0 1; }
    ScalePicker:focus { background: $primary 12%; }
    """
    BINDINGS = [
        Binding("right,up,plus", "step(1)", show=False),
        Binding("left,down,minus", "step(-1)", show=False),
        Binding("backspace,delete", "clear", show=False),
    ]
    value: reactive[int | None] = reactive(None)

    @dataclass
    class Changed(Message):
        """Another number was picked."""

        picker: "ScalePicker"

        @property
        def control(self) -> "ScalePicker":
            """The scale that changed."""
            return self.picker

    def __init__(
        self, low: int, high: int, labels: tuple[str, str], value: int | None, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.low, self.high, self.labels = low, high, labels
        self._typed = ""
        self.set_reactive(ScalePicker.value, value)

    def render(self) -> Content:
        """The numbers, the picked one set off, and the ends' words below."""
        cells = []
        for number in range(self.low, self.high + 1):
            picked = number == self.value
            text = f"[{number}]" if picked else f" {number} "
            cells.append(Content.styled(text, "bold $background on $primary" if picked else ""))
        line = Content(" ").join(cells)
        gap = max(2, line.cell_length - sum(map(len, self.labels)))
        ends = f"{self.labels[0]}{' ' * gap}{self.labels[1]}"
        return Content("\n").join([line, Content.styled(ends, MUTED)])

    def _set(self, value: int | None) -> None:
        self.value = value
        self.post_message(self.Changed(self))

    def action_step(self, by: int) -> None:
        """One up or down; the first press starts from the middle."""
        here = self.value
        middle = (self.low + self.high) // 2
        self._set(middle if here is None else max(self.low, min(self.high, here + by)))

    def action_clear(self) -> None:
        """Lets the answer go."""
        self._set(None)

    def on_key(self, event: events.Key) -> None:
        """A digit picks that number; `1` then `0` picks 10 where there is one."""
        if event.character is None or not event.character.isdigit():
            self._typed = ""
            return
        event.stop()
        self._typed += event.character
        if not self._typed.isascii() or int(self._typed) > self.high:
            self._typed = event.character
        if self._typed.isascii() and self.low <= int(self._typed) <= self.high:
            self._set(int(self._typed))

    def on_click(self, event: events.Click) -> None:
        """A click on a number picks it."""
        x = event.x - 1
        for number in range(self.low, self.high + 1):
            width = len(str(number)) + 2
            if 0 <= x < width:
                self._set(number)
                return
            x -= width + 1
