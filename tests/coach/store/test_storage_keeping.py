"""Generations, backups and restores: what is kept, what comes back, kill -9 at each step."""

import os
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from storage_support import drafted, finished, made, python, revisions, said

from coach.disk import encryption as sealing
from coach.disk.errors import JournalError
from coach.maintenance.backup import back_up, keep_present, list_backups
from coach.maintenance.passphrase import lock, unlock
from coach.maintenance.restore import BadBackup, find_backup, plan_restore, read_state, restore
from coach.store.journal import Journal
from coach.util.clock import local_now


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    monkeypatch.setattr(sealing, "MEMORY", 64)
    monkeypatch.setattr(sealing, "PASSES", 1)


def aged(folder: Path, days: float) -> str:
    """Makes the journal's file as old as `days`; the name of that day."""
    moment = local_now() - timedelta(days=days)
    os.utime(folder / "journal.json", (moment.timestamp(), moment.timestamp()))
    return f"{moment:%Y-%m-%d}"


def generations(folder: Path) -> list[str]:
    return sorted(path.stem for path in (folder / "generations").glob("*"))


def back(journal: Journal, path: Path) -> Journal:
    """Restores `path`, as the commands do, and opens the folder anew."""
    restore(journal, read_state(journal, path))
    return Journal(journal.folder, keyring=journal.keyring)


def refused(deed: Callable[[], object]) -> str:
    with pytest.raises(BadBackup) as caught:
        deed()
    return caught.value.key


# Generations


def test_the_end_of_each_day_is_kept_ten_of_them(folder: Path, journal: Journal) -> None:
    journal.save(made("day 0"))
    days = []
    for turn in range(1, 13):
        days.append(aged(folder, 20 - turn))
        journal.save(made(f"day {turn}"))
        journal.save(made(f"later on day {turn}"))  # one a day at most
    assert generations(folder) == sorted(days)[-10:]
    newest = Journal(folder)
    newest = back(newest, find_backup(folder, days[-1]))
    expected = {f"day {n}" for n in range(12)} | {f"later on day {n}" for n in range(1, 12)}
    assert said(newest) == expected


def test_a_generation_is_a_file_of_its_own(folder: Path, journal: Journal) -> None:
    journal.save(made("one"))
    day = aged(folder, 1)
    journal.save(made("two"))
    with (folder / "journal.json").open("r+b") as file:
        file.write(b"\0" * 50)
    assert said(back(Journal(folder), find_backup(folder, day))) == {"one"}


def test_a_folder_that_takes_no_generation_does_not_stop_a_save(
    folder: Path, journal: Journal
) -> None:
    journal.save(made("one"))
    aged(folder, 1)
    (folder / "generations").write_text("a file")
    journal.save(made("two"))
    assert said(Journal(folder)) == {"one", "two"}


# Backups


def test_a_backup_holds_everything_and_opens_anywhere(
    folder: Path, journal: Journal, tmp_path: Path
) -> None:
    entry = journal.save(made("kept"))
    journal.trash(journal.save(made("thrown away")).id)
    with journal.drafts.open("d") as file:
        file.write(drafted("under way", id="d"))
    (folder / "settings.toml").write_text('lang = "en"')
    (folder / "flows").mkdir()
    (folder / "flows" / "own.toml").write_text("id = 'own'")
    (folder / "rights-2027-01.toml").write_text("rates = []")
    (folder / "journal.damaged-20261101T101010.json").write_text("broken")
    path = back_up(journal, tmp_path / "copy.coach")
    assert path.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(path) as archive:
        assert set(archive.namelist()) == {
            *("coach.json", "journal.json", "drafts/d.json", "settings.toml", "flows/own.toml"),
            "rights-2027-01.toml",
            "aside/journal.damaged-20261101T101010.json",
        }
    other = Journal(tmp_path / "other")
    former = read_state(other, path)
    planned = plan_restore(other, former)
    assert [one.id for one in planned.back] == [entry.id] and len(planned.drafts) == 1
    assert sorted(planned.files) == ["flows/own.toml", "rights-2027-01.toml", "settings.toml"]
    assert not planned.locks
    restore(other, former)
    assert revisions(other) == revisions(journal)
    assert [draft.entry.id for draft in other.drafts.list()] == ["d"]
    assert (other.folder / "flows" / "own.toml").read_text() == "id = 'own'"
    assert plan_restore(other, read_state(other, path)).empty


