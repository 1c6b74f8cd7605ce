"""The end-of-internship review: six parts on one to two pages, to be put on the table.

Answers of the session come first; fields not answered yet are filled from the weekly entries.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from coach.documents.base import Model
from coach.documents.limits import too_long
from coach.documents.shared import (
    REVIEW,
    ProofTexts,
    dates,
    picked_in,
    proof_texts,
    rows_in,
    rows_told,
)
from coach.features.review.questions import load_tutor_questions, questions_for
from coach.features.review.rows import (
    PICKED,
    find_asked,
    find_difficulties,
    find_feedbacks,
    find_human,
    find_missions,
    find_technical,
    find_traces,
    is_mark,
    person,
)
from coach.language.nudges import notice, verdict
from coach.language.quotes import unquoted
from coach.store.answers import ids_of, nested_of, text_of
from coach.util.text import one_line
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.documents.dossier import Dossier
    from coach.store.entries import Row

TRANSVERSAL, AXES, VOICES = 2, 2, 2
"""What a review needs at least: transversal skills, points to strengthen, people who said something
(the source asks for 'several')."""


@dataclass(frozen=True, kw_only=True)
class Review(Model):
    """The review; parts without answers are empty."""

    facts: list[tuple[str, str]] = field(default_factory=list)
    """(Label, text) of the facts about the internship."""
    missions: list[Row] = field(default_factory=list)
    proofs: list[ProofTexts] = field(default_factory=list)
    technical: list[Row] = field(default_factory=list)
    human: list[Row] = field(default_factory=list)
    difficulties: list[Row] = field(default_factory=list)
    traces: list[Row] = field(default_factory=list)
    feedbacks: list[Row] = field(default_factory=list)
    culture: str = ""
    atmosphere: str = ""
    team: str = ""
    brought: str = ""
    strengths: str = ""
    axes: list[Row] = field(default_factory=list)
    ambitions: str = ""
    next_question: str = ""
    questions: list[str] = field(default_factory=list)
    about_next: bool = False
    """Whether one of the questions is about what comes next."""

    @property
    def columns(self) -> list[str]:
        """The columns of the missions that hold anything."""
        names = ("planned", "done", "brought")
        return [name for name in names if any(row.get(name) for row in self.missions)]


def build_review(dossier: Dossier) -> Review:
    """The content of the review, without warnings."""
    answers = dossier.latest(REVIEW)
    rows = partial(rows_in, dossier, REVIEW)
    questions = questions_for(
        {"questions": answers.get("questions"), "own_questions": rows("own_questions", find_asked)},
        dossier.lang,
    )
    next_ones = {one.id for one in load_tutor_questions() if one.next}
    next_question = text_of(answers, "next_question")
    voices = rows("feedbacks", find_feedbacks)
    picked = picked_in(dossier, REVIEW, lambda all_: all_.best(PICKED))
    return Review(
        title=Wording("document_review", dossier.lang)("title"),
        facts=_facts(dossier),
        missions=rows("assignments", find_missions),
        proofs=[proof_texts(one, nested_of(answers, "complete", one.key)) for one in picked],
        technical=rows("technical", find_technical),
        human=rows("human", find_human),
        difficulties=rows("difficulties", find_difficulties),
        traces=rows("traces", find_traces),
        feedbacks=[row | {"said": unquoted(row.get("said", ""))} for row in voices],
        culture=text_of(answers, "culture"),
        atmosphere=text_of(answers, "atmosphere"),
        team=text_of(answers, "team"),
        brought=text_of(answers, "brought"),
        strengths=text_of(answers, "strengths"),
        ambitions=text_of(answers, "ambitions"),
        axes=rows_told(answers, "axes"),
        next_question=next_question,
        questions=[text for _, text in questions],
        about_next=bool(next_question) or bool(next_ones & set(ids_of(answers, "questions"))),
    )


def model(dossier: Dossier) -> Review:
    """The review with its warnings."""
    made = build_review(dossier)
    warnings = [text for done, text in checklist(made, dossier.lang) if not done]
    warnings += slips(made, dossier.lang)
    if not dossier.entries(REVIEW):
        say = Wording("document_review", dossier.lang)
        warnings = [say("from_weeks"), *warnings]
    return replace(made, warnings=warnings)


def check(markdown: str, lang: str) -> list[str]:
    """One sentence if it is longer than two pages."""
    return too_long(markdown, lang)


def _facts(dossier: Dossier) -> list[tuple[str, str]]:
    say = Wording("document_review", dossier.lang)
    school = ", ".join(filter(None, [dossier.say("school"), dossier.say("teacher")]))
    told = (
        ("where", dossier.say("company")),
        ("role", dossier.say("role")),
        ("when", dates(dossier)),
        ("tutor", dossier.say("tutor")),
        ("school", school),
        ("objective", dossier.say("objective")),
    )
    return [(say(name), text) for name, text in told if text]


def checklist(made: Review, lang: str) -> list[tuple[bool, str]]:
    """(Done, sentence) for each point that a review needs."""
    say = Wording("document_review", lang)
    skills = list(dict.fromkeys(row["skill"] for row in made.human if row.get("skill")))
    axes = [row["axis"] for row in made.axes if row.get("axis")]
    voices = list(
        {person(row["who"]): row["who"] for row in made.feedbacks if row.get("who")}.values()
    )
    shown = len(made.traces)

    def point(name: str, done: bool, n: int, told: list[str]) -> tuple[bool, str]:
        if done:
            joint = Wording("documents", lang)("semicolon") if name == "voices" else ", "
            return True, say(f"has_{name}", it=joint.join(told))
        return False, say.count(f"lacks_{name}", n)

    return [
        point("skills", len(skills) >= TRANSVERSAL, len(skills), skills),
        point("axes", len(axes) >= AXES, len(axes), axes),
        point("traces", shown > 0, shown, [str(shown)]),
        point("voices", len(voices) >= VOICES, len(voices), voices),
        point("next", made.about_next, 0, []),
    ]


def slips(made: Review, lang: str) -> list[str]:
    """One gentle sentence for each frequent mistake found in the review."""
    say = Wording("document_review", lang)
    told = []
    vague = [
        row["done"]
        for row in made.missions
        if verdict(row.get("done", "")).vague and not is_mark(row["done"], lang)
    ]
    texts = [text for text in (made.brought, made.strengths) if text]
    vague += [one for one in texts if notice(["went_well"], one, lang) or verdict(one).vague]
    if vague:
        told.append(say("too_vague", it=_start(vague[0])))
    learned = [*made.technical, *made.human]
    bare = not any(row.get("brought") for row in made.missions)
    if (made.missions and bare and not made.brought) or (
        learned and not any(row.get("now") for row in learned)
    ):
        told.append(say("only_tasks"))
    if not made.difficulties:
        told.append(say("no_difficulty"))
    elif unsolved := [row for row in made.difficulties if row.get("hard") and not row.get("did")]:
        told.append(say("no_solution", it=_start(unsolved[0]["hard"])))
    if harsh := [text for text in _sentences(made) if verdict(text).blame]:
        told.append(say("tone", it=_start(harsh[0])))
    return told


def _sentences(made: Review) -> list[str]:
    rows = [*made.missions, *made.difficulties, *made.technical, *made.human, *made.axes]
    cells = [text for row in rows for name, text in row.items() if name != "id"]
    return [*cells, made.culture, made.atmosphere, made.team, made.brought, made.strengths]


def _start(text: str) -> str:
    return one_line(text, 60)
