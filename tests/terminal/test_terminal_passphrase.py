"""A passphrase as it is typed in a real terminal: by `coach lock`, then in the app."""

import os
import pty
import select
import signal
import subprocess
import termios
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from terminal_support import COACH, Terminal, environment, listed, run

SECRET = "quatre mots sans rapport"
WORDS = "zanzibar"


def test_locked_in_the_shell_and_opened_in_the_app(
    start: Callable[..., Terminal], data: Path
) -> None:
    run("note", WORDS, data=data)
    shell = start("lock")
    shell.wait_for("Nouvelle phrase de passe :")
    shell.send(f"{SECRET}\r")
    shell.wait_for("Encore une fois :")
    shell.send(f"{SECRET}\r")
    assert shell.wait_exit() == 0
    assert SECRET.encode() not in shell.raw
    assert run("list", data=data).returncode == 1
    app = start()
    app.wait_for("Ta phrase de passe")
    app.send("faux\r")
    app.wait_for("Essaie encore")
    app.send(f"{SECRET}\r")
    app.wait_for(WORDS)
    app.quit()
    assert SECRET.encode() not in app.raw
    assert not [p for p in data.rglob("*") if p.is_file() and WORDS.encode() in p.read_bytes()]


def test_a_restore_shows_what_would_change_and_asks(
    start: Callable[..., Terminal], data: Path
) -> None:
    run("note", "première", data=data)
    run("backup", data=data)
    run("note", "deuxième", data=data)
    for answer, left in (("n", 2), ("o", 1)):
        shell = start("restore", "1")
        shell.wait_for("S'en va (1)", "deuxième", "[o/N]")
        shell.send(f"{answer}\r")
        assert shell.wait_exit() == 0
        assert len(listed(data)) == left


def with_secret(data: Path, *args: str) -> subprocess.CompletedProcess[bytes]:
    """`coach` with the passphrase by a descriptor, as a script gives it."""
    into, out = os.pipe()
    os.write(out, SECRET.encode())
    os.close(out)
    option = ["--passphrase-fd", str(into)]
    kept: dict[str, Any] = {"pass_fds": [into], "capture_output": True, "env": environment(data)}
    done = subprocess.run([str(COACH), *args, *option], check=True, **kept)
    os.close(into)
    return done


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_session_killed_in_the_middle_leaves_no_word_in_clear(
    start: Callable[..., Terminal], data: Path, tmp_path: Path, number: signal.Signals
) -> None:
    temp = tmp_path / "temp"
    temp.mkdir()
    run("note", WORDS, data=data)
    with_secret(data, "lock")

    def showing() -> list[Path]:
        files = [path for folder in (data, temp) for path in folder.rglob("*") if path.is_file()]
        found = []
        for path in files:
            try:
                data_ = path.read_bytes()
            except FileNotFoundError:  # a temporary one, gone by now
                continue
            if WORDS.encode() in data_:
                found.append(path)
        return found

    log = {"TEXTUAL_LOG": str(temp / "log"), "TEXTUAL_SCREENSHOT_LOCATION": str(temp)}
    app = start("interview", TMPDIR=str(temp), TEXTUAL_SCREENSHOT="1", **log)
    app.wait_for("Ta phrase de passe")
    app.send(f"{SECRET}\r")
    app.wait_for("C'était où ?", "Suivant")
    for turn in range(8):
        app.type(f"{WORDS} {turn} ")
        assert showing() == []
    app.wait_until(lambda: [*(data / "drafts").glob("*.json")], "there never was a draft")
    app.kill(number)
    app.wait_exit()
    assert showing() == []
    assert not (temp / "log").exists() and [*temp.glob("*.svg")] == []
    kept = with_secret(data, "list", "--json", "--flow", "interview").stdout.decode()
    assert f"{WORDS} 0" in kept
    assert number == signal.SIGKILL or f"{WORDS} 7" in kept


@pytest.mark.parametrize(("args", "shows"), [((), "zanzibar"), (("weekly",), "Où en es-tu")])
def test_the_app_takes_it_from_a_descriptor_and_asks_nothing(
    data: Path, args: tuple[str, ...], shows: str
) -> None:
    run("note", WORDS, data=data)
    with_secret(data, "lock")
    seen, code = in_terminal(data, SECRET, *args, until=shows)
    assert shows in seen and "Ta phrase de passe" not in seen and code == 0
    seen, code = in_terminal(data, "faux", *args, until="bonne phrase")
    assert "bonne phrase" in seen and shows not in seen and code == 1


def in_terminal(data: Path, secret: str, *args: str, until: str) -> tuple[str, int]:
    """What `coach` in a terminal, given `secret` by a descriptor, wrote, and how it ended.

    It is left with ctrl+q once it wrote `until`.
    """
    into, out = os.pipe()
    os.write(out, secret.encode())
    os.close(out)
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (24, 80))
    child = subprocess.Popen(
        [str(COACH), *args, "--passphrase-fd", str(into)],
        env=environment(data),
        stdin=slave,
        stdout=slave,
        stderr=slave,
        pass_fds=[into],
        start_new_session=True,
    )
    os.close(slave)
    os.close(into)
    seen, left, end = "", False, time.monotonic() + 60
    while time.monotonic() < end:
        if not select.select([master], [], [], 0.1)[0]:
            continue
        try:
            seen += os.read(master, 65536).decode(errors="replace")
        except OSError:  # it ended, and its terminal with it
            break
        if until in seen and not left:
            left = bool(os.write(master, b"\x11"))
    code = child.wait(10)
    os.close(master)
    return seen, code
