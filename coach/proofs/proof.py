"""A proof: one row about something the student did, as written, and how strong it is.

Proofs are rows of weekly entries and of experiences outside work. The strength of a proof (a
figure, feedback, a trace) is computed on demand and cached: that takes about a millisecond, so ten
thousand rows are never all judged.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import filterfalse
from typing import Any, NamedTuple

from coach.store.answers import rows_of, text_of
from coach.store.entries import Entry

ROWS = {"weekly": "achievements", "car": "deeds"}
"""Flow → the field whose rows are proofs."""
JUDGED = 200
"""The most rows judged to find the strongest: those that look most promising."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One row of a saved entry; empty cells are ''."""

    entry_id: str
    row_id: str
    flow: str
    date: str
    """`YYYY-MM-DD`, as `week` is `YYYY-Www`."""
    week: str
    internship: str | None
    action: str
    skill: str = ""
    impact: str = ""
    feedback: str = ""
    feedback_from: str = ""
    trace: str = ""

    @property
    def key(self) -> str:
        """The id among all proofs: `ENTRY/ROW`."""
        return f"{self.entry_id}/{self.row_id}"


COLUMNS = tuple(one.name for one in fields(Proof) if one.name == "action" or one.default == "")
"""The columns of a row that a proof has, by the names that flows give them."""


class Strength(NamedTuple):
    """How strong a proof is, and why."""

    quantified: bool
    """A figure in what was done or in its impact."""
    figure_in_impact: bool
    feedback: bool
    trace: bool
    vague: bool

    @property
    def score(self) -> int:
        """Its rank: a figure counts most, then feedback, then a trace; vague proofs come last."""
        return 4 * self.quantified + 2 * self.feedback + self.trace - 8 * self.vague

    @property
    def missing(self) -> list[str]:
        """The parts it lacks: of `figure`, `feedback`, `trace`."""
        there = (self.quantified, self.feedback, self.trace)
        return [n for n, has in zip(("figure", "feedback", "trace"), there, strict=True) if not has]


def proofs_of(entry: Entry) -> list[Proof]:
    """The proofs of an entry, in the order of its rows; rows without an action give none."""
    field = ROWS.get(entry.flow)
    return from_rows(rows_of(entry.answers, field), entry) if field else []


def from_rows(rows: list[dict[str, Any]], entry: Entry | None = None) -> list[Proof]:
    """`rows` as proofs of `entry`; of an entry not saved yet where it is None."""
    return [
        Proof(
            entry_id=entry.id if entry else "",
            row_id=str(row.get("id") or number),
            flow=entry.flow if entry else "",
            date=entry.date if entry else "",
            week=entry.week if entry else "",
            internship=entry.internship if entry else None,
            **{name: text_of(row, name) for name in COLUMNS},
        )
        for number, row in enumerate(rows)
        if text_of(row, "action")
    ]


def strength(proof: Proof) -> Strength:
    """The strength of `proof`; cached."""
    in_impact, in_action, vague = _judged(proof.action, proof.impact)
    return Strength(
        quantified=in_impact or in_action,
        figure_in_impact=in_impact,
        feedback=bool(proof.feedback),
        trace=bool(proof.trace),
        vague=vague and not in_impact,
    )


@lru_cache(maxsize=8192)
def _judged(action: str, impact: str) -> tuple[bool, bool, bool]:
    """(a figure in the impact, a figure in the action, a vague action)."""
    from coach.language.nudges import verdict

    in_impact = bool(impact) and verdict(impact).quantified
    said = verdict(action)
    return in_impact, said.quantified, said.vague


def ranked(proofs: Iterable[Proof], most: int = 0) -> list[Proof]:
    """`proofs` strongest first, of equals the latest first; the best `most` where it is given.

    Proofs that call for the calm line are left out.

    With `most`, rows are judged in the order of their promise (those with digits first), until no
    other row could be stronger than those found, or `JUDGED` rows were judged.
    """
    promising = sorted(proofs, key=_promise, reverse=True)
    if not most:
        return sorted(filterfalse(needs_calm_line, promising), key=_order, reverse=True)
    found: list[Proof] = []
    for number, proof in enumerate(promising):
        enough = len(found) >= most and strength(found[most - 1]).score >= _at_best(proof)
        if enough or number >= max(JUDGED, most):
            break
        if needs_calm_line(proof):
            continue
        found.append(proof)
        found.sort(key=_order, reverse=True)
    return found[:most]


def needs_calm_line(proof: Proof) -> bool:
    """Whether the text of the row calls for the calm line (see `coach.language.care`)."""
    return _heard(proof.action, proof.impact, proof.feedback)


@lru_cache(maxsize=8192)
def _heard(*told: str) -> bool:
    from coach.language.care import heard

    return heard(*told)


def _order(proof: Proof) -> tuple[int, bool, str, str]:
    return strength(proof).score, *_promise(proof)[1:]


def _at_best(proof: Proof) -> int:
    """The highest score that it could have, without judging it."""
    return 4 + 2 * bool(proof.feedback) + bool(proof.trace)


_DIGIT = re.compile(r"\d")


def _promise(proof: Proof) -> tuple[int, bool, str, str]:
    """The key that sorts proofs before they are judged; ties as in the final order."""
    digits = _DIGIT.search(proof.impact) or _DIGIT.search(proof.action)
    return _at_best(proof), bool(digits), proof.date, proof.key
