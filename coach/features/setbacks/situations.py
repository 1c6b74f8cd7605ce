"""Situations of a bad internship (`data/situations.toml`), and those reframed in a session."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from coach.flows.context import StepContext
from coach.store.answers import ids_of, nested_of
from coach.util.data_files import data_path
from coach.util.structs import Strict, Text, read_struct

NEVER_REFRAMED = frozenset(
    {"harassment", "discrimination", "violence", "danger", "unpaid", "unlawful"}
)
"""Answers to `safety` after which situations are not reframed as lessons."""


class Situation(Strict, frozen=True, kw_only=True):
    """A situation of a bad internship, and how to reframe it."""

    id: str
    name: Text
    recognise: Text
    skill: Text
    sentences: list[Text]
    question: Text
    sign: Text
    phantoms: list[Text]
    employer: Text
    ask_again: bool = False
    """Whether the wizard asks again, since it may hide harassment or the like."""


@cache
def load_situations() -> list[Situation]:
    """Every situation in the order of the file; raises `ContentError` where the file is wrong."""
    return read_struct(data_path("situations.toml"), list[Situation], "situations")


def list_situations(lang: str) -> list[dict[str, str]]:
    """The situations as items to choose from, in `lang` (`fr` or `en`); lists are numbered."""
    return [
        {
            "id": one.id,
            "label": one.name.get(lang),
            "help": one.recognise.get(lang),
            "skill": one.skill.get(lang),
            "sentence_1": one.sentences[0].get(lang),
            "sentence_2": one.sentences[1].get(lang),
            "question": one.question.get(lang),
            "sign": one.sign.get(lang),
            "phantom_1": one.phantoms[0].get(lang),
            "phantom_2": one.phantoms[1].get(lang),
            "employer": one.employer.get(lang),
            "ask_again": "yes" if one.ask_again else "",
        }
        for one in load_situations()
    ]


def told_about(answers: dict[str, Any], item: str) -> dict[str, Any]:
    """The answers of repeated steps about `item`: field id → value."""
    found: dict[str, Any] = {}
    for step in answers:
        found |= nested_of(answers, step, item)
    return found


def turned_situations(context: StepContext) -> Iterator[tuple[Situation, dict[str, Any]]]:
    """(Situation, its answers) for each ticked situation that may be reframed."""
    ticked = ids_of(context.answers, "situations")
    for situation in load_situations():
        about = told_about(context.answers, situation.id)
        held = ("no",) if situation.ask_again else ("no", None)
        if situation.id in ticked and about.get("really") in held:
            yield situation, about


def draft_situation_sentence(context: StepContext) -> str:
    """The one of two offered sentences that the student picked for the present situation."""
    item = context.item or {}
    return item.get("sentence_2" if context.answers.get("which") == "second" else "sentence_1", "")
