"""When which skill was used: a row of counts for each, one count a week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from coach.store.entries import iso_week, week_monday

if TYPE_CHECKING:
    from coach.proofs.skills import SkillRecord

LEVELS = 4
"""Steps of shade: from this many rows in a week on, a cell is as dark as it gets."""


@dataclass(frozen=True)
class Heat:
    """`weeks` are ISO weeks without a gap, oldest first; `rows` skills with a count for each."""

    weeks: list[str]
    rows: list[tuple[SkillRecord, list[int]]]

    def months(self) -> list[tuple[int, date]]:
        """(index of the week, first day) where a month begins, the first week's among them."""
        found: list[tuple[int, date]] = []
        for number, week in enumerate(self.weeks):
            monday = week_monday(week)
            if not found or (monday.year, monday.month) != (found[-1][1].year, found[-1][1].month):
                found.append((number, monday))
        return found


def build_heatmap(skills: Sequence[SkillRecord], until: date, room: int, back: int = 0) -> Heat:
    """The use of `skills` over at most `room` weeks up to that of `until`, `back` weeks earlier.

    It begins no sooner than the first week in which one of them was used.
    """
    used = [skill.used for skill in skills]
    first = min((week for weeks in used for week in weeks), default=iso_week(until))
    last = week_monday(iso_week(until)) - timedelta(weeks=back)
    last = max(last, week_monday(first))
    length = (last - week_monday(first)).days // 7 + 1
    shown = min(room, length)
    weeks = [iso_week(last - timedelta(weeks=ago)) for ago in reversed(range(shown))]
    return Heat(
        weeks,
        [
            (skill, [counts.get(week, 0) for week in weeks])
            for skill, counts in zip(skills, used, strict=True)
        ],
    )
