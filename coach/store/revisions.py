"""The revisions of an entry: cleaned on the way in, and merged without losing any.

Pure functions on documents (an entry as its JSON object). A document is the revision in force with
the others under `history`, oldest first: a function of the set of its revisions alone, so that it
does not matter in which order, how often or on which machine they came together.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import msgspec

from coach.disk.errors import JournalError
from coach.store.entries import SCHEMA, Entry, timestamp
from coach.util.text import clean

Document = dict[str, Any]

_DEEPEST = 64
"""How deep answers may nest: far deeper than any form, far below the JSON decoder's limit."""


def cleaned(value: Any, depth: int = 0) -> Any:
    """A copy of `value` with every text in it cleaned (see `coach.util.text.clean`).

    Raises JournalError("not_storable") for values that would not come back from a file unchanged:
    not JSON, or nested too deep.
    """
    if isinstance(value, str):
        return clean(value)
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            raise JournalError("not_storable", reason=f"{value} is no number")
        return value
    if depth >= _DEEPEST:
        raise JournalError("not_storable", reason="nested too deep")
    if isinstance(value, dict):
        return {clean(str(key)): cleaned(part, depth + 1) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [cleaned(part, depth + 1) for part in value]
    raise JournalError("not_storable", reason=f"a {type(value).__name__} cannot be kept")


def encode(value: Any) -> bytes:
    """`value` as JSON bytes; raises JournalError("not_storable") where JSON cannot hold it."""
    try:
        return msgspec.json.encode(value)
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        raise JournalError("not_storable", reason=str(error)) from error


def stored_entry_of(entry: Entry) -> Document:
    """`entry` as a document, cleaned, in the order of its fields.

    Raises JournalError("not_storable") when it would not come back unchanged.
    """
    document: Document = cleaned({name: getattr(entry, name) for name in Entry.__struct_fields__})
    try:
        msgspec.convert(document, Entry)
    except (msgspec.ValidationError, RecursionError) as error:
        raise JournalError("not_storable", reason=str(error)) from error
    return document


def stored_entries_of(entries: Iterable[Entry]) -> dict[str, Document]:
    """Id → document for `entries`, those of one id joined; raises JournalError("not_storable")."""
    found: dict[str, Document] = {}
    for entry in entries:
        if entry.schema > SCHEMA:
            raise JournalError("newer", version=str(entry.schema), id=entry.id)
        parts = [stored_entry_of(entry)]
        if entry.id in found:
            parts.append(found[entry.id])
        found[entry.id] = join_revisions(parts)
    return found


def later(moment: datetime, *stamps: str) -> str:
    """A stamp for `moment` that sorts after each of `stamps`, also when the clock was set back."""
    latest = max(stamps, default="")
    wanted = timestamp(moment)
    if wanted > latest:
        return wanted
    try:
        after = timestamp(datetime.fromisoformat(latest) + timedelta(microseconds=1))
    except (ValueError, OverflowError):
        after = ""
    # Whatever another program wrote there, one more character sorts after it.
    return after if after > latest else latest + "0"


def revisions_of(document: Document) -> list[Document]:
    """Every revision in `document`, the one in force included, each without `history`.

    Raises JournalError("not_storable") when one of them is no revision of this entry.
    """
    found = []
    for part in [*document.get("history", ()), document]:
        revision = {name: value for name, value in part.items() if name != "history"}
        try:
            entry = msgspec.convert(revision | {"id": document["id"]}, Entry)
        except msgspec.ValidationError as error:
            raise JournalError("not_storable", reason=str(error)) from error
        whole = {name: getattr(entry, name) for name in Entry.__struct_fields__}
        del whole["history"]
        whole |= {"schema": SCHEMA, "updated_at": _canonical(entry.updated_at)}
        found.append(whole if entry.revision else _named_after_content(whole))
    return found


def _canonical(stamp: str) -> str:
    """`stamp` in this program's format, so that stamps compare as text; else unchanged."""
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return stamp
    return timestamp(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def join_revisions(documents: Iterable[Document]) -> Document:
    """One document with every revision of `documents`, which share an id; the highest is in force.

    Revisions are ordered by `(updated_at, revision)`. Two different revisions may have one id (a
    file edited by hand): the one whose JSON sorts last keeps it, so that every machine chooses
    alike, and the other gets an id derived from its content.
    """
    known: dict[str, Document] = {}
    for document in documents:
        for revision in revisions_of(document):
            other = known.setdefault(revision["revision"], revision)
            if other == revision:
                continue
            lesser, greater = sorted((other, revision), key=_canonical_bytes)
            known[greater["revision"]] = greater
            renamed = _named_after_content(lesser)
            known[renamed["revision"]] = renamed
    *history, force = sorted(known.values(), key=lambda one: (one["updated_at"], one["revision"]))
    return force | {"history": history}


def _named_after_content(revision: Document) -> Document:
    name = str(uuid5(NAMESPACE_URL, f"coach:revision:{_canonical_bytes(revision).decode()}"))
    return revision | {"revision": name}


def _canonical_bytes(revision: Document) -> bytes:
    return msgspec.json.encode(revision, order="deterministic")


@dataclass
class MergeReport:
    """The result of a merge: ids of entries new here, with more revisions, or unchanged.

    `both` are entries changed on both sides (neither side had the other's revision in force); they
    are among `changed` too.
    """

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    both: list[str] = field(default_factory=list)

    def joining(self, document: Document, kept: Document | None) -> Document | None:
        """`document` and `kept` as one document; None when `document` has nothing new."""
        if kept is None:
            self.added.append(document["id"])
            return document
        if document == kept:
            self.same.append(document["id"])  # most of them, where two journals meet again
            return None
        result, here, there = (
            join_revisions([kept, document]),
            join_revisions([kept]),
            join_revisions([document]),
        )
        if result == here:
            self.same.append(document["id"])
            return None
        self.changed.append(document["id"])
        if _went_apart(here, there):
            self.both.append(document["id"])
        return result


_SAID = ("answers", "tags", "date", "internship", "deleted_at")


def _went_apart(here: Document, there: Document) -> bool:
    """Whether neither side has the other's revision in force, and the two differ."""
    known = [{one["revision"] for one in revisions_of(side)} for side in (here, there)]
    apart = there["revision"] not in known[0] and here["revision"] not in known[1]
    return apart and any(here[name] != there[name] for name in _SAID)
