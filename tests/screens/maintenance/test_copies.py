"""Copies, former states, the passphrase and the check of files, from the palette of home."""

import os
from pathlib import Path
from typing import Any

import pytest
from making import entry_of
from piloting import Desk, burst, says, until
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from coach.disk import encryption as sealing
from coach.util.clock import now
from coach.util.wording import Wording
from screens.common.dialogs import Ask
from screens.common.passphrase import AskPassphrase
from screens.maintenance.copies import CopiesScreen, RestoreDialog


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "MEMORY", 64)
    monkeypatch.setattr(sealing, "PASSES", 1)


def words(key: str) -> str:
    return Wording("copies", "fr")(key)


async def listed(pilot: Pilot[int], key: str) -> OptionList:
    """The list, once it shows the line `key`."""
    app: Any = pilot.app
    await until(pilot, lambda: isinstance(app.screen, CopiesScreen), "the list")
    await until(pilot, lambda: says(app, words(key)), key)
    options: OptionList = app.screen.query_one(OptionList)
    return options


async def choose(pilot: Pilot[int], id: str, key: str) -> None:
    options = await listed(pilot, key)
    await until(pilot, lambda: any(o.id == id for o in options.options), id)
    options.highlighted = options.get_option_index(id)
    await pilot.press("enter")


async def answer(pilot: Pilot[int], kind: type[Any], act: str) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, kind), kind.__name__)
    await until(pilot, lambda: pilot.app.screen.query(f"#{act}"))
    await pilot.click(f"#{act}")


async def test_a_copy_is_made_and_a_former_state_brought_back(desk: Desk, tmp_path: Path) -> None:
    journal = desk.journal
    journal.save(entry_of("note", answers={"text": "première"}))
    moment = now().timestamp() - 86_400
    os.utime(desk.folder / "journal.json", (moment, moment))
    journal.save(entry_of("note", answers={"text": "deuxième"}))
    async with desk.home() as pilot:
        app: Any = pilot.app
        app.navigation.open_place("safe")
        await choose(pilot, "copy", "way.copy")
        await until(pilot, lambda: isinstance(app.focused, Input), "where to")
        assert says(app, "tes réponses privées aussi"), "what the file holds"
        app.focused.value = str(tmp_path / "copy.coach")
        await pilot.press("enter")
        await until(pilot, lambda: (tmp_path / "copy.coach").exists(), "the copy")
        await choose(pilot, "0", "way.copy")  # the end of yesterday
        await until(pilot, lambda: isinstance(app.screen, RestoreDialog), "what would change")
        assert says(app, "deuxième") and says(app, "S'en va (1)")
        await pilot.press("escape")
        assert len(desk.entries()) == 2
        await choose(pilot, "0", "way.copy")
        await answer(pilot, RestoreDialog, "go")
        await until(pilot, lambda: says(app, "Avant une reprise"), "the state before")
        assert [one.answers["text"] for one in desk.entries()] == ["première"]
        await pilot.press("escape")
        await until(pilot, lambda: says(app, "première") and not says(app, "deuxième"), "home")


async def test_files_are_checked_and_mended(desk: Desk) -> None:
    desk.journal.save(entry_of("note", answers={"text": "x"}))
    (desk.folder / "journal.json").chmod(0o644)
    async with desk.home(size=(60, 20)) as pilot:
        pilot.app.navigation.open_place("safe")  # type: ignore[attr-defined]
        await choose(pilot, "check", "way.check")
        await answer(pilot, RestoreDialog, "go")
        await until(pilot, lambda: not pilot.app.screen.query("#go"), "nothing to mend any more")
    assert (desk.folder / "journal.json").stat().st_mode & 0o077 == 0


async def test_a_passphrase_is_set_changed_and_taken_off(desk: Desk) -> None:
    desk.journal.save(entry_of("note", answers={"text": "zanzibar"}))
    async with desk.home() as pilot:
        app: Any = pilot.app
        app.navigation.open_place("safe")
        await choose(pilot, "lock", "way.lock")
        await until(pilot, lambda: isinstance(app.focused, Input), "the question")
        await burst(pilot, *"un", "enter", *"deux", "enter")
        await until(pilot, lambda: says(app, words("passphrase.differ")), "they differ")
        await burst(pilot, *"un", "enter", *"un", "enter")
        await choose(pilot, "change", "way.change")
        assert sealing.is_sealed((desk.folder / "journal.json").read_bytes())
        await until(pilot, lambda: isinstance(app.screen, AskPassphrase), "the question")
        await pilot.press("escape")
        await choose(pilot, "unlock", "way.unlock")
        await answer(pilot, Ask, "yes")
        await listed(pilot, "way.lock")
    assert [one.answers["text"] for one in desk.entries()] == ["zanzibar"]


async def test_it_is_found_in_the_palette(desk: Desk) -> None:
    async with desk.home() as pilot:
        await pilot.press("ctrl+p")
        title = Wording("app", "fr")("safe.title")
        await burst(pilot, *title[:6])
        await until(pilot, lambda: says(pilot.app, title), "the command")
        await pilot.press("enter")
        await listed(pilot, "way.copy")
