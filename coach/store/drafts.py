"""The drafts of a data folder: one small JSON file for each session that is not finished.

Writing a draft takes the same time at any size of the journal. The process that has a draft open
holds an operating-system lock on it, so that a second window gets an error instead of overwriting
the first one's text.
"""

import builtins
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path

import msgspec

from coach.disk.atomic_files import (
    absent,
    files_in,
    has_marks,
    leftovers,
    make_folder,
    read_file,
    replace,
)
from coach.disk.encryption import BrokenSeal
from coach.disk.errors import JournalError, trouble
from coach.disk.file_lock import Lock
from coach.disk.keyring import Keyring
from coach.store.draft_file import DraftFile, DraftOpenElsewhere, draft_of, file_name
from coach.store.entries import SCHEMA, Draft, sound
from coach.store.notices import Notice
from coach.util.clock import local_now

__all__ = ["DraftFile", "DraftOpenElsewhere", "DraftStore"]


class DraftStore:
    """The drafts in `folder`. `settled(draft)` says whether the journal already holds its text.

    `tell` is called with a notice for each file that cannot be read.
    """

    def __init__(
        self,
        folder: Path,
        *,
        clock: Callable[[], datetime],
        settled: Callable[[Draft], bool],
        tell: Callable[[Notice], None],
        keyring: Keyring,
    ) -> None:
        self.folder = folder
        self._keyring = keyring
        self._clock = clock
        self._settled = settled
        self._tell = tell

    def list(self) -> list[Draft]:
        """All drafts, newest first.

        A broken file is moved aside with a notice. A draft that the journal already holds (the
        program died between the two steps) is removed now.
        """
        found = []
        for path in self._files():
            draft = self._decode(path)
            if draft is None or path != self._path(draft.entry.id):
                continue  # nothing, or a copy of a synchronising tool: see sync_copies
            if self._settled(draft):
                self._remove_settled(draft)
            else:
                found.append(draft)
        self._sweep()
        return sorted(found, key=lambda d: (d.saved_at, d.entry.id), reverse=True)

    def has(self, entry_id: str) -> bool:
        """Whether an entry has a draft."""
        return not absent(self._path(entry_id))

    def read_draft(self, entry_id: str) -> Draft | None:
        """The draft of an entry, or None."""
        return self._decode(self._path(entry_id))

    def open(self, entry_id: str) -> DraftFile:
        """Lock and return the draft file of an entry; raises DraftOpenElsewhere or JournalError."""
        make_folder(self.folder.parent)
        make_folder(self.folder)
        path = self._path(entry_id)
        lock = Lock(path.with_suffix(".lock"), patience=0)
        try:
            lock.acquire()
        except JournalError as error:
            raise (DraftOpenElsewhere(entry_id) if error.key == "locked" else error) from error
        for orphan in leftovers(self.folder, path.name):
            with suppress(OSError):
                orphan.unlink()
        file = DraftFile(path, entry_id, lock, self._clock, self._keyring)
        try:
            draft = self._decode(path, to_write=True)
        except BaseException:
            file.close()
            raise
        file.saved_at = draft.saved_at if draft else ""
        return file

    def hold(
        self,
        held: ExitStack,
        had: set[str],
        *,
        patience: float = 0,
        missed: dict[str, JournalError] | None = None,
    ) -> set[str]:
        """Lock every draft except those named in `had`, until `held` closes; the names locked.

        Raises DraftOpenElsewhere when a draft stays open for more than `patience` seconds, or
        another JournalError. Where `missed` is given, it collects these errors by draft name.
        """
        names = {path.stem for path in (*self._files(".lock"), *self._files())}
        try:
            names |= set(map(draft_of, leftovers(self.folder, strict=True)))
        except OSError as error:
            raise trouble(error, self.folder, reading=True) from error
        locked = set(had)
        for name in sorted(names - had):
            try:
                held.enter_context(Lock(self.folder / f"{name}.lock", patience=patience))
                locked.add(name)
            except JournalError as error:
                if missed is None:
                    raise (DraftOpenElsewhere(name) if error.key == "locked" else error) from error
                missed[name] = error
        return locked

    def half_written(self, held: set[str]) -> builtins.list[Path]:
        """Temporary files of the drafts `held` that killed processes left; raises OSError."""
        return [path for path in leftovers(self.folder, strict=True) if draft_of(path) in held]

    def _path(self, entry_id: str) -> Path:
        return self.folder / f"{file_name(entry_id)}.json"

    def _files(self, ending: str = ".json") -> builtins.list[Path]:
        try:
            return [path for path in files_in(self.folder) if path.suffix == ending]
        except OSError as error:
            raise trouble(error, self.folder, reading=True) from error

    def _decode(self, path: Path, *, to_write: bool = False) -> Draft | None:
        try:
            data = read_file(path)[0]
        except FileNotFoundError:
            return None
        except OSError as error:
            raise trouble(error, path, reading=True) from error
        try:
            data = self._keyring.unseal(data, path)
        except JournalError as error:
            if to_write or self._keyring.locked:
                raise
            # One that came from elsewhere must not stand in the way of all others.
            self._tell(Notice("draft_sealed", {"path": str(path), "reason": error.key}))
            return None
        except BrokenSeal:
            self._set_aside(path)
            return None
        try:
            draft = msgspec.json.decode(data, type=Draft)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            if has_marks(data):
                # git put both drafts in one file: a copy to merge, called as git calls such.
                with suppress(OSError):
                    replace(path, path.with_name(f"{path.name}.orig"))
            else:
                self._set_aside(path)
            return None
        if draft.schema > SCHEMA:
            version = str(draft.schema)
            self._tell(Notice("draft_newer", {"path": str(path), "version": version}))
            return None
        sound(draft.entry)
        return draft

    def _set_aside(self, path: Path) -> None:
        aside = path.with_name(f"{path.name}.damaged-{local_now():%Y%m%dT%H%M%S}")
        with suppress(OSError):
            replace(path, aside)
        self._tell(Notice("draft_damaged", {"path": str(path), "aside": str(aside)}))

    def _remove_settled(self, draft: Draft) -> None:
        with suppress(JournalError), self.open(draft.entry.id) as file:
            # It may have gone on since it was read.
            if file.saved_at == draft.saved_at:
                file.remove()

    def _sweep(self) -> None:
        """Remove temporary files that a killed process left, unless their draft is open."""
        for orphan in leftovers(self.folder):
            lock = Lock(self.folder / f"{draft_of(orphan)}.lock", patience=0)
            with suppress(JournalError, OSError), lock:
                orphan.unlink(missing_ok=True)
