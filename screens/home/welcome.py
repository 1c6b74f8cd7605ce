"""The first start: the language, then where the student stands. Nothing else is asked."""

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalGroup

from coach.util.wording import Wording
from screens.base.keys import key, translate
from screens.base.screen import CoachScreen
from screens.widgets.keyline import KeyLine
from screens.widgets.menu import MenuLine, line
from screens.widgets.say import Say


class WelcomeScreen(CoachScreen[str]):
    """Answers `internship`, `between`, or '' when passed over."""

    BINDINGS = [key("list.close", "escape", "dismiss('')")]
    CSS_PATH = "welcome.tcss"

    def compose(self) -> ComposeResult:
        """First the languages, each in its own words."""
        with VerticalGroup(classes="box"):
            yield Say("Bonjour · Hello", classes="title")
            yield MenuLine("Français", "fr", id="fr")
            yield MenuLine("English", "en", id="en")
        yield KeyLine()

    def on_mount(self) -> None:
        """The language of the machine has the cursor."""
        self.query_one(f"#{self.lang}").focus()

    @on(MenuLine.Opened)
    async def _opened(self, event: MenuLine.Opened) -> None:
        if event.what not in ("fr", "en"):
            self.dismiss(event.what)
            return
        self.coach.switch_language(event.what)
        translate(self, event.what)
        self.refresh_bindings()
        say = Wording("app", event.what)
        box = self.query_one(".box")
        await box.remove_children()
        await box.mount(
            Say(say("welcome.title"), classes="title"),
            Say(say("welcome.text"), classes="text"),
            *(
                MenuLine(
                    line("", say(f"welcome.{name}"), say(f"welcome.{name}.more"), below=True), name
                )
                for name in ("internship", "between")
            ),
        )
        self.query(MenuLine).first().focus()
