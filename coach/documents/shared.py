"""What several documents share: place and dates, rows from a session or from the weeks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from coach.language.quotes import unquoted
from coach.store.answers import day_of, filled_cells, rows_of, text_of
from coach.util.dates import say_day
from coach.util.text import bracketed
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.documents.dossier import Dossier
    from coach.proofs.proof import Proof
    from coach.store.entries import Answers, Row

REVIEW, DEFENCE = "end-review", "value-defence"


@dataclass(frozen=True)
class ProofTexts:
    """A proof as texts for a document; '' where nothing was written."""

    action: str
    impact: str = ""
    said: str = ""
    who: str = ""
    trace: str = ""
    anecdote: str = ""
    skill: str = ""


def proof_texts(proof: Proof, told: Answers) -> ProofTexts:
    """`proof` as texts, with the anecdote in `told`, the answers of a session that completed it."""
    return ProofTexts(
        action=bracketed(proof.action.rstrip(" .;")),
        impact=proof.impact.rstrip(" .;"),
        said=unquoted(proof.feedback),
        who=proof.feedback_from,
        trace=proof.trace,
        anecdote=text_of(told, "anecdote"),
        skill=proof.skill,
    )


def rows_told(answers: Answers, name: str) -> list[Row]:
    """The rows in the answer `name`, their cells as text; empty rows left out."""
    found = map(filled_cells, rows_of(answers, name))
    return [row for row in found if row.keys() - {"id", "note"}]


def rows_in(
    dossier: Dossier, flow: str, name: str, gather: Callable[[Dossier], list[Row]]
) -> list[Row]:
    """The rows answered in the session `flow`; while there is none, the rows from `gather`."""
    answers = dossier.latest(flow)
    if name in answers or walked(dossier, flow):
        return rows_told(answers, name)
    return gather(dossier)


def picked_in(dossier: Dossier, flow: str, gather: Callable[[Dossier], list[Proof]]) -> list[Proof]:
    """The proofs picked in the session `flow`; while there is none, those from `gather`."""
    keys = dossier.latest(flow).get("picked")
    if isinstance(keys, list):
        return dossier.picked(keys, len(keys))
    return [] if walked(dossier, flow) else gather(dossier)


def walked(dossier: Dossier, flow: str) -> bool:
    """Whether the session `flow` was finished: then missing answers were left out on purpose."""
    found = dossier.entries(flow)
    return bool(found) and found[0] is not dossier.under_way


def place_line(dossier: Dossier) -> str:
    """Host and role of the internship: 'Atelier Lumen · Restauration de sièges'."""
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