def test_a_backup_never_writes_over_a_file_unasked(journal: Journal, tmp_path: Path) -> None:
    journal.save(made("one"))
    (tmp_path / "copy.coach").write_text("precious")
    with pytest.raises(FileExistsError):
        back_up(journal, tmp_path / "copy.coach")
    assert (tmp_path / "copy.coach").read_text() == "precious"
    back_up(journal, tmp_path / "copy.coach", force=True)
    assert read_state(journal, tmp_path / "copy.coach").documents
    assert back_up(journal, tmp_path).parent == tmp_path


# Restores


def test_what_comes_and_goes_is_told_first_and_the_present_is_kept(
    folder: Path, journal: Journal, tmp_path: Path
) -> None:
    first, second = journal.save(made("first")), journal.save(made("second"))
    path = back_up(journal, tmp_path / "copy.coach")
    second.answers["text"] = "second, changed"
    journal.save(second)
    journal.trash(first.id)
    third = journal.save(made("third"))
    now = revisions(journal)
    former = read_state(journal, path)
    planned = plan_restore(journal, former)
    ids = [[one.id for one in part] for part in (planned.back, planned.gone, planned.former)]
    assert ids == [[first.id], [third.id], [second.id]]
    assert revisions(journal) == now  # nothing has happened yet
    kept = restore(journal, former)
    assert said(Journal(folder)) == {"first", "second"}
    # A damaged file must not bring back what was put away.
    (folder / "journal.json").write_bytes(b"")
    assert said(Journal(folder)) == {"first", "second"}
    assert revisions(back(Journal(folder), kept)) == now


def test_drafts_that_the_copy_lacks_stay(journal: Journal, tmp_path: Path) -> None:
    with journal.drafts.open("a") as file:
        file.write(drafted("old a", id="a"))
    path = back_up(journal, tmp_path / "copy.coach")
    for id in ("a", "b"):
        with journal.drafts.open(id) as file:
            file.write(drafted(f"new {id}", id=id))
    journal = back(journal, path)
    assert {d.entry.answers["text"] for d in journal.drafts.list()} == {"old a", "new b"}


def test_only_the_last_few_states_before_a_restore_are_kept(journal: Journal) -> None:
    for turn in range(8):
        journal.save(made(f"{turn}"))
        path = keep_present(journal)
        os.utime(path, (turn, turn))
    kept = list_backups(journal.folder)
    assert len(kept) == 5 and {one.kind for one in kept} == {"before"}


def test_an_open_session_is_not_restored_over(journal: Journal, tmp_path: Path) -> None:
    journal.save(made("one"))
    path = back_up(journal, tmp_path / "copy.coach")
    journal.save(made("two"))
    with journal.drafts.open("d"), pytest.raises(JournalError) as caught:
        restore(journal, read_state(journal, path))
    assert caught.value.key == "draft_open" and said(journal) == {"one", "two"}


