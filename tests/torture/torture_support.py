"""Kills the real command at a random moment, and reads what it left."""

import os
import random
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from terminal_support import COACH, environment

from coach.disk.errors import JournalError
from coach.store.journal import Journal
from coach.util.text import texts

Look = tuple[tuple[str, int, int], ...]


@dataclass
class End:
    """How a command ended: `finished` when it was faster than the kill."""

    finished: bool
    out: str
    code: int


class Killer:
    """Kills commands, half of them at a random time of their usual length, half of them a random
    while after they first touched the data folder, which is when it hurts.
    """

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.kills = 0
        self._usual: dict[str, float] = {}

    def run(self, *args: str, data: Path, given: str = "", **env: str) -> End:
        """Runs `coach` with `args` to its end and remembers how long it took."""
        begun = time.perf_counter()
        done = self._start(args, data, env)
        out, _ = done.communicate(given)
        self._usual.setdefault(_name(args), time.perf_counter() - begun)
        return End(True, out, done.returncode)

    def kill(
        self, *args: str, data: Path, given: str = "", where: Path | None = None, **env: str
    ) -> End:
        """Runs `coach` with `args` and kills it (SIGKILL) at a random moment.

        `where` is the folder that it writes to, if that is not `data`.
        """
        usual = self._usual.get(_name(args), 0.3)
        where = where or data
        before = look(where)
        child = self._start(args, data, env)
        if given and child.stdin is not None:
            child.stdin.write(given)
            child.stdin.close()
            child.stdin = None
        if self.draw.random() < 0.5:
            self._wait(lambda: False, child, self.draw.uniform(0.3, 1.05) * usual)
        else:
            self._wait(lambda: look(where) != before, child, usual * 20)
            self._wait(lambda: False, child, self.draw.expovariate(150))
        child.kill()
        out, _ = child.communicate()
        killed = child.returncode < 0
        self.kills += killed
        return End(not killed, out, child.returncode)

    def _start(
        self, args: tuple[str, ...], data: Path, env: dict[str, str]
    ) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [str(COACH), *args],
            env=environment(data, **env),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def _wait(self, met: Callable[[], bool], child: "subprocess.Popen[str]", most: float) -> None:
        end = time.perf_counter() + most
        while not met() and child.poll() is None and time.perf_counter() < end:
            time.sleep(0.0003)


def look(folder: Path) -> Look:
    """The files of a folder as they stand, which any write changes."""
    found = []
    for place in (folder, folder / "drafts"):
        try:
            with os.scandir(place) as items:
                for item in items:
                    status = item.stat(follow_symlinks=False)
                    found.append((item.name, status.st_size, status.st_mtime_ns))
        except OSError:
            continue
    return tuple(sorted(found))


def all_texts(folder: Path, *passphrases: str) -> set[str]:
    """Every text in every version of every entry, in the trash, and in the drafts.

    A locked folder opens with one of `passphrases`.
    """
    journal = Journal(folder)
    for left in range(len(passphrases), 0, -1):
        if not journal.keyring.locked:
            break
        try:
            journal.keyring.open(passphrases[-left])
        except JournalError:
            assert left > 1, "no passphrase opens it"
    found: set[str] = set()
    for entry in journal.entries(history=True) + journal.entries(history=True, trash=True):
        for answers in (entry.answers, *(old["answers"] for old in entry.history)):
            found.update(texts(answers))
    for draft in journal.drafts.list():
        found.update(texts(draft.entry.answers))
    return found


def _name(args: tuple[str, ...]) -> str:
    """The command among `args`."""
    return args[2] if args[0] == "--passphrase-fd" else args[0]
