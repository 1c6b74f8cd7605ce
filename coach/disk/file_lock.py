"""Locks between processes: the operating system's own, which die with the process that holds them.

That the file of a lock exists says nothing; only the lock does. A lock file is never removed, for
a process that waits on it would then hold a lock that nobody else sees.
"""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from coach.disk.errors import JournalError, trouble

if TYPE_CHECKING:
    from filelock import BaseFileLock

_TRIES = 3
"""How often letting go of a lock is tried."""
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
        """Let go of the lock; nothing happens when it is not held.

        Never raises: what was done under the lock is done. One that the system does not take back
        is let go of with the next release, or when the process ends.
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
