"""`coach list` and `coach note` beside jrnl, a journal in a text file, doing the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from textwrap import dedent

from benchmarks.data import fill
from benchmarks.terminal import coach, surroundings
from benchmarks.timing import alone, head, in_turn, line, timed
from coach.store.entries import Entry
from coach.store.journal import Journal
from coach.util.text import texts

VERSION = "4.6"
"""The jrnl that ours is measured against."""
SIZES = (10, 1_000, 10_000)
GOAL = 1
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
            _measure(folder / str(size), size, rounds, found or "")


def _measure(folder: Path, size: int, rounds: int, jrnl: str) -> None:
    fill(folder / "coach", size)
    (folder / "coach" / "settings.toml").write_text('lang = "fr"\n', "utf-8")
    entries = Journal(folder / "coach").entries()
    (folder / "jrnl.txt").write_text("".join(map(_as_jrnl, entries)), "utf-8")
    config = folder / "jrnl.yaml"
    config.write_text(_CONFIG.format(version=VERSION, journal=folder / "jrnl.txt"), "utf-8")
    environment = surroundings(folder)
    theirs = [jrnl, "--config-file", str(config)]
    for what, mine, other in (
        (f"list, {size:,} entries", [*coach(), "list"], [*theirs, "--short"]),
        (f"note, {size:,} entries", [*coach(), "note", NOTE], [*theirs, NOTE]),
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
        print(line(what, in_turn(ours, _timing(run, other), rounds), GOAL), flush=True)


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
