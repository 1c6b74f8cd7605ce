"""What the coach drafts from the student's answers: the story, the card, a message to a recruiter.

The words and the rules that fit an answer into a sentence are data: `data/wording/drafting.toml`.
Nothing here raises on a missing or odd answer; a draft of nothing is an empty text.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from coach.content import Situation
from coach.cv import cv_lines
from coach.phrasing import BLANK, END, SENTENCE_END, Writer
from coach.project_sheet import IDEA_DRAFTS, project_sheet
from coach.review_drafts import REVIEW_DRAFTS
from coach.star_session import star_action, star_result
from coach.tact import contact_message, pitch_company, pitch_message
from coach.text import one_line, word_count
from coach.view import View

LONGEST = 150
"""Words of a drafted story at most, as far as what may be left out goes: about a minute."""
CARD_LINE = 110
"""Characters of a line on the pocket card."""
NEVER_REFRAMED = frozenset(
    {"harassment", "discrimination", "violence", "danger", "unpaid", "unlawful"}
)
"""Answers to `safety` after which nothing is turned into a lesson."""


class Piece(NamedTuple):
    """A bit of the story: its part (0 to 2), its text, and how gladly it is left out (0: never)."""

    part: int
    text: str
    rank: int = 0


def story(view: View) -> str:
    """The story in three parts: context without blame, what I did, what I now look for."""
    writer = Writer(view.lang)
    answers = view.answers
    opening = opening_line(writer, view)
    pieces = [
        Piece(0, writer.part("context", answers.get("context"), _context_rules(opening))),
        Piece(0, " ".join(map(writer.whole, writer.sentences(_safety_line(answers))))),
        Piece(1, writer.part("did", answers.get("did"))),
        *(Piece(1, said, rank) for said, rank in zip(_said(writer, view), (2, 5), strict=False)),
        *_phantom(writer, answers),
        *(Piece(2, lesson, rank) for lesson, rank in _lessons(writer, view)),
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


def opening_line(writer: Writer, view: View) -> str:
    """Where, as what and for how long: 'J'ai fait un stage de trois mois chez Orbis.'"""
    known = view.known
    where = _place(writer, known.company or view.answers.get("place"))
    role = _role(writer, known.role)
    days = (known.end - known.start).days + 1 if known.start and known.end else 0
    if not (where or role):
        return ""
    if known.end and known.end >= known.today:
        return writer.mend(writer.words("opening_now", where=where, role=role))
    months = round(days / 30.44)
    if months >= 9:
        length = _length(writer, "length_years", max(1, round(months / 12)))
        if months < 12:
            length = _length(writer, "length_months", months)
        key = "opening_long" if months >= 12 else "opening_past"
        return writer.mend(writer.words(key, length=length, where=where, role=role))
    if days >= 56:
        length = _length(writer, "length_months", months)
    elif days >= 4:
        length = _length(writer, "length_weeks", max(1, round(days / 7)))
    else:
        length = writer.words("length_none")
    return writer.mend(writer.words("opening_past", length=length, where=where, role=role))


def _length(writer: Writer, key: str, n: int) -> str:
    numbers = writer.words("numbers").split()
    word = numbers[n - 1] if n <= len(numbers) else str(n)
    text = writer.words.count(key, n, word=word)
    # 'an eight-week', 'an eleven-month', 'an 18-month': the only numbers that sound like vowels.
    return re.sub(r"^a (?=eight|eleven)", "an ", text) if writer.lang == "en" else text


def _place(writer: Writer, place: object) -> str:
    sentence = writer.tidy(place)
    return writer.fit("where", one_line(sentence, 120)) if word_count(sentence) else ""


def _role(writer: Writer, role: object) -> str:
    sentence = writer.tidy(role)
    return writer.fit("role", one_line(sentence, 80)) if word_count(sentence) else ""


def _safety_line(answers: dict[str, Any]) -> object:
    """The student's own sentence on what is never reframed, only where they asked for it."""
    ticked = NEVER_REFRAMED & set(_ids(answers.get("safety")))
    return answers.get("safety_line") if ticked and answers.get("include_safety") == "yes" else ""


