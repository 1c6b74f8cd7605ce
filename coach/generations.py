"""The last ten states of the journal, one a day at most: how it stood when each day's work ended.

With the first save of a day, the file that is about to be replaced was last written on an earlier
one: it gets a second name, which costs nothing at any size. `generations/2026-11-24.json` is the
journal as it stood at the end of that day; sealed, if the journal was.
"""

import re
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from coach.clock import today
from coach.files import JournalError, leftovers, make_folder, replace, second_name

FOLDER = "generations"
KEPT = 10
NAME = re.compile(r"\d{4}-\d{2}-\d{2}\.json")


def day_of(modified: int) -> str:
    """The student's day (`YYYY-MM-DD`) of a moment in nanoseconds."""
    return datetime.fromtimestamp(modified / 1e9).date().isoformat()


class Generations:
    """Those beside the journal in the data folder `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER

    def name(self, journal: Path, modified: int) -> tuple[Path, Path] | None:
        """A second, temporary name of `journal`, last written at `modified`, and the one to come.

        None when none is due or it cannot be: a save never fails for it.
        """
        day = day_of(modified)
        if day >= today().isoformat():
            return None
        target = self.folder / f"{day}.json"
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
            for path in self.found()[KEPT:]:
                path.unlink()

    def found(self) -> list[Path]:
        """The generations, newest first."""
        with suppress(OSError):
            names = [path for path in self.folder.iterdir() if NAME.fullmatch(path.name)]
            return sorted(names, key=lambda path: path.name, reverse=True)
        return []
