"""A save through TinyDB's public calls, beside the one private step that it used to be."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias
from unittest.mock import patch

from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from benchmarks.storage import entry
from benchmarks.timing import head, in_turn, line, timed
from coach.store import tinydb_adapter
from coach.store.entries import Entry
from coach.store.file_format import TABLE, StoredEntries
from coach.store.journal import Journal
from coach.store.tinydb_adapter import Rows, rows_after

SIZES = (1_000, 10_000)
MERGED = 50
"""Entries merged at once: half of them are kept already, with other words."""
GOAL = 1.2
Write: TypeAlias = Callable[[Journal], object]


def main(rounds: int) -> None:
    """Measures `rounds` pairs of each kind of write at each size."""
    print(head("private"))
    for size in SIZES:
        with tempfile.TemporaryDirectory() as name:
            _measure(Path(name), size, rounds)


def by_private_step(kept: StoredEntries, rows: Mapping[int, dict[str, Any]]) -> Rows:
    """What `rows_after` gives, by `Table._update_table`, beneath all of TinyDB's calls."""
    storage = MemoryStorage()
    storage.memory = {TABLE: kept}
    TinyDB(storage=lambda: storage).table(TABLE)._update_table(lambda table: table.update(rows))
    after: Rows = storage.memory[TABLE]
    return after


def _measure(folder: Path, size: int, rounds: int) -> None:
    entries = [entry(number) for number in range(size)]
    journals = []
    for name in ("public", "private"):
        journal = Journal(folder / name)
        journal.merge(entries)
        journals.append(journal)
    public, private = journals

    def added(turn: int) -> Write:
        return lambda journal: journal.save(entry(turn))

    def changed(turn: int) -> Write:
        return lambda journal: journal.save(_other(entries[turn * 7919 % size], turn))

    def merged(turn: int) -> Write:
        half = range(MERGED // 2)
        known = [_other(entries[(turn * 31 + n) % size], turn) for n in half]
        new = [entry(turn * MERGED + n) for n in half]
        return lambda journal: journal.merge([*known, *new])

    for first, what, write in (
        (10**6, "a new one", added),
        (2 * 10**6, "a change", changed),
        (3 * 10**6, f"{MERGED} merged", merged),
    ):
        ours = partial(_took, public, rows_after, map(write, count(first)))
        theirs = partial(_took, private, by_private_step, map(write, count(first)))
        print(line(f"{what}, {size:,} entries", in_turn(ours, theirs, rounds), GOAL), flush=True)


def _took(journal: Journal, rows: Callable[..., Rows], writes: Iterator[Write]) -> float:
    """How long the next of `writes` takes in ms, where `rows` makes the table."""
    write = next(writes)
    with patch.object(tinydb_adapter, "rows_after", rows):
        return timed(lambda: write(journal))


def _other(one: Entry, turn: int) -> Entry:
    """`one` with other words, as another machine may have it."""
    other = entry(turn)
    other.id, other.date = one.id, one.date
    return other
