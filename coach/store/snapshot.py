"""Everything kept, decoded once and followed as it changes: what screens and documents read.

`Journal.entries` decodes all it gives, which takes a while at ten thousand entries. A catalogue is
a picture of the journal at one moment; the next one takes over whatever did not change.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from coach.proofs.proof import ROWS, Proof, proofs_of, ranked
from coach.store.entries import Entry
from coach.store.table import put_newest_first

if TYPE_CHECKING:
    from coach.features.network.contacts import Branch, Person
    from coach.store.journal import Journal


PROVING = {*ROWS, "alias", "star"}
"""Flows whose entries change what proofs and skills there are."""
OF_PROOFS = ("evidence ", "skills ", "strongest ")
"""How the names begin under which `memo` holds what only they change."""


@dataclass(frozen=True)
class Catalogue:
    """The kept entries (no drafts, no trash) newest first; to be read, never changed."""

    entries: list[Entry] = field(default_factory=list)
    generation: int = -1
    """The journal's generation that this shows."""
    memo: dict[str, Any] = field(default_factory=dict, repr=False)
    """What was worked out from these entries, by a name of its own: it lives as long as they do."""
    _proofs: dict[str, tuple[str, list[Proof]]] = field(default_factory=dict, repr=False)

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
        key = f"{flow} of {internship}"
        if key not in self.memo:
            self.memo[key] = [one for one in self.of(flow) if one.internship == internship]
        found: list[Entry] = self.memo[key]
        return found

    @cached_property
    def people(self) -> list[Person]:
        """Everybody in the address book, newest first."""
        from coach.features.network.contacts import people

        return people(self.of("contact"))

    @cached_property
    def circles(self) -> list[Branch]:
        """The network map by circle."""
        from coach.features.network.contacts import branches

        return branches(self.people)

    @cached_property
    def proofs(self) -> list[Proof]:
        """Every proof, newest entry first."""
        found: list[Proof] = []
        known: dict[str, tuple[str, list[Proof]]] = {}
        for entry in self.entries:
            former = self._proofs.get(entry.id)
            if former is None or former[0] != entry.revision:
                former = (entry.revision, proofs_of(entry))
            known[entry.id] = former
            found += former[1]
        self._proofs.clear()
        self._proofs.update(known)
        return found

    def proof(self, key: str) -> Proof | None:
        """The proof of that key, None where its row is gone."""
        entry = self.by_id.get(key.partition("/")[0])
        if entry is None:
            return None
        return next((proof for proof in proofs_of(entry) if proof.key == key), None)

    def strongest(self, most: int) -> list[Proof]:
        """The strongest proofs of all, at most so many; ranked once."""
        key = f"strongest {most}"
        if key not in self.memo:
            self.memo[key] = ranked(self.proofs, most)
        found: list[Proof] = self.memo[key]
        return found


def follow(journal: Journal, former: Catalogue | None = None) -> Catalogue:
    """The catalogue as the journal now stands; `former` itself where nothing changed.

    Raises JournalError. Safe to call from a thread.
    """
    news = journal.since(former.generation) if former is not None else None
    if former is None or news is None:
        known = former.by_id if former else {}
        entries = journal.entries(known=known)
        proofs = former._proofs.copy() if former else {}
        return Catalogue(entries, journal.generation, _proofs=proofs)
    generation, changed = news
    if generation == former.generation:
        return former
    return _patched(former, generation, changed)


def _patched(former: Catalogue, generation: int, changed: dict[str, Entry | None]) -> Catalogue:
    """`former` with some of its entries replaced: what thousands of others gave is taken over."""
    fresh = [entry for entry in changed.values() if entry is not None]
    made = Catalogue(
        _replaced(former.entries, changed, fresh), generation, _proofs=former._proofs.copy()
    )
    flows = {entry.flow for entry in fresh}
    flows |= {former.by_id[id_].flow for id_ in changed if id_ in former.by_id}
    by_flow = dict(former.by_flow)
    for flow in flows:
        own = [entry for entry in fresh if entry.flow == flow]
        by_flow[flow] = _replaced(former.of(flow), changed, own)
    by_id = {id_: entry for id_, entry in former.by_id.items() if id_ not in changed}
    by_id |= {entry.id: entry for entry in fresh}
    # What a cached property would work out again.
    made.__dict__.update(by_flow=by_flow, by_id=by_id)
    if not flows & PROVING:
        made.memo.update({k: v for k, v in former.memo.items() if k.startswith(OF_PROOFS)})
        if "proofs" in former.__dict__:
            made.__dict__["proofs"] = former.proofs
    return made


def _replaced(
    entries: list[Entry], changed: dict[str, Entry | None], fresh: list[Entry]
) -> list[Entry]:
    found = [entry for entry in entries if entry.id not in changed]
    for entry in fresh:
        put_newest_first(found, entry, lambda one: (one.date, one.updated_at, one.id))
    return found
