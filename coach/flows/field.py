"""What every field of a session has, and what it is made of: conditions, options, columns."""

from typing import Any, ClassVar, Literal, TypeAlias

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


Shape: TypeAlias = Literal["value", "ids", "marks", "rows"]
"""What an answer is: one text or number; a list of option ids; a dict option id → id of a mark; a
list of dicts, column id → text."""


class Base(Strict, frozen=True, kw_only=True):
    """What every field has.

    Whoever handles fields of any kind asks these attributes, not which kind it is. A kind is told
    apart in six places: its struct here, `coach.flows.answer_parsing`, `coach.flows.remarks`,
    `coach.browse.entry_reader`, `coach.plain.fields`, `screens.guided.answer_widget`.
    """

    shape: ClassVar[Shape] = "value"
    picked: ClassVar[bool] = False
    """Its answer is one or several of `options`, or of what `source` offers."""
    long: ClassVar[bool] = False
    """Its answer has several lines."""
    kept_unread: ClassVar[bool] = False
    """What was typed and cannot be read is kept as it was typed, until it is corrected."""

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
    """Prefills from a draft that the coach writes (`coach.features.setbacks.story`); rows and
    choices from what was kept (`coach.features.review.rows`)."""
    nudges: list[str] = []
    private: bool = False
    """Never leaves for a document or an export meant for others."""

    # What some kinds have, and the others lack.

    @property
    def listed(self) -> bool:
        """Whether its answer is a list, so that a step can be repeated over it."""
        return self.shape in ("ids", "rows")

    @property
    def options(self) -> list[Option]:
        """What can be picked."""
        return []

    @property
    def source(self) -> str:
        """Where else what can be picked comes from, '' where it is `options`."""
        return ""

    @property
    def answers(self) -> list[Option]:
        """The marks that a point of a checklist can be given."""
        return []

    @property
    def columns(self) -> list[Column]:
        """The cells of a row."""
        return []

    @property
    def offers(self) -> str:
        """The rows brought in from elsewhere to be completed, '' for none."""
        return ""

    @property
    def spoken(self) -> bool:
        """Whether its length in words and in seconds spoken shows."""
        return False

    @property
    def copy(self) -> bool:
        """Whether it can be copied to the clipboard in one go."""
        return False

    @property
    def after(self) -> str:
        """Another day of the same answers that this one should not come before."""
        return ""

    @property
    def reminder(self) -> bool:
        """Whether it is a day that stands in the calendar."""
        return False

    @property
    def remind(self) -> Text | None:
        """What the calendar says of it."""
        return None

    def calms(self, value: Any) -> bool:
        """Whether picking `value` brings the calm line that points to a person to talk to."""
        return False
