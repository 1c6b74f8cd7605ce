"""Actions on the entry under the cursor: edit, tag, trash, undo, export, restore a version."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from textual import work

from coach.browse.edits import tag_draft, tag_entry, trash_draft
from coach.browse.entry_index import EntryIndex, IndexedEntry, Status
from coach.flows.choices import list_named
from coach.flows.request import SessionRequest
from coach.store.journal import JournalError
from coach.util.wording import Wording
from screens.base.keys import key
from screens.base.screen import CoachScreen
from screens.browse.entry_list import Look

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")

ACTS = [
    key("browse.edit", "e", "edit"),
    key("browse.trash", "d,delete", "trash"),
    key("browse.restore", "r", "restore"),
    key("browse.undo", "u", "undo"),
    key("browse.tag", "t", "tag"),
    key("browse.history", "h", "history"),
    key("browse.export", "x", "export"),
]
"""The keys of what can be done to an entry."""
OFFERED = [binding.action for binding in ACTS]


class Acting(CoachScreen[None]):
    """A screen with an entry under the cursor, and what can be done to it.

    Writing goes off the screen's thread, one thing at a time; what fails is told.
    """

    words: Wording
    index: EntryIndex
    look: Look | None

    def __init__(self) -> None:
        super().__init__()
        self.undoable: list[tuple[str, str]] = []
        """(id, name) of what was moved to the trash from here, the last one last."""
        self._offered: tuple[bool | None, ...] = ()

    @property
    def current(self) -> IndexedEntry | None:
        """The entry under the cursor."""
        raise NotImplementedError

    def reload(self, entry_id: str = "") -> object:
        """Shows the journal as it is now; `entry_id` then has the cursor."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offers only what can be done to the entry under the cursor."""
        if not self.is_mounted:
            return True
        item = self.current
        gone = item is not None and item.status is Status.TRASH
        offered = {
            "edit": item is not None and not gone,
            "trash": item is not None and not gone,
            "restore": gone,
            "undo": bool(self.undoable),
            "tag": item is not None and not gone,
            "history": item is not None and (item.status is not Status.DRAFT or item.revises),
            "export": item is not None,
        }
        return offered.get(action, True)

    def offer(self) -> None:
        """Renews the footer where what can be done changed: making it costs 30 ms."""
        offered = tuple(self.check_action(act, ()) for act in OFFERED)
        if offered != self._offered:
            self._offered = offered
            self.refresh_bindings()

    async def attempt(self, act: Callable[[], T]) -> tuple[bool, T | None]:
        """Does `act` off this thread: (whether it worked, its result); a failure is told."""
        try:
            return True, await asyncio.to_thread(act)
        except JournalError as error:
            self.coach.tell(self.coach.explain(error))
            return False, None

    def called(self, item: IndexedEntry) -> str:
        """The name of `item` in messages: 'Séance de la semaine, 20/11'."""
        look = self.look
        return f"{look.title(item)}, {look.day(item)}" if look else item.entry.flow

    # Changing

    def action_edit(self) -> None:
        """Opens the session that made the entry; the version before stays in its history."""
        item = self.current
        if item is not None:
            self.coach.navigation.open_session(
                SessionRequest(item.entry.flow, entry_id=item.entry.id)
            )

    @work(exclusive=True, group="act")
    async def action_tag(self) -> None:
        """Asks for the entry's tags."""
        from screens.common.pickers import AskTags

        item, journal = self.current, self.coach.workspace.journal
        if item is None:
            return
        known = [facet.label for facet in self.index.facets.get("tag", [])]
        tags = await self.app.push_screen_wait(AskTags(self.called(item), item.entry.tags, known))
        if tags is None or tags == item.entry.tags:
            return
        tag = tag_draft if item.status is Status.DRAFT else tag_entry
        worked, _ = await self.attempt(lambda: tag(journal, item.entry.id, tags))
        if worked:
            say = self.words
            self.coach.tell(say("tags.kept", tags=", ".join(tags)) if tags else say("tags.gone"))
            self.reload()

    @work(exclusive=True, group="act")
    async def action_history(self) -> None:
        """Shows the earlier versions."""
        from screens.browse.history import HistoryScreen

        item = self.current
        if item is not None:
            await self.app.push_screen_wait(HistoryScreen(item.entry.id))

    # The trash

    @work(exclusive=True, group="act")
    async def action_trash(self) -> None:
        """Moves the entry to the trash, and says how to undo that."""
        item, journal = self.current, self.coach.workspace.journal
        if item is None:
            return
        id_, name = item.entry.id, self.called(item)
        if item.status is Status.DRAFT:
            worked, moved = await self.attempt(lambda: trash_draft(journal, id_))
        else:
            worked, moved = await self.attempt(lambda: journal.trash(id_).id)
        if not worked:
            return
        if moved:
            self.undoable.append((moved, name))
            self.coach.tell(self.words("trashed", name=name))
        else:
            self.coach.tell(self.words("trashed.nothing"))
        self.reload()

    @work(exclusive=True, group="act")
    async def action_undo(self) -> None:
        """Takes back what was last moved to the trash from here."""
        if not self.undoable:
            self.coach.tell(self.words("undo.none"))
            return
        id_, name = self.undoable[-1]
        if await self._take_back(id_, name):
            self.undoable.remove((id_, name))
            self.reload(id_)

    @work(exclusive=True, group="act")
    async def action_restore(self) -> None:
        """Takes the entry out of the trash."""
        item = self.current
        if item is not None and await self._take_back(item.entry.id, self.called(item)):
            self.undoable = [one for one in self.undoable if one[0] != item.entry.id]
            self.reload()

    async def _take_back(self, id_: str, name: str) -> bool:
        journal = self.coach.workspace.journal
        worked, _ = await self.attempt(lambda: journal.restore(id_))
        if worked:
            # What the former message offers to undo is undone.
            self.app.clear_notifications()
            self.coach.tell(self.words("restored", name=name))
        return worked

    # Taking out

    @work(exclusive=True, group="act")
    async def action_export(self) -> None:
        """Asks where to write the entry as Markdown, and whether to replace what is there."""
        from coach.export.single_entry import file_name, place_for
        from screens.common.pickers import AskPath

        item = self.current
        if item is None:
            return
        typed = await self.app.push_screen_wait(AskPath(f"~/{file_name(item.entry)}"))
        if not typed:
            return
        path = place_for(typed, item.entry)
        say, told = self.words, str(path)
        try:
            worked = await self._take_out(item, path, force=False)
        except FileExistsError:
            if not await self.coach.ask(say("export.replace", path=told)):
                return
            worked = await self._take_out(item, path, force=True)
        if worked:
            self.coach.tell(say("export.done", path=told))

    async def _take_out(self, item: IndexedEntry, path: Path, *, force: bool) -> bool:
        from coach.export.single_entry import take_out

        content, lang = self.coach.workspace.content, self.lang
        names = list_named(item.entry, self.index.entry)
        worked, _ = await self.attempt(
            lambda: take_out(item.entry, path, content, lang, names, force=force)
        )
        return worked
