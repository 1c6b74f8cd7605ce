"""Disks that are full, folders that are not there, links, locks, and other processes."""

import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from storage_support import drafted, finished, made, python, revisions, said

from coach.disk import atomic_files as files
from coach.disk.file_lock import Lock
from coach.store.draft_file import DraftWriter
from coach.store.journal import Journal, JournalError

NOBODY = 65534


def refused(journal: Journal, key: str) -> JournalError:
    with pytest.raises(JournalError) as caught:
        journal.save(made("refusé"))
    assert caught.value.key == key, caught.value
    assert caught.value.values.get("path") and str(caught.value)
    return caught.value


@contextmanager
def powerless(*folders: Path) -> Iterator[None]:
    """As a user whom file permissions bind; root is bound by none."""
    if os.geteuid():
        yield
        return
    _import_all()
    for folder in folders:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def _import_all() -> None:
    """Has everything imported that the journal needs: a Python in root's home is out of reach for
    others, and some of it is imported with the first save alone.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "coach"
        for data in (None, b"", b"[]"):
            if data is not None:
                (folder / "journal.json").write_bytes(data)
            journal = Journal(folder)
            journal.save(made("un"))
            with journal.drafts.open("d") as file:
                file.write(drafted("deux", id="d"))
            journal.drafts.list()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A data folder that whoever runs the test can reach."""
    parent = Path(tempfile.mkdtemp())
    parent.chmod(0o755)
    yield parent / "coach"
    shutil.rmtree(parent)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 400 KB; skipped where this user may mount none."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "none", str(place)]
    try:
        able = subprocess.run(mount, capture_output=True).returncode == 0
    except FileNotFoundError:
        able = False
    if not able:
        pytest.skip("may not mount a small disk; the limit of file sizes is tested instead")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place: Path) -> Path:
    filler = place / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError as error:
            assert error.errno == errno.ENOSPC
    return filler


@pytest.mark.parametrize("saves", [0, 1, 3])
def test_a_full_disk_loses_nothing_and_later_saves_work(small_disk: Path, saves: int) -> None:
    folder = small_disk / "coach"
    journal = Journal(folder)
    journal.entries()
    for turn in range(saves):
        journal.save(made(f"{turn}" + "x" * 9000))
    file = journal.drafts.open("d")
    file.write(drafted("avant", id="d"))
    before, everything = said(journal), revisions(journal)
    filler = fill(small_disk)
    kept = {p: p.read_bytes() for p in folder.glob("journal*") if p.suffix != ".lock"}
    for _ in range(3):
        refused(journal, "disk_full")
        with pytest.raises(JournalError) as caught:
            file.write(drafted("x" * 20_000, id="d"))
        assert caught.value.key == "disk_full"
    assert said(journal) == before and revisions(journal) == everything
    for path, data in kept.items():
        assert path.read_bytes() == data, path
    draft = file.read_draft()
    assert draft is not None and draft.entry.answers["text"] == "avant"
    assert not files.leftovers(folder) and not files.leftovers(folder / "drafts")
    with pytest.raises(JournalError):
        journal.finish(file, drafted("x" * 20_000, id="d"))
    filler.unlink()
    journal.finish(file, drafted("après", id="d"))
    file.close()
    assert said(journal) == said(Journal(folder)) == before | {"après"}
    (folder / "journal.json").write_bytes(b"")
    # What was refused does not come back by the way.
    assert everything < revisions(Journal(folder)) and said(Journal(folder)) == said(journal)


def test_a_limit_of_file_sizes_is_told_as_a_full_disk(folder: Path) -> None:
    script = """
import resource
from pathlib import Path
from storage_support import made, said
from coach.store.journal import Journal, JournalError
journal = Journal(Path(sys.argv[1]))
journal.save(made("un"))
before = (journal.folder / "journal.json").read_bytes()
resource.setrlimit(resource.RLIMIT_FSIZE, (6000, resource.RLIM_INFINITY))
for size in (8000, 20_000):
    try:
        journal.save(made("x" * size))
    except JournalError as error:
        print(error.key)
assert (journal.folder / "journal.json").read_bytes() == before
journal.save(made("petit"))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
journal.save(made("x" * 20_000))
assert len(journal.entries()) == 3
"""
    assert finished(python(script, folder)).split() == ["disk_full", "disk_full"]
    assert len(Journal(folder).entries()) == 3
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


