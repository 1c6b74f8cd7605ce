"""What several documents tell alike: where and when, rows from a session or from the weeks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from coach.internship.timeline import day_of
from coach.language.quotes import unquoted
from coach.util.dates import say_day
from coach.util.text import bracketed
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.documents.dossier import Dossier
    from coach.proofs.proof import Proof
    from coach.store.entries import Answers, Row

REVIEW, DEFENCE = "end-review", "value-defence"


@dataclass(frozen=True)
class Telling:
    """A proof as a document tells it."""

    action: str
    impact: str = ""
    said: str = ""
    who: str = ""
    trace: str = ""
    anecdote: str = ""
    skill: str = ""


def telling(proof: Proof, told: Any = None) -> Telling:
    """`proof` to tell, with the anecdote of a session that completed it."""
    anecdote = told.get("anecdote") if isinstance(told, dict) else ""
    return Telling(
        action=bracketed(proof.action.rstrip(" .;")),
        impact=proof.impact.rstrip(" .;"),
        said=unquoted(proof.feedback),
        who=proof.feedback_from,
        trace=proof.trace,
        anecdote=anecdote.strip() if isinstance(anecdote, str) else "",
        skill=proof.skill,
    )


def answer(answers: Answers, name: str) -> str:
    """A text that was answered, '' where there is none."""
    value = answers.get(name)
    return value.strip() if isinstance(value, str) else ""


def rows_told(answers: Answers, name: str) -> list[Row]:
    """The rows answered to a field, their cells as text; those with nothing in them left out."""
    value = answers.get(name)
    found = [
        {cell: text.strip() for cell, text in row.items() if isinstance(text, str) and text.strip()}
        for row in (value if isinstance(value, list) else [])
        if isinstance(row, dict)
    ]
    return [row for row in found if row.keys() - {"id", "note"}]


def rows_of(
    dossier: Dossier, flow: str, name: str, gather: Callable[[Dossier], list[Row]]
) -> list[Row]:
    """The rows told in a session; what it would begin with, while they were not asked yet."""
    answers = dossier.latest(flow)
    if name in answers or walked(dossier, flow):
        return rows_told(answers, name)
    return gather(dossier)


def picked_in(dossier: Dossier, flow: str, gather: Callable[[Dossier], list[Proof]]) -> list[Proof]:
    """The proofs picked in a session; what it would begin with, while it was not asked yet."""
    keys = dossier.latest(flow).get("picked")
    if isinstance(keys, list):
        return dossier.picked(keys, len(keys))
    return [] if walked(dossier, flow) else gather(dossier)


def walked(dossier: Dossier, flow: str) -> bool:
    """Whether a session was gone through to its end: what is not in it was left out on purpose."""
    found = dossier.entries(flow)
    return bool(found) and found[0] is not dossier.under_way


def place_line(dossier: Dossier) -> str:
    """'Atelier Lumen · Restauration de sièges', as much as is known."""
    return " · ".join(filter(None, [dossier.say("company"), dossier.say("role")]))


def dates(dossier: Dossier, *, weeks: bool = True) -> str:
    """From when to when, and how many `weeks`, in words; '' where the dates are not known."""
    start, end = day_of(dossier.about, "start"), day_of(dossier.about, "end")
    if start is None or end is None or end < start:
        return ""
    words = Wording("documents", dossier.lang)
    number = max(1, round((end - start + timedelta(days=1)).days / 7))
    same = start.year == end.year
    first = say_day(start, dossier.lang, year=not same, weekday=False)
    last = say_day(end, dossier.lang, weekday=False)
    if not weeks:
        return words("from_to", start=first, end=last)
    return words.count("dates", number, start=first, end=last)
