"""The objectives of an internship: the progress of each week, what is left, what drifts.

The main objective and its milestones are in the internship's entry; weekly entries say how each
moved.
Nothing here raises on a missing or odd answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from coach.disk.errors import JournalError
from coach.internship.timeline import off_site
from coach.proofs.proof import Proof
from coach.store.answers import day_of, nested_of, rows_of, text_of
from coach.store.entries import Entry, week_monday
from coach.store.notices import Notice
from coach.util import clock
from coach.util.dates import parse_day
from coach.util.text import fold

if TYPE_CHECKING:
    from coach.store.journal import Journal

MARKS = ("none", "some", "forward", "reached")
"""The answers of a weekly session about the progress of an objective."""
SILENT = 3
"""Weeks on site that bring nothing to an objective before it counts as drifting."""
AHEAD = timedelta(weeks=4)
"""A milestone due later than this from today does not count as drifting."""


def objectives_of(about: dict[str, Any]) -> list[dict[str, str]]:
    """The main objective and the milestones of an internship, as items with a stable id."""
    found = []
    if objective := text_of(about, "objective"):
        found.append({"id": "main", "label": objective})
    for row in rows_of(about, "milestones"):
        id_, what = text_of(row, "id"), text_of(row, "what")
        if id_ and what:
            found.append({"id": id_, "label": what, "help": text_of(row, "sign")})
    return found


@dataclass(frozen=True)
class Objective:
    """One objective and its progress.

    `marks` are (ISO week, one of `MARKS` or "" for no answer), oldest first; `by` is the due day,
    if the text `due` can be read as one.
    """

    id: str
    label: str
    sign: str = ""
    due: str = ""
    """When it is due, as written."""
    by: date | None = None
    marks: tuple[tuple[str, str], ...] = ()

    @property
    def reached(self) -> str:
        """The ISO week in which it was reached, or ''."""
        return next((week for week, mark in self.marks if mark == "reached"), "")

    @property
    def begun(self) -> bool:
        """Whether any week reports progress."""
        return any(mark not in ("", "none") for _, mark in self.marks)

    @property
    def silent(self) -> int:
        """The number of weekly entries on site since the last progress."""
        count = 0
        for _, mark in reversed(self.marks):
            if mark not in ("", "none"):
                break
            count += 1
        return count

    def late(self, today: date) -> bool:
        """Whether it was due before `today` and is not reached."""
        return self.by is not None and self.by < today and not self.reached

    def drifting(self, today: date) -> bool:
        """Whether the last `SILENT` weeks on site report no progress, though it should be worked on
        now: it is the main one, was begun, or is due within `AHEAD`.
        """
        if self.reached or self.silent < SILENT:
            return False
        near = self.by is not None and self.by <= today + AHEAD
        return self.id == "main" or self.begun or near


@dataclass(frozen=True)
class Planned:
    """A mission of the agreement, and the proofs that share words with it."""

    id: str
    what: str
    proofs: tuple[Proof, ...] = ()
    nearest: tuple[Proof, ...] = ()
    """The `proofs` that share the most words with it, not counting words in many proofs; for
    documents."""


def objectives(internship: Entry | None, weeks: Iterable[Entry]) -> list[Objective]:
    """The main objective, then the milestones, each with its marks of every week on site.

    `weeks` are the weekly entries of that internship.
    """
    if internship is None:
        return []
    told = sorted((one for one in weeks if not off_site(one)), key=lambda one: one.week)
    start = day_of(internship.answers, "start")
    rows = rows_of(internship.answers, "milestones")
    due = {text_of(row, "id"): text_of(row, "by") for row in rows}
    end = day_of(internship.answers, "end")
    return [
        Objective(
            id=item["id"],
            label=item["label"],
            sign=item.get("help", ""),
            due=due.get(item["id"], ""),
            by=due_day(due.get(item["id"], ""), start) if item["id"] != "main" else end,
            marks=tuple((one.week, _mark(one, item["id"])) for one in told),
        )
        for item in objectives_of(internship.answers)
    ]


def _mark(week: Entry, objective: str) -> str:
    mark = text_of(nested_of(week.answers, "progress"), objective)
    return mark if mark in MARKS else ""


_WEEK = re.compile(r"(?:fin |end of |d[ée]but |start of )?(?:la )?(?:semaine|week|s|w)\s*(\d{1,3})")
_MONTH_END = re.compile(r"(?:fin|end of)\s+(.+)")


def due_day(written: str, start: date | None) -> date | None:
    """The day that 'fin mars', 'semaine 4', '12 mars' name, or None.

    A week is the one of the internship that begins on `start`, and due on its Friday; a day
    without a year is the first one after `start`.
    """
    text = fold(written).strip()
    if found := _WEEK.fullmatch(text):
        if start is None:
            return None
        monday = start - timedelta(days=start.weekday())
        return monday + timedelta(weeks=int(found[1]) - 1, days=4)
    if found := _MONTH_END.fullmatch(text):
        first = _after(f"1 {found[1]}", start)
        return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1) if first else None
    return _after(text, start)


def _after(text: str, start: date | None) -> date | None:
    day = parse_day(text, start or clock.today())
    if day is None or start is None or day >= start or re.search(r"\d{4}", text):
        return day
    return parse_day(text, date(start.year + 1, 1, 1))


# Missions: planned against done

_SMALL = 5
"""The least letters of a word that is compared."""
_COMMON = frozenset(
    {"semai", "month", "weeks", "avant", "apres", "after", "befor", "toute", "chaqu"}
)
"""Beginnings of words too common to compare."""
_FEW, _USUAL = 3, 0.3
"""A word in more proofs than this number, and than this share of them, is not compared."""
_STEM = 5
"""Letters by which words are compared: 'accueillir', 'accueil'."""


def planned(missions: Any, proofs: Sequence[Proof]) -> list[Planned]:
    """The planned missions, each with the proofs that share a word with it, newest first.

    `missions` are rows with a `mission`, from the internship or from the check of its agreement.
    The first letters of words are compared, in the skill and the action of a proof. The match is a
    suggestion for the student to check.
    """
    told = [(one, _stems(f"{one.action} {one.skill}")) for one in proofs]
    counts = Counter(stem for _, stems in told for stem in stems)
    usual = {stem for stem, count in counts.items() if count > max(_FEW, len(told) * _USUAL)}
    found = []
    for row in missions if isinstance(missions, list) else []:
        if not isinstance(row, dict) or not isinstance(row.get("mission"), str):
            continue
        words = _stems(row["mission"])
        own = [(one, len((words - usual) & stems)) for one, stems in told if words & stems]
        most = max((count for _, count in own), default=0)
        found.append(
            Planned(
                id=text_of(row, "id"),
                what=row["mission"],
                proofs=tuple(one for one, _ in own),
                nearest=tuple(one for one, count in own if count == most > 0),
            )
        )
    return found


def outside(missions: Sequence[Planned], proofs: Sequence[Proof]) -> list[Proof]:
    """The proofs that match none of the planned missions."""
    told = {proof.key for mission in missions for proof in mission.proofs}
    return [proof for proof in proofs if proof.key not in told]


def _stems(text: str) -> set[str]:
    words = re.findall(r"[a-z]+", fold(text))
    return {word[:_STEM] for word in words if len(word) >= _SMALL} - _COMMON


def weeks_between(first: str, last: str) -> int:
    """How many weeks `last` comes after `first` (both ISO weeks)."""
    return (week_monday(last) - week_monday(first)).days // 7


def hand_objective(journal: Journal, entry: Entry) -> None:
    """Copies a main objective given in a session to its internship.

    The session's `entry` is saved by then, so an error becomes a notice and is not raised.
    """
    objective = entry.answers.get("new_objective")
    if not objective or not entry.internship:
        return
    try:
        about = journal.get(entry.internship)
        if about is not None and not about.answers.get("objective"):
            answers = about.answers | {"objective": objective}
            journal.save(msgspec.structs.replace(about, answers=answers))
    except JournalError as error:
        journal.notices.append(Notice.about("not_passed_on", journal.journal_path, error))
