"""One rehearsal under way: which question is asked, what is answered, how it went.

It works on the answers of a `DraftSession`, so that everything typed is in its draft. Each row is a
question asked so far; a row without a confidence is the present one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from coach.features.rehearsal.cards import CONFIDENCE, Attempt, QuestionCard, read_confidence
from coach.features.rehearsal.deck import SESSION, Deck, comes_back
from coach.store.answers import rows_of, text_of
from coach.util.text import clean, seconds_spoken, word_count

if TYPE_CHECKING:
    from coach.flows.draft_session import DraftSession

ROWS = "attempts"


@dataclass(frozen=True)
class Size:
    """How long an answer is: words, seconds to say them, and what the coach asks about it."""

    words: int
    seconds: int
    quantified: bool
    questions: list[str]


def size_up(answer: str, lang: str) -> Size:
    """The length of `answer` and what is noticed: blame, varnish, no figure."""
    from coach.language.nudges import notice, verdict

    asked = notice(("blame", "varnish", "figure"), answer, lang) if answer.strip() else []
    quantified = verdict(answer).quantified
    return Size(word_count(answer), seconds_spoken(answer), quantified, asked)


class Practice:
    """The questions of one rehearsal, asked one after another.

    `first` is the key of a card to begin with; `most` the number of questions.
    """

    def __init__(
        self,
        draft_session: DraftSession,
        deck: Deck,
        today: date,
        *,
        first: str = "",
        most: int = SESSION,
    ) -> None:
        self.draft_session = draft_session
        self.deck = deck
        self.today = today
        rows = self._rows
        asked = [self._card(row) for row in rows]
        keys = {key for card in asked for key in card.keys}
        self.cards = asked + deck.session(today, most - len(asked), keys, first)
        if first and first not in keys and (card := deck.find(first)) not in (None, *self.cards):
            assert card is not None
            self.cards.append(card)
        self.at = next((i for i, row in enumerate(rows) if not _rated(row)), len(rows))

    def _card(self, row: dict[str, Any]) -> QuestionCard:
        """The card of a row; made from the row where the question was deleted."""
        key, question = str(row.get("id")), text_of(row, "question")
        known = self.deck.find(key)
        return known or QuestionCard(key=key, kind="", question=question, keys=frozenset({key}))

    @property
    def _rows(self) -> list[dict[str, Any]]:
        return rows_of(self.draft_session.session.answers, ROWS)

    @property
    def over(self) -> bool:
        """Whether no question is left."""
        return self.at >= len(self.cards)

    @property
    def card(self) -> QuestionCard:
        """The question under way; raises IndexError when none is left."""
        return self.cards[self.at]

    @property
    def row(self) -> dict[str, Any]:
        """The row of the present question, {} without an answer."""
        return next((row for row in self._rows if row.get("id") == self.card.key), {})

    @property
    def rated(self) -> int:
        """How many questions were answered and rated."""
        return sum(map(_rated, self._rows))

    def answer(self, text: str, *, seconds: int = 0, aloud: str = "") -> None:
        """Takes the answer as it stands; `aloud` is the word for yes where it was said."""
        told = {"answer": clean(text), "aloud": aloud, "seconds": str(seconds) if seconds else ""}
        self._put({name: value for name, value in told.items() if value})

    def rate(self, confidence: int) -> date:
        """Rates the answer and goes on; the day on which the question comes back.

        Raises ValueError for what is none of `CONFIDENCE`.
        """
        if confidence not in CONFIDENCE:
            raise ValueError(confidence)
        told = self.row | {"confidence": str(confidence)}
        if self.today.isoformat() != self.draft_session.entry.date:
            told["day"] = self.today.isoformat()
        told.pop("id", None)
        told.pop("question", None)
        self._put(told, always=True)
        before = [(one.day, one.confidence) for one in self.card.attempts]
        back = comes_back((*before, (self.today, confidence)))
        self.at += 1
        return back

    def skip(self) -> None:
        """Goes to the next question without rating; the answer stays."""
        self.at += 1

    def _put(self, told: dict[str, str], *, always: bool = False) -> None:
        card, rows = self.card, self._rows
        kept = [row for row in rows if row.get("id") != card.key]
        if told or always:
            row = {"id": card.key, "question": card.question} | told
            place = next((i for i, r in enumerate(rows) if r.get("id") == card.key), len(kept))
            kept.insert(place, row)
        if kept:
            self.draft_session.session.answers[ROWS] = kept
        else:
            self.draft_session.session.answers.pop(ROWS, None)

    @property
    def whole(self) -> bool:
        """Whether there are rows and all are rated."""
        return bool(self._rows) and all(map(_rated, self._rows))

    @property
    def results(self) -> list[tuple[str, int, date]]:
        """(Question, confidence, due day) of each rated one."""
        found = []
        for row in self._rows:
            confidence = read_confidence(row.get("confidence"))
            if confidence is not None:
                card = self._card(row)
                before = [(one.day, one.confidence) for one in card.attempts]
                back = comes_back((*before, (self.today, confidence)))
                found.append((card.question, confidence, back))
        return found

    @property
    def before(self) -> Attempt | None:
        """The last answer with words in it, to compare with; else the last one."""
        said = [one for one in self.card.attempts if one.answer]
        return said[-1] if said else self.card.last


def _rated(row: dict[str, Any]) -> bool:
    return read_confidence(row.get("confidence")) is not None
