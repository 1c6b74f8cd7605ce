"""What the journal keeps and gives back, in one process."""

import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from storage_support import drafted, made, revisions, said
from tinydb import TinyDB

from coach.store.journal import Journal, JournalError


def test_nothing_is_made_before_the_first_save(journal: Journal, folder: Path) -> None:
    assert journal.entries() == [] and journal.get("x") is None and journal.find("") == []
    assert journal.drafts.list() == [] and not journal.changed() and not journal.read_only
    assert not folder.exists()


def test_a_saved_entry_comes_back_whole(journal: Journal, folder: Path) -> None:
    entry = made("été, œuvre", tags=["accueil"])
    kept = journal.save(entry)
    assert kept.answers == {"text": "été, œuvre"} and kept.tags == ["accueil"]
    assert kept.revision != entry.revision and kept.updated_at > entry.updated_at
    assert Journal(folder).entries() == journal.entries() == [kept]


def test_files_are_private(journal: Journal, folder: Path) -> None:
    journal.save(made())
    journal.save(made())
    with journal.drafts.open("d") as file:
        file.write(drafted())
        modes = {p.name: p.stat().st_mode & 0o777 for p in folder.rglob("*") if p.is_file()}
    assert set(modes.values()) == {0o600}, modes
    assert {p.stat().st_mode & 0o777 for p in (folder, folder / "drafts")} == {0o700}


def test_the_file_is_tinydb_and_can_be_read_by_a_person(journal: Journal, folder: Path) -> None:
    for number in range(3):
        journal.save(made(f"numéro {number}"))
    text = (folder / "journal.json").read_text("utf-8")
    assert text.startswith('{"schema":1,"entries":{\n') and text.count("\n") == 5
    assert "numéro 2" in text
    assert json.loads(text)["schema"] == 1
    table = TinyDB(folder / "journal.json").table("entries")
    assert {row["answers"]["text"] for row in table.all()} == said(journal)


def test_each_save_is_a_revision_and_history_keeps_the_former(journal: Journal) -> None:
    first = journal.save(made("un"))
    first.answers["text"] = "deux"
    first.history = [{"nonsense": 1}]
    second = journal.save(first)
    listed = journal.entries()[0]
    assert listed.history == [] and listed.answers == {"text": "deux"}
    listed.answers["text"] = "trois"
    third = journal.save(listed)
    assert [r["answers"]["text"] for r in third.history] == ["un", "deux"]
    assert third.created_at == second.created_at == first.created_at
    stamps = [r["updated_at"] for r in third.history] + [third.updated_at]
    assert stamps == sorted(set(stamps))
    assert journal.get(third.id) == third == journal.entries(history=True)[0]


def test_newest_first_by_date_then_by_save(journal: Journal) -> None:
    old = journal.save(made("ancien", date="2026-01-05"))
    one, two = journal.save(made("a")), journal.save(made("b"))
    assert [e.id for e in journal.entries()] == [two.id, one.id, old.id]
    assert [e.id for e in journal.entries(flow="note")] == [two.id, one.id, old.id]
    assert journal.entries(flow="weekly") == []


def test_trash_and_restore_are_revisions(journal: Journal, folder: Path) -> None:
    kept = journal.save(made())
    gone = journal.trash(kept.id)
    assert gone.deleted_at and journal.entries() == []
    assert [e.id for e in Journal(folder).entries(trash=True)] == [kept.id]
    assert journal.trash(kept.id) == gone == journal.get(kept.id)
    back = journal.restore(kept.id)
    assert back.deleted_at is None and len(back.history) == 2
    assert journal.restore(kept.id) == back and journal.entries(trash=True) == []
    with pytest.raises(JournalError) as caught:
        journal.trash("nobody")
    assert caught.value.key == "unknown_entry" and caught.value.values == {"id": "nobody"}


def test_find_by_the_start_of_an_id(journal: Journal) -> None:
    journal.save(made("a", id="abc1"))
    journal.trash(journal.save(made("b", id="abd2")).id)
    journal.save(made("d", id="abe4"))
    with journal.drafts.open("abf3") as file, journal.drafts.open("abe4") as change:
        file.write(drafted("c", id="abf3"))
        change.write(drafted("d changed", id="abe4"))
        assert {e.id for e in journal.find("ab")} == {"abc1", "abd2", "abe4", "abf3"}
        assert [e.answers["text"] for e in journal.find("abe")] == ["d"]
        assert [e.id for e in journal.find("abf")] == ["abf3"] and journal.find("z") == []


def test_what_is_given_can_be_changed_without_reaching_what_is_kept(journal: Journal) -> None:
    kept = journal.save(made("un"))
    kept.answers["text"] = "deux"
    for given in (journal.entries()[0], journal.get(kept.id), journal.find(kept.id)[0]):
        assert given is not None
        given.answers["text"] = "trois"
        given.tags.append("x")
        given.history.append({})
    again = journal.get(kept.id)
    assert again is not None and again.answers == {"text": "un"}
    assert again.tags == [] and again.history == []
    other = journal.save(made("autre"))
    assert said(journal) == {"un", "autre"} and other.answers["text"] == "autre"


