"""A passphrase: what it seals, what opens it again, and kill -9 at each step of turning it."""

import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from scale import figure
from storage_support import drafted, finished, made, python, revisions, said
from watching import Watch

from coach.disk import encryption as sealing
from coach.disk.errors import JournalError
from coach.maintenance.passphrase import lock, settle, unlock, unturned
from coach.store.drafts import DraftOpenElsewhere, DraftStore
from coach.store.entries import Draft
from coach.store.journal import Journal

MARKER = "zanzibar"
SAID = {f"{MARKER} {turn}" for turn in range(4)}


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that cost little to derive: files say themselves with which numbers to."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    monkeypatch.setattr(sealing, "MEMORY", 64)
    monkeypatch.setattr(sealing, "PASSES", 1)


ASIDE = (
    "journal.damaged-20261101T101010.json",
    "journal.v0-20261101T101010.json",
    ".journal.json.1-1.tmp",
    "drafts/x.json.damaged-20261101T101010",
    "drafts/.y.json.1-1.tmp",
    "generations/2026-11-01.json",
)


def full(folder: Path, *, aside: tuple[str, ...] = ASIDE) -> Journal:
    """A journal with everything a folder may hold, the marker in each file."""
    journal = Journal(folder)
    for text in sorted(SAID):
        journal.save(made(text))
    with journal.drafts.open("under-way") as file:
        file.write(drafted(f"{MARKER} draft", id="under-way"))
    for name in aside:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(f"{MARKER} in {name}")
    return Journal(folder)


def opened(folder: Path, passphrase: str) -> Journal:
    journal = Journal(folder)
    if journal.keyring.locked:
        journal.keyring.open(passphrase)
    return journal


def draft_text(journal: Journal) -> list[Any]:
    return [draft.entry.answers["text"] for draft in journal.drafts.list()]


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def showing(folder: Path) -> list[str]:
    """The files in which the marker can be read."""
    return [p.name for p in files(folder) if MARKER.encode() in p.read_bytes()]


def sealed(folder: Path) -> int:
    return sum(sealing.is_sealed(path.read_bytes()) for path in files(folder))


def refused(deed: Callable[[], object]) -> str:
    with pytest.raises(JournalError) as caught:
        deed()
    return caught.value.key


# Turning it


def test_locking_seals_every_file_and_unlocking_brings_all_back(folder: Path) -> None:
    journal = full(folder)
    before = {path.name: path.read_bytes() for path in files(folder)}
    known = revisions(journal)
    lock(journal, "un deux trois")
    assert showing(folder) == [] and unturned(journal, []) == []
    assert refused(lambda: Journal(folder).entries()) == "sealed"
    assert refused(lambda: Journal(folder).drafts.list()) == "sealed"
    again = opened(folder, "un deux trois")
    assert revisions(again) == known and draft_text(again) == [f"{MARKER} draft"]
    again.save(made(f"{MARKER} after"))
    assert showing(folder) == []
    unlock(again)
    plain = Journal(folder)
    assert said(plain) == SAID | {f"{MARKER} after"} and draft_text(plain) == [f"{MARKER} draft"]
    after = {path.name: path.read_bytes() for path in files(folder)}
    aside = [name for name in before if "-2026" in name or name == "2026-11-01.json"]
    assert len(aside) == 4 and all(before[name] == after[name] for name in aside)
    assert not (folder / "journal.key").exists()
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.glob("journal*"))


def test_the_old_passphrase_opens_nothing_any_more(folder: Path, tmp_path: Path) -> None:
    journal = full(folder)
    lock(journal, "old")
    shutil.copy(folder / "journal.json", tmp_path / "kept.json")
    lock(journal, "new")
    assert refused(lambda: opened(folder, "old")) == "wrong_passphrase"
    (folder / "journal.key").unlink()
    # Nor any single file, taken apart.
    for path in files(folder):
        if sealing.is_sealed(data := path.read_bytes()):
            assert sealing.open_key(sealing.header_of(data), "old") is None, path
    # What was sealed before and comes back still opens, with the one in force.
    again = opened(folder, "new")
    assert said(again) == SAID
    settle(again)
    shutil.copy(tmp_path / "kept.json", folder / "journal.json")
    assert refused(lambda: said(opened(folder, "new"))) == "other_key"


