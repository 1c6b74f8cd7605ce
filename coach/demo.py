"""The demo: a student's internship of fourteen weeks, seen in its eleventh.

The words lie in `data/demo/fr.toml` and `en.toml`, one student each; here they get their days,
counted from a given today, and ids that are the same each time. `coach --demo`, tests, pictures
and benchmarks use it.
"""

import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import msgspec

from coach.store.entries import Answers, Draft, Entry, iso_week, timestamp, week_monday, weekly_id
from coach.store.journal import Journal
from coach.util import clock
from coach.util.data_files import data_path
from coach.util.structs import Strict, read_struct

WEEKS = 14
"""How long the internship is."""
PRESENT = 11
"""The week of the internship that today is in."""


class Later(Strict, frozen=True, kw_only=True):
    """What was filled in `days` after the entry: answers, as `field` or `field.row.column`."""

    days: int
    cells: list[str]


class DemoEntry(Strict, frozen=True, kw_only=True):
    """One entry as the demo's file tells it; the head of `fr.toml` says what each key means."""

    name: str
    flow: str
    week: int
    day: int
    at: str
    internship: str = ""
    tags: list[str] = []
    days: dict[str, int] = {}
    links: dict[str, str | list[str]] = {}
    """Answers that name other entries (by `name`), or their rows (`name/field/number`)."""
    later: Later | None = None
    step: str = ""
    answers: Answers


@dataclass(frozen=True)
class DemoJournal:
    """What the demo's journal holds, in the order it was written."""

    entries: list[Entry]
    drafts: list[Draft]


def build(folder: Path, lang: str, today: date | None = None) -> None:
    """Fills the journal in `folder` with the demo in `lang` (`fr` or `en`), told on `today`.

    Raises `ContentError` when the demo's file is broken, `JournalError` when it cannot be kept.
    """
    story = tell(lang, today or clock.today())
    Journal(folder).merge(story.entries)
    for draft in story.drafts:
        # The journal stamps a draft with its clock: a demo of a given day must not tell of ours.
        saved = partial(datetime.fromisoformat, draft.saved_at)
        with Journal(folder, clock=saved).drafts.open(draft.entry.id) as file:
            file.write(draft)


def tell(lang: str, today: date) -> DemoJournal:
    """The demo in `lang` (`fr` or `en`) as seen on `today`: the same each time.

    Raises `ContentError` when the demo's file is broken.
    """
    path = data_path("demo", "en.toml" if lang == "en" else "fr.toml")
    told = read_struct(path, list[DemoEntry], "entries")
    teller = _Teller("en" if lang == "en" else "fr", today, told)
    entries = [(one, teller.entry(one)) for one in told]
    return DemoJournal(
        entries=[entry for one, entry in entries if not one.step],
        drafts=[
            Draft(entry=entry, step=one.step, saved_at=entry.updated_at)
            for one, entry in entries
            if one.step
        ],
    )


class _Teller:
    """Gives what is told its days and ids."""

    def __init__(self, lang: str, today: date, told: list[DemoEntry]) -> None:
        self.lang = lang
        self.today = today
        self.first = week_monday(iso_week(today)) - timedelta(weeks=PRESENT - 1)
        self.ids: dict[str, str] = {}
        for one in told:
            self.ids[one.name] = self._entry_id(one)

    def _entry_id(self, told: DemoEntry) -> str:
        if told.flow == "weekly":
            internship = self.ids[told.internship]
            return weekly_id(told.flow, internship, iso_week(self._day(told)))
        return self._id(told.name)

    def _id(self, name: str) -> str:
        return str(uuid5(NAMESPACE_URL, f"coach:demo:{self.lang}:{name}"))

    def _day(self, told: DemoEntry) -> date:
        """Its day; what would lie ahead of today, later in this week, is told today."""
        return min(self.first + timedelta(weeks=told.week - 1, days=told.day), self.today)

    def entry(self, told: DemoEntry) -> Entry:
        """`told` as an entry, with its earlier version where it has one."""
        day = self._day(told)
        moment = datetime.combine(day, time.fromisoformat(told.at), UTC)
        answers = self._answers(told, day)
        entry = Entry(
            id=self.ids[told.name],
            flow=told.flow,
            status="draft" if told.step else "done",
            lang=self.lang,
            internship=self.ids[told.internship] if told.internship else None,
            date=day.isoformat(),
            week=iso_week(day),
            created_at=timestamp(moment),
            updated_at=timestamp(moment),
            revision=self._id(f"{told.name}:{day}"),
            tags=list(told.tags),
            answers=answers,
        )
        return self._completed(entry, told.later, moment) if told.later else entry

    def _completed(self, entry: Entry, later: Later, moment: datetime) -> Entry:
        """`entry` with the version before it was completed in its history."""
        before = msgspec.structs.asdict(entry)
        before["answers"] = _without(entry.answers, later.cells)
        del before["history"]
        return msgspec.structs.replace(
            entry,
            updated_at=timestamp(moment + timedelta(days=later.days)),
            revision=self._id(f"{entry.revision}:later"),
            history=[before],
        )

    def _answers(self, told: DemoEntry, day: date) -> Answers:
        answers = {
            name: [self._row(told, name, i, row) for i, row in enumerate(value)]
            if isinstance(value, list) and all(isinstance(row, dict) for row in value)
            else _trimmed(value)
            for name, value in told.answers.items()
        }
        dates = {name: (day + timedelta(days=n)).isoformat() for name, n in told.days.items()}
        links = {name: self._linked(value) for name, value in told.links.items()}
        return answers | dates | links

    def _linked(self, value: str | list[str]) -> Any:
        """The id of an entry, or the key of one of its rows, by their names; of each in a list."""
        if isinstance(value, list):
            return [self._linked(one) for one in value]
        name, *row = value.split("/")
        return self.ids[name] + (f"/{self._id(f'{name}:{row[0]}:{row[1]}')}" if row else "")

    def _row(self, told: DemoEntry, field: str, number: int, row: dict[str, str]) -> dict[str, str]:
        """`row` with an id, and the id of the note that it was made of."""
        note = {"note": self.ids[row["note"]]} if "note" in row else {}
        return {"id": self._id(f"{told.name}:{field}:{number}")} | row | note


def _trimmed(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _without(answers: Answers, cells: list[str]) -> Answers:
    """`answers` without `cells`, each `field` or `field.row.column`."""
    left = copy.deepcopy(answers)
    for cell in cells:
        field, *place = cell.split(".")
        if place:
            del left[field][int(place[0])][place[1]]
        else:
            del left[field]
    return left
