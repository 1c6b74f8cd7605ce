"""Files put back by hand or by a synchroniser: what was confirmed survives, and is told once."""

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scale import scaled
from storage_support import made, revisions, said

from coach.disk import encryption as sealing
from coach.disk.atomic_files import absent
from coach.maintenance.backup import back_up
from coach.maintenance.passphrase import lock, settle, unlock
from coach.maintenance.restore import read_state, restore
from coach.store.file_format import parse
from coach.store.journal import Journal
from coach.util.clock import now

DAYS = ("lundi", "mardi", "mercredi", "jeudi")


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that cost little to derive, and no waiting for the disk."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    monkeypatch.setattr(sealing, "MEMORY", 64)
    monkeypatch.setattr(sealing, "PASSES", 1)


def opened(folder: Path) -> Journal:
    """The journal as a command that begins now opens it."""
    journal = Journal(folder)
    if journal.keyring.locked:
        journal.keyring.open("right")
    return journal


def started(folder: Path, *, sealed: bool) -> Journal:
    journal = Journal(folder)
    if sealed:
        journal.save(made("premier"))
        lock(journal, "right")
    return journal


def in_place(copy: Path, target: Path) -> None:
    """As `cp` does."""
    target.write_bytes(copy.read_bytes())


def kept_time(copy: Path, target: Path) -> None:
    """As `cp -p` or a synchroniser does: another file, last written when the copy was."""
    shutil.copy2(copy, target.with_name("x"))
    target.with_name("x").replace(target)


def moved(copy: Path, target: Path) -> None:
    copy.replace(target)


WAYS = (in_place, kept_time, moved)


def told(journal: Journal) -> list[str]:
    keys = [notice.key for notice in journal.notices]
    journal.notices.clear()
    return keys


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize("app", [False, True])
def test_an_older_journal_put_back_loses_nothing_and_is_told_once(
    folder: Path, tmp_path: Path, way: Callable[[Path, Path], None], sealed: bool, app: bool
) -> None:
    journal = started(folder, sealed=sealed)
    copy = tmp_path / "copy.json"
    for day in DAYS:
        journal.save(made(day))
        if not app:
            journal = opened(folder)
        if day == "mardi":
            shutil.copy2(folder / "journal.json", copy)
    way(copy, folder / "journal.json")
    journal = journal if app else opened(folder)
    journal.save(made("vendredi"))
    everything = {*DAYS, "vendredi"} | ({"premier"} if sealed else set())
    assert said(journal) == everything and told(journal) == ["rejoined"]
    for again in (opened(folder), opened(folder)):
        assert said(again) == everything and told(again) == []
    # Each file that is to bring it back has it, too.
    (folder / "journal.json").write_bytes(b"")
    assert said(opened(folder)) == everything


@pytest.mark.parametrize("sealed", [False, True])
def test_reading_is_enough_to_bring_it_back(folder: Path, tmp_path: Path, sealed: bool) -> None:
    journal = started(folder, sealed=sealed)
    journal.save(made("lundi"))
    shutil.copy2(folder / "journal.json", tmp_path / "copy.json")
    entry = next(one for one in journal.entries() if one.answers["text"] == "lundi")
    entry.answers["text"] = "lundi, mieux"
    journal.save(entry)
    journal.save(made("mardi"))
    kept = revisions(journal)
    in_place(tmp_path / "copy.json", folder / "journal.json")
    again = opened(folder)
    assert revisions(again) == kept and [n.values["entries"] for n in again.notices] == ["2"]
    assert "lundi, mieux" in said(again) and "lundi" not in said(again)
    # It stands in the file again, on its own.
    data = opened(folder).keyring
    if data.locked:
        data.open("right")
    whole = data.unseal((folder / "journal.json").read_bytes(), folder / "journal.json")
    assert {one for d in parse(whole).documents.values() for one in d.head.revisions} == kept


@pytest.mark.parametrize("sealed", [False, True])
def test_a_whole_folder_put_back_under_an_open_window_loses_nothing(
    folder: Path, tmp_path: Path, sealed: bool
) -> None:
    window = started(folder, sealed=sealed)
    window.save(made("lundi"))
    shutil.copytree(folder, tmp_path / "copy")
    window.save(made("mardi"))
    window.save(made("mercredi"))
    kept = revisions(window)
    for path in (tmp_path / "copy").glob("journal*"):
        in_place(path, folder / path.name)
    assert revisions(window) == kept and told(window) == ["rejoined"]
    assert revisions(opened(folder)) == kept
    window.save(made("jeudi"))
    assert kept < revisions(opened(folder)) and told(window) == []


