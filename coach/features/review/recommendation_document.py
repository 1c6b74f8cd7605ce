"""The request for a letter of recommendation: a message with three facts to quote."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from coach.documents.base import Model
from coach.documents.shared import REVIEW, dates
from coach.features.review.rows import FACTS, same_person, with_impact
from coach.language.quotes import unquoted
from coach.language.sentences import Writer
from coach.proofs.proof import Proof, ranked, strength
from coach.store.answers import text_of
from coach.util.dates import say_day
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.documents.dossier import Dossier
    from coach.store.entries import Answers

_TITLES = {
    "fr": ((r"M(?:me|adame)\b\.?", "Madame"), (r"M(?:\.|r\b\.?|onsieur\b)", "Monsieur")),
    "en": ((r"M(?:s|rs|iss)\b\.?", "Ms"), (r"Mr\b\.?", "Mr"), (r"Dr\b\.?", "Dr")),
}

_NAME = re.compile(r"[^\W\d_a-z][\w'-]+(?: [^\W\d_a-z][\w'-]+){1,3}")
"""A first name and a name: English writes both after 'Dear'."""


@dataclass(frozen=True, kw_only=True)
class Recommendation(Model):
    """The message as it is sent: paragraphs, and the facts as lines that begin with a dash."""

    message: str = ""


def model(dossier: Dossier) -> Recommendation:
    """The message that the student wrote, or else one from the strongest proofs."""
    say = Wording("document_recommendation", dossier.lang)
    answers = dossier.latest(REVIEW)
    own = text_of(answers, "request")
    facts = facts_of(dossier, answers)
    made = Recommendation(title=say("title"), message=own or message(dossier, answers, facts))
    warnings = []
    if not facts:
        warnings.append(say("no_facts"))
    elif len(facts) < FACTS:
        warnings.append(say.count("few_facts", len(facts)))
    if bare := [one for one in facts if not strength(one).quantified]:
        warnings.append(say("no_figure", it=bare[0].action))
    if not own and not text_of(answers, "letter_for"):
        warnings.append(say("what_for"))
    return replace(made, warnings=warnings)


def facts_of(dossier: Dossier, answers: Answers) -> list[Proof]:
    """The facts that were picked; else of the picked proofs, or of all, the strongest."""
    if isinstance(answers.get("facts"), list):
        return dossier.picked(answers["facts"], FACTS)
    picked = answers.get("picked")
    return ranked(dossier.picked(picked, FACTS), FACTS) if picked else dossier.best(FACTS)


def message(dossier: Dossier, answers: Answers, facts: list[Proof]) -> str:
    """The request: greeting, what is asked, the facts, by when, thanks."""
    say = Wording("document_recommendation", dossier.lang)
    purpose, by = text_of(answers, "letter_for"), text_of(answers, "letter_by")
    lines = [f"- {_fact(dossier, one)}" for one in facts]
    writer = Writer(dossier.lang)
    parts = [
        greeting(dossier.say("tutor"), dossier.lang),
        _opening(dossier),
        say("ask_for", purpose=writer.soft(purpose.rstrip(" ."))) if purpose else say("ask"),
        "\n".join([say.count("facts", len(lines)), *lines]) if lines else "",
        say("by", day=say_day(date.fromisoformat(by), dossier.lang)) if _is_day(by) else "",
        say("help"),
        say("thanks"),
    ]
    return "\n\n".join(filter(None, parts))


def greeting(tutor: str, lang: str) -> str:
    """'Bonjour Madame Roy,' where a title says how; 'Bonjour,' where nothing does."""
    say = Wording("document_recommendation", lang)
    name = re.split(r"[,(;]", tutor)[0].strip()
    for pattern, title in _TITLES["en" if lang == "en" else "fr"]:
        if found := re.match(rf"{pattern}\s*(\S.*)", name):
            return say("hello_name", name=f"{title} {found[1]}")
    if lang == "en" and _NAME.fullmatch(name):
        return say("hello_name", name=name)
    return say("hello")


def _opening(dossier: Dossier) -> str:
    say = Wording("document_recommendation", dossier.lang)
    company, when = dossier.say("company"), dates(dossier, weeks=False)
    if company:
        where = Writer(dossier.lang).fit("where", company)
        return say("opening_at", where=where, when=say("when", it=when) if when else "")
    return say("opening")


def _fact(dossier: Dossier, proof: Proof) -> str:
    told = with_impact(proof, dossier.lang)
    said = unquoted(proof.feedback)
    if not said:
        return f"{told}."
    say = Wording("document_recommendation", dossier.lang)
    who = proof.feedback_from
    if same_person(who, dossier.say("tutor")):
        return say("fact_said_you", fact=told, said=said)
    return say("fact_said_by" if who else "fact_said", fact=told, said=said, who=who)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
