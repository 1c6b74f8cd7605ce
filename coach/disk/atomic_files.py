"""Writing files so that a crash leaves the old state or the new one, never a part of either.

A file is written beside its target under a temporary name, flushed to the disk, then renamed over
the target, and the folder is flushed last: only then does the new name survive a power cut. Every
file holds private text, so it is made with mode 0600, and a folder with 0700.
"""

import errno
import os
import re
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import NamedTuple, TypeVar

from coach.disk.errors import trouble
from coach.util import clock

_PAUSES = (0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.4)
"""Seconds to wait between tries while Windows holds a file that another process reads."""

_numbers = count(1)
T = TypeVar("T")


_MARKS = [re.compile(rb"^%b " % mark, re.MULTILINE) for mark in (b"<{7}", b">{7}")]


def has_marks(data: bytes) -> bool:
    """Whether the file holds git's conflict markers."""
    return all(mark.search(data) for mark in _MARKS)


class Stamp(NamedTuple):
    """The identity of a file's state: inode, size, time of change. A save gives the journal a new
    inode and a greater size, so two states never share a stamp."""

    inode: int
    size: int
    modified: int


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file from its `stat`."""
    return Stamp(status.st_ino, status.st_size, status.st_mtime_ns)


def read_file(path: Path) -> tuple[bytes, Stamp]:
    """The bytes of `path` and the stamp of the very file that held them; raises OSError."""
    with _patiently(lambda: path.open("rb", buffering=0)) as file:
        status = os.fstat(file.fileno())
        return file.read(), stamp_of(status)


def absent(path: Path) -> bool:
    """Whether nothing exists at `path`; False where that cannot be determined."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        pass
    return False


def files_in(folder: Path) -> list[Path]:
    """The files in `folder`, sorted, without subfolders; [] only where the folder does not exist.

    Files whose status cannot be read are included. Raises OSError when `folder` cannot be read.
    """
    found = []
    try:
        with os.scandir(folder) as items:
            for item in items:
                try:
                    is_file = item.is_file()
                except OSError:
                    is_file = True
                if is_file or _is_link_loop(folder / item.name):
                    found.append(folder / item.name)
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(found)


def _is_link_loop(path: Path) -> bool:
    """Whether `path` is a symbolic link in a loop."""
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def make_folder(folder: Path) -> None:
    """Make `folder`, for its owner alone, where it is missing; an existing one keeps its mode.

    Raises JournalError when it cannot be made or is a file.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise trouble(error, folder) from error


def _temporary_name(target: Path) -> Path:
    """A new name beside `target`, of the form that `leftovers` finds again."""
    return target.with_name(f".{target.name}.{os.getpid()}-{next(_numbers)}.tmp")


def write_temporary(target: Path, chunks: Iterable[bytes]) -> tuple[Path, Stamp]:
    """Write `chunks` to a fresh temporary file beside `target` and flush it to the disk.

    On failure the temporary file is removed and OSError raised.
    """
    path = _temporary_name(target)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, 0o600)
    try:
        with os.fdopen(handle, "wb", buffering=0) as file:
            for chunk in chunks:
                write_all(file.fileno(), chunk)
            if clock.present().given:
                moment = clock.now().timestamp()
                os.utime(path, (moment, moment))  # by its files the program tells days apart
            os.fsync(file.fileno())
            return path, stamp_of(os.fstat(file.fileno()))
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


def write_all(handle: int, data: bytes) -> None:
    """Write all of `data`: a full disk may accept a part before it reports the error."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def replace(source: Path, target: Path) -> None:
    """Rename `source` over `target` atomically; raises OSError when it was not done.

    On a network disk an error may come after the rename was done: then `source` is gone, and
    nothing is raised.
    """
    try:
        _patiently(lambda: source.replace(target))
    except FileNotFoundError:
        raise
    except OSError:
        if not _is_gone(source):
            raise


def remove(path: Path) -> None:
    """Remove `path` if it exists; raises OSError when it was not done (see `replace`)."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        if not _is_gone(path):
            raise


def _is_gone(path: Path) -> bool:
    try:
        path.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        pass
    return False


def _patiently(action: Callable[[], T]) -> T:
    """Do `action`; on Windows, try again for a while if another process has the file open."""
    for pause in _PAUSES:
        try:
            return action()
        except PermissionError as error:
            if getattr(error, "winerror", None) is None:
                raise
            time.sleep(pause)
    return action()


def sync_folder(folder: Path) -> OSError | None:
    """Flush the folder's names to the disk, so that they survive a power cut (not on Windows).

    An error is returned, not raised: the rename before it stays done.
    """
    if os.name == "nt":
        return None
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            with suppress(OSError):
                os.close(handle)
    except OSError as error:
        # Some network folders have no such thing.
        return None if error.errno in (errno.EINVAL, errno.ENOTSUP) else error
    return None


def write_atomic(target: Path, *chunks: bytes) -> Stamp:
    """Write `chunks` to `target` atomically; on OSError `target` is unchanged.

    A folder that cannot be flushed is not an error, since the file is in place by then.
    """
    temporary, stamp = write_temporary(target, chunks)
    try:
        replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(target.parent)
    return stamp


def second_name(source: Path, target: Path) -> Path:
    """Give `source` a second, temporary name beside `target`, ready to be renamed to `target`.

    It is a hard link, so it takes no time at any size; use it only for a file that will be
    replaced, never written in place. Without hard links it is a copy. Raises OSError.
    """
    temporary = _temporary_name(target)
    try:
        os.link(source, temporary)
        return temporary
    except FileNotFoundError:
        raise
    except OSError:
        return write_temporary(target, [read_file(source)[0]])[0]


def set_aside(source: Path, target: Path) -> None:
    """Keep `source` under the name `target` too, before it is replaced; raises OSError."""
    replace(second_name(source, target), target)


def dated(path: Path, what: str) -> Path:
    """A free name beside `path` for setting it aside: `journal.damaged-20261122T101500.json`.

    Raises OSError where no free name is found.
    """
    start = f"{path.stem}.{what}-{clock.local_now():%Y%m%dT%H%M%S}"
    names = (f"{start}{'' if n == 1 else f'-{n}'}{path.suffix}" for n in range(1, 1000))
    for one in filter(absent, map(path.with_name, names)):
        return one
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))


def leftovers(folder: Path, name: str | None = None, *, strict: bool = False) -> list[Path]:
    """Temporary files that a killed process left in `folder` for the file `name` (or any).

    With `strict`, raises OSError where the folder cannot be read; [] where it does not exist.
    """
    start = "." if name is None else f".{name}."
    try:
        with os.scandir(folder) as found:
            names = [item.name for item in found]
    except FileNotFoundError:
        return []
    except OSError:
        if strict:
            raise
        return []
    return [folder / name for name in names if name.startswith(start) and name.endswith(".tmp")]
