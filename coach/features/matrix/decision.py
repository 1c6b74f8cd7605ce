"""Internship or work-study: a weighted comparison, what decides it and what would change it.

Pure: weights and marks in, a result out. The criteria and their dated figures are
`data/matrix.toml`; the student's own weights, marks and criteria come as answers.
`coach.features.matrix.panels` says the result.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from coach.store.answers import ids_of, nested_of, rows_of, text_of
from coach.store.entries import Answers
from coach.util.data_files import data_path
from coach.util.structs import Strict, Text, read_struct

MOST = 5
"""Weights and marks go from 0 to this."""
WEIGHT = 3
"""The weight of a criterion that the student has not weighed yet."""
AGED = 365
"""Days after which a figure says that it is old."""


class Path(Strict, frozen=True, kw_only=True):
    """One of the paths compared; `the` names it inside a sentence."""

    id: str
    name: Text
    the: Text


class PublishedFigure(Strict, frozen=True, kw_only=True):
    """What was published about one path, and when (`YYYY-MM-DD`)."""

    option: str
    date: str
    text: Text
    note: Text | None = None
    """A caveat for the reader."""
    source: Text | None = None


class Criterion(Strict, frozen=True, kw_only=True):
    """One thing to compare; `marks` are where the student starts from, option id → 0 to 5."""

    id: str
    name: Text
    ask: Text
    marks: dict[str, int]
    check: Text | None = None
    facts: list[PublishedFigure]


class Matrix(Strict, frozen=True, kw_only=True):
    """All of `data/matrix.toml`."""

    about: Text
    options: list[Path]
    criteria: list[Criterion]


@cache
def load_matrix() -> Matrix:
    """The criteria and their figures; raises `ContentError` where the file is wrong."""
    return read_struct(data_path("matrix.toml"), Matrix)


def list_criteria(lang: str) -> list[dict[str, str]]:
    """The criteria as items to choose from, in `lang` (`fr` or `en`), with the marks they start
    from.
    """
    return [
        {"id": one.id, "label": one.name.get(lang), "help": one.ask.get(lang)}
        | {f"mark_{path}": str(mark) for path, mark in one.marks.items()}
        for one in load_matrix().criteria
    ]


def aged(fact: PublishedFigure, today: date) -> bool:
    """Whether the figure is more than a year old, which is said beside it."""
    return (today - date.fromisoformat(fact.date)).days > AGED


@dataclass(frozen=True)
class WeighedCriterion:
    """A criterion as the student weighs it; an option without a mark leaves the line out."""

    id: str
    name: str
    weight: int
    marks: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Share:
    """The lead of one side in one criterion, in points (above 0)."""

    line: WeighedCriterion
    points: int


@dataclass(frozen=True)
class Flip:
    """The single change of weight that makes `winner` win."""

    line: WeighedCriterion
    weight: int
    winner: str


@dataclass(frozen=True)
class Decision:
    """The outcome. `winner` is "" on a tie, or where nothing could be compared (`totals` empty).

    `decided` are the fewest criteria, strongest first, that outweigh all that spoke `against`,
    with those that weigh as much as the last of them.
    """

    totals: dict[str, int]
    winner: str
    decided: list[Share]
    against: list[Share]
    flips: list[Flip]
    """The single changes that turn the result, the smallest first."""
    open: list[WeighedCriterion]

    @property
    def lead(self) -> int:
        """By how many points the winner is ahead."""
        return max(self.totals.values(), default=0) - min(self.totals.values(), default=0)


def lines_from(answers: Answers, lang: str) -> list[WeighedCriterion]:
    """The criteria in the answers of the flow `matrix`: those ticked, then the student's own.

    Reads `criteria` (ids ticked) with `weighing`, and `own` (rows with `id` and `criterion`) with
    `own_weighing`: both map an id to its `weight` and a mark for each option. What is not a whole
    number from 0 to 5 counts as not answered.
    """
    ticked = ids_of(answers, "criteria")
    lines = [
        _line(one.id, one.name.get(lang), one.marks, nested_of(answers, "weighing", one.id))
        for one in load_matrix().criteria
        if one.id in ticked
    ]
    for row in rows_of(answers, "own"):
        key, name = text_of(row, "id"), text_of(row, "criterion")
        if key and name:
            lines.append(_line(key, name, {}, nested_of(answers, "own_weighing", key)))
    return lines


def _line(key: str, name: str, start: dict[str, int], told: Answers) -> WeighedCriterion:
    given = {name: value for name, value in told.items() if _is_scale(value)}
    weight = given.pop("weight", WEIGHT)
    return WeighedCriterion(key, name, weight, start | given)


def _is_scale(value: Any) -> bool:
    return type(value) is int and 0 <= value <= MOST


def decide(lines: list[WeighedCriterion], options: tuple[str, str]) -> Decision:
    """Weighs `lines` for the two `options` (their ids)."""
    winner, totals = _weigh(lines, options)
    if not totals:
        return Decision({}, "", [], [], _flips(lines, options, ""), _open(lines, options))
    first = winner or options[0]
    other = options[1] if first == options[0] else options[0]
    ahead, against = _shares(lines, first, other), _shares(lines, other, first)
    needed, gathered = sum(one.points for one in against), 0
    decided: list[Share] = []
    for share in ahead if winner else []:
        if gathered > needed and share.points < decided[-1].points:
            break
        decided.append(share)
        gathered += share.points
    flips = _flips(lines, options, winner)
    return Decision(totals, winner, decided, against, flips, _open(lines, options))


def _complete(lines: list[WeighedCriterion], options: tuple[str, str]) -> list[WeighedCriterion]:
    return [line for line in lines if all(one in line.marks for one in options)]


def _open(lines: list[WeighedCriterion], options: tuple[str, str]) -> list[WeighedCriterion]:
    done = _complete(lines, options)
    return [line for line in lines if line.weight and line not in done]


def _weigh(lines: list[WeighedCriterion], options: tuple[str, str]) -> tuple[str, dict[str, int]]:
    """The winner ("" on a tie) and the totals; no totals where nothing has a weight."""
    counted = [line for line in _complete(lines, options) if line.weight]
    if not counted:
        return "", {}
    totals = {one: sum(line.weight * line.marks[one] for line in counted) for one in options}
    first, second = options
    if totals[first] == totals[second]:
        return "", totals
    return (first if totals[first] > totals[second] else second), totals


def _shares(lines: list[WeighedCriterion], one: str, other: str) -> list[Share]:
    """The criteria that speak for `one`, strongest first."""
    shares = [
        Share(line, line.weight * (line.marks[one] - line.marks[other]))
        for line in _complete(lines, (one, other))
    ]
    return sorted((s for s in shares if s.points > 0), key=lambda share: -share.points)


def _flips(lines: list[WeighedCriterion], options: tuple[str, str], winner: str) -> list[Flip]:
    """For each line whose weight can turn the result alone: the smallest such change of it.

    The smallest of all comes first; of equals, the first line.
    """
    found = []
    for index, line in enumerate(lines):
        for weight in sorted(range(MOST + 1), key=lambda one: abs(one - line.weight)):
            changed = [*lines[:index], replace(line, weight=weight), *lines[index + 1 :]]
            now, _ = _weigh(changed, options)
            if now and now != winner:
                found.append(Flip(line, weight, now))
                break
    return sorted(found, key=lambda flip: abs(flip.weight - flip.line.weight))
