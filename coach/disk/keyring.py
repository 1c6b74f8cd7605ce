"""The keys of one data folder: whether a passphrase stands before it, and what seals its files.

`journal.key` is itself a sealed file. While it exists, the folder is locked. It holds how far
locking has come, and the keys of former passphrases, so that every file ever sealed here can be
opened:

    ["sealing"|"sealed"|"opening", {id: secret}]       (both in hexadecimal)

Replacing that small file is the instant at which a new passphrase takes effect. If it is lost, it
is written again from the first line of any other sealed file.

A process keeps the key after the passphrase was given, and notices changes by other processes: each
write checks `journal.key` (one `stat`), each reading checks the first bytes.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

from coach.disk.atomic_files import Stamp, read_file, remove, stamp_of, write_atomic
from coach.disk.encryption import (
    LINE,
    BrokenSeal,
    Key,
    header_of,
    is_sealed,
    key_id,
    line_key_id,
    open_key,
)
from coach.disk.errors import JournalError, trouble

FILE = "journal.key"
State = Literal["plain", "sealing", "sealed", "opening"]
_BEGINNING = 400


class Keyring:
    """The keys of `folder`; nothing is read before it is asked for."""

    def __init__(self, folder: Path, journal: str = "journal.json") -> None:
        self.path = folder / FILE
        self.journal = folder / journal
        self.state: State = "plain"
        """How far locking has come, when the key file was last read."""
        self.key: Key | None = None
        """The key that seals files; None for an unlocked folder or before the passphrase."""
        self.ask: Callable[[bytes, Path], Key] | None = None
        """Called for the key of a file from elsewhere, with its first line; raises JournalError."""
        self._ring: dict[bytes, Key] = {}
        self._seen: Stamp | None = None
        self._looked = False

    # Whether it is locked, and opening it

    @property
    def locked(self) -> bool:
        """Whether a passphrase is needed and not given yet."""
        try:
            self.look()
        except JournalError as error:
            return error.key == "sealed"
        return False

    def look(self) -> None:
        """Read changes by other processes; raises JournalError("sealed") without the key."""
        seen = self._stamp()
        if self._looked and seen == self._seen:
            return
        header = self._header()
        if header is None:
            self.key, self.state = None, "plain"
        else:
            try:
                header = header_of(header)
                known = self._ring.get(key_id(header))
            except BrokenSeal:
                known = self.key
            if known is None:
                raise JournalError("sealed", path=str(self.path.parent))
            known.header = known.header or header
            self._read(known)
        self._seen, self._looked = seen, True

    def open(self, passphrase: str) -> None:
        """Get the key; raises JournalError("wrong_passphrase", "key_damaged", "no_crypt")."""
        found = None
        whole = False
        for path, header in self._headers():
            try:
                found = open_key(header, passphrase)
                whole = True
            except BrokenSeal:
                continue
            # The key file alone says which passphrase is in force, as long as it is whole.
            if found is not None or path == self.path:
                break
        if found is None:
            key = "wrong_passphrase" if whole else "key_damaged"
            raise JournalError(key, path=str(self.path))
        self.know(found)
        self._looked = False
        try:
            self.look()
        except JournalError:
            # Its own key is of another passphrase: what was opened is the journal's.
            self._read(found)
            self._seen, self._looked = self._stamp(), True

    def open_file(self, path: Path, passphrase: str) -> None:
        """Add the key of the file at `path`, which was locked elsewhere.

        Raises JournalError ("wrong_passphrase", "key_damaged", "no_crypt", or it is not readable).
        """
        try:
            found = open_key(header_of(beginning_of(path)), passphrase)
        except BrokenSeal as error:
            raise JournalError("key_damaged", path=str(path)) from error
        except OSError as error:
            raise trouble(error, path, reading=True) from error
        if found is None:
            raise JournalError("wrong_passphrase", path=str(path))
        self.know(found)

    def know(self, key: Key) -> None:
        """Add `key`, of a file from elsewhere, to those that unseal."""
        self._ring.setdefault(key.id, key)

    def _read(self, known: Key) -> None:
        """Read state and former keys from the key file, unless it is damaged.

        Raises JournalError where it cannot be read: it may hold keys that no other file has.
        """
        import msgspec

        try:
            data = read_file(self.path)[0]
        except FileNotFoundError:
            data = b""
        except OSError as error:
            raise trouble(error, self.path, reading=True) from error
        self.state, self.key = "sealed", known
        with suppress(ValueError, KeyError):
            body = self._ring[key_id(header_of(data))].unseal(data)
            state, keys = msgspec.json.decode(body, type=tuple[State, dict[str, str]])
            for id, secret in keys.items():
                self.know(Key(bytes.fromhex(id), bytes.fromhex(secret)))
            self.state = state

    def turn(self, state: State, key: Key | None = None) -> None:
        """Write `state` in the key file, whose key is `key` from now on.

        `plain` removes the file. Other processes see it with their next write. Raises OSError,
        and then nothing was changed.
        """
        stamp = None
        if state == "plain":
            remove(self.path)
            self.key = None
        else:
            key = key or self.key
            assert key is not None
            self.know(key)
            keys = {one.id.hex(): one.secret.hex() for one in self._ring.values() if one is not key}
            import msgspec

            stamp = write_atomic(self.path, key.seal(msgspec.json.encode((state, keys))))
            self.key = key
        self.state = state
        self._seen, self._looked = stamp, True

    def _stamp(self) -> Stamp | None:
        try:
            return stamp_of(self.path.stat())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise trouble(error, self.path, reading=True) from error

    def _header(self) -> bytes | None:
        """The first line whose passphrase is needed; None for an unlocked folder.

        Raises JournalError for an existing file that cannot be read.
        """
        previous = self.journal.with_name(f"{self.journal.stem}.previous.json")
        for path in (self.path, self.journal, previous):
            try:
                beginning = beginning_of(path)
            except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
                continue
            except OSError as error:
                raise trouble(error, path, reading=True) from error
            if is_sealed(beginning):
                return beginning
            if path == self.path:
                return b""  # there, and damaged: others have the key
            if beginning.startswith(b"{"):
                return None
        return None

    def _headers(self) -> Iterator[tuple[Path, bytes]]:
        """(File, first line) of each sealed file in the folder, the likeliest first, lines once."""
        given = set()
        folder = self.path.parent
        several = [self.path, self.journal, *sorted(folder.glob("journal*"))]
        for path in [*several, *sorted(folder.glob("*/*"))]:
            try:
                header = header_of(beginning_of(path))
            except (FileNotFoundError, IsADirectoryError, BrokenSeal):
                continue
            except OSError as error:
                # Which passphrase is in force, this file alone says; others say the same.
                if path in (self.path, self.journal):
                    raise trouble(error, path, reading=True) from error
                continue
            if header not in given:
                given.add(header)
                yield path, header

    # Sealing and unsealing

    def sealed_last(self, beginning: bytes) -> bool:
        """Whether a file with this beginning was sealed with the present key or an unknown one."""
        if self.key is None or not is_sealed(beginning):
            return False
        with suppress(BrokenSeal):
            return beginning.startswith(self.key.header) or key_id(beginning) not in self._ring
        return True

    def sealed_here(self, beginning: bytes) -> bool:
        """Whether a file with this beginning was sealed with a key of this keyring."""
        with suppress(BrokenSeal):
            return key_id(beginning) in self._ring
        return False

    def seal(self, data: bytes, *, look: bool = True) -> bytes:
        """`data` sealed if the folder is locked, else unchanged; raises JournalError("sealed").

        `look` first checks for changes by other processes; needless while changing the key.
        """
        if look:
            self.look()
        return self.key.seal(data) if self.key and self.state != "opening" else data

    def seal_lines(self, lines: list[bytes], *, first: bool, look: bool = True) -> bytes:
        """`lines` as bytes to append to a file, sealed if needed; `first` if it is empty."""
        if look:
            self.look()
        if self.key is None or self.state == "opening":
            return b"".join(line + b"\n" for line in lines)
        sealed = b"".join(self.key.seal_line(line) + b"\n" for line in lines)
        return (self.key.header if first else b"") + sealed

    def unseal(self, data: bytes, path: Path) -> bytes:
        """The content of `data`, the bytes of the file at `path`: unsealed where sealed.

        Raises BrokenSeal when they are damaged, JournalError("sealed", "other_key") when the key
        is missing.
        """
        if not is_sealed(data):
            return data
        return self._known(key_id(header_of(data)), path).unseal(data)

    def unseal_brought(self, data: bytes, path: Path) -> bytes:
        """As `unseal`, for a file from elsewhere: `ask` is called for a missing key."""
        if not is_sealed(data):
            return data
        header = header_of(data)
        if key_id(header) not in self._ring and self.ask is not None:
            self.know(self.ask(header, path))
        if path.name.endswith(".jsonl"):
            return b"\n".join(self.unseal_lines(data, path))
        return self.unseal(data, path)

    def unseal_lines(self, data: bytes, path: Path) -> Iterator[bytes]:
        """The lines of `data`, unsealed where sealed; damaged ones are left out."""
        for line in data.split(b"\n"):
            if line.startswith(LINE):
                with suppress(BrokenSeal):
                    yield self._known(line_key_id(line), path).unseal_line(line)
            elif line and not is_sealed(line):
                yield line

    def known(self, id: bytes) -> Key | None:
        """The key with that id, or None."""
        return self._ring.get(id)

    def _known(self, id: bytes, path: Path) -> Key:
        key = self._ring.get(id)
        if key is None:
            self._looked = False  # it may be the journal itself: then it is locked by now
            raise JournalError("other_key" if self._ring else "sealed", path=str(path))
        return key


def beginning_of(path: Path) -> bytes:
    """The first bytes of a file, its first line if it is sealed; raises OSError."""
    with path.open("rb", buffering=0) as file:
        return file.read(_BEGINNING)
