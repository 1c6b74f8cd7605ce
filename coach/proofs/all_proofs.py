"""Every proof of a snapshot of the journal, worked out once and followed as entries change."""

from coach.proofs.proof import ROWS, Proof, proofs_of, ranked
from coach.store.snapshot import Snapshot

PROVING = (*ROWS, "alias", "star")
"""Flows whose entries change what proofs and skills there are."""


def all_proofs(kept: Snapshot) -> list[Proof]:
    """Every proof in `kept`, newest entry first."""

    def gather_proofs() -> list[Proof]:
        return [proof for found in kept.of_each("proofs", proofs_of) for proof in found]

    return kept.derived("proofs", PROVING, gather_proofs)


def find_proof(kept: Snapshot, key: str) -> Proof | None:
    """The proof of that key (`ENTRY/ROW`), None where its row is gone."""
    entry = kept.by_id.get(key.partition("/")[0])
    if entry is None:
        return None
    return next((proof for proof in proofs_of(entry) if proof.key == key), None)


def strongest_proofs(kept: Snapshot, most: int) -> list[Proof]:
    """The strongest proofs of all, at most so many; ranked once."""
    return kept.derived(f"strongest {most}", PROVING, lambda: ranked(all_proofs(kept), most))
