"""What every test may need."""

import gc
import os
import sys
import warnings
from collections.abc import Iterator

import pytest
from hypothesis import settings
from hypothesis.internal.charmap import charmap
from scale import FIGURES, TORTURE, scaled

from coach.features.registry import load_content
from coach.flows.content import Content
from coach.util import clock

# The same examples each run, and no clock: several workers share two cores.
settings.register_profile("coach", deadline=None, derandomize=True, max_examples=scaled(30, 300))
settings.load_profile("coach")

# Each worker reads all tests and each started `coach` all modules: 4 s less for each compiled once.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# No test reads the real day: it is a Friday evening for this process and those it starts, unless
# another moment is given (see `make test-days`).
os.environ.setdefault("COACH_TODAY", "2026-11-20 20:00")


@pytest.fixture(autouse=True)
def set_clock() -> Iterator[None]:
    """Begins each test at the moment of `COACH_TODAY`, from which time goes on."""
    with clock.running():
        yield


def pytest_sessionstart() -> None:
    """Has hypothesis sort all characters before workers begin: once in a checkout, and it keeps
    them. In a fresh one each worker took a second for it.
    """
    if "PYTEST_XDIST_WORKER" not in os.environ:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that it comes early is meant
            charmap()


def pytest_collection_finish() -> None:
    """Sweeps seldom: what was imported stays, and looking through it took a fifth of all time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


@pytest.fixture(scope="session")
def content() -> Content:
    """What the coach says and asks; read once."""
    return load_content()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tells the figures of `make torture`; see `scale`."""
    for line in FIGURES if TORTURE else []:
        terminalreporter.write_line(line)
