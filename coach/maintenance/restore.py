"""Brings a former state back: what would come and go is worked out first, the present kept first.

It reads a backup, a daily copy, a journal's file, or a data folder that was copied as a whole;
sealed or not, here or from elsewhere.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from coach.disk.atomic_files import make_folder, read_file, write_atomic
from coach.disk.encryption import BrokenSeal, Key, header_of, is_sealed, key_id
from coach.disk.errors import JournalError, SpokenError, Unfinished, reason_of, trouble
from coach.maintenance.backup import FOLDER, MEMBER, keep_present, list_backups, read_members
from coach.maintenance.passphrase import adopt
from coach.store.daily_copies import FOLDER as DAILY_COPIES
from coach.store.draft_file import file_name
from coach.store.entries import SCHEMA, Draft, Entry
from coach.store.file_format import (
    Damaged,
    FileContents,
    StoredEntries,
    StoredEntry,
    join_duplicates,
    parse,
)
from coach.store.table import FILE, EntryTable

BIGGEST = 512 * 1024 * 1024
"""Bytes that a backup may unpack to: a lifetime of entries is a tenth of it."""


class BadBackup(SpokenError):
    """There is nothing to bring back in the file; `key` and `values` name the sentence."""


@dataclass
class PastState:
    """What a backup holds. `key` is the one that sealed it, where it is not the folder's own."""

    documents: StoredEntries
    others: dict[str, msgspec.Raw] = field(default_factory=dict)
    drafts: dict[str, bytes] = field(default_factory=dict)
    """Name of the file → the draft, for those that make sense."""
    rest: dict[str, bytes] = field(default_factory=dict)
    """Settings and sessions of a school, by their path in the folder."""
    key: Key | None = None


@dataclass
class RestorePlan:
    """What a restore would do. `back` are entries not here now, `gone` those that would leave,
    `former` those that would say what they said, each as it stands after (`gone`: before).
    """

    back: list[Entry] = field(default_factory=list)
    gone: list[Entry] = field(default_factory=list)
    former: list[Entry] = field(default_factory=list)
    same: int = 0
    drafts: list[Entry] = field(default_factory=list)
    """Entries whose draft comes, or takes the place of another."""
    files: list[str] = field(default_factory=list)
    """Settings and sessions that are not here and would come."""
    locks: bool = False
    """The folder has no passphrase, and would have the backup's."""

    @property
    def empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.back or self.gone or self.former or self.drafts or self.files)


def find_backup(folder: Path, name: str) -> Path:
    """The file that `name` means: its number in the list, a day, its name there, or any path.

    Raises BadBackup("missing").
    """
    kept = list_backups(folder)
    if name.isdecimal() and 0 < int(name) <= len(kept):
        return kept[int(name) - 1].path
    given = Path(name)
    for path in (
        folder / DAILY_COPIES / f"{given.name}.json",
        folder / DAILY_COPIES / given.name,
        folder / FOLDER / given.name,
    ):
        if given.name == name and path.is_file():
            return path
    if not given.exists():
        raise BadBackup("missing")
    return given


def read_state(table: EntryTable, path: Path) -> PastState:
    """What `path` holds; raises BadBackup, JournalError (a passphrase), OSError."""
    keyring = table.keyring
    try:
        if path.is_dir():
            data = read_file(path / FILE)[0]
            plain = keyring.unseal_brought(data, path / FILE)
            members = read_members(path, keyring) | {FILE: plain}
        else:
            data = read_file(path)[0]
            plain = keyring.unseal_brought(data, path)
            members = _unpacked(plain) if plain.startswith(b"PK") else {FILE: plain}
        content = parse(members.get(FILE, b""))
    except BrokenSeal as error:
        raise BadBackup("broken_seal") from error
    except Damaged as error:
        raise BadBackup("export" if _is_export(members[FILE]) else "damaged") from error
    except FileNotFoundError as error:
        raise BadBackup("missing") from error
    former = _former(content, members)
    if is_sealed(data) and keyring.state == "plain":
        former.key = keyring.known(key_id(header_of(data)))
    return former


