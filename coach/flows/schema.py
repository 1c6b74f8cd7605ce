"""The shape of a guided session: a flow of steps and fields, as `data/flows/*.toml` writes it.

Each struct refuses unknown keys, so that a slip in a file is an error that names its place.
"""

from typing import Literal, TypeAlias

from coach.util.structs import Strict, Text


class Condition(Strict, frozen=True, kw_only=True):
    """One thing that must hold for a step or field to show.

    It looks at exactly one of: an earlier `field` of the flow (of a repeated step: about the same
    item there, about any item elsewhere), a thing `known` about the student (see
    `coach.flows.background`), an attribute of the repeated `item`, or `any` of several conditions.
    An answer not yet given is not `filled` and `lacks` everything.
    """

    field: str = ""
    known: str = ""
    item: str = ""
    has: str | list[str] | None = None
    """The answer is, or contains, this (or one of these)."""
    lacks: str | list[str] | None = None
    """The answer is none of these."""
    filled: bool | None = None
    above: float | None = None
    below: float | None = None
    any: list["Condition"] = []
    """Holds when one of these does."""


class Option(Strict, frozen=True, kw_only=True):
    """One thing to choose."""

    id: str
    label: Text
    help: Text | None = None
    text: Text | None = None
    """What a step that repeats over it may say: `{item.text}`."""
    alone: bool = False
    """Choosing it clears the others ('none of these')."""
    ends: bool = False
    """Choosing it makes its page the session's last one for today: the entry is done."""
    calm: bool = False
    """Choosing it brings the calm line that points to a person to talk to."""


class Column(Strict, frozen=True, kw_only=True):
    """One cell of a row."""

    id: str
    label: Text
    help: Text | None = None
    example: Text | None = None
    required: bool = False
    suggest: str = ""
    nudges: list[str] = []
    within: int = 0
    """The cell names a day, at best within so many days of the session; 0 for other cells."""


class Base(Strict, frozen=True, kw_only=True):
    """What every field has."""

    id: str
    label: Text
    help: Text | None = None
    example: Text | None = None
    required: bool = False
    """`done` needs it; leaving never does."""
    when: list[Condition] = []
    start: Text | None = None
    """Prefills the field; counts as an answer once the student went past it."""
    start_from: str = ""
    """Prefills from what a feature drafts (texts) or proposes (rows, choices): a name of
    `coach.features.registry`."""
    nudges: list[str] = []
    private: bool = False
    """Never leaves for a document or an export meant for others."""


class Line(Base, frozen=True, kw_only=True, tag_field="kind", tag="line"):
    """One line of text."""

    suggest: str = ""


class Paragraph(Base, frozen=True, kw_only=True, tag_field="kind", tag="text"):
    """Several lines of text."""

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


class Choice(Base, frozen=True, kw_only=True, tag_field="kind", tag="choice"):
    """One of several; its answer is the option's id."""

    options: list[Option] = []
    source: str = ""


class Choices(Base, frozen=True, kw_only=True, tag_field="kind", tag="choices"):
    """Any number of several; its answer is a list of option ids."""

    options: list[Option] = []
    source: str = ""


class Checklist(Base, frozen=True, kw_only=True, tag_field="kind", tag="checklist"):
    """A list gone through point by point; its answer maps option id → id of one of `answers`."""

    options: list[Option] = []
    source: str = ""
    answers: list[Option]


class Date(Base, frozen=True, kw_only=True, tag_field="kind", tag="date"):
    """A day, kept as `YYYY-MM-DD`."""

    past: bool = False
    """The day has been: 'Friday' is the last one."""
    after: str = ""
    """Another day of the same answers that this one should not come before."""
    reminder: bool = False
    """A day to remember: it stands in the calendar, and in calendar files."""
    remind: Text | None = None
    """What the calendar says of it; the title of the flow where it is not set."""


class Number(Base, frozen=True, kw_only=True, tag_field="kind", tag="number"):
    """A number, kept as int or float, between `least` and `most`."""

    least: float = 0
    most: float = 1_000_000
    unit: Text | None = None


class Rows(Base, frozen=True, kw_only=True, tag_field="kind", tag="rows"):
    """A table; its answer is a list of dicts, column id → text, each with a stable `id`."""

    columns: list[Column]
    one: Text
    """What one row is called: 'réussite'."""
    offers: str = ""
    """Rows brought in from elsewhere to be completed (`notes`)."""


class Pairs(Base, frozen=True, kw_only=True, tag_field="kind", tag="pairs"):
    """Two sides of one thing, line by line; its answer is rows with `left` and `right`."""

    left: Text
    right: Text
    one: Text
    left_example: Text | None = None
    right_example: Text | None = None

    @property
    def columns(self) -> list[Column]:
        """The two sides as columns, so that pairs are edited as any rows."""
        return [
            Column(id="left", label=self.left, example=self.left_example, nudges=self.nudges),
            Column(id="right", label=self.right, example=self.right_example, nudges=self.nudges),
        ]

    @property
    def offers(self) -> str:
        """Pairs bring nothing in."""
        return ""


Field: TypeAlias = (
    Line | Paragraph | Scale | Choice | Choices | Checklist | Date | Number | Rows | Pairs
)
Table: TypeAlias = Rows | Pairs
Pickable: TypeAlias = Choice | Choices | Checklist


class Step(Strict, frozen=True, kw_only=True):
    """One screen of a session: a question or a few that belong together."""

    id: str
    title: Text
    intro: Text | None = None
    help: Text | None = None
    minutes: float = 1
    fields: list[Field] = []
    each: str = ""
    """A choices, rows or pairs field asked before: the step comes once for each of its items."""
    when: list[Condition] = []
    panel: str = ""
    """What a feature works out from the answers: a name of `coach.features.registry`."""
    stays: bool = False
    """Its panel is the session's result: it opens the entry when it is read again, or exported."""
    private: bool = False


class Flow(Strict, frozen=True, kw_only=True):
    """A guided session."""

    id: str
    version: int
    title: Text
    summary: Text
    """What it is for, in one line, for menus."""
    scope: Literal["week", "internship", "occasion"] = "occasion"
    """What one entry of it belongs to: one a week, one an internship, or one an occasion."""
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
        """How long it takes, steps that repeat counted once."""
        return sum(step.minutes for step in self.steps)