def test_the_writer_in_the_background_tries_again(small_disk: Path) -> None:
    journal = Journal(small_disk / "coach")
    with journal.drafts.open("d") as file:
        told: list[str] = []
        writer = DraftWriter(
            file, retry=0.02, told=lambda: told.append(writer.error.key if writer.error else "ok")
        )
        filler = fill(small_disk)
        writer.put(drafted("x" * 9000, id="d"))
        assert not writer.flush(1) and writer.error is not None
        assert writer.error.key == "disk_full"
        filler.unlink()
        for _ in range(100):
            if writer.flush(1):
                break
        assert writer.error is None and told[0] == "disk_full" and told[-1] == "ok"
        assert writer.saved_at == file.saved_at != ""
        draft = journal.drafts.read_draft("d")
        assert draft is not None and len(draft.entry.answers["text"]) == 9000
        assert writer.close()


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    place = tmp_path / "coach"
    place.write_text("mine")
    for folder in (place, place / "under"):
        journal = Journal(folder)
        with pytest.raises(JournalError) as caught:
            journal.entries()
        assert caught.value.key == "folder_is_file"
        refused(journal, "folder_is_file")
        with pytest.raises(JournalError) as caught:
            journal.drafts.open("d")
        assert caught.value.key == "folder_is_file"
    assert place.read_text() == "mine"


def test_a_folder_that_takes_no_file(open_folder: Path) -> None:
    open_folder.mkdir(0o755)
    with powerless(open_folder):
        journal = Journal(open_folder)
        journal.save(made("un"))
        open_folder.chmod(0o555)
        refused(journal, "not_writable")
        assert said(journal) == said(Journal(open_folder)) == {"un"}
        with pytest.raises(JournalError) as caught:
            journal.drafts.open("d")
        assert caught.value.key == "not_writable"
        open_folder.chmod(0o755)
        journal.save(made("deux"))
        assert said(journal) == {"un", "deux"}


def test_a_folder_that_cannot_be_made(open_folder: Path) -> None:
    with powerless():
        open_folder.parent.chmod(0o555) if os.geteuid() != NOBODY else None
        refused(Journal(open_folder), "not_writable")
    open_folder.parent.chmod(0o755)


def test_a_file_that_cannot_be_read(open_folder: Path) -> None:
    open_folder.mkdir(0o755)
    with powerless(open_folder):
        journal = Journal(open_folder)
        journal.save(made("un"))
        (open_folder / "journal.json").chmod(0)
        other = Journal(open_folder)
        with pytest.raises(JournalError) as caught:
            other.entries()
        assert caught.value.key == "not_readable"
        (open_folder / "journal.json").chmod(0o600)
        assert said(other) == {"un"}


@pytest.mark.parametrize("bad", [b"", b"[]"])
def test_damage_in_a_folder_that_takes_no_file(open_folder: Path, bad: bytes) -> None:
    open_folder.mkdir(0o755)
    with powerless(open_folder):
        for text in ("un", "deux", "trois"):
            Journal(open_folder).save(made(text))
        (open_folder / "journal.json").write_bytes(bad)
        open_folder.chmod(0o555)
        journal = Journal(open_folder)
        assert said(journal) == {"un", "deux", "trois"}
        assert [(n.key, n.values["aside"]) for n in journal.notices] == [("recovered", "")]
        refused(journal, "not_writable")
        assert (open_folder / "journal.json").read_bytes() == bad
        open_folder.chmod(0o755)
        journal.save(made("quatre"))
        assert said(Journal(open_folder)) == {"un", "deux", "trois", "quatre"}
        assert [p.read_bytes() for p in open_folder.glob("journal.damaged-*")] == [bad]
        # The damaged file must never have become the former generation.
        (open_folder / "journal.json").write_bytes(b"")
        assert said(Journal(open_folder)) == {"un", "deux", "trois", "quatre"}


