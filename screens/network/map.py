"""The network map: branches by circle or by field, each person below who leads there."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content

from coach.features.network.contacts import all_people
from coach.features.network.map import Branch, By, branches_by_circle, build_branches
from coach.util.wording import Wording
from screens.base.keys import key
from screens.base.theme import MUTED
from screens.network.book import WIDE, BookScreen
from screens.network.canvas import Canvas
from screens.network.map_layout import draw_map
from screens.widgets.keyline import KeyLine
from screens.widgets.say import Say


class MapScreen(BookScreen):
    """The map: branches by circle or by field, each person below who leads there."""

    BINDINGS = [
        key("network.new", "n", "new"),
        key("network.by", "b", "by"),
        key("network.document", "d", "document"),
        key("help", "f1", "help"),
        key("list.close", "escape,q", "close"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.by: By = "circle"
        self.branches: list[Branch] = []

    def compose(self) -> ComposeResult:
        """Title, what the signs mean, the picture, what to know of the one under the cursor."""
        yield Say(Wording("network", self.lang)("map"), id="title")
        yield Say("", id="empty")
        yield Canvas()
        yield Say("", id="told")
        yield KeyLine()

    def gather_people(self) -> None:
        """The branches too."""
        super().gather_people()
        kept = self.coach.workspace.snapshot()
        if self.by == "circle":
            self.branches = branches_by_circle(kept)
        else:
            self.branches = build_branches(all_people(kept), "field")

    def draw(self) -> None:
        """Draws the map for the width there is."""
        say, canvas = self.say, self.query_one(Canvas)
        named = [(self._branch(one.key), one.nodes) for one in self.branches]
        title = say(f"map.{self.by}")
        _, two, three = self.symbols.degrees
        legend = f"{self._legend()}  {say('degrees', two=two, three=three)}"
        self.query_one("#title", Say).update(
            Content.assemble(
                title, (f"   {legend}" if self.size.width >= WIDE else "", f"{MUTED} not bold")
            )
        )
        if not named:
            canvas.show(0, lambda line: Content(""), [])
            return
        picture = draw_map(named, say("me"), canvas.size.width - 1, self.symbols)
        canvas.show(picture.count, picture.line, picture.spots, canvas.what, picture.extent)

    def _branch(self, value: str) -> str:
        if self.by == "circle":
            return self.labels["circle"].get(value, "") or self.say("elsewhere")
        return value or self.say("no_field")

    def action_by(self) -> None:
        """Branches by field, or by circle again."""
        self.by = "field" if self.by == "circle" else "circle"
        self.load_people()

    def action_document(self) -> None:
        """Shows the map as a document, to be written to a file."""
        from screens.documents.documents import DocumentScreen

        self.app.push_screen(DocumentScreen("map"))

    def action_help(self) -> None:
        """Says what one can do here."""
        self.coach.navigation.help("map", self)
