"""The present moment: the one place that asks the system for it.

`COACH_TODAY` puts another moment in its place, for tests, pictures and demonstrations:
`2026-11-20` (that day, at the real time of day), `2026-11-20 17:42` (that moment, from which time
goes on) or `2026-11-20T17:42+01:00`; without a zone it is the machine's own. It is read when the
command begins, or when a program that is no command first asks for now.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

VARIABLE = "COACH_TODAY"
"""The variable of the environment that names another day or moment."""
_FIRST, _LAST = 1900, 2999
"""The years between which everything that is worked out from a day is still a day."""


class UnreadableMoment(ValueError):
    """`COACH_TODAY` holds `value`, which names neither a day nor a moment."""

    def __init__(self, value: str) -> None:
        super().__init__(f"{VARIABLE}: {value!r} is neither a day nor a moment")
        self.value = value


class Clock:
    """The system's clock, or one at the day or moment that is `given` (see above).

    Raises UnreadableMoment.
    """

    def __init__(self, given: str = "") -> None:
        self._day: date | None = None
        self._ahead = timedelta()
        text = given.strip()
        self.given = bool(text)
        """Whether another moment than the system's was asked for."""
        if not text:
            return
        try:
            self._set(text)
            years = {self.now().year, self.local().year}
        except (ValueError, OverflowError, OSError) as error:
            raise UnreadableMoment(given) from error
        if not all(_FIRST <= year <= _LAST for year in years):
            raise UnreadableMoment(given)

    def _set(self, text: str) -> None:
        try:
            self._day = date.fromisoformat(text)
        except ValueError:
            moment = _utc(datetime.fromisoformat(text))
            self._ahead = moment - datetime.now(UTC)

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        if self._day is None:
            return datetime.now(UTC) + self._ahead
        return _utc(datetime.combine(self._day, datetime.now().time()))

    def local(self) -> datetime:
        """The present moment, aware, in the zone of the machine."""
        return self.now().astimezone()

    def today(self) -> date:
        """The day it is where the machine stands."""
        return self._day or self.local().date()


def _utc(moment: datetime) -> datetime:
    """`moment` in UTC; without a zone it is the machine's, and an hour that it leaves out in
    spring (which `astimezone` takes for the one before) is the next one.
    """
    return datetime.fromtimestamp(moment.timestamp(), UTC)


_clock: Clock | None = None


def present() -> Clock:
    """The clock in force; raises UnreadableMoment where the environment's is none."""
    global _clock
    if _clock is None:
        _clock = Clock(os.environ.get(VARIABLE, ""))
    return _clock


@contextmanager
def running(given: str | None = None) -> Iterator[Clock]:
    """Puts a clock in force for a while: the one `given`, else that of the environment.

    Raises UnreadableMoment.
    """
    global _clock
    former = _clock
    _clock = Clock(os.environ.get(VARIABLE, "") if given is None else given)
    try:
        yield _clock
    finally:
        _clock = former


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return present().now()


def local_now() -> datetime:
    """The present moment, aware, in the zone of the machine."""
    return present().local()


def today() -> date:
    """The day it is for the student."""
    return present().today()
