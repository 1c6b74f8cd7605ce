"""What every command works with: the place, the language, the journal, and where to print."""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import date
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
from coach.disk.settings import Settings, load
from coach.util import clock
from coach.util.text import clean_line
from coach.util.wording import Wording

if TYPE_CHECKING:
    import click

    from coach.commands.passphrase import Passphrases
    from coach.disk.encryption import Key
    from coach.disk.keyring import Keyring
    from coach.flows.content import Content
    from coach.store.entries import Entry
    from coach.store.journal import Journal


class Desk:
    """Made from what was given as `--data-dir` and `--lang` (None where it was not)."""

    def __init__(self, data_dir: str | None = None, lang: str | None = None) -> None:
        self._data_dir = data_dir
        self._lang = lang
        self.demo = False

    def choose(self, name: str, value: str, ctx: click.Context) -> None:
        """Takes the value of an option of every command; raises Misused when it cannot be."""
        if name == "lang":
            self._lang = value
            self.check(ctx)
        elif name == "passphrase-fd":
            if not (value.isascii() and value.isdigit() and len(value) < 6):
                from coach.commands.failures import Misused

                raise Misused(Wording("cli", self.lang)("passphrase.which_fd", value=value), ctx)
            self.passphrases.fd = int(value)
        elif value:
            self._data_dir = value
        else:
            from coach.commands.failures import Misused

            raise Misused(Wording("cli", self.lang)("no_folder"), ctx)

    def check(self, ctx: click.Context | None = None) -> None:
        """Raises Misused when the language that was asked for is none of ours."""
        try:
            named_language(self._lang)
        except UnknownLanguage as error:
            from coach.commands.failures import Misused

            words = Wording("cli", self.lang)
            text = words("no_language", source=error.source, value=error.value)
            raise Misused(text, ctx) from error

    # Where and in which language

    @cached_property
    def data_folder(self) -> DataFolder:
        """Where this student's files lie."""
        return find_data_folder(self._data_dir or "")

    def move(self, data_folder: DataFolder) -> None:
        """Works on `data_folder` from now on, in the language spoken so far."""
        self._lang = self.lang
        self.data_folder = data_folder
        for name in ("_settings", "keyring", "journal"):
            self.__dict__.pop(name, None)

    @cached_property
    def _settings(self) -> tuple[Settings, str | None]:
        return load(self.data_folder.settings, self._named)

    @property
    def _named(self) -> str:
        for option in (self._lang, None):
            with suppress(UnknownLanguage):
                if named := named_language(option):
                    return named
        return ""

    @property
    def settings(self) -> Settings:
        """The student's settings."""
        return self._settings[0]

    @property
    def lang(self) -> str:
        """The language to speak: named, else of the settings, else of the machine."""
        return self._named or self.settings.lang or system_language()

    @cached_property
    def say(self) -> Wording:
        """The words of the command line."""
        return Wording("cli", self.lang)

    @property
    def today(self) -> date:
        """The day it is for the student."""
        return clock.today()

    # What is kept

    @cached_property
    def passphrases(self) -> Passphrases:
        """Where passphrases come from."""
        from coach.commands.passphrase import Passphrases

        return Passphrases(self)

    @property
    def is_open(self) -> bool:
        """Whether the journal was opened, or a passphrase given by a file descriptor for it."""
        given = "passphrases" in self.__dict__ and self.passphrases.given
        return given or "journal" in self.__dict__

    @cached_property
    def keyring(self) -> Keyring:
        """The keys of the student's folder."""
        from coach.disk.keyring import Keyring

        return Keyring(self.data_folder.folder)

    @cached_property
    def journal(self) -> Journal:
        """The student's journal; asks for the passphrase where one stands before it.

        Raises Failed or JournalError without it.
        """
        from coach.store.journal import Journal

        journal = Journal(self.data_folder.folder, keyring=self.keyring)
        if self.keyring.locked:
            from coach.commands.passphrase import open_keyring
            from coach.maintenance.passphrase import settle

            open_keyring(self)
            settle(journal)
        self.keyring.ask = self._key_of
        return journal

    def _key_of(self, header: bytes, path: Path) -> Key:
        from coach.commands.passphrase import key_of

        return key_of(self, header, path.name)

    @cached_property
    def content(self) -> Content:
        """What the coach says and asks."""
        from coach.features.registry import load_content

        return load_content(self.data_folder.flows)

    def internship(self) -> Entry | None:
        """The internship under way; raises JournalError."""
        from coach.internship.timeline import current_internship

        internships = self.journal.entries(flow="internship")
        return current_internship(internships, self.settings.internship, self.today)

    # Speaking

    def print(self, text: str = "") -> None:
        """A line on standard output."""
        write(sys.stdout, text + "\n")

    def warn(self, text: str) -> None:
        """A line on standard error."""
        write(sys.stderr, f"coach: {clean_line(text)}\n")

    def tell_notices(self) -> None:
        """Says once, on standard error, what happened while the journal was opened."""
        settings, problem = self._settings
        if problem:
            self.warn(problem)
            self._settings = settings, None
        from coach.store.messages import explain, tell_notice

        for notice in self.journal.notices:
            self.warn(tell_notice(notice, self.lang))
        self.journal.notices.clear()
        from coach.disk.errors import JournalError
        from coach.store.sync_copies import copies

        try:
            found = copies(self.data_folder.folder, self.keyring)
        except JournalError as error:
            self.warn(explain(error, self.lang))  # what was asked for was done
            return
        if found:
            self.warn(self.say.count("copies", len(found), name=found[0].name))

    def writable(self) -> None:
        """Raises Failed when a newer version wrote the journal, so that this one must not."""
        if self.journal.read_only:
            from coach.commands.failures import Failed

            newer = next((n.values for n in self.journal.notices if n.key == "newer"), {})
            raise Failed(Wording("errors", self.lang)("newer", **newer))
