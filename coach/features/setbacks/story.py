"""The story of an internship that went badly, drafted from the student's answers.

The words and the rules that fit an answer into a sentence are data: `data/wording/drafting.toml`.
Nothing here raises on a missing or odd answer; a draft of nothing is an empty text.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from coach.features.setbacks.situations import NEVER_REFRAMED, turned_situations
from coach.flows.context import StepContext
from coach.language.opening import opening_line
from coach.language.sentences import BLANK, SENTENCE_END, Writer
from coach.store.answers import ids_of
from coach.util.text import word_count

LONGEST = 150
"""The most words of a drafted story (about a minute); pieces of rank 0 may exceed it."""


class Piece(NamedTuple):
    """A piece of the story: its part (0 to 2), its text, its rank for being cut (0: never)."""

    part: int
    text: str
    rank: int = 0


def draft_story(context: StepContext) -> str:
    """The story in three parts: context without blame, what I did, what I now look for."""
    writer = Writer(context.lang)
    answers = context.answers
    known = context.known
    place = known.company or answers.get("place")
    opening = opening_line(writer, place, known.role, known.today, known.start, known.end)
    pieces = [
        Piece(0, writer.part("context", answers.get("context"), _context_rules(opening))),
        Piece(0, " ".join(map(writer.whole, writer.sentences(_safety_line(answers))))),
        Piece(1, writer.part("did", answers.get("did"))),
        *(Piece(1, said, rank) for said, rank in zip(_said(writer, context), (2, 5), strict=False)),
        *_phantom(writer, answers),
        *(Piece(2, lesson, rank) for lesson, rank in lessons_told(writer, context)),
        Piece(2, writer.part("no_longer", answers.get("no_longer"))),
        Piece(2, writer.part("look_for", answers.get("look_for"))),
    ]
    pieces = [piece for piece in pieces if piece.text]
    if not pieces:
        return ""
    pieces.insert(0, Piece(0, opening))
    count = sum(word_count(piece.text) for piece in pieces if not piece.rank)
    left_out = set()
    for piece in sorted((p for p in pieces if p.rank), key=lambda p: p.rank):
        if count + word_count(piece.text) > LONGEST:
            left_out.add(piece)
        else:
            count += word_count(piece.text)
    parts = [
        " ".join(p.text for p in pieces if p.part == part and p.text and p not in left_out)
        for part in range(3)
    ]
    return "\n\n".join(filter(None, parts))


def _context_rules(opening: str) -> str:
    return "context_there" if opening else "context"


def _safety_line(answers: dict[str, Any]) -> object:
    """The student's own sentence on safety, only where they chose to include it."""
    ticked = NEVER_REFRAMED & set(ids_of(answers, "safety"))
    return answers.get("safety_line") if ticked and answers.get("include_safety") == "yes" else ""


def _said(writer: Writer, context: StepContext) -> Iterator[str]:
    """The interview sentences that the student changed, without what follows a blank."""
    for situation, about in turned_situations(context):
        offered = {
            writer.tidy(one)
            for sentence in situation.sentences
            for one in SENTENCE_END.split(sentence.get(context.lang))
        }
        whole = SENTENCE_END.split(writer.tidy(about.get("sentence")))
        blank = next((n for n, one in enumerate(whole) if BLANK.search(one)), len(whole))
        # What stands before a blank is kept only where the student put something of theirs there.
        kept = [one for one in whole[:blank] if word_count(one)]
        if any(one not in offered for one in kept):
            yield writer.mend(" ".join(map(writer.whole, kept)))


def _phantom(writer: Writer, answers: dict[str, Any]) -> Iterator[Piece]:
    """The pieces on the phantom project, as the student's own initiative."""
    title = writer.part("phantom_title", answers.get("phantom_title"))
    for key, rank in (
        ("title", 0),
        ("problem", 3),
        ("proposal", 8),
        ("deliverable", 0),
        ("proves", 4),
    ):
        text = writer.part(f"phantom_{key}", answers.get(f"phantom_{key}"))
        yield Piece(1, text, rank if title else 0)


def lessons_told(writer: Writer, context: StepContext) -> Iterator[tuple[str, int]]:
    """The lessons that go beyond their prefilled beginning: (sentence, rank as in `Piece`)."""
    begun = {
        one.strip()
        for step in context.content.flow("reframe").steps
        for field in step.fields
        if field.start
        for one in (field.start.fr, field.start.en)
    }
    for name, rank in (("lesson_1", 1), ("lesson_2", 6), ("lesson_3", 7)):
        if (lesson := writer.tidy(context.answers.get(name))) and lesson not in begun:
            yield writer.part("lesson", lesson, "lesson_need" if rank == 1 else ""), rank
