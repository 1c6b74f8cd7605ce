"""A file that cannot be read is not an empty one: nothing is written over it, and it is told."""

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from storage_support import drafted, made, said

from coach.disk import encryption as sealing
from coach.disk.errors import JournalError
from coach.maintenance.backup import back_up, list_backups
from coach.maintenance.passphrase import lock
from coach.store.journal import Journal
from coach.store.sync_copies import copies

NOBODY = 65534
BESIDE = ("journal.previous.json", "journal.recent.jsonl", "journal.log.*.jsonl")


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that cost little to derive."""
    monkeypatch.setattr(sealing, "MEMORY", 64)
    monkeypatch.setattr(sealing, "PASSES", 1)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder that whoever runs the test can reach."""
    parent = Path(tempfile.mkdtemp())
    parent.chmod(0o755)
    (parent / "coach").mkdir()
    yield parent / "coach"
    shutil.rmtree(parent)


@contextmanager
def aside(path: Path) -> Iterator[None]:
    """`path` under another name, and back in the end."""
    spare = path.parent.parent / "spare"
    path.rename(spare)
    try:
        yield
    finally:
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink()
        spare.rename(path)


@contextmanager
def circle(path: Path) -> Iterator[None]:
    """A link to itself: ELOOP, which `Path.exists` takes for nothing there."""
    with aside(path):
        path.symlink_to(path)
        yield


@contextmanager
def failing(path: Path) -> Iterator[None]:
    """A file whose reading fails: EIO, as of a bad disk."""
    with aside(path):
        path.symlink_to("/proc/self/mem")
        yield


@contextmanager
def a_folder(path: Path) -> Iterator[None]:
    with aside(path):
        path.mkdir()
        yield


