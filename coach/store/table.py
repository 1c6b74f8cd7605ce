"""The stored entries of a journal in memory, reloaded when others wrote, locked to write."""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

from coach.disk.atomic_files import absent, make_folder
from coach.disk.errors import JournalError
from coach.disk.keyring import Keyring
from coach.store.draft_file import DraftFile, discarded_id
from coach.store.drafts import DraftStore
from coach.store.entries import Draft, Entry, sound
from coach.store.file_format import StoredEntries, StoredEntry
from coach.store.notices import Notice
from coach.store.storage import JournalStorage

FILE = "journal.json"
REMEMBERED = 64
"""How many generations of changes are remembered, and the most changes listed for one."""
T = TypeVar("T")


def put_newest_first(found: list[T], one: T, key: Callable[[T], tuple[str, ...]]) -> None:
    """Inserts `one` in `found`, which is sorted by `key` in reverse."""
    own = key(one)
    place = next((n for n, other in enumerate(found) if key(other) < own), len(found))
    found.insert(place, one)


class EntryTable:
    """The stored entries of the data folder `folder`, for `Journal`; thread-safe."""

    drafts: DraftStore

    def __init__(self, folder: Path, keyring: Keyring | None = None) -> None:
        self.folder = folder
        self.keyring = keyring or Keyring(folder, FILE)
        """The keys of the folder, if it is locked by a passphrase."""
        self.notices: list[Notice] = []
        """Notices to show once; the caller that shows them clears the list."""
        self._generation = 0
        self._guard = threading.RLock()
        self._writers = threading.Lock()
        self._storage = JournalStorage(folder / FILE, self._tell, self.keyring)
        self._order: list[StoredEntry] | None = None
        self._changes: deque[frozenset[str]] = deque(maxlen=REMEMBERED)
        """The ids that changed at each of the latest generations; empty after an unknown change."""
        self._seen_folder = False

    @property
    def read_only(self) -> bool:
        """Whether a newer version wrote the file, so that this one must not write it.

        Raises JournalError when the journal cannot be read.
        """
        with self._guard:
            self._refresh()
            return bool(self._storage.newer)

    @property
    def generation(self) -> int:
        """A number that grows each time the content changes, for caches."""
        return self._generation

    def changed(self) -> bool:
        """Whether another process wrote since the journal was last read; costs one `stat`."""
        with self._guard:
            return self._storage.changed()

    def _tell(self, notice: Notice) -> None:
        if notice not in self.notices:
            self.notices.append(notice)

    def _refresh(self, *, writing: bool = False) -> None:
        if self._storage.refresh(writing=writing):
            self._turn()
        self._seen_folder = self._seen_folder or not absent(self.folder)

    def _turn(self, changed: frozenset[str] | None = None) -> None:
        """Begin a new generation; `changed` are the ids that changed, None where unknown."""
        self._generation += 1
        if changed is None or len(changed) > REMEMBERED:
            self._changes.clear()
            self._order = None
            return
        self._changes.append(changed)
        if self._order is not None:
            left = [one for one in self._order if one.head.id not in changed]
            for id_ in changed:
                if (document := self._document(id_)) is not None:
                    put_newest_first(left, document, lambda one: one.head.newest_first)
            self._order = left

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the lock for one write, on the latest state; raises JournalError.

        Other threads that read wait for the write, but not for another process's lock.
        """
        with self._writers:
            with self._guard:
                if self._seen_folder and absent(self.folder):
                    raise JournalError("folder_missing", path=str(self.folder))
                make_folder(self.folder)
                self._refresh()
            with self._storage.lock, self._guard:
                self._refresh(writing=True)
                self._storage.refuse_newer()
                yield

    @property
    def journal_path(self) -> Path:
        """The journal's file, wherever a link leads."""
        return (self.folder / FILE).resolve()

    @contextmanager
    def alone(self) -> Iterator[Callable[[dict[str, JournalError]], set[str]]]:
        """Hold the locks of the journal and of every draft, so that no other process writes.

        It yields a function to call after the change: that locks drafts opened meanwhile, returns
        the names of all drafts held, and puts errors in the given dict (draft name → error).
        Raises JournalError("draft_open") when a draft is open.
        """
        with self._writing(), ExitStack() as held:
            had = self.drafts.hold(held, set())

            def late(missed: dict[str, JournalError]) -> set[str]:
                return self.drafts.hold(held, had, patience=2.0, missed=missed)

            yield late

    def documents(self) -> StoredEntries:
        """Every stored entry, trash included; its bytes are decoded on use."""
        with self._guard:
            self._refresh()
            return dict(self._storage.documents)

    def snapshot(self) -> bytes:
        """The journal's file, unencrypted; raises JournalError."""
        with self._guard:
            self._refresh()
            return self._storage.snapshot()

    def put_back(self, documents: StoredEntries, others: Mapping[str, msgspec.Raw]) -> None:
        """Replace the whole journal (a restore); call it within `alone`.

        Raises OSError or JournalError, and then nothing has changed.
        """
        self._storage.put_back(documents, others)
        self._turn()

    def _sorted(self, flow: str | None = None) -> list[StoredEntry]:
        """All documents, or those of one flow, newest first."""
        documents: Iterable[StoredEntry] = self._order or self._storage.documents.values()
        if flow is not None:
            documents = [one for one in documents if one.head.flow == flow]
        elif self._order is not None:
            return self._order
        found = sorted(documents, key=lambda d: d.head.newest_first, reverse=True)
        if flow is None:
            self._order = found
        return found

    def _document(self, id_: str) -> StoredEntry | None:
        number = self._storage.numbers.get(id_)
        return self._storage.documents[number] if number else None

    def _remove(self, file: DraftFile) -> None:
        """Remove a draft whose text is saved. If that fails, `DraftStore.list` removes it later."""
        try:
            file.remove()
        except JournalError as error:
            self._tell(Notice.about("draft_stays", file.path, error))

    def _known(self, id_: str) -> StoredEntry:
        document = self._document(id_)
        if document is None:
            raise JournalError("unknown_entry", id=id_)
        return document

    def _kept(self, id_: str) -> Entry:
        return self._known(id_).entry()

    def _trash_id(self, draft: Draft) -> str:
        kept = self._document(draft.entry.id)
        own = kept is None or kept.head.status != "done"
        return draft.entry.id if own else discarded_id(draft)

    def _entry(self, document: StoredEntry, *, history: bool = True) -> Entry | None:
        """A fresh struct; None for an entry that cannot be decoded, which stays in the file."""
        try:
            return sound(document.entry(history=history))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            self._tell(Notice("unreadable", {"id": document.head.id, "reason": str(error)}))
            return None
