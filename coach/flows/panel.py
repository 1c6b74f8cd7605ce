"""The lines of a panel: each is readable text, and some can also be drawn as a chart."""

from typing import Literal, NamedTuple


class Bar(NamedTuple):
    """One bar of a chart: its label, its value in words, and its length out of `most`."""

    label: str
    said: str
    value: int
    most: int


class PanelLine(NamedTuple):
    """One line of a panel.

    `answer` is the main result, `heading` opens a part, `calm` says where to find help; a
    rehearsal also has an `item` of a list without a bullet, what is `quiet`, and a `nudge` (a
    question of the coach). `note` is the source of a line, shown dimmed after it. A line with
    `bars` can be drawn as one row of a chart named `name`; its text says the same in words.
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
