"""What the benchmarks share: pairs measured in turn, medians, and a line for each figure."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

WIDTH = 32
"""Columns of what a line tells of."""


def timed(action: Callable[[], object]) -> float:
    """How long `action` took, in ms."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


@dataclass(frozen=True)
class Pairs:
    """Times in ms of the same thing done by two, in turn: `ours[i]` right before `theirs[i]`."""

    ours: list[float]
    theirs: list[float]

    @property
    def ratios(self) -> list[float]:
        """Ours of theirs, pair by pair: what slows the machine for a while slows both."""
        return [one / other for one, other in zip(self.ours, self.theirs, strict=True)]


def in_turn(ours: Callable[[], float], theirs: Callable[[], float], rounds: int) -> Pairs:
    """`rounds` pairs of what the two return, one after the other, after a round not counted."""
    ours(), theirs()
    pairs = Pairs([], [])
    for _ in range(rounds):
        pairs.ours.append(ours())
        pairs.theirs.append(theirs())
    return pairs


def head(theirs: str) -> str:
    """The names of the columns; `theirs` names who ours is compared with."""
    figures = f"{'coach':>9} {theirs:>9} {'ratio':>7}"
    return f"{'':{WIDTH}} {figures} {'(half lie in)':<15} goal"


def line(what: str, pairs: Pairs, goal: float | None = None) -> str:
    """Medians of both, the median of the pairs' ratios, in what span half of these lie, the goal.

    A goal of 1 means faster.
    """
    ratio, (low, high) = statistics.median(pairs.ratios), _middle(pairs.ratios)
    told = f"{ratio:7.2f} {f'({low:.2f}–{high:.2f})':<15} "
    if goal is not None:
        met = ratio < goal if goal == 1 else ratio <= goal
        told += _verdict("< 1" if goal == 1 else f"≤ {goal:g}", met)
    ours, theirs = statistics.median(pairs.ours), statistics.median(pairs.theirs)
    return f"{what:{WIDTH}} {ours:9.2f} {theirs:9.2f} {told}".rstrip()


def alone(what: str, took: Sequence[float], goal: float | None = None) -> str:
    """The median of what nobody else does, in what span half of the times lie, the goal in ms."""
    middle, (low, high) = statistics.median(took), _middle(took)
    told = f"{'':9} {'':7} {f'({low:.1f}–{high:.1f})':<15} "
    if goal is not None:
        told += _verdict(f"≤ {goal:g} ms", middle <= goal)
    return f"{what:{WIDTH}} {middle:9.2f} {told}".rstrip()


def _middle(values: Sequence[float]) -> tuple[float, float]:
    """The first and the third quartile."""
    if len(values) < 2:
        return values[0], values[0]
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, high


def _verdict(goal: str, met: bool) -> str:
    return f"{goal:<9} {'met' if met else 'NOT MET'}"
