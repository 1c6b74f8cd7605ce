"""Start rows and choices of the review sessions, from saved entries; the student may change or
delete them. Documents use them too while their session has no answers.

The id of a row is the id of its source, so that it is the same row each time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from coach.documents.dossier import STRONGEST, Dossier, dossier_of, week_texts
from coach.flows.choices import list_items
from coach.internship.objectives import MARKS, objectives, outside, planned
from coach.language.figures import headline_figure, weight_of
from coach.language.sentences import Writer
from coach.proofs.proof import Proof, ranked, strength
from coach.proofs.skills import SkillRecord
from coach.store.answers import ids_of
from coach.util.text import bracketed, fold
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.flows.context import StepContext
    from coach.store.entries import Row

MISSIONS, TRACES, SKILLS, HARD, PEOPLE, ASKED = 8, 5, 2, 3, 4, 3
"""The most start rows of each kind: more would have to be deleted again."""
PICKED = 4
"""Proofs picked beforehand: what fits a page beside the rest."""
FACTS = 3
"""Facts that a letter of recommendation can quote."""


def find_missions(dossier: Dossier) -> list[Row]:
    """Planned missions (agreement, milestones) with what was done; then unplanned work."""
    words = Wording("review", dossier.lang)
    foreseen = planned(dossier.missions, dossier.best(STRONGEST))
    found = [
        {
            "id": one.id or one.what,
            "planned": one.what,
            "done": _strongest(one.nearest, dossier.lang),
        }
        for one in foreseen
    ]
    for item, mark, week in objective_marks(dossier):
        if item["id"] == "main":
            continue
        done = words(f"mark_{mark}", week=week) if mark else ""
        found.append({"id": item["id"], "planned": item["label"], "done": done})
    shown = {one.key for one in dossier.best(PICKED)}
    told = [one for one in dossier.best(2 * PICKED) if one.key not in shown]
    for proof in outside(foreseen, told)[: max(1, 4 - len(found))]:
        found.append({"id": proof.key, "done": with_impact(proof, dossier.lang)})
    return [_filled(row) for row in found[:MISSIONS]]


def find_agreed(dossier: Dossier) -> list[Row]:
    """The missions of the agreement."""
    return dossier.missions if dossier.internship else []


def _strongest(proofs: Sequence[Proof], lang: str) -> str:
    best = ranked(proofs, 1)
    return with_impact(best[0], lang) if best else ""


def objective_marks(dossier: Dossier) -> list[tuple[Row, str, int]]:
    """(Objective, best mark or '', number of the week with that mark)."""
    found = []
    for one in objectives(dossier.internship, dossier.weeks):
        told = [(MARKS.index(mark), week) for week, mark in one.marks if mark not in ("", "none")]
        level = max((level for level, _ in told), default=0)
        week = min((week for at, week in told if at == level), default="")
        item = {"id": one.id, "label": one.label, "help": one.sign}
        found.append((item, MARKS[level] if level else "", dossier.week_number(week)))
    return found


def find_traces(dossier: Dossier) -> list[Row]:
    """The traces of the strongest proofs."""
    shown = [one for one in dossier.proofs if one.trace]
    return [
        {"id": one.key, "what": Writer.cap(one.trace), "shows": one.action}
        for one in ranked(shown, TRACES)
    ]


def find_technical(dossier: Dossier) -> list[Row]:
    """Technical skills learned, with those of unknown kind."""
    return _learned(dossier, [("technical", "")])


def find_human(dossier: Dossier) -> list[Row]:
    """Human skills learned: transversal ones first, then behaviour."""
    return _learned(dossier, [("transversal",), ("behavioural",)])


def _learned(dossier: Dossier, groups: list[tuple[str, ...]]) -> list[Row]:
    found: list[Row] = []
    own = {one.key for one in dossier.best(PICKED)}
    for kinds in groups:
        skills = [one for one in dossier.evidence.skills if one.kind in kinds]
        for skill in sorted(skills, key=lambda one: _weight(one, own), reverse=True):
            if len(found) < SKILLS:
                found.append(_before_and_after(skill, own, dossier.lang))
    return [_filled(row) for row in found]


def _before_and_after(skill: SkillRecord, shown: set[str], lang: str) -> Row:
    """The first time and the best since; an anecdote from a proof that is not told elsewhere."""
    first = skill.proofs[-1]
    best = skill.best or first
    others = [one for one in skill.proofs if one.key not in {*shown, best.key, first.key}]
    return {
        "id": f"skill:{skill.key}",
        "skill": skill.name,
        "before": with_impact(first, lang) if first.key != best.key else "",
        "now": with_impact(best, lang),
        "anecdote": sentence_of(others[0], lang) if others else heard(best),
    }


def find_difficulties(dossier: Dossier) -> list[Row]:
    """What was hard and what was done about it, the weeks where both are told; latest last."""
    did = {entry.id: text for entry, text in week_texts(dossier.weeks, "hard_did")}
    found = [
        {"id": entry.id, "hard": text, "did": did[entry.id]}
        for entry, text in week_texts(dossier.weeks, "hard")
        if entry.id in did
    ]
    # The shortest ones fit a page, and are the easiest to put right.
    short = sorted(found, key=lambda row: len(row["hard"]) + len(row["did"]))[:HARD]
    return [row for row in found if row in short]


def find_feedbacks(dossier: Dossier) -> list[Row]:
    """What people said, one of each, the strongest proofs first."""
    found: dict[str, Row] = {}
    heard = [one for one in dossier.proofs if one.feedback and one.feedback_from]
    for proof in ranked(heard, 10 * PEOPLE):
        row = {"id": proof.key, "who": proof.feedback_from, "said": proof.feedback}
        found.setdefault(person(proof.feedback_from), row)
    return list(found.values())[:PEOPLE]


def person(named: str) -> str:
    """The name that identifies a person: 'Karim' for 'Karim, ébéniste'."""
    return fold(named.split(",")[0].split("(")[0]).strip()


def same_person(one: str, other: str) -> bool:
    """Whether both may name one person: 'Bronwen' and 'Bronwen Pugh, head cheesemaker'."""
    first, second = (set(re.findall(r"\w+", person(named))) for named in (one, other))
    return bool(first and second) and (first <= second or second <= first)


def find_asked(dossier: Dossier) -> list[Row]:
    """The questions that weekly sessions kept for the tutor, the latest first."""
    found = [{"id": entry.id, "question": text} for entry, text in week_texts(dossier.weeks, "ask")]
    return found[::-1][:ASKED]


def find_best_proofs(dossier: Dossier) -> list[str]:
    """The strongest proofs, picked beforehand."""
    return [one.key for one in dossier.best(PICKED)]


def figured(dossier: Dossier) -> list[Proof]:
    """The proofs with a figure to show large, strongest first."""
    found = [one for one in dossier.best(20) if strength(one).quantified]
    shown = [one for one in found if headline_figure(one.impact)]
    # A change says more than a rate or a sum, and those more than a count.
    shown.sort(key=lambda one: weight_of(headline_figure(one.impact)), reverse=True)
    return (shown or found)[:PICKED]


def find_best_figures(dossier: Dossier) -> list[str]:
    """The proofs whose figures can be shown large."""
    return [one.key for one in figured(dossier)]


def with_impact(proof: Proof, lang: str) -> str:
    """'Décapé quatre chaises : 11 h au lieu de 8', on one line."""
    action, impact = proof.action.rstrip(" .;:"), proof.impact.rstrip(" .")
    say = Wording("review", lang)
    return say("with_impact", it=bracketed(action), impact=impact) if impact else action


def sentence_of(proof: Proof, lang: str) -> str:
    """A proof as an anecdote: what was done, and what was said of it."""
    return " ".join(filter(None, [f"{with_impact(proof, lang)}.", heard(proof)]))


def heard(proof: Proof) -> str:
    """What was said of it, and by whom."""
    both = proof.feedback and proof.feedback_from
    return f"{proof.feedback} ({proof.feedback_from})" if both else proof.feedback


def _weight(skill: SkillRecord, shown: set[str]) -> tuple[bool, bool, int]:
    """A sort key: skills with progress, then those not shown elsewhere, then the strongest."""
    best = skill.best
    alone = best is not None and best.key not in shown
    return skill.count > 1, alone, strength(best).score if best else 0


def is_mark(text: str, lang: str) -> bool:
    """Whether `text` is still the sentence of `find_missions` about an objective's progress."""
    say = Wording("review", lang)
    said = (re.escape(say(f"mark_{mark}", week="#")).replace(r"\#", r"\d+") for mark in MARKS)
    return any(re.fullmatch(pattern, text) for pattern in said)


