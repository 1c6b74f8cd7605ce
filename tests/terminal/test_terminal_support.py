"""The terminals of these tests work wherever the checkout is and however the tests are started."""

import signal
from collections.abc import Callable
from pathlib import Path

import pytest
import terminal_support
from terminal_support import Terminal, run

Start = Callable[..., Terminal]


def test_the_command_may_lie_under_a_blank_and_an_accent(
    start: Start, data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    link = tmp_path / "mes projets" / "été" / "coach"
    link.parent.mkdir(parents=True)
    link.symlink_to(terminal_support.COACH)
    monkeypatch.setattr(terminal_support, "COACH", link)
    assert run("note", "Tri des bacs", data=data).returncode == 0
    coach = start()  # no argument: all that the terminal is given is this path
    coach.wait_for("Mes preuves", "Tri des bacs")
    coach.quit()


def test_ctrl_c_is_heeded_also_where_the_tests_run_in_the_background(start: Start) -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # as a shell's `&` has it
    try:
        coach = start("interview", "--plain", TERM="dumb")
    finally:
        signal.signal(signal.SIGINT, before)
    coach.wait_for("C'était où ?", ">")
    coach.send_keys("ctrl+c")
    assert coach.wait_exit() == 1
