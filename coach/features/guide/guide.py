"""The next step that home offers first, and why. The rules are in `data/guide.toml`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any, Literal

from coach.features.guide.facts import BETWEEN, FRESH, Moment
from coach.flows.conditions import meets
from coach.flows.field import Condition
from coach.flows.request import SessionRequest
from coach.store.answers import text_of
from coach.store.entries import iso_week
from coach.util.data_files import data_path
from coach.util.structs import Strict, read_struct
from coach.util.text import one_line

__all__ = ["BETWEEN", "FRESH", "Advice", "Moment", "find_hints", "find_next_step"]

NAME = 40
"""Characters of a name or an objective in a sentence."""


class Rule(Strict, frozen=True, kw_only=True):
    """One rule, as the head of `data/guide.toml` explains it."""

    id: str
    when: list[Condition] = []
    open: str = ""
    entry: Literal["", "draft", "internship"] = ""
    week: Literal["", "last"] = ""
    per: Literal["", "week", "internship", "day", "draft"] = ""
    about: str = ""
    days: str = ""


class _Rules(Strict, frozen=True, kw_only=True):
    steps: list[Rule]
    hints: list[Rule]


@cache
def load_rules() -> _Rules:
    """The rules of `data/guide.toml`; raises `ContentError` where the file is wrong."""
    return read_struct(data_path("guide.toml"), _Rules)


@dataclass(frozen=True)
class Advice:
    """One step and its reason.

    `key` names its texts in `data/wording/home.toml`, `values` fill them. `request` is the session
    to open, or `place` another screen. `quiet` is the id that "not now" stores in the settings, ''
    where the advice cannot be put aside.
    """

    key: str
    request: SessionRequest | None = None
    values: dict[str, str | int] = field(default_factory=dict)
    place: str = ""
    quiet: str = ""
    about: str = ""


Opens = Callable[[str], str]
"""Name of a flow or screen → `session` or `place`; '' for an unknown name."""


def find_next_step(moment: Moment, opens: Opens, quiet: Collection[str] = ()) -> Advice:
    """The next best step at `moment`; never one that was put aside (`quiet`)."""
    # The last rule of the file has no condition, so there always is one.
    return next(_advice(load_rules().steps, moment, opens, quiet))


def find_hints(
    moment: Moment, step: Advice, opens: Opens, quiet: Collection[str] = ()
) -> list[Advice]:
    """Other advice besides `step`, about other things.

    A hint may open nothing.
    """
    found = _advice(load_rules().hints, moment, lambda name: opens(name) or "nothing", quiet)
    return [one for one in found if not one.about or one.about != step.about]


def _advice(
    rules: list[Rule], moment: Moment, opens: Opens, quiet: Collection[str]
) -> Iterator[Advice]:
    known = moment.facts
    for rule in rules:
        if not all(meets(condition, known.get(condition.known)) for condition in rule.when):
            continue
        kind = opens(rule.open)
        instance = _instance(rule, moment)
        if kind and not (instance and instance in quiet):
            yield Advice(
                key=rule.id,
                request=_request(rule, moment) if kind == "session" else None,
                place=rule.open if kind == "place" else "",
                values=_values(rule, moment, known),
                quiet=instance,
                about=rule.about,
            )


def _values(rule: Rule, moment: Moment, known: dict[str, Any]) -> dict[str, str | int]:
    about = moment.internship.answers if moment.internship else {}
    week = moment.last if rule.week else moment.week
    n = known[rule.days] if rule.days else known["to_start"] if known["stage"] == "before" else None
    return {
        "week": week.number if week else "",
        # 'Today or tomorrow' is one sentence: in English too, where 0 is a plural.
        "n": moment.notes if n is None else max(1, n),
        "tutor": one_line(text_of(about, "tutor"), NAME),
        "objective": one_line(known["drift"], NAME),
        "person": one_line(moment.followups[0], NAME) if moment.followups else "",
    }


def _request(rule: Rule, moment: Moment) -> SessionRequest:
    draft, internship = moment.draft, moment.internship
    entry = {
        "draft": draft.entry.id if draft else "",
        "internship": internship.id if internship else "",
    }.get(rule.entry, "")
    week = iso_week(moment.today - timedelta(days=7)) if rule.week else ""
    return SessionRequest(rule.open, entry, week)


def _instance(rule: Rule, moment: Moment) -> str:
    """The id that "not now" stores for this advice, '' where it cannot be put aside."""
    draft = moment.draft
    this = {
        "week": iso_week(moment.today),
        "day": moment.today.isoformat(),
        "internship": moment.last_internship.id if moment.last_internship else "-",
        "draft": draft.entry.id if draft else "-",
    }.get(rule.per)
    return f"{rule.id}:{this}" if this else ""
