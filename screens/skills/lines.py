"""Proofs and skills as lines of a list: what is there, and what is still to find, in words."""

from __future__ import annotations

from datetime import date

from textual.content import Content

from coach.features.skills.coverage import Covered
from coach.proofs.proof import Proof, strength
from coach.proofs.skills import SkillRecord
from coach.util.dates import short_day
from coach.util.text import one_line
from coach.util.wording import Wording
from screens.base.symbols import Symbols
from screens.base.theme import MUTED

NAME = 34
"""Cells for the name of a skill at most."""
DAY = 9
"""Cells for a day before a row."""


def listing(say: Wording, names: list[str]) -> str:
    """'un chiffre, un retour et une trace'."""
    first = ", ".join(names[:-1])
    return first + say("and") + names[-1] if first else "".join(names)


def gap(say: Wording, missing: list[str]) -> str:
    """'il manque un chiffre et un retour', '' where nothing is missing."""
    names = [say(f"missing.{name}") for name in missing]
    return say("missing", it=listing(say, names)) if names else ""


def skill_line(skill: SkillRecord, say: Wording, symbols: Symbols, width: int) -> Content:
    """Name, how often and when, what is missing; below it the strongest proof."""
    facts = [say.count("count", skill.count), say.count("weeks", len(skill.weeks))]
    if skill.kind:
        facts.append(say(skill.kind))
    name, counted = one_line(skill.name, NAME), "  " + " · ".join(facts)
    lacks = gap(say, skill.missing)
    told = (lacks, "$secondary") if lacks else (f"{symbols.check} {say('complete')}", "$success")
    head = Content.assemble((name, "bold"), (counted, MUTED))
    fits = head.cell_length + 2 + Content(told[0]).cell_length <= width
    head = Content.assemble(head, "  " if fits else "\n  ", told)
    best = skill.best
    if best is None:
        return head
    words = f"{best.action} – {best.impact}" if best.impact else best.action
    return Content.assemble(head, "\n  ", one_line(words, width - 3))


def proof_line(proof: Proof, say: Wording, lang: str, symbols: Symbols, width: int) -> Content:
    """The day, the action, how strong it is; below it impact and feedback."""
    it = strength(proof)
    signs = (symbols.empty, symbols.begun, symbols.begun, symbols.done)
    sign = signs[it.quantified + it.feedback + it.trace]
    head = Content.assemble(
        (f"{sign} ", "$primary"),
        (_day(proof, lang).ljust(DAY), MUTED),
        one_line(proof.action, width - DAY - 4),
    )
    feedback = proof.feedback
    if feedback and proof.feedback_from:
        feedback = say("by", it=feedback, who=proof.feedback_from)
    more = " · ".join(filter(None, [proof.impact, feedback, proof.trace]))
    margin = " " * (DAY + 2)
    if more:
        head = Content.assemble(head, f"\n{margin}", (one_line(more, width - DAY - 4), MUTED))
    lacks = gap(say, it.missing)
    return Content.assemble(head, f"\n{margin}", (lacks, "$secondary")) if lacks else head


def competency_line(line: Covered, say: Wording, symbols: Symbols, width: int) -> Content:
    """Its state and its label; below them the skills that prove it, and what is thin."""
    state = line.state
    sign, style = {
        "covered": (symbols.done, "$success"),
        "thin": (symbols.begun, "$secondary"),
        "absent": (symbols.empty, MUTED),
    }[state]
    head = Content.assemble(
        (f"{sign} ", style),
        (say(f"state.{state}").ljust(9), style),
        one_line(line.competency.label, width - 12),
    )
    if not line.skills:
        return head
    told = [", ".join(skill.name for skill in line.skills)]
    told.append(say.count("proofs", line.count) if line.count > 1 else say("thin.one"))
    if state == "thin" and line.count > 1:
        told.append(say("thin.figure"))
    return Content.assemble(head, "\n" + " " * 11, (one_line(" · ".join(told), width - 12), MUTED))


def _day(proof: Proof, lang: str) -> str:
    try:
        return short_day(date.fromisoformat(proof.date), lang)
    except ValueError:
        return ""
