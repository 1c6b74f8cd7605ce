"""Turns a passphrase on, off or into another one, so that a crash at any step loses nothing.

All is done under the journal's lock and that of every draft:

1. `journal.key` is replaced: from that instant the new passphrase is the one to give, and both what
   was sealed before and what is still in clear can be read with it ("sealing"; "opening" when the
   passphrase is taken off);
2. what a killed process left half-written is removed; each file is rewritten, whole, one by one;
3. when every file was: `journal.key` says "sealed", or is removed.

Before step 1 nothing has changed. After it, a file that cannot be read or written stays as it was,
the others go on, and what stands in the way is told. Whoever gives the passphrase later, after a
crash or after such a file, goes on at step 2 (`settle`) and is told again until it is whole. A
sealed folder in which a file lies in clear (put back by hand) is settled likewise.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from coach.disk.atomic_files import leftovers, read_file, write_atomic
from coach.disk.encryption import LINE, BrokenSeal, Key, is_sealed, new_key
from coach.disk.errors import JournalError, Unfinished, reason_of, trouble
from coach.disk.keyring import Keyring, State, beginning_of
from coach.store.notices import Notice
from coach.store.recovery_files import RecoveryFiles
from coach.store.table import EntryTable

KEPT_IN = ("drafts", "merged", "generations", "backups")
"""The folders beside the journal in which everything is the student's text."""
NAMED = 5
"""How many files in the way are named at once."""
_ABSENT = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)


def lock(table: EntryTable, passphrase: str) -> list[Unfinished]:
    """Seal everything with `passphrase`, instead of the one it had if it had one.

    It is in force from then on, also where files are in the way: these are given, and told by the
    journal's notices. Raises JournalError ("draft_open" when a session is open somewhere); then
    nothing has changed.
    """
    return _turn(table, "sealing", new_key(passphrase))


def adopt(table: EntryTable, key: Key) -> list[Unfinished]:
    """Seal everything with a key that there is already, that of a sealed backup; as `lock`."""
    return _turn(table, "sealing", key)


def unlock(table: EntryTable) -> list[Unfinished]:
    """Put everything in clear again; the keyring is open.

    As `lock`; the passphrase stays in force as long as a file is in the way.
    """
    return _turn(table, "opening", None)


def settle(table: EntryTable) -> None:
    """Finish what was left half-done; the journal's notices tell what cannot be finished now."""
    keyring = table.keyring
    if keyring.state == "plain":
        return
    left: list[Unfinished] = []
    rest = unturned(table, left)
    if not (unsettled(keyring) or rest or left):
        return
    state: State = "opening" if keyring.state == "opening" else "sealing"
    try:
        _turn(table, state, keyring.key)
    except JournalError as error:
        # Others are at work, or nothing can be written here.
        left += [Unfinished(path, _reason(error)) for path in rest]
        if state == "opening" and not left:
            left.append(Unfinished(keyring.path, _reason(error)))
        _tell(table, state, left)


def unsettled(keyring: Keyring) -> bool:
    """Whether locking or unlocking was cut short, or the key file is missing or damaged."""
    if keyring.state in ("sealing", "opening"):
        return True
    try:
        data = read_file(keyring.path)[0]
        return keyring.key is None or not data.startswith(keyring.key.header)
    except OSError:
        return True


def texts(table: EntryTable, left: list[Unfinished]) -> list[Path]:
    """Every file of the folder that holds the student's words, by its real path.

    What cannot be looked at is added to `left`.
    """
    found = set()
    journal = table.journal_path
    for folder in {table.folder.resolve(), journal.parent}:
        found |= set(_files(folder, left, "journal"))
    # These are known also where the folder does not list them.
    beside = RecoveryFiles(journal, table.keyring)
    found |= set(_regular([journal, beside.previous, beside.recent], left))
    for name in KEPT_IN:
        found |= set(_files(table.folder / name, left))
    return sorted({path.resolve() for path in found})


def _files(folder: Path, left: list[Unfinished], start: str = "") -> Iterator[Path]:
    paths: list[Path] = []
    with _noted(folder, left):
        paths = list(folder.iterdir())
    ours = (path for path in paths if path.name.startswith(start))
    yield from _regular((path for path in ours if path.suffix not in (".lock", ".key")), left)


def _regular(paths: Iterable[Path], left: list[Unfinished]) -> Iterator[Path]:
    for path in paths:
        with _noted(path, left):
            if stat.S_ISREG(path.stat().st_mode):
                yield path


@contextmanager
def _noted(path: Path, left: list[Unfinished]) -> Iterator[None]:
    """Adds `path` to `left` where the system refuses it; what is not there is no trouble."""
    try:
        yield
    except OSError as error:
        if error.errno not in _ABSENT:
            left.append(Unfinished(path, reason_of(error)))


