"""A screen on which a session is typed: it keeps the draft, and says how that goes."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from coach.disk.errors import JournalError
from coach.store.entries import Entry
from coach.util.wording import Wording
from screens.base.screen import CoachScreen
from screens.guided.autosave import Keeper
from screens.widgets.say import Say

if TYPE_CHECKING:
    from coach.flows.draft_session import DraftSession

RETRY_EVERY = 5.0
"""Seconds between tries to keep a finished session that could not be kept."""


class KeptScreen(CoachScreen[Entry | None]):
    """Keeps a `DraftSession` while it goes on; its line `#status` says what happened.

    Answers with the kept entry, or None.
    """

    NEWS_SECONDS: ClassVar[float] = 3.0
    """How long the line tells what happened, before it says again when all was kept."""

    def __init__(self, draft_session: DraftSession) -> None:
        super().__init__()
        self.draft_session = draft_session
        self.keeper = Keeper(self, draft_session, self._kept)
        self._news_until = 0.0

    def collect(self) -> object:
        """Takes into the session what stands in the fields."""
        raise NotImplementedError

    @property
    def keeping(self) -> Wording:
        """The words for how keeping goes."""
        return Wording("guided", self.lang)

    def last_words(self) -> JournalError | None:
        """Keeps the draft now: the program is being ended. Gives what went wrong, if so."""
        self.collect()
        return self.keeper.write_now()

    def status(self, text: str, *, bad: bool = False) -> None:
        """Says in one line what happened, or how the keeping goes."""
        line = self.query_one("#status", Say)
        line.set_class(bad, "bad")
        line.update(text)

    def _news(self, text: str) -> None:
        """Says what happened, and leaves it in sight long enough to be read."""
        self.status(text)
        self._news_until = monotonic() + self.NEWS_SECONDS

    def _failed(self, error: JournalError) -> None:
        self.status(self.coach.explain(error), bad=True)

    def _kept(self, error: JournalError | None) -> None:
        if error is not None:
            self._failed(error)
        elif monotonic() >= self._news_until:
            kept = self.keeping("kept.at", time=self.coach.workspace.local_time())
            self.status(f"{self.symbols.check} {kept}")

    async def _lets_go(self, error: JournalError) -> bool:
        """Whether to leave although the draft could not be kept: it is closed then."""
        self._failed(error)
        why = self.coach.explain(error)
        if not await self.coach.ask(self.keeping("leave.ask", why=why)):
            return False
        self.draft_session.file.close()
        return True

    async def _discard(self) -> bool:
        """Moves the draft to the trash, and says so; False where that failed."""
        try:
            await self.keeper.discard()
        except JournalError as error:
            self._failed(error)
            return False
        self.coach.tell(self.keeping("discarded"))
        return True
