"""Confidence over time, out of the attempts at the questions of the deck."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from coach.features.rehearsal.cards import Attempt, QuestionCard
    from coach.features.rehearsal.deck import Deck


@dataclass(frozen=True)
class Trend:
    """How confidence went in one group of questions: a mean for each day that has some."""

    kind: str
    """A kind of card, or '' for all of them."""
    means: list[float]
    cards: int
    """How many different questions were tried."""


def trends(deck: Deck, most: int = 20) -> list[Trend]:
    """Confidence over time: of all, then of each kind tried, at most `most` days of each."""
    groups: list[tuple[str, list[Attempt], int]] = [("", deck.attempts, 0)]
    kinds: dict[str, list[QuestionCard]] = {}
    for card in deck.cards:
        if card.attempts:
            kinds.setdefault(card.kind, []).append(card)
    groups += [
        (kind, [one for card in cards for one in card.attempts], len(cards))
        for kind, cards in kinds.items()
    ]
    tried = sum(len(cards) for cards in kinds.values())
    return [
        Trend(kind, _means(attempts)[-most:], cards or tried)
        for kind, attempts, cards in groups
        if attempts
    ]


def _means(attempts: list[Attempt]) -> list[float]:
    days: dict[date, list[int]] = {}
    for one in sorted(attempts, key=lambda one: one.day):
        days.setdefault(one.day, []).append(one.confidence)
    return [sum(values) / len(values) for values in days.values()]