@contextmanager
def closed(path: Path) -> Iterator[None]:
    """A file that its owner may not read: EACCES; root is bound by no such thing."""
    mode = path.stat().st_mode
    path.chmod(0)
    if os.geteuid() == 0:
        for one in (path.parent.parent, path.parent, *path.parent.rglob("*")):
            os.chown(one, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if os.getuid() == 0:
            os.seteuid(0)
        path.chmod(mode)


LINUX = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc/self/mem")
FAULTS = (circle, pytest.param(failing, marks=LINUX), a_folder, closed)
Fault = Callable[[Path], "contextmanager[None]"]


def full(folder: Path) -> Journal:
    for turn in range(5):
        Journal(folder).save(made(f"preuve {turn}"))
    return Journal(folder)


def state(folder: Path) -> dict[str, bytes]:
    there = {}
    for path in folder.iterdir():
        with suppress(OSError):
            if not path.is_symlink() and path.suffix != ".lock":
                there[path.name] = path.read_bytes()
    return there


def refused(action: Callable[[], object], path: Path) -> None:
    with pytest.raises(JournalError) as caught:
        action()
    assert caught.value.values["path"] == str(path)


def test_the_faults_are_real(folder: Path) -> None:
    full(folder)
    path = folder / "journal.previous.json"
    for fault, number in ((circle, errno.ELOOP), (a_folder, errno.EISDIR), (closed, errno.EACCES)):
        with fault(path), pytest.raises(OSError) as caught:
            path.read_bytes()
        assert caught.value.errno == number
    if sys.platform == "linux":
        with failing(path), pytest.raises(OSError) as caught:
            path.read_bytes()
        assert caught.value.errno == errno.EIO


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", BESIDE)
def test_a_damaged_journal_is_not_brought_back_from_half_of_what_there_is(
    folder: Path, name: str, fault: Fault
) -> None:
    full(folder)
    [path] = folder.glob(name)
    journal = folder / "journal.json"
    journal.write_bytes(journal.read_bytes()[:300])
    window = Journal(folder)
    with fault(path):
        before = state(folder)
        refused(window.entries, path)
        refused(lambda: window.save(made("encore")), path)
        refused(lambda: Journal(folder).save(made("encore")), path)
        assert state(folder) == before
    texts = {f"preuve {turn}" for turn in range(5)}
    assert said(window) == said(Journal(folder)) == texts


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", BESIDE)
def test_a_good_journal_is_read_and_not_written_beside_a_file_that_cannot_be_read(
    folder: Path, name: str, fault: Fault
) -> None:
    texts = said(full(folder))
    [path] = folder.glob(name)
    journal = Journal(folder)
    with fault(path):
        if fault is closed:  # looking at it is allowed: it is known for the same
            os.utime(folder / "journal.json")
        before = state(folder)
        assert said(Journal(folder)) == texts == said(journal)
        refused(lambda: Journal(folder).save(made("encore")), path)
        refused(lambda: journal.save(made("encore")), path)
        assert state(folder) == before and said(journal) == texts
    journal.save(made("après"))
    assert said(Journal(folder)) == texts | {"après"}


@pytest.mark.parametrize("name", BESIDE)
def test_what_was_read_in_part_is_set_aside_before_it_is_replaced(folder: Path, name: str) -> None:
    texts = said(full(folder))
    [path] = folder.glob(name)
    bad = path.read_bytes()[:-40].replace(b"preuve", b"\xff\xffeuve", 1) + b"\n{half\n"
    path.write_bytes(bad)
    journal = Journal(folder)
    journal.save(made("encore"))
    assert said(Journal(folder)) == texts | {"encore"}
    [kept] = folder.glob(f"{path.stem}.damaged-2*")
    # The recent ones have got one more line by then.
    assert kept.read_bytes().startswith(bad) and not path.read_bytes().startswith(bad)
    Journal(folder).save(made("et encore"))
    assert len(list(folder.glob("journal*.damaged-*"))) == 1


def test_what_was_being_written_when_a_program_died_is_not_set_aside(folder: Path) -> None:
    full(folder)
    for name in BESIDE[1:]:
        [path] = folder.glob(name)
        with path.open("ab") as file:
            file.write(b'{"schema":1,"id":"to')
    Journal(folder).save(made("encore"))
    assert not list(folder.glob("journal*.damaged-*")) and len(Journal(folder).entries()) == 6


@pytest.mark.parametrize("fault", [circle, pytest.param(failing, marks=LINUX), closed])
def test_a_locked_folder_whose_key_cannot_be_read_takes_no_word_in_clear(
    folder: Path, fault: Fault
) -> None:
    journal = full(folder)
    lock(journal, "right")
    (folder / "journal.key").unlink()
    with fault(folder / "journal.json"), Journal(folder).drafts.open("d") as file:
        refused(lambda: file.write(drafted("secret", id="d")), folder / "journal.json")
    assert not any(b"secret" in path.read_bytes() for path in folder.glob("drafts/*"))


@pytest.mark.parametrize("fault", [circle, pytest.param(failing, marks=LINUX), closed])
def test_a_key_that_cannot_be_read_is_no_wrong_passphrase(folder: Path, fault: Fault) -> None:
    journal = full(folder)
    lock(journal, "before")
    lock(journal, "right")
    with fault(folder / "journal.key"):
        refused(lambda: Journal(folder).keyring.open("right"), folder / "journal.key")
    again = Journal(folder)
    again.keyring.open("right")
    assert len(again.entries()) == 5


def test_one_copy_that_cannot_be_read_hides_no_other(folder: Path) -> None:
    full(folder)
    names = ["journal (1).json", "journal (2).json"]
    for name in names:
        shutil.copy(folder / "journal.json", folder / name)
    with circle(folder / names[0]):
        assert [path.name for path in copies(folder)] == names
    with closed(folder / names[0]):
        assert [path.name for path in copies(folder)] == names


def test_a_folder_of_drafts_that_cannot_be_read_is_not_an_empty_one(folder: Path) -> None:
    journal = Journal(folder)
    with journal.drafts.open("d") as file:
        file.write(drafted("x", id="d"))
    with closed(folder / "drafts"):
        refused(journal.drafts.list, folder / "drafts")
        refused(lambda: copies(folder), folder / "drafts")
        assert journal.drafts.has("d") and journal.drafts.has("whatever")
    assert len(journal.drafts.list()) == 1


@pytest.mark.parametrize("name", ["generations", "backups"])
def test_copies_in_a_folder_that_cannot_be_read_are_not_none(folder: Path, name: str) -> None:
    full(folder)
    back_up(Journal(folder), None)
    os.utime(folder / "journal.json", (0, 0))
    Journal(folder).save(made("le lendemain"))
    assert {one.kind for one in list_backups(folder)} == {"backup", "generation"}
    with closed(folder / name):
        refused(lambda: list_backups(folder), folder / name)