def _filled(row: Row) -> Row:
    return {name: text for name, text in row.items() if text}


# As a field begins with them


def _proposed(find: Callable[[Dossier], Any]) -> Callable[[StepContext], Any]:
    """A provider of the result of `find`, cached for the session."""

    def propose(context: StepContext) -> Any:
        found = context.known.once(f"proposed {find.__name__}", lambda: find(dossier_of(context)))
        # A copy: what is edited must not change what is offered the next time.
        return [dict(one) if isinstance(one, dict) else one for one in found]

    return propose


propose_agreed = _proposed(find_agreed)
propose_asked = _proposed(find_asked)
propose_best_figures = _proposed(find_best_figures)
propose_best_proofs = _proposed(find_best_proofs)
propose_difficulties = _proposed(find_difficulties)
propose_feedbacks = _proposed(find_feedbacks)
propose_human = _proposed(find_human)
propose_missions = _proposed(find_missions)
propose_technical = _proposed(find_technical)
propose_traces = _proposed(find_traces)


def propose_first_facts(context: StepContext) -> list[str]:
    """Facts for the letter: of the picked proofs the first, else the strongest."""
    keys = ids_of(context.answers, "picked") or find_best_proofs(dossier_of(context))
    known = {item["id"]: item for item in list_items(context.known, "proofs")}
    strong = [key for key in keys if key in known and not known[key].get("no_figure")]
    return [*strong, *(key for key in keys if key in known and key not in strong)][:FACTS]
