"""One step of a session on the screen: title, panel, fields, the calm line."""

import asyncio

from textual.containers import VerticalScroll
from textual.content import Content
from textual.suggester import Suggester

from coach.flows.schema import Field
from coach.flows.session import Page, Session
from screens.base.symbols import Symbols
from screens.base.theme import MUTED
from screens.guided.field import FieldBlock
from screens.widgets.picker import Picker
from screens.widgets.say import Say
from screens.widgets.sheet import Sheet, panel_lines

ENOUGH = 2
"""Lines of a field that must be in sight when its step opens."""


class PageBox(VerticalScroll, can_focus=False):
    """Draws the page that `session` stands at, and reads it back."""

    DEFAULT_CSS = """
    PageBox {
        padding: 1 1 0 1;
        scrollbar-size-vertical: 1;
        & > .title { text-style: bold; color: $primary; padding: 0 1; }
        & > .title.bare { margin: 0 0 1 0; }
        & > .intro { padding: 0 1; margin: 0 0 1 0; }
        & > .folded { color: $text-muted; padding: 0 1; margin: 0 0 1 0; }
        & > .panel { padding: 0 1; margin: 0 0 1 0; }
        & > .calm { dock: bottom; color: $secondary; background: $background; padding: 0 1; }
    }
    """

    def __init__(
        self, session: Session, symbols: Symbols, suggesters: dict[str, Suggester]
    ) -> None:
        super().__init__(id="page")
        self.session = session
        self.symbols = symbols
        self.suggesters = suggesters
        self._one_change = asyncio.Lock()
        """Held while fields come and go: a key and the end of a session may draw at once."""

    @property
    def blocks(self) -> list[FieldBlock]:
        """The fields on the screen, in order."""
        return list(self.query(FieldBlock))

    def block(self, field_id: str) -> FieldBlock | None:
        """The block of one field, where it shows."""
        return next((block for block in self.blocks if block.field.id == field_id), None)

    def _block(self, field: Field, *, alone: bool) -> FieldBlock:
        return FieldBlock(
            self.session, field, self.symbols, alone=alone, suggesters=self.suggesters
        )

    async def show_page(self, focus: str = "") -> None:
        """Draws the page and brings the cursor to its first field, or to `focus`."""
        async with self._one_change, self.batch():
            await self.remove_children()
            await self._draw()
        self.scroll_home(animate=False)
        self.remark()
        for block in self.blocks:
            if self.session.answered(block.field):
                block.notice()
        target = self.block(focus) or next(iter(self.blocks), None)
        if target is not None:
            target.focus_field(scroll=False)
            # Once it has its place: on a small screen it may lie below the title.
            self.call_after_refresh(self._show_cursor)
        else:
            self.screen.set_focus(None)

    def _show_cursor(self) -> None:
        """Scrolls only as far as it takes to see where the cursor is: the question comes first."""
        focused = self.screen.focused
        if focused is None or self not in focused.ancestors:
            return
        place = focused.line if isinstance(focused, Picker) else focused
        above = place.region.y < self.region.y
        if above or min(place.region.bottom, place.region.y + ENOUGH) > self.region.bottom:
            place.scroll_visible(animate=False)

    async def _draw(self) -> None:
        session, step = self.session, self.session.page.step
        fields = session.fields()
        title = Say(session.say(step.title), classes="title")
        title.set_class(step.intro is None, "bare")
        lines: list[Say] = [title]
        if step.intro:
            lines.append(Say(session.say(step.intro), classes="intro"))
        if step.help:
            folded = Say(session.say(step.help), classes="folded")
            folded.display = False
            lines.append(folded)
        if step.panel:
            lines.append(Sheet(classes="panel"))
        blocks = [self._block(field, alone=len(fields) == 1) for field in fields]
        await self.mount_all([*lines, *blocks, Say(classes="calm")])
        self.can_focus = not blocks
        if not blocks:
            # Nothing to answer: the arrow keys scroll what is longer than the screen.
            self.call_after_refresh(self.focus)

    async def refit(self) -> None:
        """Shows and hides fields as their conditions now say, leaving the others alone."""
        async with self._one_change:
            await self._refit()

    async def _refit(self) -> None:
        wanted = self.session.fields()
        ids = {field.id for field in wanted}
        for gone in [block for block in self.blocks if block.field.id not in ids]:
            await gone.remove()
        for index, field in enumerate(wanted):
            if self.block(field.id) is None:
                block = self._block(field, alone=False)
                if index:
                    await self.mount(block, after=self.blocks[index - 1])
                else:
                    await self.mount(block, before=next(iter(self.blocks), self.query_one(".calm")))

    def collect(self) -> bool:
        """Reads every field on the screen; False when something typed cannot be an answer."""
        read = [block.take_answer() for block in self.blocks]
        return all(read)

    async def changed(self, block: FieldBlock) -> None:
        """Takes in what was done in `block`, and what follows from it for the other fields."""
        fields = [field.id for field in self.session.fields()]
        block.take_answer()
        for other in self.blocks:
            if other is not block:
                other.start_again()
        if [field.id for field in self.session.fields()] != fields:
            await self.refit()

    def remark(self) -> None:
        """Shows what the coach works out from the answers so far, and the calm line."""
        page = self.session.page
        for sheet in self.query(Sheet):
            lines = self.session.panel(page)
            sheet.display = bool(lines)
            sheet.put(list(panel_lines(lines, self.symbols)))
        for line in self.query(".calm").results(Say):
            line.say(self._calm(page))

    def _calm(self, page: Page) -> str:
        if not self.session.calm(page):
            return ""
        from coach.language.care import calm_line

        return f"{self.symbols.calm} {calm_line(self.session.lang)}"

    def toggle_help(self) -> None:
        """Unfolds the help and example of every field, or folds them again."""
        for block in self.blocks:
            block.toggle_help()
        for folded in self.query(".folded"):
            folded.display = not folded.display


def answers_so_far(session: Session) -> Content:
    """The answers of the pages before this one, in order; empty at the start."""
    from coach.browse.entry_reader import read_field

    pieces: list[Content] = []
    for page in session.pages()[: session.index]:
        for field in session.fields(page):
            part = read_field(session, field, page)
            if part is None:
                continue
            rows = (" · ".join(cell for _, cell in row) for row in part.rows)
            pieces.append(Content.styled(part.label, MUTED))
            pieces.append(Content((part.text or "\n".join(rows)) + "\n"))
    return Content("\n").join(pieces)
