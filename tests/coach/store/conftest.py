from pathlib import Path

import pytest

from coach.store.journal import Journal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder that does not exist yet."""
    return tmp_path / "coach"


@pytest.fixture
def journal(folder: Path) -> Journal:
    return Journal(folder)
