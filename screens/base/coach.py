"""What a screen may ask of the app, so that no screen needs to know the app itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coach.disk.errors import JournalError
    from coach.workspace import Workspace
    from screens.base.symbols import Symbols


from collections.abc import Awaitable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.screen import Screen

    from coach.disk.errors import JournalError
    from coach.flows.request import SessionRequest
    from coach.workspace import Workspace
    from screens.base.symbols import Symbols


class Coach(Protocol):
    """The app as screens see it; `screens.app.CoachApp` is one."""

    workspace: Workspace
    """The student's data."""
    demo: bool
    """Whether this is the demo, in a folder that is thrown away."""

    @property
    def lang(self) -> str:
        """The student's language, `fr` or `en`."""

    @property
    def symbols(self) -> Symbols:
        """The signs in use."""

    def change_settings(self, **changes: Any) -> None:
        """Keeps changed settings; a failure is told and changes nothing else."""

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
