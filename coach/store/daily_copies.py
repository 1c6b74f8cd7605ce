"""Daily copies of the journal: at most ten, each with its state at the end of one day.

The first save of a day is about to replace a file that was last written on an earlier day. That
file gets a second name (a hard link), which takes the same time at any size.
`generations/2026-11-24.json` is the journal at the end of that day, encrypted if the journal was.
"""

import os
import re
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from coach.disk.atomic_files import (
    absent,
    files_in,
    leftovers,
    make_folder,
    replace,
    second_name,
    write_atomic,
)
from coach.disk.errors import JournalError
from coach.util.clock import today

FOLDER = "generations"
KEPT = 10
NAME = re.compile(r"\d{4}-\d{2}-\d{2}\.json")


def day_of(modified: int) -> str:
    """The student's day (`YYYY-MM-DD`) of a moment in nanoseconds."""
    return datetime.fromtimestamp(modified / 1e9).date().isoformat()


class DailyCopies:
    """The daily copies in the data folder `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER

    def of(self, modified: int) -> Path:
        """The path of the copy for the day of `modified` (nanoseconds); the file may not exist."""
        return self.folder / f"{day_of(modified)}.json"

    def name(self, journal: Path, modified: int) -> tuple[Path, Path] | None:
        """Link `journal`, last written at `modified` (nanoseconds); (temporary name, final name).

        None when no copy is due, or when the link fails: a save never fails because of a copy.
        """
        target = self.of(modified)
        if target.stem >= today().isoformat():
            return None
        with suppress(OSError, JournalError):
            make_folder(self.folder)
            for orphan in leftovers(self.folder):
                orphan.unlink()
            return second_name(journal, target), target
        return None

    def keep(self, named: tuple[Path, Path] | None) -> None:
        """Rename the link that `name` made, after the save, and delete the oldest copies."""
        if named is None:
            return
        with suppress(OSError):
            replace(*named)
            self._drop_oldest()

    def write(self, modified: int, data: bytes) -> None:
        """Write `data` as the copy for the day of `modified` (nanoseconds), if that day has none.

        Called when another program replaced the journal that day, so that the copy does not hold
        only the replacement.
        """
        target = self.of(modified)
        if target.stem >= today().isoformat() or not absent(target):
            return
        with suppress(OSError, JournalError):
            make_folder(self.folder)
            write_atomic(target, data)
            os.utime(target, ns=(modified, modified))
            self._drop_oldest()

    def _drop_oldest(self) -> None:
        for path in self.list_copies()[KEPT:]:
            path.unlink()

    def list_copies(self) -> list[Path]:
        """The paths of the copies, newest first; raises OSError when the folder is unreadable."""
        names = [path for path in files_in(self.folder) if NAME.fullmatch(path.name)]
        return sorted(names, key=lambda path: path.name, reverse=True)
