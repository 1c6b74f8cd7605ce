"""The context of a step: what panels and drafted texts are made from."""

from dataclasses import dataclass

from coach.flows.content import Content
from coach.flows.student import StudentContext
from coach.store.entries import Answers


@dataclass(frozen=True)
class StepContext:
    """The answers of a session so far, and what was known before it; for panels and drafted texts.

    `item` is the item of the repeated step under way; `answers` holds nested answers for
    repeated steps: step id → item id → field id → value.
    """

    answers: Answers
    known: StudentContext
    content: Content
    lang: str
    item: dict[str, str] | None = None
