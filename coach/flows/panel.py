"""What a panel is made of: lines that read on their own, some of which can also be drawn."""

from typing import Literal, NamedTuple


class Bar(NamedTuple):
    """One side of a comparison: whose it is, its value in words, and how far it goes of `most`."""

    label: str
    said: str
    value: int
    most: int


class PanelLine(NamedTuple):
    """One line of a panel.

    `answer` is what the panel is there to say, `heading` opens a part, `calm` says where to find
    help; a rehearsal also has an `item` of a list without a bullet, what is `quiet`, and a `nudge`
    (a question of the coach). `note` is where a line comes from, shown more quietly after it. A
    line with `bars` can be drawn as one row of a chart named `name`; its text says the same.
    """

    kind: Literal["answer", "heading", "text", "bullet", "calm", "item", "quiet", "nudge"]
    text: str
    note: str = ""
    name: str = ""
    bars: tuple[Bar, ...] = ()

    @property
    def plain(self) -> str:
        """The line in words alone, without a bullet."""
        return f"{self.text} {self.note}" if self.note else self.text
