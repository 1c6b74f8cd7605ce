"""The context of the student: what the journal says when a session begins."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar, cast

from coach.store.entries import Entry

T = TypeVar("T")


@dataclass(frozen=True)
class StudentContext:
    """What the journal says about the student before a session; unknown fields are empty.

    `objectives` and `notes` are items: dicts with `id` and `label`. `causes_before` counts, per
    cause id, the earlier failed interviews that named it.
    """

    today: date
    company: str = ""
    role: str = ""
    tutor: str = ""
    start: date | None = None
    end: date | None = None
    ended: str = ""
    """`yes` where the internship's last day in the session's own entry is past, or was closed."""
    hours: float | None = None
    """Hours a week, as the agreement says."""
    internship: str = ""
    week: str = ""
    week_number: int | None = None
    intention: str = ""
    idea: str = ""
    """A project idea from a private story, offered to the student again."""
    objective: str = ""
    objectives: list[dict[str, str]] = field(default_factory=list)
    notes: list[dict[str, str]] = field(default_factory=list)
    skills: list[str] = field(default_factory=list)
    causes_before: dict[str, int] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    """The saved entries, newest first, from which sources are made (see `coach.flows.choices`)."""
    pool: list[dict[str, str]] | None = None
    """When an entry is read again: the items it refers to, of any source; else None."""
    _made: dict[str, Any] = field(default_factory=dict, repr=False)

    def once(self, name: str, make: Callable[[], T]) -> T:
        """The result of `make`, cached under `name` for the whole session."""
        if name not in self._made:
            self._made[name] = make()
        return cast("T", self._made[name])

    def known(self, name: str) -> Any:
        """The value `name` (one of `coach.flows.validation.KNOWN`), for conditions."""
        return getattr(self, name)

    def words(self) -> dict[str, str]:
        """Name → text for braces in texts: `{company}`, `{intention}`, `{week_number}`…"""
        plain = {
            name: getattr(self, name)
            for name in ("company", "role", "tutor", "intention", "objective", "week", "idea")
        }
        days = (("start", self.start), ("end", self.end))
        plain |= {name: day.isoformat() if day else "" for name, day in days}
        plain["hours"] = "" if self.hours is None else f"{self.hours:g}"
        return plain | {"week_number": str(self.week_number or ""), "notes": str(len(self.notes))}
