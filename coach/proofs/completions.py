"""What a later session added to a proof: the figure, the feedback, the trace that it lacked.

The weekly rows stay as they were written; whoever reads proofs for a document sees them completed,
so that nothing is typed twice.
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
    """Proof key → what was told about it, cell by cell; what was told last is in force."""
    found: dict[str, dict[str, str]] = {}
    for entry in sorted(entries, key=lambda one: one.updated_at):
        for key in nested_of(entry.answers, STEP):
            told = filled_cells(nested_of(entry.answers, STEP, key))
            found.setdefault(key, {}).update(told)
    return found


def completed(proof: Proof, told: dict[str, str]) -> Proof:
    """`proof` with the cells that `told` has."""
    cells = {name: told[name] for name in CELLS if name in told}
    return replace(proof, **cells) if cells else proof
