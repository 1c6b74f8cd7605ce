"""The lab: everything the coach can do, in four groups, one key each."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import HorizontalGroup, VerticalGroup, VerticalScroll

from coach.util.wording import Wording
from screens.base.keys import key
from screens.base.screen import CoachScreen
from screens.lab.menu import GROUPS
from screens.widgets.keyline import KeyLine
from screens.widgets.menu import MenuLine, line
from screens.widgets.say import Say

COLUMNS = (("during", "end"), ("next", "proofs"))
"""The groups of each column."""


class LabScreen(CoachScreen["str | None"]):
    """A menu; answers with the place chosen."""

    CSS_PATH = "lab.tcss"
    AUTO_FOCUS = "MenuLine"
    BINDINGS = [
        *(
            key(f"lab:{place.name}", place.key, f"open('{place.name}')", show=False)
            for places in GROUPS.values()
            for place in places
        ),
        key("help", "f1", "help"),
        key("list.close", "escape,q", "close"),
    ]

    def compose(self) -> ComposeResult:
        """The groups, in two columns where there is room."""
        say = Wording("lab", self.lang)
        yield Say(say("title"), id="title")
        with VerticalScroll(id="lab", can_focus=False), HorizontalGroup(id="columns"):
            for column in COLUMNS:
                with VerticalGroup():
                    for number, group in enumerate(filter(GROUPS.get, column)):
                        yield Say(say(group), classes="heading" if number else "heading first")
                        for place in GROUPS[group]:
                            yield MenuLine(line(place.key, say(place.name)), place.name)
        yield Say("", id="more")
        yield KeyLine()

    def on_resize(self) -> None:
        """Narrow terminals get one column."""
        self.set_class(self.size.width < 70, "narrow")

    def on_descendant_focus(self) -> None:
        """Says in one line what the place under the cursor is for."""
        if isinstance(self.focused, MenuLine):
            say = Wording("lab", self.lang)
            self.query_one("#more", Say).update(say(f"{self.focused.what}.tip"))

    @on(MenuLine.Opened)
    def _opened(self, event: MenuLine.Opened) -> None:
        self.action_open(str(event.what))

    def action_open(self, name: str) -> None:
        """Opens a place by its key; the keys after it are for that place, not for home."""
        self.coach.hold()
        self.dismiss(name)

    def action_close(self) -> None:
        """Back home."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Says what one can do here."""
        self.coach.navigation.help("lab", self)
