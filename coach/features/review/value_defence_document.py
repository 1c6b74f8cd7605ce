"""The value defence: three to five slides with figures shown large, skills and a 90-day plan."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from coach.documents.base import Model
from coach.documents.limits import too_many_slides
from coach.documents.shared import DEFENCE, dates, picked_in, place_line, walked
from coach.features.review.rows import figured, objective_marks, with_impact
from coach.language.figures import headline_figure
from coach.language.sentences import Writer
from coach.proofs.proof import Proof, ranked, strength
from coach.proofs.skills import SkillRecord
from coach.store.answers import nested_of, text_of
from coach.util.text import fold, word_count
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.documents.dossier import Dossier
    from coach.store.entries import Answers

SKILLS = 4
CAPTION = 14
"""Words of a caption that the coach writes, at most: four of them fit a slide."""
THIRDS = ("30", "60", "90")


@dataclass(frozen=True)
class SlideFigure:
    """What is shown large, and the line beneath it."""

    large: str
    caption: str


@dataclass(frozen=True, kw_only=True)
class ValueDefence(Model):
    """The slides; a slide with nothing on it is left out."""

    place: str = ""
    when: str = ""
    figures: list[SlideFigure] = field(default_factory=list)
    pain: str = ""
    pain_cost: str = ""
    pain_did: str = ""
    pain_result: str = ""
    skills: list[SlideFigure] = field(default_factory=list)
    plan: list[tuple[str, list[str]]] = field(default_factory=list)
    """(days, what is done in them), a third each."""
    ask: str = ""


def model(dossier: Dossier) -> ValueDefence:
    """The slides from the session, else from the proofs with a figure and the strongest skills."""
    say = Wording("document_value_defence", dossier.lang)
    answers = dossier.latest(DEFENCE)
    proofs = picked_in(dossier, DEFENCE, figured)
    plan = [
        (say(f"days_{third}"), _lines(told))
        for third in THIRDS
        if (told := text_of(answers, f"plan_{third}") or _planned(dossier, answers, third))
    ]
    made = ValueDefence(
        title=say("title"),
        place=place_line(dossier),
        when=dates(dossier),
        figures=[_card(one, answers, dossier.lang) for one in proofs],
        skills=_skills(dossier, answers.get("shown_skills"), say),
        plan=plan,
        ask=text_of(answers, "ask"),
        pain=text_of(answers, "pain"),
        pain_cost=text_of(answers, "pain_cost"),
        pain_did=text_of(answers, "pain_did"),
        pain_result=text_of(answers, "pain_result"),
    )
    return replace(made, warnings=_warnings(made, proofs, answers, say))


def check(markdown: str, lang: str) -> list[str]:
    """What makes the slides too many or too full."""
    return too_many_slides(markdown, lang)


def _warnings(made: ValueDefence, proofs: list[Proof], answers: Answers, say: Wording) -> list[str]:
    told = []
    if not made.figures:
        told.append(say("no_figures"))
    elif bare := [one for one in proofs if not strength(one).quantified]:
        told.append(say("bare", it=bare[0].action))
    if not made.pain:
        told.append(say("no_project"))
    if made.plan and not any(text_of(answers, f"plan_{third}") for third in THIRDS):
        told.append(say("drafted_plan"))
    if not made.ask:
        told.append(say("no_ask"))
    return told


def _card(proof: Proof, answers: Answers, lang: str) -> SlideFigure:
    own = nested_of(answers, "complete", proof.key)
    large = text_of(own, "big") or headline_figure(proof.impact) or headline_figure(proof.action)
    return SlideFigure(
        large or proof.skill or "•", text_of(own, "caption") or caption(proof, large, lang)
    )


def caption(proof: Proof, large: str, lang: str) -> str:
    """What the figure is about: the action, and the impact where it says more and both fit."""
    action, both = proof.action.rstrip(" .;"), with_impact(proof, lang)
    again = fold(proof.impact.strip(" .;")) == fold(large)
    return action if again or word_count(both) > CAPTION else both


def _skills(dossier: Dossier, chosen: Any, say: Wording) -> list[SlideFigure]:
    records = [one for one in dossier.evidence.skills if one.best is not None]
    if isinstance(chosen, list):
        wanted = [fold(str(one)) for one in chosen]
        found = [one for name in wanted for one in records if name in _names(one)]
        picked = list({one.key: one for one in found}.values())
    else:
        picked = sorted(records, key=_solid, reverse=True)[:SKILLS]
    return [SlideFigure(one.name, _proved(one, say)) for one in picked]


def _names(skill: SkillRecord) -> set[str]:
    return {skill.key, *(fold(one.skill) for one in skill.proofs)}


def _solid(skill: SkillRecord) -> tuple[int, int]:
    return min(skill.count, 3) + (strength(skill.best).score if skill.best else 0), skill.count


def _proved(skill: SkillRecord, say: Wording) -> str:
    """The best proof of a skill in one line, and how often it was used."""
    best = next(iter(ranked(skill.proofs, 1)))
    times = say.count("times", skill.count) if skill.count > 1 else ""
    return " ".join(filter(None, [f"{best.action.rstrip(' .;')}.", times]))


def _planned(dossier: Dossier, answers: Answers, third: str) -> str:
    """What a third begins with while it was not asked: '' once it was, or the session ended."""
    asked = f"plan_{third}" in answers or walked(dossier, DEFENCE)
    return "" if asked else planned(dossier, third)


def planned(dossier: Dossier, third: str) -> str:
    """A first draft of a third of the plan, from the skills proved and the objectives left."""
    say = Wording("document_value_defence", dossier.lang)
    records = sorted(dossier.evidence.skills, key=_solid, reverse=True)
    open_ = [item["label"] for item, mark, _ in objective_marks(dossier) if mark != "reached"]
    match third:
        case "30" if records:
            return say("draft_30", skill=records[0].name)
        case "60" if open_:
            return say("draft_60", objective=Writer(dossier.lang).soft(open_[-1]))
        case "60" if len(records) > 1:
            return say("draft_30", skill=records[1].name)
        case "90" if records:
            return say("draft_90")
    return ""


def _lines(text: str) -> list[str]:
    return [line.strip(" -•*\t") for line in text.splitlines() if line.strip(" -•*\t")]
