"""The shape of a guided session: a flow of steps and fields, as `data/flows/*.toml` writes it.

Each struct refuses unknown keys, so that a slip in a file is an error that names its place.
"""

from typing import Any, ClassVar, Literal, TypeAlias

from coach.flows.field import Base, Column, Condition, Option, Shape
from coach.util.structs import Strict, Text

Item: TypeAlias = dict[str, str]
"""One thing to choose, as texts: `id`, `label`, often `help`, and what its source adds."""


class Line(Base, frozen=True, kw_only=True, tag_field="kind", tag="line"):
    """One line of text."""

    suggest: str = ""


class Paragraph(Base, frozen=True, kw_only=True, tag_field="kind", tag="text"):
    """Several lines of text."""

    long: ClassVar[bool] = True
    spoken: bool = False
    """Shows its length in words and in seconds spoken."""
    copy: bool = False
    """Can be copied to the clipboard in one go."""


class Scale(Base, frozen=True, kw_only=True, tag_field="kind", tag="scale"):
    """A whole number from `low` to `high`."""

    low: int
    high: int
    low_label: Text
    high_label: Text
    calm_from: int | None = None
    """From this value on the calm line shows, which points to a person to talk to."""

    def calms(self, value: Any) -> bool:
        """Whether it is as low, or as high, as `calm_from` says."""
        return self.calm_from is not None and isinstance(value, int) and value >= self.calm_from


class Choice(Base, frozen=True, kw_only=True, tag_field="kind", tag="choice"):
    """One of several; its answer is the option's id."""

    picked: ClassVar[bool] = True
    options: list[Option] = []
    source: str = ""

    def calms(self, value: Any) -> bool:
        """Whether the option is one that is `calm`."""
        return _is_calm(self.options, value)


class Choices(Base, frozen=True, kw_only=True, tag_field="kind", tag="choices"):
    """Any number of several; its answer is a list of option ids."""

    shape: ClassVar[Shape] = "ids"
    picked: ClassVar[bool] = True
    options: list[Option] = []
    source: str = ""

    def calms(self, value: Any) -> bool:
        """Whether one of the options is `calm`."""
        return _is_calm(self.options, value)


class Checklist(Base, frozen=True, kw_only=True, tag_field="kind", tag="checklist"):
    """A list to check point by point; its answer maps option id → id of one of `answers`."""

    shape: ClassVar[Shape] = "marks"
    picked: ClassVar[bool] = True
    options: list[Option] = []
    source: str = ""
    answers: list[Option]


class Date(Base, frozen=True, kw_only=True, tag_field="kind", tag="date"):
    """A day, kept as `YYYY-MM-DD`."""

    kept_unread: ClassVar[bool] = True
    past: bool = False
    """The day lies in the past: 'Friday' means the last one."""
    after: str = ""
    """The id of a date field that this one should not come before."""
    reminder: bool = False
    """The day is shown in the calendar and exported to calendar files."""
    remind: Text | None = None
    """The text in the calendar; the flow's title where not set."""


class Number(Base, frozen=True, kw_only=True, tag_field="kind", tag="number"):
    """A number, kept as int or float, between `least` and `most`."""

    kept_unread: ClassVar[bool] = True
    least: float = 0
    most: float = 1_000_000
    unit: Text | None = None


class Rows(Base, frozen=True, kw_only=True, tag_field="kind", tag="rows"):
    """A table; its answer is a list of dicts, column id → text, each with a stable `id`."""

    shape: ClassVar[Shape] = "rows"
    columns: list[Column]
    one: Text
    """What one row is called: 'réussite'."""
    offers: str = ""
    """A source of rows to complete (`notes`)."""
    sides: bool = False
    """Its columns are sides of one thing: a row may have any of them alone."""


Field: TypeAlias = Line | Paragraph | Scale | Choice | Choices | Checklist | Date | Number | Rows
Table: TypeAlias = Rows
"""A field that is answered with rows, for what only edits them."""


def _is_calm(options: list[Option], value: Any) -> bool:
    chosen = {value} if isinstance(value, str) else set(value)
    return any(option.calm and option.id in chosen for option in options)


class Step(Strict, frozen=True, kw_only=True):
    """One screen of a session: a question or a few that belong together."""

    id: str
    title: Text
    intro: Text | None = None
    help: Text | None = None
    minutes: float = 1
    fields: list[Field] = []
    each: str = ""
    """A choices or rows field asked before: the step comes once for each of its items."""
    when: list[Condition] = []
    panel: str = ""
    """The name of a panel (see `coach.features.registry`)."""
    stays: bool = False
    """Its panel is the result of the session, shown first when the entry is read or exported."""
    private: bool = False


class Flow(Strict, frozen=True, kw_only=True):
    """A guided session."""

    id: str
    version: int
    title: Text
    summary: Text
    """What it is for, in one line, for menus."""
    scope: Literal["week", "internship", "occasion"] = "occasion"
    """There is one entry for each week, each internship, or each occasion."""
    headline: list[str] = []
    """Fields whose first words tell entries apart in a list; `rows.column` for a cell."""
    menu: bool = True
    """Read by nothing: the lab names what it lists. Flows of schools may still say it."""
    private: bool = False
    """Its entries never leave for others unless ticked one by one."""
    document: str = ""
    """The document that grows beside the questions (one of `coach.features.registry.DOCUMENTS`)."""
    steps: list[Step]

    @property
    def minutes(self) -> float:
        """The minutes it takes, repeated steps counted once."""
        return sum(step.minutes for step in self.steps)
