"""From a key pressed in browsing's search to the list drawn anew, in a pseudo-terminal."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from benchmarks.data import fill
from benchmarks.terminal import Terminal, Watched, coach, surroundings
from benchmarks.timing import alone, head
from coach.util.wording import Wording

ENTRIES = 10_000
GOAL = 50.0
WORDS = ("atelier", "vérifié avec Noémie", "perfusions", "introuvable")
"""What is typed, a key at a time, and taken away again: found often, now and then, never."""


def main(rounds: int) -> None:
    """Types each of `WORDS` `rounds` times and prints a line for a key's median and slowest."""
    took: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder / "coach", ENTRIES)
        (folder / "coach" / "settings.toml").write_text('lang = "fr"\n', "utf-8")
        with Terminal([*coach(), "browse"], surroundings(folder)) as terminal:
            terminal.wait_for(Wording("browse", "fr").count("count.all", ENTRIES))
            watched = Watched(terminal)
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
