"""What a list of entries holds: kept entries with the drafts under way, and how JSON gives them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from coach.store.entries import SCHEMA, Draft, Entry

if TYPE_CHECKING:
    from coach.store.journal import Journal

SHORT_ID = 8
"""Letters of an id that are shown: `coach show` takes any that begin one entry's alone."""
WHERE = ("base", "step", "item", "declined")
"""What a draft says of itself besides its answers and tags."""


@dataclass(frozen=True)
class Listed:
    """An entry in a list; `draft` is what is under way: the entry itself, or its next revision."""

    entry: Entry
    draft: Entry | None = None
    under_way: Draft | None = None
    """All of the draft: where it stands, too."""

    @property
    def is_kept(self) -> bool:
        """Whether there is a kept entry, not only a draft."""
        return self.draft is not self.entry


def list_entries(journal: Journal, *, trash: bool = False, history: bool = False) -> list[Listed]:
    """Kept entries and drafts, newest first; with `trash` what was deleted instead.

    A draft that changes a kept entry stands with it. Raises JournalError.
    """
    entries = journal.entries(trash=trash, history=history)
    if trash:
        return [Listed(entry) for entry in entries]
    drafts = {draft.entry.id: draft for draft in journal.drafts.list()}
    found = [with_draft(entry, drafts.pop(entry.id, None)) for entry in entries]
    if drafts:
        found += [Listed(draft.entry, draft.entry, draft) for draft in drafts.values()]
        found.sort(key=newest_first, reverse=True)
    return found


def with_draft(entry: Entry, draft: Draft | None) -> Listed:
    """`entry` with the draft that changes it, if there is one."""
    return Listed(entry, draft.entry if draft else None, draft)


def newest_first(one: Listed) -> tuple[str, str, str]:
    """The key that orders a list, to be sorted in reverse."""
    return one.entry.date, one.entry.updated_at, one.entry.id


def as_json(one: Listed, *, history: bool = False) -> dict[str, Any]:
    """An entry as JSON gives it; `draft` has the answers of its next revision, if under way."""
    entry = one.entry
    data = {name: getattr(entry, name) for name in entry.__struct_fields__}
    if not history:
        del data["history"]
    if one.draft is not None and one.is_kept:
        data["draft"] = one.draft.answers
    if history and one.under_way is not None:
        data["under_way"] = {name: getattr(one.under_way, name) for name in WHERE}
        data["under_way"]["tags"] = one.under_way.entry.tags
    return data


def to_json(found: list[Listed], *, history: bool = False) -> bytes:
    """`{"schema": 1, "entries": [...]}` as indented UTF-8."""
    entries = [as_json(one, history=history) for one in found]
    data = msgspec.json.encode({"schema": SCHEMA, "entries": entries})
    return msgspec.json.format(data, indent=2) + b"\n"
