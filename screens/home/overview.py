"""Everything home shows, gathered from the journal in one go, off the screen's thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from coach.browse.headline import headline
from coach.features.guide.guide import BETWEEN, Advice, Moment, find_hints, find_next_step
from coach.features.network.contacts import due_followups
from coach.features.rehearsal.deck import due_count
from coach.flows.background import open_notes
from coach.flows.content import flow_of, flow_title
from coach.flows.request import SessionRequest
from coach.internship.timeline import Week, weeks
from coach.proofs.skills import count_skills
from coach.store.answers import text_of
from coach.store.entries import Draft, Entry, iso_week
from coach.store.sync_copies import copies
from coach.util.clock import local_now
from coach.util.wording import Wording

if TYPE_CHECKING:
    from screens.base.coach import Coach

LAST = 3
HINTS = 2
EVENING = 17


@dataclass(frozen=True)
class Overview:
    """The content of home: texts, weeks, and what each line opens."""

    first_start: bool
    where: list[str]
    """The company and the week, as far as they are known."""
    why: str
    do: str
    do_more: str
    more: str
    hints: list[tuple[str, SessionRequest | str]]
    """What is near, and what it opens ('' for nothing)."""
    open: SessionRequest | str
    """What the next step opens: a session, or a place by its name."""
    quiet: str
    """What "not now" remembers of it, '' where it cannot be put aside."""
    weeks: list[Week]
    drafts: list[tuple[str, SessionRequest]]
    last: list[tuple[str, str]]
    skills: int
    """How many skills the rows name."""
    total: int
    own_flows: bool
    reframed: bool
    due: int
    """Interview questions that wait to be rehearsed today."""
    copies: list[str]
    """The names of copies that a synchronising tool left beside the journal."""


def build_overview(coach: Coach) -> Overview:
    """Reads the journal; raises JournalError."""
    say = Wording("home", coach.lang)
    today, content = coach.workspace.today, coach.workspace.content
    kept, drafts = coach.workspace.snapshot(), coach.workspace.journal.drafts.list()
    entries = kept.entries
    internship = coach.workspace.current_internship(kept.of("internship"))
    own = internship.id if internship else None
    told = kept.belonging("weekly", own)
    begun = [d for d in drafts if d.entry.flow == "weekly" and d.entry.internship == own]
    strip = weeks(internship, told, begun, today) if internship or told or begun else []
    due = due_count(kept, coach.lang, today)
    moment = Moment(
        today=today,
        kept=kept,
        internship=internship,
        drafts=drafts,
        weeks=strip,
        notes=len(open_notes(entries, today, "")),
        between=coach.workspace.settings.internship == BETWEEN,
        followups=[one.name for one in due_followups(kept.of("contact"), today)],
        due=due,
    )
    quiet = frozenset(coach.workspace.settings.quiet)
    advice = find_next_step(moment, coach.navigation.opens, quiet)
    near = find_hints(moment, advice, coach.navigation.opens, quiet)[:HINTS]
    values = advice.values
    greeting = say("evening" if local_now().hour >= EVENING else "day")
    why = say(f"{advice.key}.why", **values)
    return Overview(
        first_start=not entries and not drafts and coach.workspace.settings.lang is None,
        where=_where(internship, strip, coach, say),
        why=f"{greeting} {why}",
        do=say(f"{advice.key}.do", **values),
        do_more=_minutes(advice, coach, say),
        more=say(f"{advice.key}.more", **values),
        hints=[(_hint(one, say), one.request or one.place) for one in near],
        open=advice.request or advice.place,
        quiet=advice.quiet,
        weeks=strip,
        drafts=[
            (_entry_line(draft.entry, coach), SessionRequest(draft.entry.flow, draft.entry.id))
            for draft in drafts
            if advice.request is None or not _opens(advice.request, draft, own, today)
        ],
        last=[(_entry_line(entry, coach), entry.id) for entry in entries[:LAST]],
        skills=count_skills(kept, coach.lang),
        total=len(entries),
        own_flows=bool(content.own and content.own.is_dir() and any(content.own.glob("*.toml"))),
        reframed=any(e.internship == own for e in kept.of("reframe")),
        due=due,
        copies=[
            path.name
            for path in copies(coach.workspace.data_folder.folder, coach.workspace.journal.keyring)
        ],
    )


def _opens(request: SessionRequest, draft: Draft, internship: str | None, today: date) -> bool:
    """Whether the next step already opens this draft."""
    if request.entry_id:
        return request.entry_id == draft.entry.id
    if request.flow != "weekly" or draft.entry.flow != "weekly":
        return False
    week = request.week or iso_week(today)
    return (draft.entry.internship, draft.entry.week) == (internship, week)


def _hint(advice: Advice, say: Wording) -> str:
    """The words of a hint: others where it would name a tutor and there is none."""
    alone = f"hint_{advice.key}_alone"
    key = alone if not advice.values["tutor"] and say.has(alone) else f"hint_{advice.key}"
    return say(key, **advice.values)


TIMED = ("begin", "tell_week", "tell_week_notes", "last_week")
"""Advice that begins something of a known length."""


def _minutes(advice: Advice, coach: Coach, say: Wording) -> str:
    if advice.request is None or advice.key not in TIMED:
        return ""
    minutes = coach.workspace.content.flow(advice.request.flow).minutes
    return say("minutes", n=max(1, round(minutes)))


def _where(internship: Entry | None, strip: list[Week], coach: Coach, say: Wording) -> list[str]:
    """['Atelier Lumen', 'semaine 7 sur 14'], or what is known of it."""
    if internship is None:
        return []
    from coach.util.text import one_line

    company = one_line(text_of(internship.answers, "company"), 30)
    this = next((week for week in strip if week.key == iso_week(coach.workspace.today)), None)
    place = say("week_of", week=this.number, total=strip[-1].number) if this else ""
    return [part for part in (company, place) if part]


def _entry_line(entry: Entry, coach: Coach) -> str:
    from coach.util.dates import short_day

    day = short_day(date.fromisoformat(entry.date), coach.lang)
    title = flow_title(entry, coach.workspace.content, coach.lang)
    flow = flow_of(entry, coach.workspace.content)
    # Someone may be looking over a shoulder: what is private is named, not quoted.
    words = "" if flow and flow.private else headline(entry, coach.workspace.content, 44)
    return f"{day}  {title}" + (f" — {words}" if words else "")
