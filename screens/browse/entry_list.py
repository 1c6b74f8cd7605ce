"""The list of entries: two lines each, drawn only where they show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.content import Content
from textual.content import Span as ContentSpan
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from coach.browse.entry_index import EntryIndex, IndexedEntry, Status
from coach.browse.excerpts import Choices, Span, choices_of, excerpt, spans, texts_of
from coach.browse.headline import headline
from coach.flows.content import flow_title
from coach.util.dates import short_day
from coach.util.text import one_line
from coach.util.wording import Wording
from screens.base.symbols import Symbols
from screens.base.theme import MUTED

if TYPE_CHECKING:
    from coach.flows.content import Content as Library

DRAWN = 200
"""How many entries the list holds at most; the count beside it is exact."""
FOUND = "bold underline $primary"
"""The style of a match: not by colour alone."""
ROOMY = 60
"""Columns from which energy and mood are named beside their bars."""


def marked(text: str, found: list[Span], style: str = "") -> Content:
    """`text`, never read as markup, with the matches `found` set off."""
    # All at once: an answer may hold thousands of matches.
    return Content.styled(text, style).add_spans([ContentSpan(a, b, FOUND) for a, b in found])


@dataclass
class Look:
    """The settings a row is drawn with."""

    index: EntryIndex
    library: Library
    symbols: Symbols
    lang: str
    today: date
    words: list[str]
    choices: dict[str, Choices] = field(default_factory=dict)
    """Flow → its choices by name, filled as rows are drawn."""
    years: bool = False
    """Whether some rows are of another year, so that days take more room."""

    def __post_init__(self) -> None:
        self.say = Wording("browse", self.lang)

    def title(self, item: IndexedEntry) -> str:
        """The title of the kind of entry: 'Séance de la semaine'."""
        return flow_title(item.entry, self.library, self.lang)

    def day(self, item: IndexedEntry) -> str:
        """Its day in few signs, with the year where it is another one."""
        day = item.day
        if day is None:
            return item.entry.date
        short = short_day(day, self.lang)
        if day.year == self.today.year:
            return short
        return f"{short}/{day:%y}" if self.lang == "fr" else f"{short} {day:%y}"

    def sign(self, item: IndexedEntry) -> tuple[str, str]:
        """Its sign and style: kept, under way, in the trash."""
        return {
            Status.DONE: (self.symbols.done, "$primary"),
            Status.DRAFT: (self.symbols.begun, "bold $primary"),
            Status.TRASH: (self.symbols.cross, MUTED),
        }[item.status]

    def feeling(self, item: IndexedEntry, *, named: bool) -> Content:
        """Energy and mood as bars; empty where neither was told."""
        parts: list[Content] = []
        for name, level in (("energy", item.energy), ("mood", item.mood)):
            if level:
                label = f"{self.say(name)} " if named else ""
                bar = self.symbols.bars[level - 1]
                parts.append(Content.assemble((label, MUTED), (bar, "$secondary")))
        return Content("  " if named else " ").join(parts)

    def first(self, item: IndexedEntry, width: int) -> Content:
        """The upper line: sign, day, what it is, how it felt."""
        week = self.index.week(item.entry)
        parts = [f" · {self.say('week', n=week[0])}"] if week else []
        if item.revises:
            parts.append(f" · {self.say('is.change')}")
        elif item.status is Status.DRAFT:
            parts.append(f" · {self.say('is.draft').lower()}")
        mark, style = self.sign(item)
        room = (5 if self.lang == "fr" else 6) + 3 * self.years
        day = self.day(item).rjust(room)
        right = self.feeling(item, named=width >= ROOMY)
        space = width - right.cell_length - (2 if right else 0)
        while True:
            left = Content.assemble(
                (f"{mark} ", style),
                (f"{day}  ", MUTED),
                (self.title(item), "bold"),
                ("".join(parts), MUTED),
            )
            # What does not fit goes as a whole: half a number would be another number.
            if left.cell_length <= space or not parts:
                break
            parts.pop()
        if space < 8:
            return left.truncate(width, ellipsis=True)
        left = left.truncate(space, ellipsis=True, pad=True)
        return Content.assemble(left, "  ", right) if right else left

    def second(self, item: IndexedEntry, width: int) -> Content:
        """The lower line: where the words stand, else the first words."""
        flow = item.entry.flow
        if flow not in self.choices:
            self.choices[flow] = choices_of(flow, self.library, self.lang)
        line = ""
        found: list[Span] = []
        if self.words:
            said = [*texts_of(item.entry, self.choices[flow]), *item.entry.tags]
            line, found = excerpt(said, self.words, width)
        if not line:
            line = headline(item.entry, self.library, width)
            found = spans(line, self.words)
        if not line:
            return Content.styled(self.say("wordless"), f"italic {MUTED}")
        content = marked(line, found, "" if found else "$foreground 80%")
        tags = "".join(f"  #{one_line(tag, 16)}" for tag in item.entry.tags[:3])
        room = width - len(tags)
        if tags and not found and room > width // 2:
            content = Content.assemble(content.truncate(room, ellipsis=True), (tags, MUTED))
        return content.truncate(width, ellipsis=True)


class EntryLine(Visual):
    """One entry. It is put together when it is first drawn: most rows never are."""

    def __init__(self, item: IndexedEntry, look: Look) -> None:
        self.item = item
        self.look = look

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """As wide as there is room."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Two lines."""
        return 2

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Both lines, cut to the width."""
        below = self.look.second(self.item, max(1, width - 2))
        strips: list[Strip] = []
        for line in (self.look.first(self.item, width), Content.assemble("  ", below)):
            # A tab or a wide sign could still break the line: one strip each, come what may.
            strips += line.expand_tabs(1).render_strips(width, 1, style, options)[:1]
        return strips


class EntryList(OptionList):
    """The entries found, the first `DRAWN` of them drawn."""

    DEFAULT_CSS = """
    EntryList {
        height: 1fr; border: none; padding: 0; background: $background;
        scrollbar-size-vertical: 1;
    }
    EntryList:focus { border: none; background-tint: $foreground 0%; }
    EntryList > .option-list--option { padding: 0 1; }
    """
    BINDINGS = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
    ]

    def __init__(self, id: str | None = None) -> None:
        super().__init__(markup=False, id=id)
        self.found: list[IndexedEntry] = []
        """What the list holds, as drawn."""

    def fill(self, found: list[str], look: Look, *, at: str = "", place: int = 0) -> None:
        """Shows the items with keys `found`, the cursor on key `at`, else on the one at `place`.

        The one with key `at` is drawn even where it stands beyond the first `DRAWN`.
        """
        keys = found[:DRAWN]
        if at and at not in keys and at in found[DRAWN:]:
            keys.append(at)
        drawn = [look.index.items[key] for key in keys]
        self.found = drawn
        look.years = any(item.entry.date[:4] != f"{look.today.year}" for item in drawn)
        options = [Option(EntryLine(item, look), id=item.key) for item in drawn]
        if len(found) > len(drawn):
            text = look.say.count("more", len(found) - len(drawn))
            options.append(Option(Content.styled(text, MUTED), id=" more", disabled=True))
        self.set_options(options)
        place = next((i for i, item in enumerate(drawn) if item.key == at), place)
        self.highlighted = min(place, len(drawn) - 1) if drawn else None

    def scroll_to_highlight(self, top: bool = False) -> None:
        """Keeps the cursor in sight, and with the last entry the line that tells of more."""
        super().scroll_to_highlight(top)
        if self.highlighted is not None and self.highlighted == len(self.found) - 1:
            self.scroll_end(animate=False, immediate=True)

    @property
    def current(self) -> IndexedEntry | None:
        """The entry under the cursor."""
        at = self.highlighted
        return self.found[at] if at is not None and at < len(self.found) else None
