"""`coach` as a real process: closed outputs, signals, kills, bytes that are no text."""

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from cli_tools import Cli
from making import entry_of

from coach.store.journal import Journal

FLOW = """
id = "own"
version = 1
title = {fr = "Séance", en = "Session"}
summary = {fr = "Résumé", en = "Summary"}
[[steps]]
id = "one"
title = {fr = "Un", en = "One"}
[[steps.fields]]
kind = "text"
id = "story"
label = {fr = "Raconte", en = "Tell"}
"""


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    cli = Cli(tmp_path / "data")
    (cli.data / "flows").mkdir(parents=True)
    (cli.data / "flows" / "own.toml").write_text(FLOW, "utf-8")
    return cli


def test_it_also_runs_as_a_module(cli: Cli) -> None:
    out, err = cli.process("note", "Trié 3 bacs").communicate(timeout=20)
    assert "Noté." in out.decode() and err == b""


def test_a_reader_that_has_enough_ends_it_quietly(cli: Cli) -> None:
    Journal(cli.data).merge(
        entry_of("note", answers={"text": f"Note {n} " + "x" * 60}) for n in range(2000)
    )
    for args in (["list"], ["list", "--json"]):
        process = cli.process(*args)
        assert process.stdout and process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        process.stderr.close()
        assert process.wait(20) == 0


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
def test_closed_streams_are_borne(cli: Cli) -> None:
    def shell(line: str) -> subprocess.CompletedProcess[bytes]:
        command = f"{shlex.quote(sys.executable)} -m coach {line}"
        return subprocess.run(
            ["sh", "-c", command], env=cli.surroundings(), capture_output=True, check=False
        )

    for line in ("list >&-", "note Un >&-", "--help >&-", "list >&- 2>&-", "note Deux 2>&-"):
        done = shell(line)
        assert (done.returncode, done.stderr) == (0, b""), line
    done = shell("own --plain <&-")
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1
    if Path("/dev/full").exists():
        done = shell("list >/dev/full")
        assert done.returncode == 1 and len(done.stderr.splitlines()) == 1
        assert b"Traceback" not in done.stderr


def test_bytes_that_are_no_text_are_kept_as_far_as_they_go(cli: Cli) -> None:
    process = cli.process("own", "--plain", env={"LC_ALL": "C.UTF-8"})
    out, err = process.communicate(b"caf\xe9 \xff\xfe\x00 fini\r\n\n", timeout=20)
    assert process.returncode == 0, err
    (entry,) = cli.entries()
    assert entry["answers"]["story"] == "caf� �� fini"
    assert b"\x1b" not in out


def test_a_terminal_without_letters_gets_question_marks(cli: Cli) -> None:
    process = cli.process("list", env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    out, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (0, b"") and b"Rien d'?crit" in out


def _under_way(cli: Cli, **more: Any) -> "subprocess.Popen[bytes]":
    """A session that was told two lines and waits for the third."""
    process = cli.process("own", "--plain", **more)
    assert process.stdin
    process.stdin.write(b"Un matin\nil pleuvait\n")
    process.stdin.flush()
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        found = cli.entries()
        if found and found[0]["answers"].get("story") == "Un matin\nil pleuvait":
            return process
        time.sleep(0.05)
    raise AssertionError("the two lines never reached the draft")


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_signals_keep_the_draft_and_say_how_to_go_on(cli: Cli, name: str) -> None:
    process = _under_way(cli)
    process.send_signal(getattr(signal, name))
    _, err = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "Le brouillon est gardé" in err.decode() and len(err.splitlines()) == 1
    (entry,) = cli.entries()
    assert (entry["status"], entry["answers"]["story"]) == ("draft", "Un matin\nil pleuvait")


def test_a_kill_loses_no_line_and_the_draft_goes_on(cli: Cli) -> None:
    process = _under_way(cli)
    process.kill()
    process.communicate(timeout=20)
    process = cli.process("own", "--plain")
    out, _ = process.communicate(b"\n", timeout=20)
    assert process.returncode == 0 and "Tu reprends" in out.decode()
    (entry,) = cli.entries()
    assert (entry["status"], entry["answers"]["story"]) == ("done", "Un matin\nil pleuvait")


def test_a_session_open_elsewhere_is_told_and_notes_still_come(cli: Cli) -> None:
    process = _under_way(cli)
    try:
        out, err = cli.process("own", "--plain").communicate(b"\n", timeout=20)
        assert "déjà ouverte dans une autre fenêtre" in err.decode()
        assert out == b"" and len(err.splitlines()) == 1
        assert cli("note", "Pendant ce temps").code == 0
    finally:
        out, _ = process.communicate(b"\n", timeout=20)
    assert process.returncode == 0
    assert {one["flow"] for one in cli.entries()} == {"own", "note"}


def test_a_reader_that_leaves_a_session_keeps_the_draft(cli: Cli) -> None:
    process = _under_way(cli)
    assert process.stdout and process.stdin and process.stderr
    process.stdout.close()
    process.stdin.write(b"encore\n\n")
    process.stdin.close()
    err = process.stderr.read()
    process.stderr.close()
    assert process.wait(20) == 1 and b"Traceback" not in err
    (entry,) = cli.entries()
    assert entry["answers"]["story"].startswith("Un matin\nil pleuvait")
