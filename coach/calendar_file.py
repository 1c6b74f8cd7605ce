"""The days to come as an iCalendar file (RFC 5545), for the calendar of a phone or a mail program.

Each day lasts all day and blocks nothing. Its UID stays the same, and SEQUENCE grows each time the
entry it comes from changes, so that taking the file in again moves what moved and doubles nothing.
Names marked confidential are replaced: a calendar is often shared.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from coach import __version__
from coach.agenda import events

if TYPE_CHECKING:
    from coach.dossier import Dossier
    from coach.entries import Entry

ONE_DAY = timedelta(days=1)
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
"""From where changes are counted: seconds since then stay a whole number that every calendar takes
(RFC 5545 gives integers 31 bits).
"""


def calendar_file(dossier: Dossier) -> tuple[bytes, int]:
    """The file, and how many days it holds; the same bytes as long as nothing changed."""
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", f"-//coach//{__version__}//{dossier.lang.upper()}")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "coach")
    found = events(dossier.internship, dossier.catalogue.entries, dossier.content, dossier.lang)
    for one in found:
        entry = dossier.catalogue.by_id.get(one.entry_id)
        event = Event()
        event.add("uid", f"{one.id}@coach")
        changed = _changed(entry)
        event.add("dtstamp", changed)
        event.add("sequence", max(0, int((changed - EPOCH).total_seconds())))
        event.add("dtstart", one.day)
        event.add("dtend", one.day + ONE_DAY)
        event.add("summary", dossier.discreet(one.text))
        if one.place:
            event.add("location", dossier.discreet(one.place))
        event.add("transp", "TRANSPARENT")
        event.add("class", "PRIVATE")
        made.add_component(event)
    return made.to_ical(), len(found)


def _changed(entry: Entry | None) -> datetime:
    """When its entry last changed, in UTC and whole seconds; long ago where nobody knows."""
    try:
        moment = datetime.fromisoformat(entry.updated_at if entry else "")
    except ValueError:
        return EPOCH
    return moment.replace(microsecond=0)