def _unpacked(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            wanted = [one for one in archive.infolist() if MEMBER.fullmatch(one.filename)]
            if sum(one.file_size for one in wanted) > BIGGEST:
                raise BadBackup("too_big")
            members = {}
            for one in wanted:
                with archive.open(one) as file:
                    # No more than it says, whatever it would unpack to.
                    members[one.filename] = file.read(one.file_size)
    except (
        *(zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError),
        *(NotImplementedError, OSError, KeyError),
    ) as error:
        raise BadBackup("damaged") from error
    if FILE not in members:
        raise BadBackup("no_journal")
    return members


def _is_export(data: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(data)["entries"], list)
    except (ValueError, KeyError, TypeError, RecursionError):
        return False


def _former(content: FileContents, members: dict[str, bytes]) -> PastState:
    if content.schema > SCHEMA:
        raise BadBackup("newer", version=str(content.schema))
    former = PastState(join_duplicates(content.documents), dict(content.others))
    for name, data in members.items():
        folder, _, base = name.rpartition("/")
        if folder == "drafts":
            draft = _draft(data)
            if draft is not None and base == f"{file_name(draft.entry.id)}.json":
                former.drafts[base] = data
        elif folder in ("", "flows") and name != FILE:
            former.rest[name] = data
    return former


def _draft(data: bytes) -> Draft | None:
    try:
        draft = msgspec.json.decode(data, type=Draft)
    except (ValueError, RecursionError):
        return None
    return draft if draft.schema <= SCHEMA else None


def plan_restore(table: EntryTable, former: PastState) -> RestorePlan:
    """What bringing `former` back would do; raises JournalError."""
    made = RestorePlan(locks=former.key is not None)
    present = {one.head.id: one for one in table.documents().values()}
    then = {one.head.id: one for one in former.documents.values()}
    for id, document in then.items():
        now = present.get(id)
        if document.head.deleted_at is not None:
            if now is not None and now.head.deleted_at is None:
                _add(made.gone, now)
        elif now is None or now.head.deleted_at is not None:
            _add(made.back, document)
        elif now.head.revision != document.head.revision:
            _add(made.former, document)
        else:
            made.same += 1
    for id, document in present.items():
        if id not in then and document.head.deleted_at is None:
            _add(made.gone, document)
    for data in former.drafts.values():
        draft = _draft(data)
        if draft is not None:
            there = table.drafts.read_draft(draft.entry.id)
            if there is None or there.entry.answers != draft.entry.answers:
                made.drafts.append(draft.entry)
    made.files = [name for name in former.rest if not (table.folder / name).exists()]
    for entries in (made.back, made.gone, made.former):
        entries.sort(key=lambda entry: (entry.date, entry.updated_at), reverse=True)
    return made


def _add(entries: list[Entry], document: StoredEntry) -> None:
    try:
        entries.append(document.entry(history=False))
    except (ValueError, RecursionError):
        return  # it makes no sense, there or here, and moves along unseen


def restore(table: EntryTable, former: PastState) -> Path:
    """Bring `former` back: the journal is what it was then, its drafts and missing files come;
    drafts that it does not have stay. Where the present state is kept, as a backup.

    Raises JournalError; then the journal is as it was ("draft_open" when a session is open;
    "only_locked" when the backup's passphrase is in force by then) or, with "restored_partly", is
    what it was then, without a draft or a file that stood in the way.
    """
    kept = keep_present(table)
    if former.key is not None:
        adopt(table, former.key)
    left: list[Unfinished] = []
    try:
        with table.alone():
            table.put_back(former.documents, former.others)
            for name, data in former.drafts.items():
                _bring(table, table.folder / "drafts" / name, data, left)
            for name, data in former.rest.items():
                _bring(table, table.folder / name, data, left, own=False)
    except (OSError, JournalError) as error:
        told = trouble(error, table.folder) if isinstance(error, OSError) else error
        if former.key is None:
            raise told from error
        values = {"path": str(table.folder), "reason": reason_of(error), "kept": str(kept)}
        raise JournalError("only_locked", **values) from error
    if left:
        path, reason = left[0]
        raise JournalError("restored_partly", path=str(path), reason=reason, kept=str(kept))
    return kept


def _bring(
    table: EntryTable, target: Path, data: bytes, left: list[Unfinished], *, own: bool = True
) -> None:
    """Write one more file of a backup, `own` words sealed, others only where there is none."""
    try:
        if own or not target.exists():
            make_folder(target.parent)
            write_atomic(target, table.keyring.seal(data) if own else data)
    except (OSError, JournalError) as error:
        left.append(Unfinished(target, reason_of(error)))


__all__ = [
    "BadBackup",
    "JournalError",
    "PastState",
    "RestorePlan",
    "find_backup",
    "plan_restore",
    "read_state",
    "restore",
]
