"""A file that grows line by line, beside the journal: adding to it, and taking that back.

What stands in such a file is joined to a journal that lacks it. So of a save that failed no whole
line may stay there, or the student must be told that it was kept after all: `take_back` tells.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from enum import Enum
from pathlib import Path

from coach.disk.atomic_files import Stamp, stamp_of, write_all
from coach.disk.keyring import Keyring


class Left(Enum):
    """What is in the files beside the journal of a save that failed."""

    NOTHING = "nothing"
    ALL = "all"
    """All of it, flushed to the disk: the next reading joins it."""
    UNSURE = "unsure"


class Growing:
    """The file at `path`, whose lines `keyring` seals."""

    def __init__(self, path: Path, keyring: Keyring) -> None:
        self.path = path
        self._keyring = keyring
        self.before = 0
        """Bytes it had before the last lines."""
        self._after = 0
        self._flushed = False

    def begin(self) -> None:
        """Nothing that was added before is to be taken back."""
        self._after = 0

    def add(self, lines: Iterable[bytes], *, flush: bool) -> Stamp:
        """Add `lines`, whose stamp is given; `flush` has them outlive a power cut.

        Raises OSError, JournalError: then `take_back` is to follow.
        """
        self.begin()
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        handle = os.open(self.path, flags, 0o600)
        try:
            size = os.fstat(handle).st_size
            # A line that a power cut tore must not swallow the next one.
            torn = size and os.lseek(handle, -1, os.SEEK_END) >= 0 and os.read(handle, 1) != b"\n"
            data = self._keyring.seal_lines(list(lines), first=size == 0)
            data = (b"\n" if torn else b"") + data
            self.before, self._after, self._flushed = size, size + len(data), False
            write_all(handle, data)
            if flush:
                os.fsync(handle)
                self._flushed = True
            return stamp_of(os.fstat(handle))
        finally:
            with suppress(OSError):
                os.close(handle)

    def take_back(self) -> Left:
        """Undo what `add` did since `begin`, as far as it came."""
        if not self._after:
            return Left.NOTHING
        before, after = self.before, self._after
        self.begin()
        try:
            os.truncate(self.path, before)
        except OSError:
            with suppress(OSError):
                size = self.path.stat().st_size
                if size <= before:
                    return Left.NOTHING
                if size >= after and self._flushed:
                    return Left.ALL
            return Left.UNSURE
        return Left.NOTHING
