"""What happened on opening, beside errors: told to the student once, in the wording of `key`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Notice:
    """Something that happened on opening and that the student is told once.

    `key` names the sentence and `values` fills it: "recovered" (path, aside, entries, reason),
    "joined" (the same: git had left marks of a conflict in the file),
    "rejoined" (path, entries: a file put in the journal's place lacked what those say),
    "migrated" (path, version, aside), "newer" (path, version), "draft_damaged" (path, aside),
    "draft_newer" (path, version), "draft_sealed" (path, reason), "both_kept" (id, revision),
    "unreadable" (id, reason).
    """

    key: str
    values: dict[str, str]
