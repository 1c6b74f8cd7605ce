"""Asks for a passphrase, or for a new one; nothing of it shows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import HorizontalGroup, VerticalScroll
from textual.widgets import Input

from coach.disk.encryption import normal_form
from coach.disk.errors import JournalError, Unfinished
from coach.util.wording import Wording
from screens.base.keys import key
from screens.base.screen import CoachDialog
from screens.widgets.act import Act
from screens.widgets.say import Say

if TYPE_CHECKING:
    from pathlib import Path

    from screens.base.coach import Coach


class AskPassphrase(CoachDialog[bool]):
    """Asks for a passphrase (`twice` for a new one) until `attempt` takes it.

    `attempt` works off this thread and raises JournalError. Answers whether it took one; leaving is
    `leave`, a key of the app's wording.
    """

    takes_note = False
    BINDINGS = [
        key("dialog.close", "escape", "leave"),
        # Before the field's own: the next letter must find the cursor where it is due.
        key("enter", "enter", "go_on", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        text: str,
        attempt: Callable[[str], None],
        *,
        twice: bool = False,
        leave: str = "passphrase.leave",
    ) -> None:
        super().__init__()
        self.heading = title
        self.text = text
        self.attempt = attempt
        self.twice = twice
        self.leave = leave
        self._busy = False

    def compose(self) -> ComposeResult:
        """Lays out the question and its reason, one field or two, the error line, two buttons."""
        self.words = Wording("copies", self.lang)
        with VerticalScroll(classes="dialog"):
            yield Say(self.heading, classes="title")
            yield Say(self.text)
            yield Input(password=True, id="first", compact=True)
            if self.twice:
                yield Say(self.words("passphrase.again"))
                yield Input(password=True, id="second", compact=True)
            yield Say("", id="wrong")
            with HorizontalGroup(classes="answers"):
                yield Act(self.words("passphrase.go"), "go")
                yield Act(self.words(self.leave), "leave")

    def on_mount(self) -> None:
        """The field has the cursor, and the keys that waited for it."""
        self.query_one("#first").focus()
        self.coach.release()

    def action_go_on(self) -> None:
        """From the first of two fields to the second; from the last, tries what was typed."""
        if isinstance(self.focused, Act):
            self.focused.action_do()
        elif self.twice and self.focused is self.query_one("#first"):
            self.set_focus(self.query_one("#second"))
        else:
            self.go()

    @on(Act.Done)
    def _done(self, event: Act.Done) -> None:
        if event.name == "leave":
            self.action_leave()
        else:
            self.go()

    def action_leave(self) -> None:
        """Gives up, unless a try is under way."""
        if not self._busy:
            self.dismiss(False)

    @work(exclusive=True)
    async def go(self) -> None:
        """Tries what was typed."""
        if self._busy:
            return
        first = self.query_one("#first", Input)
        typed = first.value
        if not typed:
            self._wrong(self.words("passphrase.empty"))
            return
        second = self.query_one("#second", Input).value if self.twice else typed
        if normal_form(second) != normal_form(typed):
            self._wrong(self.words("passphrase.differ"))
            return
        self._busy = True
        self.query_one("#wrong", Say).say(self.words("passphrase.trying"))
        try:
            await asyncio.to_thread(self.attempt, typed)
        except JournalError as error:
            known = error.key == "wrong_passphrase"
            self._wrong(self.words("passphrase.wrong") if known else self.coach.explain(error))
            return
        finally:
            self._busy = False
        self.dismiss(True)

    def _wrong(self, why: str) -> None:
        """Says what was wrong; what was typed goes, for nobody can see it to mend it."""
        for field in self.query(Input):
            field.value = ""
        self.set_focus(self.query_one("#first"))
        self.query_one("#wrong", Say).say(why)


async def let_in(app: Coach) -> bool:
    """Asks for the passphrase where one stands before the journal; whether it is open now.

    Call it from a worker.
    """
    from coach.maintenance.passphrase import settle

    journal = app.workspace.journal
    if not journal.keyring.locked:
        return True

    def attempt(passphrase: str) -> None:
        journal.keyring.open(passphrase)
        settle(journal)

    say = Wording("copies", app.lang)
    opened: bool | None = await app.push_screen_wait(
        AskPassphrase(
            say("passphrase.title"), say("passphrase.text"), attempt, leave="passphrase.quit"
        )
    )
    return bool(opened)


async def let_in_file(app: Coach, path: Path) -> bool:
    """Asks for the passphrase of the file at `path`, which was locked elsewhere; whether it opened.

    In a folder with a passphrase of its own the file is sealed with that from then on. Call it from
    a worker.
    """
    from coach.maintenance.passphrase import settle

    journal = app.workspace.journal

    def attempt(passphrase: str) -> None:
        journal.keyring.open_file(path, passphrase)
        settle(journal)

    say = Wording("copies", app.lang)
    opened: bool | None = await app.push_screen_wait(
        AskPassphrase(
            say("passphrase.other"), say("passphrase.other_text", name=path.name), attempt
        )
    )
    return bool(opened)


async def set_passphrase(app: Coach) -> bool:
    """Asks for a new passphrase and seals everything with it; whether that was done."""
    from coach.disk.encryption import require
    from coach.maintenance.passphrase import lock

    journal = app.workspace.journal
    say = Wording("copies", app.lang)
    try:
        require()
    except JournalError as error:
        app.notify(app.explain(error), severity="warning", timeout=20)
        return False
    changed = journal.keyring.state != "plain"
    left: list[Unfinished] = []

    def seal(typed: str) -> None:
        left[:] = lock(journal, typed)

    done: bool | None = await app.push_screen_wait(
        AskPassphrase(
            say("passphrase.change" if changed else "passphrase.set"),
            say("passphrase.before"),
            seal,
            twice=True,
        )
    )
    if left:
        app.notify(Wording("cli", app.lang)("lock.partly"), severity="warning", timeout=20)
        app.tell_notices()
    elif done:
        app.tell(say("passphrase.changed" if changed else "passphrase.done"))
    return bool(done)


async def take_off_passphrase(app: Coach) -> bool:
    """Asks, then puts everything in clear again; whether that was done."""
    from coach.maintenance.passphrase import unlock

    journal = app.workspace.journal
    say = Wording("copies", app.lang)
    if not await app.ask(say("passphrase.off_ask")):
        return False
    try:
        left = await asyncio.to_thread(unlock, journal)
    except JournalError as error:
        app.tell(app.explain(error))
        return False
    if left:
        app.notify(Wording("cli", app.lang)("unlock.partly"), severity="warning", timeout=20)
        app.tell_notices()
        return False
    app.tell(say("passphrase.off_done"))
    return True
