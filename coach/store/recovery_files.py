"""What brings the journal back when its file is damaged or replaced by another: the last good
generation, and each revision confirmed since.

`journal.previous.json` is a former state of the journal, whole. `journal.recent.jsonl` has a line
for each save confirmed after it: a revision, or a list of those that were saved together. The two
hold every confirmed revision at every instant, without the journal's own file; both only ever gain
by union, so a line too many does no harm. Other programs may replace any of these files too, so
the log of this machine (`coach.store.machine_log`) has its own revisions once more, and whoever
reads the journal compares it with all of them, unless they are those that were compared already.

The order of a save (under the lock) makes that so:

1. the new journal is written to a temporary file and flushed;
2. the new revisions are added to the recent ones and flushed, and to the log: from here on they
   cannot be lost;
3. now and then ("due"): the present journal gets a second name;
4. the new journal is renamed over the present one: readers see the old state or the new;
5. when due: the second name becomes the previous generation, which now is the former state;
6. the folder is flushed: the save is confirmed;
7. when due: the recent ones are begun again, with those of this save.

A generation is due with the first save after the journal was read (whoever wrote it may not have
added to the recent ones), and when the recent ones have grown long. It is never a second name of
the journal in force, since a program that damages that one in place would damage both.

A failure before 4 takes the lines of 2 back. Where that fails too they will be joined, so the save
is confirmed nevertheless. A failure after 4 leaves more than is needed, never less.
What could be read in part only is set aside under a dated name before it is replaced.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from coach.disk.atomic_files import (
    Stamp,
    dated,
    replace,
    second_name,
    set_aside,
    stamp_of,
    write_atomic,
)
from coach.disk.errors import JournalError, trouble
from coach.disk.keyring import Keyring
from coach.store.entries import new_id
from coach.store.file_format import StoredEntries, StoredEntry
from coach.store.file_reading import bytes_of, documents_in, documents_in_journal
from coach.store.growing import Growing, Left
from coach.store.machine_log import (
    ANY,
    Checked,
    MachineLog,
    checksum,
    stamp_text,
)

_LONG = 512 * 1024
"""Bytes of recent revisions after which a new generation pays."""


class RecoveryFiles:
    """The files beside `journal` (its real path) that hold revisions too."""

    def __init__(self, journal: Path, keyring: Keyring) -> None:
        self.journal = journal
        self._keyring = keyring
        self.previous = journal.with_name(f"{journal.stem}.previous.json")
        self.recent = journal.with_name(f"{journal.stem}.recent.jsonl")
        self.log = MachineLog(journal, keyring)
        self._added = Growing(self.recent, keyring)
        self.due = True
        self.restored = ""
        """Names the last restore that is known of: what was in memory before it counts no more."""
        self._restored = ""
        self._last: Checked | None = None
        self._known: dict[Path, Stamp] = {}
        """The files whose every revision the journal in memory has."""
        self._imperfect: set[Path] = set()
        self._log_due = False
        self._replaced = False
        """Another program replaced the journal between its reading and this save."""

    # Saving

    def append(
        self,
        lines: list[bytes],
        documents: StoredEntries,
        former: Stamp | None,
        stamp: Stamp,
        *,
        restores: bool = False,
    ) -> None:
        """Step 2: `lines` are new in the journal that will have `stamp`, beside the `documents` of
        the `former` one. Raises OSError, JournalError; when the save fails, here or later, then
        `take_back` is to follow.
        """
        self._added.begin()
        self.log.growing.begin()
        self._restored = self.restored
        if self._log_due or (documents and not self._has_log()):
            self._begin_log(documents, former)
        self._known[self.recent] = added = self._added.add([_together(lines)], flush=True)
        if added.size > _LONG or not self._added.before:
            self.due = True
        if restores:
            self.restored = new_id()
        beside = ANY if restores else checksum(self._known)
        self.log.append(
            lines, Checked(stamp_text(stamp), stamp_text(former), beside, self.restored)
        )

    def _begin_log(self, documents: StoredEntries, stamp: Stamp | None) -> None:
        self._make_way(self.log.path)
        rows = (bytes(one.raw).replace(b"\n", b" ") for one in documents.values())
        self.log.begin_again(rows, self._checked(stamp))
        for path in self.log.drop_abandoned(self._known.keys() - self._imperfect):
            del self._known[path]
        self._log_due = False

    def _has_log(self) -> bool:
        try:
            return self.log.path.stat().st_size > 0
        except FileNotFoundError:
            return False

    def take_back(self) -> Left:
        """Undo `append`, as far as it came: its save failed. What of it is left, to be joined."""
        self.restored = self._restored
        if self.log.growing.take_back() is not Left.NOTHING:
            return Left.ALL  # so the recent ones have all of it, flushed
        left = self._added.take_back()
        with suppress(OSError):
            self._known[self.recent] = stamp_of(self.recent.stat())
        return left

    def second_name(self, former: Stamp | None) -> Path | None:
        """Step 3; None when it is not due or cannot be (a full disk fails the save itself).

        `former` is the journal that was read: what took its place since is kept in any case.
        """
        with suppress(OSError):
            self._replaced = former is not None and stamp_of(self.journal.stat()) != former
            if self.due or self._replaced:
                return second_name(self.journal, self.previous)
        return None

    def advance(self, named: Path | None) -> bool:
        """Step 5; whether step 7 is to follow. It is tried again with the next save if it fails."""
        if named is None:
            return False
        with suppress(OSError, JournalError):
            self._make_way(self.previous)
            replace(named, self.previous)
            if self._replaced:
                return False  # nobody compared that one yet, so the recent ones are needed
            self._known[self.previous] = stamp_of(self.previous.stat())
            return True
        with suppress(OSError):
            named.unlink()
        return False

    def begin_again(self, lines: Iterable[bytes], stamp: Stamp | None) -> None:
        """Step 7, for the journal that has `stamp`."""
        with suppress(OSError, JournalError):
            self._make_way(self.recent)
            data = self._keyring.seal_lines(list(lines), first=True)
            self._known[self.recent] = write_atomic(self.recent, data)
            self.due = False
            try:
                self.log.append([], self._checked(stamp))
            except OSError:
                self.log.growing.take_back()

    def renew(
        self, data: bytes, documents: StoredEntries, stamp: Stamp | None
    ) -> OSError | JournalError | None:
        """Begin again with the journal in `data`, which has `documents` and `stamp`: what is no
        longer in it must not come back.

        What went wrong is given, not raised: the journal is replaced by then.
        """
        try:
            for path in self.log.others():
                path.unlink(missing_ok=True)
            self._make_way(self.previous)
            self._make_way(self.recent)
            previous = write_atomic(self.previous, self._keyring.seal(data))
            recent = write_atomic(self.recent, self._keyring.seal_lines([], first=True))
            self._known = {self.previous: previous, self.recent: recent}
            self._begin_log(documents, stamp)
        except (OSError, JournalError) as error:
            return error
        self.due = False
        return None

    def _checked(self, stamp: Stamp | None) -> Checked:
        return Checked(stamp_text(stamp), stamp_text(stamp), checksum(self._known), self.restored)

    def _make_way(self, path: Path) -> None:
        """Set aside what could be read in part only, before `path` is replaced; raises OSError."""
        if path in self._imperfect:
            set_aside(path, dated(path, "damaged"))
            self._imperfect.discard(path)

    # Comparing

    def files(self) -> list[Path]:
        """All that may hold revisions beside the journal; raises JournalError."""
        return [self.previous, self.recent, self.log.path, *self.log.others()]

    def _stamps(self) -> dict[Path, Stamp]:
        """Those of the files beside the journal, this machine's log apart; raises JournalError."""
        found = {}
        for path in (self.previous, self.recent, *self.log.others()):
            try:
                found[path] = stamp_of(path.stat())
            except FileNotFoundError:
                continue
            except OSError as error:
                raise trouble(error, path, reading=True) from error
        return found

    def changed(self) -> bool:
        """Whether others changed one of the files since it was compared; raises JournalError."""
        return self._stamps() != self._known

    def vouches(self, stamp: Stamp | None) -> bool:
        """Whether the journal with `stamp` was compared with the files as they are.

        Raises JournalError when one of them cannot be looked at.
        """
        last, is_end = self.log.last()
        self._last = last
        self.restored = last.restored if last else ""
        if last is None or not is_end or stamp is None or last.journal != stamp_text(stamp):
            return False
        present = self._stamps()
        if last.beside not in (ANY, checksum(present)):
            return False
        self._log_due = last.beside == ANY
        self._known = present
        return True

    def cut_short(self, stamp: Stamp | None) -> bool:
        """Whether the journal with `stamp` is the last one saved here, or the one before it: then
        the revisions it lacks here are of a save that was cut short. Call it after `vouches`."""
        return self._last is not None and stamp_text(stamp) in (
            self._last.journal,
            self._last.after,
        )

    def found(self, *, whole: bool = False) -> dict[Path, list[StoredEntry]]:
        """Every document that each of the files still gives, also when it is damaged itself.

        What is sealed with a key that is not here gives none; with `whole` that raises, but for
        the log of another machine. Raises JournalError for a file that is there but cannot be read.
        """
        self._known = {}
        self._imperfect = set()
        self._log_due = True
        found = {}
        for path in self.files():
            data, stamp = bytes_of(path)
            if stamp is None:
                continue
            try:
                reader = documents_in_journal if path == self.previous else documents_in
                found[path], perfect = reader(data, path, self._keyring)
            except JournalError:
                if whole and path in (self.previous, self.recent):
                    raise
                found[path], perfect = [], False
            if not perfect:
                self._imperfect.add(path)
            if path != self.log.path:
                self._known[path] = stamp
        return found

    def own(self, found: Mapping[Path, list[StoredEntry]]) -> bool:
        """Whether all that was `found` stands in files that this machine adds a line to."""
        return all(path in (self.recent, self.log.path) for path, some in found.items() if some)


def _together(lines: list[bytes]) -> bytes:
    """One line, so that of a save that a crash cuts short either all is found or nothing."""
    return lines[0] if len(lines) == 1 else b"[" + b",".join(lines) + b"]"
