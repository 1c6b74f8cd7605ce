"""The app: its journal, language and theme, and the way between screens."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from textual import work
from textual.app import SystemCommand
from textual.binding import Binding
from textual.reactive import Initialize, Reactive
from textual.screen import Screen
from textual.theme import Theme

from coach.requests import Request
from coach.wording import Wording
from screens.endings import catch, let_go
from screens.home import HomeScreen
from screens.inorder import InOrderApp, settled
from screens.keys import key, translate
from screens.theme import DARK, LIGHT

if TYPE_CHECKING:
    from textual.driver import Driver

    from coach.catalogue import Catalogue
    from coach.content import Content
    from coach.dossier import Dossier
    from coach.entries import Entry
    from coach.journal import Journal, JournalError
    from coach.place import Place
    from coach.settings import Settings
    from screens.symbols import Symbols


NOTICE_SECONDS = 30
"""How long what went wrong with the journal or the settings stays in sight."""


END_WITHIN = 2.0
"""Seconds to end in, once a signal asked for it, however many keys still wait."""


class CoachApp(InOrderApp[int]):
    """The coach. Opens on home, or straight in a session or on browsing (`start`)."""

    TITLE = "coach"
    CSS_PATH = ["app.tcss", "home.tcss"]
    ENABLE_COMMAND_PALETTE = True
    BINDINGS = [
        key("quit", "ctrl+q,f10", "quit", priority=True),
        key("palette", "ctrl+p", "command_palette", show=False, priority=True),
        key("note", "ctrl+t", "note", show=False, priority=True),
    ]

    def _first_theme(self) -> str:
        chosen = self.settings.theme
        return chosen if chosen in self.available_themes else DARK.name

    # Where it begins: a change after the first paint would flash, and before it Textual would
    # read every style sheet twice.
    theme: Reactive[str] = Reactive(Initialize(_first_theme))

    def __init__(
        self,
        place: Place,
        *,
        lang: str,
        start: str | Request = "",
        demo: bool = False,
        today: date | None = None,
        journal: Journal | None = None,
    ) -> None:
        self.place = place
        self.lang = lang
        self._settings: Settings | None = None
        super().__init__()  # asks for the theme, and so for the settings
        self.start = start
        self.demo = demo
        self._today = today
        self._journal = journal
        self._content: Content | None = None
        self._catalogue: Catalogue | None = None
        self._opening = False
        translate(self, lang)
        if isinstance(start, Request) or place.guarded:
            self.hold()

    # What the screens work with

    @property
    def today(self) -> date:
        """The day it is for the student."""
        return self._today or date.today()

    @property
    def journal(self) -> Journal:
        """The student's journal; opened when first needed, after the first paint."""
        if self._journal is None:
            from coach.journal import Journal

            self._journal = Journal(self.place.folder)
        return self._journal

    @property
    def content(self) -> Content:
        """What the coach says and asks."""
        if self._content is None:
            from coach.content import Content

            self._content = Content(self.place.flows)
        return self._content

    @property
    def settings(self) -> Settings:
        """The student's settings."""
        if self._settings is None:
            from coach.settings import load

            self._settings, self.settings_problem = load(self.place.settings, self.lang)
        return self._settings

    settings_problem: str | None = None

    def store(self, **changes: Any) -> None:
        """Keeps changed settings; a failure is told and changes nothing else."""
        from coach.settings import load, store

        try:
            store(self.place.settings, **changes)
        except OSError as error:
            self.tell(Wording("app", self.lang)("settings.failed", why=error.strerror or ""))
        self._settings, _ = load(self.place.settings)

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Ours and Textual's own."""
        return {DARK.name: DARK, LIGHT.name: LIGHT} | super().available_themes

    @property
    def symbols(self) -> Symbols:
        """The signs in use."""
        from screens.symbols import ASCII, UNICODE

        encoding = (getattr(self.console, "encoding", "") or "utf-8").lower()
        return ASCII if self.settings.ascii or "utf" not in encoding else UNICODE

    def explain(self, error: JournalError) -> str:
        """What went wrong, where, and what to do, in the student's language."""
        from coach.explaining import explain

        return explain(error, self.lang)

    def tell_notices(self) -> None:
        """Says what happened when the journal was opened or a draft read: once, and for longer."""
        from coach.explaining import tell_notice

        notices, self.journal.notices[:] = list(self.journal.notices), []
        for notice in notices:
            self.notify(tell_notice(notice, self.lang), severity="warning", timeout=NOTICE_SECONDS)

    def local_time(self) -> str:
        """The time of day, for 'draft kept 17:42'."""
        return f"{datetime.now():%H:%M}"

    def catalogue(self) -> Catalogue:
        """Everything kept, as it now stands; call it from a thread. Raises JournalError."""
        from coach.catalogue import follow

        self._catalogue = follow(self.journal, self._catalogue)
        return self._catalogue

    def dossier(
        self, included: frozenset[str] = frozenset(), under_way: Entry | None = None
    ) -> Dossier:
        """What documents are made from; call it from a thread. Raises JournalError.

        `under_way` is the entry of a session that is not ended yet.
        """
        from coach.dossier import Dossier

        kept = self.catalogue()
        internship = self.current_internship(kept.entries)
        if under_way is not None and under_way.internship in kept.by_id:
            internship = kept.by_id[under_way.internship]
        return Dossier(kept, self.content, self.lang, self.today, internship, included, under_way)

    def current_internship(self, entries: list[Entry] | None = None) -> Entry | None:
        """The internship under way, or None between two."""
        from coach.timeline import current_internship

        entries = self.journal.entries() if entries is None else entries
        internships = [entry for entry in entries if entry.flow == "internship"]
        return current_internship(internships, self.settings.internship, self.today)

    def journal_state(self) -> int:
        """A number that grows each time the journal changes, by whatever program.

        A journal that cannot be read now is said where it is read in earnest.
        """
        from coach.journal import JournalError

        journal = self.journal
        try:
            if journal.changed():
                journal.entries()
        except JournalError as error:
            if error.key == "sealed":
                return -1  # another program put a passphrase before it
        return journal.generation

    # Telling and asking

    def notify(self, message: str, **options: Any) -> None:
        """A passing message; never read as markup, for it may hold a student's words."""
        options["markup"] = False
        super().notify(message, **options)

    def tell(self, message: str) -> None:
        """Says something in passing."""
        self.notify(message, timeout=6)

    async def ask(self, question: str) -> bool:
        """Asks yes or no; call it from a worker."""
        from screens.dialogs import Ask

        answer: bool | None = await self.push_screen_wait(Ask(question))
        return bool(answer)

    # Life

    def get_driver_class(self) -> type[Driver]:
        """What reads and draws: Textual's own, ready to outlive a terminal that is closed."""
        chosen = super().get_driver_class()
        if chosen.__name__ != "LinuxDriver":
            return chosen
        from screens.outliving import OutlivingDriver

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
        settings = self.settings
        self.theme_changed_signal.subscribe(self, lambda theme: self._keep_theme(theme.name))
        if settings.keys:
            self.set_keymap(settings.keys)
        if self.settings_problem:
            self.notify(self.settings_problem, severity="warning", timeout=NOTICE_SECONDS)
        if not await self.let_in():
            return
        if isinstance(self.start, Request):
            self.open_session(self.start)
        elif self.start == "browse":
            self.open_browse()
        else:
            self.home.begin()

    async def let_in(self) -> bool:
        """Asks for the passphrase, if one stands before the journal; ends the app without it.

        Call it from a worker.
        """
        if self.journal.vault.locked:
            from screens.passphrase import let_in

            if not await let_in(self):
                self.exit(0)
                return False
        elif not isinstance(self.start, Request):
            self.release()
        return True

    @property
    def home(self) -> HomeScreen:
        """The screen under all others."""
        screen = self.screen_stack[0]
        assert isinstance(screen, HomeScreen)
        return screen

    def _last_words(self) -> JournalError | None:
        """Keeps every draft under way; gives what went wrong, if something did."""
        failed = None
        for screen in self.screen_stack:
            last_words = getattr(screen, "last_words", None)
            if last_words is not None:
                failed = last_words() or failed
        return failed

    def _ended_from_outside(self) -> None:
        """Keeps what is there at once; ends when the keys before are dealt with, or soon."""
        asyncio.get_running_loop().call_later(END_WITHIN, self._end)
        self.call_later(self._end_in_turn)
        self._last_words()

    def _fatal_error(self) -> None:
        """Ends after a slip of ours, without Textual's listing of every variable: a terminal's log
        must not hold a student's words.
        """
        from screens.endings import crash

        with suppress(Exception):  # it is broken already: what is typed is worth a try
            self._last_words()
        self._exit_renderables.append(crash(self.lang))
        self._close_messages_no_wait()

    async def _end_in_turn(self) -> None:
        await settled(self.focused)
        self._end()

    def _end(self) -> None:
        if self._ending:
            return
        self._ending = True
        failed = None
        try:
            failed = self._last_words()
        finally:  # whatever happens: nobody is there any more to close it
            from rich.text import Text

            self.exit(1, message=Text(self.explain(failed)) if failed else None)

    _ending = False

    async def action_quit(self) -> None:
        """Leaves; what is under way stays as a draft."""
        self._quit()

    @work
    async def _quit(self) -> None:
        settle = getattr(self.screen, "settle", None)
        if settle is not None:
            await settle()
        failed = self._last_words()
        if failed is not None:
            say = Wording("app", self.lang)
            if not await self.ask(say("quit.ask", why=self.explain(failed))):
                return
        self.exit(0)

    def action_help_quit(self) -> None:
        """Says how to leave: ctrl+c, which many try first, copies here."""
        pressed = [
            self.get_key_display(active.binding)
            for active in self.active_bindings.values()
            if active.binding.id == "quit"
        ]
        self.tell(Wording("app", self.lang)("quit.how", keys=" / ".join(pressed)))

    # Ways between screens

    def open_session(self, request: Request) -> None:
        """Opens a guided session over whatever shows; one at a time."""
        if not self._opening:
            self._opening = True
            self.hold()
            self._open_session(request)

    def opened(self) -> None:
        """The session shows: the keys pressed meanwhile are for it."""
        self._opening = False
        self.release()

    @work
    async def _open_session(self, request: Request) -> None:
        from coach.content_files import ContentError
        from coach.journal import JournalError
        from coach.sitting import Sitting

        say = Wording("app", self.lang)
        why = ""
        try:
            internship = await asyncio.to_thread(self.current_internship)
            sitting = await asyncio.to_thread(
                lambda: Sitting(
                    self.journal,
                    self.content,
                    request,
                    lang=self.lang,
                    today=self.today,
                    internship=internship,
                )
            )
        except JournalError as error:
            why = self.explain(error)
        except ContentError as error:
            why = say("flow.broken", path=str(error.path), why=error.why)
        except KeyError:
            why = say("flow.none", name=request.flow)
        if why:
            self.opened()
            self.notify(why, severity="warning", timeout=NOTICE_SECONDS)
            self.home.begin()
            return
        from screens.places import session_screen

        entry = await self.push_screen_wait(session_screen(sitting, request.item))
        if entry is not None:
            self.tell(say(f"done.{entry.flow}" if say.has(f"done.{entry.flow}") else "done"))
        self.home.begin()

    @work
    async def open_browse(self, entry_id: str = "") -> None:
        """Opens browsing, on one entry where it is given."""
        from screens.browse import BrowseScreen

        await self.push_screen_wait(BrowseScreen(entry_id))
        self.home.begin()

    def action_note(self) -> None:
        """Keeps a proof in seconds, over whatever shows."""
        from screens.dialogs import Ask

        if getattr(self.screen, "takes_note", True) and not isinstance(self.screen, Ask):
            self.open_session(Request("note"))

    def opens(self, name: str) -> str:
        """How `name` opens, `session` or `place`; '' where there is nothing of that name."""
        from screens.lists import LISTS
        from screens.places import SCREENS

        if name in SCREENS or name in LISTS or name == "browse":
            return "place"
        return "session" if self.content.has(name) else ""

    def open_place(self, name: str) -> None:
        """Opens a screen, a list or a session by its name."""
        if name == "browse":
            self.open_browse()
        elif self.opens(name) == "place":
            self._open_place(name)
        else:
            self.open_session(Request(name))

    @work
    async def _open_place(self, name: str) -> None:
        """Opens a screen or a list, then what it answers with."""
        from screens.lists import LISTS
        from screens.places import screen_of

        kind: type[Screen[Any]] = LISTS[name] if name in LISTS else screen_of(name)
        answer = await self.push_screen_wait(kind())
        if isinstance(answer, Request):
            self.open_session(answer)
        elif isinstance(answer, str):
            self.open_place(answer)
        else:
            self.home.begin()

    @work
    async def reopen(self, flow: str) -> None:
        """Asks whether to go on with what was written or to start afresh."""
        from screens.dialogs import Choose

        say = Wording("app", self.lang)
        ways = {"again": say(f"reopen.{flow}"), "new": say(f"new.{flow}")}
        way = await self.push_screen_wait(Choose(say("reopen.title"), ways))
        if way:
            self.open_session(Request(flow, new=way == "new"))

    @work
    async def merge_copies(self, names: list[str]) -> None:
        """Offers to merge the copies that a synchronising tool left."""
        from screens.merging import merge_copies

        await merge_copies(self, names)
        self.home.begin()

    def welcomed(self, where: str | None) -> None:
        """Goes on from the first start."""
        if where == "internship":
            self.open_session(Request("internship", new=True))
            return
        if where:
            from coach.guide import BETWEEN

            self.store(internship=BETWEEN)
        self.home.begin()

    def help(self, area: str, screen: Screen[Any]) -> None:
        """Says what one can do on `screen`, and with which keys."""
        from screens.dialogs import Help
        from screens.palette import keys_help

        self.push_screen(Help(area, keys_help(screen)))

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
        from textual.command import CommandPalette

        if not any(isinstance(screen, CommandPalette) for screen in self.screen_stack):
            hint = Wording("app", self.lang)("palette.hint")
            self.push_screen(CommandPalette(placeholder=hint, id="--command-palette"))

    def search_themes(self) -> None:
        """Opens the list of themes, in the student's language."""
        from textual.command import CommandPalette
        from textual.theme import ThemeProvider

        hint = Wording("app", self.lang)("theme.hint")
        self.push_screen(CommandPalette(providers=[ThemeProvider], placeholder=hint))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every command of the app and of the screen; no screenshot: it would write private
        text to a file unasked.
        """
        from screens.palette import commands

        yield from commands(self, screen)

    def switch_language(self, lang: str) -> None:
        """Speaks `lang` from now on."""
        self.lang = lang
        self.store(lang=lang)
        translate(self, lang)
        self.home.translate()

    def toggle_light(self) -> None:
        """Goes from dark to light or back, and keeps it."""
        self.theme = LIGHT.name if self.current_theme.dark else DARK.name

    def _keep_theme(self, name: str) -> None:
        if self._settings is not None and name != self._settings.theme:
            self.store(theme=name)
            self.home.begin()


def run_app(
    place: Place,
    *,
    lang: str,
    start: str | Request = "",
    demo: bool = False,
    journal: Journal | None = None,
) -> int:
    """Runs the app until the student leaves; its exit code. `journal` may be open already."""
    # By default it would look for garbage four times for each key, at worst among the thousands of
    # entries that browsing holds, which can be felt while typing.
    gc.set_threshold(10_000, 20, 10)
    app = CoachApp(place, lang=lang, start=start, demo=demo, journal=journal)
    code = app.run()
    return app.return_code or code or 0
