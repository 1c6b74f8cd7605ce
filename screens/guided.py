"""A guided session on the screen: one step at a time, what was answered in sight, nothing lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic
from typing import TYPE_CHECKING

from textual import on, work
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, TextArea

from coach.files import JournalError
from coach.session import Problem
from coach.sitting import Incomplete, Sitting
from coach.wording import Wording
from screens.base import CoachScreen
from screens.inorder import settled
from screens.keeping import Keeper
from screens.keys import key
from screens.widgets.act import Act
from screens.widgets.block import FieldBlock, SkillSuggester, select_blank
from screens.widgets.keyline import KeyLine
from screens.widgets.page import PageBox, answers_so_far
from screens.widgets.picker import Picker
from screens.widgets.rows import RowsEditor
from screens.widgets.say import Say
from screens.widgets.scale import ScalePicker

if TYPE_CHECKING:
    from coach.entries import Entry

NOTICE_AFTER = 0.5
"""Seconds of quiet before the coach remarks on what was typed."""
RETRY_EVERY = 5.0
"""Seconds between tries to keep a finished session that could not be kept."""
SIDE_FROM = 110
"""Columns from which the answers so far stand beside the step."""
NEWS_SECONDS = 3.0
"""How long the line below the step tells what happened, before it says again when all was kept."""
MAX_DOTS = 16


class GuidedScreen(CoachScreen["Entry | None"]):
    """Draws a `Sitting`; answers with the kept entry, or None when the student left before.

    Keys that move are taken before any widget sees them, and wait until the widget has dealt
    with the keys before: so what is typed in one burst lands where it was meant to.
    """

    CSS_PATH = "guided.tcss"
    AUTO_FOCUS = ""
    BINDINGS = [
        key("next", "ctrl+n", "next", priority=True),
        key("back", "escape", "back", priority=True),
        key("leave", "ctrl+s", "leave", priority=True),
        key("help", "f1", "help"),
        key("answers", "f2", "answers"),
        key("discard", "f8", "discard", show=False),
        key("enter", "enter,ctrl+j", "enter", show=False, priority=True),
        key("field.next", "tab", "field(1)", show=False, priority=True),
        key("field.back", "shift+tab", "field(-1)", show=False, priority=True),
    ]

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting
        self.session = sitting.session
        self.keeper = Keeper(self, sitting, self._kept)
        self._notice_timer: Timer | None = None
        self._retry: Timer | None = None
        self._to_end = False
        self._noticed: FieldBlock | None = None
        self._seen = -1
        self._stale = self._drawing = False
        self._news_until = 0.0

    def compose(self) -> ComposeResult:
        """Where one stands, the step, the answers so far, the keys."""
        self.words = Wording("guided", self.lang)
        names = self.coach.content.skill_names(self.lang)
        skills = SkillSuggester(self.session.known.skills, names)
        with Horizontal(id="top"):
            yield Say(id="flow")
            yield Say(id="progress")
        with Horizontal(id="body"):
            yield PageBox(self.session, self.symbols, {"skills": skills})
            yield VerticalScroll(self._beside(), id="side", can_focus=False)
        yield Say(id="status")
        yield KeyLine()

    def _beside(self) -> Widget:
        """What stands beside the step: the document that grows, or the answers so far."""
        if not self.session.flow.document:
            return Say(id="answers")
        from textual.widgets import Markdown

        return Markdown(open_links=False)

    async def on_mount(self) -> None:
        """Draws the step the student stands at."""
        self._note_watch = self.set_interval(1.0, self._watch_notes)
        if self.sitting.resumed:
            self._news(self.words("resumed"))
        await self.show_page()
        self.coach.tell_notices()
        self.coach.opened()

    def on_resize(self) -> None:
        """The answers so far stand beside the step where there is room."""
        self.set_class(self.size.width >= SIDE_FROM, "wide")
        self.set_class(bool(self.session.flow.document), "document")
        self.set_class(self.size.width < 50 or self.size.height < 16, "tiny")
        if self.session.flow.document:
            self._document()

    # Drawing

    @property
    def page_box(self) -> PageBox:
        """What holds the step."""
        return self.query_one(PageBox)

    async def show_page(self, focus: str = "") -> None:
        """Draws the page under way and brings the cursor to its first field, or to `focus`."""
        self._noticed = None
        await self.page_box.show_page(focus)
        self._top()
        self._answers()

    def _top(self) -> None:
        number, total, minutes = self.session.progress()
        title = self.session.flow.title.get(self.lang)
        week = self.session.known.week_number
        if self.session.flow.scope == "week" and week:
            title = self.words("top.week", title=title, week=week)
        self.query_one("#flow", Say).update(title)
        step = (
            self.words("step.of", step=number, total=total, minutes=minutes)
            if total
            else self.words("step", step=number, minutes=minutes)
        )
        if total and total <= MAX_DOTS:
            signs = self.symbols
            step += f"  {signs.done * (number - 1)}{signs.begun}{signs.empty * (total - number)}"
        self.query_one("#progress", Say).update(step)

    @work(group="document")
    async def _document(self) -> None:
        """Shows the document as it now stands, made off this thread, where it is in sight.

        One drawing at a time, each to its end: one that is cut short never settles.
        """
        from textual.widgets import Markdown

        from coach.documents import make

        if self._drawing:
            return
        self._drawing = True
        try:
            while (
                self._stale
                and self.is_attached
                and (self.has_class("wide") or self.has_class("answers"))
            ):
                self._stale = False
                name, entry = self.session.flow.document, self.sitting.snapshot().entry
                dossier = await asyncio.to_thread(self.coach.dossier, frozenset(), entry)
                document = await asyncio.to_thread(make, name, dossier)
                await self.query_one(Markdown).update(document.markdown)
        except JournalError:
            pass  # what cannot be read is told where it is kept
        finally:
            self._drawing = False

    def _answers(self) -> None:
        if self.session.flow.document:
            self._stale = True
            self._document()
            return
        told = answers_so_far(self.session)
        self.query_one("#answers", Say).update(told or self.words("answers.none"))

    def status(self, text: str, *, bad: bool = False) -> None:
        """Says in one line how the keeping goes."""
        line = self.query_one("#status", Say)
        line.set_class(bad, "bad")
        line.update(text)

    def _news(self, text: str) -> None:
        """Says what happened, and leaves it in sight long enough to be read."""
        self.status(text)
        self._news_until = monotonic() + NEWS_SECONDS

    def _failed(self, error: JournalError) -> None:
        self.status(f"{self.coach.explain(error)} {self.words('still.here')}", bad=True)

    def _kept(self, error: JournalError | None) -> None:
        if error is not None:
            self._failed(error)
        elif monotonic() >= self._news_until:
            time = self.coach.local_time()
            self.status(f"{self.symbols.check} {self.words('kept.at', time=time)}")

    # Answers

    async def settle(self) -> None:
        """Waits until the focused widget has dealt with the keys pressed before this one."""
        await settled(self.focused)

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Picker.Changed)
    @on(ScalePicker.Changed)
    @on(RowsEditor.Changed)
    async def _changed(
        self,
        event: Input.Changed
        | TextArea.Changed
        | Picker.Changed
        | ScalePicker.Changed
        | RowsEditor.Changed,
    ) -> None:
        block = _block_of(event.control)
        if block is None or not block.is_attached or block.page.at != self.session.page.at:
            return
        await self.page_box.changed(block)
        self.keeper.touched()
        self._notice_soon(block)
        self._top()

    @on(RowsEditor.Moved)
    def _row_moved(self, event: RowsEditor.Moved) -> None:
        self._notice_soon(_block_of(event.editor))

    def _notice_soon(self, block: FieldBlock | None) -> None:
        self._noticed = block
        if self._notice_timer is not None:
            self._notice_timer.stop()
        self._notice_timer = self.set_timer(NOTICE_AFTER, self._notice)

    def _notice(self) -> None:
        block = self._noticed
        # A field of a step that is being left may have lost its lines already.
        if block is not None and block.is_attached and block.page.at == self.session.page.at:
            block.notice()
            block.count()
        self.page_box.remark()
        if self.session.flow.document:
            self._document()

    def _watch_notes(self) -> None:
        """Notes taken elsewhere while this is open come in at once."""
        state = self.coach.journal_state()
        if self.keeper.ended or state == self._seen:
            return
        self._seen = state
        try:
            notes = self.sitting.new_notes()
        except JournalError:
            return
        if notes and (came := self.sitting.offer_notes(notes)):
            for block in self.page_box.blocks:
                if isinstance(block.widget, RowsEditor):
                    value = self.session.value(block.field)
                    block.widget.bring_in(value if isinstance(value, list) else [])
            self._news(self.words.count("notes.came", came))

    @on(Act.Done)
    def _act(self, event: Act.Done) -> None:
        block = _block_of(event.act)
        if block is not None and event.name == "copy":
            from screens.clipboard import copy

            self._news(self.words(f"copied.{copy(self.app, str(block.raw()))}"))
        elif block is not None and event.name == "redraft":
            self._redraft(block)

    @work
    async def _redraft(self, block: FieldBlock) -> None:
        """Writes the text anew from the answers; asks first when that replaces something."""
        fresh = str(self.session.start(block.field, block.page) or "")
        old = str(block.raw())
        if old != fresh and (not old.strip() or await self.coach.ask(self.words("redraft.ask"))):
            block.replace(fresh)

    # Moving

    async def action_next(self) -> None:
        """Goes on, also past a day that cannot be read; from the last step, ends the session."""
        await self.settle()
        self.page_box.collect()
        more = self.session.next()
        self.keeper.touched()
        if more:
            await self.show_page()
        else:
            self.finish()

    async def action_back(self) -> None:
        """Goes back; from the first step, leaves."""
        await self.settle()
        self.page_box.collect()
        self._stop_trying()
        if self.session.back():
            self.keeper.touched()
            await self.show_page()
        else:
            self._leave()

    async def action_enter(self) -> None:
        """In a line: the next field, from the last the next step. In a text: a new line."""
        focused = self.focused
        if not isinstance(focused, Input | TextArea | Picker | ScalePicker):
            raise SkipAction
        await self.settle()
        if isinstance(focused, TextArea):
            focused.insert("\n")
            return
        here = _block_of(focused)
        if here is None or not here.read():
            return
        if isinstance(here.widget, RowsEditor) and here.widget.next_cell():
            return
        blocks = self.page_box.blocks
        following = blocks.index(here) + 1
        if following < len(blocks) and not isinstance(here.widget, RowsEditor):
            blocks[following].focus_field()
        else:
            await self.action_next()

    async def action_field(self, by: int) -> None:
        """Moves between fields; the first blank of a drafted sentence is then ready to fill."""
        await self.settle()
        if by > 0:
            self.focus_next()
        else:
            self.focus_previous()
        if isinstance(self.focused, TextArea):
            select_blank(self.focused)

    def action_help(self) -> None:
        """Unfolds the help and example of every field here, or folds them again."""
        self.page_box.toggle_help()

    def action_answers(self) -> None:
        """Shows what was answered so far over the step, where the terminal is narrow."""
        self.toggle_class("answers")
        if self.session.flow.document:
            self._document()

    # Ending

    def last_words(self) -> JournalError | None:
        """Keeps the draft now: the program is being ended. Gives what went wrong, if so."""
        self.page_box.collect()
        return self.keeper.write_now()

    def finish(self) -> None:
        """Keeps the session; what fails is said, the text stays, and it is tried again."""
        self._to_end = True
        self._finish()

    @work
    async def _finish(self) -> None:
        missing: list[Problem] = []
        async with self._ending() as free:
            if not free:
                return
            try:
                entry = await self.keeper.finish()
            except Incomplete as error:
                missing = error.problems
            except JournalError as error:
                self._failed(error)
                if self._to_end:
                    self._stop_trying()
                    self._retry = self.set_timer(RETRY_EVERY, self.finish)
            else:
                self._close(entry)
        if missing:
            await self._ask_for(missing[0])

    def _stop_trying(self) -> None:
        """Whoever goes back or leaves has more to say: the session is not ended behind them."""
        self._to_end = False
        if self._retry is not None:
            self._retry.stop()
            self._retry = None

    @asynccontextmanager
    async def _ending(self) -> AsyncIterator[bool]:
        """Holds the page while the session is being ended: what would be typed meanwhile would
        come too late to be kept. False when it is being ended already.
        """
        # Kept by name: when the program is left meanwhile, the page is gone from the screen.
        page, focused = self.page_box, self.focused
        if self.keeper.ended or page.disabled:
            yield False
            return
        page.disabled = True
        try:
            yield True
        finally:
            page.disabled = False
            if self.focused is None and focused is not None and focused.is_attached:
                self.set_focus(focused)

    async def _ask_for(self, problem: Problem) -> None:
        """Brings the cursor to what is missing, and says so."""
        self.session.go(problem.at)
        await self.show_page(problem.field)
        block = self.page_box.block(problem.field)
        if block is not None:
            if not problem.unread or block.read():
                block.wrong(self.words("required"))
            block.focus_field(problem.column)

    async def action_leave(self) -> None:
        """Leaves; the draft stays."""
        await self.settle()
        self.page_box.collect()
        self._stop_trying()
        self._leave()

    @work
    async def _leave(self) -> None:
        async with self._ending() as free:
            if not free:
                return
            try:
                stays = await self.keeper.leave()
            except JournalError as error:
                self._failed(error)
                if not await self.coach.ask(self.words("leave.ask", why=self.coach.explain(error))):
                    return
                self.sitting.file.close()
                stays = False
            if stays:
                self.coach.tell(self.words("draft.stays"))
            self._close(None)

    @work
    async def action_discard(self) -> None:
        """Moves what was typed to the trash, after asking."""
        async with self._ending() as free:
            if not free or not await self.coach.ask(self.words("discard.ask")):
                return
            try:
                await self.keeper.discard()
            except JournalError as error:
                self._failed(error)
                return
            self.coach.tell(self.words("discarded"))
            self._close(None)

    def _close(self, entry: Entry | None) -> None:
        self.keeper.end()
        self._note_watch.stop()
        self.dismiss(entry)


def _block_of(widget: object) -> FieldBlock | None:
    """The field that `widget` is part of."""
    nodes = getattr(widget, "ancestors_with_self", [])
    return next((node for node in nodes if isinstance(node, FieldBlock)), None)
