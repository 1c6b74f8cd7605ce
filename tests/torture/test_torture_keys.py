"""The real app under thousands of random keys in bursts: whatever comes together, it goes on."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from scale import figure, scaled
from terminal_support import KEYS, Terminal, keys

MORE = {
    "shift+up": b"\x1b[1;2A",
    "shift+down": b"\x1b[1;2B",
    "delete": b"\x1b[3~",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "f3": b"\x1bOR",
    "f4": b"\x1bOS",
    "f5": b"\x1b[15~",
}
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789 ./'é"
# Those that end the app, or stop the test's own shell, are left out; ctrl+i is tab, ctrl+m enter.
LEAVE = {"ctrl+q", "f10", "ctrl+c", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+h"}
NAMED = [name for name in [*KEYS, *MORE] if name not in LEAVE and not name.startswith("ctrl+")]
CTRL = [name for name in KEYS if name not in LEAVE and name.startswith("ctrl+")]
WAYS = ["ctrl+n", "ctrl+s", "ctrl+p", "ctrl+t"]
PAIRS = [
    ("ctrl+s", "ctrl+n"),
    ("ctrl+n", "ctrl+s"),
    ("ctrl+p", "pagedown"),
    ("ctrl+p", "escape", "ctrl+p"),
    ("ctrl+n", "4", "ctrl+s"),
    ("ctrl+n", "4", "f5", "f5", "f5", "f5", "enter", "enter"),
    ("f2", "x", "ctrl+n"),
]
"""What ended the app once, when it came in one burst."""
IN_ONE = scaled(1_250, 2_500)
ROUNDS = scaled(4, 20)
AT_ONCE = 60
"""Keys in a burst at most."""


def _sent(name: str) -> bytes:
    return MORE.get(name) or KEYS.get(name) or name.encode()


def bursts(draw: random.Random, count: int) -> Iterator[bytes]:
    """`count` keys or a few more, in bursts."""
    while count > 0:
        burst: list[str] = []
        for _ in range(draw.randint(1, AT_ONCE)):
            kind = draw.random()
            if kind < 0.02:
                burst += draw.choice(PAIRS)
            elif kind < 0.05:
                burst.append(draw.choice(WAYS))
            elif kind < 0.09:
                burst.append(draw.choice(CTRL))
            elif kind < 0.5:
                burst.append(draw.choice(NAMED))
            else:
                burst.append(draw.choice(LETTERS))
        count -= len(burst)
        yield b"".join(map(_sent, burst))


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_no_keys_end_the_app(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a file that random letters name is written here
    draw = random.Random(20261120 + seed)
    waiting = bursts(draw, IN_ONE)
    opened = 0
    burst = next(waiting, None)
    while burst is not None:
        opened += 1
        lang = "fr" if draw.random() < 0.5 else "en"
        # Ten drawings a second: what they cost is all that this test would wait for.
        options = {"COACH_TRACEBACK": "1", "TMPDIR": str(tmp_path), "TEXTUAL_FPS": "10"}
        data = tmp_path / f"coach{opened}"
        terminal = Terminal("--lang", lang, "--demo", data=data, **options)
        try:
            terminal.wait_for("f1")
            while burst is not None and not terminal.over:
                terminal.send(burst)
                time.sleep(0.01)  # so that it is read as one burst, apart from the next
                burst = next(waiting, None)
            if not terminal.over:
                terminal.send(keys("ctrl+q"))
            # The palette may have chosen to leave: then the rest goes to another one.
            assert terminal.wait_exit(scaled(120, 600)) == 0, terminal.screen_text()
            terminal.check()
        finally:
            terminal.close()
    if seed == 0:
        figure(f"keys: {IN_ONE * ROUNDS:,} at random in bursts of up to {AT_ONCE}: 0 ends")
