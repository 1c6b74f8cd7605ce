"""Locks between processes: the operating system's own, which die with the process that holds them.

That the file of a lock exists says nothing; only the lock does. A lock file is never removed, for
a process that waits on it would then hold a lock that nobody else sees.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from coach.files import JournalError, trouble

if TYPE_CHECKING:
    from filelock import BaseFileLock

_POLL = 0.004
"""How often a taken lock is tried again, in seconds: a write holds it for a few milliseconds."""


class Lock:
    """The lock at `path`, held between `acquire` and `release` or in a `with` block.

    One holder at a time, threads included; not reentrant. It waits `patience` seconds at most, then
    raises JournalError("locked"). The folder must exist: a lock never makes one, so that a folder
    deleted under way is told and not silently begun again.
    """

    def __init__(self, path: Path, *, patience: float = 10.0) -> None:
        self.path = path
        self.patience = patience
        self._lock: BaseFileLock | None = None

    def acquire(self) -> None:
        """Take the lock; raises JournalError when another keeps it or it cannot be made."""
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
        """Let go of the lock; nothing happens when it is not held."""
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> "Lock":
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
