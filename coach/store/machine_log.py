"""The log of this machine: every revision saved here, in a file that no other machine writes.

A synchronising tool may replace any file of a shared folder by another machine's file of the same
name. The name `journal.log.3fa9c1d2.jsonl` is derived from the machine and the folder's path on it,
so no other machine replaces it. Each revision saved here is one line, as in
`journal.recent.jsonl`. Only the latter is flushed, so the log adds one plain write to a save.

After the revisions of a save comes a line that names the files they were compared with:

    {"journal": "inode-size-modified", "after": "…", "beside": 3735928559, "restored": ""}

`journal` is the stamp of the journal's file after that save, `after` the one before it, `beside` a
checksum over the stamps of all other files that hold revisions. While these stamps are the same,
the files need not be compared again. `restored` changes with each restore, which drops revisions
on purpose.
"""

import binascii
import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import msgspec

from coach.disk.atomic_files import Stamp, write_atomic
from coach.disk.errors import JournalError, trouble
from coach.disk.keyring import Keyring
from coach.store.append_only import AppendOnlyFile
from coach.util.clock import now

NAME = re.compile(r"journal\.log\.[0-9a-f]{8}\.jsonl")
_TAIL = 8192
"""Bytes read from the end of a log to find its last line."""
_ABANDONED = 30 * 24 * 3600
"""Seconds without a write after which another machine's log is deleted, once it is joined."""


class Checked(msgspec.Struct):
    """The stamps of the files compared at a save (see the module docstring)."""

    journal: str
    after: str
    beside: int
    restored: str = ""


ANY = -1
"""In `Checked.beside`: the files beside the journal are not compared."""


def stamp_text(stamp: Stamp | None) -> str:
    """`stamp` as it stands in a log; '' for no file."""
    return "-".join(map(str, stamp)) if stamp else ""


def checksum(stamps: Mapping[Path, Stamp]) -> int:
    """A CRC over paths and stamps."""
    lines = sorted(f"{path.name} {stamp_text(stamp)}" for path, stamp in stamps.items())
    return binascii.crc32("\n".join(lines).encode("utf-8", "surrogateescape"))


def is_checked(line: bytes) -> bool:
    """Whether `line` is a `Checked` line, not a revision."""
    return line.startswith(b'{"journal":')


class MachineLog:
    """The log of this machine beside `journal` (its real path)."""

    def __init__(self, journal: Path, keyring: Keyring) -> None:
        self._journal = journal
        self._keyring = keyring

    @cached_property
    def growing(self) -> AppendOnlyFile:
        """The file to which lines are added."""
        return AppendOnlyFile(self.path, self._keyring)

    @cached_property
    def path(self) -> Path:
        """The path of the log: different for each machine and each path of the data folder."""
        machine = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME")
        named = f"{machine}\n{self._journal}".encode("utf-8", "surrogateescape")
        return self._journal.with_name(f"journal.log.{binascii.crc32(named):08x}.jsonl")

    def others(self) -> list[Path]:
        """The logs of other machines; raises JournalError where the folder cannot be read."""
        try:
            with os.scandir(self._journal.parent) as found:
                names = sorted(item.name for item in found if NAME.fullmatch(item.name))
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise trouble(error, self._journal.parent, reading=True) from error
        return [one for one in map(self._journal.with_name, names) if one != self.path]

    def last(self) -> tuple[Checked | None, bool]:
        """(The last `Checked` line or None, whether it is the last line of the log).

        Raises JournalError when the log exists and cannot be read.
        """
        try:
            with self.path.open("rb", buffering=0) as file:
                file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL))
                tail = file.read()
        except FileNotFoundError:
            return None, False
        except OSError as error:
            raise trouble(error, self.path, reading=True) from error
        added = tail.split(b"\n")
        for line in reversed(added[:-1]):
            with suppress(JournalError, ValueError, RecursionError):
                for plain in self._keyring.unseal_lines(line, self.path):
                    if is_checked(plain):
                        whole = line is added[-2] and not added[-1]
                        return msgspec.json.decode(plain, type=Checked), whole
        return None, False

    def append(self, lines: Iterable[bytes], checked: Checked) -> None:
        """Add `lines` and a `Checked` line; on OSError the caller calls `take_back`."""
        self.growing.add([*lines, msgspec.json.encode(checked)], flush=False)

    def begin_again(self, lines: Iterable[bytes], checked: Checked) -> None:
        """Replace the log by `lines` and a `Checked` line, atomically; raises OSError."""
        added = [*lines, msgspec.json.encode(checked)]
        write_atomic(self.path, self._keyring.seal_lines(added, first=True))

    def drop_abandoned(self, joined: Iterable[Path]) -> list[Path]:
        """Delete and return logs in `joined` without a new line for a month."""
        dropped = []
        for path in joined:
            with suppress(OSError):
                quiet = now().timestamp() - path.stat().st_mtime
                if NAME.fullmatch(path.name) and quiet > _ABANDONED:
                    path.unlink()
                    dropped.append(path)
        return dropped
