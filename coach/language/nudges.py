"""The questions shown under a field, chosen by what the coach notices in the text.

Rules, questions, words and phrases are all in `data/nudges.toml`. French and English are judged
alike; only the question needs a language.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal, TypeAlias
from zlib import crc32

from coach.language.care import heard
from coach.language.classifier import LONGEST, Reading, Verdict, Weights
from coach.language.lexicon import Lexicon
from coach.util.data_files import ContentError, data_path, read_toml

MOST = 2
"""How many questions are shown at once."""

When: TypeAlias = Literal[
    "no figure", "vague", "blame", "varnish", "no feedback", "went_well", "blank", "favour"
]


@dataclass(frozen=True)
class Question:
    """Ways to ask one thing, for texts with a word of the lists `about` (any text if empty)."""

    fr: tuple[str, ...]
    en: tuple[str, ...]
    about: tuple[str, ...] = ()

    def wordings(self, lang: str) -> tuple[str, ...]:
        """The wordings in `lang` (`fr` or `en`)."""
        return self.en if lang == "en" else self.fr


@dataclass(frozen=True)
class Rule:
    """One rule: what to notice and what to ask.

    `unless` names labels (`vague`, `blame`, `varnish`) that already ask the same.
    """

    id: str
    when: When
    questions: tuple[Question, ...]
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Nudges:
    """The rules (id → rule, in order of priority), and the words they look for."""

    rules: Mapping[str, Rule]
    lexicon: Lexicon
    weights: Weights

    def read_text(self, text: str) -> Reading:
        """`text` as a `Reading` to classify."""
        return Reading(text, self.lexicon, self.weights)


@cache
def load_nudges() -> Nudges:
    """The rules of `data/nudges.toml`; raises `ContentError` where the file is wrong."""
    path = data_path("nudges.toml")
    data = read_toml(path)
    try:
        rules = [_rule(raw) for raw in data["rule"]]
        return Nudges(
            rules={rule.id: rule for rule in rules},
            lexicon=Lexicon(data["words"], data["phrases"]),
            weights=Weights(data["weights"]["none"], data["weights"]["half"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ContentError(path, f"{type(error).__name__}: {error}") from error


def _rule(raw: dict[str, Any]) -> Rule:
    questions = tuple(
        Question(tuple(q["fr"]), tuple(q["en"]), tuple(q.get("about", ())))
        for q in raw["questions"]
    )
    return Rule(raw["id"], raw["when"], questions, tuple(raw.get("unless", ())))


def verdict(text: str) -> Verdict:
    """What is noticed in `text`, French or English; all false when it is empty.

    Judges the first `LONGEST` characters, in time that grows with them alone. Words inside
    quotation marks count as figures and facts, never as the student's blame or varnish.
    """
    return _verdict(text[:LONGEST])


@lru_cache(maxsize=128)
def _verdict(text: str) -> Verdict:
    return load_nudges().read_text(text).verdict()


def questions(
    text: str, lang: str, rules: Sequence[str] = ("figure", "vague", "blame", "varnish")
) -> list[str]:
    """At most `MOST` questions in `lang` about `text`, for `coach review`; none when it is empty.

    Raises KeyError for a rule that `data/nudges.toml` does not have.
    """
    return notice(rules, text, lang)


def notice(
    rules: Sequence[str], text: str, lang: str, row: Mapping[str, str] | None = None
) -> list[str]:
    """At most `MOST` questions in `lang` for one field that names `rules` and holds `text`.

    [] where `coach.language.care` finds distress in it or in the row: then only the calm line
    shows. [] for an empty text, except from the rule `feedback`, which looks for an `action` with
    no `feedback` in the `row`. Raises KeyError for an unknown rule.
    """
    known = load_nudges().rules
    unknown = next((rule for rule in rules if rule not in known), None)
    if unknown is not None:
        raise KeyError(unknown)
    if heard(text, dict(row or {})):
        return []
    return list(_notice(tuple(rules), text[:LONGEST], lang, _unanswered(text, row)))


def _unanswered(text: str, row: Mapping[str, str] | None) -> bool:
    """Whether a row tells an action with no feedback on it.

    A text that the row does not hold yet is being typed into it: it may well be the feedback.
    """
    if row is None or (text and text not in row.values()):
        return False
    return bool(row.get("action", "").strip()) and not row.get("feedback", "").strip()


@lru_cache(maxsize=128)
def _notice(rules: tuple[str, ...], text: str, lang: str, unanswered: bool) -> tuple[str, ...]:
    nudges = load_nudges()
    if not text.strip():
        wanted = [r for r in rules if nudges.rules[r].when == "no feedback"] if unanswered else []
        return tuple(_ask(nudges.rules[rule], None, text, lang) for rule in wanted)
    reading = nudges.read_text(text)
    seen = {
        "no figure": not reading.figures,
        "vague": reading.vague,
        "blame": reading.blame,
        "varnish": reading.varnish,
        "went_well": reading.went_well,
        "blank": reading.blank,
        "favour": "favour" in rules and reading.favour,
        "no feedback": unanswered,
    }
    speaking = [
        rule
        for rule in nudges.rules.values()
        if rule.id in rules and seen[rule.when]
        if not any(label in rules and seen[label] for label in rule.unless)
    ]
    return tuple(_ask(rule, reading, text, lang) for rule in speaking[:MOST])


def _ask(rule: Rule, reading: Reading | None, text: str, lang: str) -> str:
    """The rule's question for this text: it stays the same while the student goes on typing."""
    fitting = next(q for q in rule.questions if not q.about or (reading and reading.about(q.about)))
    wordings = fitting.wordings(lang)
    opening = text.split(maxsplit=1)[:1]
    return wordings[crc32("".join(opening).casefold().encode("utf-8", "replace")) % len(wordings)]
