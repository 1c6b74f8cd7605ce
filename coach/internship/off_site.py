"""Marks a week as not on site: at school or on leave."""

import msgspec

from coach.store.entries import Entry, iso_week, new_entry, week_monday, weekly_id
from coach.store.journal import Journal
from coach.util.clock import now

CYCLE = ("school", "leave")


def turn(journal: Journal, internship: Entry | None, week: str, lang: str) -> str | None:
    """Changes the mark of `week` to the next one: at school, on leave, none.

    Returns the new mark (`school`, `leave` or `none`), or None when the week has an entry of a week
    on site: then its session must be used. Raises JournalError.
    """
    own = internship.id if internship else None
    told = next(
        (
            entry
            for entry in journal.entries(flow="weekly")
            if entry.internship == own and entry.week == week
        ),
        None,
    )
    if told is None:
        monday = week_monday(week)
        id_ = weekly_id("weekly", own, iso_week(monday))
        entry = journal.get(id_) or new_entry(
            "weekly", lang=lang, day=monday, moment=now(), internship=own, id=id_
        )
        answers = {"on_site": CYCLE[0]}
        journal.save(
            msgspec.structs.replace(entry, status="done", deleted_at=None, answers=answers)
        )
        return CYCLE[0]
    mark = told.answers.get("on_site")
    if mark not in CYCLE:
        return None
    if mark == CYCLE[0]:
        journal.save(msgspec.structs.replace(told, answers=told.answers | {"on_site": CYCLE[1]}))
        return CYCLE[1]
    journal.trash(told.id)
    return "none"