def test_a_former_key_still_opens_what_comes_back(folder: Path, tmp_path: Path) -> None:
    journal = full(folder)
    lock(journal, "old")
    shutil.copy(folder / "journal.json", tmp_path / "kept.json")
    lock(journal, "new")
    shutil.copy(tmp_path / "kept.json", folder / "journal.json")
    again = opened(folder, "new")
    assert said(again) == SAID
    settle(again)
    assert (folder / "journal.json").read_bytes().startswith(again.keyring.key.header)  # type: ignore[union-attr]


STEPS = """
from pathlib import Path
import filelock, tinydb
from cryptography.hazmat.primitives.kdf import argon2
from cryptography.hazmat.primitives.ciphers import aead
from killing import kill_at_each_step
from storage_support import made
from coach.disk import encryption as sealing
from coach.store.journal import Journal
from coach.maintenance.passphrase import lock, unlock, settle
sealing.MEMORY, sealing.PASSES = 64, 1
folder, deed = Path(sys.argv[1]), sys.argv[2]

def prepare(there):
    journal = Journal(there)
    if journal.keyring.locked:
        journal.keyring.open(sys.argv[3])
    return {
        "lock": lambda: lock(journal, "new"),
        "unlock": lambda: unlock(journal),
        "settle": lambda: settle(journal),
        "save": lambda: journal.save(made("zanzibar saved")),
    }[deed]

print(kill_at_each_step(folder, prepare, int(sys.argv[4])))
"""


def killed(folder: Path, deed: str, every: int = 1) -> Iterator[Path]:
    """The folders that `deed`, killed at each of its steps, left; the last one was not killed."""
    last = int(finished(python(STEPS, folder, deed, "old", every)))
    steps = range(1, last + 1, every)
    assert len(steps) > 5
    print(f"{deed}: {len(steps) - 1} kills")
    yield from (folder / str(step) for step in steps)


def opens(folder: Path) -> tuple[str, Journal]:
    """The one passphrase that opens `folder`, or ''; the other is refused."""
    journal = Journal(folder)
    if not journal.keyring.locked:
        return "", journal
    found = ""
    for passphrase in ("old", "new"):
        other = Journal(folder)
        try:
            other.keyring.open(passphrase)
        except JournalError as error:
            assert error.key == "wrong_passphrase"
        else:
            assert found == ""
            found, journal = passphrase, other
    return found, journal


@pytest.mark.parametrize("start", ["plain", "locked"])
def test_killed_at_each_step_of_locking(tmp_path: Path, start: str) -> None:
    journal = full(tmp_path / "start", aside=ASIDE[:3])
    if start == "locked":
        lock(journal, "old")
    known = revisions(journal)
    ways = []
    for folder in killed(tmp_path, "lock"):
        way, journal = opens(folder)
        ways.append(way)
        assert revisions(journal) == known and draft_text(journal) == [f"{MARKER} draft"], folder
        assert start == "plain" or showing(folder) == []
        settle(journal)
        if way:
            assert showing(folder) == [] and opens(folder)[0] == way
            assert journal.keyring.state == "sealed"
        journal.save(made(f"{MARKER} later"))
        assert said(opens(folder)[1]) == SAID | {f"{MARKER} later"}
        assert bool(showing(folder)) == (not way)
        # What a damaged journal is brought back from is all there, too.
        (folder / "journal.json").write_bytes(b"")
        assert known < revisions(opens(folder)[1])
    first, last = ("", "new") if start == "plain" else ("old", "new")
    assert ways == sorted(ways, key=[first, last].index)
    assert ways[0] == first and ways[-1] == last


def test_killed_at_each_step_of_unlocking(tmp_path: Path) -> None:
    journal = full(tmp_path / "start", aside=ASIDE[:3])
    lock(journal, "old")
    known, start = revisions(journal), sealed(tmp_path / "start")
    ways = []
    for folder in killed(tmp_path, "unlock"):
        way, journal = opens(folder)
        ways.append(way)
        assert revisions(journal) == known and draft_text(journal) == [f"{MARKER} draft"], folder
        settle(journal)
        assert revisions(journal) == known
        assert sealed(folder) == (start if journal.keyring.state == "sealed" else 0)
    assert ways == sorted(ways, reverse=True) and (ways[0], ways[-1]) == ("old", "")


def test_killed_at_each_step_of_settling(tmp_path: Path) -> None:
    # As a kill right after the key was written leaves it.
    journal = full(tmp_path / "start", aside=ASIDE[:3])
    known = revisions(journal)
    journal.keyring.turn("sealing", sealing.new_key("old"))
    for folder in killed(tmp_path, "settle", every=4):
        way, journal = opens(folder)
        assert way == "old" and revisions(journal) == known
        settle(journal)
        assert showing(folder) == [] and revisions(journal) == known


