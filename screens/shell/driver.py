"""A driver that outlives its terminal, long enough for the program to end in order."""

from __future__ import annotations

import errno
from typing import IO, Any

from textual.drivers.linux_driver import LinuxDriver

GONE = (errno.EIO, errno.EBADF, errno.ENXIO, errno.EPIPE)
"""What a write meets once the window is closed."""


class Outlet:
    """The output stream of a terminal; drops what is written once the terminal is gone."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._gone = False

    def write(self, text: str) -> None:
        """Writes `text`."""
        if not self._gone:
            try:
                self._file.write(text)
            except OSError as error:
                self._lost(error)

    def flush(self) -> None:
        """Hands on what was written."""
        if not self._gone:
            try:
                self._file.flush()
            except OSError as error:
                self._lost(error)

    def fileno(self) -> int:
        """The number of the terminal's file."""
        return self._file.fileno()

    def _lost(self, error: OSError) -> None:
        if error.errno not in GONE:
            raise error
        self._gone = True


class OutlivingDriver(LinuxDriver):
    """Textual's driver for terminals, but for what it does when the terminal is gone.

    The thread that writes would die of it, the thirty pieces of output it may keep waiting would
    fill up, and the program would wait for ever to write one more: neither ended nor kept.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._file: Any = Outlet(self._file)
