"""Every proof in a snapshot of the journal, cached and updated as entries change."""

from coach.proofs.proof import ROWS, Proof, proofs_of, ranked
from coach.store.snapshot import Snapshot

PROVING = (*ROWS, "alias", "star")
"""The flows whose entries hold proofs, or change the names of skills or the best stories."""


def all_proofs(kept: Snapshot) -> list[Proof]:
    """Every proof in `kept`, newest entry first."""

    def gather_proofs() -> list[Proof]:
        return [proof for found in kept.of_each("proofs", proofs_of) for proof in found]

    return kept.derived("proofs", PROVING, gather_proofs)


def find_proof(kept: Snapshot, key: str) -> Proof | None:
    """The proof with that key (`ENTRY/ROW`), None where the row is gone."""
    entry = kept.by_id.get(key.partition("/")[0])
    if entry is None:
        return None
    return next((proof for proof in proofs_of(entry) if proof.key == key), None)


def strongest_proofs(kept: Snapshot, most: int) -> list[Proof]:
    """The `most` strongest proofs of all; cached."""
    return kept.derived(f"strongest {most}", PROVING, lambda: ranked(all_proofs(kept), most))
