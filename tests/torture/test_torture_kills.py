"""kill -9 of the real command and the real app at random moments: all confirmed text is there."""

import json
import shutil
import time
from contextlib import suppress
from pathlib import Path

import pytest
from scale import figure, scaled
from storage_support import drafted, made
from terminal_support import SECOND_OF_DRAFT, Terminal
from torture_support import Killer, all_texts

from coach.disk.errors import JournalError
from coach.store.journal import Journal

FIXTURES = Path(__file__).parents[1] / "coach" / "store" / "fixtures"
survived: dict[str, int] = {}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "coach"


def check(folder: Path, confirmed: set[str], what: str) -> None:
    """All of `confirmed` is there; and still when the journal's own file is lost besides."""
    lost = confirmed - all_texts(folder)
    assert not lost, (what, lost, sorted(path.name for path in folder.iterdir()))
    other = folder.with_name("lost")
    shutil.copytree(folder, other)
    (other / "journal.json").unlink(missing_ok=True)
    lost = confirmed - all_texts(other)
    shutil.rmtree(other)
    assert not lost, (what, "without journal.json", lost)


def many(folder: Path, n: int, name: str) -> set[str]:
    """A journal of `n` notes, long enough that writing it takes a moment; their texts."""
    journal = Journal(folder)
    journal.merge([made(f"{name} {number} " + "é" * 400) for number in range(n)])
    return {entry.answers["text"] for entry in journal.entries()}


def test_saving(data: Path) -> None:
    killer = Killer(1)
    confirmed = many(data, 200, "avant")
    assert killer.run("note", "usual", data=data).code == 0
    turn = 0
    while killer.kills < scaled(3, 90):
        turn += 1
        text = f"preuve {turn}"
        if "Noté" in killer.kill("note", text, data=data).out:
            confirmed.add(text)
        check(data, confirmed, text)
    survived["save"] = killer.kills


def test_a_session_line_by_line(data: Path) -> None:
    """Each answer is in the draft once the next question was asked."""
    killer = Killer(2)
    confirmed = many(data, 20, "avant")
    assert killer.run("interview", "--plain", data=data, given="usual\n").code == 1
    turn = 0
    while killer.kills < scaled(1, 30):
        turn += 1
        text = f"Orbis {turn}"
        end = killer.kill("interview", "--plain", "--new", data=data, given=f"{text}\n")
        if end.finished:
            confirmed.add(text)
        check(data, confirmed, text)
    survived["session"] = killer.kills


def test_migrating(data: Path) -> None:
    killer = Killer(3)
    old = (FIXTURES / "journal-v0.json").read_bytes()
    row = next(iter(json.loads(old)["_default"].values()))
    said = [{"text": f"vieux {number} " + "é" * 200} for number in range(300)]
    table = {str(n): row | {"id": f"id-{n}", "answers": one} for n, one in enumerate(said)}
    expected = {one["text"] for one in said}
    while killer.kills < scaled(1, 40):
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir()
        (data / "journal.json").write_text(json.dumps({"_default": table}), "utf-8")
        if not killer.kills:
            shutil.copytree(data, data.with_name("usual"))
            assert killer.run("list", data=data.with_name("usual")).code == 0
            shutil.rmtree(data.with_name("usual"))
        killer.kill("list", data=data)
        lost = expected - all_texts(data)
        assert not lost, lost
        assert killer.run("note", "après", data=data).code == 0
        assert expected | {"après"} <= all_texts(data)
    survived["migrate"] = killer.kills


def test_merging(data: Path) -> None:
    killer = Killer(4)
    start = data.with_name("start")
    mine = many(start, 100, "ici")
    other = data.with_name("other")
    shutil.copytree(start, other)
    theirs = many(other, 100, "là-bas")
    turn = 0
    while killer.kills < scaled(2, 60):
        turn += 1
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(start, data)
        copy = turn % 2
        if copy:
            shutil.copy(other / "journal.json", data / "journal (conflicted copy).json")
        args = ("import",) if copy else ("import", str(other))
        if turn == 1:
            killer.run("list", data=data)
            killer._usual["import"] = killer._usual["list"] * 1.4
        end = killer.kill(*args, data=data)
        found = all_texts(data)
        assert mine <= found
        # All of it or nothing, whole once it was told; the copy is there until it was merged.
        assert theirs <= found or not (theirs - mine) & found
        assert theirs <= found or not end.finished
        if copy and not theirs <= found:
            assert (data / "journal (conflicted copy).json").exists()
        killer.run(*args, data=data)
        check(data, theirs | mine, "merged")
    survived["merge"] = killer.kills


