"""Closes an internship, or opens it again."""

import msgspec

from coach.internship.timeline import CLOSED, closed
from coach.store.journal import Journal


def turn(journal: Journal, internship: str) -> bool | None:
    """Closes the internship with that id, or opens it if it is closed.

    Returns whether it is closed now, None where there is no such entry. Raises JournalError.
    """
    entry = journal.get(internship)
    if entry is None:
        return None
    over = not closed(entry)
    answers = {name: value for name, value in entry.answers.items() if name != CLOSED}
    answers |= {CLOSED: "yes"} if over else {}
    journal.save(msgspec.structs.replace(entry, answers=answers))
    return over


def reopen(journal: Journal, internship: str) -> None:
    """Opens the internship of that id again where it is closed; raises JournalError."""
    entry = journal.get(internship)
    if entry is not None and closed(entry):
        turn(journal, internship)