@pytest.mark.parametrize(
    "answers",
    [
        {"x": object()},
        {"x": {1, 2}},
        {"x": b"bytes"},
        {"x": float("nan")},
        {"x": float("inf")},
        {"x": datetime(2026, 11, 20, tzinfo=UTC)},
        ["not", "a", "dict"],
    ],
)
def test_what_cannot_be_stored_is_told_and_poisons_nothing(
    journal: Journal, folder: Path, answers: Any
) -> None:
    journal.save(made("avant"))
    before = (folder / "journal.json").read_bytes()
    bad = made()
    bad.answers = answers
    with pytest.raises(JournalError) as caught:
        journal.save(bad)
    assert caught.value.key == "not_storable"
    assert (folder / "journal.json").read_bytes() == before
    journal.save(made("après"))
    assert said(Journal(folder)) == {"avant", "après"}


def test_answers_nested_without_end_are_refused(journal: Journal) -> None:
    endless: dict[str, Any] = {}
    endless["x"] = endless
    for answers in (endless, {"x": 10**400}):
        try:
            journal.save(made(answers=answers))
        except JournalError as error:
            assert error.key == "not_storable"
    journal.save(made("après"))
    assert "après" in [e.answers.get("text") for e in journal.entries()]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\ud800b", "a\ufffdb"),
        ("\ud83d\ude00", "😀"),
        ("\x1b[31mrouge\x07\x00", "rouge"),
        ("e\u0301 🧑‍🍳", "e\u0301 🧑‍🍳"),
        ("[/] [@click=app.quit]x[/]", "[/] [@click=app.quit]x[/]"),
        ("x" * 100_000, "x" * 100_000),
    ],
)
def test_text_is_cleaned_where_it_comes_in(
    journal: Journal, folder: Path, typed: str, kept: str
) -> None:
    entry = made(typed, tags=[typed])
    entry.answers |= {"rows": [{"action": typed}], typed[:9]: 1}
    saved = journal.save(entry)
    assert saved.answers["text"] == saved.answers["rows"][0]["action"] == saved.tags[0] == kept
    with journal.drafts.open("d") as file:
        file.write(drafted(typed))
        draft = file.read_draft()
    assert draft is not None and draft.entry.answers["text"] == kept
    assert Journal(folder).get(saved.id) == saved


def test_a_clock_set_back_never_hides_a_newer_revision(folder: Path) -> None:
    moment = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
    times = iter([moment, moment - timedelta(days=400), moment - timedelta(days=400)])
    journal = Journal(folder, clock=lambda: next(times, moment - timedelta(days=900)))
    kept = journal.save(made("un"))
    for text in ("deux", "trois", "quatre"):
        kept.answers["text"] = text
        former, kept = kept, journal.save(kept)
        assert kept.updated_at > former.updated_at and kept.answers["text"] == text
    assert journal.trash(kept.id).updated_at > kept.updated_at


@pytest.mark.parametrize("stamp", ["", "hier", "9999-12-31T23:59:59.999999Z", "2099-01-01", "~"])
def test_a_stamp_that_others_wrote_can_be_followed(journal: Journal, stamp: str) -> None:
    journal.merge([made("un", id="x", updated_at=stamp)])
    kept = journal.save(made("deux", id="x"))
    assert kept.updated_at > stamp and len(kept.history) == 1
    assert journal.save(kept).updated_at > kept.updated_at


def test_generation_grows_with_own_and_foreign_changes(journal: Journal, folder: Path) -> None:
    journal.entries()
    seen = [journal.generation]
    journal.save(made())
    seen.append(journal.generation)
    assert not journal.changed()
    Journal(folder).save(made())
    assert journal.changed()
    assert len(journal.entries()) == 2 and not journal.changed()
    seen.append(journal.generation)
    journal.entries()
    assert seen == sorted(set(seen)) and journal.generation == seen[-1]


def test_threads_save_and_read_at_once(journal: Journal) -> None:
    errors: list[BaseException] = []

    def work(name: int) -> None:
        try:
            for turn in range(6):
                journal.save(made(f"{name}-{turn}"))
                journal.entries()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert said(journal) == {f"{name}-{turn}" for name in range(4) for turn in range(6)}


def test_tables_that_are_not_ours_are_kept(journal: Journal, folder: Path) -> None:
    journal.save(made("un"))
    path = folder / "journal.json"
    data = json.loads(path.read_bytes())
    path.write_text(json.dumps(data | {"mine": {"1": {"x": "é"}}}))
    journal.save(made("deux"))
    assert json.loads(path.read_bytes())["mine"] == {"1": {"x": "é"}}
    assert said(Journal(folder)) == {"un", "deux"} and journal.notices == []


def test_one_entry_that_stands_twice_is_joined(journal: Journal, folder: Path) -> None:
    kept = journal.save(made("un", id="x"))
    path = folder / "journal.json"
    data = json.loads(path.read_bytes())
    other = json.loads(json.dumps(data["entries"]["1"]))
    other |= {"revision": "zzz", "updated_at": "2030-01-01T00:00:00.000000Z"}
    other["answers"] = {"text": "deux"}
    data["entries"]["7"] = other
    path.write_text(json.dumps(data))
    assert revisions(journal) == {kept.revision, "zzz"} and said(journal) == {"deux"}
    journal.save(made("trois"))
    assert len(json.loads(path.read_bytes())["entries"]) == 2
    assert len(Journal(folder).entries()) == 2


def test_an_entry_that_makes_no_sense_stays_and_is_told(journal: Journal, folder: Path) -> None:
    journal.save(made("un", id="x"))
    journal.save(made("deux"))
    path = folder / "journal.json"
    path.write_bytes(path.read_bytes().replace(b'"text":"un"', b'"text":1e999'))
    assert said(journal) == {"deux"} and journal.entries() != []
    assert [n.key for n in journal.notices] == ["unreadable"]
    journal.save(made("trois"))
    assert b"1e999" in path.read_bytes()
