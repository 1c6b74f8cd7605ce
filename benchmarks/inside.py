"""Inside a running app: from a key until a screen stands there, with many entries and with few."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.data import fill
from benchmarks.terminal import Terminal, Watched, coach, surroundings
from benchmarks.timing import Pairs, head, line
from coach.util.wording import Wording

MANY, FEW = 10_000, 100
GOAL = 1.5
QUIET = 0.8
"""Seconds without a change after which a screen stands: it may come in parts."""
KNOWN = 20
"""One entry in so many is a person: 500 of 10,000."""
SCREENS = {
    "skills": "p",
    "proofs to tell": "ls",
    "chart by week": "pg",
    "address book": "ln",
    "network map": "lu",
}
"""What is opened → the keys that lead there from home; the last one is timed."""


@contextmanager
def _running(entries: int) -> Iterator[Watched]:
    """An app on a journal of so many entries, home filled and at rest."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder / "coach", entries, known=entries // KNOWN)
        (folder / "coach" / "settings.toml").write_text('lang = "fr"\n', "utf-8")
        with Terminal(coach(), surroundings(folder)) as terminal:
            terminal.wait_for(Wording("home", "fr")("menu.proofs"))
            watched = Watched(terminal, quiet=QUIET)
            watched.settle()
            yield watched


def _there_and_back(app: Watched, keys: str) -> tuple[float, float]:
    """(ms until the screen that `keys` open stands there, ms until home is back)."""
    *before, last = keys
    for key in before:
        app.press(key)
    there = app.press(last)
    back = 0.0
    for _ in range(len(keys) if keys[0] != "l" else 1):
        back = app.press("\x1b")
    return there, back


def main(rounds: int) -> None:
    """Opens each screen `rounds` times in both apps, in turn, after a round not counted."""
    with ExitStack() as stack:
        many, few = (stack.enter_context(_running(n)) for n in (MANY, FEW))
        opened = {name: Pairs([], []) for name in SCREENS}
        home = Pairs([], [])
        for number in range(rounds + 1):
            for name, keys in SCREENS.items():
                (ours, ours_back), (theirs, theirs_back) = (
                    _there_and_back(app, keys) for app in (many, few)
                )
                if number and min(ours, ours_back, theirs, theirs_back) > 0:
                    opened[name].ours.append(ours)
                    opened[name].theirs.append(theirs)
                    home.ours.append(ours_back)
                    home.theirs.append(theirs_back)
    print(head(f"at {FEW}"))
    for name, pairs in opened.items():
        print(line(f"{name}, {MANY:,} entries", pairs, GOAL))
    print(line(f"home again, {MANY:,} entries", home, GOAL))
