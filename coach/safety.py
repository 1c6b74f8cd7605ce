"""What brings the journal back when its file is damaged: the last good generation, and each
revision confirmed since.

`journal.previous.json` is a former state of the journal, whole. `journal.recent.jsonl` has a line
for each save confirmed after it: a revision, or a list of those that were saved together. The two
hold every confirmed revision at every instant, without the journal's own file; both only ever gain
by union, so a line too many does no harm.

The order of a save (under the lock) makes that so:

1. the new revisions are added to the recent ones and flushed: from here on they cannot be lost;
2. the new journal is written to a temporary file and flushed;
3. now and then ("due"): the present journal gets a second name;
4. the new journal is renamed over the present one: readers see the old state or the new;
5. when due: the second name becomes the previous generation, which now is the former state;
6. the folder is flushed: the save is confirmed;
7. when due: the recent ones are begun again, with those of this save.

A generation is due with the first save after the journal was read (whoever wrote it may not have
added to the recent ones), and when the recent ones have grown long. It is never a second name of
the journal in force, since a program that damages that one in place would damage both.

A failure before 4 takes the lines of 1 back; one after 4 leaves more than is needed, never less.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from coach.files import JournalError, read_file, replace, second_name, write_all, write_atomic
from coach.layout import Damaged, Document, parse, salvage
from coach.sealing import BrokenSeal
from coach.vault import Vault

_LONG = 512 * 1024
"""Bytes of recent revisions after which a new generation pays."""


class Safety:
    """The previous generation and the recent revisions beside `journal` (its real path)."""

    def __init__(self, journal: Path, vault: Vault) -> None:
        self.journal = journal
        self._vault = vault
        self.previous = journal.with_name(f"{journal.stem}.previous.json")
        self.recent = journal.with_name(f"{journal.stem}.recent.jsonl")
        self.due = True

    def append(self, lines: Iterable[bytes]) -> int:
        """Step 1; returns what `take_back` needs. On OSError nothing was added."""
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        handle = os.open(self.recent, flags, 0o600)
        try:
            size = os.fstat(handle).st_size
            if size == 0 or size > _LONG:
                self.due = True
            # A line that a power cut tore must not swallow the next one.
            torn = size and os.lseek(handle, -1, os.SEEK_END) >= 0 and os.read(handle, 1) != b"\n"
            start = b"\n" if torn else b""
            try:
                written = self._vault.seal_lines([_together(list(lines))], first=size == 0)
                write_all(handle, start + written)
                os.fsync(handle)
            except BaseException:
                with suppress(OSError):
                    os.ftruncate(handle, size)
                raise
            return size
        finally:
            with suppress(OSError):
                os.close(handle)

    def take_back(self, size: int) -> None:
        """Undo `append`, which returned `size`: its save failed."""
        with suppress(OSError):
            os.truncate(self.recent, size)

    def second_name(self) -> Path | None:
        """Step 3; None when it is not due or cannot be (a full disk fails the save itself)."""
        if not self.due:
            return None
        with suppress(OSError):
            return second_name(self.journal, self.previous)
        return None

    def advance(self, named: Path | None) -> bool:
        """Step 5; whether step 7 is to follow. It is tried again with the next save if it fails."""
        if named is None:
            return False
        with suppress(OSError):
            replace(named, self.previous)
            return True
        with suppress(OSError):
            named.unlink()
        return False

    def begin_again(self, lines: Iterable[bytes]) -> None:
        """Step 7; tried again with the next save if it fails."""
        with suppress(OSError, JournalError):
            write_atomic(self.recent, self._vault.seal_lines(list(lines), first=True))
            self.due = False

    def renew(self, data: bytes) -> OSError | JournalError | None:
        """Begin again with the journal in `data`: what is no longer in it must not come back.

        What went wrong is given, not raised: the journal is replaced by then.
        """
        try:
            write_atomic(self.previous, self._vault.seal(data))
            write_atomic(self.recent, self._vault.seal_lines([], first=True))
        except (OSError, JournalError) as error:
            return error
        self.due = False
        return None

    def found(self) -> Iterator[Document]:
        """Every document that the two files still give, also when they are damaged themselves."""
        previous = _bytes(self.previous)
        try:
            previous = self._vault.unseal(previous, self.previous)
            if previous:
                yield from parse(previous).documents.values()
        except BrokenSeal:
            pass
        except Damaged:
            yield from salvage(previous)
        recent = self._vault.unseal_lines(_bytes(self.recent), self.recent)
        yield from salvage(b"\n".join(recent))


def _together(lines: list[bytes]) -> bytes:
    """One line, so that of a save that a crash cuts short either all is found or nothing."""
    return lines[0] if len(lines) == 1 else b"[" + b",".join(lines) + b"]"


def _bytes(path: Path) -> bytes:
    try:
        return read_file(path)[0]
    except OSError:
        return b""
