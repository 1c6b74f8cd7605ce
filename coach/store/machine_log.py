"""What was saved on this machine, in a file that no other machine writes.

A folder that several machines share by a synchroniser may get any of its files replaced by what
another machine has under the same name. `journal.log.3fa9c1d2.jsonl` bears the name of one machine
(and of the folder's place on it), so it comes through: each revision confirmed here is a line of
it, as in the recent ones. It is not flushed, for those are; so a save costs no more than one write.

After the revisions of a save stands a line that says which files they were joined with:

    {"journal": "inode-size-modified", "after": "…", "beside": 3735928559, "restored": ""}

`journal` is the journal's file after that save, `after` the one before it, `beside` a checksum over
the stamps of all other files that hold revisions. While these are as they were, nothing has to be
compared. `restored` changes with each restore, which drops revisions on purpose.
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
from coach.store.growing import Growing
from coach.util.clock import now

NAME = re.compile(r"journal\.log\.[0-9a-f]{8}\.jsonl")
_TAIL = 8192
"""Bytes at the end of a log within which its last line lies."""
_ABANDONED = 30 * 24 * 3600
"""Seconds after which the log of a machine that came no more is dropped, once it is joined."""


class Checked(msgspec.Struct):
    """Which files were compared when a save was made; see the module."""

    journal: str
    after: str
    beside: int
    restored: str = ""


ANY = -1
"""In `Checked.beside`: that journal counts, whatever lies beside it."""


def stamp_text(stamp: Stamp | None) -> str:
    """`stamp` as it stands in a log; '' for no file."""
    return "-".join(map(str, stamp)) if stamp else ""


def checksum(stamps: Mapping[Path, Stamp]) -> int:
    """One number for files with their stamps."""
    lines = sorted(f"{path.name} {stamp_text(stamp)}" for path, stamp in stamps.items())
    return binascii.crc32("\n".join(lines).encode("utf-8", "surrogateescape"))


def is_checked(line: bytes) -> bool:
    """Whether `line` tells what was compared: it holds no word of the student's."""
    return line.startswith(b'{"journal":')


class MachineLog:
    """The log of this machine beside `journal` (its real path)."""

    def __init__(self, journal: Path, keyring: Keyring) -> None:
        self._journal = journal
        self._keyring = keyring

    @cached_property
    def growing(self) -> Growing:
        """How it grows."""
        return Growing(self.path, self._keyring)

    @cached_property
    def path(self) -> Path:
        """Where it lies; another for each machine, and each place of a folder on one."""
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
        """What was compared last, as far as it is told, and whether nothing was added since.

        Raises JournalError when there is a log that cannot be read.
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
        """Add `lines` and what was compared; raises OSError, and `take_back` is to follow."""
        self.growing.add([*lines, msgspec.json.encode(checked)], flush=False)

    def begin_again(self, lines: Iterable[bytes], checked: Checked) -> None:
        """Hold `lines` alone, whole or not at all; raises OSError."""
        added = [*lines, msgspec.json.encode(checked)]
        write_atomic(self.path, self._keyring.seal_lines(added, first=True))

    def drop_abandoned(self, joined: Iterable[Path]) -> list[Path]:
        """Remove those of `joined` (whose every line is in this one too) that grow no more."""
        dropped = []
        for path in joined:
            with suppress(OSError):
                quiet = now().timestamp() - path.stat().st_mtime
                if NAME.fullmatch(path.name) and quiet > _ABANDONED:
                    path.unlink()
                    dropped.append(path)
        return dropped
