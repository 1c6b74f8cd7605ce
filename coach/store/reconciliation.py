"""Finds revisions that the other files or the memory have and the journal lacks, and adds them.

Another program may replace the journal by a file that lacks confirmed revisions (an older copy, or
another machine's). None of them is dropped because of that. Revisions are compared by id alone, so
a text edited in the file by hand stays as edited. Which revision of an entry is then in force is
decided by `coach.store.revisions.join_revisions`.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from coach.disk.atomic_files import Stamp
from coach.disk.errors import JournalError
from coach.store.file_format import StoredEntries, StoredEntry, join_duplicates
from coach.store.recovery_files import RecoveryFiles
from coach.store.revisions import encode, revisions_of


class Missing(NamedTuple):
    """The entries a journal lacks; `cut_short`: only those of a save that was interrupted."""

    documents: list[StoredEntry]
    cut_short: bool = False


def missing_in(
    documents: StoredEntries,
    stamp: Stamp | None,
    safety: RecoveryFiles,
    remembered: Callable[[], Iterable[StoredEntry]],
) -> Missing:
    """What the recovery files `safety` and the `remembered` entries have and `documents` lack.

    `documents` are those of the journal file with `stamp`. The recovery files are read unless they
    were compared with that file before. Raises JournalError for an existing file that cannot be
    read.
    """
    found = {} if safety.vouches(stamp) else safety.read_documents()
    memory = list(remembered())
    missing = lacking(documents, [*(one for some in found.values() for one in some), *memory])
    if not missing or not safety.cut_short(stamp):
        return Missing(missing)
    beyond = {path: lacking(documents, some) for path, some in found.items()}
    return Missing(missing, safety.own(beyond) and not lacking(documents, memory))


def lacking(documents: StoredEntries, others: Iterable[StoredEntry]) -> list[StoredEntry]:
    """The entries of `others` with a revision that `documents` and earlier `others` lack."""
    others = list(others)
    if not others:
        return []
    present = {document.head.id: document.head for document in documents.values()}
    once = len(present) == len(documents)
    known: dict[str, set[str]] = {}
    found = []
    for other in others:
        head = other.head
        here = present.get(head.id)
        same = here is not None and here.revision == head.revision
        if once and same and here is not None and here.history == head.history:
            continue  # most of them, where two states of one journal meet
        if not known:
            for document in documents.values():
                known.setdefault(document.head.id, set()).update(document.head.revisions)
        ids = known.setdefault(head.id, set())
        revisions = head.revisions
        if not revisions <= ids:
            ids |= revisions
            found.append(other)
    return found


def united(documents: StoredEntries, missing: Iterable[StoredEntry]) -> StoredEntries:
    """`documents` with the revisions of `missing` added; each entry keeps its number."""
    missing = list(missing)
    if not missing:
        return documents
    following = max(map(int, documents), default=0) + 1
    added = {str(number): one for number, one in enumerate(missing, following)}
    return join_duplicates({**documents, **added})


def fresh(document: StoredEntry, known: StoredEntry | None) -> list[bytes]:
    """The revisions in `document` that `known` lacks, as JSON lines.

    Raises JournalError("not_storable") when one of them is no revision.
    """
    ids = known.head.revisions if known else frozenset()
    return [encode(one) for one in revisions_of(document.decoded()) if one["revision"] not in ids]


def gained(documents: StoredEntries, former: StoredEntries) -> list[bytes]:
    """Revisions that `documents` have and `former` lacks, as JSON lines; unreadable ones too."""
    before = {document.head.id: document for document in former.values()}
    lines = []
    for document in documents.values():
        known = before.get(document.head.id)
        if document is known:
            continue
        try:
            lines += fresh(document, known)
        except JournalError:
            lines.append(bytes(document.raw).replace(b"\n", b" "))
    return lines