@pytest.mark.parametrize("sealed", [False, True])
def test_the_journal_of_another_machine_in_its_place_is_joined(
    folder: Path, tmp_path: Path, sealed: bool
) -> None:
    journal = started(folder, sealed=sealed)
    journal.save(made("départ"))
    shutil.copytree(folder, tmp_path / "other")
    other = opened(tmp_path / "other")
    other.save(made("là-bas"))
    journal.save(made("ici"))
    for path in (tmp_path / "other").glob("journal.*json*"):
        if path.name.startswith("journal.log."):
            continue  # it has a name of its own
        kept_time(path, folder / path.name)
    assert {"départ", "ici", "là-bas"} <= said(opened(folder))


@pytest.mark.parametrize("app", [False, True])
@pytest.mark.parametrize("sealed", [False, True])
def test_two_machines_and_a_folder_where_the_last_writer_wins(
    tmp_path: Path, app: bool, sealed: bool
) -> None:
    folders = (tmp_path / "a", tmp_path / "b")
    first = started(folders[0], sealed=sealed)
    first.entries()
    folders[0].mkdir(exist_ok=True)
    shutil.copytree(folders[0], folders[1])
    windows = [first, opened(folders[1])]
    confirmed = set()
    for turn in range(3):
        for number, folder in enumerate(folders):
            journal = windows[number] if app else opened(folder)
            confirmed.add(journal.save(made(f"{number}-{turn}")).revision)
        if turn != 1:
            synchronise(*folders)
    synchronise(*folders)
    for journal in [*windows, *map(opened, folders)] if app else map(opened, folders):
        assert confirmed <= revisions(journal)


def synchronise(one: Path, other: Path) -> None:
    """Each file as it was last written on either side, the loser of two overwritten."""
    names = {path.name for folder in (one, other) for path in folder.glob("journal*")}
    for name in sorted(names):
        sides = [folder / name for folder in (one, other) if (folder / name).exists()]
        newest = max(sides, key=lambda path: path.stat().st_mtime_ns)
        for folder in (one, other):
            if newest.parent != folder and not name.endswith(".lock"):
                shutil.copy2(newest, folder / ".x")
                (folder / ".x").replace(folder / name)


def test_a_generation_is_not_replaced_by_a_poorer_one(folder: Path, tmp_path: Path) -> None:
    journal = Journal(folder)
    journal.save(made("lundi"))
    shutil.copy2(folder / "journal.json", tmp_path / "copy.json")
    journal.save(made("mardi"))
    yesterday = now().timestamp() - 86_400
    os.utime(folder / "journal.json", (yesterday, yesterday))
    Journal(folder).save(made("mercredi"))
    [generation] = (folder / "generations").iterdir()
    assert len(parse(generation.read_bytes()).documents) == 2
    kept_time(tmp_path / "copy.json", folder / "journal.json")
    os.utime(folder / "journal.json", (yesterday, yesterday))
    Journal(folder).save(made("jeudi"))
    assert len(parse(generation.read_bytes()).documents) == 2
    assert said(Journal(folder)) == {"lundi", "mardi", "mercredi", "jeudi"}


def test_a_day_that_ended_with_a_poorer_file_has_a_whole_generation(
    folder: Path, tmp_path: Path
) -> None:
    journal = Journal(folder)
    journal.save(made("lundi"))
    shutil.copy2(folder / "journal.json", tmp_path / "copy.json")
    journal.save(made("mardi"))
    kept_time(tmp_path / "copy.json", folder / "journal.json")
    yesterday = now().timestamp() - 86_400
    os.utime(folder / "journal.json", (yesterday, yesterday))
    Journal(folder).save(made("mercredi"))
    [generation] = (folder / "generations").iterdir()
    assert len(parse(generation.read_bytes()).documents) == 2


@pytest.mark.parametrize("sealed", [False, True])
def test_a_restore_drops_on_purpose_and_it_stays_so(
    folder: Path, tmp_path: Path, sealed: bool
) -> None:
    journal = started(folder, sealed=sealed)
    journal.save(made("lundi"))
    kept = said(journal)
    copy = back_up(journal, tmp_path / "copy.coach")
    journal.save(made("mardi"))
    window = opened(folder)
    assert "mardi" in said(window)
    restore(journal, read_state(journal, copy))
    assert said(journal) == said(window) == said(opened(folder)) == kept
    assert told(window) == told(journal) == []
    window.save(made("mercredi"))
    shutil.copytree(folder, tmp_path / "elsewhere")  # where each file is another one
    for one in (journal, window, opened(folder), opened(tmp_path / "elsewhere")):
        assert said(one) == kept | {"mercredi"}
    (folder / "journal.json").write_bytes(b"")
    assert said(opened(folder)) == kept | {"mercredi"}


