"""From the start of `coach` until something shows, beside the smallest app that Textual makes."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.data import fill
from benchmarks.terminal import Terminal, coach, surroundings
from benchmarks.timing import Pairs, head, in_turn, line
from coach.util.wording import Wording

ENTRIES = 1_000
GOAL = 1.25
FILLED = 1.5
"""Home filled from the journal, of the first paint of the other."""
HELLO = """
from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("Hello, world")


Hello().run()
"""


def main(rounds: int) -> None:
    """Measures `rounds` pairs and prints a line for the first frame and one for what fills it."""
    filled: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = surroundings(folder)
        fill(folder / "coach", ENTRIES)
        # A student who has begun has a language there, which must be read before any word shows.
        (folder / "coach" / "settings.toml").write_text('lang = "fr"\n', "utf-8")
        hello = folder / "hello.py"
        hello.write_text(HELLO, "utf-8")
        # The words that home has only once the journal was read.
        proofs = Wording("home", "fr")("menu.proofs")

        def ours() -> float:
            with Terminal(coach(), environment) as terminal:
                first = terminal.wait_for("coach")
                filled.append(terminal.wait_for(proofs))
                return first

        def theirs() -> float:
            with Terminal([sys.executable, str(hello)], environment) as terminal:
                return terminal.wait_for("Hello, world")

        pairs = in_turn(ours, theirs, rounds)
    print(head("hello"))
    print(line(f"first paint, {ENTRIES:,} entries", pairs, GOAL))
    print(line("home filled from the journal", Pairs(filled[1:], pairs.theirs), FILLED))
