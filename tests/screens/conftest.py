"""What tests of the screens share."""

from pathlib import Path

import pytest
from piloting import Desk


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
