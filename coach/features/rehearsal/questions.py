"""Classic interview questions to rehearse, as `data/questions.toml` holds them."""

from functools import cache
from typing import Literal

from coach.util.data_files import data_path
from coach.util.structs import Strict, Text, read_struct


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


@cache
def load_questions() -> list[Question]:
    """Every question in the order of the file; raises `ContentError` where the file is wrong."""
    return read_struct(data_path("questions.toml"), list[Question], "questions")