def test_locking_and_unlocking_keep_what_machines_logged(folder: Path) -> None:
    journal = Journal(folder)
    journal.save(made("lundi"))
    journal.save(made("mardi"))
    lock(journal, "right")
    assert b"lundi" not in b"".join(p.read_bytes() for p in folder.glob("journal*"))
    opened(folder).save(made("mercredi"))
    journal = opened(folder)
    settle(journal)
    unlock(journal)
    for name in ("journal.json", "journal.previous.json", "journal.recent.jsonl"):
        (folder / name).unlink()
    assert said(Journal(folder)) == {"lundi", "mardi", "mercredi"}


def test_nothing_is_read_again_while_nothing_changed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(folder)
    for day in DAYS:
        journal.save(made(day))

    def read_whole(path: Path) -> object:
        raise AssertionError(path)

    monkeypatch.setattr("coach.store.recovery_files.bytes_of", read_whole)
    for turn in range(3):
        journal.save(made(f"encore {turn}"))
        again = Journal(folder)
        again.save(made(f"ailleurs {turn}"))
        assert len(journal.entries()) == len(Journal(folder).entries()) == 6 + 2 * turn


def test_the_log_of_a_machine_that_came_no_more_is_dropped_once_it_is_joined(
    folder: Path, tmp_path: Path
) -> None:
    other = Journal(tmp_path / "other")
    other.save(made("là-bas"))
    [log] = (tmp_path / "other").glob("journal.log.*")
    Journal(folder).save(made("ici"))
    shutil.copy(log, folder)
    log = folder / log.name
    assert said(Journal(folder)) == {"ici", "là-bas"} and log.exists()
    Journal(folder).save(made("plus tard"))
    assert log.exists()
    os.utime(log, (now().timestamp() - 40 * 86_400,) * 2)
    Journal(folder).save(made("bien plus tard"))
    assert not log.exists()
    assert said(Journal(folder)) == {"ici", "là-bas", "plus tard", "bien plus tard"}


# Whatever is put back, in whatever order

FILES = ("journal.json", "journal.previous.json", "journal.recent.jsonl")
STEP = st.one_of(
    st.just(("save", 0, 0)),
    st.just(("edit", 0, 0)),
    st.just(("trash", 0, 0)),
    st.just(("open", 0, 0)),
    st.just(("window", 0, 0)),
    st.tuples(st.sampled_from(FILES), st.integers(0, 9), st.sampled_from((0, 1))),
    st.tuples(st.just("delete"), st.integers(0, 2), st.just(0)),
)


def states(folder: Path, other: Journal) -> list[dict[str, bytes]]:
    """What a synchroniser of another machine may bring."""
    return [{name: (other.folder / name).read_bytes() for name in FILES if there(other, name)}]


def there(journal: Journal, name: str) -> bool:
    return not absent(journal.folder / name)


@given(st.lists(STEP, min_size=4, max_size=14), st.booleans(), st.booleans())
@settings(max_examples=scaled(40, 2000), deadline=None)
def test_every_confirmed_revision_survives_whatever_is_put_back(
    steps: list[tuple[str, int, int]], sealed: bool, app: bool
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "coach"
        journal = started(folder, sealed=sealed)
        confirmed = {journal.save(made("premier")).revision}
        other = Journal(Path(name) / "other")
        for turn in range(2):
            other.save(made(f"là-bas {turn}"))
        kept = [] if sealed else states(folder, other)
        for turn, (what, which, way) in enumerate(steps):
            kept.append({n: (folder / n).read_bytes() for n in FILES if not absent(folder / n)})
            if what in FILES:
                data = kept[which % len(kept)].get(what)
                if data is not None and way:
                    (folder / what).write_bytes(data)
                elif data is not None:
                    (folder / "x").write_bytes(data)
                    (folder / "x").replace(folder / what)
                continue
            if what == "delete":
                (folder / FILES[which]).unlink(missing_ok=True)
                continue
            if not app or what == "window":
                journal = opened(folder)
            if what == "save":
                confirmed.add(journal.save(made(f"texte {turn}")).revision)
            elif what in ("edit", "trash"):
                known = sorted(journal.entries(), key=lambda one: one.id)
                with suppress(IndexError):
                    entry = known[turn % len(known) if known else 0]
                    if what == "trash":
                        confirmed.add(journal.trash(entry.id).revision)
                    else:
                        entry.answers = {"text": f"autre {turn}"}
                        confirmed.add(journal.save(entry).revision)
            assert confirmed <= revisions(journal)
        assert confirmed <= revisions(opened(folder))
        if app:
            assert confirmed <= revisions(journal)
