"""All saved entries, decoded once and updated as they change: what screens and documents read.

`Journal.entries` decodes every entry it returns, which is slow at ten thousand entries. A snapshot
holds the entries of one moment; `refresh_snapshot` makes the next one and decodes only the changes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from coach.store.entries import Entry
from coach.store.table import put_newest_first

if TYPE_CHECKING:
    from coach.store.journal import Journal

T = TypeVar("T")


@dataclass(frozen=True)
class Snapshot:
    """The saved entries (no drafts, no trash), newest first; read-only."""

    entries: list[Entry] = field(default_factory=list)
    generation: int = -1
    """The `generation` of the journal that these entries are from."""
    _derived: dict[str, tuple[frozenset[str], Any]] = field(default_factory=dict, repr=False)
    """Name → (flows that the value depends on, value)."""
    _of_each: dict[str, dict[str, tuple[str, Any]]] = field(default_factory=dict, repr=False)
    """Name → entry id → (revision, value made from that entry)."""

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """Entry id → entry."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def by_flow(self) -> dict[str, list[Entry]]:
        """Flow → its entries, newest first."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.flow, []).append(entry)
        return found

    def of(self, flow: str) -> list[Entry]:
        """The entries of one flow, newest first."""
        return self.by_flow.get(flow, [])

    def belonging(self, flow: str, internship: str | None) -> list[Entry]:
        """The entries of one flow and one internship (None: of none), newest first."""
        return self.derived(
            f"{flow} of {internship}",
            [flow],
            lambda: [one for one in self.of(flow) if one.internship == internship],
        )

    def derived(self, name: str, flows: Collection[str], make: Callable[[], T]) -> T:
        """The result of `make`, cached under `name`.

        It must depend on entries of `flows` only: while none of them changes, later snapshots
        keep the cached result.
        """
        if name not in self._derived:
            self._derived[name] = frozenset(flows), make()
        return cast("T", self._derived[name][1])

    def is_derived(self, name: str) -> bool:
        """Whether a result is cached under `name`."""
        return name in self._derived

    def of_each(self, name: str, make: Callable[[Entry], T]) -> list[T]:
        """The results of `make` for each entry, in order; cached by revision."""
        former = self._of_each.get(name, {})
        known: dict[str, tuple[str, Any]] = {}
        for entry in self.entries:
            seen = former.get(entry.id)
            if seen is None or seen[0] != entry.revision:
                seen = entry.revision, make(entry)
            known[entry.id] = seen
        self._of_each[name] = known
        return [value for _, value in known.values()]


def refresh_snapshot(journal: Journal, former: Snapshot | None = None) -> Snapshot:
    """The snapshot as the journal now stands; `former` itself where nothing changed.

    Raises JournalError. Safe to call from a thread.
    """
    news = journal.since(former.generation) if former is not None else None
    if former is None or news is None:
        known = former.by_id if former else {}
        entries = journal.entries(known=known)
        of_each = dict(former._of_each) if former else {}
        return Snapshot(entries, journal.generation, _of_each=of_each)
    generation, changed = news
    if generation == former.generation:
        return former
    return _patched(former, generation, changed)


def _patched(former: Snapshot, generation: int, changed: dict[str, Entry | None]) -> Snapshot:
    """`former` with some entries replaced; cached results of the others are kept."""
    fresh = [entry for entry in changed.values() if entry is not None]
    flows = {entry.flow for entry in fresh}
    flows |= {former.by_id[id_].flow for id_ in changed if id_ in former.by_id}
    made = Snapshot(
        _replaced(former.entries, changed, fresh),
        generation,
        {name: one for name, one in former._derived.items() if not one[0] & flows},
        dict(former._of_each),
    )
    by_flow = dict(former.by_flow)
    for flow in flows:
        own = [entry for entry in fresh if entry.flow == flow]
        by_flow[flow] = _replaced(former.of(flow), changed, own)
    by_id = {id_: entry for id_, entry in former.by_id.items() if id_ not in changed}
    by_id |= {entry.id: entry for entry in fresh}
    # What a cached property would work out again.
    made.__dict__.update(by_flow=by_flow, by_id=by_id)
    return made


def _replaced(
    entries: list[Entry], changed: dict[str, Entry | None], fresh: list[Entry]
) -> list[Entry]:
    found = [entry for entry in entries if entry.id not in changed]
    for entry in fresh:
        put_newest_first(found, entry, lambda one: (one.date, one.updated_at, one.id))
    return found
