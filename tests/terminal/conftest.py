"""Terminals for the tests that drive the installed command."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if sys.platform == "win32":
    # There are no pseudo-terminals of this kind; the Pilot tests cover the screens there.
    collect_ignore_glob = ["test_*.py"]
else:
    from terminal_support import Terminal

if TYPE_CHECKING:
    Start = Callable[..., "Terminal"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder that does not exist yet."""
    return tmp_path / "coach"


@pytest.fixture
def start(data: Path) -> "Iterator[Start]":
    """Starts `coach` in terminals that end with the test."""
    opened: list[Terminal] = []

    def begin(*args: str, **options: Any) -> Terminal:
        options.setdefault("data", data)
        terminal = Terminal(*args, **options)
        opened.append(terminal)
        return terminal

    yield begin
    for terminal in opened:
        terminal.close()
        terminal.check()
