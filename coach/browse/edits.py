"""Edits of saved entries and drafts while browsing: tags and the trash.

Each raises JournalError when saving fails, and then nothing has changed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from coach.disk.errors import JournalError
from coach.store.entries import Draft, Entry
from coach.util.text import clean_line, fold

if TYPE_CHECKING:
    from coach.store.journal import Journal

LONGEST_TAG = 60
_BETWEEN = re.compile(r"[,;\n]")


def amend_entry(journal: Journal, entry_id: str, **changes: Any) -> Entry:
    """Saves a new revision of the entry, with `changes` to its fields."""
    entry = journal.get(entry_id)
    if entry is None:
        raise JournalError("unknown_entry", id=entry_id)
    return journal.save(msgspec.structs.replace(entry, **changes))


# Tags


def parse_tags(raw: str) -> list[str]:
    """The tags in `raw`, separated by commas, without `#`; duplicates (accents ignored) removed."""
    found: dict[str, str] = {}
    for part in _BETWEEN.split(raw):
        tag = clean_line(part).lstrip("#").strip()[:LONGEST_TAG].rstrip()
        if tag:
            found.setdefault(fold(tag), tag)
    return list(found.values())


def tag_entry(journal: Journal, entry_id: str, tags: list[str]) -> Entry:
    """Replaces the tags of a saved entry by `tags`.

    A draft that changes the entry gets them too, so that finishing the draft keeps them.
    """
    before = journal.get(entry_id)
    after = amend_entry(journal, entry_id, tags=tags)
    draft = journal.drafts.read_draft(entry_id)
    if before is not None and draft is not None and draft.base == before.revision:
        _tag_draft(journal, entry_id, tags, base=after.revision)
    return after


def tag_draft(journal: Journal, entry_id: str, tags: list[str]) -> None:
    """Replaces the tags of a draft by `tags`."""
    _tag_draft(journal, entry_id, tags)


def _tag_draft(journal: Journal, entry_id: str, tags: list[str], **changes: Any) -> None:
    with journal.drafts.open(entry_id) as file:
        draft = file.read_draft()
        if draft is not None:
            entry = msgspec.structs.replace(draft.entry, tags=tags)
            file.write(msgspec.structs.replace(draft, entry=entry, **changes))


# The trash


def trash_draft(journal: Journal, entry_id: str) -> str | None:
    """Moves a draft to the trash; its id there, or None where there was nothing to move."""
    with journal.drafts.open(entry_id) as file:
        draft: Draft | None = file.read_draft()
        before = {entry.id for entry in journal.entries(trash=True)}
        journal.discard(file)
    if draft is None:
        return None
    # A change of a kept entry goes to the trash under an id of its own.
    fresh = [e.id for e in journal.entries(trash=True) if e.id not in before or e.id == entry_id]
    return fresh[0] if fresh else None
