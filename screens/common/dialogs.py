"""Small questions over a screen."""

from textual import on
from textual.app import ComposeResult
from textual.containers import HorizontalGroup, VerticalGroup, VerticalScroll
from textual.content import Content

from coach.util.wording import Wording
from screens.base.keys import key
from screens.base.screen import CoachDialog
from screens.widgets.act import Act
from screens.widgets.menu import MenuLine
from screens.widgets.say import Say


class Ask(CoachDialog[bool]):
    """Asks yes or no; the safe answer has the cursor, and no letter answers: it may open over a
    text that is being typed.
    """

    BINDINGS = [
        key("dialog.close", "escape", "answer(False)"),
        key("dialog.left", "left", "app.focus_previous", show=False),
        key("dialog.right", "right", "app.focus_next", show=False),
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question

    def compose(self) -> ComposeResult:
        """The question and two answers."""
        say = Wording("app", self.lang)
        with VerticalGroup(classes="dialog"):
            yield Say(self.question)
            with HorizontalGroup(classes="answers"):
                yield Act(say("no"), "no")
                yield Act(say("yes"), "yes")

    def on_mount(self) -> None:
        """The safe answer has the cursor."""
        self.query_one("#no").focus()

    def action_answer(self, yes: bool) -> None:
        """Answers."""
        self.dismiss(yes)

    @on(Act.Done)
    def _done(self, event: Act.Done) -> None:
        self.dismiss(event.name == "yes")


class Choose(CoachDialog[str]):
    """Offers a few ways on; answers with the one chosen, or '' when left."""

    BINDINGS = [key("dialog.close", "escape", "dismiss('')")]

    def __init__(self, title: str, ways: dict[str, str]) -> None:
        super().__init__()
        self.question = title
        self.ways = ways

    def compose(self) -> ComposeResult:
        """The title and a line for each way."""
        with VerticalGroup(classes="dialog"):
            yield Say(self.question, classes="title")
            for name, label in self.ways.items():
                yield MenuLine(label, name)

    def on_mount(self) -> None:
        """The first way has the cursor."""
        self.query(MenuLine).first().focus()

    @on(MenuLine.Opened)
    def _opened(self, event: MenuLine.Opened) -> None:
        self.dismiss(str(event.what))


class Help(CoachDialog[None]):
    """The help of a screen: a few sentences, then every key."""

    BINDINGS = [
        key("dialog.close", "escape,f1,enter", "dismiss"),
    ]

    def __init__(self, area: str, keys: list[tuple[str, str]]) -> None:
        super().__init__()
        self.area = area
        self.keys = keys

    def compose(self) -> ComposeResult:
        """The text of the place, then its keys with what they do."""
        say = Wording("help", self.lang)
        with VerticalScroll(classes="dialog wide"):
            yield Say(say(f"{self.area}.title"), classes="title")
            yield Say(say(self.area))
            width = max((len(pressed) for pressed, _ in self.keys), default=0) + 2
            yield Say(
                Content("\n").join(
                    Content.assemble((pressed.ljust(width), "$primary"), told)
                    for pressed, told in self.keys
                ),
                classes="keys",
            )
