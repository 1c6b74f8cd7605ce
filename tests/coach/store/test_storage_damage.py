"""Files that are damaged, missing, newer or older: set aside, told, brought back, never lost."""

import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from storage_support import drafted, made, revisions, said

from coach.store.entries import SCHEMA
from coach.store.journal import Journal, JournalError


def rows(data: bytes) -> dict[str, object]:
    parsed: dict[str, object] = json.loads(data)
    return parsed


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "blank": lambda data: b" \n",
    "half": lambda data: data[: len(data) // 2],
    "nuls": lambda data: b"\0" * len(data),
    "nuls inside": lambda data: data[:400] + b"\0" * 300 + data[700:],
    "bad utf-8": lambda data: data.replace("é".encode(), b"\xe9"),
    "a surrogate": lambda data: data.replace("é".encode(), b"\\ud800"),
    "a list": lambda data: b"[1, 2, 3]",
    "a number": lambda data: b"7",
    "not json": lambda data: b"<html>quota exceeded</html>",
    "table is a list": lambda data: b'{"schema":1,"entries":[]}',
    "table of text": lambda data: b'{"schema":1,"entries":{"1":"x"}}',
    "table with odd numbers": lambda data: data.replace(b'"1":', b'"one":'),
    "table gone": lambda data: b'{"schema":1,"x":{"1":2}}',
    "no table": lambda data: b'{"hello":"world"}',
    "schema is text": lambda data: data.replace(b'"schema":1,"entries"', b'"schema":"x","entries"'),
    "schema is negative": lambda data: b'{"schema":-3}',
    "entry without date": lambda data: data.replace(b'"date":', b'"day":'),
    "entry without answers": lambda data: data.replace(b'"answers":{', b'"answers":3,"x":{', 1),
    "two at once": lambda data: data + data,
    "nested": lambda data: b'{"schema":1,"entries":' + b"[" * 100_000,
}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("saves", [1, 2, 9])
def test_a_damaged_file_is_set_aside_and_all_confirmed_text_is_back(
    folder: Path, damage: str, saves: int
) -> None:
    journal = Journal(folder)
    kept = journal.save(made("été"))
    for turn in range(1, saves):
        journal.save(made(f"numéro {turn}"))
    changed = journal.get(kept.id)
    assert changed is not None
    changed.answers["text"] = "été 2"
    journal.save(changed)
    everything = revisions(journal)
    path = folder / "journal.json"
    good = path.read_bytes()
    bad = DAMAGE[damage](good)
    assert bad != good
    path.write_bytes(bad)  # in place, as a bad program or disk would

    again = Journal(folder)
    assert revisions(again) == everything and len(again.entries()) == saves
    [notice] = again.notices
    assert notice.key == "recovered" and notice.values["entries"] == str(saves)
    assert notice.values["reason"] == ("empty" if not bad.strip() else "damaged")
    aside = Path(notice.values["aside"])
    assert aside.parent == folder and aside.name.startswith("journal.damaged-2")
    assert aside.read_bytes() == bad and aside.stat().st_mode & 0o777 in (0o600, 0o644)

    third = Journal(folder)
    assert revisions(third) == everything and third.notices == []
    third.save(made("après"))
    assert len(Journal(folder).entries()) == saves + 1
    # A journal that was open all the while sees the same.
    assert "après" in said(journal) and everything < revisions(journal)


def test_damage_while_open_and_with_the_safety_files_gone_loses_nothing(folder: Path) -> None:
    journal = Journal(folder)
    for text in ("un", "deux"):
        journal.save(made(text))
    for name in ("journal.previous.json", "journal.recent.jsonl"):
        (folder / name).unlink()
    (folder / "journal.json").write_bytes(b"")
    assert said(journal) == {"un", "deux"}
    assert said(Journal(folder)) == {"un", "deux"}


