"""Programs as a student runs them: in a pseudo-terminal of 80×24, with a home of their own."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import pyte
from pexpect import spawn

SIZE = (24, 80)
QUIET = 0.3
"""Seconds without a change after which a key has had its effect."""
PATIENCE = 60.0
"""Seconds until something that never shows is given up."""


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of a program that is timed: the same for all, with `folder` as home."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "SYSTEMROOT", "COACH_TODAY")
        if name in os.environ
    }
    spoken = {"LANG": "C.UTF-8", "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    return kept | spoken | {"HOME": str(folder), "COACH_DATA_DIR": str(folder / "coach")}


def coach() -> list[str]:
    """The installed `coach` beside this Python, else the one of this checkout."""
    installed = Path(sys.executable).with_name("coach")
    return [str(installed)] if installed.exists() else [sys.executable, "-m", "coach"]


class Terminal:
    """Runs `command`; `start` is the moment before it was spawned."""

    def __init__(self, command: Sequence[str], environment: dict[str, str]) -> None:
        self.start = time.perf_counter()
        program, *arguments = command
        self._process = spawn(program, arguments, env=environment, dimensions=SIZE, timeout=None)
        self._seen = b""

    def wait_for(self, text: str) -> float:
        """Reads until `text` was written; ms since the start. RuntimeError if it never is."""
        wanted = text.encode()
        while wanted not in self._seen:
            chunk = self.read(PATIENCE)
            if not chunk:
                shown = self._seen[-2000:].decode(errors="replace")
                raise RuntimeError(f"{text!r} never showed, but {shown!r}")
            self._seen += chunk
        return (time.perf_counter() - self.start) * 1000

    def read(self, patience: float) -> bytes:
        """What is written within `patience` seconds, as soon as there is any; b"" if nothing."""
        ready, _, _ = select.select([self._process.child_fd], [], [], patience)
        try:
            return os.read(self._process.child_fd, 1 << 16) if ready else b""
        except OSError:  # it ended
            return b""

    def press(self, keys: str) -> None:
        """Presses `keys`."""
        os.write(self._process.child_fd, keys.encode())

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Ends the program: how long that takes is not measured."""
        self._process.kill(signal.SIGKILL)
        self._process.close()


class Watched:
    """A terminal and what it shows."""

    def __init__(self, terminal: Terminal, *, quiet: float = QUIET) -> None:
        self._terminal = terminal
        self._quiet = quiet
        self._screen = pyte.Screen(SIZE[1], SIZE[0])
        self._stream = pyte.ByteStream(self._screen)

    def settle(self) -> None:
        """Waits until nothing changes any more."""
        while chunk := self._terminal.read(2 * self._quiet):
            self._stream.feed(chunk)

    def press(self, key: str) -> float:
        """Presses `key`; ms until what then stands on the screen stood there."""
        start = time.perf_counter()
        self._terminal.press(key)
        chunks: list[tuple[float, bytes]] = []
        while chunk := self._terminal.read(self._quiet if chunks else 5.0):
            chunks.append((time.perf_counter() - start, chunk))
        # Drawn here only now: while the program worked, nothing was to take its time.
        shown, changed = self._shown(), 0.0
        for moment, chunk in chunks:
            self._stream.feed(chunk)
            before, shown = shown, self._shown()
            if shown != before:
                changed = moment
        return changed * 1000

    def _shown(self) -> list[list[tuple[str, bool, bool]]]:
        """The letters on the screen and how matches are marked; not the cursor, which blinks."""
        lines = (self._screen.buffer[row] for row in range(SIZE[0]))
        return [
            [(cell.data, cell.bold, cell.underscore) for cell in map(line.__getitem__, range(80))]
            for line in lines
        ]
