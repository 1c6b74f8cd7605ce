"""The program opens no socket: the real command and the real app, watched from within."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from terminal_support import Terminal, run

from coach.demo import build

Start = Callable[..., Terminal]

# Python loads it before the program. asyncio wakes its own loop through a pair of sockets that lead
# nowhere but to itself (AF_UNIX, never bound nor connected): those alone are let pass.
WATCH = """
import os, socket, sys

WATCHED = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname",
           "socket.gethostbyaddr", "socket.sendto", "socket.sendmsg", "urllib.Request",
           "http.client.connect", "ftplib.connect", "smtplib.connect", "webbrowser.open")

def watch(event, arguments):
    opened = event == "socket.__new__" and arguments[1] != socket.AF_UNIX
    if opened or event in WATCHED:
        with open(os.environ["WATCH_LOG"], "a") as log:
            log.write(f"{event} {arguments!r}\\n")

sys.addaudithook(watch)
with open(os.environ["WATCH_LOG"], "a") as log:
    log.write("watching\\n")
"""


class Watch:
    """Where the watch is, and what it saw."""

    def __init__(self, place: Path) -> None:
        place.mkdir()
        (place / "sitecustomize.py").write_text(WATCH)
        self.log = place / "log"
        self.env = {"PYTHONPATH": str(place), "WATCH_LOG": str(self.log)}

    def seen(self) -> list[str]:
        """What was opened; fails when nobody watched."""
        lines = self.log.read_text().splitlines()
        self.log.unlink()
        assert "watching" in lines
        return [line for line in lines if line != "watching"]


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    return Watch(tmp_path / "watch")


def test_the_watch_sees_a_socket(watch: Watch, data: Path) -> None:
    flow = "import socket; socket.socket(); socket.getaddrinfo('localhost', 80)"
    import os
    import subprocess
    import sys

    subprocess.run([sys.executable, "-c", flow], env=os.environ | watch.env, check=True)
    assert [line.split()[0] for line in watch.seen()] == ["socket.__new__", "socket.getaddrinfo"]


def test_the_commands_open_no_socket(watch: Watch, data: Path, tmp_path: Path) -> None:
    build(data, "fr")
    copy = tmp_path / "copy.json"
    id_ = json.loads(run("list", "--json", data=data).stdout)["entries"][0]["id"]
    for args in (
        *(("note", "Tri : 3 h"), ("list",), ("show", id_), ("path",), ("review", "J'ai tout fait")),
        *(("export", str(copy)), ("export", str(tmp_path / "x.html")), ("import", str(copy))),
        *(("document", name, str(tmp_path / f"{name}.html")) for name in ("map", "cv", "rights")),
        *(("document", "value-defence", str(tmp_path / "x.pptx")), ("framework",)),
        *(("export", str(tmp_path / "x.ics")), ("backup", str(tmp_path / "x.coach"))),
        *(("restore", str(tmp_path / "x.coach"), "--yes"), ("doctor",), ("rights", "--plain")),
        *(("--help",), ("--version",), ("interview", "--plain"), ("rehearsal", "--plain")),
    ):
        done = run(*args, data=data, **watch.env)
        may_fail = "--plain" in args or args == ("framework",)  # nothing is answered; there is none
        assert done.returncode == int(may_fail), (args, done.stderr.decode())
    assert watch.seen() == []


def test_the_pages_it_writes_load_nothing(data: Path, tmp_path: Path) -> None:
    """Opened in a browser they ask nobody for anything: no script, picture, font or style."""
    build(data, "fr")
    pages = [tmp_path / f"{name}.html" for name in ("map", "cv", "report", "review")]
    for page in pages:
        assert run("document", page.stem, str(page), data=data).returncode == 0
    assert run("export", str(tmp_path / "all.html"), data=data).returncode == 0
    for page in (*pages, tmp_path / "all.html"):
        text = page.read_text("utf-8")
        assert "default-src 'none'" in text, page
        asks = r"<(script|img|link|iframe|object|embed)\b|url\(|@import|\bsrc=|http-equiv=.refresh"
        assert not re.search(asks, text.replace("default-src", "")), page


def test_the_app_opens_no_socket(start: Start, watch: Watch, data: Path) -> None:
    build(data, "fr")
    coach = start(data=data, **watch.env)
    coach.wait_for("Relire")
    coach.send("b")
    coach.wait_for("Chercher dans tout")
    coach.wait_for("Placages triés")
    coach.send_keys("ctrl+t")
    coach.wait_for("Ta note")
    coach.type("Inventaire fini")
    coach.send("\r")
    coach.wait_gone("Ta note")
    coach.send_keys("escape")
    coach.wait_for("Tout le labo")
    coach.send("lud")
    coach.wait_for("Qui peut le lire")
    coach.send_keys("escape", "escape")
    coach.wait_for("Tout le labo")
    coach.send_keys("ctrl+p")
    coach.wait_for("Cherche une commande")
    coach.send_keys("escape")
    coach.quit()
    assert watch.seen() == []
