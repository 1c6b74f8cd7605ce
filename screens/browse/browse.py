"""Browsing: everything the student wrote, to search, narrow down, read and change."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Input, OptionList

from coach.browse.entry_index import Filter, Status
from coach.browse.index_builder import build_index
from coach.store.journal import JournalError
from coach.util.wording import Wording
from screens.base.keys import key
from screens.browse.actions import ACTS
from screens.browse.entry_list import EntryList
from screens.browse.filters import FilterBar
from screens.browse.reader import Reader, sheet
from screens.browse.search import Finding
from screens.widgets.keyline import KeyLine
from screens.widgets.say import Say
from screens.widgets.sheet import SheetLine

WIDE = 100
"""Columns from which the reading view stands beside the list; below, it opens over it."""
WATCH_EVERY = 1.0
"""Seconds between looks at the journal for what another program wrote."""
READ_AFTER = 0.06
"""Seconds the cursor rests on an entry before it is shown: a held arrow key does not wait."""
READ_AFTER_TYPING = 0.2
"""The same while words are typed: the next key is not to wait either."""
LISTING = frozenset({"browse.search", "browse.filter", "browse.edit", "browse.trash"})
READING = frozenset(f"browse.{act}" for act in ("edit", "trash", "tag", "history", "export"))
ALWAYS = frozenset({"browse.undo", "browse.restore", "help", "browse.back"})
"""What the footer names while listing, while reading and always; the other keys work too."""


class BrowseScreen(Finding):
    """Lists what was written beside a view to read it; `entry_id` opens on one entry."""

    CSS_PATH = "browse.tcss"
    AUTO_FOCUS = ""
    BINDINGS = [
        key("browse.search", "slash", "search"),
        key("browse.filter", "f", "filter"),
        key("browse.clear", "c", "clear", show=False),
        *ACTS,
        key("browse.next", "n", "step(1)", show=False),
        key("browse.previous", "p", "step(-1)", show=False),
        key("browse.list", "down", "list", show=False),
        key("help", "f1", "help"),
        key("browse.back", "escape", "back"),
        key("browse.close", "q", "close", show=False),
    ]

    def __init__(self, entry_id: str = "") -> None:
        super().__init__()
        self._opening = entry_id
        self._read_timer: Timer | None = None
        self._shown: tuple[str, list[str]] = ("", [])

    # What is on the screen

    def compose(self) -> ComposeResult:
        """The words looked for, the filters, the list, the view to read in."""
        self.words = Wording("browse", self.lang)
        with Horizontal(id="top"):
            yield Say(self.words("title"), id="title")
            yield Input(placeholder=self.words("search"), compact=True, id="search")
            yield Say(self.words("loading"), id="count")
        yield FilterBar(self.lang, self.symbols)
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield EntryList(id="list")
                yield Say(id="nothing")
            yield Reader(id="reader")
        yield KeyLine()

    def on_mount(self) -> None:
        """The list has the cursor; the journal is read right after, off this thread."""
        self.query_one("#nothing").display = False
        self.entries.focus()
        self.set_interval(WATCH_EVERY, self._watch)

    def on_resize(self, event: events.Resize) -> None:
        """Side by side where there is room; what the eye can spare goes where there is little."""
        self.set_class(event.size.width >= WIDE, "wide")
        self.set_class(event.size.width < 40, "tiny")
        self.set_class(event.size.height < 12, "low")
        self._footer()
        self.read_later()
        self.call_after_refresh(self.draw_filters)

    def _footer(self) -> None:
        """Names the keys that matter here, as many as the width has room for."""
        wide, reading = self.has_class("wide"), self.has_class("reading")
        named = ALWAYS | (LISTING | READING if wide else READING if reading else LISTING)
        found = self._bindings.key_to_bindings
        for pressed, bindings in found.items():
            found[pressed] = [replace(one, show=one.id in named) for one in bindings]
        self.refresh_bindings()

    # The journal

    def on_screen_resume(self) -> None:
        """Shows the journal as it is now: also after a session or a dialog."""
        self.reload()

    @work(exclusive=True, group="stock")
    async def reload(self, entry_id: str = "") -> None:
        """Reads the journal off this thread; `entry_id` then has the cursor."""
        coach = self.coach
        former = self.index if self.loaded else None
        try:
            index = await asyncio.to_thread(
                build_index, coach.workspace.journal, coach.workspace.content, self.lang, former
            )
        except JournalError as error:
            self.query_one("#count", Say).update("")
            self.say_nothing(coach.explain(error))
            return
        if not self.is_attached:
            return
        first, self.loaded = not self.loaded, True
        self.index = index
        opening = index.named(entry_id or (self._opening if first else ""))
        if opening and not self.wanted.in_scope(opening):
            self.wanted = Filter(status=opening.status if opening.status is Status.TRASH else "")
        self.find(show=opening.key if opening else "")
        if first and opening:
            self.open_reader()

    @work(exclusive=True, group="watch")
    async def _watch(self) -> None:
        """Shows within a second what another program (or window) wrote."""
        if not self.loaded or not self.is_current:
            return
        journal = self.coach.workspace.journal
        try:
            changed = await asyncio.to_thread(journal.changed)
        except JournalError:
            return
        if changed or journal.generation != self.index.generation:
            self.reload()

    # Reading

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self.read_later()
        self.offer()

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        self.open_reader()

    def read_later(self) -> None:
        """Shows the entry under the cursor once the cursor rests, where it is in sight."""
        if self._read_timer is not None:
            self._read_timer.stop()
        if self.has_class("wide") or self.has_class("reading"):
            typing = isinstance(self.focused, Input)
            self._read_timer = self.set_timer(
                READ_AFTER_TYPING if typing else READ_AFTER, self.show_entry
            )

    @work(exclusive=True, group="read")
    async def show_entry(self) -> None:
        """Shows the entry under the cursor; it is put together off this thread."""
        reader, item, look = self.query_one(Reader), self.current, self.look
        if item is None or look is None:
            reader.show([])
            self._shown = ("", [])
            return
        journal = self.coach.workspace.journal

        def lines() -> list[SheetLine]:
            kept = journal.get(item.entry.id) if item.status is not Status.DRAFT else None
            return sheet(item, look, len(kept.history) if kept else 0)

        try:
            found = await asyncio.to_thread(lines)
        except JournalError as error:
            self.coach.tell(self.coach.explain(error))
            return
        if self.is_attached:
            shown = (item.key, look.words)
            reader.show(found, top=self._shown != shown)
            self._shown = shown

    def open_reader(self) -> None:
        """Reads the entry under the cursor, over the list where they are not side by side."""
        if self.current is not None:
            self._read_over(True)
            self.query_one(Reader).focus()
            self.show_entry()

    def _read_over(self, over: bool) -> None:
        self.set_class(over, "reading")
        self._footer()

    def action_step(self, by: int) -> None:
        """Goes to the entry after or before this one, from the reading view too."""
        if by > 0:
            self.entries.action_cursor_down()
        else:
            self.entries.action_cursor_up()

    # Ways

    def action_search(self) -> None:
        """Brings the cursor to the words looked for."""
        self._read_over(False)
        # Now, not soon: a letter typed right after is for the search.
        self.set_focus(self.query_one("#search", Input))

    def action_list(self) -> None:
        """From the words looked for, or from the filters, down to the list."""
        self.entries.focus()

    def action_back(self) -> None:
        """From reading or searching back to the list (to a full one, where it is empty); from
        the list, leaves.
        """
        if not self.entries.display and self.wanted != Filter():
            self.action_clear()
        elif not self.entries.display or self.focused is self.entries:
            self.dismiss(None)
        else:
            self._read_over(False)
            self.entries.focus()

    def action_close(self) -> None:
        """Leaves."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Says what one can do here."""
        self.coach.navigation.help("browse", self)
