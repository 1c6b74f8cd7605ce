"""Migrates an older journal file to the present schema, one step at a time.

Each step is pure and uses nothing random, so two machines that migrate the same file get the
same revisions and can still be merged. A step is never changed once released: a later shape gets a
step of its own, a number in `coach.store.entries.SCHEMA`, and a fixture file in the tests.
"""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import msgspec

from coach.store.entries import SCHEMA


def version_of(data: dict[str, Any]) -> int:
    """The schema number of a decoded file; 0 where it has none. Raises ValueError for nonsense."""
    version = data.get("schema", 0)
    if not isinstance(version, int) or isinstance(version, bool) or version < 0:
        raise ValueError(f"schema is {version!r}")
    return version


def migrate(data: dict[str, Any]) -> dict[str, Any]:
    """A copy of `data` in the present schema.

    Raises ValueError when `data` is not a journal.
    """
    while (version := version_of(data)) < SCHEMA:
        data = MIGRATIONS[version](data)
    return data


def from_0(data: dict[str, Any]) -> dict[str, Any]:
    """From schema 0, before the first release: TinyDB's default table, no revisions."""
    table = data.get("entries", data.get("_default"))
    if not isinstance(table, dict) or not all(isinstance(row, dict) for row in table.values()):
        raise ValueError("no table of entries")
    entries = {number: _entry_from_0(row) for number, row in table.items()}
    rest = {name: part for name, part in data.items() if name not in ("entries", "_default")}
    return {"schema": 1, "entries": entries} | rest


def _entry_from_0(row: dict[str, Any]) -> dict[str, Any]:
    day = str(row.get("date") or "1970-01-01")
    try:
        year, week, _ = date.fromisoformat(day).isocalendar()
    except ValueError as error:
        raise ValueError(f"{day!r} is no date") from error
    content = msgspec.json.encode(row, order="deterministic").decode()
    identity = str(row.get("id") or uuid5(NAMESPACE_URL, f"coach:entry:{content}"))
    made = str(row.get("created_at") or f"{day}T00:00:00.000000Z")
    return (
        {
            "id": identity,
            "flow": "note",
            "flow_version": 1,
            "status": "done",
            "lang": "fr",
            "internship": None,
            "date": day,
            "week": f"{year}-W{week:02d}",
            "created_at": made,
            "updated_at": made,
            "revision": str(uuid5(NAMESPACE_URL, f"coach:revision:{content}")),
            "deleted_at": None,
            "tags": [],
            "answers": {},
            "history": [],
        }
        | row
        | {"schema": 1, "id": identity}
    )


MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {0: from_0}
"""Schema number → the step to the next one."""
