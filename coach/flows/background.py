"""Builds the `StudentContext` of a session from the journal's entries."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from coach.flows.student import StudentContext
from coach.internship.objectives import objectives_of
from coach.language.care import heard
from coach.store.answers import day_of, ids_of, number_of, rows_of, text_of
from coach.store.entries import Entry, iso_week, week_monday
from coach.util.text import one_line

IDEA = 80
"""The most characters of a project idea that is offered again."""
OFFERED_DAYS = 21
"""Days for which a note is offered to weekly sessions: long enough to miss a Friday or two."""


def gather_student_context(
    entries: list[Entry],
    internship: Entry | None,
    day: date,
    *,
    own_id: str = "",
    ended: bool = False,
) -> StudentContext:
    """The context of a session dated `day`.

    `entries` are the saved ones, newest first (see `Journal.entries`); the session's own entry
    `own_id` is left out of them. `ended` says whether the internship dates in it are past.
    """
    about: dict[str, Any] = internship.answers if internship else {}
    week = iso_week(day)
    start = day_of(about, "start")
    own = internship.id if internship else None
    idea = idea_in(entries)
    weekly = [e for e in entries if e.flow == "weekly" and e.internship == own and e.id != own_id]
    return StudentContext(
        today=day,
        company=text_of(about, "company"),
        role=text_of(about, "role"),
        tutor=text_of(about, "tutor"),
        start=start,
        end=day_of(about, "end"),
        ended="yes" if ended else "",
        hours=number_of(about, "hours"),
        internship=own or "",
        week=week,
        week_number=(week_monday(week) - week_monday(iso_week(start))).days // 7 + 1
        if start
        else None,
        intention=_intention(weekly, week),
        idea=one_line(text_of(idea.answers, "phantom_title"), IDEA) if idea else "",
        objective=text_of(about, "objective"),
        objectives=objectives_of(about),
        notes=open_notes(entries, day, own_id),
        skills=used_skills(entries),
        entries=entries,
        causes_before=dict(
            Counter(
                cause
                for e in entries
                if e.flow == "interview" and e.id != own_id
                for cause in ids_of(e.answers, "causes")
            )
        ),
    )


def idea_in(entries: list[Entry]) -> Entry | None:
    """The newest story after a bad internship that names a project, out of `entries`."""
    told = (one for one in entries if one.flow == "reframe")
    return next((one for one in told if text_of(one.answers, "phantom_title")), None)


def _intention(weekly: list[Entry], week: str) -> str:
    """The intention for `week`, from the last weekly entry before it."""
    earlier = [e for e in weekly if e.week < week and e.answers.get("intention")]
    meant = str(max(earlier, key=lambda e: e.week).answers["intention"]) if earlier else ""
    return "" if heard(meant) else meant


def open_notes(entries: list[Entry], day: date, own_id: str) -> list[dict[str, str]]:
    """Notes of the last three weeks that no weekly session has used, oldest first.

    Notes that call for the calm line are left out: they are not proofs to complete.
    """
    since = (day - timedelta(days=OFFERED_DAYS)).isoformat()
    sunday = (week_monday(iso_week(day)) + timedelta(days=6)).isoformat()
    notes = [e for e in entries if e.flow == "note" and since <= e.date <= sunday]
    if not notes:
        return []
    # A week is dated a Friday, so that it may take a note of two days later.
    earliest = (day - timedelta(days=OFFERED_DAYS + 7)).isoformat()
    taken = {
        text_of(row, "note")
        for e in entries
        if e.flow == "weekly" and e.date >= earliest and e.id != own_id
        for row in rows_of(e.answers, "achievements")
    }
    return [
        {"id": e.id, "label": text_of(e.answers, "text")}
        for e in reversed(notes)
        if e.id not in taken and not heard(e.answers)
    ]


def used_skills(entries: list[Entry]) -> list[str]:
    """The skills named in weekly rows, most used first, each in its latest spelling."""
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for e in entries:
        if e.flow == "weekly":
            for row in rows_of(e.answers, "achievements"):
                if skill := text_of(row, "skill"):
                    counts[skill.casefold()] += 1
                    written.setdefault(skill.casefold(), skill)
    return [written[key] for key, _ in counts.most_common()]
