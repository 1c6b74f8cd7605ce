"""The journal's file as bytes: a TinyDB file with a schema number before its one table.

    {"schema":1,"entries":{
    "1":{"schema":1,"id":"…",…,"history":[…]},
    "2":{…}
    }}

One line per entry, so that a person can read it, git can compare it, and what is whole in a
damaged file can be saved line by line.
"""

import gc
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import msgspec

from coach.disk.errors import JournalError
from coach.store.entries import SCHEMA, Entry
from coach.store.migrations import migrate, version_of
from coach.store.revisions import encode, join_revisions

TABLE = "entries"


class Damaged(Exception):
    """The bytes are not a journal; the message says why."""


class _Object(msgspec.Struct, gc=False):
    """Any JSON object: its syntax is checked, its content skipped."""


class _Revision(msgspec.Struct, gc=False):
    revision: str


class Head(msgspec.Struct, gc=False):
    """The fields of an entry needed to find and sort it; decoding skips the others."""

    id: str
    flow: str
    date: str
    updated_at: str
    revision: str
    answers: _Object
    status: str = "draft"
    deleted_at: str | None = None
    history: list[_Revision] = []

    @property
    def revisions(self) -> set[str]:
        """The ids of all its revisions."""
        return {self.revision, *(earlier.revision for earlier in self.history)}

    @property
    def newest_first(self) -> tuple[str, str, str]:
        """The key that orders entries, to be sorted in reverse."""
        return (self.date, self.updated_at, self.id)


class _Light(Entry, rename={"history": "-"}):
    """An entry decoded without its history: that field looks for a name that no file has."""

    history: list[dict[str, Any]] = []


_read_whole = msgspec.json.Decoder(Entry).decode
_read_light = msgspec.json.Decoder(_Light).decode
_read_head = msgspec.json.Decoder(Head).decode


