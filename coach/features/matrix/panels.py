"""Internship or work-study as panels: the dated figures of one criterion, and the result.

Sentences are in `data/wording/matrix.toml`. Nothing here raises on a missing or odd answer.
"""

from dataclasses import replace
from datetime import date

from coach.features.matrix.decision import (
    MOST,
    Decision,
    Flip,
    PublishedFigure,
    Share,
    WeighedCriterion,
    aged,
    decide,
    lines_from,
    load_matrix,
)
from coach.flows.context import StepContext
from coach.flows.panel import Bar, PanelLine
from coach.util.text import one_line
from coach.util.wording import Wording

NAMED = 60
"""Characters of a criterion quoted in a line."""


def show_matrix_facts(context: StepContext) -> list[PanelLine]:
    """What was published on the criterion under way, each figure with its source and its age."""
    matrix, lang = load_matrix(), context.lang
    key = (context.item or {}).get("id")
    one = next((criterion for criterion in matrix.criteria if criterion.id == key), None)
    if one is None:
        return []
    words = Wording("matrix", lang)
    names = {option.id: option.name.get(lang) for option in matrix.options}
    lines = []
    for fact in one.facts:
        text = words("fact", option=names[fact.option], text=fact.text.get(lang))
        lines.append(PanelLine("bullet", text, _source(fact, context.known.today, words)))
        if fact.note:
            lines.append(PanelLine("text", fact.note.get(lang)))
    where = words("check", where=one.check.get(lang)) if one.check else matrix.about.get(lang)
    return [*lines, PanelLine("text", where)]


def _source(fact: PublishedFigure, today: date, words: Wording) -> str:
    from coach.util.dates import say_month

    source = fact.source.get(words.lang) if fact.source else words("article")
    day = say_month(date.fromisoformat(fact.date), words.lang)
    return words("aged" if aged(fact, today) else "dated", source=source, day=day)


def show_matrix(context: StepContext) -> list[PanelLine]:
    """The winner, each criterion, what decided the result, and what would change it."""
    words = Wording("matrix", context.lang)
    options = load_matrix().options
    lines = lines_from(context.answers, context.lang)
    lines = [replace(line, name=one_line(line.name, NAMED)) for line in lines]
    found = decide(lines, (options[0].id, options[1].id))
    told = [PanelLine("answer", _winner(found, words))]
    told += [_row(line, words) for line in lines if line not in found.open and line.weight]
    if found.winner:
        told.append(PanelLine("text", words("decided", list=_list(found.decided, words))))
        if found.against:
            told.append(PanelLine("text", words("against", list=_list(found.against, words))))
    if found.open:
        names = _joined([line.name for line in found.open], words)
        told.append(PanelLine("text", words.count("open", len(found.open), list=names)))
    if found.totals:
        told += _turned(found, words)
    return told


def _the(option: str, lang: str) -> str:
    return next(one.the.get(lang) for one in load_matrix().options if one.id == option)


def _winner(found: Decision, words: Wording) -> str:
    if not found.totals:
        return words("nothing")
    high, low = max(found.totals.values()), min(found.totals.values())
    if not found.winner:
        return words("tie", high=high)
    winner = _the(found.winner, words.lang)
    return words("wins_close" if _close(found) else "wins", winner=winner, high=high, low=low)


def _close(found: Decision) -> bool:
    """Whether a weight moved by one would turn it."""
    return any(abs(flip.weight - flip.line.weight) == 1 for flip in found.flips)


def _row(line: WeighedCriterion, words: Wording) -> PanelLine:
    """'Rémunération : stage 4 × 2 = 8, alternance 4 × 4 = 16', and the same to be drawn."""
    bars = []
    for option in load_matrix().options:
        mark = line.marks[option.id]
        said = f"{line.weight} × {mark} = {line.weight * mark:2}"
        bars.append(Bar(option.name.get(words.lang), said, line.weight * mark, MOST * MOST))
    sides = (f"{bar.label.lower()} {' '.join(bar.said.split())}" for bar in bars)
    text = words("row", name=line.name, sides=", ".join(sides))
    return PanelLine("bullet", text, name=line.name, bars=tuple(bars))


def _turned(found: Decision, words: Wording) -> list[PanelLine]:
    lines = [PanelLine("heading", words("turns"))]
    if not found.flips:
        return [*lines, PanelLine("bullet", words("solid", lead=found.lead))]
    return lines + [PanelLine("bullet", _flip(flip, words)) for flip in found.flips]


def _flip(flip: Flip, words: Wording) -> str:
    return words(
        "flip" if flip.weight else "flip_out",
        name=flip.line.name,
        before=flip.line.weight,
        after=flip.weight,
        winner=_the(flip.winner, words.lang),
    )


def _list(shares: list[Share], words: Wording) -> str:
    said = [words("share", name=share.line.name, points=share.points) for share in shares]
    return _joined(said, words)


def _joined(said: list[str], words: Wording) -> str:
    return words("and").join(filter(None, [", ".join(said[:-1]), said[-1]]))