def test_a_disk_that_is_read_only(small_disk: Path) -> None:
    journal = Journal(small_disk / "coach")
    journal.save(made("un"))
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    refused(journal, "read_only")
    assert said(journal) == said(Journal(small_disk / "coach")) == {"un"}
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    journal.save(made("deux"))
    assert said(journal) == {"un", "deux"}


def test_a_folder_deleted_under_way(folder: Path) -> None:
    journal = Journal(folder)
    journal.save(made("un"))
    file = journal.drafts.open("d")
    away = folder.with_name("away")
    folder.rename(away)
    refused(journal, "folder_missing")
    with pytest.raises(JournalError) as caught:
        file.write(drafted(id="d"))
    assert caught.value.key == "folder_missing"
    assert said(journal) == {"un"} and not folder.exists()
    away.rename(folder)
    journal.save(made("deux"))
    assert said(journal) == {"un", "deux"}
    # Emptied, not gone: what is in memory may be all that is left.
    for path in folder.glob("journal*"):
        path.unlink()
    journal.save(made("trois"))
    assert said(Journal(folder)) == {"un", "deux", "trois"}


def test_a_symlinked_journal_stays_a_link(folder: Path, tmp_path: Path) -> None:
    cloud = tmp_path / "cloud"
    cloud.mkdir()
    folder.mkdir()
    (folder / "journal.json").symlink_to(cloud / "stage.json")
    journal = Journal(folder)
    for text in ("un", "deux"):
        journal.save(made(text))
    assert (folder / "journal.json").is_symlink() and (cloud / "stage.json").is_file()
    assert not files.leftovers(cloud, "stage") and said(Journal(folder)) == {"un", "deux"}
    # Whoever reaches the same file by another name has the same lock.
    other = Journal(tmp_path / "other")
    other.folder.mkdir()
    (other.folder / "journal.json").symlink_to(folder / "journal.json")
    other.save(made("trois"))
    assert said(journal) == {"un", "deux", "trois"}
    assert other._storage.lock.path == journal._storage.lock.path == cloud / "stage.lock"
    (cloud / "stage.json").write_bytes(b"")
    assert said(other) == {"un", "deux", "trois"} and (folder / "journal.json").is_symlink()


