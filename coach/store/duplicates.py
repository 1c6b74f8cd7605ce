"""Rows of a file as documents, one for each entry."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from coach.disk.errors import JournalError
from coach.store.file_format import Damaged, Document, Documents
from coach.store.revisions import encode, joined


def readable(row: Mapping[str, Any]) -> Document:
    """`row` as a document; raises JournalError("not_storable")."""
    try:
        return Document(encode(row))
    except Damaged as error:
        raise JournalError("not_storable", reason=str(error)) from error


def one_each(documents: Documents) -> Documents:
    """`documents` with one per entry: those that share an id (a merge by hand) are joined."""
    by_id: dict[str, list[str]] = {}
    for number, document in documents.items():
        by_id.setdefault(document.head.id, []).append(number)
    if len(by_id) == len(documents):
        return documents
    result: Documents = {}
    for numbers in by_id.values():
        same = {number: documents[number] for number in numbers}
        if len(same) > 1:
            with suppress(JournalError):  # one that makes no sense stays as it is, beside the rest
                both = joined(one.decoded() for one in same.values())
                same = {numbers[0]: Document(encode(both))}
        result |= same
    return result
