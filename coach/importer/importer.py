"""Takes in what comes from elsewhere: an export, the journal of another machine, jrnl's JSON.

Every field is checked before anything is kept, so a file is taken in whole or not at all. Entries
are merged by id and revision (see `Journal.merge`): taking in a file twice changes nothing.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

import msgspec

from coach.disk.atomic_files import make_folder
from coach.disk.errors import JournalError, Unfinished, reason_of
from coach.disk.saved_copy import save_copy
from coach.importer.checker import BadExport
from coach.importer.reader import Brought, read_source
from coach.store.draft_file import file_name
from coach.store.entries import Draft, Entry
from coach.store.revisions import stored_entry_of
from coach.store.sync_copies import copies, is_beside, set_aside
from coach.util.text import clean, texts

if TYPE_CHECKING:
    from coach.flows.content import Content
    from coach.store.journal import Journal

__all__ = ["BadExport", "ImportReport", "merge_copies", "take_in"]


@dataclass
class ImportReport:
    """How many entries were new, gained a revision, were known.

    `both` holds the ids of those changed on both sides; `beside` counts drafts that stand beside
    another one of the same entry; `flows` the sessions of a school that came along; `damaged` says
    that a part could not be read; `files` counts the copies merged and set aside, `put_by` those of
    the settings and of the key, set aside only.
    """

    added: int = 0
    changed: int = 0
    same: int = 0
    both: list[str] = field(default_factory=list)
    beside: int = 0
    flows: int = 0
    damaged: bool = False
    files: int = 0
    put_by: int = 0
    left: list[Unfinished] = field(default_factory=list)
    """What did not come along, though the entries did; and why."""


def take_in(journal: Journal, path: Path, content: Content, today: date, lang: str) -> ImportReport:
    """Merges the file or data folder `path` into the journal.

    Raises BadExport, JournalError, OSError; then nothing was taken in. Once the entries are, what
    stands in the way of the rest is in the report.
    """
    if path.is_dir() and path.resolve() == journal.folder.resolve():
        return merge_copies(journal, content, today, lang)
    return _take(journal, read_source(path, content, today, lang, journal.keyring), content)


def merge_copies(journal: Journal, content: Content, today: date, lang: str) -> ImportReport:
    """Merges the copies that lie in the data folder (see `coach.store.sync_copies`), then sets
    them aside.

    One that cannot be read at all is set aside too, and told as damaged. Raises JournalError,
    OSError; BadExport("newer") for a copy from a newer version of the coach.
    """
    brought = Brought()
    found = copies(journal.folder, journal.keyring)
    for path in found:
        if is_beside(path):
            continue
        try:
            brought.add(read_source(path, content, today, lang, journal.keyring))
        except BadExport as error:
            if error.key == "newer":
                raise
            brought.damaged = True
    report = _take(journal, brought, content)
    for path in found:
        try:
            set_aside(path, journal.folder)
        except (JournalError, OSError) as error:
            report.left.append(Unfinished(path, reason_of(error)))
            continue
        if is_beside(path):
            report.put_by += 1
        else:
            report.files += 1
    return report


def _take(journal: Journal, brought: Brought, content: Content) -> ImportReport:
    report = ImportReport(damaged=brought.damaged)
    entries = brought.entries
    if brought.foreign:
        # What was changed or thrown away here since it was first taken in stays so.
        known = [entry.id for entry in entries if journal.get(entry.id) is not None]
        entries = [entry for entry in entries if entry.id not in known]
        report.same += len(known)
    merged = journal.merge(entries)
    report.added, report.changed = len(merged.added), len(merged.changed)
    report.same += len(merged.same)
    report.both = merged.both
    entries = sorted(entries, key=lambda one: (one.updated_at, one.revision))
    beside = {entry.id: entry.revision for entry in entries}
    for draft in brought.drafts:
        try:
            _take_draft(journal, draft, report, beside.get(draft.entry.id, ""))
        except (JournalError, OSError) as error:
            path = journal.drafts.folder / f"{file_name(draft.entry.id)}.json"
            report.left.append(Unfinished(path, reason_of(error)))
    for path in brought.flows:
        try:
            report.flows += _take_flow(path, content.own)
        except (JournalError, OSError) as error:
            report.left.append(Unfinished(path, reason_of(error)))
    return report


def _take_draft(journal: Journal, draft: Draft, report: ImportReport, beside: str) -> None:
    """Puts a draft among the drafts; where its entry has another one here, beside it.

    `beside` is the revision that its entry has where the draft comes from, '' where it has none.
    """
    changes_kept = draft.base is not None
    kept = journal.get(draft.entry.id)
    there = journal.drafts.read_draft(draft.entry.id)
    live = kept is None or kept.revision in (beside, draft.base)
    if (not live and _holds(kept, draft)) or (there is not None and _same(there, draft)):
        report.same += not changes_kept
        return
    ended = kept is not None and bool(
        kept.deleted_at or (kept.status == "done" and not changes_kept)
    )
    if there is None and (live or not ended):
        with suppress(JournalError), journal.drafts.open(draft.entry.id) as file:
            if file.read_draft() is None:
                file.write(draft)
                report.added += not changes_kept and kept is None
                return
    copy = _copy(draft)
    if journal.get(copy.entry.id) is not None or journal.drafts.has(copy.entry.id):
        report.same += not changes_kept
        return
    with journal.drafts.open(copy.entry.id) as file:
        file.write(copy)
    report.beside += 1


def _holds(kept: Entry | None, draft: Draft) -> bool:
    """Whether all that `draft` says stands in `kept` or its history: it is an earlier state."""
    if kept is None or (kept.status == "draft" and not kept.deleted_at):
        return False
    said = [*texts(kept.answers), *(t for one in kept.history for t in texts(one["answers"]))]
    whole = "\0".join(said)
    return all(clean(text) in whole for text in texts(draft.entry.answers))


def _same(one: Draft, other: Draft) -> bool:
    said = [stored_entry_of(draft.entry)["answers"] for draft in (one, other)]
    return bool(said[0] == said[1])


def _copy(draft: Draft) -> Draft:
    """`draft` as one of its own, under an id made from what it says: twice makes one."""
    said = msgspec.json.encode(
        stored_entry_of(draft.entry)["answers"], order="deterministic"
    ).decode()
    identity = str(uuid5(NAMESPACE_URL, f"coach:copy:{draft.entry.id}:{said}"))
    entry = msgspec.structs.replace(draft.entry, id=identity, status="draft", history=[])
    return msgspec.structs.replace(draft, entry=entry, base=None)


def _take_flow(path: Path, own: Path | None) -> bool:
    """Copies a session that is not here into the student's flow folder; whether it did."""
    if own is None or (own / path.name).exists():
        return False
    make_folder(own.parent)
    make_folder(own)
    save_copy(own / path.name, path.read_bytes())
    return True
