"""Notices: what happened on opening a journal that the student should read once, beside errors."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from coach.disk.errors import JournalError, reason_of


@dataclass(frozen=True)
class Notice:
    """One thing that happened on opening the journal, shown to the student once.

    `key` names the sentence and `values` fills it: "recovered" (path, aside, entries, reason),
    "joined" (the same: git had left marks of a conflict in the file),
    "rejoined" (path, entries: a file put in the journal's place lacked what those say),
    "migrated" (path, version, aside), "newer" (path, version), "draft_damaged" (path, aside),
    "draft_newer" (path, version), "draft_sealed" (path, reason), "both_kept" (id, revision),
    "unreadable" (id, reason).

    Of what was done, though a part of it could not be: "unflushed" (path, reason), "kept_beside"
    (path, reason: until a later opening, the files beside the journal alone have it),
    "draft_stays" (path, reason), "not_renewed" (path, reason), "not_passed_on" (reason),
    "unsealed" (path, reason), "unsealed_more" (n), "unsealed_busy" (path), and the same of
    "still_sealed", "key_stays" (path, reason).
    """

    key: str
    values: dict[str, str]

    @classmethod
    def about(cls, key: str, path: Path, error: OSError | JournalError) -> Notice:
        """The notice `key` about `error` at `path`."""
        return cls(key, {"path": str(path), "reason": reason_of(error)})
