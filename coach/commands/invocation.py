"""One call of `coach`: its language, the data it works with, and where to print."""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from coach.commands.output import write
from coach.disk.locations import (
    DataFolder,
    UnknownLanguage,
    find_data_folder,
    named_language,
    system_language,
)
from coach.util.text import clean_line
from coach.util.wording import Wording
from coach.workspace import Workspace

if TYPE_CHECKING:
    import click

    from coach.commands.ask_passphrase import Passphrases
    from coach.disk.encryption import Key
    from coach.store.journal import Journal


class Invocation:
    """Made from what was given as `--data-dir` and `--lang` (None where it was not)."""

    def __init__(self, data_dir: str | None = None, lang: str | None = None) -> None:
        self._data_dir = data_dir
        self._lang = lang
        self.demo = False

    def choose(self, name: str, value: str, ctx: click.Context) -> None:
        """Takes the value of an option of every command; raises Misused when it cannot be."""
        if name == "lang":
            self._lang = value
            self.__dict__.pop("workspace", None)
            self.check(ctx)
        elif name == "passphrase-fd":
            if not (value.isascii() and value.isdigit() and len(value) < 6):
                from coach.commands.errors import Misused

                raise Misused(Wording("cli", self.lang)("passphrase.which_fd", value=value), ctx)
            self.passphrases.fd = int(value)
        elif value:
            self._data_dir = value
            for name in ("data_folder", "workspace"):
                self.__dict__.pop(name, None)
        else:
            from coach.commands.errors import Misused

            raise Misused(Wording("cli", self.lang)("no_folder"), ctx)

    def check(self, ctx: click.Context | None = None) -> None:
        """Raises Misused when the language that was asked for is none of ours."""
        try:
            named_language(self._lang)
        except UnknownLanguage as error:
            from coach.commands.errors import Misused

            words = Wording("cli", self.lang)
            text = words("no_language", source=error.source, value=error.value)
            raise Misused(text, ctx) from error

    # Where and in which language

    @cached_property
    def data_folder(self) -> DataFolder:
        """The folder of this student's files."""
        return find_data_folder(self._data_dir or "")

    def move(self, data_folder: DataFolder) -> None:
        """Works on `data_folder` from now on, in the language spoken so far."""
        self._lang = self.lang
        self.data_folder = data_folder
        self.__dict__.pop("workspace", None)

    @cached_property
    def workspace(self) -> Workspace:
        """The student's data. Its journal asks for the passphrase where one stands before it, and
        raises Failed or JournalError without it.
        """
        made = Workspace(self.data_folder, self._named, unlock=self._unlock)
        made.lang = made.lang or made.settings.lang or system_language()
        return made

    @property
    def _named(self) -> str:
        for option in (self._lang, None):
            with suppress(UnknownLanguage):
                if named := named_language(option):
                    return named
        return ""

    @property
    def lang(self) -> str:
        """The language to speak: named, else of the settings, else of the machine."""
        return self.workspace.lang

    @cached_property
    def say(self) -> Wording:
        """The words of the command line."""
        return Wording("cli", self.lang)

    # Passphrases

    @cached_property
    def passphrases(self) -> Passphrases:
        """The source of passphrases."""
        from coach.commands.ask_passphrase import Passphrases

        return Passphrases(lambda: self.say)

    @property
    def is_open(self) -> bool:
        """Whether the journal was opened, or a passphrase given by a file descriptor for it."""
        given = "passphrases" in self.__dict__ and self.passphrases.given
        return given or self.workspace.is_open

    def _unlock(self, journal: Journal) -> None:
        if journal.keyring.locked:
            from coach.commands.ask_passphrase import open_keyring
            from coach.maintenance.passphrase import settle

            open_keyring(self.passphrases, journal.keyring, self.warn)
            settle(journal)
        journal.keyring.ask = self._key_of

    def _key_of(self, header: bytes, path: Path) -> Key:
        from coach.commands.ask_passphrase import key_of

        return key_of(self.passphrases, header, path.name)

    # Speaking

    def print(self, text: str = "") -> None:
        """A line on standard output."""
        write(sys.stdout, text + "\n")

    def warn(self, text: str) -> None:
        """A line on standard error."""
        write(sys.stderr, f"coach: {clean_line(text)}\n")

    def tell_notices(self) -> None:
        """Says once, on standard error, what happened while the journal was opened."""
        if problem := self.workspace.settings_problem():
            self.warn(problem)
        from coach.store.messages import explain, tell_notice

        for notice in self.workspace.journal.notices:
            self.warn(tell_notice(notice, self.lang))
        self.workspace.journal.notices.clear()
        from coach.disk.errors import JournalError
        from coach.store.sync_copies import copies

        try:
            found = copies(self.data_folder.folder, self.workspace.keyring)
        except JournalError as error:
            self.warn(explain(error, self.lang))  # what was asked for was done
            return
        if found:
            self.warn(self.say.count("copies", len(found), name=found[0].name))

    def writable(self) -> None:
        """Raises Failed when a newer version wrote the journal, so that this one must not."""
        if self.workspace.journal.read_only:
            from coach.commands.errors import Failed

            newer = next((n.values for n in self.workspace.journal.notices if n.key == "newer"), {})
            raise Failed(Wording("errors", self.lang)("newer", **newer))
