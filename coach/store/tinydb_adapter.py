"""The journal's writes through TinyDB's public calls: `insert_multiple`, `update`, a `Storage`.

TinyDB writes its storage once per call, and changes the row that its storage gave it. So it is
given a storage in memory for the length of one write, which holds the entries as they are kept and
copies of those to be replaced; what is there in the end goes to the journal's file in one commit.
Only a write imports this module: reading needs no TinyDB.
"""

from collections.abc import Mapping, MutableMapping
from typing import Any, TypeAlias

from tinydb import Storage, TinyDB
from tinydb.table import Document

from coach.store.file_format import TABLE, StoredEntries, StoredEntry

Rows: TypeAlias = Mapping[str, StoredEntry | Mapping[str, Any]]
"""TinyDB's number of an entry, as text → the entry as it is kept, or a new one as a mapping."""


class _Pending(Storage):
    """The rows of one write; TinyDB reads and replaces them, nothing reaches a file."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    def read(self) -> dict[str, dict[str, Any]]:
        """All tables, of which there is one."""
        return {TABLE: dict(self.rows)}

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Take what TinyDB made of them."""
        self.rows = data[TABLE]


def rows_after(kept: StoredEntries, rows: Mapping[int, dict[str, Any]]) -> Rows:
    """`kept` with whole entries replaced or added, by number, in the order of the file.

    Entries that `rows` does not name are the very objects of `kept`, which is not changed. Raises
    JournalError where an entry that is replaced cannot be read.
    """
    replaced = [number for number in rows if str(number) in kept]
    copies = {str(number): kept[str(number)].decoded() for number in replaced}
    pending = _Pending({**kept, **copies})
    table = TinyDB(storage=lambda: pending).table(TABLE)
    if replaced:
        by_id = {rows[number]["id"]: rows[number] for number in replaced}

        def replace(row: MutableMapping[str, Any]) -> None:
            whole = by_id[row["id"]]
            row.clear()
            row.update(whole)

        table.update(replace, doc_ids=replaced)
    added = [Document(row, number) for number, row in rows.items() if str(number) not in kept]
    if added:
        table.insert_multiple(added)
    return pending.rows
