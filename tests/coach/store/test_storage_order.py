"""The order on the disk, on which a power cut depends: written, flushed, renamed, folder flushed.

A killed process loses nothing that it wrote; a power cut loses what was not flushed. So the real
calls are recorded, and what they promise is looked up in their order.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from storage_support import drafted, made

from coach.disk.atomic_files import write_atomic
from coach.store.journal import Journal

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows flushes no folder")

Deed = tuple[str, str]
"""What was done (`write`, `fsync`, `rename`) and to what: a file's name, a folder's with `/`."""


class Disk:
    """Records what this process does to the disk, while it is done."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.deeds: list[Deed] = []
        self._names: dict[int, str] = {}
        for name in ("open", "write", "fsync", "replace", "rename"):
            monkeypatch.setattr(os, name, self._recorded(name, getattr(os, name)))

    def _recorded(self, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def recorded(*arguments: Any, **options: Any) -> Any:
            result = original(*arguments, **options)
            if name == "open":
                path = Path(arguments[0])
                self._names[result] = _short(path) + "/" * path.is_dir()
            elif name in ("write", "fsync"):
                self._add(name, self._names.get(arguments[0], "?"))
            else:
                self._add("rename", f"{_short(Path(arguments[0]))} > {_short(Path(arguments[1]))}")
            return result

        return recorded

    def _add(self, name: str, what: str) -> None:
        if self.deeds[-1:] != [(name, what)]:  # one write in several pieces
            self.deeds.append((name, what))

    def taken(self) -> list[Deed]:
        """What was done since this was last asked."""
        deeds, self.deeds = self.deeds, []
        return deeds


def _short(path: Path) -> str:
    """The name of `path` without numbers: those of a machine, of a temporary file (`x.json~`)."""
    name = re.sub(r"\.log\.[0-9a-f]{8}\.", ".log.", path.name)
    return name[1:].rsplit(".", 2)[0] + "~" if name.endswith(".tmp") else name


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


def replaced(name: str, folder: str) -> list[Deed]:
    """The four steps that put a whole new file in the place of `name` in `folder`."""
    return [
        ("write", f"{name}~"),
        ("fsync", f"{name}~"),
        ("rename", f"{name}~ > {name}"),
        ("fsync", f"{folder}/"),
    ]


def test_a_file_is_flushed_renamed_and_its_folder_flushed(tmp_path: Path, disk: Disk) -> None:
    for text in (b"one", b"two"):
        write_atomic(tmp_path / "it.json", text, b" and on")
        assert disk.taken() == replaced("it.json", tmp_path.name)


ADDED = [("write", "journal.recent.jsonl"), ("fsync", "journal.recent.jsonl")]
NEW = [("write", "journal.json~"), ("fsync", "journal.json~")]
LOGGED = ("write", "journal.log.jsonl")
"""The machine's own log, which is not flushed: what it adds is in two files that are."""
IN_FORCE = ("rename", "journal.json~ > journal.json")
FLUSHED = ("fsync", "coach/")


def test_a_save_is_confirmed_once_its_folder_is_flushed(folder: Path, disk: Disk) -> None:
    journal = Journal(folder)
    journal.save(made("one"))
    disk.taken()
    journal.save(made("two"))
    # The first save after another was there: the recent revisions are begun again, and last.
    advanced = ("rename", "journal.previous.json~ > journal.previous.json")
    again = replaced("journal.recent.jsonl", "coach")
    assert disk.taken() == [*NEW, *ADDED, LOGGED, IN_FORCE, advanced, FLUSHED, *again, LOGGED]
    journal.save(made("three"))
    assert disk.taken() == [*NEW, *ADDED, LOGGED, IN_FORCE, FLUSHED]


def test_a_draft_is_flushed_like_a_save(folder: Path, disk: Disk) -> None:
    with Journal(folder).drafts.open("d") as file:
        disk.taken()
        file.write(drafted("one", id="d"))
        assert disk.taken() == replaced("d.json", "drafts")
