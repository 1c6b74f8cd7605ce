"""The one next best step: what home offers first, and why."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from coach.entries import Draft, Entry, iso_week
from coach.requests import Request
from coach.timeline import State, Week, day_of, milestones

BETWEEN = "none"
"""What the settings hold instead of an internship's id when there is none at present."""
TELL_FROM = 3
"""The weekday (Thursday) from which the week is offered to be told."""
SOON = timedelta(days=7)
"""How near a milestone must be to be mentioned."""
FRESH = timedelta(days=21)
"""How long an unfinished wizard is offered first."""


@dataclass(frozen=True)
class Advice:
    """One thing to do and why: `key` names its words in `data/wording/home.toml`
    (`KEY.why`, `KEY.do`, `KEY.more`), `values` fill them, `request` opens it.
    """

    key: str
    request: Request | None = None
    values: dict[str, str | int] = field(default_factory=dict)


def next_step(
    internship: Entry | None,
    entries: list[Entry],
    drafts: list[Draft],
    weeks: list[Week],
    today: date,
    notes: int,
    *,
    between: bool = False,
) -> Advice:
    """The next best step today, from dates and from what is filled in.

    `entries` are all the kept ones, newest first; `weeks` those of `internship`; `notes` is how
    many notes wait for the weekly session, `between` whether the student said to be between two
    internships.
    """
    this = next((week for week in weeks if week.key == iso_week(today)), None)
    values: dict[str, str | int] = {"week": this.number if this else "", "n": notes}
    weekly = Request("weekly")
    if this and this.state is State.DRAFT:
        return Advice("resume_week", weekly, values)
    if draft := _open_wizard(drafts, today):
        return Advice(f"resume_{draft.entry.flow}", Request(draft.entry.flow, draft.entry.id))
    if internship is None:
        if between or any(entry.flow == "internship" for entry in entries):
            return Advice("between", Request("reframe"))
        return Advice("begin", Request("internship"))
    start, end = day_of(internship.answers, "start"), day_of(internship.answers, "end")
    if start and start > today:
        return Advice("before", None, {"n": (start - today).days})
    if end and end < today:
        return Advice("ended", Request("reframe"))
    told = this is not None and this.state in (State.DONE, State.OFF)
    if not told and today.weekday() >= TELL_FROM:
        return Advice("tell_week_notes" if notes else "tell_week", weekly, values)
    last = iso_week(today - timedelta(days=7))
    missed = next((w for w in weeks if w.key == last and w.state is State.MISSED), None)
    if missed is not None:
        return Advice("last_week", Request("weekly", week=last), {"week": missed.number})
    if not internship.answers.get("objective"):
        return Advice("objective", Request("internship", internship.id))
    if not told:
        return Advice("note", Request("note"), values)
    return Advice("week_told", Request("weekly"), values)


def _open_wizard(drafts: list[Draft], today: date) -> Draft | None:
    since = (today - FRESH).isoformat()
    return next(
        (d for d in drafts if d.entry.flow in ("reframe", "interview") and d.saved_at >= since),
        None,
    )


def hint(internship: Entry | None, today: date) -> Advice | None:
    """A milestone of the internship that is near, or None."""
    for name, day in milestones(internship):
        if timedelta(0) <= day - today <= SOON:
            tutor = str((internship.answers if internship else {}).get("tutor") or "")
            key = f"near_{name}" if tutor or name in ("fortnight", "end") else f"near_{name}_alone"
            # 'Today or tomorrow' is one sentence: in English too, where 0 is a plural.
            return Advice(key, None, {"n": max(1, (day - today).days), "tutor": tutor})
    return None
