"""Locks between processes: the operating system's own, which die with the process that holds them.

A lock file may exist without being locked. It is never removed: a process that waits on a removed
file would get a lock that no other process sees.
"""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from coach.disk.errors import JournalError, trouble

if TYPE_CHECKING:
    from filelock import BaseFileLock

_TRIES = 3
"""How often releasing a lock is tried."""
_POLL = 0.004
"""Seconds between tries to take a lock: a write holds it for a few milliseconds."""


class Lock:
    """The lock at `path`, held between `acquire` and `release` or in a `with` block.

    One holder at a time, threads included; not reentrant. It waits `patience` seconds at most, then
    raises JournalError("locked"). The folder must exist: a lock never creates it, so that a
    folder deleted meanwhile is an error and not silently made anew.
    """

    def __init__(self, path: Path, *, patience: float = 10.0) -> None:
        self.path = path
        self.patience = patience
        self._lock: BaseFileLock | None = None

    def acquire(self) -> None:
        """Take the lock; raises JournalError when another holds it or the file cannot be made."""
        # Imported here: reading takes no lock, and this import costs more than reading a journal.
        from filelock import FileLock, Timeout

        if self._lock is None:
            self._lock = FileLock(self.path, mode=0o600, thread_local=False)
        try:
            self.path.parent.stat()
            self._lock.acquire(timeout=self.patience, poll_interval=_POLL)
        except Timeout as error:
            raise JournalError("locked", path=str(self.path)) from error
        except OSError as error:
            raise trouble(error, self.path.parent) from error

    def release(self) -> None:
        """Release the lock; does nothing when it is not held.

        Never raises. A lock that the system fails to release is released at the next call, or when
        the process ends.
        """
        if self._lock is None:
            return
        for _ in range(_TRIES):
            with suppress(OSError):
                self._lock.release(force=True)
                return

    def __enter__(self) -> "Lock":
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
