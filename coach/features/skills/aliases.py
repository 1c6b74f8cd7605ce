"""Skills renamed, merged and sorted: each change is an entry of its own, and rows stay as written.

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
    """Calls `skill` `means` from now on, and merges it where another is called so already.

    `kind`, one of `KINDS` or '', sorts it. None where this would change nothing. Raises
    JournalError.
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


def sort_as(
    journal: Journal, skill: SkillRecord, kind: str, *, lang: str, today: date
) -> Entry | None:
    """Says of what kind `skill` is; None where that is known. Raises JournalError."""
    return rename(journal, skill, skill.name, kind=kind, lang=lang, today=today)


def latest(aliases: Iterable[Entry], skill: SkillRecord) -> Entry | None:
    """The newest of `aliases` (newest first) that made `skill` what it is, if any."""
    for entry in aliases:
        if fold(text_of(entry.answers, "means")) == skill.key:
            return entry
    return None
