"""`lock`, `unlock`, and asking for the passphrase that stands before a journal.

It comes from a prompt that shows nothing, or from a file descriptor (`--passphrase-fd N`: a line
for each passphrase that is asked for); never from the command line or the environment, which other
programs on the machine can read.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from coach.commands.command import Command
from coach.commands.failures import Failed
from coach.disk.errors import JournalError
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.desk import Desk
    from coach.disk.encryption import Key

TRIES = 3
_LONGEST = 64 * 1024


def open_keyring(desk: Desk) -> None:
    """Takes the key of a locked journal; raises Failed or JournalError without it."""
    tries = 1 if desk.passphrases.given else TRIES
    for left in reversed(range(tries)):
        try:
            desk.keyring.open(desk.passphrases.next("passphrase.ask"))
            return
        except JournalError as error:
            if error.key != "wrong_passphrase" or not left:
                raise
            desk.warn(desk.say("passphrase.again"))


def key_of(desk: Desk, header: bytes, name: str) -> Key:
    """The key of the sealed file `name` that came from elsewhere, asked for by its first line."""
    from coach.disk.encryption import open_key

    key = open_key(header, desk.passphrases.next("passphrase.ask_file", name=name))
    if key is None:
        raise JournalError("wrong_passphrase", path=name)
    return key


class Passphrases:
    """Where passphrases come from: the lines of a file descriptor, or the student."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.fd: int | None = None

    @property
    def given(self) -> bool:
        """Whether they come from a file descriptor."""
        return self.fd is not None

    @property
    def to_be_had(self) -> bool:
        """Whether there is a descriptor, or somebody to ask."""
        return self.given or any(
            one is not None and one.isatty() for one in (sys.stdin, sys.stderr)
        )

    def next(self, prompt: str, **values: str) -> str:
        """One passphrase; raises Failed where there is none to be had."""
        say = self._desk.say
        if self.fd is None:
            return self._asked(say(prompt, **values))
        line = self._line(self.fd)
        if not line:
            raise Failed(say("passphrase.none_given", fd=str(self.fd)))
        return line

    def new(self) -> str:
        """A passphrase to come, typed twice where somebody types it."""
        say = self._desk.say
        first = self.next("passphrase.new")
        if not first:
            raise Failed(say("passphrase.empty"))
        if not self.given:
            from coach.disk.encryption import normal_form

            if normal_form(self._asked(say("passphrase.new_again"))) != normal_form(first):
                raise Failed(say("passphrase.differ"))
        return first

    def _line(self, fd: int) -> str:
        """The next line. Letter by letter: what follows may be the answers of a session."""
        data = b""
        try:
            while len(data) < _LONGEST and (part := os.read(fd, 1)) not in (b"", b"\n"):
                data += part
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise Failed(self._desk.say("passphrase.no_fd", fd=str(fd), why=why)) from error
        # What is no UTF-8 is a passphrase like any other.
        return data.removesuffix(b"\r").decode("utf-8", "surrogateescape")

    def _asked(self, prompt: str) -> str:
        if not self.to_be_had:
            raise Failed(self._desk.say("passphrase.nobody"))
        from getpass import getpass
        from warnings import catch_warnings, simplefilter

        try:
            with catch_warnings():
                simplefilter("error")  # rather than one that shows on the screen
                return getpass(f"{prompt} ")
        except (EOFError, Warning, OSError) as error:
            raise Failed(self._desk.say("passphrase.nobody")) from error


def _lock(say: Wording) -> Command:
    return Command("lock", say, run_lock)


def run_lock(desk: Desk) -> int:
    """Puts a passphrase before everything, or changes the one there is."""
    from coach.disk.encryption import require
    from coach.maintenance.passphrase import lock

    require()
    journal = desk.journal
    desk.keyring.look()
    changed = desk.keyring.state != "plain"
    desk.writable()
    if not changed and not desk.passphrases.given:
        desk.print(desk.say("lock.before"))
    left = lock(journal, desk.passphrases.new())
    desk.tell_notices()
    if left:
        raise Failed(desk.say("lock.partly"))
    desk.print(desk.say("lock.changed" if changed else "lock.done"))
    return 0


def _unlock(say: Wording) -> Command:
    return Command("unlock", say, run_unlock)


def run_unlock(desk: Desk) -> int:
    """Takes the passphrase off."""
    from coach.maintenance.passphrase import unlock

    journal = desk.journal
    desk.keyring.look()
    if desk.keyring.state == "plain":
        desk.print(desk.say("unlock.plain"))
        return 0
    desk.writable()
    left = unlock(journal)
    desk.tell_notices()
    if left:
        raise Failed(desk.say("unlock.partly"))
    desk.print(desk.say("unlock.done"))
    return 0


MAKERS: dict[str, Callable[[Wording], Command]] = {"lock": _lock, "unlock": _unlock}
