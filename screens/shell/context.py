"""What every screen works with: the journal, the content, the settings, a word in passing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from coach.util import clock
from coach.util.wording import Wording
from screens.base.coach import NOTICE_SECONDS
from screens.base.key_queue import InOrderApp
from screens.base.theme import DARK, LIGHT

if TYPE_CHECKING:
    from textual.theme import Theme

    from coach.disk.locations import DataFolder
    from coach.disk.settings import Settings
    from coach.documents.dossier import Dossier
    from coach.flows.content import Content
    from coach.store.entries import Entry
    from coach.store.journal import Journal, JournalError
    from coach.store.snapshot import Snapshot
    from screens.base.symbols import Symbols

OURS = {DARK.name: DARK, LIGHT.name: LIGHT}
"""The coach's own themes, by name."""


class DeskApp(InOrderApp[int]):
    """An app at one data folder; everything is opened when it is first needed."""

    def __init__(
        self,
        data_folder: DataFolder,
        *,
        lang: str,
        today: date | None = None,
        journal: Journal | None = None,
    ) -> None:
        self.data_folder = data_folder
        self.lang = lang
        self._settings: Settings | None = None
        super().__init__()  # asks for the theme, and so for the settings
        self._today = today
        self._journal = journal
        self._content: Content | None = None
        self._snapshot: Snapshot | None = None

    @property
    def today(self) -> date:
        """The day it is for the student."""
        return self._today or clock.today()

    @property
    def journal(self) -> Journal:
        """The student's journal; opened when first needed, after the first paint."""
        if self._journal is None:
            from coach.store.journal import Journal

            self._journal = Journal(self.data_folder.folder)
        return self._journal

    @property
    def content(self) -> Content:
        """What the coach says and asks."""
        if self._content is None:
            from coach.features.registry import load_content

            self._content = load_content(self.data_folder.flows)
        return self._content

    @property
    def settings(self) -> Settings:
        """The student's settings."""
        if self._settings is None:
            from coach.disk.settings import load

            self._settings, self.settings_problem = load(self.data_folder.settings, self.lang)
        return self._settings

    settings_problem: str | None = None

    def store(self, **changes: Any) -> None:
        """Keeps changed settings; a failure is told and changes nothing else."""
        from coach.disk.settings import load, store

        try:
            store(self.data_folder.settings, **changes)
        except OSError as error:
            self.tell(Wording("app", self.lang)("settings.failed", why=error.strerror or ""))
        self._settings, _ = load(self.data_folder.settings)

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Ours and Textual's own."""
        return OURS | super().available_themes

    def get_theme(self, theme_name: str) -> Theme | None:
        """The theme of that name: ours at once, for each line drawn asks."""
        return OURS.get(theme_name) or super().get_theme(theme_name)

    @property
    def symbols(self) -> Symbols:
        """The signs in use."""
        from screens.base.symbols import ASCII, UNICODE

        encoding = (getattr(self.console, "encoding", "") or "utf-8").lower()
        return ASCII if self.settings.ascii or "utf" not in encoding else UNICODE

    def explain(self, error: JournalError) -> str:
        """What went wrong, where, and what to do, in the student's language."""
        from coach.store.messages import explain

        return explain(error, self.lang)

    def tell_notices(self) -> None:
        """Says what happened when the journal was opened or a draft read: once, and for longer."""
        from coach.store.messages import tell_notice

        notices, self.journal.notices[:] = list(self.journal.notices), []
        for notice in notices:
            self.notify(tell_notice(notice, self.lang), severity="warning", timeout=NOTICE_SECONDS)

    def local_time(self) -> str:
        """The time of day, for 'draft kept 17:42'."""
        return f"{clock.local_now():%H:%M}"

    def snapshot(self) -> Snapshot:
        """Everything kept, as it now stands; call it from a thread. Raises JournalError."""
        from coach.store.snapshot import refresh_snapshot

        self._snapshot = refresh_snapshot(self.journal, self._snapshot)
        return self._snapshot

    def dossier(
        self, included: frozenset[str] = frozenset(), under_way: Entry | None = None
    ) -> Dossier:
        """What documents are made from; call it from a thread. Raises JournalError.

        `under_way` is the entry of a session that is not ended yet.
        """
        from coach.documents.dossier import Dossier

        kept = self.snapshot()
        internship = self.current_internship(kept.entries)
        if under_way is not None and under_way.internship in kept.by_id:
            internship = kept.by_id[under_way.internship]
        return Dossier(kept, self.content, self.lang, self.today, internship, included, under_way)

    def current_internship(self, entries: list[Entry] | None = None) -> Entry | None:
        """The internship under way, or None between two."""
        from coach.internship.timeline import current_internship

        entries = self.journal.entries() if entries is None else entries
        internships = [entry for entry in entries if entry.flow == "internship"]
        return current_internship(internships, self.settings.internship, self.today)

    def journal_state(self) -> int:
        """A number that grows each time the journal changes, by whatever program.

        A journal that cannot be read now is said where it is read in earnest.
        """
        from coach.store.journal import JournalError

        journal = self.journal
        try:
            if journal.changed():
                journal.entries()
        except JournalError as error:
            if error.key == "sealed":
                return -1  # another program put a passphrase before it
        return journal.generation

    # Telling and asking

    def notify(self, message: str, **options: Any) -> None:
        """A passing message; never read as markup, for it may hold a student's words."""
        options["markup"] = False
        super().notify(message, **options)

    def tell(self, message: str) -> None:
        """Says something in passing."""
        self.notify(message, timeout=6)

    def let_pass(self) -> None:
        """Takes what was said in passing off the screen: what opens now is not to lie beneath it.
        A warning stays for its time.
        """
        for one in list(self._notifications):
            if one.severity == "information":
                self._unnotify(one)

    async def ask(self, question: str) -> bool:
        """Asks yes or no; call it from a worker."""
        from screens.common.dialogs import Ask

        answer: bool | None = await self.push_screen_wait(Ask(question))
        return bool(answer)
