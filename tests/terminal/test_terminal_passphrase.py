"""A passphrase as it is typed in a real terminal: by `coach lock`, then in the app."""

from collections.abc import Callable
from pathlib import Path

from terminal_support import Terminal, run

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
