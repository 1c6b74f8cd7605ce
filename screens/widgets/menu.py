"""A line that opens something, and moving between such lines."""

from dataclasses import dataclass
from typing import Any

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message

from screens.base.theme import MUTED
from screens.widgets.say import Say


class MenuLine(Say, can_focus=True):
    """One thing to open: a key, its name, a few words. `what` says what to open."""

    DEFAULT_CSS = """
    MenuLine { height: auto; padding: 0 2; }
    MenuLine:hover { background: $surface; }
    MenuLine:focus { background: $primary 18%; }
    """
    BINDINGS = [
        Binding("enter,space", "open", show=False),
        Binding("down,j", "app.focus_next", show=False),
        Binding("up,k", "app.focus_previous", show=False),
    ]

    @dataclass
    class Opened(Message):
        """The line was chosen."""

        line: "MenuLine"
        what: Any

    def __init__(self, text: str | Content, what: Any, *, id: str | None = None) -> None:
        super().__init__(text, id=id)
        self.what = what

    def action_open(self) -> None:
        """Opens it."""
        self.post_message(self.Opened(self, self.what))

    def on_click(self, event: events.Click) -> None:
        """A click opens it."""
        event.stop()
        self.action_open()


def line(key: str, label: str, more: str = "", *, below: bool = False) -> Content:
    """The text of a menu line: its key in the accent, its name, a few words after or below."""
    parts: list[Any] = []
    if key:
        parts.append((f"{key}  ", "$primary"))
    parts.append(label)
    if more:
        parts.append((f"\n{more}" if below else f"  {more}", MUTED))
    return Content.assemble(*parts)
