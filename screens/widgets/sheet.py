"""Lines of text wrapped to the width there is, each set in as it begins; and panels drawn so."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from textual.content import Content
from textual.geometry import Size

from coach.flows.panel import Bar, PanelLine
from screens.base.symbols import Symbols
from screens.base.theme import MUTED
from screens.widgets.say import Say

STYLES = {
    "answer": "bold $primary",
    "heading": "bold",
    "bullet": "",
    "text": "",
    "calm": "$secondary",
}
NAME = 26
"""Columns for the name of a row of a chart."""
SAID = 10
"""Columns for a value in words, before its bar."""
ABREAST = 66
"""Columns from which the sides of a row stand beside each other."""
LONGEST = 13
"""Columns of a bar at most."""


@dataclass(frozen=True)
class SheetLine:
    """A paragraph: `lead` stands before its first line, the others are set in as far."""

    text: Content
    lead: str = ""

    def wrapped(self, width: int) -> Iterator[Content]:
        """Its lines at `width` columns."""
        room = max(4, width - len(self.lead))
        lead = self.lead
        for line in self.text.wrap(room) or [Content()]:
            yield Content.assemble(lead, line)
            lead = " " * len(lead)


@dataclass(frozen=True)
class SheetRow(SheetLine):
    """A row of a chart: its sides abreast under their `titles`, or one below the other."""

    bars: tuple[Bar, ...] = ()
    sign: str = "="
    titles: bool = False
    """Whether the names of the sides stand above, where they are abreast."""

    def wrapped(self, width: int) -> Iterator[Content]:
        """Its lines at `width` columns."""
        side = (width - NAME) // max(1, len(self.bars))
        if width < ABREAST:
            yield from self.text.wrap(max(4, width))
            names = 4 + max(len(bar.label) for bar in self.bars)
            for bar in self.bars:
                label = Content.styled(f"  {bar.label}".ljust(names), MUTED)
                yield Content.assemble(label, *self._bar(bar, width - names))
            return
        if self.titles:
            heads = (f"{'':{SAID + 2}}{bar.label}"[:side].ljust(side) for bar in self.bars)
            yield Content.styled(" " * NAME + "".join(heads).rstrip(), MUTED)
        first, *others = self.text.wrap(NAME - 1)
        pieces: list[Content | tuple[str, str]] = [first, (" " * (NAME - first.cell_length), "")]
        for bar in self.bars:
            drawn = Content.assemble(*self._bar(bar, side))
            pieces += [drawn, (" " * (side - drawn.cell_length), "")]
        yield Content.assemble(*pieces).rstrip()
        yield from others

    def _bar(self, bar: Bar, room: int) -> Iterator[tuple[str, str]]:
        """The value in words and its bar; the longest of the row in the accent colour."""
        yield f"{bar.said:>{SAID}}  ", ""
        longest = max(1, min(LONGEST, room - SAID - 3))
        length = -(-bar.value * longest // bar.most) if bar.most else 0
        ahead = bar.value == max(one.value for one in self.bars)
        yield self.sign * length, "$primary" if ahead else MUTED


def panel_lines(lines: Iterable[PanelLine], symbols: Symbols) -> Iterator[SheetLine]:
    """A panel as lines to wrap: air between its parts, bullets set in, charts drawn."""
    former: PanelLine | None = None
    for line in lines:
        charted = bool(former and former.bars)
        close = charted if line.bars else line.kind == "bullet"
        if former and not close:
            yield SheetLine(Content())
        if line.bars:
            yield SheetRow(Content(line.name), "", line.bars, symbols.fill, titles=not charted)
        else:
            text = Content.styled(line.text, STYLES[line.kind])
            if line.note:
                text = Content.assemble(text, " ", (line.note, MUTED))
            yield SheetLine(text, f"  {symbols.to_come} " if line.kind == "bullet" else "")
        former = line


class Sheet(Say):
    """Lines, wrapped to its width and to `measure` columns at most."""

    def __init__(self, *, measure: int = 88, classes: str = "") -> None:
        super().__init__(classes=classes)
        self.lines: list[SheetLine] = []
        self.measure = measure
        self.wrapped: list[Content] = []
        self._wrapped_at = 0

    def put(self, lines: list[SheetLine]) -> None:
        """Shows these instead."""
        self.lines = lines
        self._wrapped_at = 0
        self.refresh(layout=True)

    def _wrap(self, width: int) -> list[Content]:
        """The lines at `width` columns; wrapped anew where that changed."""
        width = min(self.measure, width)
        if width and width != self._wrapped_at:
            self._wrapped_at = width
            self.wrapped = [part for line in self.lines for part in line.wrapped(width)]
        return self.wrapped

    # Asked while the screen is laid out: a sheet that waited for its size before it wrapped, and
    # asked for another layout then, was at times left as high as it had been.
    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as there are lines at that width."""
        return len(self._wrap(width)) if width else 0

    def render(self) -> Content:
        """The lines at the width there is."""
        return Content("\n").join(self._wrap(self.size.width))
