"""Cards of the rehearsal deck and attempts at them, read from the journal.

The student's own questions are rows of failed interviews and of `question` entries. Attempts are
rows of `rehearsal` entries; the id of a row is the key of its card.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from coach.store.answers import day_of, rows_of, text_of

if TYPE_CHECKING:
    from coach.store.snapshot import Snapshot

FLOW = "rehearsal"
"""The flow of the entries that hold attempts, in rows `attempts`."""
OWN = {"interview": "questions", "question": "questions"}
"""Flow → the field whose rows are questions of the student's own."""
THREW, ADDED = "threw", "added"
"""Kinds of cards besides those of `coach.features.rehearsal.questions`: asked in a failed
interview, added by the student."""
CONFIDENCE = (1, 2, 3, 4)
"""FSRS's ratings (again, hard, good, easy), as the student gives them."""


@dataclass(frozen=True)
class Attempt:
    """One answer given to one card."""

    day: date
    question: str
    answer: str
    confidence: int
    """One of `CONFIDENCE`."""
    aloud: bool = False
    seconds: int | None = None
    """Seconds taken, or None."""


@dataclass(frozen=True)
class QuestionCard:
    """One question to rehearse; unknown fields are empty.

    `due` is None before the first rehearsal.
    """

    key: str
    """A classic's `classic:ID`, or the entry and row it comes from."""
    kind: str
    question: str
    wants: str = ""
    hint: str = ""
    stuck: str = ""
    """Why it threw the student."""
    firmer: str = ""
    """The answer that the student prepared."""
    origin: str = ""
    """The company that asked it."""
    keys: frozenset[str] = frozenset()
    """All keys of this question: it may be in several entries."""
    attempts: tuple[Attempt, ...] = ()
    due: date | None = None

    @property
    def last(self) -> Attempt | None:
        """The latest attempt."""
        return self.attempts[-1] if self.attempts else None

    @property
    def own(self) -> bool:
        """Whether it comes from the student's own life."""
        return self.kind in (THREW, ADDED)


def own_cards(snapshot: Snapshot) -> Iterator[QuestionCard]:
    """The questions of the student's own, the latest first."""
    for flow, name in OWN.items():
        for entry in snapshot.of(flow):
            for row in rows_of(entry.answers, name):
                if not text_of(row, "question"):
                    continue
                key = f"{entry.id}/{row.get('id')}"
                yield QuestionCard(
                    key=key,
                    kind=THREW if flow == "interview" else ADDED,
                    question=text_of(row, "question").strip('«»"“” '),
                    wants=text_of(row, "wants"),
                    stuck=text_of(row, "why"),
                    firmer=text_of(row, "firmer"),
                    origin=text_of(row, "from") or text_of(entry.answers, "company"),
                    keys=frozenset({key}),
                )


def all_attempts(snapshot: Snapshot) -> list[tuple[str, Attempt]]:
    """(card's key, attempt) in an order that does not depend on how journals were merged."""
    found = []
    for entry in snapshot.of(FLOW):
        for number, row in enumerate(rows_of(entry.answers, "attempts")):
            confidence = read_confidence(row.get("confidence"))
            if confidence is None:
                continue
            day = day_of(row, "day") or date.fromisoformat(entry.date)
            attempt = Attempt(
                day=day,
                question=text_of(row, "question"),
                answer=text_of(row, "answer"),
                confidence=confidence,
                aloud=bool(text_of(row, "aloud")),
                seconds=_whole(row.get("seconds")),
            )
            order = (day, entry.created_at, entry.id, number)
            found.append((order, text_of(row, "id"), attempt))
    return [(key, attempt) for _, key, attempt in sorted(found, key=lambda one: one[0])]


def _whole(value: object) -> int | None:
    found = re.match(r"\s*(\d{1,5})", str(value)) if value else None
    return int(found[1]) if found else None


def read_confidence(value: object) -> int | None:
    """A confidence as it stands in a row (`3`, `3/4`), or None."""
    found = re.match(r"\s*([1-4])(?!\d)", str(value)) if value else None
    return int(found[1]) if found else None
