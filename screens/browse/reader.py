"""The readable view of one entry: everything answered, in sections, wrapped, the matches marked."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content

from coach.browse.entry_index import IndexedEntry, Status, sections
from coach.browse.entry_reader import Part
from coach.browse.excerpts import spans
from coach.flows.panel import PanelLine
from coach.util.dates import say_day
from screens.base.theme import MUTED
from screens.browse.entry_list import FOUND, Look, marked
from screens.widgets.sheet import Sheet, SheetLine, panel_lines

LONG = 300
"""Lines of one answer up to which all of them are drawn."""
SHORT = 28
"""Characters up to which an answer stands on the line of its question."""


class Reader(VerticalScroll, can_focus=True):
    """Shows one entry; scrolls with the arrows, page up and down, the wheel."""

    DEFAULT_CSS = """
    Reader { padding: 0 2; scrollbar-size-vertical: 1; }
    """
    BINDINGS = [
        Binding("j", "scroll_down", show=False),
        Binding("k", "scroll_up", show=False),
        Binding("space", "page_down", show=False),
    ]

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.sheet = Sheet()

    def compose(self) -> ComposeResult:
        """The sheet to read."""
        yield self.sheet

    def show(self, lines: list[SheetLine], *, top: bool = True) -> None:
        """Shows these lines, from the first match; where it was, if they are the same again."""
        self.sheet.put(lines)
        if top:
            self.call_after_refresh(self._begin)

    @property
    def first_match(self) -> int:
        """The line of the first match, 0 where there is none."""
        places = (
            n
            for n, line in enumerate(self.sheet.wrapped)
            if any(span.style == FOUND for span in line.spans)
        )
        return next(places, 0)

    def _begin(self) -> None:
        match = self.first_match
        # What fits on the first page begins at the top.
        below = match >= self.size.height - 2
        self.scroll_to(y=match - self.size.height // 3 if below else 0, animate=False)


def sheet(item: IndexedEntry, look: Look, versions: int = 0) -> list[SheetLine]:
    """`item` as lines to read; `versions` is how many earlier ones there are."""
    return [*_head(item, look, versions), SheetLine(Content()), *body(item, look)]


def body(item: IndexedEntry, look: Look) -> Iterator[SheetLine]:
    """The answers of `item`, section by section."""
    found = sections(item.entry, look.index, look.library, look.lang, look.today)
    for number, section in enumerate(found):
        if number:
            yield SheetLine(Content())
        if section.title:
            places = spans(section.title, look.words)
            yield SheetLine(marked(section.title, places, "bold $primary"))
        for part in section.parts:
            yield from _part(part, look)


def _head(item: IndexedEntry, look: Look, versions: int) -> Iterator[SheetLine]:
    say, entry = look.say, item.entry
    yield SheetLine(Content.styled(look.title(item), "bold"))
    day = say_day(item.day, look.lang) if item.day else entry.date
    if week := look.index.week(entry):
        number, total = week
        place = say("week.of", n=number, total=total) if total else say("week", n=number)
        day = f"{day} · {place}"
    yield SheetLine(Content.styled(day, MUTED))
    if feeling := look.feeling(item, named=True):
        yield SheetLine(feeling)
    if entry.tags:
        tags = "  ".join(f"#{tag}" for tag in entry.tags)
        yield SheetLine(marked(tags, spans(tags, look.words), "$secondary"))
    if item.status is not Status.DONE:
        name = "change" if item.revises else item.status.value
        yield SheetLine(Content.styled(say(f"is.{name}.more"), "bold"))
    if versions:
        yield SheetLine(Content.styled(say.count("versions", versions), MUTED))


def _part(part: Part, look: Look) -> Iterator[SheetLine]:
    if part.lines:
        head = [PanelLine("heading", part.label)] if part.label else []
        if head:
            yield SheetLine(Content())
        yield from panel_lines([*head, *part.lines], look.symbols)
        return
    label = Content.styled(part.label, MUTED)
    if part.private:
        label = Content.assemble(label, (f"  ({look.say('private')})", "$secondary"))
    if part.text and len(part.text) <= SHORT and "\n" not in part.text:
        yield SheetLine(
            Content.assemble(label, "  ", marked(part.text, spans(part.text, look.words)))
        )
        return
    yield SheetLine(label)
    for row in part.rows:
        yield from _row(row, look)
    yield from _paragraphs(part.text, look)


def _paragraphs(text: str, look: Look) -> Iterator[SheetLine]:
    """The lines of an answer; of thousands (a school's framework) the first, and those found."""
    lines = text.split("\n") if text else []
    left = 0
    for number, paragraph in enumerate(lines):
        found = spans(paragraph, look.words) if number < LONG or look.words else []
        if number < LONG or (found and number - left < 2 * LONG):
            yield SheetLine(marked(paragraph, found), lead="  ")
        else:
            left += 1
    if left:
        yield SheetLine(Content.styled(look.say.count("lines.more", left), MUTED), lead="  ")


def _row(row: list[tuple[str, str]], look: Look) -> Iterator[SheetLine]:
    """The first cell, then the others behind their names, in the lines below it."""
    cells = []
    for label, text in row:
        # In a line a label begins small; the rest of it stays: 'what I felt'.
        name = f"{label[:1].lower()}{label[1:]}  " if label else ""
        cells.append(Content.assemble((name, MUTED), marked(text, spans(text, look.words))))
    named = bool(row[0][0])
    first = marked(row[0][1], spans(row[0][1], look.words)) if named else cells[0]
    lead = f"  {look.symbols.to_come} "
    if not named:
        yield SheetLine(Content.styled(" : ", MUTED).join(cells), lead)
        return
    yield SheetLine(first, lead)
    if cells[1:]:
        yield SheetLine(Content.styled(" · ", MUTED).join(cells[1:]), " " * len(lead))