class StoredEntry:
    """One entry of the file, kept as the bytes that stand there, and never changed.

    Raises Damaged when the bytes are no entry.
    """

    __slots__ = ("head", "raw")

    def __init__(self, raw: bytes | msgspec.Raw) -> None:
        self.raw = raw
        try:
            self.head = _read_head(raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise Damaged(f"an entry: {error}") from error

    def decoded(self) -> dict[str, Any]:
        """A fresh dict of all of it, history included; raises JournalError."""
        try:
            value: dict[str, Any] = msgspec.json.decode(self.raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise JournalError("not_readable", id=self.head.id, reason=str(error)) from error
        return value

    def entry(self, *, history: bool = True) -> Entry:
        """A fresh struct; raises msgspec.DecodeError, UnicodeDecodeError or RecursionError."""
        if history or not self.head.history:
            return _read_whole(self.raw)
        return Entry(**msgspec.structs.asdict(_read_light(self.raw)))


StoredEntries = dict[str, StoredEntry]
"""TinyDB's document id, as text → the entry."""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    schema: int
    entries: dict[str, msgspec.Raw]


class _Version(msgspec.Struct):
    schema: Any = 0


class FileContents(msgspec.Struct):
    """The content of a journal file: its schema number, its entries, other TinyDB tables."""

    schema: int
    documents: StoredEntries
    others: dict[str, msgspec.Raw] = {}


_read_file = msgspec.json.Decoder(_File).decode
_read_rows = msgspec.json.Decoder(list[msgspec.Raw]).decode
_read_tables = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_END = b"\n}}\n"
"""How a file ends that holds our table alone."""
_NUMBER = re.compile(rb'^"\d+":\{', re.MULTILINE)
_VERSION_FIRST = re.compile(rb'\s*\{\s*"schema"\s*:\s*(\d{1,9})\s*[,}]')


def schema_of(data: bytes) -> int:
    """The schema number of a file, read from its beginning where possible; raises Damaged."""
    if first := _VERSION_FIRST.match(data):
        return int(first[1])
    try:
        return version_of({"schema": msgspec.json.decode(data, type=_Version).schema})
    except (ValueError, RecursionError) as error:
        raise Damaged(str(error)) from error


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause the garbage collector while thousands of objects are made, which is much faster."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def parse(data: bytes) -> FileContents:
    """The journal in `data`, migrated to the present schema; raises Damaged when it is not one.

    `FileContents.schema` is the number found: below `SCHEMA`, the file was migrated. Of a file from
    a newer version, only entries that this version understands are returned.
    """
    try:
        # A decoder that skips answers does not look at their encoding.
        data.decode()
        schema = schema_of(data)
        if schema < SCHEMA:
            return _migrated(schema, data)
        if schema > SCHEMA:
            return FileContents(schema, dict(_readable(data)))
        try:
            file = _read_file(data)
            others = {}
        except msgspec.ValidationError:
            others = _read_tables(data)
            del others["schema"]
            file = _File(schema, _read_tables(others.pop(TABLE)))
        documents = {}
        with uncollected():
            for number, raw in file.entries.items():
                if not number.isdecimal():
                    raise Damaged(f"the number of an entry: {number!r}")
                documents[number] = StoredEntry(raw)
        # A decoder keeps the last of two entries that a merge by hand gave one number.
        # Lines are counted first, which is ten times as fast: as a rule there is one an entry.
        lines = data.count(b"\n") - (2 if data.endswith(_END) else 0)
        if lines > len(documents) < data.count(b'\n"') and len(_NUMBER.findall(data)) > len(
            documents
        ):
            raise Damaged("a number stands twice")
        return FileContents(schema, documents, others)
    except (ValueError, KeyError, RecursionError) as error:
        raise Damaged(str(error)) from error


def _migrated(schema: int, data: bytes) -> FileContents:
    tables = migrate(msgspec.json.decode(data, type=dict[str, Any]))
    encode = msgspec.json.encode
    documents = {number: StoredEntry(encode(row)) for number, row in tables.pop(TABLE).items()}
    del tables["schema"]
    return FileContents(
        schema, documents, {name: msgspec.Raw(encode(t)) for name, t in tables.items()}
    )


def _readable(data: bytes) -> Iterator[tuple[str, StoredEntry]]:
    """The entries of a file from a newer version that this version can read."""
    try:
        rows = _read_tables(_read_tables(data)[TABLE])
    except (ValueError, KeyError, RecursionError):
        return
    for number, raw in rows.items():
        with suppress(Damaged):
            yield number, StoredEntry(raw)


def assemble(documents: StoredEntries, others: Mapping[str, msgspec.Raw]) -> bytes:
    """The bytes of a journal file with `documents` and the other tables `others`, unchanged."""
    pieces: list[bytes | msgspec.Raw] = [b'{"schema":%d,"%b":{' % (SCHEMA, TABLE.encode())]
    between = b'\n"'
    for number, document in documents.items():
        pieces += (between, number.encode(), b'":', document.raw)
        between = b',\n"'
    pieces.append(b"\n}")
    for name, table in others.items():
        pieces += (b",\n", msgspec.json.encode(name), b":", table)
    pieces.append(b"}\n")
    return b"".join(pieces)


_ROW = re.compile(rb'[{"a-z0-9_:,\s]{0,64}?"\d+"\s*:\s*(?=\{)')


def salvage(data: bytes) -> Iterator[StoredEntry]:
    """The entries, or lists of entries, that are complete in damaged bytes; never raises."""
    for line in data.split(b"\n"):
        start = _ROW.match(line)
        row = line[start.end() if start else 0 :].strip().rstrip(b",")
        try:
            several = row.startswith(b"[")
            for part in _read_rows(row) if several else [row]:
                bytes(part).decode()  # a decoder does not look at what it skips
                msgspec.json.decode(part, type=Entry)
                yield StoredEntry(part)
        except (Damaged, ValueError, RecursionError):
            continue


def readable(row: Mapping[str, Any]) -> StoredEntry:
    """`row` as a document; raises JournalError("not_storable")."""
    try:
        return StoredEntry(encode(row))
    except Damaged as error:
        raise JournalError("not_storable", reason=str(error)) from error


def join_duplicates(documents: StoredEntries) -> StoredEntries:
    """`documents` with one per entry: those that share an id (a merge by hand) are joined."""
    by_id: dict[str, list[str]] = {}
    for number, document in documents.items():
        by_id.setdefault(document.head.id, []).append(number)
    if len(by_id) == len(documents):
        return documents
    result: StoredEntries = {}
    for numbers in by_id.values():
        same = {number: documents[number] for number in numbers}
        if len(same) > 1:
            with suppress(JournalError):  # one that makes no sense stays as it is, beside the rest
                both = join_revisions(one.decoded() for one in same.values())
                same = {numbers[0]: StoredEntry(encode(both))}
        result |= same
    return result
