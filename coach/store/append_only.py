"""A file beside the journal to which each save adds lines, and how to undo that.

Lines of such a file are joined to a journal that lacks them. After a failed save, either none of
its lines stays there, or the student must hear that the save counts after all: `take_back` says
which.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from enum import Enum
from pathlib import Path

from coach.disk.atomic_files import Stamp, stamp_of, write_all
from coach.disk.keyring import Keyring


class Leftover(Enum):
    """How much of a failed save stays in the files beside the journal."""

    NOTHING = "nothing"
    ALL = "all"
    """All of it, flushed to the disk: the next reading joins it to the journal."""
    UNSURE = "unsure"


class AppendOnlyFile:
    """The file at `path`, whose lines `keyring` seals."""

    def __init__(self, path: Path, keyring: Keyring) -> None:
        self.path = path
        self._keyring = keyring
        self.before = 0
        """The size in bytes before the last lines were added."""
        self._after = 0
        self._flushed = False

    def begin(self) -> None:
        """Start a save: `take_back` undoes only what is added from here on."""
        self._after = 0

    def add(self, lines: Iterable[bytes], *, flush: bool) -> Stamp:
        """Add `lines` and return the file's new stamp; with `flush` they survive a power cut.

        Raises OSError or JournalError; the caller then calls `take_back`.
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

    def take_back(self) -> Leftover:
        """Undo whatever `add` wrote since `begin`; what could not be undone."""
        if not self._after:
            return Leftover.NOTHING
        before, after = self.before, self._after
        self.begin()
        try:
            os.truncate(self.path, before)
        except OSError:
            with suppress(OSError):
                size = self.path.stat().st_size
                if size <= before:
                    return Leftover.NOTHING
                if size >= after and self._flushed:
                    return Leftover.ALL
            return Leftover.UNSURE
        return Leftover.NOTHING
