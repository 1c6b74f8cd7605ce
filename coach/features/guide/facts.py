"""The facts from which the guide chooses the next step: dates, written entries, open tasks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from coach.internship.objectives import objectives
from coach.internship.timeline import State, Week, ended, milestones, next_start
from coach.store.answers import day_of
from coach.store.entries import Draft, Entry, iso_week

if TYPE_CHECKING:
    from coach.store.snapshot import Snapshot

BETWEEN = "none"
"""What the settings hold instead of an internship's id when there is none at present."""
FRESH = timedelta(days=21)
"""How long an unfinished wizard is offered first."""
WIZARDS = ("reframe", "interview")
"""The sessions whose draft is offered before anything else."""


@dataclass(frozen=True)
class Moment:
    """The journal's state on one day.

    `weeks` are those of `internship`; `notes` is the number of notes for the weekly session,
    `between` whether the settings say that the student is between two internships, `followups` the
    people to write to by today, `due` the number of questions to rehearse.
    """

    today: date
    kept: Snapshot
    internship: Entry | None = None
    drafts: list[Draft] = field(default_factory=list)
    weeks: list[Week] = field(default_factory=list)
    notes: int = 0
    between: bool = False
    followups: list[str] = field(default_factory=list)
    due: int = 0

    def of(self, flow: str) -> list[Entry]:
        """The entries of a flow for this internship, newest first; after its end also those
        that name none.
        """
        if self.internship is None:
            return self.kept.belonging(flow, None)
        own = self.kept.belonging(flow, self.internship.id)
        if not ended(self.internship, self.today):
            return own
        end = str(self.internship.answers.get("end"))
        return [*(one for one in self.kept.belonging(flow, None) if one.date > end), *own]

    @property
    def last_internship(self) -> Entry | None:
        """The current internship; between two, the newest one."""
        return self.internship or next(iter(self.kept.of("internship")), None)

    @property
    def stories(self) -> list[Entry]:
        """The finished wizards about it, also those written between two internships."""
        last = None if self.internship else self.last_internship
        return [*self.of("reframe"), *(self.kept.belonging("reframe", last.id) if last else [])]

    @cached_property
    def facts(self) -> dict[str, Any]:
        """Name → fact of this moment; cached for steps and hints."""
        return facts(self)

    @property
    def draft(self) -> Draft | None:
        """The draft of a wizard begun recently, or None."""
        since = (self.today - FRESH).isoformat()
        return next(
            (d for d in self.drafts if d.entry.flow in WIZARDS and d.saved_at >= since), None
        )

    @property
    def week(self) -> Week | None:
        """The present week of the internship."""
        this = iso_week(self.today)
        return next((week for week in self.weeks if week.key == this), None)

    @property
    def last(self) -> Week | None:
        """Last week, where it is one of the internship's."""
        last = iso_week(self.today - timedelta(days=7))
        return next((week for week in self.weeks if week.key == last), None)


def facts(moment: Moment) -> dict[str, Any]:
    """Name → fact for the conditions in `data/guide.toml`; None where it does not apply.

    `to_…` and `since_end` count days; `to_half` is below 0 once half of the internship is past.
    """
    about = moment.internship.answers if moment.internship else {}
    today, draft, week = moment.today, moment.draft, moment.week
    days: dict[str, Any] = dict.fromkeys(("to_half", "to_three_quarters", "to_fortnight"))
    days |= {f"to_{name}": (day - today).days for name, day in milestones(moment.internship)}
    start, end = day_of(about, "start"), day_of(about, "end")
    following = next_start(moment.kept.of("internship"), today)
    return days | {
        "stage": _stage(moment),
        "weekday": today.weekday(),
        "week": _week(week, bool(start and start > today)),
        "week_number": week.number if week else None,
        "last_week": moment.last.state.value if moment.last else "",
        "notes": moment.notes,
        "draft": draft.entry.flow if draft else "",
        "kind": about.get("kind") or "",
        "objective": about.get("objective") or "",
        "agreed": about.get("agreed") or [],
        "drift": drifting(moment),
        "to_start": (start - today).days if start else None,
        "to_end": (end - today).days if end else None,
        "since_end": (today - end).days if end else None,
        "to_next": (following - today).days if following else None,
        "followups": len(moment.followups),
        "due": moment.due,
        "rights": len(moment.of("rights")),
        "talks": len(moment.of("talk")),
        "reviews": len(moment.of("end-review")),
        "defences": len(moment.of("value-defence")),
        "stories": len(moment.stories),
    }


def _stage(moment: Moment) -> str:
    """`none`, `between`, `before`, `running` or `ended`."""
    if moment.internship is None:
        return "between" if moment.between or moment.kept.of("internship") else "none"
    answers = moment.internship.answers
    start = day_of(answers, "start")
    if start and start > moment.today:
        return "before"
    return "ended" if ended(moment.internship, moment.today) else "running"


def _week(week: Week | None, before: bool) -> str:
    """`draft`, `told` (or off site) or `open`; '' before the internship."""
    if week is not None and week.state is State.DRAFT:
        return "draft"
    if week is not None and week.state in (State.DONE, State.OFF):
        return "told"
    return "" if before else "open"


def drifting(moment: Moment) -> str:
    """The first objective to which the last weeks brought nothing, or ''."""
    found = objectives(moment.internship, moment.of("weekly"))
    return next((one.label for one in found if one.drifting(moment.today)), "")
