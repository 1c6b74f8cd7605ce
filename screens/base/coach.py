"""What a screen may ask of the app, so that no screen needs to know the app itself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coach.disk.locations import DataFolder
    from coach.disk.settings import Settings
    from coach.documents.dossier import Dossier
    from coach.flows.content import Content
    from coach.store.entries import Entry
    from coach.store.journal import Journal, JournalError
    from coach.store.snapshot import Snapshot
    from screens.base.symbols import Symbols


from collections.abc import Awaitable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.screen import Screen

    from coach.disk.locations import DataFolder
    from coach.disk.settings import Settings
    from coach.documents.dossier import Dossier
    from coach.flows.content import Content
    from coach.flows.request import SessionRequest
    from coach.store.entries import Entry
    from coach.store.journal import Journal, JournalError
    from coach.store.snapshot import Snapshot
    from screens.base.symbols import Symbols


class Coach(Protocol):
    """The app as screens see it; `screens.app.CoachApp` is one."""

    lang: str
    """The student's language, `fr` or `en`."""
    demo: bool
    """Whether this is the demo, in a folder that is thrown away."""
    data_folder: DataFolder

    # What is kept

    @property
    def today(self) -> date:
        """The day it is for the student."""

    @property
    def journal(self) -> Journal:
        """The student's journal, opened when first needed."""

    @property
    def content(self) -> Content:
        """What the coach says and asks."""

    @property
    def settings(self) -> Settings:
        """The student's settings."""

    @property
    def symbols(self) -> Symbols:
        """The signs in use."""

    def store(self, **changes: Any) -> None:
        """Keeps changed settings; a failure is told and changes nothing else."""

    def snapshot(self) -> Snapshot:
        """Everything kept, as it now stands; call it from a thread. Raises JournalError."""

    def dossier(
        self, included: frozenset[str] = frozenset(), under_way: Entry | None = None
    ) -> Dossier:
        """What documents are made from; call it from a thread. Raises JournalError."""

    def current_internship(self, entries: list[Entry] | None = None) -> Entry | None:
        """The internship meant, or None. Raises JournalError."""

    def journal_state(self) -> int:
        """A number that grows each time the journal changes, by whatever program."""

    def local_time(self) -> str:
        """The time of day, for 'draft kept 17:42'."""

    # Telling and asking

    def explain(self, error: JournalError) -> str:
        """What went wrong, where, and what to do, in the student's language."""

    def tell(self, message: str) -> None:
        """Says something in passing."""

    def notify(self, message: str, **options: Any) -> None:
        """A passing message, never read as markup."""

    def tell_notices(self) -> None:
        """Says what happened when the journal was opened or a draft read: once."""

    def ask(self, question: str) -> Awaitable[bool]:
        """Asks yes or no; call it from a worker."""

    def unlock_for(self, error: JournalError) -> Awaitable[bool]:
        """Asks for the passphrase for want of which `error` came; whether to try again."""

    def push_screen_wait(self, screen: Screen[Any]) -> Any:
        """Shows a screen and gives what it answers; to be awaited in a worker."""

    def help(self, area: str, screen: Screen[Any]) -> None:
        """Says what one can do on `screen`, and with which keys."""

    # Opening

    def hold(self) -> None:
        """Keeps keys back for what is about to open."""

    def release(self) -> None:
        """Hands the keys kept back to what opened."""

    def opened(self) -> None:
        """A session shows: the keys pressed meanwhile are for it."""

    def opens(self, name: str) -> str:
        """How `name` opens, `session` or `place`; '' where there is nothing of that name."""

    def open_session(self, request: SessionRequest) -> None:
        """Opens a guided session over whatever shows."""

    def open_place(self, name: str) -> None:
        """Opens a screen, a list or a session by its name."""

    def open_browse(self, entry_id: str = "") -> Any:
        """Opens browsing, on one entry where it is given."""

    def reopen(self, flow: str) -> Any:
        """Asks whether to go on with what was written or to start afresh."""

    def merge_copies(self, names: list[str]) -> Any:
        """Offers to merge the copies that a synchronising tool left."""

    def welcomed(self, where: str | None) -> None:
        """Goes on from the first start."""

    def switch_language(self, lang: str) -> None:
        """Speaks `lang` from now on."""

    def toggle_light(self) -> None:
        """Goes from dark to light or back, and keeps it."""

    def action_change_theme(self) -> None:
        """Opens the list of themes."""

    def run_action(self, action: str, default_namespace: DOMNode) -> Awaitable[bool]:
        """Does what a key would do on `default_namespace`."""

    @property
    def home(self) -> Screen[Any]:
        """The screen under all others."""

    def exit(self, result: int | None = None) -> None:
        """Ends the app."""


NOTICE_SECONDS = 30
"""How long what went wrong with the journal or the settings stays in sight."""
