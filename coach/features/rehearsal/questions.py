"""Classic interview questions to rehearse, as `data/questions.toml` holds them."""

from functools import cache
from typing import Literal

import msgspec

from coach.flows.schema import Strict, Text
from coach.util.data_files import ContentError, data_path, read_toml


class Question(Strict, frozen=True, kw_only=True):
    """One question; `wants` is what the recruiter wants to know, `hint` how to answer."""

    id: str
    kind: Literal[
        "about_you",
        "motivation",
        "experience",
        "situation",
        "weakness",
        "organisation",
        "team",
        "future",
        "practical",
        "closing",
    ]
    question: Text
    wants: Text
    hint: Text


class _File(Strict, frozen=True, kw_only=True):
    questions: list[Question]


@cache
def load_questions() -> list[Question]:
    """Every question in the order of the file; raises `ContentError` where the file is wrong."""
    path = data_path("questions.toml")
    try:
        return msgspec.convert(read_toml(path), _File).questions
    except msgspec.ValidationError as error:
        raise ContentError(path, str(error)) from error
