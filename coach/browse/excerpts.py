"""The texts of an entry as the reader shows them, and excerpts around the words searched for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from coach.store.entries import Entry
from coach.util.data_files import ContentError
from coach.util.text import fold, matches, texts

if TYPE_CHECKING:
    from coach.flows.content import Content

Choices: TypeAlias = dict[str, dict[str, str]]
"""Field id → option id → label, for the fields with options."""
Span: TypeAlias = tuple[int, int]

PIECE = 200
"""Characters searched at a time: locating a match takes one step for each, and an answer may have a
hundred thousand."""
_SPACES = re.compile(r"\s+")


def choices_of(flow_id: str, content: Content, lang: str) -> Choices:
    """The options of the flow in `lang`; {} where the flow is missing or invalid."""
    try:
        flow = content.flow(flow_id)
    except (KeyError, ContentError):
        return {}
    found: Choices = {}
    for step in flow.steps:
        for one in step.fields:
            if one.picked:
                names = {option.id: option.label.get(lang) for option in one.options}
                if one.source:
                    names |= {item["id"]: item["label"] for item in content.items(one.source, lang)}
                found[one.id] = names
    return found


def texts_of(entry: Entry, choices: Choices) -> list[str]:
    """Every text of `entry`: options by their labels, the rest as typed."""
    found: list[str] = []
    for name, value in entry.answers.items():
        if name in choices:
            found += _chosen(value, choices[name])
        elif isinstance(value, dict):
            # A repeated step: item id → field id → value.
            for answers in value.values():
                found += _nested(answers, choices)
        else:
            found += texts(value)
    return found


def _nested(answers: Any, choices: Choices) -> Iterator[str]:
    if not isinstance(answers, dict):
        yield from texts(answers)
        return
    for name, value in answers.items():
        yield from _chosen(value, choices[name]) if name in choices else texts(value)


def _chosen(value: Any, names: dict[str, str]) -> list[str]:
    ids = [value] if isinstance(value, str) else value if isinstance(value, list | dict) else []
    # What a field refers to by ids of its own (objectives) is named elsewhere.
    return [names.get(str(one), str(one)) for one in ids] if names else []


def spans(text: str, words: Sequence[str]) -> list[Span]:
    """The spans of `words` (folded) in `text`, as `coach.util.text.matches`, for texts of any
    length."""
    if not words:
        return []
    if len(text) <= PIECE:
        return matches(text, words) if _holds(text, words) else []
    found: list[Span] = []
    for start, piece in _pieces(text):
        if _holds(piece, words):
            found += [(start + a, start + b) for a, b in matches(piece, words)]
    return found


def _holds(text: str, words: Sequence[str]) -> bool:
    folded = fold(text)
    return any(word in folded for word in words)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """(Start, piece) for each piece of `text`, cut at spaces where possible."""
    start = 0
    while start < len(text):
        end = start + PIECE
        if end < len(text) and (space := text.rfind(" ", start + 1, end)) > 0:
            end = space
        yield start, text[start:end]
        start = end


def excerpt(said: Sequence[str], words: Sequence[str], width: int) -> tuple[str, list[Span]]:
    """(Excerpt of the texts `said` around `words`, spans of the words in it), on one line.

    First the text with most of the words, then one with the others; about `width` characters. Empty
    when no text has any.
    """
    pieces: list[str] = []
    left = list(words)
    room = width
    while left and room > 0 and len(pieces) < len(words):
        best = _richest(said, left)
        if best is None:
            break
        piece = _around(best, left, room)
        pieces.append(piece)
        room -= len(piece)
        folded = fold(best)
        left = [word for word in left if word not in folded]
    line = " … ".join(piece.removeprefix("… ") if n else piece for n, piece in enumerate(pieces))
    return line, spans(line, words)


def _richest(said: Sequence[str], words: Sequence[str]) -> str | None:
    """The first text with most of `words`; None where no text has any."""
    best, most = None, 0
    for text in said:
        folded = fold(text)
        held = sum(word in folded for word in words)
        if held > most:
            best, most = text, held
            if held == len(words):
                break
    return best


def _around(text: str, words: Sequence[str], width: int) -> str:
    first = next((found[0] for found in _each(text, words)), 0)
    start = 0 if first <= width // 2 else first - width // 3
    if start:
        # Begin at a word, unless the match itself begins before one ends.
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    piece = _SPACES.sub(" ", text[start : start + width * 2]).strip()
    return f"… {piece}" if start else piece


def _each(text: str, words: Sequence[str]) -> Iterator[Span]:
    for start, piece in _pieces(text):
        if _holds(piece, words):
            yield from ((start + a, start + b) for a, b in matches(piece, words))
