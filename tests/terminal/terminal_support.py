"""The installed `coach` in a real pseudo-terminal, and what its screen shows."""

import io
import json
import os
import re
import select
import signal
import subprocess
import sys
import termios
import threading
import time
import unicodedata
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, cast
from unittest.mock import patch

import pexpect
import pyte

from coach.cli import main
from coach.util.clock import local_now

COACH = Path(sys.executable).with_name("coach")
"""The command as it was installed beside this Python."""
PATIENCE = 45.0
"""Seconds waited for what must come: CI has two slow cores under several workers."""
SECOND_OF_DRAFT = 1.2
"""The promise: what was typed more than a second ago is kept, whatever happens."""
AN_EYE_BLINK = 0.03

KEYS = {
    "enter": b"\r",
    "escape": b"\x1b",
    "tab": b"\t",
    "shift+tab": b"\x1b[Z",
    "space": b" ",
    "backspace": b"\x7f",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "f1": b"\x1bOP",
    "f2": b"\x1bOQ",
    "f8": b"\x1b[19~",
    "f10": b"\x1b[21~",
} | {f"ctrl+{letter}": bytes([ord(letter) - 96]) for letter in "abcdefghijklmnopqrstuvwxyz"}
"""What a terminal sends for a key."""

_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[<u")
_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")


def environment(data: Path, **more: str) -> dict[str, str]:
    """A student's environment: a data folder of its own, no home yet, and French spoken.

    Its clock goes on from ours, so that what is kept by turns keeps its order.
    """
    names = ("PATH", "SYSTEMROOT", "TZ")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    return kept | {
        "HOME": f"{data}-home",
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "LC_MESSAGES": "fr_FR.UTF-8",
        "COACH_DATA_DIR": str(data),
        "COACH_TODAY": local_now().isoformat(),
        **more,
    }


def keys(*names: str) -> bytes:
    """What a terminal sends for the keys of those names."""
    return b"".join(KEYS[name] for name in names)


def _heed_signals() -> None:
    """What `nohup`, or a shell's `&`, has its children ignore, a student's terminal does not."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, signal.SIG_DFL)


class Terminal:
    """`coach` with `args` in a terminal of its own, read all the time by a thread.

    Every wait is for something that the screen (or the process) comes to show; a wait that is in
    vain fails with the screen as it stands.
    """

    def __init__(
        self,
        *args: str,
        data: Path,
        size: tuple[int, int] = (80, 24),
        **env: str,
    ) -> None:
        columns, rows = size
        self.data = data
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._news = threading.Condition()
        self.raw = b""
        """All that the program wrote."""
        self.over = False
        """Whether it will write no more."""
        self.closed = False
        # pexpect's own types leave out the ptyprocess within, and allow for a process never begun.
        # It takes a command without arguments for a line to be split at its blanks: hence `env`.
        spawned = pexpect.spawn(
            "env",
            [str(COACH), *args],
            preexec_fn=_heed_signals,
            env=environment(data, **env),
            dimensions=(rows, columns),
            encoding=None,
            timeout=PATIENCE,
        )
        self.child = cast("Any", spawned)
        self.child.delaybeforesend = None
        self.pid: int = self.child.pid
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        handle = self.child.child_fd
        while not self.closed:
            try:
                ready, _, _ = select.select([handle], [], [], 0.1)
                chunk = os.read(handle, 65536) if ready else None
            except (OSError, ValueError):
                chunk = b""
            if chunk is None:
                continue
            with self._news:
                if chunk:
                    self.raw += chunk
                    self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", chunk))
                else:
                    self.over = True
                self._news.notify_all()
            if not chunk:
                return

    # What it shows

    def screen_text(self) -> str:
        """The screen as it stands, line by line."""
        with self._news:
            return "\n".join(line.rstrip() for line in self._screen.display)

    def shows(self, text: str) -> bool:
        """Whether `text` is on the screen, also where its words are broken over lines."""
        shown = self.screen_text()
        return text in shown or _flat(text) in _flat(shown)

    def wait_until(
        self,
        met: Callable[[], Any],
        what: str,
        timeout: float = PATIENCE,
        pause: float = AN_EYE_BLINK,
    ) -> None:
        """Waits until `met()` is true; fails with `what` and the screen.

        It looks each time that something is written, and after `pause` seconds.
        """
        end = time.monotonic() + timeout
        while True:
            before = (len(self.raw), self.over)
            if met():
                return
            left = end - time.monotonic()
            if left <= 0 or (self.over and not met()):
                how = "when it ended" if self.over else f"in {timeout:.0f} s"
                raise AssertionError(f"{what}, {how}\n{self.screen_text()}")
            with self._news:
                self._news.wait_for(
                    lambda before=before: (len(self.raw), self.over) != before, min(left, pause)
                )

    def wait_for(self, *texts: str, timeout: float = PATIENCE) -> None:
        """Waits until all of `texts` are on the screen."""
        self.wait_until(
            lambda: all(map(self.shows, texts)), f"the screen never showed {texts}", timeout, 1.0
        )

    def wait_gone(self, text: str, timeout: float = PATIENCE) -> None:
        """Waits until `text` is no longer on the screen."""
        self.wait_until(
            lambda: not self.shows(text), f"the screen still shows {text!r}", timeout, 1.0
        )

    # What it is given

    def send(self, text: str | bytes) -> None:
        """Sends text, or bytes as they are, in one write."""
        data = text.encode() if isinstance(text, str) else text
        while data:
            data = data[os.write(self.child.child_fd, data) :]

    def send_keys(self, *names: str) -> None:
        """Sends keys by their names, in one write."""
        self.send(keys(*names))

    def type(self, text: str) -> None:
        """Types `text` and waits until the screen shows it."""
        self.send(text)
        self.wait_for(text)

    def resize(self, columns: int, rows: int) -> None:
        """Gives the terminal another size, of which the system tells the program (SIGWINCH)."""
        with self._news:
            self._screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    # How it ends

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Sends the program a signal."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Closes the terminal under the program, as a closed window does."""
        self.closed = True
        self._thread.join()
        # Not os.close: the file object would close that number once more, whosever it is by then.
        self.child.ptyproc.fileobj.close()

    def wait_exit(self, timeout: float = PATIENCE) -> int:
        """Waits for the end and gives the exit code, or the signal's number below zero."""
        end = time.monotonic() + timeout
        while (done := os.waitpid(self.pid, os.WNOHANG))[0] == 0:
            if time.monotonic() > end:
                raise AssertionError(f"still running after {timeout:.0f} s\n{self.screen_text()}")
            time.sleep(AN_EYE_BLINK)
        self.child.ptyproc.terminated = True
        if not self.closed:
            self._thread.join(5)
        return os.waitstatus_to_exitcode(done[1])

    def killed(self) -> None:
        """Kills it as a power cut would and waits until it is gone."""
        self.kill()
        self.wait_exit()

    def quit(self) -> None:
        """Leaves the app, which must end well."""
        self.send_keys("ctrl+q")
        assert self.wait_exit() == 0, self.screen_text()
        self.check()

    def check(self) -> None:
        """Nothing that only a programmer reads was ever shown."""
        assert b"Traceback" not in self.raw, self.raw.decode(errors="replace")

    def modes(self) -> dict[str, bool]:
        """The private modes of the terminal that the program set or reset, as it left them."""
        found: dict[str, bool] = {}
        for numbers, ending in _MODE.findall(self.raw):
            for number in numbers.decode().split(";"):
                found[number] = ending == b"h"
        return found

    def check_left_sane(self) -> None:
        """The program gave the terminal back as a shell needs it."""
        modes = self.modes()
        for number in ("1049", "1000", "1003", "1006", "1004", "2004"):
            # Alternate screen, three ways to report the mouse, focus reports, bracketed paste.
            assert not modes.get(number), f"mode {number} is left on"
        assert modes.get("25", True), "the cursor is left hidden"
        flags = termios.tcgetattr(self.child.child_fd)[3]
        assert flags & termios.ECHO and flags & termios.ICANON, "the keyboard is left raw"

    def close(self) -> None:
        """Ends it whatever it does, and lets go of the terminal."""
        if not self.child.ptyproc.terminated:
            self.killed()
        if not self.closed:
            self.hang_up()
        self.child.closed = self.child.ptyproc.closed = True


def _flat(text: str) -> str:
    """`text` on one line, its accents joined to their letters as the screen joins them."""
    return " ".join(unicodedata.normalize("NFC", text).split())


# What is kept


def run(
    *args: str, data: Path, given: str | bytes | None = None, **env: str
) -> subprocess.CompletedProcess[bytes]:
    """Runs `coach` with `args` through pipes, as a script does."""
    fed = given.encode() if isinstance(given, str) else given
    stdin: dict[str, Any] = {"stdin": subprocess.DEVNULL} if fed is None else {"input": fed}
    done = subprocess.run(
        [str(COACH), *args],
        env=environment(data, **env),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
        **stdin,
    )
    assert b"Traceback" not in done.stdout + done.stderr, done.stderr.decode()
    return done


def listed(data: Path, *args: str) -> list[dict[str, Any]]:
    """What `coach list --json` gives, in this process: a new one takes as long as many a test."""
    out, err = io.StringIO(), io.StringIO()
    with (
        patch.dict(os.environ, environment(data), clear=True),
        patch.object(sys, "stdin", io.StringIO()),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = main(["list", "--json", *args])
    assert code == 0, err.getvalue()
    found = json.loads(out.getvalue())
    assert found["schema"] == 1
    entries: list[dict[str, Any]] = found["entries"]
    return entries


def the_one(data: Path, *args: str) -> dict[str, Any]:
    """The only entry of `coach list --json` with `args`."""
    found = listed(data, *args)
    assert len(found) == 1, found
    return found[0]


def draft(data: Path) -> dict[str, Any]:
    """The answers in the only draft's file as it stands; {} while there is none."""
    for path in (data / "drafts").glob("*.json"):
        answers: dict[str, Any] = json.loads(path.read_bytes())["entry"]["answers"]
        return answers
    return {}
