"""How much of the long tests is run: seconds of them in `make test`, all in `make torture`."""

import os

TORTURE = bool(os.environ.get("COACH_TORTURE"))
FIGURES: list[str] = []
"""What was measured, one line each: told at the end, in the order of the tests."""


def scaled(fast: int, whole: int) -> int:
    """`whole` in `make torture`, `fast` in `make test`."""
    return whole if TORTURE else fast


def figure(line: str) -> None:
    """Has `line` told at the end."""
    FIGURES.append(line)
