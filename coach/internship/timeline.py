"""The weeks of an internship and the state of each: written, draft, missed, off site, to come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from coach.store.answers import day_of, level_of
from coach.store.entries import Draft, Entry, iso_week, week_monday

LONGEST = 104
"""The most weeks shown: two years, the length of many work-study contracts."""


class State(StrEnum):
    """The state of a week."""

    DONE = "done"
    DRAFT = "draft"
    MISSED = "missed"
    NOW = "now"
    """The present week, without an entry or draft."""
    OFF = "off"
    TO_COME = "to_come"


@dataclass(frozen=True)
class Week:
    """One week of the internship; `number` counts from 1, `key` is the ISO week."""

    key: str
    number: int
    state: State
    energy: int | None = None
    mood: int | None = None
    entry_id: str | None = None

    @property
    def monday(self) -> date:
        """Its first day."""
        return week_monday(self.key)


def span(internship: Entry | None, entries: Iterable[Entry], today: date) -> tuple[date, date]:
    """The first and last Monday to show: the internship's dates, extended to the entries up to this
    week. Entries dated later are ignored (the clock was wrong).

    Without dates: from the first week with an entry, or the present one, to the present one.
    """
    this = today - timedelta(days=today.weekday())
    written = [week_monday(entry.week) for entry in entries]
    answers = internship.answers if internship else {}
    start, end = day_of(answers, "start"), day_of(answers, "end")
    first = start - timedelta(days=start.weekday()) if start else min([*written, this])
    last = end - timedelta(days=end.weekday()) if end and (not start or end >= start) else None
    if last is None:
        last = max(this, first)
    last = max([last, *(monday for monday in written if monday <= this)])
    return min([first, last, *written]), last


def off_site(entry: Entry) -> bool:
    """Whether this weekly entry marks the week as at school or on leave."""
    return entry.answers.get("on_site") in ("school", "leave")


def weeks(
    internship: Entry | None, entries: list[Entry], drafts: list[Draft], today: date
) -> list[Week]:
    """The weeks of `internship`, in order; of more than `LONGEST`, those up to the present one.

    `entries` and `drafts` are the weekly ones of that internship.
    """
    told = {entry.week: entry for entry in reversed(entries)}
    begun = {draft.entry.week: draft.entry for draft in drafts if draft.base is None}
    both = [*told.values(), *begun.values()]
    first, last = span(internship, both, today)
    this = iso_week(today)
    present = (week_monday(this) - first).days // 7 + 1
    total = min((last - first).days // 7 + 1, max(LONGEST, present))
    found = []
    for number in range(max(1, total - LONGEST + 1), total + 1):
        key = iso_week(first + timedelta(weeks=number - 1))
        entry = told.get(key) or begun.get(key)
        answers = entry.answers if entry else {}
        if key in told:
            state = State.OFF if off_site(told[key]) else State.DONE
        elif key in begun:
            state = State.DRAFT
        elif key == this:
            state = State.NOW
        else:
            state = State.MISSED if key < this else State.TO_COME
        found.append(
            Week(
                key,
                number,
                state,
                level_of(answers, "energy"),
                level_of(answers, "mood"),
                entry.id if entry else None,
            )
        )
    return found


CLOSED = "closed"
"""The field of an internship's entry that closes it (`yes`)."""


def closed(internship: Entry) -> bool:
    """Whether the student closed this internship."""
    return internship.answers.get(CLOSED) == "yes"


def ended(internship: Entry | None, today: date) -> bool:
    """Whether the last day of this internship is past."""
    end = day_of(internship.answers, "end") if internship else None
    return end is not None and end < today


def current_internship(internships: list[Entry], chosen: str | None, today: date) -> Entry | None:
    """The current internship: the one chosen, else the one whose dates include today, else the one
    that ended last, until another begins; else the newest entry.

    A closed internship is never current; None between internships.
    """
    left = [one for one in internships if not closed(one)]
    for one in left:
        if one.id == chosen:
            return one
    over = [one for one in left if ended(one, today)]
    rest = [one for one in left if not ended(one, today)]
    running = [one for one in rest if (start := day_of(one.answers, "start")) and start <= today]
    if running:
        return max(running, key=lambda one: str(one.answers.get("start")))
    last = max(over, key=lambda one: str(one.answers.get("end")), default=None)
    if last is not None:
        # One without a first day begins on the day it was told of.
        end = str(last.answers.get("end"))
        undated = (one for one in rest if not day_of(one.answers, "start"))
        rest = [one for one in undated if one.created_at[:10] > end]
    return max(rest, key=lambda one: one.created_at, default=last)


def next_start(internships: list[Entry], today: date) -> date | None:
    """The first day of the next internship, or None where no entry has a later one."""
    days = (day_of(one.answers, "start") for one in internships if not closed(one))
    return min((day for day in days if day and day > today), default=None)


def milestones(internship: Entry | None) -> list[tuple[str, date]]:
    """The milestones in time: half, three quarters, the last fortnight, the end; in order.

    Each is (name, day), name one of `half`, `three_quarters`, `fortnight`, `end`; none without
    both dates. Source of the two career talks: seed 'internship as career lab'.
    """
    answers = internship.answers if internship else {}
    start, end = day_of(answers, "start"), day_of(answers, "end")
    if start is None or end is None or end <= start:
        return []
    length = end - start
    days = [
        ("half", start + length / 2),
        ("three_quarters", start + length * 3 / 4),
        ("fortnight", max(start, end - timedelta(days=14))),
        ("end", end),
    ]
    return sorted(days, key=lambda one: one[1])
