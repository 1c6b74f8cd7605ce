"""Renames, merges and sorts skills: each change is an entry; rows stay as written.

An entry of the flow `alias` says that one word stands for another from now on; to undo it is to
move it to the trash.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from coach.proofs.skills import ALIAS, KINDS
from coach.store.answers import text_of
from coach.store.entries import Entry, new_entry
from coach.util.clock import now
from coach.util.text import clean_line, fold

if TYPE_CHECKING:
    from coach.proofs.skills import SkillRecord
    from coach.store.journal import Journal


def rename(
    journal: Journal, skill: SkillRecord, means: str, *, kind: str = "", lang: str, today: date
) -> Entry | None:
    """Renames `skill` to `means`, and merges it with a skill of that name.

    `kind`, one of `KINDS` or '', sets its kind. Returns the new entry, None for no change.
    Raises JournalError.
    """
    means = clean_line(means)
    kind = kind if kind in KINDS else ""
    if not means or (means == skill.name and kind in ("", skill.kind)):
        return None
    answers = {"name": skill.name, "means": means}
    if kind or skill.kind:
        answers["skill_kind"] = kind or skill.kind
    entry = new_entry(ALIAS, lang=lang, day=today, moment=now(), answers=answers)
    entry.status = "done"
    return journal.save(entry)


def latest(aliases: Iterable[Entry], skill: SkillRecord) -> Entry | None:
    """The newest of `aliases` (newest first) that renamed to `skill`, if any."""
    for entry in aliases:
        if fold(text_of(entry.answers, "means")) == skill.key:
            return entry
    return None
