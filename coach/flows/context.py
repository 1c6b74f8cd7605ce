"""One moment of a session: the answers so far and what was known before it."""

from dataclasses import dataclass

from coach.flows.content import Content
from coach.flows.student import StudentContext
from coach.store.entries import Answers


@dataclass(frozen=True)
class StepContext:
    """One moment of a session, for those who write texts from it (panels, drafted texts).

    `item` is the item of the repeated step under way; `answers` holds nested answers for
    repeated steps: step id → item id → field id → value.
    """

    answers: Answers
    known: StudentContext
    content: Content
    lang: str
    item: dict[str, str] | None = None
