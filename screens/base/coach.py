"""The part of the app that screens may call, as protocols: no screen imports the app itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from textual.binding import ActiveBinding, Binding
    from textual.dom import DOMNode
    from textual.screen import Screen
    from textual.widget import Widget

    from coach.disk.errors import JournalError
    from coach.flows.request import SessionRequest
    from coach.workspace import Workspace
    from screens.base.symbols import Symbols


NOTICE_SECONDS = 30
"""How long what went wrong with the journal or the settings stays in sight."""


class Navigation(Protocol):
    """Opens sessions and screens by name; `screens.shell.navigation` implements it."""

    def opened(self) -> None:
        """A session shows: the keys pressed meanwhile are for it."""

    def opens(self, name: str) -> str:
        """How `name` opens, `session` or `place`; '' where there is nothing of that name."""

    def open_session(self, request: SessionRequest) -> None:
        """Opens a guided session over whatever shows; one at a time."""

    def open_place(self, name: str) -> None:
        """Opens a screen, a list or a session by its name."""

    def open_browse(self, entry_id: str = "") -> None:
        """Opens browsing, on one entry where it is given."""

    def reopen(self, flow: str) -> None:
        """Asks whether to go on with what was written or to start afresh."""

    def merge_copies(self, names: list[str]) -> None:
        """Offers to merge the copies that a synchronising tool left."""

    def welcomed(self, where: str | None) -> None:
        """Goes on from the first start."""

    def unlock_for(self, error: JournalError) -> Awaitable[bool]:
        """Asks for the passphrase for want of which `error` came; whether to try again."""

    def help(self, area: str, screen: Screen[Any]) -> None:
        """Says what one can do on `screen`, and with which keys."""


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

    def push_screen_wait(self, screen: Screen[Any]) -> Any:
        """Shows a screen and gives what it answers; to be awaited in a worker."""

    # Opening and ending

    @property
    def navigation(self) -> Navigation:
        """Opens sessions and screens by their names."""

    def hold(self) -> None:
        """Keeps keys back for what is about to open."""

    def release(self) -> None:
        """Hands the keys kept back to what opened."""

    def switch_language(self, lang: str) -> None:
        """Speaks `lang` from now on."""

    def toggle_light(self) -> None:
        """Goes from dark to light or back, and keeps it."""

    def action_change_theme(self) -> None:
        """Opens the list of themes."""

    def run_action(self, action: str, default_namespace: DOMNode) -> Awaitable[bool]:
        """Does what a key would do on `default_namespace`."""

    def let_pass(self) -> None:
        """Takes what was said in passing off the screen; a warning stays for its time."""

    def refresh_home(self) -> None:
        """Has home read the journal again, for nothing shows over it any more."""

    def run_worker(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Runs `work` beside what shows."""

    def call_later(self, callback: Callable[..., Any]) -> Any:
        """Calls `callback` once what came before is dealt with."""

    def push_screen(self, screen: Screen[Any], *, wait_for_dismiss: bool = False) -> Any:
        """Shows a screen; with `wait_for_dismiss` what it gives can be awaited for its answer."""

    @property
    def screen(self) -> Screen[Any]:
        """The screen that shows."""

    @property
    def screen_stack(self) -> Sequence[Screen[Any]]:
        """The screens over one another, home first."""

    @property
    def active_bindings(self) -> Mapping[str, ActiveBinding]:
        """Key → what it does on the screen that shows."""

    def get_key_display(self, binding: Binding) -> str:
        """A key as the footer writes it."""

    @property
    def focused(self) -> Widget | None:
        """The widget that has the focus, which receives the keys."""

    @property
    def home(self) -> Screen[Any]:
        """The screen under all others."""

    def exit(self, result: int | None = None, *, message: Any = None) -> None:
        """Ends the app."""
