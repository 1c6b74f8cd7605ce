"""What browsing looks like: the list, reading, searching, filters, versions, the trash."""

from collections.abc import Callable
from typing import Any

import pytest
from album import VARIANTS, Album, demo
from making import entry_of
from piloting import Desk, paste, until
from syrupy.assertion import SnapshotAssertion

from coach.browse.edits import amend_entry
from screens.browse.browse import BrowseScreen
from screens.browse.history import HistoryScreen

WORDS = {"fr": "mme roy", "en": "waste"}
"""What is looked for in the demo."""

pytestmark = pytest.mark.usefixtures("evening")


async def browse(album: Album) -> BrowseScreen:
    """Opens browsing, which has read the journal."""
    album.app.navigation.open_browse()
    await until(album.pilot, lambda: getattr(album.app.screen, "loaded", False), "browsing")
    screen = album.app.screen
    assert isinstance(screen, BrowseScreen)
    return screen


async def opens(album: Album, key: str, there: Callable[[Any], bool]) -> None:
    """Presses `key` and waits for what it opens."""
    await album.pilot.press(key)
    await until(album.pilot, lambda: there(album.app.screen), f"what {key} opens")


@pytest.mark.parametrize("variant", VARIANTS, ids=["80x24", "wide", "english", "light"])
async def test_browsing(fresh: Desk, picture: SnapshotAssertion, variant: str) -> None:
    async with demo(fresh, picture, suffix=variant, **VARIANTS[variant]) as album:
        screen = await browse(album)
        await album.take("browse")
        await opens(album, "slash", lambda _: True)
        every = len(screen.entries.found)
        await paste(album.pilot, WORDS.get(album.app.lang, ""))
        await until(album.pilot, lambda: 0 < len(screen.entries.found) < every, "what is found")
        await album.take("browse_search")
        if not variant:
            await album.pilot.press("enter")
            await until(album.pilot, lambda: album.app.focused is screen.entries, "the list")
            await album.pilot.press("enter")
            await until(album.pilot, lambda: screen.has_class("reading"), "reading")
            await album.take("browse_reading")


async def test_what_browsing_opens(fresh: Desk, picture: SnapshotAssertion) -> None:
    async with demo(fresh, picture) as album:
        journal = album.app.workspace.journal
        note = journal.save(entry_of("note", id="one", answers={"text": "Trié les bacs"}))
        amend_entry(journal, note.id, answers={"text": "Trié les bacs : 3 h, puis 1 h"})
        screen = await browse(album)
        await until(album.pilot, lambda: screen.entries.found[0].entry.id == "one", "the note")
        for key, name in (("f", "browse_filters"), ("t", "browse_tags"), ("x", "browse_export")):
            await opens(album, key, lambda there: there is not screen)
            await album.take(name)
            await opens(album, "escape", lambda there: there is screen)
        await opens(album, "h", lambda there: isinstance(there, HistoryScreen))
        await album.take("history")
        await opens(album, "escape", lambda there: there is screen)
        await album.pilot.press("d")
        await until(album.pilot, lambda: bool(screen.undoable), "the trash")
        await album.take("browse_trashed")
