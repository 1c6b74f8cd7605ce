"""A small thing to do, by key or mouse, on one line."""

from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message

from screens.widgets.say import Say


class Act(Say, can_focus=True):
    """A word that does something when clicked, or with enter or space.

    One that stands among the fields of a form is not `reached` by tab: a blank typed there would
    do it. A key of its own does it too.
    """

    DEFAULT_CSS = """
    Act { width: auto; height: 1; color: $text-muted; }
    Act:hover { color: $primary; }
    Act:focus { color: $primary; text-style: bold underline; }
    """
    BINDINGS = [Binding("enter,space", "do", show=False)]

    @dataclass
    class Done(Message):
        """Sent when the action called `name` is asked for."""

        act: "Act"
        name: str

    def __init__(
        self, label: str | Content, name: str, *, tooltip: str = "", reached: bool = True
    ) -> None:
        super().__init__(label, id=name)
        self.can_focus = reached
        self.what = name
        if tooltip:
            self.tooltip = Content(tooltip)

    def action_do(self) -> None:
        """Asks for it."""
        self.post_message(self.Done(self, self.what))

    def on_click(self, event: events.Click) -> None:
        """A click asks for it."""
        event.stop()
        self.action_do()
