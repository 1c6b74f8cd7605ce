"""What the doctor looks over, and what it can find."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from coach.disk.locations import DataFolder
    from coach.flows.content import Content
    from coach.store.journal import Journal


Level = Literal["ok", "note", "problem"]


@dataclass(frozen=True)
class Finding:
    """One thing found. `key` and `values` name the sentences: what it is, and `KEY.todo`."""

    key: str
    level: Level
    values: dict[str, str] = field(default_factory=dict)
    mend: Callable[[], object] | None = field(default=None, compare=False)
    """Mends it and loses nothing; None where it takes the student."""


@dataclass
class CheckedFolder:
    """What is looked over. The journal was not read yet, for reading it mends it."""

    data_folder: "DataFolder"
    journal: "Journal"
    content: "Content"
    lang: str

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self.data_folder.folder
