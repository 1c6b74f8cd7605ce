"""Situations met in a bad internship, `data/situations.toml`, and those that a session turned."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from coach.flows.context import StepContext
from coach.util.data_files import data_path
from coach.util.structs import Strict, Text, read_struct

NEVER_REFRAMED = frozenset(
    {"harassment", "discrimination", "violence", "danger", "unpaid", "unlawful"}
)
"""Answers to `safety` after which nothing is turned into a lesson."""


class Situation(Strict, frozen=True, kw_only=True):
    """Something met in a bad internship, and what to make of it."""

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
    """It can hide something never to be reframed: the wizard asks once more."""


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


def ids_in(value: object) -> list[str]:
    """The texts in `value` where it is a list of choices; [] where it is anything else."""
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def told_about(answers: dict[str, Any], item: str) -> dict[str, Any]:
    """All that repeated steps were told about `item`."""
    found: dict[str, Any] = {}
    for nested in answers.values():
        if isinstance(nested, dict) and isinstance(nested.get(item), dict):
            found |= nested[item]
    return found


def turned_situations(context: StepContext) -> Iterator[tuple[Situation, dict[str, Any]]]:
    """The ticked situations that may be reframed, each with what was told about it."""
    ticked = ids_in(context.answers.get("situations"))
    for situation in load_situations():
        about = told_about(context.answers, situation.id)
        held = ("no",) if situation.ask_again else ("no", None)
        if situation.id in ticked and about.get("really") in held:
            yield situation, about


def draft_situation_sentence(context: StepContext) -> str:
    """The sentence that the student picked of the two offered for the situation at hand."""
    item = context.item or {}
    return item.get("sentence_2" if context.answers.get("which") == "second" else "sentence_1", "")
