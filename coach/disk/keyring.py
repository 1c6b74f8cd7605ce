"""The keys of one data folder: whether a passphrase stands before it, and what seals its files.

`journal.key` is itself a sealed file. That it is there says that the folder is locked; what it
holds says how far locking has come, and the keys of former passphrases, so that whatever was ever
sealed here still opens:

    ["sealing"|"sealed"|"opening", {id: secret}]       (both in hexadecimal)

Replacing that one small file is the instant at which the old passphrase gives way to the new one.
Should it be lost, the first line of any other file gives the key, and it is written again.

A process holds the key once it was given the passphrase, and follows what others do: each write
looks at `journal.key` (one `stat`), each reading looks how the bytes begin.
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
        """How far locking has come; as last seen."""
        self.key: Key | None = None
        """What files are sealed with; None for a plain folder, and before the passphrase."""
        self.ask: Callable[[bytes, Path], Key] | None = None
        """Asks for the key of a file from elsewhere, by its first line; raises JournalError."""
        self._ring: dict[bytes, Key] = {}
        self._seen: Stamp | None = None
        self._looked = False

    # Whether it is locked, and opening it

    @property
    def locked(self) -> bool:
        """Whether a passphrase is needed, and was not given yet."""
        try:
            self.look()
        except JournalError as error:
            return error.key == "sealed"
        return False

    def look(self) -> None:
        """Follow what other processes did; raises JournalError("sealed") without the key."""
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
        """Take the key; raises JournalError("wrong_passphrase", "key_damaged", "no_crypt")."""
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
        """Take the key of the file at `path`, which was locked elsewhere, too.

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
        """Unseal with `key` from here on, too: that of a file from elsewhere."""
        self._ring.setdefault(key.id, key)

    def _read(self, known: Key) -> None:
        """Take state and former keys from the key file, where it is whole.

        Raises JournalError where it cannot be read: it may hold keys that nothing else has.
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
        """What says which passphrase is needed; None for a plain folder.

        Raises JournalError for a file that is there and cannot be read: it may say so.
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
        """Each first line in the folder that may give the key, the likeliest first, once each."""
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
        """Whether a file that begins so was sealed with the key in force, or by a stranger."""
        if self.key is None or not is_sealed(beginning):
            return False
        with suppress(BrokenSeal):
            return beginning.startswith(self.key.header) or key_id(beginning) not in self._ring
        return True

    def sealed_here(self, beginning: bytes) -> bool:
        """Whether a file that begins so was sealed with a key that is here."""
        with suppress(BrokenSeal):
            return key_id(beginning) in self._ring
        return False

    def seal(self, data: bytes, *, look: bool = True) -> bytes:
        """`data` as a file here is to hold it; raises JournalError("sealed").

        `look` follows what others did first: needless for whoever turns the key now.
        """
        if look:
            self.look()
        return self.key.seal(data) if self.key and self.state != "opening" else data

    def seal_lines(self, lines: list[bytes], *, first: bool, look: bool = True) -> bytes:
        """`lines` as they are added to a file that grows; `first` when it is empty yet."""
        if look:
            self.look()
        if self.key is None or self.state == "opening":
            return b"".join(line + b"\n" for line in lines)
        sealed = b"".join(self.key.seal_line(line) + b"\n" for line in lines)
        return (self.key.header if first else b"") + sealed

    def unseal(self, data: bytes, path: Path) -> bytes:
        """What the file at `path` says, of which `data` are the bytes: themselves when plain.

        Raises BrokenSeal when it is damaged, JournalError("sealed", "other_key") when the key to
        it is not here.
        """
        if not is_sealed(data):
            return data
        return self._known(key_id(header_of(data)), path).unseal(data)

    def unseal_brought(self, data: bytes, path: Path) -> bytes:
        """As `unseal`, of any file from anywhere: `ask` gives the keys that are not here."""
        if not is_sealed(data):
            return data
        header = header_of(data)
        if key_id(header) not in self._ring and self.ask is not None:
            self.know(self.ask(header, path))
        if path.name.endswith(".jsonl"):
            return b"\n".join(self.unseal_lines(data, path))
        return self.unseal(data, path)

    def unseal_lines(self, data: bytes, path: Path) -> Iterator[bytes]:
        """The lines that a file which grows has, plain or sealed; damaged ones are left out."""
        for line in data.split(b"\n"):
            if line.startswith(LINE):
                with suppress(BrokenSeal):
                    yield self._known(line_key_id(line), path).unseal_line(line)
            elif line and not is_sealed(line):
                yield line

    def known(self, id: bytes) -> Key | None:
        """The key of that id, if it is here."""
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
