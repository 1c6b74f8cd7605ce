"""Drafts: written in the background and by signal handlers, ended without loss or doubling."""

import os
import signal
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from storage_support import drafted, finished, made, python, said
from test_storage_crash import killed_everywhere

from coach.disk.atomic_files import write_all
from coach.store.draft_file import DraftFile, DraftOpenElsewhere, DraftWriter
from coach.store.entries import Draft
from coach.store.journal import Journal, JournalError


def text_of(draft: Draft | None) -> str | None:
    return None if draft is None else str(draft.entry.answers["text"])


def test_a_draft_comes_back_as_it_was(journal: Journal) -> None:
    draft = drafted("été", id="d", base="r1")
    draft.step, draft.item, draft.declined = "rows", "one", ["n1"]
    with journal.drafts.open("d") as file:
        assert file.read_draft() is None and file.saved_at == ""
        file.write(draft)
        back = file.read_draft()
    assert back is not None and back.saved_at == file.saved_at > draft.entry.created_at
    draft.saved_at = back.saved_at
    assert back == draft == journal.drafts.read_draft("d") and journal.drafts.list() == [draft]
    assert journal.entries() == [] and journal.drafts.read_draft("other") is None


def test_drafts_are_listed_newest_first(journal: Journal) -> None:
    for name in ("a", "b", "c"):
        with journal.drafts.open(name) as file:
            file.write(drafted(name, id=name))
    with journal.drafts.open("a") as file:
        file.write(drafted("a2", id="a"))
    assert [text_of(d) for d in journal.drafts.list()] == ["a2", "c", "b"]


def test_a_draft_open_in_one_place_is_refused_to_another(journal: Journal, folder: Path) -> None:
    with journal.drafts.open("d") as file:
        file.write(drafted("un", id="d"))
        for other in (journal, Journal(folder)):
            with pytest.raises(DraftOpenElsewhere) as caught:
                other.drafts.open("d")
            assert isinstance(caught.value, JournalError) and caught.value.key == "draft_open"
            assert text_of(other.drafts.read_draft("d")) == "un"
        journal.drafts.open("e").close()
        script = """
from pathlib import Path
from coach.store.journal import Journal, JournalError
try:
    Journal(Path(sys.argv[1])).drafts.open("d")
except JournalError as error:
    print(error.key)
"""
        assert finished(python(script, folder)).strip() == "draft_open"
    journal.drafts.open("d").close()


def test_the_draft_of_a_dead_process_can_be_opened(journal: Journal, folder: Path) -> None:
    script = """
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from storage_support import drafted
from coach.store.journal import Journal
file = Journal(Path(sys.argv[1])).drafts.open("d")
for turn in range(10**6):
    file.write(drafted(f"{turn}" + "x" * 50_000, id="d"))
    print(turn, flush=True)
"""
    child = python(script, folder)
    assert child.stdout is not None
    while child.stdout.readline() != "20\n":
        pass
    os.kill(child.pid, signal.SIGKILL)
    last = [20, *map(int, child.communicate()[0].split("\n")[:-1])][-1]
    (folder / "drafts" / ".d.json.1-1.tmp").write_bytes(b"half")
    with journal.drafts.open("d") as file:
        draft = text_of(file.read_draft())
        assert draft is not None and int(draft.rstrip("x")) in (last, last + 1)
    assert [p.name for p in (folder / "drafts").iterdir() if p.name[0] == "."] == []


def test_orphans_of_other_drafts_are_swept_unless_they_are_open(
    journal: Journal, folder: Path
) -> None:
    with journal.drafts.open("open"):
        orphans = [folder / "drafts" / f".{name}.json.1-1.tmp" for name in ("open", "gone")]
        for orphan in orphans:
            orphan.write_bytes(b"half")
        assert journal.drafts.list() == []
        assert [orphan.exists() for orphan in orphans] == [True, False]


@pytest.mark.parametrize("bad", [b"", b"{", b"\0" * 90, b"[]", b'{"entry":{}}', b'"\xff"'])
def test_a_broken_draft_is_set_aside_and_told(journal: Journal, folder: Path, bad: bytes) -> None:
    with journal.drafts.open("good") as file:
        file.write(drafted("bon", id="good"))
    path = folder / "drafts" / "bad.json"
    path.write_bytes(bad)
    assert [text_of(d) for d in journal.drafts.list()] == ["bon"]
    [notice] = journal.notices
    assert notice.key == "draft_damaged" and Path(notice.values["aside"]).read_bytes() == bad
    assert not path.exists() and len(journal.drafts.list()) == 1 and len(journal.notices) == 1
    with journal.drafts.open("bad") as file:
        assert file.read_draft() is None
        file.write(drafted("neuf", id="bad"))
    assert len(journal.drafts.list()) == 2


