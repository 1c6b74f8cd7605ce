"""The app: where it begins, its language, theme and palette."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from textual import work
from textual.app import SystemCommand
from textual.binding import Binding
from textual.reactive import Initialize, Reactive
from textual.screen import Screen

from coach.flows.request import SessionRequest
from coach.util.wording import Wording
from screens.base.coach import NOTICE_SECONDS
from screens.base.keys import key, translate
from screens.base.theme import DARK, LIGHT
from screens.home.home import HomeScreen
from screens.shell.crash import catch, let_go
from screens.shell.navigation import WaysApp

if TYPE_CHECKING:
    from textual.driver import Driver

    from coach.disk.locations import DataFolder
    from coach.store.journal import Journal


class CoachApp(WaysApp):
    """The coach. Opens on home, or straight in a session or on browsing (`start`)."""

    TITLE = "coach"
    CSS_PATH = ["app.tcss", "home/home.tcss"]
    ENABLE_COMMAND_PALETTE = True
    BINDINGS = [
        key("quit", "ctrl+q,f10", "quit", priority=True),
        key("palette", "ctrl+p", "command_palette", show=False, priority=True),
        key("note", "ctrl+t", "note", show=False, priority=True),
    ]

    def _first_theme(self) -> str:
        chosen = self.workspace.settings.theme
        return chosen if chosen in self.available_themes else DARK.name

    # Where it begins: a change after the first paint would flash, and before it Textual would
    # read every style sheet twice.
    theme: Reactive[str] = Reactive(Initialize(_first_theme))

    def __init__(
        self,
        data_folder: DataFolder,
        *,
        lang: str,
        start: str | SessionRequest = "",
        demo: bool = False,
        today: date | None = None,
        journal: Journal | None = None,
    ) -> None:
        super().__init__(data_folder, lang=lang, today=today, journal=journal)
        self.start = start
        self.demo = demo
        translate(self, lang)
        if isinstance(start, SessionRequest) or data_folder.guarded:
            self.hold()

    # Life

    def get_driver_class(self) -> type[Driver]:
        """What reads and draws: Textual's own, ready to outlive a terminal that is closed."""
        chosen = super().get_driver_class()
        if chosen.__name__ != "LinuxDriver":
            return chosen
        from screens.shell.driver import OutlivingDriver

        return OutlivingDriver

    def get_default_screen(self) -> Screen[Any]:
        """Home lies under everything."""
        return HomeScreen()

    def on_mount(self) -> None:
        """Catches what would end the program, so that the last second is kept too."""
        self._before = catch(self._ended_from_outside)
        self.call_after_refresh(self._begin)

    def on_unmount(self) -> None:
        """Gives the signals back."""
        let_go(self._before)

    @work
    async def _begin(self) -> None:
        """After the first paint: the student's keys, then where the student wants to go."""
        settings = self.workspace.settings
        self.theme_changed_signal.subscribe(self, lambda theme: self._keep_theme(theme.name))
        if settings.keys:
            self.set_keymap(settings.keys)
        if problem := self.workspace.settings_problem():
            self.notify(problem, severity="warning", timeout=NOTICE_SECONDS)
        if not await self.let_in():
            return
        if isinstance(self.start, SessionRequest):
            self.open_session(self.start)
        elif self.start == "browse":
            self.open_browse()
        else:
            self.home.begin()

    async def let_in(self) -> bool:
        """Asks for the passphrase, if one stands before the journal; ends the app without it.

        Call it from a worker.
        """
        if self.workspace.journal.keyring.locked:
            from screens.common.passphrase import let_in

            if not await let_in(self):
                self.exit(0)
                return False
        elif not isinstance(self.start, SessionRequest):
            self.release()
        return True

    # Palette

    def get_key_display(self, binding: Binding) -> str:
        """A key as the footer writes it."""
        shown = super().get_key_display(binding)
        return (
            {"esc": "échap", "⏎": "entrée", "del": "suppr"}.get(shown, shown)
            if self.lang == "fr"
            else shown
        )

    def action_command_palette(self) -> None:
        """Opens the palette, in the student's language."""
        from screens.shell.palette import Palette

        if not any(isinstance(screen, Palette) for screen in self.screen_stack):
            hint = Wording("app", self.lang)("palette.hint")
            self.push_screen(Palette(placeholder=hint))

    def search_themes(self) -> None:
        """Opens the list of themes, in the student's language."""
        from textual.theme import ThemeProvider

        from screens.shell.palette import Palette

        hint = Wording("app", self.lang)("theme.hint")
        self.push_screen(Palette(providers=[ThemeProvider], placeholder=hint))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every command of the app and of the screen; no screenshot: it would write private
        text to a file unasked.
        """
        from screens.shell.palette import commands

        yield from commands(self, screen)

    def switch_language(self, lang: str) -> None:
        """Speaks `lang` from now on."""
        self.workspace.lang = lang
        self.change_settings(lang=lang)
        translate(self, lang)
        self.home.translate()

    def toggle_light(self) -> None:
        """Goes from dark to light or back, and keeps it."""
        self.theme = LIGHT.name if self.current_theme.dark else DARK.name

    def _keep_theme(self, name: str) -> None:
        if name != self.workspace.settings.theme:
            self.change_settings(theme=name)
            self.home.begin()


def run_app(
    data_folder: DataFolder,
    *,
    lang: str,
    start: str | SessionRequest = "",
    demo: bool = False,
    journal: Journal | None = None,
) -> int:
    """Runs the app until the student leaves; its exit code. `journal` may be open already."""
    # By default it would look for garbage four times for each key, at worst among the thousands of
    # entries that browsing holds, which can be felt while typing.
    gc.set_threshold(10_000, 20, 10)
    app = CoachApp(data_folder, lang=lang, start=start, demo=demo, journal=journal)
    code = app.run()
    return app.return_code or code or 0
