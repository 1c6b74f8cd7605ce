"""What every test may need."""

import pytest
from hypothesis import settings
from scale import FIGURES, TORTURE

from coach.content import Content

# The same examples each run, and no clock: four workers share two cores.
settings.register_profile("coach", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("coach")


@pytest.fixture(scope="session")
def content() -> Content:
    """What the coach says and asks; read once."""
    return Content()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tells the figures of `make torture`; see `scale`."""
    for line in FIGURES if TORTURE else []:
        terminalreporter.write_line(line)
