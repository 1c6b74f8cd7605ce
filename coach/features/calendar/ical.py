"""The days to come as an iCalendar file (RFC 5545), for the calendar of a phone or a mail program.

Each event lasts all day and is marked free. Its UID is stable, and SEQUENCE grows each time its
entry changes, so that importing the file again updates events and doubles none.
Names marked confidential are replaced: a calendar is often shared.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from coach import __version__
from coach.features.calendar import agenda
from coach.util.text import one_line
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.documents.dossier import Dossier
    from coach.store.entries import Entry

ONE_DAY = timedelta(days=1)
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
"""The start of SEQUENCE numbers, which are seconds since then: they fit the 31 bits of RFC 5545.
"""


def calendar_file(dossier: Dossier) -> tuple[bytes, int]:
    """(The file, the number of its events); the same bytes as long as nothing changed."""
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", f"-//coach//{__version__}//{dossier.lang.upper()}")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "coach")
    found = [*_dated(dossier), *_rehearsed(dossier)]
    for one, changed, times in found:
        event = Event()
        event.add("uid", f"{one.id}@coach")
        event.add("dtstamp", changed)
        event.add("sequence", max(0, int((changed - EPOCH).total_seconds())) + times)
        event.add("dtstart", one.day)
        event.add("dtend", one.day + ONE_DAY)
        event.add("summary", dossier.discreet(one.text))
        if one.place:
            event.add("location", dossier.discreet(one.place))
        event.add("transp", "TRANSPARENT")
        event.add("class", "PRIVATE")
        made.add_component(event)
    return made.to_ical(), len(found)


Dated = tuple[agenda.Event, datetime, int]
"""(Event, time of the last change of its entry, number to order changes at the same time)."""


def _dated(dossier: Dossier) -> Iterator[Dated]:
    """The events of the internship and of all saved entries."""
    kept = dossier.snapshot
    for one in agenda.events(dossier.internship, kept.entries, dossier.content, dossier.lang):
        yield one, _changed(kept.by_id.get(one.entry_id)), 0


def _rehearsed(dossier: Dossier) -> Iterator[Dated]:
    """The questions rehearsed before, each on the day it comes back."""
    from coach.features.rehearsal.deck import build_deck

    say = Wording("agenda", dossier.lang)
    for card in build_deck(dossier.snapshot, dossier.lang).cards:
        if card.due is None or card.last is None:
            continue
        text = say("rehearse", question=one_line(card.question, agenda.TEXT))
        moment = datetime.combine(card.last.day, time(), UTC)
        made = agenda.Event(card.due, text, f"rehearsal/{card.key}", "rehearsal")
        yield made, moment, len(card.attempts)


def _changed(entry: Entry | None) -> datetime:
    """The last change of the entry, in UTC and whole seconds; `EPOCH` where unknown."""
    try:
        moment = datetime.fromisoformat(entry.updated_at if entry else "")
    except ValueError:
        return EPOCH
    return moment.replace(microsecond=0)
