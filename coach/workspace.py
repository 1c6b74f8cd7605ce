"""One student's data folder opened: journal, content, settings, internship, snapshot, dossier.

The command line and the app each make one, and reach the data through it alone. Every part is
opened when it is first needed, so that a quick command opens no more than it uses.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from coach.disk.locations import DataFolder
from coach.disk.settings import Settings, load
from coach.util import clock

if TYPE_CHECKING:
    from coach.disk.keyring import Keyring
    from coach.documents.dossier import Dossier
    from coach.flows.content import Content
    from coach.store.entries import Entry
    from coach.store.journal import Journal
    from coach.store.snapshot import Snapshot


class Workspace:
    """The data folder `data_folder`, for a student who reads `lang` (`fr` or `en`).

    `today` is the day to work on where it is not that of the clock. `journal` may be open already;
    `unlock` is called with one whose passphrase is still to be asked for.
    """

    def __init__(
        self,
        data_folder: DataFolder,
        lang: str,
        *,
        today: date | None = None,
        journal: Journal | None = None,
        unlock: Callable[[Journal], None] | None = None,
    ) -> None:
        self.data_folder = data_folder
        self.lang = lang
        self._today = today
        self._unlock = unlock
        self._snapshot: Snapshot | None = None
        if journal is not None:
            self.journal = journal

    @property
    def today(self) -> date:
        """The day it is for the student."""
        return self._today or clock.today()

    def local_time(self) -> str:
        """The student's time of day, for 'draft kept 17:42'."""
        return f"{clock.local_now():%H:%M}"

    # Settings

    @cached_property
    def settings(self) -> Settings:
        """The student's settings."""
        settings, self._problem = load(self.data_folder.settings, self.lang)
        return settings

    _problem: str | None = None

    def settings_problem(self) -> str | None:
        """What is wrong with the settings' file, in a sentence: once, then None."""
        _ = self.settings
        problem, self._problem = self._problem, None
        return problem

    def change_settings(self, **changes: Any) -> None:
        """Keeps changed settings; raises OSError, and then they are as the file has them."""
        from coach.disk.settings import store

        try:
            store(self.data_folder.settings, **changes)
        finally:
            self.settings, _ = load(self.data_folder.settings, self.lang)

    # What is kept

    @cached_property
    def keyring(self) -> Keyring:
        """The keys to the folder, where a passphrase stands before it."""
        if "journal" in self.__dict__:
            return self.journal.keyring
        from coach.disk.keyring import Keyring

        return Keyring(self.data_folder.folder)

    @property
    def is_open(self) -> bool:
        """Whether the journal was asked for already."""
        return "journal" in self.__dict__

    @cached_property
    def journal(self) -> Journal:
        """The student's journal; raises what `unlock` raises."""
        from coach.store.journal import Journal

        journal = Journal(self.data_folder.folder, keyring=self.keyring)
        if self._unlock is not None:
            self._unlock(journal)
        return journal

    @cached_property
    def content(self) -> Content:
        """What the coach says and asks, with the student's own sessions."""
        from coach.features.registry import load_content

        return load_content(self.data_folder.flows)

    def snapshot(self) -> Snapshot:
        """The kept entries as they now stand; safe to call from a thread. Raises JournalError."""
        from coach.store.snapshot import refresh_snapshot

        self._snapshot = refresh_snapshot(self.journal, self._snapshot)
        return self._snapshot

    def current_internship(self, entries: list[Entry] | None = None) -> Entry | None:
        """The internship that is meant, or None between two; raises JournalError.

        `entries` are the kept ones, where they are at hand.
        """
        from coach.internship.timeline import current_internship

        if entries is None:
            entries = self.journal.entries(flow="internship")
        internships = [entry for entry in entries if entry.flow == "internship"]
        return current_internship(internships, self.settings.internship, self.today)

    def dossier(
        self, included: frozenset[str] = frozenset(), under_way: Entry | None = None
    ) -> Dossier:
        """What documents are made from; safe to call from a thread. Raises JournalError.

        `included` names the private pieces that the student ticked; `under_way` is the entry of a
        session that is not ended yet.
        """
        from coach.documents.dossier import Dossier

        kept = self.snapshot()
        internship = self.current_internship(kept.of("internship"))
        if under_way is not None and under_way.internship in kept.by_id:
            internship = kept.by_id[under_way.internship]
        return Dossier(kept, self.content, self.lang, self.today, internship, included, under_way)

    def journal_state(self) -> int:
        """A number that grows each time the journal changes, by whatever program; -1 where another
        program put a passphrase before it.

        A journal that cannot be read now is told where it is read in earnest.
        """
        from coach.disk.errors import JournalError

        try:
            if self.journal.changed():
                self.journal.entries()
        except JournalError as error:
            if error.key == "sealed":
                return -1
        return self.journal.generation
