"""Reads the journal's file into memory, and repairs, completes or migrates it where needed.

The storage (`coach.store.storage`) builds on this. A complete file is taken as it is. Any other is
repaired under the lock, or only in memory where the folder is read-only.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from coach.disk.atomic_files import (
    Stamp,
    dated,
    has_marks,
    leftovers,
    read_file,
    set_aside,
    write_atomic,
)
from coach.disk.encryption import BrokenSeal
from coach.disk.errors import JournalError, trouble
from coach.disk.file_lock import Lock
from coach.disk.keyring import Keyring
from coach.store.daily_copies import DailyCopies
from coach.store.entries import SCHEMA
from coach.store.file_format import (
    Damaged,
    FileContents,
    StoredEntries,
    StoredEntry,
    assemble,
    join_duplicates,
    parse,
    salvage,
)
from coach.store.notices import Notice
from coach.store.reconciliation import Missing, gained, lacking, missing_in, united
from coach.store.recovery_files import RecoveryFiles


class Recovery(ABC):
    """The journal at `path` in memory; `keyring` holds its keys, `tell` receives notices."""

    def __init__(self, path: Path, tell: Callable[[Notice], None], keyring: Keyring) -> None:
        self.path = path
        self._tell = tell
        self._keyring = keyring
        self._daily_copies = DailyCopies(path.parent)
        self._place(path)
        self.documents: StoredEntries = {}
        self.numbers: dict[str, str] = {}
        """Entry id → its number in the table."""
        self.newer = ""
        """The schema number of a file from a newer version (never written here), else ''."""
        self._others: Mapping[str, Any] = {}
        self._stamp: Stamp | None = None
        self._opened = False
        self._restored = ""
        """The id of the last restore that the entries in memory include."""
        self._unmended = False
        """Whether the entries in memory were repaired or migrated and not written yet."""

    @abstractmethod
    def _commit(
        self,
        documents: StoredEntries,
        lines: list[bytes],
        others: Mapping[str, Any] | None = None,
        *,
        restores: bool = False,
        joins: bool = False,
    ) -> None:
        """Write `documents`, in which `lines` are new; raises OSError."""

    def _place(self, path: Path) -> None:
        # Beside a symlinked journal's real file, so that it stays a link and everybody who
        # reaches that file by whatever name shares one lock.
        self._real = path
        self.lock = Lock(path.with_name(f"{path.stem}.lock"))
        self._safety = RecoveryFiles(path, self._keyring)

    def _load(self) -> tuple[FileContents | None, bytes | None, Stamp | None, str]:
        """(Content or None if unusable, bytes or None without a file, stamp, why unusable)."""
        try:
            data, stamp = read_file(self._real)
        except FileNotFoundError:
            return None, None, None, "missing"
        except OSError as error:
            where = self._real.parent if isinstance(error, NotADirectoryError) else self._real
            raise trouble(error, where, reading=True) from error
        try:
            return parse(self._keyring.unseal_brought(data, self._real)), data, stamp, ""
        except (Damaged, BrokenSeal):
            if has_marks(data):
                return None, data, stamp, "conflict"
            return None, data, stamp, "damaged" if data.strip() else "empty"

    def _take(
        self, content: FileContents, stamp: Stamp | None, missing: Iterable[StoredEntry] = ()
    ) -> None:
        newer = str(content.schema) if content.schema > SCHEMA else ""
        if newer and newer != self.newer:
            self._tell(Notice("newer", {"path": str(self.path), "version": newer}))
        self.newer = newer
        self._others = content.others
        self._adopt(united(join_duplicates(content.documents), missing), stamp)

    def _adopt(self, documents: StoredEntries, stamp: Stamp | None) -> None:
        self.documents = documents
        self.numbers = {one.head.id: number for number, one in documents.items()}
        self._stamp = stamp
        self._opened = True
        self._restored = self._safety.restored
        self._unmended = False

    def _is_whole(self, content: FileContents, stamp: Stamp | None) -> bool:
        try:
            return content.schema == SCHEMA and not self._missing(content, stamp).documents
        except JournalError:
            return False

    def _missing(self, content: FileContents, stamp: Stamp | None) -> Missing:
        """The confirmed revisions that `content` lacks; raises JournalError where that is unknown.

        Without the lock, a save that another process is making now may show among them.
        """
        return missing_in(content.documents, stamp, self._safety, self._remembered)

    def _remembered(self) -> list[StoredEntry]:
        """The entries in memory, unless a restore dropped them since."""
        dropped = self._safety.restored not in ("", self._restored)
        return [] if dropped else list(self.documents.values())

    def _repair(self, writing: bool) -> None:
        """Repair, complete or migrate the file under the lock, else in memory."""
        try:
            with self.lock:
                # Another process may have mended it meanwhile.
                content, data, stamp, reason = self._load()
                if content is None:
                    self._bring_back(stamp, data or b"", reason, write=data is not None)
                elif content.schema > SCHEMA:
                    self._take(content, stamp)
                elif content.schema < SCHEMA:
                    self._migrate(content, self._missing(content, stamp))
                elif (missing := self._missing(content, stamp)).documents:
                    self._join(content, stamp, missing)
                else:
                    self._take(content, stamp)
        except (JournalError, OSError) as error:
            if writing:
                raise trouble(error, self._real) if isinstance(error, OSError) else error from error
            content, data, stamp, reason = self._load()
            if content is not None:
                self._in_memory(content, stamp)
            else:
                self._bring_back(stamp, data or b"", reason)
            self._unmended = True

    def _in_memory(self, content: FileContents, stamp: Stamp | None) -> None:
        """Add missing revisions in memory, and write nothing."""
        try:
            missing = self._missing(content, stamp)
        except JournalError:
            missing = Missing(lacking(content.documents, self._remembered()))
        self._take(content, stamp, missing.documents)
        self._tell_joined(missing)

    def _join(self, content: FileContents, stamp: Stamp | None, missing: Missing) -> None:
        """Add the `missing` revisions to a file that another program put in the journal's place."""
        memory = self.documents, self._stamp
        restored = self._restored
        documents = join_duplicates(content.documents)
        all_of_it = united(documents, missing.documents)
        self._adopt(documents, stamp)
        try:
            self._commit(all_of_it, gained(all_of_it, documents), content.others, joins=True)
        except BaseException:
            self._adopt(*memory)
            self._restored = restored
            raise
        self.newer = ""
        self._tell_joined(missing)

    def _tell_joined(self, missing: Missing) -> None:
        if missing.documents and not missing.cut_short:
            n = len({one.head.id for one in missing.documents})
            self._tell(Notice("rejoined", {"path": str(self.path), "entries": str(n)}))

    def _migrate(self, content: FileContents, missing: Missing) -> None:
        documents = united(join_duplicates(content.documents), missing.documents)
        aside, stamp = self._put_aside(f"v{content.schema}", documents, content.others)
        self._others = content.others
        self._adopt(documents, stamp)
        values = {"path": str(self.path), "version": str(content.schema), "aside": str(aside)}
        self._tell(Notice("migrated", values))
        self._tell_joined(missing)

    def _put_aside(
        self, what: str, documents: StoredEntries, others: Mapping[str, Any]
    ) -> tuple[Path, Stamp]:
        """Replace the file, keeping the former one under a dated name; raises OSError."""
        aside = dated(self._real, what)
        set_aside(self._real, aside)
        try:
            return aside, write_atomic(self._real, self._keyring.seal(assemble(documents, others)))
        except BaseException:
            with suppress(OSError):
                aside.unlink()
            raise

    def _bring_back(
        self, stamp: Stamp | None, data: bytes, reason: str, *, write: bool = False
    ) -> None:
        """Rebuild a damaged journal from the previous copy, the recent revisions, its intact lines
        and the memory.

        Raises JournalError for an existing file that cannot be read: it must not count as empty.
        """
        self._safety.vouches(None)
        found = self._safety.read_documents(whole=True).values()
        left = [*(one for some in found for one in some), *salvage(data), *self._remembered()]
        documents = united({}, left)
        aside = None
        if write:
            aside, stamp = self._put_aside("damaged", documents, {})
        self.newer = ""
        self._others = {}
        self._adopt(documents, stamp)
        if documents or reason != "missing":
            values = {"path": str(self.path), "aside": str(aside or ""), "reason": reason}
            values["entries"] = str(len(documents))
            joined_both = reason == "conflict"
            self._tell(Notice("joined", values) if joined_both else Notice("recovered", values))

    def _sweep(self) -> None:
        """Remove temporary files of killed processes, unless another process is writing now."""
        if not leftovers(self._real.parent, self._real.stem):
            return
        patience, self.lock.patience = self.lock.patience, 0
        with suppress(JournalError, OSError), self.lock:
            for path in leftovers(self._real.parent, self._real.stem):
                path.unlink()
        self.lock.patience = patience