def test_killed_at_each_step_of_a_save_nothing_is_in_clear(tmp_path: Path) -> None:
    journal = full(tmp_path / "start", aside=ASIDE[:3])
    lock(journal, "old")
    known = revisions(journal)
    for folder in killed(tmp_path, "save"):
        assert showing(folder) == []
        assert known <= revisions(opened(folder, "old"))


def test_it_refuses_while_a_session_is_open(folder: Path) -> None:
    journal = full(folder)
    other = Journal(folder)
    with other.drafts.open("under-way"):
        with pytest.raises(DraftOpenElsewhere):
            lock(journal, "new")
        assert not (folder / "journal.key").exists() and not Journal(folder).keyring.locked
    lock(journal, "new")


# What another window meets


def test_a_window_that_was_open_writes_nothing_in_clear(folder: Path) -> None:
    window = full(folder)
    assert said(window) == SAID
    lock(Journal(folder), "new")
    assert refused(lambda: window.save(made(f"{MARKER} late"))) == "sealed"
    with window.drafts.open("late") as file:
        assert refused(lambda: file.write(drafted(f"{MARKER} late", id="late"))) == "sealed"
    assert showing(folder) == []
    window.keyring.open("new")
    window.save(made(f"{MARKER} late"))
    assert said(opened(folder, "new")) == SAID | {f"{MARKER} late"} and showing(folder) == []
    other = opened(folder, "new")
    unlock(other)
    window.save(made(f"{MARKER} plain"))
    assert said(Journal(folder)) == SAID | {f"{MARKER} late", f"{MARKER} plain"}
    lock(other, "third")
    assert refused(lambda: window.save(made(f"{MARKER} x"))) == "sealed"


def test_a_sealed_draft_from_elsewhere_stands_in_nobodys_way(folder: Path, tmp_path: Path) -> None:
    other = full(tmp_path / "other", aside=())
    lock(other, "elsewhere")
    journal = Journal(folder)
    journal.save(made(f"{MARKER} here"))
    with journal.drafts.open("own") as file:
        file.write(drafted("own", id="own"))
    shutil.copy(other.folder / "drafts" / "under-way.json", folder / "drafts")
    assert draft_text(journal) == ["own"] and not journal.keyring.locked
    assert [notice.key for notice in journal.notices] == ["draft_sealed"]
    lock(journal, "here")
    assert draft_text(journal) == ["own"]
    data = (other.folder / "drafts" / "under-way.json").read_bytes()
    assert refused(lambda: journal.drafts.open("under-way")) == "other_key"
    assert (folder / "drafts" / "under-way.json").read_bytes() == data


def test_a_sealed_journal_put_there_under_an_open_window_asks(folder: Path, tmp_path: Path) -> None:
    other = full(tmp_path / "other", aside=())
    lock(other, "elsewhere")
    window = Journal(folder)
    window.save(made(f"{MARKER} here"))
    shutil.copy(other.folder / "journal.json", folder)
    assert refused(window.entries) == "sealed" and window.keyring.locked
    assert refused(lambda: window.save(made("x"))) == "sealed"
    window.keyring.open("elsewhere")
    assert said(window) == SAID | {f"{MARKER} here"} and showing(folder) == []


# Damage


