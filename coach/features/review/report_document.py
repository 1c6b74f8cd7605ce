"""The outline of the internship report, filled from the weeks, with places left to write in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coach.documents.base import Model
from coach.documents.shared import REVIEW, ProofTexts, dates, proof_texts
from coach.features.review.review_document import build_review
from coach.features.review.rows import PICKED, objective_marks, same_person
from coach.language.sentences import Writer
from coach.proofs.proof import ranked
from coach.proofs.skills import KINDS
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.documents.dossier import Dossier
    from coach.features.review.review_document import Review
    from coach.store.entries import Row

EACH = 3
"""Proofs told of one skill at most; the others are in the table of skills."""
THEMES = 8
"""Skills told at most: those used most."""
ALL_TRACES = 30


@dataclass(frozen=True)
class Theme:
    """A skill and what was done with it, strongest first."""

    name: str
    proofs: list[ProofTexts]
    weeks: int


@dataclass(frozen=True)
class Goal:
    """An objective: what was planned, by when, how one would know, how far it came."""

    name: str
    sign: str
    state: str
    reached: bool = False


@dataclass(frozen=True, kw_only=True)
class ReportModel(Model):
    """The outline; `review` is what the review tells of the same."""

    review: Review
    facts: list[tuple[str, str]] = field(default_factory=list)
    thanks: list[str] = field(default_factory=list)
    """The people who gave feedback, each once."""
    themes: list[tuple[str, list[Theme]]] = field(default_factory=list)
    """(kind of skill, its themes)."""
    goals: list[Goal] = field(default_factory=list)
    objective: str = ""
    annexes: list[Row] = field(default_factory=list)
    weeks: int = 0


def model(dossier: Dossier) -> ReportModel:
    """The report of this internship."""
    say = Wording("document_report", dossier.lang)
    review = build_review(dossier)
    annexes = _annexes(dossier)
    told = [one for one in dossier.weeks if one.answers.get("on_site") not in ("school", "leave")]
    warnings = [say("to_write")]
    if not told:
        warnings.append(say("no_weeks"))
    if not annexes:
        warnings.append(say("no_traces"))
    return ReportModel(
        title=say("title"),
        review=review,
        facts=_facts(dossier, say),
        thanks=_thanks(dossier),
        themes=_themes(dossier, say),
        goals=goals(dossier),
        objective=dossier.say("objective"),
        annexes=annexes,
        weeks=len(told),
        warnings=warnings,
    )


def _facts(dossier: Dossier, say: Wording) -> list[tuple[str, str]]:
    told = (
        ("where", dossier.say("company")),
        ("role", dossier.say("role")),
        ("when", dates(dossier)),
        ("tutor", dossier.say("tutor")),
        ("school", dossier.say("school")),
        ("teacher", dossier.say("teacher")),
    )
    return [(say(name), text) for name, text in told if text]


def _thanks(dossier: Dossier) -> list[str]:
    """The tutor first; of two ways to name one person, the one met first."""
    found: list[str] = []
    for one in (dossier.say("tutor"), *(one.feedback_from for one in dossier.proofs)):
        if one and not any(same_person(one, other) for other in found):
            found.append(one)
    return found


def _themes(dossier: Dossier, say: Wording) -> list[tuple[str, list[Theme]]]:
    # Those of picked proofs, then those most used: the table of skills tells the rest.
    keys = {one.key for one in dossier.picked(dossier.latest(REVIEW).get("picked"), PICKED)}
    skills = dossier.evidence.skills
    own = [one for one in skills if any(proof.key in keys for proof in one.proofs)]
    shown = [*own, *(one for one in skills if one not in own)][: max(THEMES, len(own))]
    found = []
    for kind in KINDS:
        # A skill that no list knows is most often one of the trade.
        kinds = (kind, "") if kind == "technical" else (kind,)
        themes = [
            Theme(one.name, [proof_texts(p, {}) for p in ranked(one.proofs, EACH)], len(one.weeks))
            for one in shown
            if one.kind in kinds
        ]
        if themes:
            found.append((say(kind), themes))
    return found


def goals(dossier: Dossier) -> list[Goal]:
    """Each objective beside how far it came."""
    words = Wording("review", dossier.lang)
    return [
        Goal(
            item["label"],
            item.get("help", ""),
            words(f"mark_{mark or 'none'}", week=week),
            mark == "reached",
        )
        for item, mark, week in objective_marks(dossier)
    ]


def _annexes(dossier: Dossier) -> list[Row]:
    shown = sorted((one for one in dossier.proofs if one.trace), key=lambda one: one.date)
    return [{"what": Writer.cap(one.trace), "shows": one.action} for one in shown[:ALL_TRACES]]