def _ids(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def told(answers: dict[str, Any], item: str) -> dict[str, Any]:
    """All that repeated steps were told about `item`."""
    found: dict[str, Any] = {}
    for nested in answers.values():
        if isinstance(nested, dict) and isinstance(nested.get(item), dict):
            found |= nested[item]
    return found


def turned(view: View) -> Iterator[tuple[Situation, dict[str, Any]]]:
    """The ticked situations that may be reframed, each with what was told about it."""
    ticked = _ids(view.answers.get("situations"))
    for situation in view.content.situations:
        about = told(view.answers, situation.id)
        held = ("no",) if situation.ask_again else ("no", None)
        if situation.id in ticked and about.get("really") in held:
            yield situation, about


def _said(writer: Writer, view: View) -> Iterator[str]:
    """The interview sentences that the student made their own."""
    for situation, about in turned(view):
        offered = {
            writer.tidy(one)
            for sentence in situation.sentences
            for one in SENTENCE_END.split(sentence.get(view.lang))
        }
        whole = SENTENCE_END.split(writer.tidy(about.get("sentence")))
        blank = next((n for n, one in enumerate(whole) if BLANK.search(one)), len(whole))
        # What stands before a blank is kept only where the student put something of theirs there.
        kept = [one for one in whole[:blank] if word_count(one)]
        if any(one not in offered for one in kept):
            yield writer.mend(" ".join(map(writer.whole, kept)))


def _phantom(writer: Writer, answers: dict[str, Any]) -> Iterator[Piece]:
    """The project nobody asked for, told as one's own initiative."""
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


def _lessons(writer: Writer, view: View) -> Iterator[tuple[str, int]]:
    """The lessons that go beyond their prefilled beginning."""
    begun = {
        one.strip()
        for step in view.content.flow("reframe").steps
        for field in step.fields
        if field.start
        for one in (field.start.fr, field.start.en)
    }
    for name, rank in (("lesson_1", 1), ("lesson_2", 6), ("lesson_3", 7)):
        if (lesson := writer.tidy(view.answers.get(name))) and lesson not in begun:
            yield writer.part("lesson", lesson, "lesson_need" if rank == 1 else ""), rank


def card(view: View) -> str:
    """The pocket card: what I keep, what I ask, what I watch for, at most six short lines."""
    writer = Writer(view.lang)
    about = [one for _, one in turned(view)]

    def shortest(name: str) -> str:
        found = [writer.sentences(one.get(name)) for one in about]
        return min((" ".join(one) for one in found if one), key=len, default="")

    lessons = [lesson for lesson, _ in _lessons(writer, view)]
    shown = [
        writer.stripped(name, sentence)
        for name in ("phantom_deliverable", "phantom_title")
        for sentence in writer.sentences(view.answers.get(name))
    ]
    lines = [
        ("card_keep", writer.soft(shortest("skill"))),
        ("card_lesson", lessons[0] if lessons else ""),
        ("card_ask", shortest("question")),
        ("card_sign", writer.soft(shortest("sign"))),
        ("card_show", writer.soft(shown[0]) if shown else ""),
        ("card_breath", writer.part("look_for", view.answers.get("look_for"))),
    ]
    return "\n".join(
        writer.words(key, it=one_line(text, CARD_LINE)) for key, text in lines if word_count(text)
    )


def recruiter_message(view: View) -> str:
    """A short message that asks a recruiter what was missing, fit to how far it went."""
    writer = Writer(view.lang)
    words = writer.words
    stage = view.answers.get("stage")
    stage = stage if stage in ("application", "first", "several", "final") else "first"
    role = END.sub("", writer.tidy(view.answers.get("role")))
    role = writer.low(one_line(role, 80))
    none = "" if role else "_none"
    day = _day(writer, view.answers.get("interview_date"))
    thanks = words(
        f"thanks_{stage}",
        post=words(f"post{none}", role=role),
        post_of=words(f"post_of{none}", role=role),
        where=_place(writer, view.answers.get("company")),
        day=words("on_day", day=day) if day else "",
        day_final=words("day_final", day=day) if day else "",
    )
    return "\n\n".join(
        [words("hello"), writer.mend(thanks), words(f"ask_{stage}"), words("goodbye")]
    )


def _day(writer: Writer, value: object) -> str:
    try:
        day = date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        return ""
    month = writer.words("months").split()[day.month - 1]
    return writer.words("first_day" if day.day == 1 else "day", day=day.day, month=month)


def situation_sentence(view: View) -> str:
    """The sentence that the student picked of the two offered for the situation at hand."""
    item = view.item or {}
    return item.get("sentence_2" if view.answers.get("which") == "second" else "sentence_1", "")


DRAFTS: dict[str, Callable[[View], str]] = {
    "card": card,
    "contact_message": contact_message,
    "cv_lines": cv_lines,
    "pitch_company": pitch_company,
    "pitch_message": pitch_message,
    "project_sheet": project_sheet,
    "recruiter_message": recruiter_message,
    "situation_sentence": situation_sentence,
    "star_action": star_action,
    "star_result": star_result,
    "story": story,
}
DRAFTS |= REVIEW_DRAFTS | IDEA_DRAFTS
"""Every draft by the name that a flow's `start_from` gives it."""


def draft_text(name: str, view: View) -> str:
    """The draft `name` (one of `flow_check.GENERATED`); "" when there is nothing to say yet.

    "" too where `coach.care` hears something in it, but for the sentence on what is never reframed
    that the student asked to say.
    """
    from coach.care import heard

    text = DRAFTS[name](view)
    if not heard(text):
        return text
    without = {one: told for one, told in view.answers.items() if one != "include_safety"}
    return "" if heard(DRAFTS[name](replace(view, answers=without))) else text