def test_a_linked_folder(folder: Path, tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    folder.symlink_to(real)
    Journal(folder).save(made("un"))
    assert said(Journal(real)) == {"un"} and folder.is_symlink()


def test_a_disk_without_second_names(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    for text in ("un", "deux", "trois"):
        Journal(folder).save(made(text))
    assert (folder / "journal.previous.json").exists()
    (folder / "journal.json").write_bytes(b"")
    assert said(Journal(folder)) == {"un", "deux", "trois"}


def test_windows_is_given_time_to_let_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, times = os.replace, [0]

    def busy(source: Path, target: Path) -> None:
        times[0] += 1
        if times[0] <= held:
            error = PermissionError(errno.EACCES, "in use")
            error.winerror = 5  # type: ignore[attr-defined, unused-ignore]
            raise error
        replace(source, target)

    monkeypatch.setattr(os, "replace", busy)
    monkeypatch.setattr(files, "_PAUSES", (0.001,) * 5)
    held = 3
    journal = Journal(folder)
    journal.save(made("un"))
    times, held = [0], 99
    refused(journal, "not_writable")
    times, held = [0], 0
    journal.save(made("deux"))
    assert said(Journal(folder)) == {"un", "deux"}
    assert files.leftovers(folder) == []


def test_an_io_error_is_told_as_such(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(folder)
    journal.save(made("un"))
    with monkeypatch.context() as patch:

        def broken(_: int) -> None:
            raise OSError(errno.EIO, "Input/output error")

        patch.setattr(os, "fsync", broken)
        assert refused(journal, "failed").values["reason"] == "Input/output error"
    assert said(journal) == said(Journal(folder)) == {"un"}
    journal.save(made("deux"))
    assert said(Journal(folder)) == {"un", "deux"}


HOLDER = """
import time
from pathlib import Path
from coach.disk.file_lock import Lock
lock = Lock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
time.sleep(60)
"""


def test_the_lock_of_a_stopped_process_is_told_and_that_of_a_dead_one_is_free(
    folder: Path,
) -> None:
    journal = Journal(folder)
    journal.save(made("un"))
    holder = python(HOLDER, folder / "journal.lock")
    assert holder.stdout is not None and holder.stdout.readline() == "held\n"
    os.kill(holder.pid, signal.SIGSTOP)
    journal._storage.lock.patience = 0.05
    refused(journal, "locked")
    assert said(journal) == said(Journal(folder)) == {"un"}  # reading takes no lock
    os.kill(holder.pid, signal.SIGKILL)
    holder.communicate()
    assert (folder / "journal.lock").exists()
    journal.save(made("deux"))
    assert said(journal) == {"un", "deux"}


def test_reading_does_not_wait_for_a_save_that_waits(folder: Path) -> None:
    journal = Journal(folder)
    journal.save(made("un"))
    with Lock(folder / "journal.lock"):
        saving = threading.Thread(target=journal.save, args=(made("deux"),))
        saving.start()
        time.sleep(0.05)
        start = time.perf_counter()
        assert said(journal) == {"un"} and saving.is_alive()
        assert time.perf_counter() - start < 1
    saving.join(10)
    assert said(journal) == {"un", "deux"}


def test_a_lock_is_one_holders(tmp_path: Path) -> None:
    one, other = (Lock(tmp_path / "x.lock", patience=0) for _ in range(2))
    with one, pytest.raises(JournalError) as caught:
        other.acquire()
    assert caught.value.key == "locked"
    other.release()  # never held
    with other:
        pass
    with pytest.raises(JournalError) as caught:
        Lock(tmp_path / "gone" / "x.lock").acquire()
    assert caught.value.key == "folder_missing" and not (tmp_path / "gone").exists()


TWO = """
from pathlib import Path
from storage_support import made
from coach.store.journal import Journal
journal = Journal(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.read()
for turn in range(25):
    journal.save(made(f"{sys.argv[2]}-{turn}"))
    shared = journal.get("shared")
    shared.answers[sys.argv[2]] = turn
    journal.save(shared)
"""


def test_two_processes_write_at_once_and_a_third_sees_all(folder: Path) -> None:
    journal = Journal(folder)
    journal.save(made("partagé", id="shared"))
    children = [python(TWO, folder, name) for name in "ab"]
    for child in children:
        assert child.stdout is not None and child.stdout.readline() == "ready\n"
        assert child.stdin is not None
        child.stdin.close()
        child.stdin = None
    journal.save(made("ici"))
    for child in children:
        finished(child)
    assert journal.changed()
    expected = {f"{name}-{turn}" for name in "ab" for turn in range(25)}
    assert said(journal) == expected | {"partagé", "ici"} and journal.notices == []
    shared = journal.get("shared")
    assert shared is not None and len(shared.history) == 50
    for name in "ab":
        told = {r["answers"].get(name) for r in [*shared.history, {"answers": shared.answers}]}
        assert set(range(25)) <= told
    assert len({r["revision"] for r in shared.history} | {shared.revision}) == 51


def test_importing_the_journal_is_light() -> None:
    script = """
import coach.store.journal, coach.browse.text_index
heavy = {"textual", "rich", "dateutil", "jinja2", "babel", "tinydb", "filelock", "asyncio", "click"}
print(*heavy & {name.partition(".")[0] for name in sys.modules})
from pathlib import Path
coach.store.journal.Journal(Path(sys.argv[1])).entries()
print(*heavy & {name.partition(".")[0] for name in sys.modules})
"""
    assert finished(python(script, Path(tempfile.gettempdir()) / "none")).split() == []
    assert sys.version_info >= (3, 11)
