"""Internship or work-study: a weighted comparison that says what decided it, and how it would flip.

Pure: weights and marks in, a result out. The criteria and their dated figures are
`data/matrix.toml`; the student's own weights, marks and criteria come as answers.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

import msgspec

from coach.content_files import ContentError, read_toml
from coach.entries import Answers
from coach.flow import Strict, Text
from coach.resources import data_path
from coach.wording import Wording

MOST = 5
"""Weights and marks go from 0 to this."""
WEIGHT = 3
"""The weight of a criterion that the student has not weighed yet."""
AGED = 365
"""Days after which a figure says that it is old."""


class Choice(Strict, frozen=True, kw_only=True):
    """One of the paths compared; `the` names it inside a sentence."""

    id: str
    name: Text
    the: Text


class Fact(Strict, frozen=True, kw_only=True):
    """What was published about one path, and when (`YYYY-MM-DD`)."""

    option: str
    date: str
    text: Text
    note: Text | None = None
    """What to keep in mind when reading it."""
    source: Text | None = None


class Criterion(Strict, frozen=True, kw_only=True):
    """One thing to compare; `marks` are where the student starts from, option id → 0 to 5."""

    id: str
    name: Text
    ask: Text
    marks: dict[str, int]
    check: Text | None = None
    facts: list[Fact]


class Matrix(Strict, frozen=True, kw_only=True):
    """All of `data/matrix.toml`."""

    about: Text
    options: list[Choice]
    criteria: list[Criterion]


@cache
def load_matrix() -> Matrix:
    """The criteria and their figures; raises `ContentError` where the file is wrong."""
    path = data_path("matrix.toml")
    try:
        return msgspec.convert(read_toml(path), Matrix)
    except msgspec.ValidationError as error:
        raise ContentError(path, str(error)) from error


def aged(fact: Fact, today: date) -> bool:
    """Whether the figure is more than a year old, which is said beside it."""
    return (today - date.fromisoformat(fact.date)).days > AGED


@dataclass(frozen=True)
class Line:
    """A criterion as the student weighs it; an option without a mark leaves the line out."""

    id: str
    name: str
    weight: int
    marks: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Share:
    """What one criterion gave one side over the other, in points (always above 0)."""

    line: Line
    points: int


@dataclass(frozen=True)
class Flip:
    """The single change of weight that makes `winner` win."""

    line: Line
    weight: int
    winner: str


@dataclass(frozen=True)
class Result:
    """The outcome. `winner` is "" on a tie, or where nothing could be compared (`totals` empty).

    `decided` are the fewest criteria, strongest first, that outweigh all that spoke `against`.
    """

    totals: dict[str, int]
    winner: str
    decided: list[Share]
    against: list[Share]
    flip: Flip | None
    open: list[Line]


def lines_from(answers: Answers, lang: str) -> list[Line]:
    """The criteria with the student's answers: those of the data, then the student's own.

    Reads `weights` (criterion id → 0 to 5), `marks` (criterion id → option id → 0 to 5) and `own`
    (rows with `id` and `name`); what is not a whole number from 0 to 5 counts as not answered.
    """
    weights, marks = _dict(answers.get("weights")), _dict(answers.get("marks"))
    found = [(one.id, one.name.get(lang), one.marks) for one in load_matrix().criteria]
    own = answers.get("own")
    for row in own if isinstance(own, list) else []:
        key, name = _dict(row).get("id"), _dict(row).get("name")
        if isinstance(key, str) and isinstance(name, str) and key and name.strip():
            found.append((key, name.strip(), {}))
    return [
        Line(key, name, _scale(weights.get(key), WEIGHT), start | _marks(marks.get(key)))
        for key, name, start in found
    ]


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _is_scale(value: Any) -> bool:
    return type(value) is int and 0 <= value <= MOST


def _scale(value: Any, other: int) -> int:
    return int(value) if _is_scale(value) else other


def _marks(value: Any) -> dict[str, int]:
    return {key: mark for key, mark in _dict(value).items() if _is_scale(mark)}


def decide(lines: list[Line], options: tuple[str, str]) -> Result:
    """Weighs `lines` for the two `options` (their ids)."""
    winner, totals = _weigh(lines, options)
    if not totals:
        return Result({}, "", [], [], None, _open(lines, options))
    first = winner or options[0]
    other = options[1] if first == options[0] else options[0]
    ahead, against = _shares(lines, first, other), _shares(lines, other, first)
    needed, decided, gathered = sum(one.points for one in against), [], 0
    for share in ahead if winner else []:
        if gathered > needed:
            break
        decided.append(share)
        gathered += share.points
    flip = _flip(lines, options, winner)
    return Result(totals, winner, decided, against, flip, _open(lines, options))


def _complete(lines: list[Line], options: tuple[str, str]) -> list[Line]:
    return [line for line in lines if all(one in line.marks for one in options)]


def _open(lines: list[Line], options: tuple[str, str]) -> list[Line]:
    done = _complete(lines, options)
    return [line for line in lines if line.weight and line not in done]


def _weigh(lines: list[Line], options: tuple[str, str]) -> tuple[str, dict[str, int]]:
    """The winner ("" on a tie) and the totals; no totals where nothing has a weight."""
    counted = [line for line in _complete(lines, options) if line.weight]
    if not counted:
        return "", {}
    totals = {one: sum(line.weight * line.marks[one] for line in counted) for one in options}
    first, second = options
    if totals[first] == totals[second]:
        return "", totals
    return (first if totals[first] > totals[second] else second), totals


def _shares(lines: list[Line], one: str, other: str) -> list[Share]:
    """The criteria that speak for `one`, strongest first."""
    shares = [
        Share(line, line.weight * (line.marks[one] - line.marks[other]))
        for line in _complete(lines, (one, other))
    ]
    return sorted((s for s in shares if s.points > 0), key=lambda share: -share.points)


def _flip(lines: list[Line], options: tuple[str, str], winner: str) -> Flip | None:
    """The smallest change of one weight after which another path wins; the first of equals."""
    best: Flip | None = None
    for index, line in enumerate(lines):
        for weight in range(MOST + 1):
            changed = [*lines[:index], replace(line, weight=weight), *lines[index + 1 :]]
            now, _ = _weigh(changed, options)
            small = best is None or abs(weight - line.weight) < abs(best.weight - best.line.weight)
            if now and now != winner and small:
                best = Flip(line, weight, now)
    return best


def explain(result: Result, lang: str) -> list[str]:
    """The result in sentences: who wins, what decided it, what spoke against, how it would flip."""
    words = Wording("matrix", lang)
    named = {one.id: one.the.get(lang) for one in load_matrix().options}
    told = []
    if not result.totals:
        told.append(words("nothing"))
    else:
        high, low = max(result.totals.values()), min(result.totals.values())
        if result.winner:
            winner = named.get(result.winner, result.winner)
            told.append(words("wins", winner=winner, high=high, low=low))
            told.append(words("decided", list=_list(result.decided, words)))
        else:
            told.append(words("tie", high=high))
        if result.winner and result.against:
            told.append(words("against", list=_list(result.against, words)))
        told.append(_turned(result, words, named))
    if result.open:
        names = [line.name for line in result.open]
        told.append(words.count("open", len(names), list=_joined(names, words)))
    return told


def _turned(result: Result, words: Wording, named: dict[str, str]) -> str:
    flip = result.flip
    if flip is None:
        return words("solid")
    return words(
        "flip_up" if flip.weight > flip.line.weight else "flip_down",
        name=flip.line.name,
        before=flip.line.weight,
        after=flip.weight,
        winner=named.get(flip.winner, flip.winner),
    )


def _list(shares: list[Share], words: Wording) -> str:
    said = [words("share", name=share.line.name, points=share.points) for share in shares]
    return _joined(said, words)


def _joined(said: list[str], words: Wording) -> str:
    return words("and").join(filter(None, [", ".join(said[:-1]), said[-1]]))