def test_a_damaged_file_alone_gives_its_whole_lines(folder: Path) -> None:
    journal = Journal(folder)
    for number in range(10):
        journal.save(made(f"numéro {number}"))
    path = folder / "journal.json"
    data = path.read_bytes()
    shutil.rmtree(folder)
    folder.mkdir()
    path.write_bytes(data[: int(len(data) * 0.75)])
    assert said(Journal(folder)) == {f"numéro {number}" for number in range(7)}


@pytest.mark.parametrize("junk", [b"", b"\0\0\0", b"{half", b'\xff\xfe\n{"id":1}\n[]\n'])
def test_junk_in_the_safety_files_does_no_harm(folder: Path, junk: bytes) -> None:
    Journal(folder).save(made("un"))
    (folder / "journal.previous.json").write_bytes(junk)
    (folder / "journal.recent.jsonl").write_bytes(junk)
    journal = Journal(folder)
    journal.save(made("deux"))
    journal.save(made("trois"))
    (folder / "journal.json").write_bytes(b"")
    again = Journal(folder)
    assert said(again) == {"un", "deux", "trois"} and len(again.notices) == 1


def test_a_torn_line_does_not_swallow_the_next(folder: Path) -> None:
    journal = Journal(folder)
    for text in ("un", "deux"):
        journal.save(made(text))
    with (folder / "journal.recent.jsonl").open("ab") as recent:
        recent.write(b'{"schema":1,"id":"to')
    journal.save(made("trois"))
    (folder / "journal.json").write_bytes(b"")
    assert said(Journal(folder)) == {"un", "deux", "trois"}


def test_a_missing_file_is_brought_back_and_written_with_the_next_save(folder: Path) -> None:
    journal = Journal(folder)
    for text in ("un", "deux", "trois"):
        journal.save(made(text))
    (folder / "journal.json").unlink()
    before = sorted(p.name for p in folder.iterdir())
    again = Journal(folder)
    assert said(again) == {"un", "deux", "trois"}
    assert [(n.key, n.values["reason"]) for n in again.notices] == [("recovered", "missing")]
    assert sorted(p.name for p in folder.iterdir()) == before
    again.save(made("quatre"))
    last = Journal(folder)
    assert said(last) == {"un", "deux", "trois", "quatre"} and last.notices == []


def test_the_former_generation_is_never_the_file_in_force(folder: Path) -> None:
    journal = Journal(folder)
    for turn in range(5):
        journal.save(made(str(turn)))
        for one in [Journal(folder)] if turn % 2 else []:
            one.save(made("x"))
        path, previous = folder / "journal.json", folder / "journal.previous.json"
        assert not previous.exists() or previous.stat().st_ino != path.stat().st_ino


def test_a_file_that_another_program_put_there_is_made_safe_by_the_next_save(
    folder: Path, tmp_path: Path
) -> None:
    journal = Journal(folder)
    for text in ("un", "deux", "trois"):
        journal.save(made(text))
    other = Journal(tmp_path / "laptop")
    other.merge(journal.entries(history=True))
    other.save(made("de l'autre machine"))
    # As a synchroniser brings it: without the recent revisions that belong to it.
    (tmp_path / "laptop" / "journal.json").replace(folder / "journal.json")
    journal.save(made("quatre"))
    (folder / "journal.json").write_bytes(b"")
    assert said(Journal(folder)) == {"un", "deux", "trois", "quatre", "de l'autre machine"}


def test_the_recent_revisions_are_begun_again(folder: Path) -> None:
    journal = Journal(folder)
    sizes = []
    for turn in range(8):
        journal.save(made("x" * 200_000 + str(turn)))
        sizes.append((folder / "journal.recent.jsonl").stat().st_size)
    assert max(sizes) < 1_100_000 and sizes != sorted(sizes)
    (folder / "journal.json").write_bytes(b"")
    assert len(Journal(folder).entries()) == 8


