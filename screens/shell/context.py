"""What every screen works with: the journal, the content, the settings, a word in passing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from coach.util import clock
from coach.util.wording import Wording
from coach.workspace import Workspace
from screens.base.coach import NOTICE_SECONDS
from screens.base.key_queue import InOrderApp
from screens.base.theme import DARK, LIGHT

if TYPE_CHECKING:
    from textual.theme import Theme

    from coach.disk.locations import DataFolder
    from coach.store.journal import Journal, JournalError
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
        self.workspace = Workspace(data_folder, lang, today=today, journal=journal)
        super().__init__()  # asks for the theme, and so for the settings

    def change_settings(self, **changes: Any) -> None:
        """Keeps changed settings; a failure is told and changes nothing else."""
        try:
            self.workspace.change_settings(**changes)
        except OSError as error:
            self.tell(Wording("app", self.lang)("settings.failed", why=error.strerror or ""))

    @property
    def lang(self) -> str:
        """The student's language, `fr` or `en`."""
        return self.workspace.lang

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
        return ASCII if self.workspace.settings.ascii or "utf" not in encoding else UNICODE

    def explain(self, error: JournalError) -> str:
        """What went wrong, where, and what to do, in the student's language."""
        from coach.store.messages import explain

        return explain(error, self.lang)

    def tell_notices(self) -> None:
        """Says what happened when the journal was opened or a draft read: once, and for longer."""
        from coach.store.messages import tell_notice

        notices, self.workspace.journal.notices[:] = list(self.workspace.journal.notices), []
        for notice in notices:
            self.notify(tell_notice(notice, self.lang), severity="warning", timeout=NOTICE_SECONDS)

    def local_time(self) -> str:
        """The time of day, for 'draft kept 17:42'."""
        return f"{clock.local_now():%H:%M}"

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
