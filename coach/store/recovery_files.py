"""The recovery files, from which a damaged or replaced journal is rebuilt: its previous copy, and
each revision confirmed since.

`journal.previous.json` is a complete former state of the journal. `journal.recent.jsonl` has a line
for each save confirmed after it: a revision, or a list of revisions saved together. Together the
two hold every confirmed revision at every instant, without the journal's own file. Recovery takes
their union, so a superfluous line does no harm. Since other programs may replace these files too,
the log of this machine (`coach.store.machine_log`) repeats the revisions saved here. Reading the
journal compares it with all these files, unless their stamps say that they were compared before.

The order of a save (under the lock) guarantees this:

1. the new journal is written to a temporary file and flushed;
2. the new revisions are added to `journal.recent.jsonl`, which is flushed, and to the log: from
   here on they cannot be lost;
3. now and then ("due"): the present journal gets a second name;
4. the new journal is renamed over the present one: readers see the old state or the new;
5. when due: the second name is renamed to `journal.previous.json`, now the former state;
6. the folder is flushed: the save is confirmed;
7. when due: `journal.recent.jsonl` begins again, with the revisions of this save.

A new previous copy is due at the first save after the journal was read (the program that wrote it
may not have added to `journal.recent.jsonl`), and when `journal.recent.jsonl` is long. It is never
a second name of the present journal: a program that damages the file in place would damage both.

A failure before 4 removes the lines of 2. Where that fails too, the next reading joins them, so the
save counts. A failure after 4 leaves more than is needed, never less.
A file that could be read only in part is moved to a dated name before it is replaced.
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
from coach.store.append_only import AppendOnlyFile, Leftover
from coach.store.entries import new_id
from coach.store.file_format import StoredEntries, StoredEntry
from coach.store.file_reading import bytes_of, documents_in, documents_in_journal
from coach.store.machine_log import (
    ANY,
    Checked,
    MachineLog,
    checksum,
    stamp_text,
)

_LONG = 512 * 1024
"""Bytes of `journal.recent.jsonl` from which a new previous copy is made."""


class RecoveryFiles:
    """The files beside `journal` (its real path) that hold its revisions."""

    def __init__(self, journal: Path, keyring: Keyring) -> None:
        self.journal = journal
        self._keyring = keyring
        self.previous = journal.with_name(f"{journal.stem}.previous.json")
        self.recent = journal.with_name(f"{journal.stem}.recent.jsonl")
        self.log = MachineLog(journal, keyring)
        self._added = AppendOnlyFile(self.recent, keyring)
        self.due = True
        self.restored = ""
        """The id of the last restore: entries held in memory before it no longer count."""
        self._restored = ""
        self._last: Checked | None = None
        self._known: dict[Path, Stamp] = {}
        """The stamps of the files whose every revision is in memory."""
        self._imperfect: set[Path] = set()
        self._log_due = False
        self._replaced = False
        """Whether another program replaced the journal after it was read and before this save."""

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
        """Step 2: add `lines`, the new revisions of the journal that will have `stamp`.

        `documents` are all its entries, `former` the stamp of the journal they replace. Raises
        OSError or JournalError; whenever the save fails, the caller calls `take_back`.
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

    def take_back(self) -> Leftover:
        """Undo `append` after a failed save; how much of it stays and will be joined."""
        self.restored = self._restored
        if self.log.growing.take_back() is not Leftover.NOTHING:
            return Leftover.ALL  # so the recent ones have all of it, flushed
        left = self._added.take_back()
        with suppress(OSError):
            self._known[self.recent] = stamp_of(self.recent.stat())
        return left

    def second_name(self, former: Stamp | None) -> Path | None:
        """Step 3: the second name; None when not due or not possible (a full disk fails the save).

        `former` is the stamp of the journal that was read. A file that replaced it since always
        gets a second name.
        """
        with suppress(OSError):
            self._replaced = former is not None and stamp_of(self.journal.stat()) != former
            if self.due or self._replaced:
                return second_name(self.journal, self.previous)
        return None

    def advance(self, named: Path | None) -> bool:
        """Step 5; whether step 7 is due. After a failure the next save tries again."""
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
        """Begin all files again after a restore, with the journal `data`, its `documents` and
        `stamp`: revisions that it lacks must not come back.

        An error is returned, not raised: the journal is replaced by then.
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
        """Move a file that could be read only in part to a dated name; raises OSError."""
        if path in self._imperfect:
            set_aside(path, dated(path, "damaged"))
            self._imperfect.discard(path)

    # Comparing

    def files(self) -> list[Path]:
        """Every file beside the journal that may hold revisions; raises JournalError."""
        return [self.previous, self.recent, self.log.path, *self.log.others()]

    def _stamps(self) -> dict[Path, Stamp]:
        """The stamps of the files beside the journal, except this machine's log; JournalError."""
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
        """Whether another program changed a file since it was compared; raises JournalError."""
        return self._stamps() != self._known

    def vouches(self, stamp: Stamp | None) -> bool:
        """Whether the journal with `stamp` was compared with the files in their present state.

        Raises JournalError when a file's status cannot be read.
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
        revisions that it lacks belong to a save that was interrupted. Call it after `vouches`."""
        return self._last is not None and stamp_text(stamp) in (
            self._last.journal,
            self._last.after,
        )

    def read_documents(self, *, whole: bool = False) -> dict[Path, list[StoredEntry]]:
        """File → every stored entry that can be read from it, also from a damaged one.

        A file whose key is missing has none; with `whole` that raises, except for the log of
        another machine. Raises JournalError for an existing file that cannot be read.
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
        """Whether all entries `found` are in files to which this machine adds lines."""
        return all(path in (self.recent, self.log.path) for path, some in found.items() if some)


def _together(lines: list[bytes]) -> bytes:
    """`lines` as one line, so that after a crash either all of a save is found or nothing."""
    return lines[0] if len(lines) == 1 else b"[" + b",".join(lines) + b"]"
