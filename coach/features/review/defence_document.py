"""The outline of the oral defence before the school: parts with their minutes, what to say and to
show, and what the jury may ask.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coach.documents.base import Model
from coach.documents.shared import DEFENCE, ProofTexts, dates, place_line
from coach.features.review.report_document import goals
from coach.features.review.review_document import build_review
from coach.language.quotes import quoted
from coach.language.sentences import Writer
from coach.store.answers import text_of
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.documents.dossier import Dossier
    from coach.features.review.review_document import Review

MINUTES = {
    "hook": 1,
    "place": 2,
    "objective": 1,
    "proof_1": 3,
    "proof_2": 3,
    "difficulty": 2,
    "learning": 2,
    "opening": 1,
}
"""Part → its minutes: a quarter of an hour together; schools differ, and the student scales it."""
QUESTIONS = ("again", "yours", "worked", "courses", "hardest", "initiative", "left", "after")


@dataclass(frozen=True)
class Part:
    """One part of the talk: when it is (minutes from the start), what is said, what is shown.

    `say` is empty where the weeks hold nothing: there the student writes.
    """

    key: str
    name: str
    start: int
    end: int
    say: list[str]
    show: str


@dataclass(frozen=True)
class Asked:
    """A likely question, and what the journal holds to answer it with; '' where nothing."""

    question: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class Defence(Model):
    """The outline of the talk."""

    place: str = ""
    parts: list[Part] = field(default_factory=list)
    questions: list[Asked] = field(default_factory=list)
    minutes: int = 0


def model(dossier: Dossier) -> Defence:
    """The talk from the review and the weeks."""
    say = Wording("document_defence", dossier.lang)
    review = build_review(dossier)
    told = _Told(dossier, review)
    parts = []
    at = 0
    for key, minutes in MINUTES.items():
        said, trace = getattr(told, key)()
        shown = trace or say(f"show_{key}")
        parts.append(Part(key, say(key), at, at + minutes, list(filter(None, said)), shown))
        at += minutes
    warnings = [say("rehearse", n=at)]
    if empty := [part.name for part in parts if not part.say]:
        warnings.append(say("empty", it=", ".join(empty)))
    return Defence(
        title=say("title"),
        place=place_line(dossier),
        parts=parts,
        questions=[Asked(say(f"ask_{name}"), told.answer(name)) for name in QUESTIONS],
        minutes=at,
        warnings=warnings,
    )


class _Told:
    """What each part can say, from what was written; (sentences, what to show)."""

    def __init__(self, dossier: Dossier, review: Review) -> None:
        self.dossier = dossier
        self.review = review
        self.defence = dossier.latest(DEFENCE)
        self.goals = goals(dossier)
        self.learned = [*review.human, *review.technical]

    def hook(self) -> tuple[list[str], str]:
        told = [one.anecdote for one in self.review.proofs if one.anecdote]
        return told[:1] or [self._said(one) for one in self.review.proofs[:1] if one.said], ""

    def place(self) -> tuple[list[str], str]:
        school = self.dossier.say("school")
        return [place_line(self.dossier), dates(self.dossier), school, self.review.culture], ""

    def objective(self) -> tuple[list[str], str]:
        found = [
            f"{goal.name} – {Writer(self.dossier.lang).low(goal.state)}"
            for goal in goals(self.dossier)
        ]
        return found[:4], ""

    def proof_1(self) -> tuple[list[str], str]:
        return self._proof(0)

    def proof_2(self) -> tuple[list[str], str]:
        return self._proof(1)

    def _proof(self, number: int) -> tuple[list[str], str]:
        if number >= len(self.review.proofs):
            return [], ""
        one = self.review.proofs[number]
        return [one.action, one.impact, one.anecdote, self._said(one)], one.trace

    def _said(self, one: ProofTexts) -> str:
        said = quoted(one.said, self.dossier.lang)
        return f"{said} ({one.who})" if said and one.who else said

    def difficulty(self) -> tuple[list[str], str]:
        for row in self.review.difficulties[:1]:
            return [row.get("hard", ""), row.get("did", ""), row.get("learned", "")], ""
        return [], ""

    def learning(self) -> tuple[list[str], str]:
        words = Wording("document_defence", self.dossier.lang)
        writer = Writer(self.dossier.lang)
        shown = sorted(self.learned, key=lambda row: "before" in row, reverse=True)[:2]
        return [
            words("learned" if row.get("before") else "learned_now", **_cells(row, writer))
            for row in shown
            if row.get("now")
        ], ""

    def opening(self) -> tuple[list[str], str]:
        axes = [row.get("axis", "") for row in self.review.axes]
        return [self.review.brought, self.review.ambitions, *axes], ""

    def answer(self, name: str) -> str:
        """What the journal holds to answer the question of that name."""
        proofs, hard = self.review.proofs, self.review.difficulties
        first = hard[0] if hard else {}
        figured = [one for one in proofs if one.impact]
        left = [goal.name for goal in self.goals if not goal.reached]
        match name:
            case "again":
                return first.get("learned") or first.get("did", "")
            case "yours":
                return proofs[0].action if proofs else ""
            case "worked":
                return f"{figured[-1].action} – {figured[-1].impact}" if figured else ""
            case "hardest":
                return first.get("hard", "")
            case "initiative":
                return text_of(self.defence, "pain_did") or self._phantom()
            case "left":
                axes = [row["axis"] for row in self.review.axes if row.get("axis")]
                first_, *more = axes or left[:2] or [""]
                soft = Writer(self.dossier.lang).soft
                joint = Wording("documents", self.dossier.lang)("semicolon")
                return joint.join([first_, *(soft(one) for one in more)])
            case "after":
                return self.review.ambitions
        return ""

    def _phantom(self) -> str:
        return text_of(self.dossier.latest("phantom"), "phantom_proposal")


def _cells(row: dict[str, str], writer: Writer) -> dict[str, str]:
    """The cells to tell in one sentence: before and now follow a colon."""
    told = {name: writer.soft(row.get(name, "").rstrip(" .")) for name in ("before", "now")}
    return told | {"skill": row.get("skill", "").rstrip(" .")}
