"""Draws a guided session: the step, the progress, the answers so far, the state of saving."""

from __future__ import annotations

import asyncio

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget

from coach.disk.errors import JournalError
from coach.flows.draft_session import DraftSession
from coach.proofs.skill_list import skill_names
from coach.util.wording import Wording
from screens.guided.field import FieldBlock
from screens.guided.kept_screen import KeptScreen
from screens.guided.page import PageBox, answers_so_far
from screens.widgets.keyline import KeyLine
from screens.widgets.say import Say
from screens.widgets.suggester import SkillSuggester

SIDE_FROM = 110
"""Columns from which the answers so far stand beside the step."""
MAX_DOTS = 16


class GuidedDrawing(KeptScreen):
    """Draws the step of a `DraftSession` that is under way, and what stands around it."""

    def __init__(self, draft_session: DraftSession) -> None:
        super().__init__(draft_session)
        self.session = draft_session.session
        self._noticed: FieldBlock | None = None
        self._beneath: Widget | None = None
        self._stale = self._drawing = False

    def compose(self) -> ComposeResult:
        """Lays out the progress, the step, the answers so far and the keys."""
        self.words = Wording("guided", self.lang)
        names = skill_names(self.lang)
        skills = SkillSuggester(self.session.known.skills, names, self._framework)
        with Horizontal(id="top"):
            yield Say(id="flow")
            yield Say(id="progress")
        with Horizontal(id="body"):
            yield PageBox(self.session, self.symbols, {"skills": skills})
            yield VerticalScroll(self._beside(), id="side", can_focus=False)
        yield Say(id="status")
        yield KeyLine()

    def _framework(self) -> list[str]:
        """The names of the newest framework that is kept; may be called from a thread."""
        from coach.features.skills.frameworks import offered

        return offered(self.session.known.entries)

    def _beside(self) -> Widget:
        """The text beside the step: the document as it grows, or the answers so far."""
        if not self.session.flow.document:
            return Say(id="answers")
        from textual.widgets import Markdown

        return Markdown(open_links=False)

    def on_resize(self) -> None:
        """The answers so far stand beside the step where there is room."""
        self.set_class(self.size.width >= SIDE_FROM, "wide")
        self.set_class(bool(self.session.flow.document), "document")
        self.set_class(self.size.width < 50 or self.size.height < 16, "tiny")
        if self.session.flow.document:
            self._document()

    @property
    def page_box(self) -> PageBox:
        """The container of the step."""
        return self.query_one(PageBox)

    async def show_page(self, focus: str = "") -> None:
        """Draws the page under way and brings the cursor to its first field, or to `focus`."""
        self._noticed = None
        if self.covered:
            self.remove_class("answers")
            self._beneath = None
            self.over_step()
        await self.page_box.show_page(focus)
        self._top()
        self._answers()

    @property
    def covered(self) -> bool:
        """Whether the step lies beneath what was answered or the document."""
        return self.has_class("answers") and not self.has_class("wide")

    def over_step(self) -> None:
        """Gives the cursor to what covers the step, to scroll it by keys, or back to the step."""
        side = self.query_one("#side")
        side.can_focus = self.covered
        if self.covered:
            self._beneath = self.focused
            side.focus()
        elif self._beneath is not None and self._beneath.is_attached:
            beneath, self._beneath = self._beneath, None
            self.screen.set_focus(beneath)

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
        from coach.features.registry import make_document

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
                name, entry = self.session.flow.document, self.draft_session.snapshot().entry
                dossier = await asyncio.to_thread(self.coach.workspace.dossier, frozenset(), entry)
                document = await asyncio.to_thread(make_document, name, dossier)
                await self._redraw(document.markdown)
        except JournalError:
            pass  # what cannot be read is told where it is kept
        finally:
            self._drawing = False

    async def _redraw(self, markdown: str) -> None:
        """Draws the document, and brings into sight what has changed in it."""
        from textual.widgets import Markdown
        from textual.widgets.markdown import MarkdownBlock

        paper = self.query_one(Markdown)
        former, lines = paper.source.splitlines(), markdown.splitlines()
        await paper.update(markdown)
        same = next(
            (n for n, (a, b) in enumerate(zip(former, lines, strict=False)) if a != b),
            min(len(former), len(lines)),
        )
        if not former or former == lines:
            return
        # The innermost one: a list is one block, and each of its items too.
        blocks = [one for one in paper.query(MarkdownBlock) if one.source_range[0] <= same]
        if blocks:
            changed = max(blocks, key=lambda one: one.source_range[0])
            self.call_after_refresh(changed.scroll_visible, animate=False)

    def _answers(self) -> None:
        if self.session.flow.document:
            self._stale = True
            self._document()
            return
        told = answers_so_far(self.session)
        self.query_one("#answers", Say).update(told or self.words("answers.none"))

    def _failed(self, error: JournalError) -> None:
        self.status(f"{self.coach.explain(error)} {self.words('still.here')}", bad=True)
