"""What can be told of a data folder without reading a word of the student's."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from coach.disk.atomic_files import leftovers
from coach.disk.encryption import require
from coach.disk.errors import JournalError, Unfinished
from coach.features.rights.own_rates import NAME, own_rates
from coach.maintenance.backup import FOLDER as BACKUPS
from coach.maintenance.finding import CheckedFolder, Finding, Level
from coach.maintenance.passphrase import KEPT_IN, settle, texts, unsettled, unturned
from coach.store.daily_copies import FOLDER as DAILY_COPIES
from coach.store.sync_copies import MERGED, copies

LITTLE = 50 * 1024 * 1024
"""Bytes free on the disk below which saving may soon fail."""
OURS = {"drafts", "flows", "settings.toml", "journal.key", DAILY_COPIES, BACKUPS, MERGED}


def folder(checked: CheckedFolder) -> Iterator[Finding]:
    """That it is there, and can be written to."""
    path = checked.folder
    values = {"path": str(path)}
    if not path.exists():
        yield Finding("folder_none", "ok", values)
    elif not path.is_dir():
        yield Finding("folder_file", "problem", values)
    else:
        writable = os.access(path, os.W_OK | os.X_OK)
        yield Finding("folder" if writable else "folder_closed", _level(writable), values)
        free = shutil.disk_usage(path).free
        if free < LITTLE:
            yield Finding("disk", "problem", values | {"mb": str(free // 1024 // 1024)})


def _folders(checked: CheckedFolder) -> list[Path]:
    return [checked.folder, *(checked.folder / name for name in KEPT_IN)]


def modes(checked: CheckedFolder) -> Iterator[Finding]:
    """That nobody else can read it, where the system knows of such."""
    if os.name == "nt":
        return
    left: list[Unfinished] = []
    files = [checked.journal.keyring.path, *texts(checked.journal, left)]
    yield from _unreadable(left)
    for paths, bits in ((_folders(checked), 0o022), (files, 0o077)):
        for path in paths:
            if path.exists() and path.stat().st_mode & bits:
                mend = partial(_close, path, bits)
                yield Finding("mode", "problem", {"path": str(path)}, mend)


def _unreadable(left: list[Unfinished]) -> Iterator[Finding]:
    for path, reason in left:
        yield Finding("unreadable", "problem", {"path": str(path), "why": reason})


def _close(path: Path, bits: int) -> None:
    path.chmod(stat.S_IMODE(path.stat().st_mode) & ~bits)


def left_over(checked: CheckedFolder) -> Iterator[Finding]:
    """Half-written files of killed programs."""
    found = [path for one in _folders(checked) for path in leftovers(one)]
    if found:
        values = {"n": str(len(found)), "path": str(found[0])}
        yield Finding("leftovers", "note", values, partial(_sweep, checked))


def _sweep(checked: CheckedFolder) -> None:
    """Under every lock: none of them is being written now."""
    with checked.journal.alone():
        for one in _folders(checked):
            for path in leftovers(one):
                path.unlink(missing_ok=True)


def passphrase(checked: CheckedFolder) -> Iterator[Finding]:
    """Whether one stands before it all, and whether all is sealed."""
    journal = checked.journal
    keyring = journal.keyring
    try:
        keyring.look()
    except JournalError as error:
        if error.key != "sealed":
            raise
        try:
            require()
        except JournalError as missing:
            yield Finding("crypt_missing", "problem", dict(missing.values))
            return
        yield Finding("sealed_closed", "note", {"path": str(keyring.path)})
        return
    if keyring.state == "plain":
        yield Finding("plain", "ok")
        return
    mend = partial(settle, journal)
    unfinished = unsettled(keyring)
    if unfinished:
        yield Finding("seal_unfinished", "problem", {"path": str(keyring.path)}, mend)
    left: list[Unfinished] = []
    rest = unturned(journal, left)
    for path in rest:
        key = "still_sealed" if keyring.state == "opening" else "in_clear"
        yield Finding(key, "problem", {"path": str(path)}, mend)
    for path, reason in left:
        yield Finding("unsure", "problem", {"path": str(path), "why": reason}, mend)
    if not (unfinished or rest or left):
        yield Finding("sealed", "ok")
    for path in _strangers(checked):
        yield Finding("stranger", "note", {"path": str(path)})


def _strangers(checked: CheckedFolder) -> list[Path]:
    """What lies in the folder and is none of ours: it stays readable."""
    return sorted(
        path
        for path in checked.folder.iterdir()
        if path.name not in OURS
        and not NAME.fullmatch(path.name)
        and not path.name.startswith(("journal", "settings.", "."))
    )


def left_copies(checked: CheckedFolder) -> Iterator[Finding]:
    """Copies that a synchronising tool left."""
    found = copies(checked.folder, checked.journal.keyring)
    if found:
        yield Finding("copies", "note", {"n": str(len(found)), "path": str(found[0])})


def settings(checked: CheckedFolder) -> Iterator[Finding]:
    """That the settings can be read, and make sense."""
    from coach.disk.settings import load

    path = checked.data_folder.settings
    problem = load(path, checked.lang)[1]
    if problem:
        yield Finding("settings", "problem", {"path": str(path), "why": problem})
    elif path.exists():
        yield Finding("settings_ok", "ok")


def flows(checked: CheckedFolder) -> Iterator[Finding]:
    """That a school's own sessions work."""
    good, errors = checked.content.own_flows()
    for error in errors:
        yield Finding("flow", "problem", {"path": str(error.path), "why": error.why})
    if good:
        yield Finding("flows_ok", "ok", {"n": str(len(good))})


def rates(checked: CheckedFolder) -> Iterator[Finding]:
    """That files of newer rates can be used."""
    own = own_rates(checked.folder)
    for error in own.errors:
        yield Finding("rates", "problem", {"path": str(error.path), "why": error.why})


def _level(good: bool) -> Level:
    return "ok" if good else "problem"


CHECKS: tuple[Callable[[CheckedFolder], Iterator[Finding]], ...] = (
    *(folder, modes, left_over, passphrase, left_copies, settings, flows, rates),
)
