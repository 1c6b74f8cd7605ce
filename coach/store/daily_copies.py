"""The last ten states of the journal, one a day at most: how it stood when each day's work ended.

With the first save of a day, the file that is about to be replaced was last written on an earlier
one: it gets a second name, which costs nothing at any size. `generations/2026-11-24.json` is the
journal as it stood at the end of that day; sealed, if the journal was.
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
    """Those beside the journal in the data folder `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER

    def of(self, modified: int) -> Path:
        """The generation of the day of a moment in nanoseconds, which may not be there."""
        return self.folder / f"{day_of(modified)}.json"

    def name(self, journal: Path, modified: int) -> tuple[Path, Path] | None:
        """A second, temporary name of `journal`, last written at `modified`, and the one to come.

        None when none is due or it cannot be: a save never fails for it.
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
        """Give what `name` gave its name, now that another file is the journal; drop the oldest."""
        if named is None:
            return
        with suppress(OSError):
            replace(*named)
            self._drop_oldest()

    def write(self, modified: int, data: bytes) -> None:
        """Keep `data` as that of the day of `modified`, a moment in nanoseconds, if it has none.

        For a journal that another program replaced that day: it alone would be a poor one.
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
        """The generations, newest first; raises OSError when their folder cannot be read."""
        names = [path for path in files_in(self.folder) if NAME.fullmatch(path.name)]
        return sorted(names, key=lambda path: path.name, reverse=True)
