"""kill -9 at every step of every write, and at random moments of two real processes."""

import json
import shutil
import time
from pathlib import Path

import pytest
from scale import scaled
from storage_support import ROOT, finished, made, python, revisions, said

from coach.store.journal import Journal

STEPS = """
from pathlib import Path
import filelock, tinydb
from killing import kill_at_each_step
from storage_support import made, drafted
from coach.store.journal import Journal
folder, deed = Path(sys.argv[1]), sys.argv[2]

def prepare(there):
    journal = Journal(there)
    def save():
        journal.save(made("new", id="new"))
    def change():
        entry = journal.get("kept")
        entry.answers["text"] = "new"
        journal.save(entry)
    def trash():
        journal.trash("kept")
    def merge():
        journal.merge([made("new", id="new"), made("new2", id="new2")])
    def recover():
        journal.entries()
    def finish():
        with journal.drafts.open("new") as file:
            journal.finish(file, drafted("new", id="new"))
    def discard():
        with journal.drafts.open("new") as file:
            journal.discard(file)
    def discard_change():
        with journal.drafts.open("kept") as file:
            journal.discard(file)
    def restore():
        journal.restore("new")
    if deed == "save_long_open":
        journal.save(made("before", id="before"))
        return save
    return locals()[deed]

print(kill_at_each_step(folder, prepare))
"""


def killed_everywhere(folder: Path, deed: str) -> list[Path]:
    """The folders that `deed`, killed at each of its steps, left behind; the last one was not."""
    steps = int(finished(python(STEPS, folder, deed)))
    assert steps > 5
    return [folder / str(step) for step in range(1, steps + 1)]


def damaged(folder: Path) -> Path:
    """A copy of a journal whose file was then emptied."""
    other = folder.with_name(f"{folder.name}-damaged-{time.monotonic_ns()}")
    shutil.copytree(folder, other)
    (other / "journal.json").write_bytes(b"")
    return other


@pytest.mark.parametrize(
    ("deed", "saves"),
    [
        *(("save", 0), ("save", 1), ("save", 2), ("save", 5)),
        *(("save_long_open", 0), ("save_long_open", 2)),
        *(("change", 1), ("change", 5), ("trash", 2), ("merge", 0), ("merge", 5)),
    ],
)
def test_killed_at_each_step_of_a_write(tmp_path: Path, saves: int, deed: str) -> None:
    start = tmp_path / "start"
    start.mkdir()
    journal = Journal(start)
    for turn in range(saves):
        journal.save(made(f"numéro {turn}", id=f"kept{turn or ''}"))
    confirmed = revisions(journal)
    before = said(journal)
    outcomes = []
    for folder in killed_everywhere(tmp_path, deed):
        first = Journal(folder)
        if (folder / "journal.json").exists():
            # Old or new, and nothing to mend.
            assert confirmed <= revisions(first) and first.notices == [], folder
        outcomes.append(said(first) - {"before"})
        spare = Journal(damaged(folder)) if (folder / "journal.json").exists() else first
        assert confirmed <= revisions(spare), folder
        first.save(made("after"))
        assert said(Journal(folder)) - {"before"} == outcomes[-1] | {"after"}
        assert confirmed <= revisions(Journal(damaged(folder)))
        assert [p.name for p in folder.iterdir() if p.name.endswith(".tmp")] == []
    new = outcomes[-1]
    assert new != before
    whole = {frozenset(before), frozenset(new)}
    assert {frozenset(outcome) for outcome in outcomes} <= whole
    assert frozenset(before) in {frozenset(outcome) for outcome in outcomes}


@pytest.mark.parametrize("bad", [b"", b"\0" * 900, b'{"schema":1,"entries":[]}'])
def test_killed_at_each_step_of_a_recovery(tmp_path: Path, bad: bytes) -> None:
    start = tmp_path / "start"
    journal = Journal(start)
    for turn in range(4):
        journal.save(made(f"numéro {turn}"))
    confirmed = revisions(journal)
    (start / "journal.json").write_bytes(bad)
    for folder in killed_everywhere(tmp_path, "recover"):
        assert revisions(Journal(folder)) == confirmed
        assert any(path.read_bytes() == bad for path in folder.glob("journal.damaged-*.json"))
        assert revisions(Journal(damaged(folder))) == confirmed


TIMES = scaled(4, 15)
ROUNDS = """
import itertools, json, os, random, shutil, signal, time
from pathlib import Path
from storage_support import made
from coach.store.journal import Journal
import filelock, tinydb

folder, draw = Path(sys.argv[1]), random.Random(20261122)

def write_on(name, out):
    journal = Journal(folder)
    kept = journal.save(made("seen", id=name))
    for turn in itertools.count():
        entry = made(f"{name}-{turn}") if turn % 3 else journal.get(kept.id)
        entry.answers["turn"] = turn
        # Once this line is out, the save is confirmed and must not be lost.
        os.write(out, journal.save(entry).revision.encode() + b"\\n")

for turn in range(int(sys.argv[2])):
    ends = [os.pipe() for _ in range(2)]
    children = []
    for number, (_, out) in enumerate(ends):
        if not (child := os.fork()):
            write_on(f"{turn}-{number}", out)
        children.append(child)
    # Both are at it, however busy this machine is.
    told = b"".join(os.read(into, 65536) for into, _ in ends)
    time.sleep(draw.uniform(0, 0.06))
    for child in draw.sample(children, 2):
        os.kill(child, signal.SIGKILL)
        time.sleep(draw.uniform(0, 0.02))
        assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    for into, out in ends:
        os.close(out)
        while part := os.read(into, 65536):
            told += part
        os.close(into)
    shutil.copytree(folder, folder.with_name(f"round-{turn}"))
    print(json.dumps(told.decode().split()), flush=True)
"""


def test_two_processes_killed_at_random(folder: Path) -> None:
    confirmed: set[str] = set()
    rounds = finished(python(ROUNDS, folder, TIMES)).splitlines()
    for turn, told in enumerate(rounds):
        confirmed |= set(json.loads(told))
        there = folder.with_name(f"round-{turn}")
        journal = Journal(there)
        # In a copy, nobody knows whether a last save that was cut short had been confirmed.
        assert confirmed <= revisions(journal)
        assert {notice.key for notice in journal.notices} <= {"rejoined"}
        assert confirmed <= revisions(Journal(damaged(there)))
    print(f"{2 * len(rounds)} kills, {len(confirmed)} confirmed saves, 0 lost")
    assert len(rounds) == TIMES and len(confirmed) >= 2 * TIMES


def test_the_checkout_is_what_children_run() -> None:
    script = "import coach.store.journal; print(coach.store.journal.__file__)"
    assert finished(python(script)).strip() == str(ROOT / "coach" / "store" / "journal.py")
