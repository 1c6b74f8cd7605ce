"""Questions for the tutor: the coach's own, `data/tutor_questions.toml`, and the student's."""

from functools import cache

from coach.flows.context import StepContext
from coach.store.answers import ids_of, rows_of, text_of
from coach.store.entries import Answers
from coach.util.data_files import data_path
from coach.util.structs import Strict, Text, read_struct


class TutorQuestion(Strict, frozen=True, kw_only=True):
    """A question for the tutor; `next` where it is about what comes after the internship."""

    id: str
    label: Text
    help: Text
    next: bool = False


@cache
def load_tutor_questions() -> list[TutorQuestion]:
    """What to ask a tutor, at a career talk or at the review; raises `ContentError`."""
    return read_struct(data_path("tutor_questions.toml"), list[TutorQuestion], "questions")


def list_tutor_questions(lang: str) -> list[dict[str, str]]:
    """The questions as items to choose from, in `lang` (`fr` or `en`)."""
    return [
        {
            "id": one.id,
            "label": one.label.get(lang),
            "help": one.help.get(lang),
            "next": "yes" if one.next else "",
        }
        for one in load_tutor_questions()
    ]


def propose_tutor_questions(context: StepContext) -> list[dict[str, str]]:
    """The questions ticked or written, to note the answers beside."""
    asked = questions_for(context.answers, context.lang)
    return [{"id": id_, "question": text} for id_, text in asked]


def questions_for(answers: Answers, lang: str) -> list[tuple[str, str]]:
    """(id, question) of those ticked among the coach's, then of the student's own."""
    ticked = ids_of(answers, "questions")
    found = [
        (item["id"], item["label"]) for item in list_tutor_questions(lang) if item["id"] in ticked
    ]
    for row in rows_of(answers, "own_questions"):
        if text := text_of(row, "question"):
            found.append((text_of(row, "id") or text, text))
    return found
