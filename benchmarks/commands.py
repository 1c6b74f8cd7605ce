"""`coach list` and `coach note` beside jrnl, a journal in a text file, doing the same; and the
least of all, `coach --version`, beside a Python that does nothing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from textwrap import dedent

from benchmarks.data import fill
from benchmarks.storage import WORDS
from benchmarks.terminal import coach, surroundings
from benchmarks.timing import alone, head, in_turn, line, timed
from coach.store.entries import Entry, new_entry
from coach.store.journal import Journal
from coach.util.clock import now
from coach.util.text import texts

VERSION = "4.6"
"""The jrnl that ours is measured against."""
SIZES = (10, 1_000, 10_000)
GOALS = {"list": {10: 0.6, 10_000: 0.6}, "note": {10: 0.6, 10_000: 0.35}}
"""Of jrnl, by the size that the journal has; faster than it everywhere."""
NOTHING = 2.5
"""`coach --version` of `python -c pass`."""
LONG = 80
"""Words of a long row."""
NOTE = "Le tri du courrier prend vingt minutes au lieu d'une heure"


def installed(folder: Path) -> str:
    """jrnl in a fresh environment in `folder`, fetched with pip; raises CalledProcessError."""
    print(f"Installing jrnl {VERSION} in an environment that is removed in the end.", flush=True)
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    tools = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(tools / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, f"jrnl=={VERSION}"], check=True)
    return str(tools / "jrnl")


def main(rounds: int, jrnl: str = "", *, install: bool = False) -> None:
    """Measures `rounds` pairs of each command at each size.

    jrnl is the command named, one installed for this alone, or the one on the path; without any,
    ours is measured alone.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if install:
            jrnl = installed(folder / "jrnl")
        found = shutil.which(jrnl or "jrnl")
        if jrnl and not found:
            raise SystemExit(f"benchmarks: there is no command {jrnl}")
        if not found:
            print("No jrnl here (--jrnl PATH names one, --install-jrnl fetches one): ours alone.")
        print(head("jrnl"))
        for size in SIZES:
            there = folder / str(size)
            fill(there / "coach", size)
            _measure(there, f"{size:,} entries", size, rounds, found or "")
        _fill_long(folder / "long" / "coach", SIZES[-1])
        _measure(folder / "long", f"{SIZES[-1]:,} of {LONG} words", SIZES[-1], rounds, found or "")
        print(head("python"))
        run = partial(_run, environment=surroundings(folder))
        ours, theirs = [*coach(), "--version"], [sys.executable, "-c", "pass"]
        pairs = in_turn(_timing(run, ours), _timing(run, theirs), rounds)
        print(line("--version", pairs, NOTHING))


def _fill_long(folder: Path, size: int) -> None:
    """Puts `size` notes of `LONG` words each in the journal in `folder`."""
    draw = Random(size)
    made = []
    for number in range(size):
        text = " ".join(draw.choice(WORDS) for _ in range(LONG))
        day = date(2020, 1, 1) + timedelta(days=number % 2500)
        entry = new_entry("note", lang="fr", day=day, moment=now(), answers={"text": text})
        entry.status = "done"
        made.append(entry)
    Journal(folder).merge(made)


def _measure(folder: Path, told: str, size: int, rounds: int, jrnl: str) -> None:
    (folder / "coach" / "settings.toml").write_text('lang = "fr"\n', "utf-8")
    entries = Journal(folder / "coach").entries()
    (folder / "jrnl.txt").write_text("".join(map(_as_jrnl, entries)), "utf-8")
    config = folder / "jrnl.yaml"
    config.write_text(_CONFIG.format(version=VERSION, journal=folder / "jrnl.txt"), "utf-8")
    environment = surroundings(folder)
    theirs = [jrnl, "--config-file", str(config)]
    for what, mine, other in (
        (f"list, {told}", [*coach(), "list"], [*theirs, "--short"]),
        (f"note, {told}", [*coach(), "note", NOTE], [*theirs, NOTE]),
    ):
        run = partial(_run, environment=environment)
        if what.startswith("list"):
            _check(run(mine), len(entries), "coach")
        ours = _timing(run, mine)
        if not jrnl:
            print(alone(what, [ours() for _ in range(rounds + 1)][1:]))
            continue
        if what.startswith("list"):
            _check(run(other), len(entries), "jrnl")
        goal = GOALS[what[:4]].get(size, 1)
        print(line(what, in_turn(ours, _timing(run, other), rounds), goal), flush=True)


def _run(command: list[str], *, environment: dict[str, str]) -> str:
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"benchmarks: {command[0]} failed: {done.stderr.decode(errors='replace')}")
    return done.stdout.decode("utf-8")


def _timing(run: Callable[[list[str]], object], command: list[str]) -> Callable[[], float]:
    return lambda: timed(lambda: run(command))


def _check(listed: str, entries: int, name: str) -> None:
    """Both must have done what is timed."""
    lines = len(listed.splitlines())
    if lines < entries:
        raise SystemExit(f"benchmarks: {name} listed {lines} lines of {entries} entries")


_CONFIG = dedent(
    """\
    version: v{version}
    journals:
      default:
        journal: {journal}
    editor: ''
    encrypt: false
    template: false
    default_hour: 9
    default_minute: 0
    timeformat: '%Y-%m-%d %H:%M'
    tagsymbols: '#@'
    highlight: true
    linewrap: 79
    indent_character: '|'
    colors: {{body: none, date: none, tags: none, title: none}}
    """
)


def _as_jrnl(entry: Entry) -> str:
    """`entry` with all its text as it stands in jrnl's file."""
    title, *rest = (" ".join(text.split()) for text in texts(entry.answers))
    body = "\n".join(rest)
    return f"[{entry.date} 16:30] {title}\n{body}\n\n"