def unturned(table: EntryTable, left: list[Unfinished]) -> list[Path]:
    """The files that are not as they are to be: of a locked folder those in clear, or sealed with
    a key of former days; of one whose passphrase is being taken off those still sealed.

    What cannot be looked at is added to `left`.
    """
    found = []
    keyring = table.keyring
    for path in texts(table, left):
        beginning = b""
        with _noted(path, left):
            beginning = beginning_of(path)
        sealed = is_sealed(beginning)
        if keyring.state == "opening":
            if sealed and keyring.sealed_here(beginning):
                found.append(path)
        elif beginning and not keyring.sealed_last(beginning):
            found.append(path)
    return found


def _turn(table: EntryTable, state: State, key: Key | None) -> list[Unfinished]:
    keyring = table.keyring
    left: list[Unfinished] = []
    with table.alone() as late:
        try:
            keyring.turn(state, key)
        except OSError as error:
            raise trouble(error, keyring.path) from error
        # From here on it is in force: nothing is raised, what stands in the way is told.
        busy: dict[str, JournalError] = {}
        held: set[str] = set()
        try:
            # A draft that was opened just before this instant may still be written as before.
            held = late(busy)
        except JournalError as error:
            busy[""] = error  # whichever they are
            left.append(Unfinished(table.drafts.folder, _reason(error)))
        _remove_half_written(table, held, left)
        drafts = table.drafts.folder.resolve()
        for path in texts(table, left):
            others = _held_elsewhere(path, busy) if path.parent == drafts else None
            with _noted(path, left):
                try:
                    if others is None:
                        _rewrite(path, keyring)
                    elif not _is_done(read_file(path)[0], path, keyring):
                        left.append(Unfinished(path, _reason(others)))
                except JournalError as error:
                    left.append(Unfinished(path, _reason(error)))
        if not left:
            try:
                keyring.turn("sealed" if state == "sealing" else "plain")
            except OSError as error:
                # All is as it is to be; but being asked for it still would be for naught.
                if state == "opening":
                    left.append(Unfinished(keyring.path, reason_of(error)))
    return _tell(table, state, left)


def _reason(error: JournalError) -> str:
    """What the system said; '' where another window is in the way."""
    return error.values.get("reason", "")


def _tell(table: EntryTable, state: State, left: list[Unfinished]) -> list[Unfinished]:
    """Has `left` told by the journal's notices; gives it, each file once."""
    left = list({one.path: one for one in left}.values())
    kind = "still_sealed" if state == "opening" else "unsealed"
    told = []
    for path, reason in left[:NAMED]:
        key = "key_stays" if path == table.keyring.path else kind if reason else f"{kind}_busy"
        told.append(Notice(key, {"path": str(path), "reason": reason}))
    if len(left) > NAMED:
        told.append(Notice(f"{kind}_more", {"n": str(len(left) - NAMED)}))
    table.notices.extend(one for one in told if one not in table.notices)
    return left


def _held_elsewhere(path: Path, busy: dict[str, JournalError]) -> JournalError | None:
    """Why the draft at `path`, or a file set aside beside it, is not ours to write now."""
    for name, error in busy.items():
        if not name or path.name.startswith(f"{name}."):
            return error
    return None


def _remove_half_written(table: EntryTable, held: set[str], left: list[Unfinished]) -> None:
    """Remove what killed processes left; of drafts not `held`, others may be writing now."""
    own, drafts = table.journal_path.parent, table.drafts
    stale: list[Path] = []
    with _noted(own, left):
        stale += leftovers(own, "journal", strict=True)
    with _noted(drafts.folder, left):
        stale += drafts.half_written(held)
    for folder in (table.folder / name for name in KEPT_IN[1:]):
        with _noted(folder, left):
            stale += leftovers(folder, strict=True)
    for path in stale:
        with _noted(path, left):
            path.unlink(missing_ok=True)


def _is_done(data: bytes, path: Path, keyring: Keyring) -> bool:
    if not data:
        return True
    if keyring.key is None or keyring.state == "opening":
        lines = path.name.endswith(".jsonl") and any(map(_is_line, data.split(b"\n")))
        return not (lines or is_sealed(data))
    if not data.startswith(keyring.key.header):
        return False
    return not path.name.endswith(".jsonl") or all(map(_is_line, data.split(b"\n")[1:-1]))


def _is_line(line: bytes) -> bool:
    return line.startswith(LINE)


def _rewrite(path: Path, keyring: Keyring) -> None:
    """Seal or unseal one file, as `keyring` has it now; what no key here opens stays as it is.

    Raises OSError, JournalError, and then it is as it was.
    """
    try:
        data, _ = read_file(path)
        status = path.stat()
    except FileNotFoundError:
        return  # of a draft opened since: written, or left, in between
    if _is_done(data, path, keyring):
        return
    try:
        if path.name.endswith(".jsonl"):
            lines = list(keyring.unseal_lines(data, path))
            fresh = keyring.seal_lines(lines, first=True, look=False) if lines else b""
        else:
            fresh = keyring.seal(keyring.unseal(data, path), look=False)
    except BrokenSeal:
        return
    except JournalError as error:
        if error.key == "other_key":
            return
        raise
    write_atomic(path, fresh)
    # When it was last written tells of which day a state is.
    with suppress(OSError):
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
