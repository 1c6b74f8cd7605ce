"""A disk that takes a third of a second for each write: the app stays quick, nothing is lost."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from making import NOW
from scale import TORTURE
from terminal_support import Terminal, draft, run, the_one

# Python loads it before the program: the real one, on a disk that is slow to say it has written.
SLOW = """
import os, time

def slowly(handle, fsync=os.fsync):
    time.sleep(0.35)
    fsync(handle)

os.fsync = slowly
"""
LETTERS = "Inventaire de la réserve : trois heures, puis une seule"


@pytest.fixture
def slow(tmp_path: Path) -> dict[str, str]:
    place = tmp_path / "slow"
    place.mkdir()
    (place / "sitecustomize.py").write_text(SLOW)
    return {"PYTHONPATH": str(place)}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "coach"


@pytest.fixture
def terminal(data: Path, slow: dict[str, str]) -> Iterator[Terminal]:
    data.mkdir()
    (data / "settings.toml").write_text('lang = "fr"\n')
    made = Terminal(data=data, **slow)
    yield made
    made.close()
    made.check()


def test_typing_never_waits_for_a_slow_disk(terminal: Terminal, data: Path) -> None:
    terminal.wait_for("Noter vite")
    terminal.send("n")
    terminal.wait_for("Ta note", "Suivant")
    for letter in LETTERS:
        terminal.send(letter)
    terminal.wait_for(LETTERS)
    terminal.wait_until(lambda: draft(data).get("text") == LETTERS, "the draft was not written")
    terminal.send("\r")
    # From another process, at the same time: each waits for the other's lock, and both are kept.
    assert run("note", "D'à côté", data=data).returncode == 0
    terminal.wait_for("Relire (2 entrées)")
    terminal.quit()
    assert the_one(data, "--search", "réserve")["answers"] == {"text": LETTERS}


def test_a_kill_in_a_slow_write_loses_nothing_confirmed(
    data: Path, slow: dict[str, str], terminal: Terminal
) -> None:
    assert run("note", "confirmé", data=data).returncode == 0
    terminal.wait_for("Noter vite")
    terminal.send("n")
    terminal.wait_for("Ta note", "Suivant")
    terminal.type("en route")
    terminal.wait_until(lambda: draft(data).get("text") == "en route", "no draft was written")
    terminal.send("\r")
    terminal.killed()
    found = run("list", "--json", data=data).stdout.decode()
    assert "confirmé" in found and "en route" in found


@pytest.mark.skipif(not TORTURE, reason="waits for the next try: in `make torture`")
def test_the_folder_goes_away_under_the_app_and_comes_back(
    terminal: Terminal, data: Path, tmp_path: Path
) -> None:
    """As a stick that is pulled out: it is said, the text stays, and is kept once it is back."""
    assert run("note", "confirmé", data=data).returncode == 0
    terminal.wait_for("Relire (1 entrée)")
    terminal.send("n")
    terminal.wait_for("Ta note", "Suivant")
    terminal.type("avant")
    terminal.wait_until(lambda: draft(data), "no draft was written")
    gone = tmp_path / "gone"
    data.rename(gone)
    terminal.send(" et après")
    terminal.wait_for("n'est plus là")
    assert not data.exists()
    shutil.move(gone, data)
    terminal.wait_until(
        lambda: draft(data).get("text") == "avant et après", "the draft was not tried again"
    )
    terminal.send("\r")
    terminal.wait_for("Relire (2 entrées)")
    terminal.quit()
    assert len(list((data / "drafts").glob("*.json"))) == 0


@pytest.mark.skipif(not TORTURE, reason="many processes: in `make torture`")
def test_a_clock_that_jumps_hides_nothing(data: Path, slow: dict[str, str]) -> None:
    """Written now, ten years early, ten years late and yesterday: all is there, in either way."""
    shifts = (0, -3650, 3650, -1)
    days = {shift: f"{NOW + timedelta(days=shift)} 12:00" for shift in shifts}
    for shift, day in days.items():
        done = run("note", f"décalage {shift}.", data=data, COACH_TODAY=day, **slow)
        assert done.returncode == 0, done.stderr
        given = run("weekly", "--plain", data=data, COACH_TODAY=day, given="\n" * 3, **slow)
        assert given.returncode == 1, given.stderr
    for day in days.values():
        said = run("list", "--json", data=data, COACH_TODAY=day, **slow).stdout.decode()
        assert all(f"décalage {one}." in said for one in shifts)
