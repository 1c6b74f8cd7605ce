"""The index of entries for browsing, and its filters: words, flow, dates, skill, tag, state, mood.

`coach.browse.index_builder.build_index` makes an `EntryIndex` of the journal in a thread. It is
immutable, so a screen can search it at each key while the next one is being made.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from coach.browse.entry_reader import Part, Section, read_entry
from coach.browse.text_index import SearchIndex
from coach.flows.choices import list_named
from coach.store.answers import day_of, level_of
from coach.store.entries import Entry, iso_week, week_monday
from coach.util.dates import parse_day
from coach.util.text import fold, texts

if TYPE_CHECKING:
    from coach.flows.content import Content

MOODS: dict[str, tuple[int, ...]] = {"low": (1, 2), "fair": (3,), "high": (4, 5)}
"""Mood filter → the values of the mood scale that it matches."""


class Status(StrEnum):
    """The state of an entry: saved, draft, in the trash."""

    DONE = "done"
    DRAFT = "draft"
    TRASH = "trash"


@dataclass(frozen=True)
class IndexedEntry:
    """One line of the list. `key` differs for a draft and the saved entry that it changes."""

    key: str
    entry: Entry
    status: Status
    revises: bool = False
    """Whether it is a draft that changes a saved entry."""
    skills: dict[str, str] = field(default_factory=dict)
    """Its skills: folded name → as written; `tags` likewise."""
    tags: dict[str, str] = field(default_factory=dict)

    @property
    def day(self) -> date | None:
        """Its day; None where an imported entry has no valid one."""
        try:
            return date.fromisoformat(self.entry.date)
        except ValueError:
            return None

    @property
    def energy(self) -> int | None:
        """The energy of the week, 1 to 5, or None."""
        return level_of(self.entry.answers, "energy")

    @property
    def mood(self) -> int | None:
        """The mood of the week, 1 to 5, or None."""
        return level_of(self.entry.answers, "mood")


@dataclass(frozen=True)
class Filter:
    """The filters and words to search for; an empty one matches everything."""

    text: str = ""
    flow: str = ""
    since: date | None = None
    until: date | None = None
    skill: str = ""
    """Folded, as `tag` (see `coach.util.text.fold`)."""
    tag: str = ""
    status: str = ""
    """One of `Status`; empty for all but the trash."""
    mood: str = ""
    """One of `MOODS`."""

    @cached_property
    def words(self) -> list[str]:
        """The words typed, folded."""
        return [word for word in map(fold, self.text.split()) if word]

    @property
    def filtered(self) -> bool:
        """Whether any filter besides the words is set."""
        return self != Filter(text=self.text)

    def holds(self, item: IndexedEntry) -> bool:
        """Whether `item` matches all filters, words apart (see `EntryIndex.find`)."""
        if not self.in_scope(item):
            return False
        entry = item.entry
        return (
            (not self.flow or entry.flow == self.flow)
            and (self.since is None or entry.date >= self.since.isoformat())
            and (self.until is None or entry.date <= self.until.isoformat())
            and (not self.skill or self.skill in item.skills)
            and (not self.tag or self.tag in item.tags)
            and (not self.mood or item.mood in MOODS[self.mood])
        )

    def in_scope(self, item: IndexedEntry) -> bool:
        """Whether `item` is searched: entries in the trash only with the filter for them."""
        if self.status:
            return item.status == self.status
        return item.status is not Status.TRASH


@dataclass(frozen=True)
class Facet:
    """One value to filter by: the value for `Filter`, its label, the number of entries."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class EntryIndex:
    """All entries and drafts, newest first, with an index of their words."""

    items: dict[str, IndexedEntry] = field(default_factory=dict)
    search: SearchIndex = field(default_factory=SearchIndex)
    stamps: dict[str, str] = field(default_factory=dict)
    """Key → the revision and language that were indexed."""
    internships: dict[str, Entry] = field(default_factory=dict)
    facets: dict[str, list[Facet]] = field(default_factory=dict)
    """`flow`, `skill`, `tag` → the values to filter by, most used first."""
    generation: int = -1
    """The `generation` of the journal that was indexed."""

    _passing: dict[Filter, frozenset[str]] = field(default_factory=dict, compare=False)
    _last: list[tuple[list[str], list[str]]] = field(default_factory=list, compare=False)

    def find(self, wanted: Filter) -> list[str]:
        """The keys of the items that match `wanted`, newest first."""
        passing = self._passes(replace(wanted, text=""))
        keys = self._holding(wanted.words) if wanted.words else list(self.items)
        if len(passing) == len(self.items):
            return keys
        return [key for key in keys if key in passing]

    def total(self, wanted: Filter) -> int:
        """The number of items that `wanted` searches."""
        return len(self._passes(Filter(status=wanted.status)))

    def _passes(self, filters: Filter) -> frozenset[str]:
        """The keys that match `filters`; cached between keys typed."""
        if filters not in self._passing:
            found = frozenset(key for key, item in self.items.items() if filters.holds(item))
            self._passing[filters] = found
        return self._passing[filters]

    def _holding(self, words: list[str]) -> list[str]:
        """The keys of the items that hold every word."""
        within = None
        for former, keys in self._last:
            # Typing on only narrows what was found: no need to look elsewhere. Where that is
            # most of them, one scan of everything is as quick.
            few = 2 * len(keys) < len(self.items)
            if few and all(any(old in new for new in words) for old in former):
                within = keys
        found = self.search.find(words, within)
        self._last[:] = [(words, found)]
        return found

    def entry(self, entry_id: str) -> Entry | None:
        """The kept entry of that id."""
        item = self.items.get(entry_id)
        return item.entry if item else self.internships.get(entry_id)

    def named(self, entry_id: str) -> IndexedEntry | None:
        """The item of an entry: the kept one, else its draft, else the one in the trash."""
        return self.items.get(entry_id) or self.items.get(draft_key(entry_id))

    def week(self, entry: Entry) -> tuple[int, int | None] | None:
        """(Number of its week in the internship, total or None); None where unknown."""
        about = self.internships.get(entry.internship or "")
        start = day_of(about.answers, "start") if about and entry.flow == "weekly" else None
        if about is None or start is None:
            return None
        first = week_monday(iso_week(start))
        try:
            number = (week_monday(entry.week) - first).days // 7 + 1
        except ValueError:
            return None
        end = day_of(about.answers, "end")
        total = (week_monday(iso_week(end)) - first).days // 7 + 1 if end else None
        return (number, total if total and total >= number else None) if number > 0 else None