def test_backing_up(data: Path, tmp_path: Path) -> None:
    """The copy that was there before is whole, or the new one is."""
    killer = Killer(6)
    confirmed = many(data, 200, "avant")
    target = tmp_path / "copy.coach"
    args = ("backup", str(target), "--force")
    assert killer.run(*args, data=data).code == 0
    turn = 0
    while killer.kills < scaled(1, 30):
        turn += 1
        killer.kill(*args, data=data, where=tmp_path)
        assert confirmed <= all_texts(data)
        back = tmp_path / f"back-{turn}"
        assert killer.run("restore", str(target), "--yes", data=back).code == 0
        assert confirmed <= all_texts(back)
        shutil.rmtree(back)
    survived["backup"] = killer.kills


def test_restoring(data: Path, tmp_path: Path) -> None:
    """The present is in the journal, or in what was kept before."""
    killer = Killer(7)
    former = many(data, 100, "avant")
    backup = tmp_path / "copy.coach"
    assert killer.run("backup", str(backup), data=data).code == 0
    start = tmp_path / "start"
    present = many(data, 100, "depuis")
    shutil.copytree(data, start)
    args = ("restore", str(backup), "--yes")
    assert killer.run(*args, data=data).code == 0
    while killer.kills < scaled(1, 30):
        shutil.rmtree(data)
        shutil.copytree(start, data)
        end = killer.kill(*args, data=data)
        found = all_texts(data)
        assert former <= found
        assert present <= found or not (present - former) & found
        if not present <= found:
            kept = next((data / "backups").glob("before-restore*"))
            assert killer.run("restore", str(kept), "--yes", data=data).code == 0
            assert present <= all_texts(data)
        else:
            assert not end.finished or end.code
    survived["restore"] = killer.kills


PHRASES = ("Trois bols bleus", "Quatre bols verts")


def test_locking_and_unlocking(data: Path) -> None:
    """Locked, half-way or open: one of the passphrases opens it, and all of it is there."""
    killer = Killer(8)
    confirmed = many(data, 60, "avant")
    with Journal(data).drafts.open("d") as file:
        file.write(drafted("en route", id="d"))
    confirmed.add("en route")
    usual = data.with_name("usual")
    shutil.copytree(data, usual)
    for name in ("lock", "unlock"):
        ended = killer.run("--passphrase-fd", "0", name, data=usual, given=f"{PHRASES[0]}\n")
        assert ended.code == 0, ended.out
    turn = 0
    while killer.kills < scaled(1, 50):
        turn += 1
        locked = (data / "journal.key").exists()
        first = _opens(data)
        name = "unlock" if locked and turn % 3 else "lock"
        given = f"{first}\n" * locked + f"{PHRASES[turn % 2]}\n" * (name == "lock")
        killer.kill("--passphrase-fd", "0", name, data=data, given=given)
        lost = confirmed - all_texts(data, *PHRASES)
        assert not lost, (name, lost)
    survived["lock"] = killer.kills


def _opens(data: Path) -> str:
    """The passphrase that opens the folder now."""
    for phrase in PHRASES:
        journal = Journal(data)
        if not journal.keyring.locked:
            break
        with suppress(JournalError):
            journal.keyring.open(phrase)
            return phrase
    return PHRASES[0]


def test_the_app(data: Path) -> None:
    """What was typed a second before is in the draft, or is kept: wherever the kill came."""
    draw = Killer(5).draw
    assert Killer(6).run("note", "déjà là", data=data).code == 0
    confirmed = {"déjà là"}
    for turn in range(scaled(1, 40)):
        text = f"À garder {turn}"
        coach = Terminal(data=data)
        try:
            coach.wait_for("Noter vite")
            coach.send("n")
            coach.wait_for("Ta note", "Suivant")
            coach.type(text)
            time.sleep(SECOND_OF_DRAFT)
            if turn % 4:
                coach.send("\r")
                time.sleep(draw.uniform(0, 0.25))
            coach.killed()
        finally:
            coach.close()
        confirmed.add(text)
        lost = confirmed - all_texts(data)
        assert not lost, lost
        _keep_what_is_open(data)
    survived["app"] = scaled(1, 40)


def _keep_what_is_open(data: Path) -> None:
    """Ends the drafts, so that the next note is one of its own."""
    journal = Journal(data)
    for draft in journal.drafts.list():
        with journal.drafts.open(draft.entry.id) as file:
            journal.finish(file, draft)


def test_how_many_kills() -> None:
    told = ", ".join(f"{n} {what}" for what, n in survived.items())
    figure(f"kills: {sum(survived.values())} survived ({told}), 0 confirmed texts lost")
