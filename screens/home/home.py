"""Home: the one thing to do next, the weeks so far, and the ways to everything else."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, HorizontalGroup, VerticalGroup, VerticalScroll
from textual.content import Content

from coach.util.wording import Wording
from screens.base.keys import key, translate
from screens.base.screen import CoachScreen
from screens.widgets.keyline import KeyLine
from screens.widgets.menu import MenuLine, line
from screens.widgets.say import Say

if TYPE_CHECKING:
    from screens.home.overview import Overview

QUIETED = 60
"""Steps put aside that are remembered: the latest."""
MANY = 1000
"""Entries from which looking through them all for garbage can be felt."""
BESIDE_WHERE = 11
"""Cells of the top line that the coach's name and the margins take."""
WATCH_EVERY = 1.0
"""Seconds between looks at the journal for what another program wrote."""


class HomeScreen(CoachScreen[None]):
    """Paints an empty frame first; what the journal holds follows at once."""

    AUTO_FOCUS = ""
    BINDINGS = [
        key("home.note", "n", "note"),
        key("home.weekly", "w", "open('weekly')", show=False),
        key("home.reframe", "s", "open('reframe')", show=False),
        key("home.interview", "e", "open('interview')", show=False),
        key("home.rehearsal", "r", "open('rehearsal')", show=False),
        key("home.skills", "p", "open('skills')", show=False),
        key("home.browse", "b", "open('browse')"),
        key("home.documents", "d", "open('documents')", show=False),
        key("home.lab", "l", "open('lab')"),
        key("home.weeks", "t", "open('weeks')", show=False),
        key("home.internship", "i", "open('internship')", show=False),
        key("home.own", "o", "open('own')", show=False),
        key("home.quiet", "x", "quiet", show=False),
        key("help", "f1", "help"),
        key("home.palette", "ctrl+p", "app.command_palette", priority=True),
    ]

    def compose(self) -> ComposeResult:
        """The frame alone, so that it is painted at once."""
        with Horizontal(id="top"):
            yield Say("coach", id="name")
            yield Say("", id="where")
        yield VerticalScroll(id="home", can_focus=False)
        yield KeyLine()

    async def _furnish(self) -> None:
        """Makes room in the frame for what the journal will say."""
        home = self.query_one("#home")
        if not home.children:
            first = MenuLine("", "note", id="first")
            first.display = False
            await home.mount(
                Say("", id="greeting"),
                VerticalGroup(id="copies"),
                VerticalGroup(first, Say("", id="more", classes="muted more"), id="next"),
                Say("", id="weeks"),
                VerticalGroup(id="hints"),
                HorizontalGroup(VerticalGroup(id="left"), VerticalGroup(id="right"), id="menus"),
                VerticalGroup(id="drafts"),
                VerticalGroup(id="last"),
            )

    def on_mount(self) -> None:
        """Prepares the empty screen; the journal is read after the first paint."""
        self._overview: Overview | None = None
        self._begun = False
        self._frozen = False
        self._seen = -1
        self._filled: dict[str, list[Any]] = {}
        self.set_interval(WATCH_EVERY, self._watch)

    def on_resize(self) -> None:
        """Narrow terminals get one column of menus."""
        self.set_class(self.size.width < 70, "narrow")
        if self._begun and self._overview is not None:
            self._draw_where(self._overview)
            self._draw_weeks(self._overview)

    @work(exclusive=True)
    async def begin(self) -> None:
        """Reads the journal off this thread and shows what it says."""
        from coach.store.journal import JournalError
        from screens.home.overview import build_overview

        coach = self.coach
        await self._furnish()
        try:
            self._seen = coach.workspace.journal_state()
            found = await asyncio.to_thread(build_overview, coach)
        except JournalError as error:
            if await coach.navigation.unlock_for(error):
                self.begin()
            elif self.query("#greeting"):
                self.query_one("#greeting", Say).update(coach.explain(error))
            return
        if not self.query("#where"):
            return  # the program was left meanwhile
        self._draw_where(found)
        coach.tell_notices()
        if found != self._overview:
            await self._draw(found)
            self._overview = found
        first, self._begun = not self._begun, True
        self._warm()
        if first and found.first_start and not coach.demo:
            from screens.home.welcome import WelcomeScreen

            self.app.push_screen(WelcomeScreen(), coach.navigation.welcomed)

    @work(thread=True, exclusive=True, group="warm")
    def _warm(self) -> None:
        """Works out what screens over the proofs show, while nobody waits for it."""
        from textual.worker import get_current_worker

        from coach.store.journal import JournalError
        from screens.skills.actions import warm

        worker = get_current_worker()
        with suppress(JournalError):  # told where it is read in earnest
            kept = warm(self.coach, lambda: worker.is_cancelled)
            if kept >= MANY and not self._frozen:
                # Nothing of it is garbage, and to look through it all can be felt.
                self._frozen = True
                gc.freeze()

    def _watch(self) -> None:
        """Shows at once what another program (or window) wrote."""
        if self._begun and self.is_current and self.coach.workspace.journal_state() != self._seen:
            self.begin()

    # Drawing

    @property
    def words(self) -> Wording:
        """The texts of home, loaded at first use: the empty frame is painted before."""
        return Wording("home", self.lang)

    def _draw_where(self, found: Overview) -> None:
        """Says at which place, in which language and by what light: these two change alone too."""
        light = self.symbols.dark if self.app.current_theme.dark else self.symbols.light
        demo = [self.words("demo")] if self.coach.demo else []
        room = self.size.width - BESIDE_WHERE
        # Where there is little room the company goes first, then the week.
        for parts in (found.where, found.where[-1:], []):
            told = " · ".join([*demo, *parts])
            where = "  ".join(filter(None, [told, f"{self.lang.upper()} {light}"]))
            if Content(where).cell_length <= room:
                break
        self.query_one("#where", Say).update(where)

    async def _draw(self, found: Overview) -> None:
        say = self.words
        self.query_one("#greeting", Say).update(found.why)
        self._draw_weeks(found)
        near = [("", text, what or "calendar") for text, what in found.hints]
        await self._fill("#hints", "", near)
        first = self.query_one("#first", MenuLine)
        first.update(line(self.symbols.arrow, found.do, found.do_more))
        first.what = found.open or "note"
        first.display = True
        self.query_one("#more", Say).say(found.more)
        setback = [("s", say("menu.reframe"), "reframe"), ("e", say("menu.interview"), "interview")]
        due = found.due
        rehearse = say.count("menu.rehearsal_due", due) if due else say("menu.rehearsal")
        setback.append(("r", rehearse, "rehearsal"))
        if found.own_flows:
            setback.append(("o", say("menu.own"), "own"))
        await self._fill("#left", say("menu.hard"), setback)
        proofs = [
            ("p", say.count("menu.skills", found.skills), "skills"),
            ("b", say.count("menu.browse", found.total), "browse"),
            ("d", say("menu.documents"), "documents"),
            ("l", say("menu.lab"), "lab"),
        ]
        await self._fill("#right", say("menu.proofs"), proofs)
        copies = [("", say.count("copies.do", len(found.copies)), "copies")] if found.copies else []
        await self._fill("#copies", say("copies.why"), copies)
        drafts = [("", label, request) for label, request in found.drafts]
        await self._fill("#drafts", say("menu.drafts"), drafts)
        last = [("", label, ("entry", entry_id)) for label, entry_id in found.last]
        await self._fill("#last", say("menu.last"), last)
        if self.focused is None:
            self.set_focus(first, scroll_visible=False)
            self.query_one("#home", VerticalScroll).scroll_home(animate=False)

    async def _fill(self, where: str, title: str, lines: Sequence[tuple[str, str, Any]]) -> None:
        """Shows `lines` under `title`; what already shows is left alone, and so is the cursor."""
        if self._filled.get(where) == [title, *lines]:
            return
        self._filled.pop(where, None)  # until it is done: a newer drawing may cut this one short
        box = self.query_one(where)
        here = getattr(self.focused, "what", None) if self.focused in box.children else None
        async with box.batch():
            await box.remove_children()
            box.display = bool(lines)
            if lines:
                words = [MenuLine(line(pressed, text), what) for pressed, text, what in lines]
                heading = [Say(title, classes="heading")] if title else []
                await box.mount_all([*heading, *words])
        self._filled[where] = [title, *lines]
        if here is not None:
            again = [one for one in box.query(MenuLine) if one.what == here]
            self.set_focus(again[0] if again else self.query_one("#first"), scroll_visible=False)

    def _draw_weeks(self, found: Overview) -> None:
        from screens.widgets.week_strip import strip

        width = max(20, self.size.width - 5)  # the margins and the scrollbar
        self.query_one("#weeks", Say).say(strip(found.weeks, self.symbols, self.words, width))

    def translate(self) -> None:
        """Speaks the app's language from now on."""
        translate(self, self.lang)
        self.refresh_bindings()
        self.begin()

    # Opening

    @on(MenuLine.Opened)
    def _opened(self, event: MenuLine.Opened) -> None:
        self._open(event.what)

    def action_open(self, what: str) -> None:
        """Opens what a key stands for."""
        self._open(what)

    def action_quiet(self) -> None:
        """Puts the next step aside: it is not said again, and the one after it comes."""
        found = self._overview
        if found is None or not found.quiet:
            self.coach.tell(self.words("not_quiet"))
            return
        self.coach.change_settings(
            quiet=[*self.coach.workspace.settings.quiet, found.quiet][-QUIETED:]
        )
        self.coach.tell(self.words("quieted"))
        self.begin()

    def action_note(self) -> None:
        """Keeps a proof in seconds."""
        self._open("note")

    def _open(self, what: Any) -> None:
        from coach.flows.request import SessionRequest

        coach = self.coach
        if isinstance(what, SessionRequest):
            coach.navigation.open_session(what)
        elif isinstance(what, tuple):
            coach.navigation.open_browse(what[1])
        elif what == "copies":
            coach.navigation.merge_copies(self._overview.copies if self._overview else [])
        elif what == "reframe" and self._overview and self._overview.reframed:
            coach.navigation.reopen(what)
        else:
            coach.navigation.open_place(what)

    def action_help(self) -> None:
        """Says what one can do here."""
        self.coach.navigation.help("home", self)