def test_a_draft_of_a_newer_version_is_left_alone(journal: Journal, folder: Path) -> None:
    with journal.drafts.open("d") as file:
        file.write(drafted("un", id="d"))
    path = folder / "drafts" / "d.json"
    path.write_bytes(path.read_bytes().replace(b'{"schema":1', b'{"schema":7', 1))
    assert journal.drafts.list() == [] and journal.drafts.read_draft("d") is None
    assert {n.key for n in journal.notices} == {"draft_newer"} and path.exists()


@pytest.mark.parametrize("entry_id", ["../x", "a/b", "", ".", "CON:", "é" * 300, "a" * 200])
def test_an_id_from_elsewhere_never_names_a_path(
    journal: Journal, folder: Path, entry_id: str
) -> None:
    with journal.drafts.open(entry_id) as file:
        file.write(drafted("un", id=entry_id))
        assert file.path.parent == folder / "drafts"
    assert text_of(journal.drafts.read_draft(entry_id)) == "un"
    assert [d.entry.id for d in journal.drafts.list()] == [entry_id]


# Writing, from several places at once


def test_an_older_write_never_comes_after_a_newer(journal: Journal) -> None:
    with journal.drafts.open("d") as file:
        early, late = file.number(), file.number()
        file.write_bytes(late, *file.encode(drafted("neuf", id="d")))
        file.write_bytes(early, *file.encode(drafted("vieux", id="d")))
        assert text_of(file.read_draft()) == "neuf"
        waiting = (file.number(), *file.encode(drafted("vieux", id="d")))
        file.remove()
        file.write_bytes(*waiting)
        assert file.read_draft() is None
        file.write(drafted("de nouveau", id="d"))
        assert text_of(file.read_draft()) == "de nouveau"
    file.write(drafted("fermé", id="d"))
    assert text_of(journal.drafts.read_draft("d")) == "de nouveau"


