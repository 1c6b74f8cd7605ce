"""Cards of the rehearsal deck, and the attempts at them, as the journal holds them.

Questions of one's own are rows of failed interviews and of the session that adds some; attempts are
rows of `rehearsal` entries, each with the key of its card as its id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from coach.store.entries import Entry

if TYPE_CHECKING:
    from coach.store.snapshot import Snapshot

FLOW = "rehearsal"
"""The flow of the entries that hold attempts, in rows `attempts`."""
OWN = {"interview": "questions", "question": "questions"}
"""Flow → the field whose rows are questions of the student's own."""
THREW, ADDED = "threw", "added"
"""Kinds of cards beside those of `coach.features.rehearsal.questions`: what threw one, what one
added."""
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
    """What the clock said."""


@dataclass(frozen=True)
class QuestionCard:
    """One question to rehearse, with what is known of it; empty where nothing is.

    `due` is None until it was rehearsed once.
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
    """The company that asked it, or who is said to."""
    keys: frozenset[str] = frozenset()
    """Every key it has gone by: the same question may have come up twice."""
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
            for row in _rows(entry, name):
                if not _cell(row, "question"):
                    continue
                key = f"{entry.id}/{row.get('id')}"
                company = entry.answers.get("company")
                yield QuestionCard(
                    key=key,
                    kind=THREW if flow == "interview" else ADDED,
                    question=_cell(row, "question").strip('«»"“” '),
                    wants=_cell(row, "wants"),
                    stuck=_cell(row, "why"),
                    firmer=_cell(row, "firmer"),
                    origin=_cell(row, "from") or (company if isinstance(company, str) else ""),
                    keys=frozenset({key}),
                )


def all_attempts(snapshot: Snapshot) -> list[tuple[str, Attempt]]:
    """(card's key, attempt) in an order that does not depend on how journals were merged."""
    found = []
    for entry in snapshot.of(FLOW):
        for number, row in enumerate(_rows(entry, "attempts")):
            confidence = read_confidence(row.get("confidence"))
            if confidence is None:
                continue
            day = _day(row.get("day")) or date.fromisoformat(entry.date)
            attempt = Attempt(
                day=day,
                question=_cell(row, "question"),
                answer=_cell(row, "answer"),
                confidence=confidence,
                aloud=bool(_cell(row, "aloud")),
                seconds=_whole(row.get("seconds")),
            )
            order = (day, entry.created_at, entry.id, number)
            found.append((order, str(row.get("id") or ""), attempt))
    return [(key, attempt) for _, key, attempt in sorted(found, key=lambda one: one[0])]


def _rows(entry: Entry, name: str) -> list[dict[str, Any]]:
    rows = entry.answers.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _cell(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return value.strip() if isinstance(value, str) else ""


def _whole(value: object) -> int | None:
    found = re.match(r"\s*(\d{1,5})", str(value)) if value else None
    return int(found[1]) if found else None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value).strip()) if value else None
    except ValueError:
        return None


def read_confidence(value: object) -> int | None:
    """A confidence as it stands in a row (`3`, `3/4`), or None."""
    found = re.match(r"\s*([1-4])(?!\d)", str(value)) if value else None
    return int(found[1]) if found else None
