"""The app: where it begins, its language, theme and palette."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

from textual import work
from textual.app import SystemCommand
from textual.binding import Binding
from textual.reactive import Initialize, Reactive
from textual.screen import Screen

from coach.flows.request import SessionRequest
from coach.util.wording import Wording
from coach.workspace import Workspace
from screens.base.coach import NOTICE_SECONDS
from screens.base.key_queue import InOrderApp
from screens.base.keys import key, translate
from screens.base.theme import DARK, LIGHT
from screens.home.home import HomeScreen
from screens.shell.crash import catch, let_go
from screens.shell.navigation import Navigation
from screens.shell.shutdown import Shutdown

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.theme import Theme

    from coach.disk.errors import JournalError
    from coach.disk.locations import DataFolder
    from coach.store.journal import Journal
    from screens.base.symbols import Symbols

OURS = {DARK.name: DARK, LIGHT.name: LIGHT}
"""The coach's own themes, by name."""


class CoachApp(InOrderApp[int]):
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
        self.workspace = Workspace(data_folder, lang, today=today, journal=journal)
        super().__init__()  # asks for the theme, and so for the settings
        self.navigation = Navigation(self)
        self.shutdown = Shutdown(self)
        self.start = start
        self.demo = demo
        translate(self, lang)
        if isinstance(start, SessionRequest) or data_folder.guarded:
            self.hold()

    # Life

    def get_driver_class(self) -> type[Driver]:
        """The class of the terminal driver: Textual's own, made to survive a closed terminal."""
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
        self._before = catch(self.shutdown.end_from_outside)
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
            self.navigation.open_session(self.start)
        elif self.start == "browse":
            self.navigation.open_browse()
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

    # What screens may ask

    def action_note(self) -> None:
        """Keeps a proof in seconds, over whatever shows."""
        from screens.common.dialogs import Ask

        if getattr(self.screen, "takes_note", True) and not isinstance(self.screen, Ask):
            self.navigation.open_session(SessionRequest("note"))

    @property
    def home(self) -> HomeScreen:
        """The screen under all others."""
        screen = self.screen_stack[0]
        assert isinstance(screen, HomeScreen)
        return screen

    def refresh_home(self) -> None:
        """Has home read the journal again, for something else shows no longer over it."""
        self.home.begin()

    def change_settings(self, **changes: Any) -> None:
        """Keeps changed settings; a failure is told and changes nothing else."""
        try:
            self.workspace.change_settings(**changes)
        except OSError as error:
            self.tell(Wording("app", self.lang)("settings.failed", why=error.strerror or ""))

    @property
    def lang(self) -> str:
        """The student's language, `fr` or `en`."""
        return self.workspace.lang

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Ours and Textual's own."""
        return OURS | super().available_themes

    def get_theme(self, theme_name: str) -> Theme | None:
        """The theme of that name: ours at once, for each line drawn asks."""
        return OURS.get(theme_name) or super().get_theme(theme_name)

    @property
    def symbols(self) -> Symbols:
        """The signs in use."""
        from screens.base.symbols import signs_of

        return signs_of(self.console, plain=self.workspace.settings.ascii)

    def explain(self, error: JournalError) -> str:
        """What went wrong, where, and what to do, in the student's language."""
        from coach.store.messages import explain

        return explain(error, self.lang)

    def tell_notices(self) -> None:
        """Says what happened when the journal was opened or a draft read: once, and for longer."""
        from coach.store.messages import tell_notice

        notices, self.workspace.journal.notices[:] = list(self.workspace.journal.notices), []
        for notice in notices:
            self.notify(tell_notice(notice, self.lang), severity="warning", timeout=NOTICE_SECONDS)

    # Telling and asking

    def notify(self, message: str, **options: Any) -> None:
        """A passing message; never read as markup, for it may hold a student's words."""
        options["markup"] = False
        super().notify(message, **options)

    def tell(self, message: str) -> None:
        """Says something in passing."""
        self.notify(message, timeout=6)

    def let_pass(self) -> None:
        """Takes what was said in passing off the screen: what opens now is not to lie beneath it.
        A warning stays for its time.
        """
        for one in list(self._notifications):
            if one.severity == "information":
                self._unnotify(one)

    async def ask(self, question: str) -> bool:
        """Asks yes or no; call it from a worker."""
        from screens.common.dialogs import Ask

        answer: bool | None = await self.push_screen_wait(Ask(question))
        return bool(answer)

    # Ending

    def _fatal_error(self) -> None:
        """Ends after a slip of ours, without Textual's listing of every variable: a terminal's log
        must not hold a student's words.
        """
        from screens.shell.crash import crash

        with suppress(Exception):  # it is broken already: what is typed is worth a try
            self.shutdown.keep_drafts()
        self._exit_renderables.append(crash(self.lang))
        self._close_messages_no_wait()

    async def action_quit(self) -> None:
        """Leaves; what is under way stays as a draft."""
        self.run_worker(self.shutdown.quit())

    def action_help_quit(self) -> None:
        """Says how to leave: ctrl+c, which many try first, copies here."""
        self.shutdown.explain()

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
