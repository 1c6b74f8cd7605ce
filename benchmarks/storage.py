"""The journal beside stock TinyDB and sqlite3: insert, get and search, interleaved, medians in ms.

    python -m benchmarks.storage [rounds]

Each entry is about 2 KB of French. Every insert is on the disk when it returns, for all three; the
journal's also keeps a former generation and a second copy of what is new. A search looks for a word
that is nowhere, so that everything is read; only the journal's disregards accents and case.
"""

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import msgspec
from tinydb import TinyDB, where

from coach.browse.text_index import SearchIndex
from coach.store.entries import Entry, new_entry
from coach.store.journal import Journal
from coach.util.clock import now
from coach.util.text import texts

GOALS = {("insert", 1_000): 0.35, ("insert", 10_000): 0.25, ("get", 0): 0.25, ("search", 0): 0.25}

TEXT = """Cette semaine j'ai refait la fiche d'accueil des familles avec la tutrice, puis on l'a
essayée sur trois dossiers. Les parents ont posé moins de questions au téléphone et l'équipe a gagné
une dizaine d'heures. Ce qui m'a coûté : dire que je ne comprenais pas la procédure de commande. La
prochaine fois, je demande un exemple dès le lundi à quelqu'un de l'atelier."""
WORDS = TEXT.split()


def entry(number: int) -> Entry:
    """A weekly entry of about 2 KB, the same for the same number."""
    draw = random.Random(number)

    def says(words: int) -> str:
        return " ".join(draw.choice(WORDS) for _ in range(words))

    row = {"action": 14, "skill": 2, "impact": 12, "feedback": 14, "feedback_from": 2, "trace": 2}
    made = new_entry(
        "weekly",
        lang="fr",
        day=date(2020, 1, 1) + timedelta(days=number % 2500),
        moment=now(),
        id=str(UUID(int=draw.getrandbits(128), version=4)),
        answers={
            "achievements": [{key: says(n) for key, n in row.items()} for _ in range(3)],
            "energy": 3,
            "mood": 4,
            **{key: says(n) for key, n in {"did": 30, "hard": 50, "next": 40, "word": 1}.items()},
        },
    )
    made.status = "done"
    return made


class Ours:
    name = "journal"

    def __init__(self, folder: Path, entries: list[Entry]) -> None:
        self.journal = Journal(folder / "journal")
        self.journal.merge(entries)
        self.index = SearchIndex()
        self.index.update(self.journal.entries())

    def insert(self, new: Entry) -> None:
        self.journal.save(new)

    def get(self, id_: str) -> object:
        return self.journal.get(id_)

    def search(self, word: str) -> object:
        return self.index.find([word])


class Stock:
    name = "tinydb"

    def __init__(self, folder: Path, entries: list[Entry]) -> None:
        self.database = TinyDB(folder / "stock.json")
        self.table = self.database.table("entries")
        self.table.insert_multiple(msgspec.to_builtins(one) for one in entries)

    def insert(self, new: Entry) -> None:
        self.table.insert(msgspec.to_builtins(new))

    def get(self, id_: str) -> object:
        self.table.clear_cache()
        return self.table.get(where("id") == id_)

    def search(self, word: str) -> object:
        self.table.clear_cache()
        holds = where("answers").test(lambda answers: any(word in t for t in texts(answers)))
        return self.table.search(holds)


class Sqlite:
    name = "sqlite3"

    def __init__(self, folder: Path, entries: list[Entry]) -> None:
        self.base = sqlite3.connect(folder / "stock.sqlite")
        self.base.execute("create table entries (id text primary key, body text)")
        with self.base:
            self.base.executemany("insert into entries values (?, ?)", map(self._row, entries))

    @staticmethod
    def _row(new: Entry) -> tuple[str, str]:
        return new.id, msgspec.json.encode(new).decode()

    def insert(self, new: Entry) -> None:
        with self.base:
            self.base.execute("insert into entries values (?, ?)", self._row(new))

    def get(self, id_: str) -> object:
        row = self.base.execute("select body from entries where id = ?", (id_,)).fetchone()
        return msgspec.json.decode(row[0], type=Entry)

    def search(self, word: str) -> object:
        like = f"%{word}%"
        return self.base.execute("select id from entries where body like ?", (like,)).fetchall()


def timed(action: Callable[[], object]) -> float:
    """How long `action` took, in ms."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def measure(size: int, rounds: int) -> dict[str, dict[str, float]]:
    """Operation → contender → median ms, at `size` entries."""
    took: dict[str, dict[str, list[float]]] = {name: {} for name in ("insert", "get", "search")}
    entries = [entry(number) for number in range(size)]
    with tempfile.TemporaryDirectory() as folder:
        contenders = [kind(Path(folder), entries) for kind in (Ours, Stock, Sqlite)]
        for turn in range(rounds):
            new, old = entry(10**6 + turn), entries[(turn * 7919) % size].id
            for one in contenders:
                for name, action in (
                    ("insert", lambda one=one, new=new: one.insert(new)),
                    ("get", lambda one=one, old=old: one.get(old)),
                    ("search", lambda one=one: one.search("introuvable")),
                ):
                    took[name].setdefault(one.name, []).append(timed(action))
        cold = [timed(Journal(Path(folder) / "journal").entries) for _ in range(rounds)]
        took["open and list"] = {"journal": cold}
    return {
        name: {one: statistics.median(values) for one, values in by.items()}
        for name, by in took.items()
    }


def main(rounds: int = 15) -> None:
    """Print a line for each operation and size, with the goal and whether it was met."""
    print(f"{'':>22} {'journal':>9} {'tinydb':>9} {'sqlite3':>9}   of tinydb")
    for size in (1_000, 10_000):
        for name, by in measure(size, rounds).items():
            cells = " ".join(f"{by[n]:9.3f}" if n in by else f"{'':9}" for n in by)
            verdict = ""
            if "tinydb" in by:
                ratio = by["journal"] / by["tinydb"]
                goal = GOALS.get((name, size), GOALS.get((name, 0), 0))
                verdict = f"  {ratio:.3f}  goal {goal}: {'met' if ratio <= goal else 'NOT met'}"
            print(f"{name:>14} {size:>7,} {cells} {verdict}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
