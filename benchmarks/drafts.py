"""The save of a draft while a week is told, at 10,000 entries beside the same at 10."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.data import fill
from benchmarks.timing import head, in_turn, line, timed
from coach.features.registry import load_content
from coach.flows.draft_session import DraftSession
from coach.flows.request import SessionRequest
from coach.internship.timeline import current_internship
from coach.store.journal import Journal
from coach.util import clock

SMALL, LARGE = 10, 10_000
GOAL = 1.2
SAVES = 5
"""Saves of which one figure is the mean: one alone is at the mercy of the disk."""


def keep_on(folder: Path) -> None:
    """The other process: saves its draft at each line that comes in, and prints the ms it took.

    As the app does it: the journal is read and open, and what is saved is the whole session.
    """
    journal, today = Journal(folder), clock.today()
    about = current_internship(journal.entries(flow="internship"), None, today)
    request = SessionRequest("weekly")
    draft_session = DraftSession(
        journal, load_content(), request, lang="fr", today=today, internship=about
    )
    text = ""

    def save() -> None:
        draft_session.session.answers["hard_did"] = text
        draft_session.file.write(draft_session.snapshot())

    for _ in sys.stdin:
        took = 0.0
        for _ in range(SAVES):
            text += " un mot de plus"
            took += timed(save)
        print(took / SAVES, flush=True)


class _Other:
    """A process with the app's journal of `size` entries, which saves its draft when asked."""

    def __init__(self, folder: Path, size: int, stack: ExitStack) -> None:
        fill(folder, size)
        command = [sys.executable, "-m", "benchmarks.drafts", str(folder)]
        root = Path(__file__).parents[1]
        self._process = subprocess.Popen(
            command, cwd=root, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        stack.enter_context(self._process)  # closes its input, at which it ends

    def save(self) -> float:
        """Has it save; how long that took it, in ms."""
        assert self._process.stdin and self._process.stdout
        print(file=self._process.stdin, flush=True)
        return float(self._process.stdout.readline())


def main(rounds: int) -> None:
    """Measures `rounds` pairs and prints a line."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        large, small = (_Other(Path(name) / str(size), size, stack) for size in (LARGE, SMALL))
        pairs = in_turn(large.save, small.save, rounds)
    print(head(f"at {SMALL}"))
    print(line(f"draft save, {LARGE:,} entries", pairs, GOAL))


if __name__ == "__main__":
    keep_on(Path(sys.argv[1]))