def draft_key(entry_id: str) -> str:
    """The key of the draft of an entry."""
    return f"draft:{entry_id}"


# Reading one


def sections(
    entry: Entry, index: EntryIndex, content: Content, lang: str, today: date | None = None
) -> list[Section]:
    """The answers of `entry` as sections to read (see `coach.browse.entry_reader.read_entry`).

    An imported entry that does not fit its flow still shows its texts.
    """
    try:
        return read_entry(entry, content, lang, list_named(entry, index.entry), today)
    except (TypeError, ValueError, KeyError, AttributeError):
        parts = [Part(name, "\n".join(texts(value))) for name, value in entry.answers.items()]
        return [Section("", [part for part in parts if part.text])]


# Dates as one types them when looking back


def since_day(raw: str, today: date) -> date | None:
    """The day `raw` names, looking back: 'lundi' is the last one, '15/11' the last 15 November."""
    day = parse_day(raw, today)
    if day is None or day <= today:
        return day
    tomorrow = parse_day(raw, today + timedelta(days=1))
    if tomorrow is not None and (tomorrow - day).days in (0, 7):
        week_before = parse_day(raw, today - timedelta(days=7))
        if week_before is not None and week_before == day - timedelta(days=7):
            # Named by its weekday.
            return week_before if week_before <= today else None
    # Read in another year it is the same day of that year, unless the year was typed.
    earlier = parse_day(raw, date(today.year - 1, 1, 1))
    same = earlier is not None and (earlier.month, earlier.day) == (day.month, day.day)
    return earlier if same else day


def until_day(raw: str, today: date, since: date | None) -> date | None:
    """The day `raw` names as an end: the first one from `since` on, else the nearest to today."""
    named = {day for day in (since_day(raw, today), parse_day(raw, today)) if day is not None}
    if since is not None and (after := [day for day in named if day >= since]):
        return min(after)
    return min(named, key=lambda day: abs((day - today).days), default=None)
