"""Everything kept, decoded once and followed as it changes: what screens and documents read.

`Journal.entries` decodes all it gives, which takes a while at ten thousand entries. A catalogue is
a picture of the journal at one moment; the next one takes over whatever did not change.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from coach.entries import Entry
from coach.proofs import Proof, proofs_of, ranked

if TYPE_CHECKING:
    from coach.journal import Journal
    from coach.network import Branch, Person


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
        from coach.network import people

        return people(self.of("contact"))

    @cached_property
    def circles(self) -> list[Branch]:
        """The network map by circle."""
        from coach.network import branches

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
    if former is not None and former.generation == journal.generation and not journal.changed():
        return former
    known = former.by_id if former else {}
    entries = journal.entries(known=known)
    return Catalogue(entries, journal.generation, _proofs=former._proofs.copy() if former else {})
