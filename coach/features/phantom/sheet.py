"""Drafts the one-page sheet of a phantom project: a project that nobody asked for.

Nothing here raises on a missing or invalid answer.
"""

from collections.abc import Callable

from coach.flows.background import idea_in
from coach.flows.context import StepContext
from coach.language.sentences import END, Writer
from coach.store.answers import day_of, text_of
from coach.util.text import one_line, word_count
from coach.util.wording import Wording

HEADINGS = ("problem", "cost", "proposal", "deliverable", "first", "sign", "proves")
"""The parts of the sheet in order: the names of their headings in `data/wording/phantom.toml`."""
TITLE = 90
"""Characters of the title at most."""


def draft_project_sheet(context: StepContext) -> str:
    """The sheet as text: title, place, then headings with sentences; "" without answers."""
    writer, words = Writer(context.lang), Wording("phantom", context.lang)
    answers = context.answers
    deliverable = answers.get("phantom_deliverable")
    parts = [
        (words("problem"), _told(writer, "phantom_problem", answers.get("phantom_problem"))),
        (words("cost"), _cost(writer, words, context)),
        (words("proposal"), _told(writer, "phantom_proposal", answers.get("phantom_proposal"))),
        (words("deliverable"), _told(writer, "phantom_deliverable", deliverable)),
        (words("first"), _first(writer, words, context)),
        (words("sign"), _told(writer, "phantom_sign", answers.get("phantom_sign"))),
        (words("proves"), writer.part("phantom_proves", answers.get("phantom_proves"))),
    ]
    told = [f"{heading}\n{text}" for heading, text in parts if word_count(text)]
    title = _line(writer, "phantom_title", answers.get("phantom_title"))
    if not (told or title):
        return ""
    place = _line(writer, "phantom_place", answers.get("phantom_place"))
    return "\n\n".join(filter(None, ["\n".join(filter(None, [title, place])), *told]))


def _taken(name: str) -> Callable[[StepContext], str]:
    """A draft: the answer `name` of the project in the story after a bad internship, if reused."""

    def draft_taken(context: StepContext) -> str:
        idea = idea_in(context.known.entries) if context.answers.get("taken") == "yes" else None
        return text_of(idea.answers, name) if idea else ""

    return draft_taken


def _place(context: StepContext) -> str:
    """The company that the project is for: the host of that internship, else of the present one."""
    idea = idea_in(context.known.entries) if context.answers.get("taken") == "yes" else None
    if idea is None:
        return context.known.company
    about = next((one for one in context.known.entries if one.id == idea.internship), None)
    return text_of(about.answers, "company") if about else ""


draft_idea_place = _place
draft_idea_deliverable, draft_idea_problem, draft_idea_proposal, draft_idea_proves = (
    _taken(f"phantom_{name}") for name in ("deliverable", "problem", "proposal", "proves")
)
draft_idea_title = _taken("phantom_title")


def _line(writer: Writer, key: str, value: object) -> str:
    """A whole answer as a title: its first sentence, with a capital and no full stop."""
    first = next(iter(writer.sentences(value)), "")
    return one_line(writer.cap(writer.stripped(key, first)), TITLE) if first else ""


def _told(writer: Writer, key: str, value: object) -> str:
    """An answer as sentences, without the beginning it was asked to finish."""
    first, *others = writer.sentences(value) or [""]
    if not first:
        return ""
    return " ".join(map(writer.whole, [writer.stripped(key, first) or first, *others]))


def _cost(writer: Writer, words: Wording, context: StepContext) -> str:
    who = _line(writer, "phantom_who", context.answers.get("phantom_who"))
    first, *others = writer.sentences(context.answers.get("phantom_cost")) or [""]
    if not (who and first):
        return _told(writer, "phantom_who", who or " ".join([first, *others]))
    both = words("cost_both", who=who, cost=writer.soft(END.sub("", first)))
    return " ".join(map(writer.whole, [both, *others]))


def _first(writer: Writer, words: Wording, context: StepContext) -> str:
    """How long it takes, what will be in it, and from what day it can be seen."""
    time = context.answers.get("phantom_time")
    length = words(f"time_{time}") if time in ("day", "two_days", "week") else ""
    first, *others = writer.sentences(context.answers.get("phantom_first")) or [""]
    if first and length:
        first = words("time_it", time=length, it=writer.soft(END.sub("", first)))
    told = [writer.whole(one) for one in (first or length, *others) if one]
    if day := _day(context):
        told.append(words("by", day=day))
    return " ".join(told)


def _day(context: StepContext) -> str:
    from coach.util.dates import say_day

    day = day_of(context.answers, "phantom_by")
    return say_day(day, context.lang) if day else ""
