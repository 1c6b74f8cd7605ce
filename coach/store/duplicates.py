"""Turns the rows of a journal file into stored entries, and joins rows that share an id."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from coach.disk.errors import JournalError
from coach.store.file_format import Damaged, StoredEntries, StoredEntry
from coach.store.revisions import encode, join_revisions


def readable(row: Mapping[str, Any]) -> StoredEntry:
    """`row` as a stored entry; raises JournalError("not_storable")."""
    try:
        return StoredEntry(encode(row))
    except Damaged as error:
        raise JournalError("not_storable", reason=str(error)) from error


def one_each(documents: StoredEntries) -> StoredEntries:
    """`documents` with one for each id: those that share one (a merge by hand) are joined."""
    by_id: dict[str, list[str]] = {}
    for number, document in documents.items():
        by_id.setdefault(document.head.id, []).append(number)
    if len(by_id) == len(documents):
        return documents
    result: StoredEntries = {}
    for numbers in by_id.values():
        same = {number: documents[number] for number in numbers}
        if len(same) > 1:
            with suppress(JournalError):  # one that makes no sense stays as it is, beside the rest
                both = join_revisions(one.decoded() for one in same.values())
                same = {numbers[0]: StoredEntry(encode(both))}
        result |= same
    return result