@pytest.mark.parametrize("step", ["fsync", "replace", "open", "unlink"])
def test_a_handler_may_write_in_the_midst_of_a_write(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with journal.drafts.open("d") as file:
        original = getattr(os, step)
        done: list[bool] = []

        def interrupted(*arguments: object, **options: object) -> object:
            if not done:
                done.append(True)
                file.write(drafted("du signal", id="d"))
            return original(*arguments, **options)

        replace, placed = os.replace, []

        def noted(source: Path, target: Path) -> None:
            placed.append(target)
            replace(source, target)

        monkeypatch.setattr(os, "replace", noted)
        monkeypatch.setattr(os, step, interrupted)
        file.write(drafted("du clavier", id="d"))
        assert done and text_of(file.read_draft()) == "du signal"
        if step in ("open", "fsync"):  # what was overtaken never reaches the file
            assert placed == [file.path]
    assert len(list(file.path.parent.glob(".*"))) == 0


def test_a_hanging_disk_does_not_stop_the_last_try(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.store.draft_file._WAIT", 0.05)
    release = threading.Event()
    hung = threading.Event()

    def hang(handle: int, data: bytes) -> None:
        if threading.current_thread() is not threading.main_thread():
            hung.set()
            release.wait(10)
        write_all(handle, data)

    monkeypatch.setattr("coach.disk.atomic_files.write_all", hang)
    with journal.drafts.open("d") as file:
        writer = DraftWriter(file)
        writer.put(drafted("vieux", id="d"))
        assert hung.wait(5)
        writer.write_now(drafted("dernier", id="d"))
        assert text_of(file.read_draft()) == "dernier"
        release.set()
        assert writer.close()
        assert text_of(file.read_draft()) == "dernier"


def test_the_writer_keeps_the_latest_and_never_waits(journal: Journal) -> None:
    with journal.drafts.open("d") as file:
        writer = DraftWriter(file)
        assert writer.flush()
        draft = drafted("", id="d")
        start = time.perf_counter()
        for turn in range(200):
            draft.entry.answers["text"] = f"{turn}"
            writer.put(draft)
        took = time.perf_counter() - start
        draft.entry.answers["text"] = "changed after it was put"
        assert writer.flush() and writer.error is None
        assert text_of(file.read_draft()) == "199" and took < 1
        draft.entry.answers["text"] = object()
        writer.put(draft)
        assert writer.error is not None and writer.error.key == "not_storable"
        writer.put(drafted("bien", id="d"))
        assert writer.flush() and writer.error is None
        writer.put(drafted("fin", id="d"))
        assert writer.close() and text_of(file.read_draft()) == "fin"


SIGNALLED = """
import itertools, os, random, signal, time
from pathlib import Path
from storage_support import drafted
from coach.store.draft_file import DraftWriter
from coach.store.journal import Journal
import filelock
folder, draw = Path(sys.argv[1]), random.Random(7)
for turn in range(25):
    into, out = os.pipe()
    child = os.fork()
    if not child:
        file = Journal(folder).drafts.open(f"d{turn}")
        writer = DraftWriter(file)
        def handler(*_):
            writer.write_now(drafted("du signal", id=f"d{turn}"))
            os._exit(0)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, handler)
        for count in itertools.count():
            (writer.put if turn % 2 else file.write)(drafted(f"{count}" * 500, id=f"d{turn}"))
            if count == 2:
                os.write(out, b"x")
    os.read(into, 1)
    time.sleep(draw.uniform(0, 0.02))
    os.kill(child, (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)[turn % 3])
    for _ in range(500):
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            break
        time.sleep(0.01)
    else:
        os.kill(child, signal.SIGKILL)
        sys.exit(f"{turn}: deadlock")
    assert status == 0, status
"""


def test_a_signal_at_any_moment_costs_nothing_typed(journal: Journal, folder: Path) -> None:
    finished(python(SIGNALLED, folder))
    assert [text_of(draft) for draft in journal.drafts.list()] == ["du signal"] * 25
    assert journal.notices == []


# How drafts end


def test_finishing_keeps_the_entry_and_removes_the_draft(journal: Journal) -> None:
    with journal.drafts.open("d") as file:
        file.write(drafted("avant", id="d"))
        entry = journal.finish(file, drafted("après", id="d"))
        assert entry.status == "done" and entry.answers["text"] == "après"
        assert file.read_draft() is None
    assert journal.drafts.list() == [] and said(journal) == {"après"} and journal.notices == []


def test_a_change_made_elsewhere_meanwhile_is_kept_and_told(journal: Journal, folder: Path) -> None:
    kept = journal.save(made("un", id="d"))
    draft = drafted("mien", id="d", base=kept.revision)
    with journal.drafts.open("d") as file:
        file.write(draft)
        assert not journal.overtaken(draft)
        other = Journal(folder).save(made("autre", id="d"))
        assert journal.overtaken(draft)
        entry = journal.finish(file, draft)
    assert [r["answers"]["text"] for r in entry.history] == ["un", "autre"]
    assert said(journal) == {"mien"}
    [notice] = journal.notices
    assert notice.key == "both_kept"
    assert notice.values == {"id": "d", "revision": other.revision}


def test_a_discarded_draft_is_in_the_trash_and_can_be_taken_up_again(journal: Journal) -> None:
    with journal.drafts.open("d") as file:
        file.write(drafted("perdu", id="d"))
        journal.discard(file)
    assert journal.drafts.list() == [] and journal.entries() == []
    assert said(journal, trash=True) == {"perdu"}
    back = journal.restore("d")
    assert back.status == "draft" and back.deleted_at is None
    assert [text_of(d) for d in journal.drafts.list()] == ["perdu"]
    assert journal.entries() == journal.entries(trash=True) == []
    with pytest.raises(JournalError) as caught:
        journal.restore("d")
    assert caught.value.key == "draft_exists"
    with journal.drafts.open("d") as file:
        draft = file.read_draft()
        assert draft is not None
        with pytest.raises(DraftOpenElsewhere):
            journal.restore("d")
        journal.finish(file, draft)
    assert said(journal) == {"perdu"} and journal.notices == []
    assert journal.entries(trash=True) == []


def test_a_restored_draft_whose_file_is_lost_is_in_the_trash_again(
    journal: Journal, folder: Path
) -> None:
    with journal.drafts.open("d") as file:
        file.write(drafted("perdu", id="d"))
        journal.discard(file)
    journal.restore("d")
    (folder / "drafts" / "d.json").unlink()
    assert said(journal, trash=True) == {"perdu"}
    journal.restore("d")
    assert len(journal.drafts.list()) == 1 and journal.entries(trash=True) == []


def test_discarding_a_change_leaves_the_kept_entry_as_it_is(journal: Journal) -> None:
    kept = journal.save(made("gardé", id="d"))
    with journal.drafts.open("d") as file:
        file.write(drafted("changement", id="d", base=kept.revision))
        journal.discard(file)
    assert journal.get("d") == kept and said(journal, trash=True) == {"changement"}
    [gone] = journal.entries(trash=True)
    assert gone.id != "d" and journal.drafts.list() == []
    journal.restore(gone.id)
    assert [text_of(d) for d in journal.drafts.list()] == ["changement"]


def test_a_draft_without_a_word_leaves_nothing(journal: Journal) -> None:
    with journal.drafts.open("d") as file:
        journal.discard(file)
        file.write(drafted("", id="d"))
        journal.discard(file)
        assert file.read_draft() is None
    assert journal.entries(trash=True) == []
    with journal.drafts.open("d") as file:
        file.write(drafted("", id="d", answers={"text": "", "energy": 4}))
        journal.discard(file)
    assert len(journal.entries(trash=True)) == 1


def test_reopening_a_kept_entry_unchanged_is_still_a_draft(journal: Journal) -> None:
    kept = journal.save(made("un", id="d"))
    with journal.drafts.open("d") as file:
        file.write(Draft(entry=kept, base=kept.revision))
    assert [text_of(d) for d in journal.drafts.list()] == ["un"]


def test_a_clock_set_back_neither_drops_a_draft_nor_brings_one_back(folder: Path) -> None:
    moments = [datetime(2026, 11, 22, tzinfo=UTC) - timedelta(days=turn) for turn in range(99)]
    journal = Journal(folder, clock=lambda: moments.pop(0))
    kept = journal.save(made("un", id="d"))
    with journal.drafts.open("d") as file:
        file.write(Draft(entry=kept, base=kept.revision))
        assert len(journal.drafts.list()) == 1
        data = file.path.read_bytes()
        journal.finish(file, Draft(entry=kept, base=kept.revision))
        file.path.write_bytes(data)  # as if killed before it was removed
    assert journal.drafts.list() == [] and not file.path.exists()


@pytest.mark.parametrize("kept", [False, True])
def test_killed_at_each_step_of_finishing(tmp_path: Path, kept: bool) -> None:
    start = Journal(tmp_path / "start")
    start.save(made("autre"))
    if kept:
        start.save(made("former", id="new"))
    with start.drafts.open("new") as file:
        # What is finished is newer than what was last put in the file.
        file.write(drafted("vieux", id="new"))
    seen = set()
    for folder in killed_everywhere(tmp_path, "finish"):
        journal = Journal(folder)
        drafts, entries = journal.drafts.list(), said(journal)
        # In one place or the other, never in none and never in both.
        assert (len(drafts), "new" in entries) in ((1, False), (0, True)), folder
        seen.add("new" in entries)
        assert entries >= {"autre"} and [text_of(d) for d in drafts] in ([], ["vieux"], ["new"])
        assert len(list((folder / "drafts").glob("*.json"))) == len(drafts)
        entry = journal.get("new")
        assert "new" not in entries or (entry is not None and len(entry.history) == int(kept))
    assert seen == {False, True}


@pytest.mark.parametrize("deed", ["discard", "discard_change"])
def test_killed_at_each_step_of_discarding(tmp_path: Path, deed: str) -> None:
    name = "new" if deed == "discard" else "kept"
    start = Journal(tmp_path / "start")
    start.save(made("autre", id="kept"))
    with start.drafts.open(name) as file:
        file.write(drafted("new", id=name))
    seen = set()
    for folder in killed_everywhere(tmp_path, deed):
        journal = Journal(folder)
        drafts, trash = journal.drafts.list(), said(journal, trash=True)
        assert (len(drafts), trash) in ((1, set()), (0, {"new"})), folder
        assert said(journal) == {"autre"}
        seen.add(len(drafts))
    assert seen == {0, 1}


def test_killed_at_each_step_of_restoring_a_draft(tmp_path: Path) -> None:
    start = Journal(tmp_path / "start")
    with start.drafts.open("new") as file:
        file.write(drafted("new", id="new"))
        start.discard(file)
    for folder in killed_everywhere(tmp_path, "restore"):
        journal = Journal(folder)
        places = [text_of(d) for d in journal.drafts.list()] + sorted(said(journal, trash=True))
        assert places and set(places) == {"new"}


def test_saving_a_draft_reads_nothing_of_the_journal(journal: Journal, folder: Path) -> None:
    folder.mkdir()
    (folder / "journal.json").mkdir()  # reading it would fail
    file: DraftFile
    with journal.drafts.open("d") as file:
        file.write(drafted("un", id="d"))
        assert text_of(file.read_draft()) == "un"
