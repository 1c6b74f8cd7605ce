"""The clock of a rehearsal: how long one has been answering, and for how long one should."""

from time import monotonic

from coach.features.rehearsal.deck import TARGET
from coach.features.rehearsal.sentences import clock_time
from coach.util.wording import Wording
from screens.widgets.say import Say


class AnswerClock(Say):
    """The seconds spent on one answer, which turn to a warning after `TARGET`."""

    _since = 0.0

    def begin(self, spent: int = 0) -> None:
        """Starts at `spent` seconds."""
        self._since = monotonic() - spent

    @property
    def seconds(self) -> int:
        """The seconds the clock shows now."""
        return int(monotonic() - self._since)

    def tick(self, words: Wording) -> None:
        """Draws itself as it stands."""
        late = self.seconds > TARGET
        self.set_class(late, "late")
        key = "over" if late else "clock"
        self.update(words(key, now=clock_time(self.seconds), target=clock_time(TARGET)))
