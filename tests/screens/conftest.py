"""What tests of the screens share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

pytest.register_assert_rewrite("album", "piloting")

from album import EVENING, Picture  # noqa: E402
from piloting import Desk  # noqa: E402

from coach.util import clock  # noqa: E402


@pytest.fixture(autouse=True)
def no_clipboard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was copied; the desktop's own clipboard is left alone."""
    copied: list[str] = []
    monkeypatch.setattr("pyperclip.copy", copied.append)
    return copied


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A folder where French was chosen already: no first start."""
    desk = Desk(tmp_path / "coach")
    desk.settings('lang = "fr"\n')
    return desk


@pytest.fixture
def fresh(tmp_path: Path) -> Desk:
    """A folder that does not exist yet."""
    return Desk(tmp_path / "coach")


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """What an `Album` compares its pictures with."""
    return snapshot.use_extension(Picture)


@pytest.fixture
def evening(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A Friday at 17:42; time goes on, so that timers do, but nothing comes late."""
    monkeypatch.setattr("screens.guided.guided.NOTICE_AFTER", 0.01)
    monkeypatch.setattr("screens.guided.autosave.DRAFT_EVERY", 3600)
    with clock.running(EVENING):
        yield
