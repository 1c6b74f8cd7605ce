"""The TinyDB storage beneath the journal: the state in memory, the file replaced whole.

TinyDB's own storage reads the file at every query and rewrites it in place, unlocked. This one
keeps each entry as the bytes that stand in the file, encodes only what a save changes, and follows
the order that `coach.safety` explains. It is no subclass of `tinydb.Storage`, which asks for
`read`, `write` and `close` and nothing else, so that reading a journal need not import TinyDB.

Whoever writes holds `lock` from the reload to the end of the write, and no longer.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

from coach.duplicates import one_each, readable
from coach.entries import SCHEMA
from coach.files import (
    JournalError,
    Stamp,
    dated,
    has_marks,
    leftovers,
    read_file,
    replace,
    set_aside,
    stamp_of,
    sync_folder,
    trouble,
    write_atomic,
    write_temporary,
)
from coach.generations import Generations
from coach.layout import TABLE, Content, Damaged, Document, Documents, assemble, parse, salvage
from coach.lock import Lock
from coach.notices import Notice
from coach.revisions import encode, revisions_of
from coach.safety import Safety
from coach.sealing import BrokenSeal
from coach.vault import Vault


class JournalStorage:
    """That of the journal at `path`, whose keys `vault` has; `tell` hears what happened."""

    def __init__(self, path: Path, tell: Callable[[Notice], None], vault: Vault) -> None:
        self.path = path
        self._tell = tell
        self._vault = vault
        self._generations = Generations(path.parent)
        self._place(path)
        self.documents: Documents = {}
        self.numbers: dict[str, str] = {}
        """Id of an entry → its number in the table."""
        self.newer = ""
        """The schema number of a file from a newer version, which is not to be written."""
        self._others: Mapping[str, Any] = {}
        self._stamp: Stamp | None = None
        self._opened = False
        self._unmended = False
        """What is in memory was brought back or migrated, but could not be written yet."""

    def _place(self, path: Path) -> None:
        # Beside a symlinked journal's real file, so that it stays a link and everybody who
        # reaches that file by whatever name shares one lock.
        self._real = path
        self.lock = Lock(path.with_name(f"{path.stem}.lock"))
        self._safety = Safety(path, self._vault)

    # What TinyDB calls

    def read(self) -> dict[str, Mapping[str, Document]]:
        """The tables, for TinyDB; their documents cannot be changed through what this gives."""
        return {TABLE: MappingProxyType(self.documents)}

    def write(self, tables: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        """Replace the table, for TinyDB; the caller holds `lock` and reloaded under it.

        Raises JournalError, and then neither the file nor what is in memory has changed.
        """
        documents: Documents = {}
        changed: list[Document] = []
        for number, document in tables[TABLE].items():
            if not isinstance(document, Document):
                document = readable(document)
                changed.append(document)
            documents[number] = document
        try:
            self._commit(documents, [line for one in changed for line in self._fresh(one)])
        except OSError as error:
            raise trouble(error, self._real.parent) from error

    def close(self) -> None:
        """Nothing is held open between calls."""

    def _fresh(self, document: Document) -> list[bytes]:
        """The revisions in `document` that are not yet kept, as lines."""
        number = self.numbers.get(document.head.id)
        known = self.documents[number].head.revisions if number else frozenset()
        return [
            encode(one) for one in revisions_of(document.decoded()) if one["revision"] not in known
        ]

    def _commit(
        self, documents: Documents, lines: list[bytes], others: Mapping[str, Any] | None = None
    ) -> None:
        """The seven steps of `coach.safety`; raises OSError, and then nothing was changed."""
        others = self._others if others is None else others
        safety = self._safety
        mark = safety.append(lines)
        named = temporary = generation = None
        try:
            data = assemble(documents, others)
            temporary, stamp = write_temporary(self._real, [self._vault.seal(data)])
            named = safety.second_name()
            if self._stamp is not None:
                generation = self._generations.name(self._real, self._stamp.modified)
            replace(temporary, self._real)
        except BaseException:
            for path in filter(None, (temporary, named, generation and generation[0])):
                with suppress(OSError):
                    path.unlink()
            safety.take_back(mark)
            raise
        self._others = others
        self._adopt(documents, stamp)
        advanced = safety.advance(named)
        self._generations.keep(generation)
        unflushed = sync_folder(self._real.parent)
        if unflushed is not None:
            self._tell(Notice.about("unflushed", self._real, unflushed))
        elif advanced:  # else the recent ones have what may not be on the disk yet
            safety.begin_again(lines)

    def _adopt(self, documents: Documents, stamp: Stamp | None) -> None:
        self.documents = documents
        self.numbers = {one.head.id: number for number, one in documents.items()}
        self._stamp = stamp
        self._opened = True
        self._unmended = False

    def snapshot(self) -> bytes:
        """The file in clear: as it stands where a newer version wrote it, else what is in memory.

        Raises JournalError.
        """
        if self.newer:
            with suppress(OSError, BrokenSeal):
                return self._vault.unseal(read_file(self._real)[0], self._real)
        return assemble(self.documents, self._others)

    def put_back(self, documents: Documents, others: Mapping[str, Any]) -> None:
        """Make the table what it was, under `lock`; on OSError, JournalError nothing changed."""
        lines = [line for one in documents.values() for line in self._fresh(one)]
        self._commit(documents, lines, others)
        if (error := self._safety.renew(assemble(documents, others))) is not None:
            self._tell(Notice.about("not_renewed", self._safety.recent, error))

    # Reading what others wrote

    def _look(self) -> Stamp | None:
        try:
            return stamp_of(self.path.stat())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise trouble(error, self.path.parent, reading=True) from error

    def changed(self) -> bool:
        """Whether the file is not the one last read or written; never raises."""
        try:
            return not self._opened or self._look() != self._stamp
        except JournalError:
            return False

    def refuse_newer(self) -> None:
        """Raise JournalError("newer") when the file is from a newer version."""
        if self.newer:
            raise JournalError("newer", path=str(self.path), version=self.newer)

    def refresh(self, *, writing: bool = False) -> bool:
        """Read the file if it is not the one last read or written; whether it was read.

        Damage is mended, an older shape migrated (see `Notice`). Where the folder takes no file,
        that is done in memory alone and made up for before the first write (`writing`). Raises
        JournalError when it cannot be read at all, or not mended before a write.
        """
        if self._opened and not (writing and self._unmended) and self._look() == self._stamp:
            return False
        real = self.path.resolve()
        if real != self._real:
            self._place(real)
        self._vault.look()
        if not self._opened:
            self._sweep()
        self._safety.due = True
        content, data, stamp, reason = self._load()
        if content is not None and content.schema >= SCHEMA:
            self._take(content, stamp)
        elif data is None:
            self._bring_back(None, b"", reason)
        else:
            self._repair(writing)
        return True

    def _load(self) -> tuple[Content | None, bytes | None, Stamp | None, str]:
        """What the file holds (None: nothing of use), its bytes (None: there is no file)."""
        try:
            data, stamp = read_file(self._real)
        except FileNotFoundError:
            return None, None, None, "missing"
        except OSError as error:
            where = self._real.parent if isinstance(error, NotADirectoryError) else self._real
            raise trouble(error, where, reading=True) from error
        try:
            return parse(self._vault.unseal_brought(data, self._real)), data, stamp, ""
        except (Damaged, BrokenSeal):
            if has_marks(data):
                return None, data, stamp, "conflict"
            return None, data, stamp, "damaged" if data.strip() else "empty"

    def _take(self, content: Content, stamp: Stamp | None) -> None:
        newer = str(content.schema) if content.schema > SCHEMA else ""
        if newer and newer != self.newer:
            self._tell(Notice("newer", {"path": str(self.path), "version": newer}))
        self.newer = newer
        self._others = content.others
        self._adopt(one_each(content.documents), stamp)

    def _repair(self, writing: bool) -> None:
        """Mend or migrate the file under the lock; where that cannot be, what is in memory."""
        try:
            with self.lock:
                # Another process may have mended it meanwhile.
                content, data, stamp, reason = self._load()
                if content is not None and content.schema >= SCHEMA:
                    self._take(content, stamp)
                elif content is not None:
                    self._migrate(content)
                else:
                    self._bring_back(stamp, data or b"", reason, write=data is not None)
        except (JournalError, OSError) as error:
            if writing:
                raise trouble(error, self._real) if isinstance(error, OSError) else error from error
            content, data, stamp, reason = self._load()
            if content is not None:
                self._take(content, stamp)
            else:
                self._bring_back(stamp, data or b"", reason)
            self._unmended = content is None or content.schema < SCHEMA

    def _migrate(self, content: Content) -> None:
        documents = one_each(content.documents)
        aside, stamp = self._put_aside(f"v{content.schema}", documents, content.others)
        self._others = content.others
        self._adopt(documents, stamp)
        values = {"path": str(self.path), "version": str(content.schema), "aside": str(aside)}
        self._tell(Notice("migrated", values))

    def _put_aside(
        self, what: str, documents: Documents, others: Mapping[str, Any]
    ) -> tuple[Path, Stamp]:
        """Replace the file, which is kept under a dated name; raises OSError."""
        aside = dated(self._real, what)
        set_aside(self._real, aside)
        try:
            return aside, write_atomic(self._real, self._vault.seal(assemble(documents, others)))
        except BaseException:
            with suppress(OSError):
                aside.unlink()
            raise

    def _bring_back(
        self, stamp: Stamp | None, data: bytes, reason: str, *, write: bool = False
    ) -> None:
        """Join whatever is left: the generation, the recent revisions, whole lines, memory."""
        left = [*self._safety.found(), *salvage(data), *self.documents.values()]
        documents = one_each({str(number): one for number, one in enumerate(left, 1)})
        aside = None
        if write:
            aside, stamp = self._put_aside("damaged", documents, {})
        self.newer = ""
        self._others = {}
        self._adopt(documents, stamp)
        if documents or reason != "missing":
            values = {"path": str(self.path), "aside": str(aside or ""), "reason": reason}
            values["entries"] = str(len(documents))
            joined_both = reason == "conflict"
            self._tell(Notice("joined", values) if joined_both else Notice("recovered", values))

    def _sweep(self) -> None:
        """Remove temporary files that a killed process left, if nobody is writing one now."""
        if not leftovers(self._real.parent, self._real.stem):
            return
        patience, self.lock.patience = self.lock.patience, 0
        with suppress(JournalError, OSError), self.lock:
            for path in leftovers(self._real.parent, self._real.stem):
                path.unlink()
        self.lock.patience = patience
