"""Runs `coach` for tests: in this process, which is quick, or as a real one."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from coach.cli import main
from coach.util.clock import local_now

CLEAR = dict.fromkeys(("COACH_LANG", "COACH_DATA_DIR", "LC_ALL", "LC_MESSAGES"), "")
"""What the surroundings may say about place and language, taken away."""


@dataclass
class Said:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Cli:
    """`coach` on the folder `data`, in French unless told otherwise."""

    def __init__(self, data: Path, lang: str = "fr") -> None:
        self.data = data
        self.lang = lang

    def __call__(self, *args: str, stdin: str = "", **env: str) -> Said:
        out, err = _stream(), _stream()
        surroundings = self.surroundings(**env)
        inp = io.TextIOWrapper(io.BytesIO(stdin.encode("utf-8", "surrogateescape")), "utf-8")
        with (
            patch.dict(os.environ, surroundings),
            patch.object(sys, "stdin", inp),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            code = main(list(args))
        return Said(code, _text(out), _text(err))

    def entries(self, *args: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self("list", "--json", *args).json["entries"]
        return found

    def process(
        self, *args: str, stdin: Any = subprocess.PIPE, **more: Any
    ) -> subprocess.Popen[bytes]:
        """A real process of `coach`."""
        return subprocess.Popen(
            [sys.executable, "-m", "coach", *args],
            stdin=stdin,
            stdout=more.pop("stdout", subprocess.PIPE),
            stderr=subprocess.PIPE,
            env=self.surroundings(**more.pop("env", {})),
            **more,
        )

    def surroundings(self, **env: str) -> dict[str, str]:
        own = {"COACH_DATA_DIR": str(self.data), "COACH_LANG": self.lang}
        return os.environ | CLEAR | own | {"COACH_TODAY": local_now().isoformat()} | env


@contextmanager
def given(*lines: str) -> Iterator[tuple[str, str]]:
    """The option that gives `lines` by a pipe, a passphrase each."""
    into, out = os.pipe()
    os.write(out, "\n".join(lines).encode())
    os.close(out)
    yield "--passphrase-fd", str(into)
    os.close(into)


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), "utf-8")


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode("utf-8")


def only_line(said: Said) -> str:
    """The one line on standard error: no traceback, nothing left to fill in."""
    lines = said.err.splitlines()
    assert len(lines) == 1, said.err
    assert lines[0].startswith("coach: ") and "{" not in lines[0]
    return lines[0]