def test_opening_a_good_journal_writes_nothing(folder: Path) -> None:
    journal = Journal(folder)
    journal.save(made("un"))
    with journal.drafts.open("d") as file:
        file.write(drafted("x", id="d"))

    def state() -> dict[str, tuple[int, int, int]]:
        found = [folder, *folder.rglob("*")]
        return {str(p): (s.st_ino, s.st_mtime_ns, s.st_size) for p in found for s in [p.stat()]}

    before = state()
    again = Journal(folder)
    assert again.entries() and again.drafts.list() and again.find("") and not again.read_only
    assert again.notices == [] and state() == before


def test_orphans_of_a_killed_process_are_swept(folder: Path) -> None:
    journal = Journal(folder)
    journal.save(made("un"))
    orphans = [
        folder / ".journal.json.999999-1.tmp",
        folder / ".journal.previous.json.999999-2.tmp",
        folder / ".journal.recent.jsonl.999999-3.tmp",
    ]
    other = folder / ".photo.tmp"
    for path in (*orphans, other):
        path.write_bytes(b"half")
    with journal._storage.lock:  # somebody writes: the file may be theirs
        assert said(Journal(folder)) == {"un"}
        assert all(path.exists() for path in orphans)
    assert said(Journal(folder)) == {"un"}
    assert not any(path.exists() for path in orphans) and other.exists()


def test_a_newer_file_is_read_and_never_written(folder: Path) -> None:
    Journal(folder).save(made("un"))
    path = folder / "journal.json"
    newer = rows(path.read_bytes()) | {"schema": SCHEMA + 4, "more": {"1": 2}}
    newer["entries"]["2"] = {"shape": "unknown"}  # type: ignore[index]
    path.write_text(json.dumps(newer))
    before = path.read_bytes()
    journal = Journal(folder)
    assert journal.read_only and said(journal) == {"un"}
    [notice] = journal.notices
    assert notice.key == "newer" and notice.values["version"] == str(SCHEMA + 4)
    kept = journal.entries()[0].id
    with journal.drafts.open("d") as file:
        file.write(drafted())
        for write in (
            lambda: journal.save(made()),
            lambda: journal.trash(kept),
            lambda: journal.merge([made()]),
            lambda: journal.finish(file, drafted()),
            lambda: journal.discard(file),
        ):
            with pytest.raises(JournalError) as caught:
                write()
            assert caught.value.key == "newer" and caught.value.values["version"] == "5"
        assert file.read_draft() is not None
    assert path.read_bytes() == before


def test_a_newer_file_with_a_shape_of_its_own_opens_empty(folder: Path) -> None:
    folder.mkdir()
    (folder / "journal.json").write_text('{"schema": 99, "sealed": "abc", "entries": [1]}')
    journal = Journal(folder)
    assert journal.entries() == [] and journal.read_only
    with pytest.raises(JournalError):
        journal.save(made())
    assert "sealed" in (folder / "journal.json").read_text()


@given(st.data())
def test_whatever_bytes_stand_there_opening_never_fails(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        journal = Journal(folder)
        for turn in range(3):
            journal.save(made(f"été {turn}"))
        everything = revisions(journal)
        for name in ("journal.json", "journal.previous.json", "journal.recent.jsonl"):
            path = folder / name
            if name != "journal.json" and not data.draw(st.booleans()):
                continue
            whole = path.read_bytes()
            at = data.draw(st.integers(0, len(whole)))
            end = data.draw(st.integers(at, min(len(whole), at + 400)))
            path.write_bytes(whole[:at] + data.draw(st.binary(max_size=30)) + whole[end:])
            untouched = name == "journal.json"
        again = Journal(folder)
        again.entries(history=True)
        again.entries(trash=True)
        if untouched and any(notice.key == "recovered" for notice in again.notices):
            assert everything <= revisions(again)
        again.save(made("après"))
        assert "après" in {entry.answers.get("text") for entry in Journal(folder).entries()}
