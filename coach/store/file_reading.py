"""What a file beside the journal still gives, also one that is damaged."""

from pathlib import Path

from coach.disk.atomic_files import Stamp, read_file
from coach.disk.encryption import BrokenSeal, is_sealed
from coach.disk.errors import trouble
from coach.disk.keyring import Keyring
from coach.store.entries import SCHEMA
from coach.store.file_format import Damaged, StoredEntry, parse, salvage
from coach.store.machine_log import is_checked


def bytes_of(path: Path) -> tuple[bytes, Stamp | None]:
    """The bytes of `path` and their stamp; (b"", None) where there is no such file, and only then.

    Raises JournalError when it is there and cannot be read.
    """
    try:
        return read_file(path)
    except FileNotFoundError:
        return b"", None
    except OSError as error:
        raise trouble(error, path, reading=True) from error


def documents_in(data: bytes, path: Path, keyring: Keyring) -> tuple[list[StoredEntry], bool]:
    """The documents in `data`, a file at `path` that grows line by line; whether that is all of it.

    Raises JournalError when the key to it is not here.
    """
    # The last line may be one that was being written: it was not confirmed.
    there = [one for one in data.split(b"\n")[:-1] if one.strip() and not is_sealed(one)]
    good = 0
    documents: list[StoredEntry] = []
    for line in keyring.unseal_lines(data, path):
        some = list(salvage(line))
        documents += some
        good += bool(some) or is_checked(line)
    return documents, good >= len(there)


def documents_in_journal(
    data: bytes, path: Path, keyring: Keyring
) -> tuple[list[StoredEntry], bool]:
    """The documents in `data`, a whole journal at `path`; whether that is all of it.

    Raises JournalError when the key to it is not here.
    """
    try:
        data = keyring.unseal(data, path)
        content = parse(data) if data.strip() else None
    except BrokenSeal:
        return [], False
    except Damaged:
        return list(salvage(data)), False
    if content is None:
        return [], True
    return list(content.documents.values()), content.schema <= SCHEMA
