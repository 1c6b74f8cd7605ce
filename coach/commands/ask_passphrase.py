"""Reads the passphrase of a locked journal.

It comes from a prompt that shows nothing, or from a file descriptor (`--passphrase-fd N`: a line
for each passphrase that is asked for); never from the command line or the environment, which other
programs on the machine can read.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from coach.commands.errors import Failed
from coach.disk.errors import JournalError
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.disk.encryption import Key
    from coach.disk.keyring import Keyring


TRIES = 3


_LONGEST = 64 * 1024


def open_keyring(passphrases: Passphrases, keyring: Keyring, warn: Callable[[str], None]) -> None:
    """Takes the key of a locked journal; raises Failed or JournalError without it.

    `warn` is told of each wrong passphrase.
    """
    tries = 1 if passphrases.given else TRIES
    for left in reversed(range(tries)):
        try:
            keyring.open(passphrases.next("passphrase.ask"))
            return
        except JournalError as error:
            if error.key != "wrong_passphrase" or not left:
                raise
            warn(passphrases.say("passphrase.again"))


def key_of(passphrases: Passphrases, header: bytes, name: str) -> Key:
    """The key of the sealed file `name` that came from elsewhere, asked for by its first line."""
    from coach.disk.encryption import open_key

    key = open_key(header, passphrases.next("passphrase.ask_file", name=name))
    if key is None:
        raise JournalError("wrong_passphrase", path=name)
    return key


class Passphrases:
    """Gives passphrases: the lines of a file descriptor, or what the student types."""

    def __init__(self, words: Callable[[], Wording]) -> None:
        self._words = words
        self.fd: int | None = None

    @property
    def say(self) -> Wording:
        """The words of the command line, in the language spoken by then."""
        return self._words()

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
        say = self.say
        if self.fd is None:
            return self._asked(say(prompt, **values))
        line = self._line(self.fd)
        if not line:
            raise Failed(say("passphrase.none_given", fd=str(self.fd)))
        return line

    def new(self) -> str:
        """A passphrase to come, typed twice where somebody types it."""
        say = self.say
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
            raise Failed(self.say("passphrase.no_fd", fd=str(fd), why=why)) from error
        # What is no UTF-8 is a passphrase like any other.
        return data.removesuffix(b"\r").decode("utf-8", "surrogateescape")

    def _asked(self, prompt: str) -> str:
        if not self.to_be_had:
            raise Failed(self.say("passphrase.nobody"))
        from getpass import getpass
        from warnings import catch_warnings, simplefilter

        try:
            with catch_warnings():
                simplefilter("error")  # rather than one that shows on the screen
                return getpass(f"{prompt} ")
        except (EOFError, Warning, OSError) as error:
            raise Failed(self.say("passphrase.nobody")) from error