def test_what_is_no_backup_is_refused(journal: Journal, tmp_path: Path) -> None:
    journal.save(made("one"))
    good = back_up(journal, tmp_path / "good.coach").read_bytes()
    path = tmp_path / "bad"
    for data, key in (
        (b"", "damaged"),
        (b"PK\x03\x04", "damaged"),
        (good[: len(good) // 2], "damaged"),
        (b'{"schema":1,"entries":[]}', "export"),
        (b'{"schema":99,"entries":{}}', "newer"),
    ):
        path.write_bytes(data)
        assert refused(lambda: read_state(journal, path)) == key, data[:20]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../evil", "x")
    assert refused(lambda: read_state(journal, path)) == "no_journal"
    for at in range(0, len(good), 7):
        path.write_bytes(good[:at] + bytes([good[at] ^ 255]) + good[at + 1 :])
        try:
            restored = read_state(journal, path)
        except BadBackup:
            continue
        assert all(one.head.id for one in restored.documents.values())
    assert refused(lambda: find_backup(tmp_path, "nothing")) == "missing"


# With a passphrase


def test_backups_and_generations_are_sealed_with_the_rest(folder: Path, journal: Journal) -> None:
    journal.save(made("zanzibar"))
    aged(folder, 3)
    journal.save(made("zanzibar two"))
    back_up(journal, None)
    lock(journal, "secret")
    back_up(journal, None)
    aged(folder, 1)
    journal.save(made("zanzibar three"))
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"]
    assert len([path for path in files if path.parent != folder]) >= 3
    assert all(sealing.is_sealed(path.read_bytes()) for path in files)
    oldest = list_backups(folder)[-1]
    assert oldest.kind == "generation"
    assert said(back(journal, oldest.path)) == {"zanzibar"}
    unlock(journal)
    assert all(read_state(journal, one.path).documents for one in list_backups(folder))


def test_a_sealed_backup_locks_the_folder_it_is_restored_in(
    journal: Journal, tmp_path: Path
) -> None:
    journal.save(made("zanzibar"))
    lock(journal, "secret")
    path = back_up(journal, tmp_path / "copy.coach")
    other = Journal(tmp_path / "other")
    other.save(made("dakar"))
    other.keyring.ask = lambda header, path: sealing.open_key(header, "secret")  # type: ignore[assignment,return-value]
    former = read_state(other, path)
    assert plan_restore(other, former).locks
    restore(other, former)
    assert said(other) == {"zanzibar"}
    again = Journal(other.folder)
    assert again.keyring.locked
    again.keyring.open("secret")
    assert said(again) == {"zanzibar"}
    for file in other.folder.rglob("*"):
        assert not file.is_file() or b"dakar" not in file.read_bytes()


STEPS = """
from pathlib import Path
import filelock, tinydb, zipfile
from killing import kill_at_each_step
from coach.disk import encryption as sealing
from coach.maintenance.backup import back_up
from coach.store.journal import Journal
from coach.maintenance.restore import read_state, restore
sealing.MEMORY, sealing.PASSES = 64, 1
folder, deed = Path(sys.argv[1]), sys.argv[2]

def prepare(there):
    journal = Journal(there)
    if journal.keyring.locked:
        journal.keyring.open("secret")
    if deed == "backup":
        return lambda: back_up(journal, there / "copy.coach")
    former = read_state(journal, folder / "copy.coach")
    return lambda: restore(journal, former)

print(kill_at_each_step(folder, prepare))
"""


def killed(folder: Path, deed: str) -> Iterator[Path]:
    steps = int(finished(python(STEPS, folder, deed)))
    assert steps > 5
    print(f"{deed}: {steps - 1} kills")
    yield from (folder / str(step) for step in range(1, steps + 1))


@pytest.mark.parametrize("sealed", [False, True])
def test_killed_at_each_step_of_a_restore(tmp_path: Path, sealed: bool) -> None:
    start = tmp_path / "start"
    journal = Journal(start)
    journal.save(made("old"))
    if sealed:
        lock(journal, "secret")
    back_up(journal, tmp_path / "copy.coach")
    journal.save(made("new"))
    with journal.drafts.open("d") as file:
        file.write(drafted("under way", id="d"))
    now = revisions(journal)
    outcomes = []
    for folder in killed(tmp_path, "restore"):
        journal = Journal(folder)
        if journal.keyring.locked:
            journal.keyring.open("secret")
        outcomes.append(len(said(journal)))
        assert said(journal) <= {"old", "new"}
        assert [d.entry.answers["text"] for d in journal.drafts.list()] == ["under way"]
        if outcomes[-1] == 1:
            kept = [one for one in list_backups(folder) if one.kind == "before"]
            assert revisions(back(journal, kept[0].path)) == now
    assert outcomes[0] == 2 and outcomes[-1] == 1 and outcomes == sorted(outcomes, reverse=True)


def test_killed_at_each_step_of_a_backup(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "start")
    journal.save(made("one"))
    for folder in killed(tmp_path, "backup"):
        if (folder / "copy.coach").exists():
            assert len(read_state(Journal(folder), folder / "copy.coach").documents) == 1
        assert said(Journal(folder)) == {"one"}
