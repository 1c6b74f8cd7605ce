"""What the journal asks of TinyDB, held against each version that `pyproject.toml` allows."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import msgspec
import pytest
from storage_support import made, said
from tinydb import TinyDB

from coach.store.entries import Entry
from coach.store.file_format import StoredEntry
from coach.store.journal import Journal
from coach.store.tinydb_adapter import rows_after

ROOT = Path(__file__).parents[3]

SCRIPT = """
import sys
from datetime import UTC, datetime
from pathlib import Path

import tinydb

from coach.store.entries import new_entry
from coach.store.journal import Journal

MOMENT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def made(text, id):
    entry = new_entry("note", lang="fr", day=MOMENT.date(), moment=MOMENT, id=id)
    entry.answers, entry.status = {"text": text}, "done"
    return entry


def file():
    return (folder / "journal.json").read_text("utf-8")


folder = Path(sys.argv[1])
journal = Journal(folder, clock=lambda: MOMENT)
for id in "abc":
    journal.save(made(f"first {id}", id))
before = file().splitlines()
changed = journal.get("b")
changed.answers["text"] = "second b"
journal.save(changed)
after = file().splitlines()
assert len(after) == len(before) and after[2] != before[2], (before, after)
del before[2], after[2]
assert after == before
theirs = [made("first d", "d"), made("other a", "a"), made("first e", "e")]
journal.merge(theirs)
assert [line.split('"')[1] for line in file().splitlines()[1:-1]] == list("12345")
found = {entry.id: entry for entry in Journal(folder).entries(history=True)}
assert found.keys() == set("abcde")
assert len(found["b"].history) == 1 and len(found["a"].history) == 1
journal.trash("c")
assert len(Journal(folder).entries()) == 4
print(tinydb.__file__, tinydb.__version__)
"""


def at(folder: Path, home: Path) -> str:
    """What `SCRIPT` prints with what lies in `folder` before what is installed."""
    path = os.pathsep.join([str(folder), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, home],
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr
    return done.stdout


def oldest() -> str:
    """The least version that `pyproject.toml` allows, `4.8` as it is written there."""
    names = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    bounds = next(name for name in names if name.startswith("tinydb"))
    found = re.fullmatch(r"tinydb>=([\d.]+),<5", bounds)
    assert found, bounds
    return found[1]


@pytest.mark.parametrize("which", ["oldest", "newest"])
def test_the_journal_writes_through_each_tinydb_that_is_allowed(which: str, tmp_path: Path) -> None:
    wanted = f"tinydb=={oldest()}" if which == "oldest" else f"tinydb>={oldest()},<5"
    target = tmp_path / "packages"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile"]
    try:
        got = subprocess.run(
            [*pip, "--disable-pip-version-check", "--target", target, wanted],
            env=os.environ | {"PIP_DEFAULT_TIMEOUT": "5", "PIP_RETRIES": "0"},
            capture_output=True,
            text=True,
            timeout=40,
            check=False,
        )
    except subprocess.TimeoutExpired:
        pytest.skip(f"{wanted} is not to be had in 40 seconds")
    if got.returncode:
        pytest.skip(f"{wanted} is not to be had here: {got.stderr.strip().splitlines()[-1]}")
    file, version = at(target, tmp_path / "journal").split()
    assert Path(file).is_relative_to(target)
    if which == "oldest":
        assert version.startswith(oldest())


def test_the_journal_writes_through_the_tinydb_that_is_installed(tmp_path: Path) -> None:
    assert at(ROOT, tmp_path / "journal")


def test_what_is_not_written_is_passed_through_untouched() -> None:
    raw = {number: msgspec.json.encode(made(f"kept {number}", id=number)) for number in "123"}
    before = {number: StoredEntry(one) for number, one in raw.items()}
    whole = msgspec.to_builtins(made("new 2", id="2"))
    del whole["tags"]
    new = msgspec.to_builtins(made("new 7", id="7"))
    after = rows_after(before, {2: whole, 7: new})
    assert list(after) == ["1", "2", "3", "7"]
    assert after["1"] is before["1"] and after["3"] is before["3"]
    # Replaced whole: what the new one lacks is not left over from the former.
    assert after["2"] == whole and after["7"] == new
    assert {number: bytes(one.raw) for number, one in before.items()} == raw


def test_tinydb_cannot_change_the_cache_in_place(journal: Journal) -> None:
    kept = journal.save(made("un"))
    stored = journal._storage.documents["1"]
    raw = bytes(stored.raw)
    with pytest.raises((TypeError, AttributeError)):
        stored.update({"flow": "x"})  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        stored["flow"] = "x"  # type: ignore[index]
    row = stored.decoded()
    assert row["flow"] == "note" and len(row) == 16 and set(row) == set(Entry.__struct_fields__)
    row["flow"] = "x"
    assert journal._storage.documents["1"] is stored and bytes(stored.raw) == raw
    assert journal.get(kept.id) == kept


def test_a_write_that_cannot_be_encoded_changes_nothing(journal: Journal, folder: Path) -> None:
    journal.save(made("un"))
    before = (folder / "journal.json").read_bytes()
    broken = made("deux")
    broken.answers["x"] = float("nan")
    with pytest.raises(Exception, match="not_storable"):
        journal.save(broken)
    assert (folder / "journal.json").read_bytes() == before and said(journal) == {"un"}
    table = TinyDB(folder / "journal.json").table("entries")
    assert len(table) == 1
