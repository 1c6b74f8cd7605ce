"""However the program ends, nothing typed is lost and the terminal is given back as it was."""

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from terminal_support import PATIENCE, Terminal, keys, listed, the_one

Start = Callable[..., Terminal]
TYPED = "Ébénisterie Morvan, trois rue des Tilleuls"


def _typing(start: Start) -> Terminal:
    """A session begun, in its first field, where `TYPED` was typed a moment ago."""
    coach = start("interview")
    coach.wait_for("C'était où ?", "Suivant")
    coach.type(TYPED)
    return coach


def _company(data: Path) -> str:
    kept = the_one(data, "--flow", "interview")
    assert kept["status"] == "draft"
    company: str = kept["answers"]["company"]
    return company


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_right_after_a_key_loses_nothing(name: str, start: Start, data: Path) -> None:
    coach = _typing(start)
    coach.kill(getattr(signal, name))
    assert coach.wait_exit() == 1
    assert _company(data) == TYPED
    coach.check_left_sane()


def test_a_closed_terminal_loses_nothing(start: Start, data: Path) -> None:
    coach = _typing(start)
    coach.hang_up()
    assert coach.wait_exit() == 1
    assert _company(data) == TYPED


@pytest.mark.parametrize("how", ["SIGTERM", "closed"])
def test_it_ends_whatever_it_was_about_to_do(how: str, start: Start, data: Path) -> None:
    """In the midst of drawing steps, with more keys waiting than asyncio can hold signals beside
    (it forgets a signal that comes with 278 of them).
    """
    coach = start("weekly")
    coach.wait_for("Où en es-tu ?", "Suivant")
    coach.send(keys("ctrl+n"))
    coach.wait_for("Qu'est-ce que tu as fait avancer ?", "Action")
    coach.send("Bandage posé" + (keys("ctrl+n", "tab", "escape").decode() + "a" * 40) * 10)
    coach.wait_for("Bandage posé")
    if how == "closed":
        coach.hang_up()
    else:
        coach.kill(signal.SIGTERM)
    assert coach.wait_exit() == 1
    rows = the_one(data)["answers"]["achievements"]
    assert rows[0]["action"].startswith("Bandage posé")


@pytest.mark.parametrize("key", ["ctrl+q", "f10"])
def test_quitting_in_the_same_write_as_the_text_loses_nothing(
    key: str, start: Start, data: Path
) -> None:
    coach = start("interview")
    coach.wait_for("C'était où ?", "Suivant")
    coach.send(TYPED.encode() + keys(key))
    assert coach.wait_exit() == 0
    assert _company(data) == TYPED
    coach.check_left_sane()


def test_ctrl_c_neither_ends_nor_loses_anything_and_says_how_to_quit(
    start: Start, data: Path
) -> None:
    coach = _typing(start)
    coach.send_keys("ctrl+c")
    coach.wait_for("Pour quitter : ^q")
    assert coach.shows(TYPED)
    coach.send(" bis")
    coach.wait_for(f"{TYPED} bis")
    coach.quit()
    assert _company(data) == f"{TYPED} bis"


def test_a_signal_over_two_open_sessions_keeps_both(start: Start, data: Path) -> None:
    coach = _typing(start)
    coach.send_keys("ctrl+t")
    coach.wait_for("Ta note", "étape 1 sur 1")
    coach.type("Tri des bacs en une heure")
    coach.kill(signal.SIGTERM)
    assert coach.wait_exit() == 1
    drafts = {one["flow"]: one["answers"] for one in listed(data)}
    assert drafts == {
        "interview": {"company": TYPED},
        "note": {"text": "Tri des bacs en une heure"},
    }
    coach.check_left_sane()


@pytest.mark.parametrize("how", ["SIGTERM", "SIGHUP", "ctrl+c"])
def test_line_by_line_a_signal_keeps_what_was_answered(how: str, start: Start, data: Path) -> None:
    coach = start("interview", "--plain", TERM="dumb")
    coach.wait_for("C'était où ?", ">")
    coach.send(f"{TYPED}\n")
    coach.wait_for("Pour quel poste ?")
    coach.wait_until(lambda: coach.raw.endswith(b"> "), "no second prompt")
    if how == "ctrl+c":
        coach.send_keys(how)
    else:
        coach.kill(getattr(signal, how))
    assert coach.wait_exit() == 1
    assert coach.shows("coach interview --plain")
    assert _company(data) == TYPED


OLDEST = 1.0
"""The promise: a draft is never more than a second old, also while one types on and on."""
SCHEDULING = 0.5
"""What a busy machine may add, beyond its own measured delay from key to screen: the typist, the
program's timer and its writer thread each wait for a turn on one of two cores.
"""
SPELLED = "".join(f"{number:02d}-" for number in range(24))
"""72 signs that fit in one line, no beginning of which is like another."""


def test_a_kill_in_mid_typing_costs_a_second_at_most(start: Start, data: Path) -> None:
    coach = start("interview")
    coach.wait_for("C'était où ?", "Suivant")
    sent: list[float] = []
    shown: list[float] = []

    def look() -> None:
        while len(shown) < len(sent) and coach.shows(SPELLED[: len(shown) + 1]):
            shown.append(time.monotonic())

    for sign in SPELLED:
        coach.send(sign)
        sent.append(time.monotonic())
        while time.monotonic() < sent[-1] + 0.05:  # a fast typist, without a pause
            look()
            time.sleep(0.01)
    coach.kill()
    killed = time.monotonic()
    coach.wait_exit()
    assert killed - sent[0] > 3
    look()
    delay = max(seen - at for at, seen in zip(sent, shown, strict=False))
    assert delay < PATIENCE
    kept = _company(data)
    assert SPELLED.startswith(kept)
    lost = [killed - at for at in sent[len(kept) :]]
    assert max(lost, default=0) <= OLDEST + SCHEDULING + delay, (kept, delay)
