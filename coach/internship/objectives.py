"""Objectives of an internship: what each week brought to them, what is left, where it drifts.

The main objective and its milestones stand in the internship's entry; each week says what moved.
Nothing here raises on a missing or odd answer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from coach.disk.errors import JournalError
from coach.store.entries import Entry
from coach.store.notices import Notice
from coach.util.text import fold

if TYPE_CHECKING:
    from coach.store.journal import Journal


from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coach.internship.timeline import off_site
from coach.proofs.proof import Proof
from coach.store.answers import day_of, nested_of, rows_of, text_of
from coach.store.entries import week_monday
from coach.util import clock
from coach.util.dates import parse_day

MARKS = ("none", "some", "forward", "reached")
"""What a week may say of an objective, as the weekly session asks it."""
SILENT = 3
"""Weeks on site that bring nothing to an objective before it counts as drifting."""
AHEAD = timedelta(weeks=4)
"""A milestone due later than this from now has time: it does not drift."""


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
    """One objective and how it went.

    `marks` are (ISO week, one of `MARKS` or "" where nothing was said), oldest first; `by` is the
    day it is due, where what was written names one.
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
        """The first week that said it is reached, or ''."""
        return next((week for week, mark in self.marks if mark == "reached"), "")

    @property
    def begun(self) -> bool:
        """Whether any week brought something to it."""
        return any(mark not in ("", "none") for _, mark in self.marks)

    @property
    def silent(self) -> int:
        """How many weeks told on site since something last moved."""
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
        """Whether the last `SILENT` weeks on site brought nothing to it, though its time is now:
        it is the main one, was begun, or is due within `AHEAD`.
        """
        if self.reached or self.silent < SILENT:
            return False
        near = self.by is not None and self.by <= today + AHEAD
        return self.id == "main" or self.begun or near


@dataclass(frozen=True)
class Planned:
    """A mission as the agreement plans it, and the proofs whose words speak of it."""

    id: str
    what: str
    proofs: tuple[Proof, ...] = ()
    nearest: tuple[Proof, ...] = ()
    """Of `proofs` those that share the most words with it, words that many proofs hold left out:
    what a document can put beside it."""


def objectives(internship: Entry | None, weeks: Iterable[Entry]) -> list[Objective]:
    """The main objective, then the milestones, with what each week told on site said of them.

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
"""Letters a word needs to tell two missions apart."""
_COMMON = frozenset(
    {"semai", "month", "weeks", "avant", "apres", "after", "befor", "toute", "chaqu"}
)
"""Beginnings of words that tell nothing apart."""
_FEW, _USUAL = 3, 0.3
"""A word is no sign of one mission when more proofs hold it than a few, and than this share."""
_STEM = 5
"""Letters by which words are compared: 'accueillir', 'accueil'."""


def planned(missions: Any, proofs: Sequence[Proof]) -> list[Planned]:
    """The missions that were planned, each with the proofs that speak of it, newest first.

    `missions` are rows of `mission`, as the internship or the check of its agreement keeps them.

    A proof belongs to the missions with which it shares a word (its first letters), skill and
    action read together: a help to look again, no verdict.
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
    """The proofs that speak of none of the planned missions."""
    told = {proof.key for mission in missions for proof in mission.proofs}
    return [proof for proof in proofs if proof.key not in told]


def _stems(text: str) -> set[str]:
    words = re.findall(r"[a-z]+", fold(text))
    return {word[:_STEM] for word in words if len(word) >= _SMALL} - _COMMON


def weeks_between(first: str, last: str) -> int:
    """How many weeks `last` comes after `first` (both ISO weeks)."""
    return (week_monday(last) - week_monday(first)).days // 7


def hand_objective(journal: Journal, entry: Entry) -> None:
    """Hands a main objective named in a session to its internship, so it is typed once.

    The session `entry` is kept by then: what goes wrong here is no failure, but told by a notice.
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
