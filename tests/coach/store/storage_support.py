"""Entries, drafts and child processes for the tests of the storage."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from coach.store.entries import Draft, Entry, new_entry
from coach.store.journal import Journal
from coach.util.clock import local_now, now

ROOT = Path(__file__).parents[3]


def made(text: str = "Tri des bacs", **changes: Any) -> Entry:
    """A done note that says `text`."""
    entry = new_entry(
        "note", lang="fr", day=date(2026, 11, 22), moment=now(), answers={"text": text}
    )
    entry.status = "done"
    for name, value in changes.items():
        setattr(entry, name, value)
    return entry


def drafted(text: str = "Tri des bacs", **changes: Any) -> Draft:
    """A draft that says `text`."""
    base = changes.pop("base", None)
    return Draft(entry=made(text, **{"status": "draft"} | changes), base=base)


def said(journal: Journal, *, trash: bool = False) -> set[str]:
    """The texts in force."""
    return {entry.answers["text"] for entry in journal.entries(trash=trash)}


def revisions(journal: Journal) -> set[str]:
    """Every revision of every entry, trash included."""
    both = journal.entries(history=True) + journal.entries(history=True, trash=True)
    return {e.revision for e in both} | {r["revision"] for e in both for r in e.history}


def python(script: str, *arguments: object, **options: Any) -> subprocess.Popen[str]:
    """A real process that runs `script` with this checkout and these helpers."""
    here = str(Path(__file__).parent)
    options.setdefault("env", os.environ | {"COACH_TODAY": local_now().isoformat()})
    start = f"import sys; sys.path[:0] = [{str(ROOT)!r}, {here!r}]\n"
    return subprocess.Popen(
        [sys.executable, "-c", start + script, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def finished(child: subprocess.Popen[str], given: str = "") -> str:
    """What `child` printed; fails when it failed."""
    out, err = child.communicate(given, timeout=60)
    assert child.returncode == 0, err
    return out
