"""Completions: the figure, feedback or trace that a later session added to a proof.

The weekly rows stay as written. Documents read the completed proofs, so that nothing is typed
twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from coach.store.answers import filled_cells, nested_of

if TYPE_CHECKING:
    from coach.proofs.proof import Proof
    from coach.store.entries import Entry

COMPLETING = ("end-review", "value-defence")
"""The flows with a step `STEP` that repeats over picked proofs."""
STEP = "complete"
CELLS = ("impact", "feedback", "feedback_from", "trace")


def completions(entries: Iterable[Entry]) -> dict[str, dict[str, str]]:
    """Proof key → cells filled in later sessions (column → text); the latest answer counts."""
    found: dict[str, dict[str, str]] = {}
    for entry in sorted(entries, key=lambda one: one.updated_at):
        for key in nested_of(entry.answers, STEP):
            told = filled_cells(nested_of(entry.answers, STEP, key))
            found.setdefault(key, {}).update(told)
    return found


def completed(proof: Proof, told: dict[str, str]) -> Proof:
    """`proof` with the cells in `told` (column → text) in place of its own."""
    cells = {name: told[name] for name in CELLS if name in told}
    return replace(proof, **cells) if cells else proof
