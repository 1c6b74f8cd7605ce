"""Copies of the journal, drafts and settings that a synchronising tool left in the data folder.

When a file changed on two machines, such a tool keeps one under its name and the other under a
name of its own making. All of these lie in the data folder, or among the drafts:

- Syncthing: `journal.sync-conflict-20261122-101500-ABCDEFG.json`
- Nextcloud, ownCloud, OpenCloud: `journal (conflicted copy 2026-11-22 101500).json`, formerly
  `journal_conflict-20261122-101500.json`
- Dropbox: `journal (Laptop's conflicted copy 2026-11-22).json`, in French `(Copie en conflit de …)`
- Resilio: `journal.Conflict.json`; Synology: `journal_Laptop_Nov-22-1015-2026_Conflict_1.json`
- OneDrive: `journal-LAPTOP.json`; Google Drive and file managers: `journal (1).json`,
  `journal - Copie.json`, `journal 2.json`
- git: `journal.json.orig`, `journal_LOCAL_1234.json` and its like. (Marks of a conflict inside
  `journal.json` itself are resolved when it is opened: see `coach.store.storage`.)

`settings.toml` and `journal.key` are copied likewise: see `is_beside`.

So any file named like the journal, but not like a file of this program, is a copy. Merging one
whose revisions are all known changes nothing.
"""

import re
from pathlib import Path

import msgspec

from coach.disk.atomic_files import absent, files_in, make_folder, replace
from coach.disk.errors import JournalError, trouble
from coach.disk.keyring import Keyring
from coach.store.draft_file import file_name

MERGED = "merged"
"""The folder, in the data folder, where copies go once they are merged."""

_COPY = re.compile(
    r"journal(?:\.previous|\.recent|\.log\.[0-9a-f]{8})?"
    r"(?:\.(?:sync-conflict|conflict|local|remote|base|backup)\b.*|[\s_(\[~+-].*)"
    r"\.jsonl?"
    r"|journal(?:\.previous|\.recent)?\.jsonl?\.orig",
    re.IGNORECASE | re.DOTALL,
)
_BESIDE = re.compile(
    r"(?:journal(?:\.(?:sync-conflict|conflict|local|remote|base)\b.*|[\s_(\[~+-].*)\.key"
    r"|settings(?:\.(?:sync-conflict|conflict|local|remote|base)\b.*|[\s_(\[~+-].*)\.toml)"
    r"|(?:journal\.key|settings\.toml)\.orig",
    re.IGNORECASE | re.DOTALL,
)
_DRAFT = re.compile(r"[^.].*\.json(?:\.orig)?", re.IGNORECASE | re.DOTALL)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.json")
_PLAIN = re.compile(r"[A-Za-z0-9_-]+\.json")


class _Named(msgspec.Struct):
    id: str


class _Draft(msgspec.Struct):
    entry: _Named


def copies(folder: Path, keyring: Keyring | None = None) -> list[Path]:
    """The copies in the data folder `folder` and among its drafts.

    `keyring` decrypts the drafts of a locked folder; without it, only file names are compared.
    Raises JournalError when an existing folder cannot be read.
    """
    here = _files(folder)
    found = [path for path in here if _COPY.fullmatch(path.name)]
    # Last: what was locked elsewhere is read while the key to it still lies here.
    found += [path for path in here if is_beside(path)]
    return found + [path for path in _files(folder / "drafts") if _is_draft_copy(path, keyring)]


def is_beside(path: Path) -> bool:
    """Whether `path` is a copy of the settings or of the key file, which have nothing to merge.

    This machine's own stay in force. No key is lost with a copy of `journal.key`: each encrypted
    file holds its key, wrapped, in its first line.
    """
    return _BESIDE.fullmatch(path.name) is not None


def _is_draft_copy(path: Path, keyring: Keyring | None) -> bool:
    if _UUID.fullmatch(path.name) or not _DRAFT.fullmatch(path.name):
        return False
    try:
        data = path.read_bytes()
        draft = msgspec.json.decode(keyring.unseal(data, path) if keyring else data, type=_Draft)
    except (JournalError, OSError, ValueError, RecursionError):
        # A damaged one under a name of ours is no copy, but a draft: see `coach.store.drafts`.
        return not _PLAIN.fullmatch(path.name)
    return not is_home(path, draft.entry.id)


def is_home(path: Path, entry_id: str) -> bool:
    """Whether `path` is the draft file of the entry itself, not a copy of it."""
    return path.name == f"{file_name(entry_id)}.json"


def set_aside(copy: Path, folder: Path) -> Path:
    """Move a merged `copy` into the folder `MERGED`; its new path. Raises JournalError."""
    there = folder / MERGED
    make_folder(there)
    names = (copy.name if n == 1 else f"{copy.stem}-{n}{copy.suffix}" for n in range(1, 10_000))
    target = next(there / name for name in names if absent(there / name))
    try:
        replace(copy, target)
    except OSError as error:
        raise trouble(error, copy) from error
    return target


def _files(folder: Path) -> list[Path]:
    try:
        return files_in(folder)
    except OSError as error:
        raise trouble(error, folder, reading=True) from error
