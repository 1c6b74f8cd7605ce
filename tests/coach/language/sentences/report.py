"""How well the verdicts match the labelled sentences: counts, precision and recall."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from coach.language.nudges import verdict

LABELS = ("quantified", "vague", "blame", "varnish")
LANGUAGES = ("fr", "en")
TUNED = ("tuning",)
UNSEEN = ("test", "fresh")
"""Sets kept for tests alone: `test` was written before the rules, `fresh` when they were done."""
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Sentence:
    """One labelled sentence; on the labels in `either` careful readers may differ."""

    text: str
    labels: frozenset[str]
    either: frozenset[str]


@dataclass(frozen=True)
class Score:
    """How often one label was rightly found, wrongly found and missed."""

    right: int
    wrong: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def precision(self) -> float:
        """The share of what was found that holds."""
        return self.right / max(self.right + len(self.wrong), 1)

    @property
    def recall(self) -> float:
        """The share of what holds that was found."""
        return self.right / max(self.right + len(self.missed), 1)


judged = cache(verdict)
"""A sentence's verdict, worked out once for the four labels."""


def sentences(sets: tuple[str, ...], lang: str) -> list[Sentence]:
    """The labelled sentences of these sets in `lang`."""
    rows = []
    for name in sets:
        raw = tomllib.loads((_HERE / f"{name}_{lang}.toml").read_text("utf-8"))
        rows += raw["sentences"]
    return [
        Sentence(row["text"], frozenset(row["is"]), frozenset(row.get("either", ())))
        for row in rows
    ]


def score(label: str, rows: list[Sentence]) -> Score:
    """How `coach.language.nudges.verdict` does on `label`, where readers would agree."""
    counted = [row for row in rows if label not in row.either]
    found = [row for row in counted if getattr(judged(row.text), label)]
    return Score(
        right=sum(label in row.labels for row in found),
        wrong=tuple(row.text for row in found if label not in row.labels),
        missed=tuple(row.text for row in counted if label in row.labels and row not in found),
    )
