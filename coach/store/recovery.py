"""What is in memory of the journal, and how it is brought back, joined, migrated when read.

The storage (`coach.store.storage`) reads through this: a file that is whole and lacks nothing is
taken as it is; anything else is mended under the lock, or in memory alone where the folder takes
no file.
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
from coach.store.duplicates import one_each
from coach.store.entries import SCHEMA
from coach.store.file_format import (
    Damaged,
    FileContents,
    StoredEntries,
    StoredEntry,
    assemble,
    parse,
    salvage,
)
from coach.store.notices import Notice
from coach.store.reconciliation import Missing, gained, lacking, missing_in, united
from coach.store.recovery_files import RecoveryFiles


class Recovery(ABC):
    """The journal at `path` in memory, whose keys `keyring` has; `tell` hears what happened."""

    def __init__(self, path: Path, tell: Callable[[Notice], None], keyring: Keyring) -> None:
        self.path = path
        self._tell = tell
        self._keyring = keyring
        self._generations = DailyCopies(path.parent)
        self._place(path)
        self.documents: StoredEntries = {}
        self.numbers: dict[str, str] = {}
        """Id of an entry → its number in the table."""
        self.newer = ""
        """The schema number of a file from a newer version, which is not to be written."""
        self._others: Mapping[str, Any] = {}
        self._stamp: Stamp | None = None
        self._opened = False
        self._restored = ""
        """The last restore that what is in memory comes after."""
        self._unmended = False
        """What is in memory was brought back or migrated, but could not be written yet."""

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
        """What the file holds (None: nothing of use), its bytes (None: there is no file)."""
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
        self._adopt(united(one_each(content.documents), missing), stamp)

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
        """What was confirmed and is not in `content`; raises JournalError where that is not known.

        Whoever asks without the lock may see a save that another process is in the midst of.
        """
        return missing_in(content.documents, stamp, self._safety, self._remembered)

    def _remembered(self) -> list[StoredEntry]:
        """What is in memory, unless a restore dropped it since."""
        dropped = self._safety.restored not in ("", self._restored)
        return [] if dropped else list(self.documents.values())

    def _repair(self, writing: bool) -> None:
        """Mend, join or migrate under the lock; where that cannot be, what is in memory."""
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
        """Join what can be had, and write nothing."""
        try:
            missing = self._missing(content, stamp)
        except JournalError:
            missing = Missing(lacking(content.documents, self._remembered()))
        self._take(content, stamp, missing.documents)
        self._tell_joined(missing)

    def _join(self, content: FileContents, stamp: Stamp | None, missing: Missing) -> None:
        """Put what is `missing` back in the file, which another program put there."""
        memory = self.documents, self._stamp
        restored = self._restored
        documents = one_each(content.documents)
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
        documents = united(one_each(content.documents), missing.documents)
        aside, stamp = self._put_aside(f"v{content.schema}", documents, content.others)
        self._others = content.others
        self._adopt(documents, stamp)
        values = {"path": str(self.path), "version": str(content.schema), "aside": str(aside)}
        self._tell(Notice("migrated", values))
        self._tell_joined(missing)

    def _put_aside(
        self, what: str, documents: StoredEntries, others: Mapping[str, Any]
    ) -> tuple[Path, Stamp]:
        """Replace the file, which is kept under a dated name; raises OSError."""
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
        """Join whatever is left: the generation, the recent revisions, whole lines, memory.

        Raises JournalError for a file that is there and cannot be read: it is not an empty one.
        """
        self._safety.vouches(None)
        found = self._safety.found(whole=True).values()
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
        """Remove temporary files that a killed process left, if nobody is writing one now."""
        if not leftovers(self._real.parent, self._real.stem):
            return
        patience, self.lock.patience = self.lock.patience, 0
        with suppress(JournalError, OSError), self.lock:
            for path in leftovers(self._real.parent, self._real.stem):
                path.unlink()
        self.lock.patience = patience
