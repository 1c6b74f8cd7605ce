"""The storage beneath the journal: the state in memory, the file replaced whole.

TinyDB's own storage reads the file at every query and rewrites it in place, unlocked. This one
keeps each entry as the bytes that stand in the file, encodes only what a save changes, and follows
the order that `coach.store.recovery_files` explains. TinyDB works on its rows through
`coach.store.tinydb_adapter`, for a write alone, so that reading a journal need not import it.

A writer holds `lock` from the reload to the end of the write, and no longer.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from coach.disk.atomic_files import (
    Stamp,
    absent,
    read_file,
    replace,
    stamp_of,
    sync_folder,
    write_temporary,
)
from coach.disk.encryption import BrokenSeal
from coach.disk.errors import JournalError, reason_of, trouble
from coach.store.append_only import Leftover
from coach.store.entries import SCHEMA
from coach.store.file_format import (
    Damaged,
    StoredEntries,
    StoredEntry,
    assemble,
    parse,
    readable,
)
from coach.store.notices import Notice
from coach.store.reconciliation import fresh, lacking
from coach.store.recovery import Recovery


class JournalStorage(Recovery):
    """The storage of the journal at `path`; `keyring` holds its keys, `tell` receives notices."""

    def write(self, rows: Mapping[str, StoredEntry | Mapping[str, Any]]) -> None:
        """Replace the table by `rows`; the caller holds `lock` and reloaded under it.

        Raises JournalError, and then neither the file nor what is in memory has changed.
        """
        documents: StoredEntries = {}
        changed: list[StoredEntry] = []
        for number, document in rows.items():
            if not isinstance(document, StoredEntry):
                document = readable(document)
                changed.append(document)
            documents[number] = document
        try:
            self._commit(documents, [line for one in changed for line in self._fresh(one)])
        except OSError as error:
            raise trouble(error, self._real.parent) from error

    def _fresh(self, document: StoredEntry) -> list[bytes]:
        """The revisions in `document` that are not saved yet, as JSON lines."""
        number = self.numbers.get(document.head.id)
        return fresh(document, self.documents[number] if number else None)

    def _commit(
        self,
        documents: StoredEntries,
        lines: list[bytes],
        others: Mapping[str, Any] | None = None,
        *,
        restores: bool = False,
        joins: bool = False,
    ) -> None:
        """The seven steps of `coach.store.recovery_files`; raises OSError, JournalError.

        Then nothing was changed, unless it is JournalError("perhaps_kept").
        """
        others = self._others if others is None else others
        safety = self._safety
        named = temporary = copy = None
        appended = False
        try:
            data = assemble(documents, others)
            temporary, stamp = write_temporary(self._real, [self._keyring.seal(data)])
            appended = True
            safety.append(lines, self.documents, self._stamp, stamp, restores=restores)
            named = safety.second_name(self._stamp)
            if self._stamp is not None and not joins and self._is_richest(self._stamp):
                copy = self._daily_copies.name(self._real, self._stamp.modified)
            replace(temporary, self._real)
        except BaseException as error:
            for path in filter(None, (temporary, named, copy and copy[0])):
                with suppress(OSError):
                    path.unlink()
            left = safety.take_back() if appended else Leftover.NOTHING
            if left is Leftover.NOTHING or not lines or joins:
                raise
            if not isinstance(error, OSError | JournalError):
                raise
            if restores or left is Leftover.UNSURE:
                values = {"path": str(self._real), "reason": reason_of(error)}
                raise JournalError("perhaps_kept", **values) from error
            # The next reading joins it, so it is kept.
            self._others = others
            self._adopt(documents, self._stamp)
            self._unmended = True
            self._tell(Notice.about("kept_beside", self._real, error))
            return
        former = self._stamp
        self._others = others
        self._adopt(documents, stamp)
        advanced = safety.advance(named)
        self._daily_copies.keep(copy)
        if joins and former is not None:
            self._daily_copies.write(former.modified, self._keyring.seal(data))
        unflushed = sync_folder(self._real.parent)
        if unflushed is not None:
            self._tell(Notice.about("unflushed", self._real, unflushed))
        elif advanced and not restores:  # that drops more than this: see `put_back`
            # Until it is flushed the recent ones have what may not be on the disk yet.
            safety.begin_again(lines, stamp)

    def _is_richest(self, stamp: Stamp) -> bool:
        """Whether the journal read with `stamp` has every revision of that day's copy."""
        there = self._daily_copies.of(stamp.modified)
        if absent(there):
            return True
        try:
            data = self._keyring.unseal(read_file(there)[0], there)
            return not lacking(self.documents, parse(data).documents.values())
        except (Damaged, BrokenSeal):
            return True
        except (OSError, JournalError):
            return False

    def snapshot(self) -> bytes:
        """The journal's file unencrypted: the file itself if a newer version wrote it, else encoded
        from memory.

        Raises JournalError.
        """
        if self.newer:
            with suppress(OSError, BrokenSeal):
                return self._keyring.unseal(read_file(self._real)[0], self._real)
        return assemble(self.documents, self._others)

    def put_back(self, documents: StoredEntries, others: Mapping[str, Any]) -> None:
        """Replace the whole table (a restore), under `lock`; on OSError, JournalError no change."""
        lines = [line for one in documents.values() for line in self._fresh(one)]
        self._commit(documents, lines, others, restores=True)
        error = self._safety.renew(assemble(documents, others), documents, self._stamp)
        self._restored = self._safety.restored
        if error is not None:
            self._tell(Notice.about("not_renewed", self._safety.recent, error))

    # Reading what others wrote

    def _look(self) -> Stamp | None:
        try:
            return stamp_of(self.path.stat())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise trouble(error, self.path.parent, reading=True) from error

    def changed(self) -> bool:
        """Whether the file is not the one last read or written; never raises."""
        try:
            return not self._opened or self._look() != self._stamp
        except JournalError:
            return False

    def refuse_newer(self) -> None:
        """Raise JournalError("newer") when the file is from a newer version."""
        if self.newer:
            raise JournalError("newer", path=str(self.path), version=self.newer)

    def refresh(self, *, writing: bool = False) -> bool:
        """Read the file if it is not the one last read or written; whether it was read.

        A damaged file is repaired, an older schema migrated, missing revisions added (see
        `Notice`). In a read-only folder that happens in memory, and is written before the first
        write (`writing`). Raises JournalError when the file cannot be read, or not repaired
        before a write.
        """
        if (
            self._opened
            and self._look() == self._stamp
            # The files beside it are looked at before a write alone.
            and not (writing and (self._unmended or self._safety.changed()))
        ):
            return False
        real = self.path.resolve()
        if real != self._real:
            self._place(real)
        self._keyring.look()
        if not self._opened:
            self._sweep()
        self._safety.due = True
        content, data, stamp, reason = self._load()
        if content is not None and (content.schema > SCHEMA or self._is_whole(content, stamp)):
            self._take(content, stamp)
        elif data is None:
            self._bring_back(None, b"", reason)
        else:
            self._repair(writing)
        return True
