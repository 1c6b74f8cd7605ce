"""The documents of a journal in memory: read again when others wrote, locked for each write."""

import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
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
"""Turns whose changes are remembered, and changes in one turn that are looked at one by one."""
T = TypeVar("T")


def put_newest_first(found: list[T], one: T, key: Callable[[T], tuple[str, ...]]) -> None:
    """Puts `one` in its place in `found`, which `key` orders in reverse: mostly near the top."""
    own = key(one)
    place = next((n for n, other in enumerate(found) if key(other) < own), len(found))
    found.insert(place, one)


class EntryTable:
    """What `Journal` stands on: the documents in `folder`, safe to use from several threads."""

    drafts: DraftStore

    def __init__(self, folder: Path, keyring: Keyring | None = None) -> None:
        self.folder = folder
        self.keyring = keyring or Keyring(folder, FILE)
        """The keys to what lies here, where a passphrase stands before it."""
        self.notices: list[Notice] = []
        """What happened on opening, to be told once; whoever tells it clears the list."""
        self._generation = 0
        self._guard = threading.RLock()
        self._writers = threading.Lock()
        self._storage = JournalStorage(folder / FILE, self._tell, self.keyring)
        self._order: list[StoredEntry] | None = None
        self._changes: deque[frozenset[str]] = deque(maxlen=REMEMBERED)
        """The ids that each of the latest turns changed, as far as it is known."""
        self._seen_folder = False

    @property
    def read_only(self) -> bool:
        """Whether a newer version wrote the file, so that this one must not.

        Raises JournalError when the journal cannot be read.
        """
        with self._guard:
            self._refresh()
            return bool(self._storage.newer)

    @property
    def generation(self) -> int:
        """A number that grows each time other content is seen, so that caches know."""
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
        """Other documents are seen from here on: those of the ids `changed`, where it is known."""
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

        Who reads meanwhile waits for the write, but not for another process's lock.
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
        """Hold the lock of the journal and of every draft: nobody else writes any of them.

        It gives what is to be called after a change that others must heed: that waits for drafts
        opened meanwhile, names all that are held, and puts those it could not get in the `dict`.
        Raises JournalError("draft_open") when a draft is open.
        """
        with self._writing(), ExitStack() as held:
            had = self.drafts.hold(held, set())

            def late(missed: dict[str, JournalError]) -> set[str]:
                return self.drafts.hold(held, had, patience=2.0, missed=missed)

            yield late

    def documents(self) -> StoredEntries:
        """Every document, trash included, as bytes that are read when asked for."""
        with self._guard:
            self._refresh()
            return dict(self._storage.documents)

    def snapshot(self) -> bytes:
        """The journal's file in clear, as it stands; raises JournalError."""
        with self._guard:
            self._refresh()
            return self._storage.snapshot()

    def put_back(self, documents: StoredEntries, others: Mapping[str, msgspec.Raw]) -> None:
        """Make the journal what it was; call it within `alone`.

        Raises OSError, JournalError, and then nothing was changed.
        """
        self._storage.put_back(documents, others)
        self._turn()

    def _sorted(self) -> list[StoredEntry]:
        """All documents, newest first."""
        if self._order is None:
            documents = self._storage.documents.values()
            self._order = sorted(documents, key=lambda d: d.head.newest_first, reverse=True)
        return self._order

    def _document(self, id_: str) -> StoredEntry | None:
        number = self._storage.numbers.get(id_)
        return self._storage.documents[number] if number else None

    def _remove(self, file: DraftFile) -> None:
        """Remove a draft whose text is kept. One that stays is known for that when it is listed."""
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
        """A fresh struct; None for an entry that makes no sense, which stays in the file."""
        try:
            return sound(document.entry(history=history))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            self._tell(Notice("unreadable", {"id": document.head.id, "reason": str(error)}))
            return None
