"""The journal: all saved entries and drafts of a data folder, as the rest of the program uses them.

It takes and returns structs. Returned structs are copies: changing one changes nothing in the
journal. Each save makes a revision and keeps the former ones. It may be used from several
threads, and by several processes at once: each write takes the lock for itself alone and first
reads what others wrote. Nothing is opened or made before the first use.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from coach.disk.errors import JournalError
from coach.disk.keyring import Keyring
from coach.store.draft_file import DraftFile, discarded_id, keeps_text
from coach.store.drafts import DraftStore
from coach.store.entries import SCHEMA, Draft, Entry, new_id
from coach.store.file_format import StoredEntry, uncollected
from coach.store.notices import Notice
from coach.store.revisions import MergeReport, later, stored_entries_of, stored_entry_of
from coach.store.table import EntryTable
from coach.util.clock import now

__all__ = ["Journal", "JournalError", "MergeReport", "Notice"]


class Journal(EntryTable):
    """The journal in `folder`, which need not exist yet; `clock` returns the present moment.

    `keyring`, where given, already holds the key that the passphrase opens.
    """

    def __init__(
        self,
        folder: Path,
        *,
        clock: Callable[[], datetime] = now,
        keyring: Keyring | None = None,
    ) -> None:
        super().__init__(folder, keyring)
        self.clock = clock
        self.drafts = DraftStore(
            folder / "drafts",
            clock=clock,
            settled=self._is_settled,
            tell=self._tell,
            keyring=self.keyring,
        )

    # Reading

    def entries(
        self,
        *,
        trash: bool = False,
        flow: str | None = None,
        history: bool = False,
        known: Mapping[str, Entry] = MappingProxyType({}),
    ) -> list[Entry]:
        """The saved entries, newest first, without drafts; with `trash`, the deleted ones instead.

        `flow` keeps only entries of that flow. Without `history` that field stays empty, which
        `save` does not mind. `known` (id → entry) are entries decoded before: those whose revision
        is still in force are returned again, not decoded. Raises JournalError when the journal
        cannot be read.
        """
        with self._guard:
            self._refresh()
            wanted = [
                one
                for one in self._sorted(flow)
                if self._in_trash(one) == trash and (trash or one.head.status == "done")
            ]
        found = []
        with uncollected():
            for one in wanted:
                entry = known.get(one.head.id)
                if entry is None or entry.revision != one.head.revision:
                    entry = self._entry(one, history=history)
                if entry is not None:
                    found.append(entry)
        return found

    def since(self, generation: int) -> tuple[int, dict[str, Entry | None]] | None:
        """(present generation, id → entry) of what changed since `generation`.

        The value is None for an entry that was deleted. Returns None when the changes are not
        known: then call `entries`. Raises JournalError.
        """
        with self._guard:
            self._refresh()
            turns = self._generation - generation
            if not 0 <= turns <= len(self._changes):
                return None
            ids = frozenset().union(*list(self._changes)[len(self._changes) - turns :])
            return self._generation, {id_: self._kept_now(id_) for id_ in ids}

    def _kept_now(self, id_: str) -> Entry | None:
        document = self._document(id_)
        if document is None or self._in_trash(document) or document.head.status != "done":
            return None
        return self._entry(document, history=False)

    def get(self, id: str) -> Entry | None:
        """The entry with that id and its history, also from the trash; None when there is none."""
        with self._guard:
            self._refresh()
            document = self._document(id)
        return self._entry(document) if document else None

    def find(self, prefix: str) -> list[Entry]:
        """Entries and entries of drafts whose id begins with `prefix`, newest first.

        For a saved entry that also has a draft, the saved one is returned.
        """
        with self._guard:
            self._refresh()
            kept = [one for one in self._sorted() if one.head.id.startswith(prefix)]
        found = [entry for one in kept if (entry := self._entry(one))]
        listed = {e.id for e in found if e.status == "done"}
        drafts = [d.entry for d in self.drafts.list() if d.entry.id.startswith(prefix)]
        ids = {entry.id for entry in drafts} - listed
        return [e for e in drafts if e.id in ids] + [e for e in found if e.id not in ids]

    def overtaken(self, draft: Draft) -> bool:
        """Whether the entry that `draft` changes got another revision since the draft began."""
        with self._guard:
            self._refresh()
            document = self._document(draft.entry.id)
        if document is None or document.head.status != "done":
            return False
        return document.head.revision != draft.base

    # Writing

    def save(self, entry: Entry) -> Entry:
        """Save `entry` as a new revision and return it as saved, with its history.

        `revision` and `updated_at` are set anew and texts are cleaned; `entry.history` is ignored,
        the saved history goes on. Raises JournalError, and then nothing has changed.
        """
        with self._writing():
            return self._save(stored_entry_of(msgspec.structs.replace(entry, history=[])))

    def trash(self, id: str) -> Entry:
        """Move an entry to the trash, as a new revision; raises JournalError."""
        with self._writing():
            document = self._known(id).decoded()
            if document["deleted_at"] is not None:
                return self._kept(id)
            stamp = later(self.clock(), document["updated_at"])
            return self._save(document | {"deleted_at": stamp})

    def restore(self, id: str) -> Entry:
        """Take an entry out of the trash, as a new revision; raises JournalError.

        An entry that was a draft becomes a draft again; raises JournalError("draft_exists") when
        that entry has another draft by now.
        """
        with self._writing():
            former = self._known(id).decoded()
            document = former | {"deleted_at": None}
            if document["status"] == "done":
                return self._kept(id) if former["deleted_at"] is None else self._save(document)
            with self.drafts.open(id) as file:
                if file.read_draft() is not None:
                    raise JournalError("draft_exists", id=id, path=str(file.path))
                entry = msgspec.convert(document | {"history": []}, Entry)
                file.write(Draft(entry=entry))
                try:
                    return self._save(document)
                except JournalError:
                    file.remove()
                    raise

    def merge(self, entries: Iterable[Entry]) -> MergeReport:
        """Add every revision of `entries`; the highest revision of each entry is then in force.

        Merging is commutative, associative and idempotent. Raises JournalError, and then nothing
        has changed.
        """
        report = MergeReport()
        incoming = stored_entries_of(entries)
        with self._writing():
            results = []
            for id_, document in incoming.items():
                kept = self._document(id_)
                result = report.joining(document, kept.decoded() if kept else None)
                if result is not None:
                    results.append(result)
            if results:
                self._put(results)
        return report

    # Drafts that end

    def finish(self, file: DraftFile, draft: Draft) -> Entry:
        """Save the draft's entry as done, then remove the draft; raises JournalError.

        When the entry got another revision meanwhile, both are saved, this one is in force, and a
        notice "both_kept" names the other.
        """
        # A crash between the two leaves a draft with the text that was kept, by which the next
        # start knows it; so the file must hold the last of it first.
        file.write(draft)
        with self._writing():
            document = stored_entry_of(draft.entry) | {"status": "done", "deleted_at": None}
            former = self._document(draft.entry.id)
            both = self.overtaken(draft)
            entry = self._save(document, after=file.saved_at)
            if both and former is not None:
                values = {"id": entry.id, "revision": former.head.revision}
                self._tell(Notice("both_kept", values))
        self._remove(file)
        return entry

    def discard(self, file: DraftFile) -> None:
        """Move the text of a draft to the trash, then remove the draft; raises JournalError.

        A draft that changes a saved entry goes there under an id of its own; the saved entry stays.
        """
        draft = file.read_draft()
        if draft is not None and any(
            value not in ("", None, [], {}) for value in draft.entry.answers.values()
        ):
            with self._writing():
                document = stored_entry_of(draft.entry) | {"status": "draft"}
                document["id"] = self._trash_id(draft)
                stamp = later(self.clock(), file.saved_at)
                self._save(document | {"deleted_at": stamp}, after=file.saved_at)
            self._remove(file)
        else:
            file.remove()

    def _is_settled(self, draft: Draft) -> bool:
        """Whether the journal already has this draft's text (a crash kept its file)."""
        with self._guard:
            self._refresh()
            if self._document(discarded_id(draft)) is not None:
                return True
            document = self._document(draft.entry.id)
            # Most drafts are newer than anything kept: then there is no need to look further.
            if document is None or document.head.updated_at <= draft.saved_at:
                return False
        try:
            return keeps_text(document.decoded(), draft)
        except JournalError:
            return False

    # Inside

    def _in_trash(self, document: StoredEntry) -> bool:
        head = document.head
        if head.deleted_at is not None or head.status == "done":
            return head.deleted_at is not None
        # A draft that was taken out of the trash, and whose file is gone since.
        return not self.drafts.has(head.id)

    def _save(self, document: dict[str, Any], *, after: str = "") -> Entry:
        """Save `document` as the revision in force, with a later time stamp than the former one."""
        former = self._document(document["id"])
        history: list[Any] = []
        if former is not None:
            kept = former.decoded()
            history = [*kept.pop("history", ()), kept]
            document = document | {"created_at": kept["created_at"]}
            after = max(after, kept["updated_at"])
        stamps = {"updated_at": later(self.clock(), after), "revision": new_id()}
        self._put([document | stamps | {"schema": SCHEMA, "history": history}])
        return self._kept(document["id"])

    def _put(self, documents: list[dict[str, Any]]) -> None:
        """Insert or replace whole documents, in one write."""
        # Imported here: reading, which is most of what is done, needs no TinyDB.
        from coach.store.tinydb_adapter import rows_after

        storage = self._storage
        following = max(map(int, storage.documents), default=0) + 1
        rows = {}
        for document in documents:
            number = storage.numbers.get(document["id"])
            rows[int(number) if number else following] = document
            following += not number
        storage.write(rows_after(storage.documents, rows))
        self._turn(frozenset(document["id"] for document in documents))
