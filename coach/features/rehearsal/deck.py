"""The rehearsal deck: the questions, the attempts at each, the day when each is due.

Cards are not stored. The questions come from failed interviews, from those that the student added
and from `data/questions.toml`; the attempts are rows of `rehearsal` entries. The due day of a card
is computed by FSRS from its attempts in order, without FSRS's random fuzz: the same attempts give
the same day, however journals were merged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import cache, lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from coach.features.rehearsal.cards import FLOW, OWN, Attempt, QuestionCard, all_attempts, own_cards
from coach.features.rehearsal.questions import load_questions
from coach.util.text import fold

if TYPE_CHECKING:
    from coach.store.snapshot import Snapshot

SESSION = 5
"""Questions in one rehearsal."""
TARGET = 90
"""Seconds an answer should take at most."""
LONGEST_WAIT = 60
"""The longest interval in days: an internship is short."""
RETENTION = 0.9
"""The desired probability of recall on the due day: FSRS's default."""


@dataclass(frozen=True)
class Deck:
    """Every card: from failed interviews, added ones, then classic ones."""

    cards: list[QuestionCard]
    stray: list[Attempt] = field(default_factory=list)
    """Attempts at deleted questions."""

    def due(self, today: date) -> list[QuestionCard]:
        """The cards due today: the longest overdue first, then the student's own untried ones."""
        back = [card for card in self.cards if card.due is not None and card.due <= today]
        fresh = [card for card in self.cards if card.due is None and card.own]
        return sorted(back, key=lambda card: (card.due or today, card.key)) + fresh

    def session(
        self, today: date, most: int = SESSION, without: Iterable[str] = (), first: str = ""
    ) -> list[QuestionCard]:
        """The cards of one rehearsal: `first`, what is due, then classic ones not yet tried; where
        all were tried, those that come back soonest.
        """
        left = set(without)
        chosen = [card for card in self.cards if first and first in card.keys]
        chosen += self.due(today) + self.untried()
        chosen += sorted(self.cards, key=lambda card: (card.due or today, card.key))
        found: dict[str, QuestionCard] = {}
        for card in chosen:
            if not card.keys & left:
                found.setdefault(card.key, card)
        return list(found.values())[: max(0, most)]

    def untried(self) -> list[QuestionCard]:
        """The classic cards not yet tried, one of each kind in turn."""
        kinds: dict[str, list[QuestionCard]] = {}
        for card in self.cards:
            if card.due is None and not card.own:
                kinds.setdefault(card.kind, []).append(card)
        turns = zip_longest(*kinds.values())
        return [card for turn in turns for card in turn if card is not None]

    def find(self, key: str) -> QuestionCard | None:
        """The card of that key."""
        return next((card for card in self.cards if key in card.keys), None)

    def next_day(self, today: date) -> date | None:
        """The next day after `today` on which a card is due."""
        return min((c.due for c in self.cards if c.due and c.due > today), default=None)

    @property
    def attempts(self) -> list[Attempt]:
        """Every attempt, oldest first."""
        found = [attempt for card in self.cards for attempt in card.attempts] + self.stray
        return sorted(found, key=lambda one: one.day)


def same(question: str) -> str:
    """A question without case, accents and punctuation, to compare wordings."""
    return re.sub(r"\W+", " ", fold(question)).strip()


@cache
def _classics() -> dict[str, str]:
    """Each wording of a classic question, in either language, and its key."""
    return {
        same(wording): f"classic:{one.id}"
        for one in load_questions()
        for wording in (one.question.fr, one.question.en)
    }


def _called(question: str) -> str:
    """What all wordings of one question have in common."""
    name = same(question)
    return _classics().get(name, name)


_made: dict[str, tuple[Snapshot, Deck]] = {}
"""Language → (snapshot, its deck): a cache, since home asks each time it shows."""


def build_deck(snapshot: Snapshot, lang: str) -> Deck:
    """The deck of `snapshot`, with classic questions in `lang`; cached."""
    former = _made.get(lang)
    if former is None or former[0] is not snapshot:
        former = _made[lang] = (snapshot, _deck(snapshot, lang))
    return former[1]


def _deck(snapshot: Snapshot, lang: str) -> Deck:
    cards: list[QuestionCard] = []
    places: dict[str, int] = {}

    def add(card: QuestionCard) -> None:
        name = _called(card.question)
        at = places.get(name)
        if at is None:
            at = len(cards)
            cards.append(card)
        else:
            cards[at] = _together(cards[at], card)
        places[name] = places[card.key] = at

    for card in own_cards(snapshot):
        add(card)
    for one in load_questions():
        key = f"classic:{one.id}"
        add(
            QuestionCard(
                key=key,
                kind=one.kind,
                question=one.question.get(lang),
                wants=one.wants.get(lang),
                hint=one.hint.get(lang),
                keys=frozenset({key}),
            )
        )
    tried: dict[int, list[Attempt]] = {}
    stray: list[Attempt] = []
    for key, attempt in all_attempts(snapshot):
        place = places.get(key, places.get(_called(attempt.question)))
        if place is None:
            stray.append(attempt)
        else:
            tried.setdefault(place, []).append(attempt)
    for place, attempts in tried.items():
        due = comes_back(tuple((one.day, one.confidence) for one in attempts))
        cards[place] = replace(cards[place], attempts=tuple(attempts), due=due)
    return Deck(cards, stray)


def due_count(snapshot: Snapshot, lang: str, today: date) -> int:
    """The number of cards due today."""
    if not any(snapshot.of(flow) for flow in (FLOW, *OWN)):
        return 0
    return len(build_deck(snapshot, lang).due(today))


def _together(one: QuestionCard, other: QuestionCard) -> QuestionCard:
    """`one` with what `other`, the same question, knows besides."""
    return replace(
        one,
        wants=one.wants or other.wants,
        hint=one.hint or other.hint,
        firmer=one.firmer or other.firmer,
        keys=one.keys | other.keys,
    )


@lru_cache(maxsize=4096)
def comes_back(attempts: tuple[tuple[date, int], ...]) -> date:
    """The due day of a card after `attempts` (day, confidence), oldest first.

    Raises ValueError when there are none.
    """
    # Imported here: whoever does not rehearse does not wait for it.
    from fsrs import Card as Memory
    from fsrs import Rating, Scheduler

    if not attempts:
        raise ValueError("no attempt")
    # Days are enough: no steps of minutes, and no fuzz, so that replaying gives the same day.
    scheduler = Scheduler(
        desired_retention=RETENTION,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST_WAIT,
        enable_fuzzing=False,
    )
    # With no id of ours it would wait a thousandth of a second for one that is unique.
    memory = Memory(card_id=1)
    for day, confidence in attempts:
        moment = datetime.combine(day, time(12), UTC)
        memory, _ = scheduler.review_card(memory, Rating(confidence), moment)
    return memory.due.date()
