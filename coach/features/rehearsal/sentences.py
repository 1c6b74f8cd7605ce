"""What the coach says while one rehearses, as lines that a screen draws and `--plain` reads out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from coach.features.rehearsal.cards import THREW, Attempt, QuestionCard
from coach.features.rehearsal.deck import TARGET
from coach.features.rehearsal.practice import Practice, size_up
from coach.flows.panel import PanelLine
from coach.language.care import gate, heard
from coach.language.sentences import Writer
from coach.store.answers import text_of
from coach.util.dates import say_day
from coach.util.text import seconds_spoken
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.features.rehearsal.proof_matching import Found

SHORT = 20
"""Seconds below which an answer has room for more."""


def clock_time(seconds: int) -> str:
    """'1:05'."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def felt(confidence: int, say: Wording) -> str:
    """A confidence in words: 'ça vient'."""
    return say(f"felt.{confidence}")


def day_of(day: date, lang: str) -> str:
    """'vendredi 20 novembre'."""
    return say_day(day, lang, year=False)


def comes_back_on(day: date, today: date, say: Wording) -> str:
    """When a question is asked again, as a sentence."""
    if (day - today).days == 1:
        return say("back.tomorrow")
    return say("back", day=day_of(day, say.lang))


def origin(card: QuestionCard, say: Wording) -> str:
    """Where a question comes from and how often it was answered, in one or two sentences."""
    told = []
    if card.own:
        key = "from.threw" if card.kind == THREW else "from.added"
        told.append(say(key, who=card.origin) if card.origin else say(f"{key}_none"))
    if card.last:
        last = card.last
        told.append(
            say.count(
                "seen",
                len(card.attempts),
                day=day_of(last.day, say.lang),
                felt=felt(last.confidence, say),
            )
        )
    elif not told:
        told.append(say("first_time"))
    return " ".join(told)


def help_lines(card: QuestionCard, say: Wording) -> list[str]:
    """What the recruiter wants to know, and a way in."""
    low = Writer(say.lang).low
    wants = [say("wants", it=low(card.wants))] if card.wants else []
    stuck = [say("stuck", it=low(card.stuck))] if card.stuck else []
    return [*stuck, *wants, say("hint", it=low(card.hint)) if card.hint else say("no_hint")]


def proof_lines(found: Found, say: Wording) -> list[PanelLine]:
    """Proofs to answer with: what was done, what came of it, what was said of it."""
    if not found.proofs:
        return [PanelLine("quiet", say("no_proofs"))]
    lines = [PanelLine("heading", say("proofs" if found.fits else "proofs.best"))]
    for proof in found.proofs:
        lines.append(PanelLine("item", proof.action))
        more = " · ".join(filter(None, [proof.impact, proof.feedback]))
        lines += [PanelLine("quiet", more)] if more else []
    return lines


def calm(practice: Practice, lang: str) -> str:
    """The calm line where the answer just given asks for it, else ""."""
    return gate(lang, practice.row.get("answer"))


def judged(practice: Practice, say: Wording) -> list[PanelLine]:
    """The answer just given: its length, what the coach notices, what to compare it with.

    The calm line alone where the answer asks for it.
    """
    if line := calm(practice, say.lang):
        return [PanelLine("text", line)]
    row = practice.row
    answer, seconds = text_of(row, "answer"), text_of(row, "seconds")
    aloud = bool(row.get("aloud"))
    lines: list[PanelLine] = []
    if not answer and not aloud:
        lines.append(PanelLine("text", say("nothing")))
    elif aloud:
        spoken = int(seconds) if seconds.isdigit() else 0
        lines.append(PanelLine("text", say("spoke", time=clock_time(spoken))))
        lines += _length(spoken, say)
    else:
        size = size_up(answer, say.lang)
        written = say("typed", time=clock_time(int(seconds))) if seconds.isdigit() else ""
        length = say.count("size", size.words, seconds=str(size.seconds))
        lines.append(PanelLine("text", f"{length} {written}".strip()))
        lines += _length(size.seconds, say)
        lines += [PanelLine("nudge", question) for question in size.questions]
        if size.quantified:
            lines.append(PanelLine("quiet", say("figure")))
    card = practice.card
    if practice.before and not heard(practice.before.answer):
        lines += _last(practice.before, say)
    if card.firmer:
        lines += [PanelLine("heading", say("firmer")), PanelLine("text", card.firmer)]
    return lines


def _length(seconds: int, say: Wording) -> list[PanelLine]:
    if seconds > TARGET:
        return [PanelLine("nudge", say("long", target=str(TARGET)))]
    return [PanelLine("nudge", say("short"))] if seconds < SHORT else []


def _last(attempt: Attempt, say: Wording) -> list[PanelLine]:
    day = day_of(attempt.day, say.lang)
    heading = PanelLine("heading", say("last", day=day, felt=felt(attempt.confidence, say)))
    if not attempt.answer:
        return [
            heading,
            PanelLine("quiet", say("last.aloud" if attempt.aloud else "last.nothing")),
        ]
    length = say.count(
        "size", len(attempt.answer.split()), seconds=str(seconds_spoken(attempt.answer))
    )
    return [heading, PanelLine("text", attempt.answer), PanelLine("quiet", length)]


def recap(practice: Practice, say: Wording) -> list[PanelLine]:
    """A rehearsal that ended: each question with how it felt and when it comes back."""
    lines: list[PanelLine] = []
    for question, confidence, back in practice.results:
        tomorrow = (back - practice.today).days == 1
        key = "recap.tomorrow" if tomorrow else "recap"
        told = say(key, felt=felt(confidence, say), day=day_of(back, say.lang))
        lines += [PanelLine("item", question), PanelLine("quiet", told)]
    return lines