def test_a_wrong_passphrase_is_not_a_damaged_file(folder: Path) -> None:
    journal = full(folder)
    lock(journal, "right")
    known = revisions(journal)
    assert refused(lambda: opened(folder, "wrong")) == "wrong_passphrase"
    whole = (folder / "journal.json").read_bytes()
    for at in (len(whole) // 2, len(whole) - 1, 200):
        (folder / "journal.json").write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert refused(lambda: opened(folder, "wrong")) == "wrong_passphrase"
        mended = opened(folder, "right")
        assert revisions(mended) == known
        assert [notice.key for notice in mended.notices] == ["recovered"]
    for bad in (b"", whole[: len(whole) // 2], b"\0" * 500):
        (folder / "journal.json").write_bytes(bad)
        assert revisions(opened(folder, "right")) == known
    assert showing(folder) == []


@pytest.mark.parametrize("harm", ["lost", "empty", "changed", "torn"])
def test_without_its_key_file_the_journal_gives_the_key(folder: Path, harm: str) -> None:
    journal = full(folder)
    lock(journal, "right")
    path = folder / "journal.key"
    data = path.read_bytes()
    if harm == "lost":
        path.unlink()
    else:
        path.write_bytes(
            {"empty": b"", "changed": data[:30] + b"A" + data[31:]}.get(harm, data[:50])
        )
    assert refused(lambda: Journal(folder).save(made("x"))) == "sealed"
    assert refused(lambda: opened(folder, "wrong")) == "wrong_passphrase"
    again = opened(folder, "right")
    assert said(again) == SAID
    settle(again)
    assert path.read_bytes().startswith(again.keyring.key.header)  # type: ignore[union-attr]
    assert showing(folder) == []


def test_where_every_first_line_is_damaged_it_is_said(folder: Path) -> None:
    journal = Journal(folder)
    journal.save(made("x"))
    lock(journal, "right")
    for path in folder.glob("journal*"):
        data = path.read_bytes()
        path.write_bytes(data[:30] + b"????" + data[34:])
    assert refused(lambda: opened(folder, "right")) == "key_damaged"


def test_numbers_that_would_eat_the_machine_are_refused(folder: Path) -> None:
    key = sealing.new_key("x")
    slot = sealing._slot(key.header)
    plain = sealing._PLAIN_SLOT.pack(slot[:16], slot[16:32], 2**32 - 1, 3, 4)
    slot = plain + slot[len(plain) :]
    header = sealing.MAGIC + sealing._encoded(slot + sealing._check(slot)) + b"\n"
    with pytest.raises(sealing.BrokenSeal):
        sealing.open_key(header, "x")


# What it costs


def test_the_key_is_derived_once_however_much_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock(full(folder), "right")
    times = []
    derived = sealing._derived
    monkeypatch.setattr(sealing, "_derived", lambda *a: times.append(a) or derived(*a))
    journal = opened(folder, "right")
    for turn in range(5):
        journal.save(made(f"{turn}"))
    with journal.drafts.open("d") as file:
        for turn in range(5):
            file.write(drafted(f"{turn}", id="d"))
    assert len(journal.entries()) == 9 and len(times) == 1


def test_a_plain_journal_never_imports_cryptography(folder: Path) -> None:
    script = """
from pathlib import Path
from storage_support import made
from coach.store.journal import Journal
journal = Journal(Path(sys.argv[1]))
journal.save(made("x")); journal.entries()
assert not journal.keyring.locked and "cryptography" not in sys.modules
"""
    finished(python(script, folder))


# At every moment


def test_at_no_moment_of_a_session_can_a_word_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, temp = tmp_path / "coach", tmp_path / "temp"
    temp.mkdir()
    monkeypatch.setenv("TMPDIR", str(temp))
    lock(full(folder), "right")
    watch = Watch(MARKER, folder, temp)
    watch.install(monkeypatch)
    journal = opened(folder, "right")
    entry = journal.save(made(f"{MARKER} one"))
    entry.answers["text"] = f"{MARKER} changed"
    journal.save(entry)
    with journal.drafts.open("s") as file:
        for word in ("a", "b"):
            file.write(drafted(f"{MARKER} {word}", id="s"))
        journal.finish(file, Draft(entry=made(f"{MARKER} b", id="s", status="draft")))
    with journal.drafts.open("t") as file:
        file.write(drafted(f"{MARKER} t", id="t"))
        journal.discard(file)
    journal.trash(entry.id)
    journal.restore(entry.id)
    journal.merge([made(f"{MARKER} from elsewhere")])
    data = (folder / "journal.json").read_bytes()
    (folder / "journal.json").write_bytes(data[: len(data) // 2])
    assert f"{MARKER} b" in said(opened(folder, "right"))
    (folder / "drafts" / "under-way.json").write_bytes(b"{")
    assert opened(folder, "right").drafts.list() == []
    lock(opened(folder, "right"), "another")
    figure(f"sealed journal: {watch.told}")
    assert watch.looks > 100 and (watch.clear, watch.found) == (0, [])


def test_the_watch_sees_a_word_in_clear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch(MARKER, tmp_path)
    watch.install(monkeypatch)
    full(tmp_path / "coach")
    assert watch.clear > len(MARKER) and watch.found


def test_whatever_happens_to_one_file_all_revisions_are_there(tmp_path: Path) -> None:
    draw = random.Random(20261125)
    journal = full(tmp_path / "start", aside=())
    lock(journal, "right")
    known = revisions(journal)
    names = [path.name for path in (tmp_path / "start").glob("journal.*") if path.stat().st_size]
    assert len(names) == 5
    for turn in range(60):
        folder = tmp_path / str(turn)
        shutil.copytree(tmp_path / "start", folder)
        path = folder / names[turn % 5]
        data = path.read_bytes()
        at, more = draw.randrange(len(data)), draw.randrange(1, 40)
        harmed = draw.choice(
            (
                data[:at] + bytes([data[at] ^ draw.randrange(1, 256)]) + data[at + 1 :],
                data[:at],
                data[:at] + b"\0" * more + data[at + more :],
                data[:at] + data[at + more :],
                data + draw.randbytes(more),
                draw.randbytes(more),
            )
        )
        path.write_bytes(harmed)
        assert refused(lambda f=folder: opened(f, "wrong")) == "wrong_passphrase", (turn, path)  # type: ignore[misc]
        again = opened(folder, "right")
        assert revisions(again) == known, (turn, path)
        assert draft_text(again) == [f"{MARKER} draft"]
        settle(again)
        again.save(made(f"{MARKER} later"))
        assert showing(folder) == [] and known < revisions(opened(folder, "right"))


WRITER = """
import time
from pathlib import Path
from storage_support import made, drafted
from coach.disk import encryption as sealing
from coach.disk.errors import JournalError
from coach.store.journal import Journal
sealing.MEMORY, sealing.PASSES = 64, 1
journal = Journal(Path(sys.argv[1]))
turn, took = 0, 0.0
while not Path(sys.argv[2]).exists():
    turn += 1
    # As long without a draft as with one, however slow the machine: none can be turned beside one.
    time.sleep(max(0.03, took))
    begun = time.monotonic()
    try:
        entry = made(f"zanzibar {sys.argv[3]} {turn}", id=f"{sys.argv[3]}-{turn}")
        with journal.drafts.open(entry.id) as file:
            file.write(drafted(f"zanzibar {turn}", id=entry.id))
            if turn % 2:
                print(journal.save(entry).revision, flush=True)
                file.remove()
    except JournalError as error:
        if error.key not in ("sealed", "other_key"):
            raise
        for passphrase in ("one", "two"):
            try:
                journal.keyring.open(passphrase)
            except JournalError:
                pass
    took = time.monotonic() - begun
"""


def test_a_draft_opened_while_all_is_turned_is_written_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = full(folder)
    hold, holds = DraftStore.hold, []

    def then_one_is_opened(self: DraftStore, *held: Any, **how: Any) -> set[str]:
        names = hold(self, *held, **how)
        holds.append(names)
        if len(holds) == 2:
            (folder / "drafts/.new.json.9-1.tmp").write_bytes(b"being written")
        return names

    monkeypatch.setattr(DraftStore, "hold", then_one_is_opened)
    lock(journal, "one")
    assert [path.name for path in (folder / "drafts").glob(".*")] == [".new.json.9-1.tmp"]


def test_others_write_on_while_it_is_turned_again_and_again(folder: Path, tmp_path: Path) -> None:
    journal = full(folder, aside=())
    stop = tmp_path / "stop"
    writers = [python(WRITER, folder, stop, name) for name in ("a", "b")]
    confirmed: set[str] = set()
    turns, end = 0, time.monotonic() + 120

    def each_saves_once_more() -> None:
        for writer in writers:
            assert writer.stdout is not None
            line = writer.stdout.readline().strip()
            assert line, "a writer ended"
            confirmed.add(line)

    try:
        each_saves_once_more()
        while turns < 7:
            assert time.monotonic() < end, "one of them had a draft open all the time"
            way = turns % 3
            try:
                unlock(journal) if way == 2 else lock(journal, ("one", "two")[way])
            except JournalError as error:
                assert error.key == "draft_open"  # a writer has one open just now
                time.sleep(0.005)
                continue
            turns += 1
            each_saves_once_more()
    except BaseException:
        for writer in writers:
            writer.kill()
        raise
    finally:
        stop.touch()
    confirmed |= {line for writer in writers for line in finished(writer).split()}
    settle(journal)
    last = opened(folder, "one")
    assert confirmed <= revisions(last) and len(confirmed) >= 16
    assert said(last) >= SAID and showing(folder) == []
    drafts = last.drafts.list()
    assert len(drafts) > 2 and last.notices == []
