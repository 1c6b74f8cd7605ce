"""The ways between screens: sessions, browsing, places, and what each answers with."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from textual import work
from textual.screen import Screen

from coach.requests import Request
from coach.wording import Wording
from screens.app_desk import NOTICE_SECONDS
from screens.app_ending import EndingApp

if TYPE_CHECKING:
    from coach.entries import Entry
    from coach.sitting import Sitting

CALM_SECONDS = 120
"""How long the calm line stays, whose numbers somebody may be copying down."""


class WaysApp(EndingApp):
    """An app that opens whatever has a name, one session at a time."""

    _opening = False

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
            if await self.opened_up(error):
                self._open_session(request)
                return
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

        self.let_pass()
        entry = await self.push_screen_wait(session_screen(sitting, request.item))
        if entry is not None:
            self._tell_kept(entry, sitting)
        self.home.begin()

    def _tell_kept(self, entry: Entry, sitting: Sitting) -> None:
        """Says that a session was kept; the calm line where its last step asks for it, and nothing
        of what comes next where any of its answers does.
        """
        from coach.care import calm_line, heard

        say = Wording("app", self.lang)
        if sitting.session.calm():
            self.notify(calm_line(self.lang), timeout=CALM_SECONDS)
        weighs = heard(entry.answers)
        key = f"done.{entry.flow}"
        self.tell(say(key if say.has(key) and not weighs else "done"))

    @work
    async def open_browse(self, entry_id: str = "") -> None:
        """Opens browsing, on one entry where it is given."""
        from screens.browse import BrowseScreen

        self.let_pass()
        screen = BrowseScreen(entry_id)
        asked = self.push_screen(screen, wait_for_dismiss=True)
        screen.call_later(self.release)
        await asked
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
            self.hold()
            self.open_browse()
        elif self.opens(name) == "place":
            self.hold()
            self._open_place(name)
        else:
            self.open_session(Request(name))

    @work
    async def _open_place(self, name: str) -> None:
        """Opens a screen or a list, then what it answers with."""
        from screens.lists import LISTS
        from screens.places import screen_of

        self.let_pass()
        kind: type[Screen[Any]] = LISTS[name] if name in LISTS else screen_of(name)
        screen = kind()
        asked = self.push_screen(screen, wait_for_dismiss=True)
        screen.call_later(self.release)  # the keys pressed meanwhile are for it
        answer = await asked
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
