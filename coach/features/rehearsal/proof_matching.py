"""The proofs that answer a question: those that share words with it, the strongest first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from coach.proofs.proof import needs_calm_line, ranked, strength
from coach.util.text import fold
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.features.rehearsal.cards import QuestionCard
    from coach.proofs.proof import Proof

STEM = 5
"""First letters by which words are taken for one: "équipe", "équipes"; "team", "teams"."""
LOOKED_AT = 40
"""Proofs judged at most, of those that share the most words."""
OWN_WORD, KIND_WORD = 3, 2
"""What a shared word weighs, of the question itself and of its kind, against `Strength.score`."""


class Found(NamedTuple):
    """Proofs to answer a question with; `fits` says whether they share words with it."""

    proofs: list[Proof]
    fits: bool


def find_matching_proofs(
    card: QuestionCard, proofs: Iterable[Proof], lang: str, most: int = 3
) -> Found:
    """At most `most` of `proofs` to answer `card` with; the strongest where none shares a word."""
    words = Wording("rehearsal", lang)
    quiet = _stems(words("quiet"))
    asked = _stems(f"{card.question} {card.firmer}") - quiet
    about = f"about.{card.kind}"
    kind = (_stems(words(about)) if words.has(about) else set()) - asked
    found = []
    proofs = list(proofs)
    for proof in proofs:
        told = _stems(f"{proof.action} {proof.skill} {proof.impact}")
        shared = OWN_WORD * len(told & asked) + KIND_WORD * min(2, len(told & kind))
        if shared:
            found.append((shared, proof.date, proof.key, proof))
    found.sort(reverse=True)
    likely = [one for one in found[:LOOKED_AT] if not needs_calm_line(one[3])]
    best = sorted(likely, key=lambda one: -(one[0] + strength(one[3]).score))
    if best:
        return Found([proof for *_, proof in best[:most]], fits=True)
    return Found(ranked(proofs, most), fits=False)


def _stems(text: str) -> set[str]:
    """The beginnings of the words of `text` that have more than three letters."""
    return {word[:STEM] for word in re.findall(r"[^\W_]{4,}", fold(text))}
