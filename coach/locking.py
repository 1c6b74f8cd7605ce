"""Turns a passphrase on, off or into another one, so that a crash at any step loses nothing.

All is done under the journal's lock and that of every draft:

1. `journal.key` is replaced: from that instant the new passphrase is the one to give, and both what
   was sealed before and what is still in clear can be read with it ("sealing"; "opening" when the
   passphrase is taken off);
2. what a killed process left half-written is removed; each file is rewritten, whole, one by one;
3. `journal.key` says "sealed", or is removed.

Whoever gives the passphrase after a crash goes on at step 2 (`settle`). Before step 1 nothing has
changed. A sealed folder in which a file lies in clear (put back by hand) is settled likewise.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from coach.files import JournalError, leftovers, read_file, trouble, write_atomic
from coach.sealing import LINE, BrokenSeal, Key, is_sealed, new_key
from coach.shelf import Shelf
from coach.vault import State, Vault, beginning_of

KEPT_IN = ("drafts", "merged", "generations", "backups")
"""The folders beside the journal in which everything is the student's text."""


def lock(shelf: Shelf, passphrase: str) -> None:
    """Seal everything with `passphrase`, instead of the one it had if it had one.

    Raises JournalError: "draft_open" when a session is open somewhere; then nothing has changed.
    """
    _turn(shelf, "sealing", new_key(passphrase))


def adopt(shelf: Shelf, key: Key) -> None:
    """Seal everything with a key that there is already: that of a sealed backup."""
    _turn(shelf, "sealing", key)


def unlock(shelf: Shelf) -> None:
    """Put everything in clear again; the vault is open. Raises JournalError as `lock` does."""
    _turn(shelf, "opening", None)


def settle(shelf: Shelf) -> None:
    """Finish what a crash left half-done; leaves it for another time when others are at work."""
    vault = shelf.vault
    if vault.state == "plain" or not (unsettled(vault) or astray(shelf)):
        return
    with suppress(JournalError, OSError):
        state: State = "opening" if vault.state == "opening" else "sealing"
        _turn(shelf, state, vault.key)


def unsettled(vault: Vault) -> bool:
    """Whether locking or unlocking was cut short, or the key file is missing or damaged."""
    if vault.state in ("sealing", "opening"):
        return True
    try:
        data = read_file(vault.path)[0]
        return vault.key is None or not data.startswith(vault.key.header)
    except OSError:
        return True


def texts(shelf: Shelf) -> Iterator[Path]:
    """Every file of the folder that holds the student's words, by its real path."""
    found = set()
    own = {shelf.folder.resolve(), shelf.journal_path.parent}
    for folder in own:
        found |= {path for path in _files(folder) if path.name.startswith("journal")}
    for name in KEPT_IN:
        found |= set(_files(shelf.folder / name))
    yield from sorted(path.resolve() for path in found if path.suffix not in (".lock", ".key"))


def _files(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if path.is_file()]
    except (FileNotFoundError, NotADirectoryError):
        return []


def astray(shelf: Shelf) -> list[Path]:
    """The files of a locked folder that are in clear, or sealed with a key of former days."""
    found = []
    for path in texts(shelf):
        with suppress(OSError):
            beginning = beginning_of(path)
            if beginning and not shelf.vault.sealed_last(beginning):
                found.append(path)
    return found


def _turn(shelf: Shelf, state: State, key: Key | None) -> None:
    vault = shelf.vault
    try:
        with shelf.alone() as late:
            vault.turn(state, key)
            # A draft that was opened just before this instant may still be written as before.
            held = late()
            stale = leftovers(shelf.journal_path.parent, "journal")
            stale += shelf.drafts.half_written(held)  # others were opened since, and lose nothing
            stale += [path for name in KEPT_IN[1:] for path in leftovers(shelf.folder / name)]
            for path in stale:
                path.unlink(missing_ok=True)
            for path in texts(shelf):
                _rewrite(path, vault)
            vault.turn("sealed" if state == "sealing" else "plain")
    except OSError as error:
        raise trouble(error, shelf.folder) from error


def _is_done(data: bytes, path: Path, vault: Vault) -> bool:
    if not data:
        return True
    if vault.key is None or vault.state == "opening":
        lines = path.name.endswith(".jsonl") and any(map(_is_line, data.split(b"\n")))
        return not (lines or is_sealed(data))
    if not data.startswith(vault.key.header):
        return False
    return not path.name.endswith(".jsonl") or all(map(_is_line, data.split(b"\n")[1:-1]))


def _is_line(line: bytes) -> bool:
    return line.startswith(LINE)


def _rewrite(path: Path, vault: Vault) -> None:
    """Seal or unseal one file, as `vault` has it now; what nothing here opens stays as it is."""
    try:
        data, _ = read_file(path)
    except FileNotFoundError:
        return  # of a draft opened since: written, or left, in between
    if _is_done(data, path, vault):
        return
    try:
        if path.name.endswith(".jsonl"):
            lines = list(vault.unseal_lines(data, path))
            fresh = vault.seal_lines(lines, first=True) if lines else b""
        else:
            fresh = vault.seal(vault.unseal(data, path))
    except (BrokenSeal, JournalError):
        return
    status = path.stat()
    write_atomic(path, fresh)
    # When it was last written tells of which day a state is.
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
