"""The file of one draft, locked while a window has it open, and how each write reaches the disk."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from queue import Empty, SimpleQueue
from uuid import NAMESPACE_URL, uuid5

import msgspec

from coach.disk.atomic_files import read_file, remove, replace, sync_folder, write_temporary
from coach.disk.encryption import BrokenSeal
from coach.disk.errors import JournalError, trouble
from coach.disk.file_lock import Lock
from coach.disk.keyring import Keyring
from coach.store.entries import SCHEMA, Draft, sound
from coach.store.revisions import Document, cleaned, encode, later, stored_entry_of

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_WAIT = 2.0
"""Seconds that a write waits for another write of the same draft in this process."""
RETRY_SECONDS = 5.0
"""How long after a failed write the next one is tried."""


class DraftOpenElsewhere(JournalError):
    """The draft is open already, in another window or in this one."""

    def __init__(self, entry_id: str) -> None:
        super().__init__("draft_open", id=entry_id)


def file_name(entry_id: str) -> str:
    """The name of a draft's files, without ending. An id that came from another program may hold
    characters that a file name must not: these are replaced."""
    return entry_id if _PLAIN.fullmatch(entry_id) else str(uuid5(NAMESPACE_URL, entry_id))


def draft_of(half_written: Path) -> str:
    """The name of the draft that the temporary file `half_written` was written for."""
    return half_written.name[1:].rsplit(".json.", 1)[0]


def discarded_id(draft: Draft) -> str:
    """The id under which a discarded change of a kept entry goes to the trash.

    It is derived from the draft, so that a second try after a crash makes the same id.
    """
    return str(uuid5(NAMESPACE_URL, f"coach:discarded:{draft.entry.id}:{draft.saved_at}"))


def keeps_text(document: Document, draft: Draft) -> bool:
    """Whether a revision in `document` that is later than `draft` has the same answers.

    Only revisions that are done or in the trash count: an entry restored as a draft goes on.
    """
    answers = stored_entry_of(draft.entry)["answers"]
    return any(
        one["answers"] == answers
        and one["updated_at"] > draft.saved_at
        and (one["status"] == "done" or one["deleted_at"] is not None)
        for one in [document, *document.get("history", ())]
    )


def draft_bytes(draft: Draft, stamp: str) -> bytes:
    """The JSON of `draft`, cleaned, with the time `stamp`; raises JournalError("not_storable")."""
    plain = {name: getattr(draft, name) for name in Draft.__struct_fields__ if name != "entry"}
    entry = msgspec.structs.replace(draft.entry, history=[])  # the journal has it
    whole = {"schema": SCHEMA, "entry": stored_entry_of(entry)} | cleaned(plain)
    return encode(whole | {"saved_at": stamp})


class DraftFile:
    """One draft, open and locked until `close`; also a context manager that closes.

    `write` may be called from any thread, and from a signal handler that interrupts another
    `write`: writes are numbered, and the file ends up with the newest.
    """

    def __init__(
        self,
        path: Path,
        entry_id: str,
        lock: Lock,
        clock: Callable[[], datetime],
        keyring: Keyring,
    ) -> None:
        self.entry_id = entry_id
        self.path = path
        self.saved_at = ""
        """When the draft in the file was written, as a stamp; empty while there is none."""
        self._lock = lock
        self._clock = clock
        self._keyring = keyring
        self._numbers = count(1)
        self._guard = threading.RLock()
        self._wanted: tuple[int, bytes, str] = (0, b"", "")
        self._written = 0
        self._closed = False

    def read_draft(self) -> Draft | None:
        """The draft in the file; None when there is none. Raises JournalError."""
        try:
            data = self._keyring.unseal(read_file(self.path)[0], self.path)
            draft = msgspec.json.decode(data, type=Draft)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise trouble(error, self.path, reading=True) from error
        except (BrokenSeal, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise JournalError("not_readable", path=str(self.path), reason=str(error)) from error
        self.saved_at = draft.saved_at
        sound(draft.entry)
        return draft

    def write(self, draft: Draft) -> None:
        """Put `draft` in the file, whole and flushed to the disk. Raises JournalError."""
        self.write_bytes(self.number(), *self.encode(draft))

    def number(self) -> int:
        """The number of a write that is asked for now."""
        return next(self._numbers)

    def encode(self, draft: Draft) -> tuple[bytes, str]:
        """(`draft` as bytes, its stamp), for `write_bytes`; later changes do not matter."""
        # Later than what it goes on from, also when the clock was set back: whether a kept
        # revision came after a draft is told by this.
        stamp = later(self._clock(), self.saved_at, draft.entry.updated_at)
        return draft_bytes(draft, stamp), stamp

    def write_bytes(self, number: int, data: bytes, stamp: str) -> None:
        """Put `data` in the file unless a later write was asked for; raises JournalError."""
        if self._closed:
            return
        if number > self._wanted[0]:
            self._wanted = (number, data, stamp)
        with self._one_at_a_time():
            try:
                # A handler may write in the midst of this one: what it wanted is then put last.
                while self._wanted[0] > self._written and not self._closed:
                    self._put(*self._wanted)
            except OSError as error:
                raise trouble(error, self.path.parent) from error

    def _put(self, number: int, data: bytes, stamp: str) -> None:
        temporary, _ = write_temporary(self.path, [self._keyring.seal(data)])
        try:
            if number >= self._wanted[0]:
                replace(temporary, self.path)
                sync_folder(self.path.parent)  # which does not undo what was renamed
                self.saved_at = stamp
                self._written = number
        finally:
            with suppress(OSError):
                temporary.unlink()

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        # A disk that hangs must not keep a closing program from a last try of its own.
        held = self._guard.acquire(timeout=_WAIT)
        try:
            yield
        finally:
            if held:
                self._guard.release()

    def remove(self) -> None:
        """Remove the file; earlier writes still waiting are dropped. Raises JournalError."""
        with self._one_at_a_time():
            self._wanted = (self.number(), b"", "")
            self._written = self._wanted[0]
            try:
                remove(self.path)
                sync_folder(self.path.parent)
            except FileNotFoundError:
                pass
            except OSError as error:
                raise trouble(error, self.path.parent) from error
            self.saved_at = ""

    def close(self) -> None:
        """Release the lock, so that another window can open the draft. Later writes are ignored."""
        with self._one_at_a_time():
            self._closed = True
            self._lock.release()

    def __enter__(self) -> "DraftFile":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class DraftWriter:
    """Puts the latest draft it was given in `file`, on a thread of its own.

    A failed write is kept in `error` and tried again; `told`, if given, is called from the thread
    after each write, done or failed. It locks nothing that a signal handler could wait for.
    """

    def __init__(
        self,
        file: DraftFile,
        *,
        told: Callable[[], None] | None = None,
        retry: float = RETRY_SECONDS,
    ) -> None:
        self.file = file
        self.error: JournalError | None = None
        """What the last write failed with; None once one was done."""
        self._told = told
        self._retry = retry
        self._pending: tuple[int, bytes, str] | None = None
        self._orders: SimpleQueue[threading.Event | None] = SimpleQueue()
        self._stopping = False
        self._thread: threading.Thread | None = None

    @property
    def saved_at(self) -> str:
        """When the draft in the file was written, as a stamp."""
        return self.file.saved_at

    def put(self, draft: Draft) -> None:
        """Have `draft` written soon, instead of whatever waits; returns at once, never raises."""
        number = self.file.number()
        try:
            self._pending = (number, *self.file.encode(draft))
        except JournalError as error:
            self.error = error
            return
        self._start()
        self._orders.put(None)

    def flush(self, timeout: float = 5.0) -> bool:
        """Wait until what was put is written; False when it could not be, or not in time."""
        if self._thread is None:
            return self.error is None
        done = threading.Event()
        self._orders.put(done)
        return done.wait(timeout) and self._pending is None and self.error is None

    def write_now(self, draft: Draft) -> None:
        """Write `draft` before returning, from this thread: for a signal. Raises JournalError."""
        number = self.file.number()
        self._pending = None
        self.file.write_bytes(number, *self.file.encode(draft))
        self.error = None

    def close(self, timeout: float = 5.0) -> bool:
        """Write what waits, end the thread and return what `flush` does; `file` stays open."""
        flushed = self.flush(timeout)
        self._stopping = True
        self._orders.put(None)
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(timeout if flushed else 0)
        return flushed

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="drafts", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while not self._stopping:
            order = None
            with suppress(Empty):
                order = self._orders.get(timeout=self._retry if self._pending else None)
            self._write()
            if order is not None:
                order.set()

    def _write(self) -> None:
        pending = self._pending
        if pending is None:
            return
        try:
            self.file.write_bytes(*pending)
        except JournalError as error:
            self.error = error
        else:
            self.error = None
            if self._pending is pending:
                self._pending = None
        if self._told is not None:
            self._told()
