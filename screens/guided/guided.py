"""A guided session on the screen: one step at a time, what was answered in sight, nothing lost."""

from __future__ import annotations

from textual import on, work
from textual.actions import SkipAction
from textual.timer import Timer
from textual.widgets import Input, TextArea

from coach.disk.errors import JournalError
from coach.flows.draft_session import DraftSession
from screens.base.keys import key
from screens.guided.ending import GuidedEnding
from screens.guided.field import FieldBlock
from screens.guided.paper import select_blank
from screens.guided.rows import RowsEditor
from screens.guided.scale import ScalePicker
from screens.widgets.act import Act
from screens.widgets.picker import Picker

NOTICE_AFTER = 0.5
"""Seconds of quiet before the coach remarks on what was typed."""


class GuidedScreen(GuidedEnding):
    """Draws a `DraftSession`; answers with the kept entry, or None when the student left before.

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
        key("growing", "f2", "growing"),
        key("redraft", "ctrl+r", "redraft"),
        key("copy", "ctrl+g", "copy"),
        key("discard", "f8", "discard", show=False),
        key("enter", "enter,ctrl+j", "enter", show=False, priority=True),
        key("field.next", "tab", "field(1)", show=False, priority=True),
        key("field.back", "shift+tab", "field(-1)", show=False, priority=True),
    ]

    def __init__(self, draft_session: DraftSession) -> None:
        super().__init__(draft_session)
        self._notice_timer: Timer | None = None
        self._seen = -1

    async def on_mount(self) -> None:
        """Draws the step the student stands at."""
        self._note_watch = self.set_interval(1.0, self._watch_notes)
        if self.draft_session.resumed:
            self._news(self.words("resumed"))
        await self.show_page()
        self.coach.tell_notices()
        self.coach.navigation.opened()

    # Answers

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

    @on(RowsEditor.Removed)
    def _row_removed(self, event: RowsEditor.Removed) -> None:
        self._news(self.words("rows.back") if event.back else self.words("rows.removed"))

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
            self._stale = True
            self._document()

    def _watch_notes(self) -> None:
        """Notes taken elsewhere while this is open come in at once."""
        state = self.coach.workspace.journal_state()
        if self.keeper.ended or state == self._seen:
            return
        self._seen = state
        try:
            notes = self.draft_session.new_notes()
        except JournalError:
            return
        if notes and (came := self.draft_session.offer_notes(notes)):
            for block in self.page_box.blocks:
                if isinstance(block.widget, RowsEditor):
                    value = self.session.value(block.field)
                    block.widget.bring_in(value if isinstance(value, list) else [])
            self._news(self.words.count("notes.came", came))

    @on(Act.Done)
    def _act(self, event: Act.Done) -> None:
        block = _block_of(event.act)
        if block is not None and event.name == "copy":
            self._copy(block)
        elif block is not None and event.name == "redraft":
            self._redraft(block)

    def action_copy(self) -> None:
        """Copies the text that has the cursor."""
        if block := _block_of(self.focused):
            self._copy(block)

    def _copy(self, block: FieldBlock) -> None:
        from screens.base.clipboard import copy

        self._news(self.words(f"copied.{copy(self.app, str(block.raw()))}"))

    async def action_redraft(self) -> None:
        """Writes the text that has the cursor anew from the answers."""
        await self.settle()
        if block := _block_of(self.focused):
            self._redraft(block)

    @work
    async def _redraft(self, block: FieldBlock) -> None:
        """Writes the text anew from the answers; asks first when that replaces something."""
        self.page_box.collect()
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
        """Uncovers the step; else goes back, and from the first step leaves."""
        if self.covered:
            self.action_answers()
            return
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
        if here is None or not here.take_answer():
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

    async def action_help(self) -> None:
        """Unfolds the help and example of every field here, or folds them again."""
        await self.settle()
        self.page_box.toggle_help()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One key shows what stands beside the step: the document where there is one. What is done
        to a drafted text is offered while it has the cursor.
        """
        if action in ("copy", "redraft"):
            block = _block_of(self.focused)
            return block is not None and block.offers(action)
        if action in ("answers", "growing"):
            return (action == "growing") == bool(self.session.flow.document)
        return True

    async def before_text(self, event: object) -> None:
        """Closes what lies over the step, so that the typed text goes to the step."""
        if self.covered:
            self.action_answers()

    def action_answers(self) -> None:
        """Shows what was answered so far over the step, where the terminal is narrow."""
        self.toggle_class("answers")
        self.over_step()

    def action_growing(self) -> None:
        """Shows the document as it now stands over the step, where the terminal is narrow."""
        self.action_answers()
        self._document()


def _block_of(widget: object) -> FieldBlock | None:
    """The field that `widget` is part of."""
    nodes = getattr(widget, "ancestors_with_self", [])
    return next((node for node in nodes if isinstance(node, FieldBlock)), None)
