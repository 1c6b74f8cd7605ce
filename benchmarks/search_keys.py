"""From a key pressed in browsing's search to the list drawn anew, in a pseudo-terminal."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

import pyte

from benchmarks.data import fill
from benchmarks.terminal import SIZE, Terminal, coach, surroundings
from benchmarks.timing import alone, head
from coach.wording import Wording

ENTRIES = 10_000
GOAL = 50.0
WORDS = ("atelier", "vérifié avec Noémie", "perfusions", "introuvable")
"""What is typed, a key at a time, and taken away again: found often, now and then, never."""
QUIET = 0.3
"""Seconds without a change after which a key has had its effect."""


class _Watched:
    """A terminal and what it shows."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._screen = pyte.Screen(SIZE[1], SIZE[0])
        self._stream = pyte.ByteStream(self._screen)

    def settle(self) -> None:
        """Waits until nothing changes any more."""
        while chunk := self._terminal.read(2 * QUIET):
            self._stream.feed(chunk)

    def press(self, key: str) -> float:
        """Presses `key`; ms until what then stands on the screen stood there."""
        start = time.perf_counter()
        self._terminal.press(key)
        chunks: list[tuple[float, bytes]] = []
        while chunk := self._terminal.read(QUIET if chunks else 5.0):
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


def main(rounds: int) -> None:
    """Types each of `WORDS` `rounds` times and prints a line for a key's median and slowest."""
    took: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder / "coach", ENTRIES)
        (folder / "coach" / "settings.toml").write_text('lang = "fr"\n', "utf-8")
        with Terminal([*coach(), "browse"], surroundings(folder)) as terminal:
            terminal.wait_for(Wording("browse", "fr").count("count.all", ENTRIES))
            watched = _Watched(terminal)
            watched.settle()
            watched.press("/")
            for _ in range(rounds):
                for word in WORDS:
                    took += [watched.press(key) for key in word]
                    for _ in word:
                        watched.press("\x7f")
    print(head(""))
    print(alone(f"key in search, {ENTRIES:,} entries", took, GOAL))
    print(alone("  the slowest one in twenty", [statistics.quantiles(took, n=20)[-1]]))
