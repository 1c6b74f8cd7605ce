"""Writes a file to a path that the student chose: atomically, readable by its owner alone."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from coach.disk.atomic_files import replace, sync_folder, write_temporary


def save_copy(path: Path, data: bytes, *, force: bool = False) -> None:
    """Writes `data` to `path` atomically, with mode 0600.

    Raises FileExistsError where a file exists and `force` is not set, OSError when it cannot be
    written; an existing file is then unchanged. A folder that cannot be flushed is not an error.
    """
    with suppress(FileNotFoundError):
        mode = path.stat().st_mode
        if stat.S_ISFIFO(mode) or stat.S_ISCHR(mode):
            path.write_bytes(data)  # a pipe, or /dev/stdout: there is nothing to replace
            return
        if not force:
            raise FileExistsError(path)
    real = path.resolve()
    temporary, _ = write_temporary(real, [data])
    try:
        if force or not _linked(temporary, real):
            replace(temporary, real)
    finally:
        with suppress(OSError):
            temporary.unlink()
    sync_folder(real.parent)


def _linked(source: Path, target: Path) -> bool:
    """Whether `target` became a hard link to `source`; raises FileExistsError where it exists."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:  # a disk that knows no links, or an answer that was lost on the way
        if target.exists():
            if target.samefile(source):
                return True
            raise FileExistsError(target) from None
        return False
    return True
