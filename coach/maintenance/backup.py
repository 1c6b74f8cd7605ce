"""Backups: everything of a data folder in one file, and where such files lie.

A backup is a zip file with the journal, the drafts, the settings, the sessions of a school, and the
files that were set aside. Where the folder is locked it is sealed as a whole. Daily copies are not
in it: it is one itself.
"""

import errno
import io
import os
import re
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from coach import __version__
from coach.disk.atomic_files import absent, files_in, make_folder, read_file
from coach.disk.encryption import BrokenSeal
from coach.disk.errors import JournalError, reason_of, trouble
from coach.disk.keyring import Keyring
from coach.disk.saved_copy import save_copy
from coach.store.daily_copies import DailyCopies
from coach.store.entries import SCHEMA
from coach.store.machine_log import NAME as LOG
from coach.store.table import FILE, EntryTable
from coach.util.clock import local_now

FOLDER = "backups"
SUFFIX = ".coach"
BEFORE = "before-restore"
"""How the names begin of backups made before a restore."""
KEPT_BEFORE = 5

OWN = (FILE, "journal.previous.json", "journal.recent.jsonl", "journal.key")
"""What a backup does not need: the journal is in it, with all that these have."""
MEMBER = re.compile(
    r"(drafts|aside)/[^/\\]+|flows/[^/\\]+\.toml|settings\.toml|rights-[\d-]+\.toml|journal\.json"
)
"""What a backup may hold; whatever else is in the file is passed over."""


@dataclass(frozen=True)
class Backup:
    """Something that can be brought back: a backup or a daily copy, and of when."""

    path: Path
    moment: datetime
    kind: str
    """`generation`, `backup`, or `before` (made before a restore)."""


def list_backups(folder: Path) -> list[Backup]:
    """What the data folder has to bring back, newest first.

    Raises JournalError when a folder is there and cannot be read.
    """
    try:
        paths = [(path, "generation") for path in DailyCopies(folder).list_copies()]
        backups = files_in(folder / FOLDER)
    except OSError as error:
        raise trouble(error, Path(error.filename or folder), reading=True) from error
    for path in backups:
        if path.suffix == SUFFIX and not path.name.startswith("."):
            kind = "before" if path.name.startswith(BEFORE) else "backup"
            paths.append((path, kind))
    kept = []
    for path, kind in paths:
        with suppress(OSError):
            kept.append(Backup(path, datetime.fromtimestamp(path.stat().st_mtime), kind))
    return sorted(kept, key=lambda one: (one.moment, one.path.name), reverse=True)


def new_name(folder: Path, start: str = "coach") -> Path:
    """A name in `folder` that no backup has: `coach-20261125-174233.coach`."""
    start = f"{start}-{local_now():%Y%m%d-%H%M%S}"
    names = (f"{start}{'' if n == 1 else f'-{n}'}{SUFFIX}" for n in range(1, 1000))
    for one in filter(absent, map(folder.joinpath, names)):
        return one
    raise JournalError("failed", path=str(folder), reason=os.strerror(errno.EEXIST))


def back_up(table: EntryTable, target: Path | None, *, force: bool = False) -> Path:
    """Write everything to `target`, to a fresh name in it where it is a folder, or beside the
    journal where it is None; where it was written.

    Raises FileExistsError where a file is there and `force` is not set; OSError, JournalError
    ("unsure_copy" when it was written and does not read back).
    """
    if target is None:
        make_folder(table.folder)
        make_folder(table.folder / FOLDER)
        target = table.folder / FOLDER
    if target.is_dir():
        target = new_name(target)
    members = {FILE: table.snapshot()} | read_members(table.folder, table.keyring)
    data = table.keyring.seal(_packed(members))
    save_copy(target, data, force=force)
    try:
        if target.is_file() and read_file(target)[0] != data:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
    except OSError as error:
        raise JournalError("unsure_copy", path=str(target), reason=reason_of(error)) from error
    return target


def keep_present(table: EntryTable) -> Path:
    """A backup of the present state, before a restore; the oldest of such are dropped."""
    make_folder(table.folder)
    make_folder(table.folder / FOLDER)
    try:
        path = back_up(table, new_name(table.folder / FOLDER, BEFORE))
    except OSError as error:
        raise trouble(error, table.folder) from error
    before = [one.path for one in list_backups(table.folder) if one.kind == "before"]
    for old in before[KEPT_BEFORE:]:
        if old != path:
            with suppress(OSError):  # one too many does no harm
                old.unlink()
    return path


def read_members(folder: Path, keyring: Keyring) -> dict[str, bytes]:
    """Name in a backup → bytes, unsealed, of all in `folder` but the journal itself.

    What is sealed and cannot be opened goes along as it is. Raises JournalError.
    """
    names: dict[str, Path] = {}
    for path in _files(folder / "drafts"):
        if path.suffix != ".lock":
            names[f"drafts/{path.name}"] = path
    here = _files(folder)
    for path in [*here, *_files(folder / "merged")]:
        own = path.name in OWN or LOG.fullmatch(path.name)
        if path.name.startswith("journal") and path.suffix != ".lock" and not own:
            names[f"aside/{path.name}"] = path
    names |= {f"flows/{path.name}": path for path in _files(folder / "flows")}
    names |= {path.name: path for path in here if path.match("rights-*.toml")}
    names |= {"settings.toml": folder / "settings.toml"}
    members = {}
    for name, path in names.items():
        try:
            data = read_file(path)[0]
        except FileNotFoundError:
            continue
        except OSError as error:
            raise trouble(error, path, reading=True) from error
        with suppress(BrokenSeal):
            data = keyring.unseal(data, path)
        members[name] = data
    return members


def _files(folder: Path) -> list[Path]:
    try:
        return [one for one in files_in(folder) if one.name[0] != "."]
    except OSError as error:
        raise trouble(error, folder, reading=True) from error


def _packed(members: dict[str, bytes]) -> bytes:
    made = local_now()
    about = {"coach": __version__, "schema": SCHEMA, "made_at": f"{made:%Y-%m-%dT%H:%M:%S}"}
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {"coach.json": msgspec.json.encode(about), **members}.items():
            info = zipfile.ZipInfo(name, made.timetuple()[:6])
            info.external_attr = 0o600 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return whole.getvalue()
