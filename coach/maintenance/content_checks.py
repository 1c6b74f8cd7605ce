"""What can be told of the journal, its safety copies, the drafts and what can be restored.

Files are read as they are: opening the journal would mend it.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import msgspec

from coach.disk.atomic_files import absent, read_file
from coach.disk.encryption import BrokenSeal, is_sealed
from coach.disk.errors import JournalError
from coach.maintenance.backup import list_backups as restorable
from coach.maintenance.finding import CheckedFolder, Finding
from coach.maintenance.restore import BadBackup, read_state
from coach.store.entries import SCHEMA, Draft, Entry
from coach.store.file_format import Damaged, FileContents, StoredEntry, parse, salvage
from coach.store.recovery_files import RecoveryFiles
from coach.store.sync_copies import is_home
from coach.util.data_files import ContentError


def check_journal(checked: CheckedFolder) -> Iterator[Finding]:
    """That the journal is whole, and its entries make sense."""
    path = checked.journal.journal_path
    values = {"path": str(path)}
    safe = [one for some in _safety(checked).read_documents(whole=True).values() for one in some]
    mend = partial(_open, checked)
    try:
        content = _content(checked, path)
    except FileNotFoundError:
        if safe:
            yield Finding("journal_missing", "problem", values | {"n": str(len(safe))}, mend)
        else:
            yield Finding("journal_none", "ok")
        return
    except (Damaged, BrokenSeal):
        yield Finding("journal_damaged", "problem", values | {"n": str(len(safe))}, mend)
        return
    if content.schema > SCHEMA:
        yield Finding("newer", "problem", values | {"version": str(content.schema)})
        return
    if content.schema < SCHEMA:
        yield Finding("older", "note", values, mend)
    documents = list(content.documents.values())
    yield Finding("journal", "ok", {"n": str(len(documents))})
    yield from _entries(documents, checked)
    yield from _ahead(safe, documents, checked)


def _entries(documents: list[StoredEntry], checked: CheckedFolder) -> Iterator[Finding]:
    entries = []
    for document in documents:
        try:
            entries.append(document.entry())
        except (ValueError, RecursionError) as error:
            values = {"id": document.head.id, "why": str(error)}
            yield Finding("entry_unreadable", "note", values)
    here = {entry.id for entry in entries if entry.deleted_at is None}
    orphans = [e for e in entries if e.internship and e.internship not in here]
    orphans = [e for e in orphans if e.deleted_at is None]
    if orphans:
        yield Finding(
            "orphans", "note", {"n": str(len(orphans)), "id": orphans[0].internship or ""}
        )
    unknown = sorted({entry.flow for entry in entries if not _known(entry, checked)})
    if unknown:
        yield Finding("flow_gone", "note", {"names": ", ".join(unknown)})


def _known(entry: Entry, checked: CheckedFolder) -> bool:
    try:
        return checked.content.has(entry.flow)
    except ContentError:
        return True  # it is there, and broken: that is told of itself


def _ahead(
    safe: list[StoredEntry], kept: list[StoredEntry], checked: CheckedFolder
) -> Iterator[Finding]:
    """Revisions that the safety copies have and the journal lacks: an older one was put there."""
    known = {revision for one in kept for revision in one.head.revisions}
    ahead = [one for one in safe if not one.head.revisions <= known]
    if ahead:
        values = {"n": str(len({one.head.id for one in ahead}))}
        yield Finding("ahead", "problem", values, partial(_merge, checked, ahead))


def _merge(checked: CheckedFolder, ahead: list[StoredEntry]) -> None:
    checked.journal.merge(one.entry() for one in ahead)


def _open(checked: CheckedFolder) -> None:
    """Mends what opening mends, and writes it."""
    journal = checked.journal
    journal.entries()
    if absent(journal.journal_path):
        # Opening one that is missing brings it back in memory alone.
        with journal.alone():
            journal.put_back(journal.documents(), {})


def _safety(checked: CheckedFolder) -> RecoveryFiles:
    return RecoveryFiles(checked.journal.journal_path, checked.journal.keyring)


def _content(checked: CheckedFolder, path: Path) -> FileContents:
    return parse(checked.journal.keyring.unseal(read_file(path)[0], path))


def check_recovery_files(checked: CheckedFolder) -> Iterator[Finding]:
    """That the last good copy and the recent revisions are whole."""
    keyring = checked.journal.keyring
    beside = _safety(checked)
    try:
        _content(checked, beside.previous)
        yield Finding("previous", "ok")
    except FileNotFoundError:
        pass  # a young journal has none yet
    except (Damaged, BrokenSeal):
        yield Finding("previous_damaged", "note", {"path": str(beside.previous)})
    try:
        data = read_file(beside.recent)[0]
    except FileNotFoundError:
        return
    lines = list(keyring.unseal_lines(data, beside.recent))
    whole = sum(any(True for _ in salvage(line)) for line in lines)
    there = sum(bool(line) and not is_sealed(line) for line in data.split(b"\n"))
    if whole < there:
        yield Finding("recent_damaged", "note", {"path": str(beside.recent)})


def check_drafts(checked: CheckedFolder) -> Iterator[Finding]:
    """That each draft can be read."""
    good = 0
    keyring = checked.journal.keyring
    for path in sorted((checked.folder / "drafts").glob("*.json")):
        values = {"path": str(path)}
        try:
            draft = msgspec.json.decode(keyring.unseal(read_file(path)[0], path), type=Draft)
        except JournalError as error:
            if error.key != "other_key":
                raise
            yield Finding("draft_other", "note", values)
            continue
        except (ValueError, RecursionError):
            yield Finding("draft_damaged", "problem", values, checked.journal.drafts.list)
            continue
        if draft.schema > SCHEMA:
            yield Finding("draft_newer", "problem", values | {"version": str(draft.schema)})
        elif is_home(path, draft.entry.id):
            good += 1
    if good:
        yield Finding("drafts", "ok", {"n": str(good)})
    for path in sorted(checked.folder.glob("drafts/*.damaged-*")):
        yield Finding("aside", "note", {"path": str(path)})
    for path in sorted(checked.folder.glob("journal*.damaged-*")):
        yield Finding("aside", "note", {"path": str(path)})


def check_backups(checked: CheckedFolder) -> Iterator[Finding]:
    """Findings on daily copies and backups that cannot be restored."""
    good = []
    for one in restorable(checked.folder):
        try:
            read_state(checked.journal, one.path)
            good.append(one)
        except BadBackup:
            yield Finding("kept_damaged", "problem", {"path": str(one.path)})
        except JournalError as error:
            if error.key != "other_key":
                raise
            yield Finding("kept_other", "note", {"path": str(one.path)})
    if good:
        newest = f"{good[0].moment:%Y-%m-%d %H:%M}"
        yield Finding("kept", "ok", {"n": str(len(good)), "newest": newest})
    elif checked.journal.journal_path.exists():
        yield Finding("kept_none", "note")


CHECKS: tuple[Callable[[CheckedFolder], Iterator[Finding]], ...] = (
    check_journal,
    check_recovery_files,
    check_drafts,
    check_backups,
)
