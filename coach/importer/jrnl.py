"""Entries of jrnl, another journal for the command line, as notes.

What `jrnl --export json` writes: `{"tags": {"@work": 2}, "entries": [{"title": "Sorted the trays.",
"body": "…", "date": "2026-11-20", "time": "17:42", "tags": ["@work"], "starred": false}]}`; the
journals of its kinds may add the keys of `MORE`, of which only `uuid` is looked at.
"""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import NAMESPACE_URL, uuid5

import msgspec

from coach.browse.edits import parse_tags
from coach.store.entries import Entry, new_entry, read_day, timestamp
from coach.util.text import clean

Tag = Annotated[str, msgspec.Meta(max_length=200)]


class JrnlEntry(msgspec.Struct):
    """One entry as jrnl writes it."""

    title: str
    date: str
    body: str = ""
    time: str = "00:00"
    tags: list[Tag] = []
    starred: bool = False
    uuid: str = ""


MORE = ("creator", "location", "weather")
"""What a journal in the format of DayOne adds: on which machine, where, in which weather."""
JRNL_KEYS = frozenset((*JrnlEntry.__struct_fields__, *MORE))
"""The keys of an entry that are understood."""


def is_jrnl(entries: list[Any]) -> bool:
    """Whether the decoded `entries` of a file are jrnl's, not the coach's own."""
    first = entries[0] if entries else None
    return isinstance(first, dict) and "title" in first and "flow" not in first


def note_of(given: JrnlEntry, lang: str, starred: str) -> Entry:
    """`given` as a kept note; a star becomes the tag `starred`.

    Its id comes from what it says and when, so that taking it in twice makes one note; jrnl's
    times are those of the clock on the wall. Raises ValueError when its date is none.
    """
    day = read_day(given.date)
    body = given.body.strip("\n")
    text = "\n".join(part for part in (clean(given.title).strip(), clean(body)) if part)
    identity = given.uuid or "\n".join([given.date, given.time, text])
    note = new_entry(
        "note",
        lang=lang,
        day=day,
        moment=_moment(day, given.time),
        id=str(uuid5(NAMESPACE_URL, f"coach:jrnl:{identity}")),
        answers={"text": text},
    )
    note.status = "done"
    note.revision = ""  # named after what it says, when it is merged
    tags = [tag.lstrip("@#") for tag in given.tags] + [starred] * given.starred
    note.tags = parse_tags(",".join(tags))
    return note


def _moment(day: date, time: str) -> datetime:
    """When it was written; at midnight UTC where the time is none, or none that can be told."""
    try:
        moment = datetime.fromisoformat(f"{day}T{time}").astimezone()
        timestamp(moment)
        return moment
    except (ValueError, OverflowError, OSError):
        return datetime.fromisoformat(f"{day}T00:00:00+00:00")
