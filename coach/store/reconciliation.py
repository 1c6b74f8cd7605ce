"""Finds what other files and the memory have and a journal lacks, and joins it: a union.

A file that another program put in the journal's place (an older copy, that of another machine) may
lack revisions that were confirmed. None is ever dropped for that. Revisions are told apart by their
ids alone, so a text that was changed in the file by hand counts as it stands there.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from coach.disk.atomic_files import Stamp
from coach.disk.errors import JournalError
from coach.store.duplicates import one_each
from coach.store.file_format import StoredEntries, StoredEntry
from coach.store.recovery_files import RecoveryFiles
from coach.store.revisions import encode, revisions_of


class Missing(NamedTuple):
    """What a journal lacks. `cut_short`: no more than a save that was never confirmed."""

    documents: list[StoredEntry]
    cut_short: bool = False


def missing_in(
    documents: StoredEntries,
    stamp: Stamp | None,
    safety: RecoveryFiles,
    remembered: Callable[[], Iterable[StoredEntry]],
) -> Missing:
    """What the files of `safety`, and what is `remembered` of the journal, have beyond `documents`.

    These are the journal's that has `stamp`; the files are read where they were not compared with
    that very one. Raises JournalError for a file that is there and cannot be read.
    """
    found = {} if safety.vouches(stamp) else safety.read_documents()
    memory = list(remembered())
    missing = lacking(documents, [*(one for some in found.values() for one in some), *memory])
    if not missing or not safety.cut_short(stamp):
        return Missing(missing)
    beyond = {path: lacking(documents, some) for path, some in found.items()}
    return Missing(missing, safety.own(beyond) and not lacking(documents, memory))


def lacking(documents: StoredEntries, others: Iterable[StoredEntry]) -> list[StoredEntry]:
    """Those of `others` with a revision that `documents` have not, without more of the same."""
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
    """`documents` with what is `missing` joined to them; each keeps its number."""
    missing = list(missing)
    if not missing:
        return documents
    following = max(map(int, documents), default=0) + 1
    added = {str(number): one for number, one in enumerate(missing, following)}
    return one_each({**documents, **added})


def fresh(document: StoredEntry, known: StoredEntry | None) -> list[bytes]:
    """The revisions in `document` that `known` has not, as lines.

    Raises JournalError("not_storable") when one of them is no revision.
    """
    ids = known.head.revisions if known else frozenset()
    return [encode(one) for one in revisions_of(document.decoded()) if one["revision"] not in ids]


def gained(documents: StoredEntries, former: StoredEntries) -> list[bytes]:
    """What `documents` have and `former` has not, as lines; also of what makes no sense."""
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
