"""Copies that a synchronising tool left are offered on home, merged by key or mouse, told."""

import shutil
from pathlib import Path

from making import entry_of
from piloting import Desk, back_home, says, told, until

from coach.store.journal import Journal
from coach.store.sync_copies import copies
from screens.browse.history import HistoryScreen
from screens.common.dialogs import Ask, Choose
from screens.widgets.menu import MenuLine


def apart(desk: Desk) -> None:
    """The same note, changed here and on another machine, whose file lies beside ours."""
    journal = desk.journal
    note = journal.save(entry_of("note", id="shared", answers={"text": "départ"}))
    other = desk.folder.with_name("other")
    shutil.copytree(desk.folder, other)
    for one, text in ((journal, "ici [b]"), (Journal(other), "là-bas [/]")):
        note.answers = {"text": text}
        one.save(note)
    name = "journal (conflicted copy 2026-11-22 [b] 101500).json"
    shutil.copy(other / "journal.json", desk.folder / name)


async def test_a_copy_is_offered_merged_and_both_versions_are_shown(desk: Desk) -> None:
    apart(desk)
    async with desk.home() as pilot:
        line = next(one for one in pilot.app.screen.query(MenuLine) if one.what == "copies")
        assert told(pilot.app, "home.copies.why") and line.is_on_screen
        await pilot.click(line)
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask), "the question")
        assert says(pilot.app, "journal (conflicted copy 2026-11-22 [b] 101500).json")
        await pilot.press("escape")
        await back_home(pilot)
        assert len(copies(desk.folder)) == 1

        pilot.app.screen.set_focus(line)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask), "the question")
        await pilot.press("right", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choose), "what came of it")
        assert says(pilot.app, "1 entrée avait changé des deux côtés")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, HistoryScreen), "the versions")
        await until(pilot, lambda: says(pilot.app, "là-bas [/]") and says(pilot.app, "ici [b]"))
        await pilot.press("escape")
        await back_home(pilot)
        await until(pilot, lambda: not told(pilot.app, "home.copies.why"), "the offer is gone")
    assert copies(desk.folder) == []
    assert [one.answers["text"] for one in desk.entries()] == ["là-bas [/]"]


async def test_a_copy_that_cannot_be_merged_is_told(desk: Desk) -> None:
    desk.journal.save(entry_of("note", answers={"text": "ici"}))
    (desk.folder / "journal (1).json").write_text('{"schema":99,"entries":{}}')
    async with desk.home(lang="en", size=(80, 24), notifications=True) as pilot:
        line = next(one for one in pilot.app.screen.query(MenuLine) if one.what == "copies")
        pilot.app.screen.set_focus(line)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask), "the question")
        await pilot.press("right", "enter")
        await back_home(pilot)
        await until(pilot, lambda: says(pilot.app, "Nothing was merged"), "why")
        assert says(pilot.app, "It comes from a")
    assert len(copies(desk.folder)) == 1


async def test_an_older_journal_put_back_under_the_open_app_is_joined_and_told(
    desk: Desk, tmp_path: Path
) -> None:
    desk.journal.save(entry_of("note", answers={"text": "lundi"}))
    for source in desk.folder.glob("journal*.json*"):
        shutil.copy(source, tmp_path)
    desk.journal.save(entry_of("note", answers={"text": "mardi"}))
    async with desk.home(size=(80, 24), notifications=True) as pilot:
        assert says(pilot.app, "mardi")
        for copy in tmp_path.glob("journal*"):
            shutil.copy(copy, desk.folder)
        await until(pilot, lambda: says(pilot.app, "rien n'est perdu (entrées : 1)"), "told")
        assert says(pilot.app, "mardi")
    assert {one.answers["text"] for one in desk.entries()} == {"lundi", "mardi"}
