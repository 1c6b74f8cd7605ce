"""Has the n-th call on the disk fail, in this process: once, or from then on for that file.

`with Faults(base, at=n)` counts the calls of `CALLS` that touch a file under `base`, and fails the
n-th. A call that fails was not made, but for `close` and with `after`, which lose the answer alone.
With `for_good` nothing can be changed from the n-th call on, as on a disk that became read-only.
"""

import errno
import fcntl
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

CALLS = (
    *("open", "stat", "lstat", "replace", "rename", "fsync", "unlink", "link", "mkdir", "scandir"),
    *("listdir", "utime", "truncate", "ftruncate", "write", "close", "fstat", "chmod"),
)
UNDONE = ("replace", "rename", "unlink", "link")
"""Calls whose answer alone may be lost, on a network folder."""
CHANGES = (*UNDONE, "mkdir", "utime", "truncate", "ftruncate", "write", "fsync", "chmod")
"""Calls that a disk refuses once it is read-only, beside `open` for writing."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Faults:
    """What fails; `log` has (call, name of the file) of each call that was counted."""

    def __init__(
        self,
        base: Path,
        *,
        at: int = -1,
        number: int = errno.EIO,
        lasting: bool = False,
        after: bool = False,
        for_good: bool = False,
    ) -> None:
        self.base = os.path.realpath(base)
        self.at = at
        self.number = number
        self.lasting = lasting
        self.after = after
        self.for_good = for_good
        self.log: list[tuple[str, str]] = []
        self.hit: tuple[str, str] | None = None
        """The call that failed, and the whole path."""
        self._readlink = os.readlink
        self._patches: list[Any] = []

    def __enter__(self) -> "Faults":
        for name in CALLS:
            self._patches.append(patch.object(os, name, self._wrapped(name, getattr(os, name))))
        self._patches.append(patch.object(fcntl, "flock", self._wrapped("flock", fcntl.flock)))
        self._patches.append(patch.object(io, "open", self._wrapped("open", io.open)))
        for one in self._patches:
            one.start()
        return self

    def __exit__(self, *_: object) -> None:
        for one in reversed(self._patches):
            one.stop()

    def _wrapped(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **more: Any) -> Any:
            path = self._path(args[0]) if args else ""
            if not path.startswith(self.base):
                return call(*args, **more)
            label = name
            if name == "flock" and args[1] == fcntl.LOCK_UN:
                label = "unlock"
            fails = self._fails(label, path, _changes(label, args, more))
            if fails and not (label == "close" or (self.after and label in UNDONE)):
                raise OSError(self.number, os.strerror(self.number), path)
            # What is kept need not outlive a power cut here: flushing took most of the time.
            result = None if label == "fsync" else call(*args, **more)
            if fails:
                raise OSError(self.number, os.strerror(self.number), path)
            return result

        return wrapped

    def _path(self, what: Any) -> str:
        try:
            if isinstance(what, int):
                return self._readlink(f"/proc/self/fd/{what}")
            return str(Path(os.fsdecode(what)).absolute())
        except (TypeError, OSError):
            return ""

    def _fails(self, name: str, path: str, changes: bool) -> bool:
        self.log.append((name, Path(path).name))
        if self.for_good and self.hit is not None:
            return changes
        if len(self.log) - 1 == self.at:
            self.hit = (name, path)
            return True
        return self.lasting and self.hit == (name, path)


def _changes(name: str, args: Any, more: Any) -> bool:
    """Whether a call changes what is on the disk."""
    if name != "open" or len(args) + len(more) < 2:
        return name in CHANGES
    how = args[1] if len(args) > 1 else more.get("mode", more.get("flags", "r"))
    return bool(how & WRITING) if isinstance(how, int) else not how.startswith("r") or "+" in how
