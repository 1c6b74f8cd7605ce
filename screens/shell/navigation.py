"""The ways between screens: sessions, browsing, places, and what each answers with."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from coach.flows.request import SessionRequest
from coach.util.wording import Wording
from screens.base.coach import NOTICE_SECONDS

if TYPE_CHECKING:
    from coach.disk.errors import JournalError
    from coach.flows.draft_session import DraftSession
    from coach.store.entries import Entry
    from screens.base.coach import Coach

CALM_SECONDS = 120
"""How long the calm line stays, whose numbers somebody may be copying down."""


class Navigation:
    """Opens whatever has a name over the screen that shows; one session at a time."""

    def __init__(self, app: Coach) -> None:
        self.app = app
        self._opening = False

    def open_session(self, request: SessionRequest) -> None:
        """Opens a guided session over whatever shows; one at a time."""
        if not self._opening:
            self._opening = True
            self.app.hold()
            self.app.run_worker(self._open_session(request))

    def opened(self) -> None:
        """The session shows: the keys pressed meanwhile are for it."""
        self._opening = False
        self.app.release()

    async def _open_session(self, request: SessionRequest) -> None:
        from coach.flows.draft_session import DraftSession
        from coach.store.journal import JournalError
        from coach.util.data_files import ContentError

        say = Wording("app", self.app.lang)
        why = ""
        try:
            internship = await asyncio.to_thread(self.app.workspace.current_internship)
            draft_session = await asyncio.to_thread(
                lambda: DraftSession(
                    self.app.workspace.journal,
                    self.app.workspace.content,
                    request,
                    lang=self.app.lang,
                    today=self.app.workspace.today,
                    internship=internship,
                )
            )
        except JournalError as error:
            if await self.unlock_for(error):
                await self._open_session(request)
                return
            why = self.app.explain(error)
        except ContentError as error:
            why = say("flow.broken", path=str(error.path), why=error.why)
        except KeyError:
            why = say("flow.none", name=request.flow)
        if why:
            self.opened()
            self.app.notify(why, severity="warning", timeout=NOTICE_SECONDS)
            self.app.refresh_home()
            return
        from screens.shell.destinations import session_screen

        self.app.let_pass()
        entry = await self.app.push_screen_wait(session_screen(draft_session, request.item))
        if entry is not None:
            self._tell_kept(entry, draft_session)
        self.app.refresh_home()

    def _tell_kept(self, entry: Entry, draft_session: DraftSession) -> None:
        """Says that a session was kept; the calm line where its last step asks for it, and nothing
        of what comes next where any of its answers does.
        """
        from coach.language.care import calm_line, heard

        say = Wording("app", self.app.lang)
        if draft_session.session.calm():
            self.app.notify(calm_line(self.app.lang), timeout=CALM_SECONDS)
        weighs = heard(entry.answers)
        key = f"done.{entry.flow}"
        self.app.tell(say(key if say.has(key) and not weighs else "done"))

    def open_browse(self, entry_id: str = "") -> None:
        """Opens browsing, on one entry where it is given."""
        self.app.run_worker(self._open_browse(entry_id))

    async def _open_browse(self, entry_id: str = "") -> None:
        from screens.browse.browse import BrowseScreen

        self.app.let_pass()
        screen = BrowseScreen(entry_id)
        asked = self.app.push_screen(screen, wait_for_dismiss=True)
        screen.call_later(self.app.release)
        await asked
        self.app.refresh_home()

    def opens(self, name: str) -> str:
        """How `name` opens, `session` or `place`; '' where there is nothing of that name."""
        from screens.shell.destinations import SCREENS

        if name in SCREENS or name == "browse":
            return "place"
        return "session" if self.app.workspace.content.has(name) else ""

    def open_place(self, name: str) -> None:
        """Opens a screen, a list or a session by its name."""
        if name == "browse":
            self.app.hold()
            self.open_browse()
        elif self.opens(name) == "place":
            self.app.hold()
            self.app.run_worker(self._open_place(name))
        else:
            self.open_session(SessionRequest(name))

    async def _open_place(self, name: str) -> None:
        """Opens a screen or a list, then what it answers with."""
        from screens.shell.destinations import screen_of

        self.app.let_pass()
        screen: Screen[Any] = screen_of(name)()
        asked = self.app.push_screen(screen, wait_for_dismiss=True)
        screen.call_later(self.app.release)  # the keys pressed meanwhile are for it
        answer = await asked
        if isinstance(answer, SessionRequest):
            self.open_session(answer)
        elif isinstance(answer, str):
            self.open_place(answer)
        else:
            self.app.refresh_home()

    def reopen(self, flow: str) -> None:
        """Asks whether to go on with what was written or to start afresh."""
        self.app.run_worker(self._reopen(flow))

    async def _reopen(self, flow: str) -> None:
        from screens.common.dialogs import Choose

        say = Wording("app", self.app.lang)
        ways = {"again": say(f"reopen.{flow}"), "new": say(f"new.{flow}")}
        way = await self.app.push_screen_wait(Choose(say("reopen.title"), ways))
        if way:
            self.open_session(SessionRequest(flow, new=way == "new"))

    def merge_copies(self, names: list[str]) -> None:
        """Offers to merge the copies that a synchronising tool left."""
        self.app.run_worker(self._merge_copies(names))

    async def _merge_copies(self, names: list[str]) -> None:
        from screens.home.merge_copies import merge_copies

        await merge_copies(self.app, names)
        self.app.refresh_home()

    def welcomed(self, where: str | None) -> None:
        """Goes on from the first start."""
        if where == "internship":
            self.open_session(SessionRequest("internship", new=True))
            return
        if where:
            from coach.features.guide.guide import BETWEEN

            self.app.change_settings(internship=BETWEEN)
        self.app.refresh_home()

    def help(self, area: str, screen: Screen[Any]) -> None:
        """Says what one can do on `screen`, and with which keys."""
        from screens.common.dialogs import Help
        from screens.shell.palette import keys_help

        self.app.push_screen(Help(area, keys_help(screen)))

    # Asking

    async def unlock_for(self, error: JournalError) -> bool:
        """Asks for the passphrase for want of which `error` came, if it did; whether to try again.

        Call it from a worker.
        """
        if error.key not in ("sealed", "other_key"):
            return False
        from pathlib import Path

        from screens.common.passphrase import let_in, let_in_file

        if not self.app.workspace.journal.keyring.locked:
            path = Path(error.values["path"])
            return path.is_file() and await let_in_file(self.app, path)
        if await let_in(self.app):
            return True
        self.app.exit(0)
        return False
