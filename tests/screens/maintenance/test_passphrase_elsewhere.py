"""What was locked on another machine and came here: the app asks for the passphrase used there."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from making import entry_of
from piloting import Desk, burst, opened, says, told, until
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from coach.disk import encryption as sealing
from coach.maintenance.backup import back_up
from coach.maintenance.passphrase import lock
from coach.store.journal import Journal
from screens.common.dialogs import Ask, Choose
from screens.common.passphrase import AskPassphrase
from screens.maintenance.copies import CopiesScreen, RestoreDialog

HERE, THERE = "quatre mots d'ici", "quatre mots de là-bas"


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "MEMORY", 64)
    monkeypatch.setattr(sealing, "PASSES", 1)


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """The folder of another machine, with its own passphrase."""
    journal = Journal(tmp_path / "other")
    journal.save(entry_of("note", answers={"text": "tombouctou"}))
    lock(journal, THERE)
    return journal.folder


@pytest.fixture
def mixed(desk: Desk, other: Path) -> Journal:
    """A locked folder, open, over whose journal the other one's was synchronised."""
    journal = desk.journal
    journal.save(entry_of("note", answers={"text": "zanzibar"}))
    lock(journal, HERE)
    shutil.copy(other / "journal.json", desk.folder / "journal.json")
    opened_ = Journal(desk.folder)
    opened_.keyring.open(HERE)
    return opened_


async def asked(pilot: Pilot[int]) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, AskPassphrase), "the question")
    await until(pilot, lambda: isinstance(pilot.app.focused, Input))


async def test_home_asks_for_it_once_then_the_one_of_here_will_do(
    desk: Desk, mixed: Journal
) -> None:
    app: Any = desk.app(journal=mixed)
    async with app.run_test(size=(60, 20)) as pilot:
        await asked(pilot)
        assert says(app, "journal.json") and not app.home._begun
        await burst(pilot, *HERE, "enter")
        await until(pilot, lambda: told(app, "copies.passphrase.wrong"), "the wrong one is told")
        await burst(pilot, *THERE, "enter")
        await until(pilot, lambda: app.home._begun and says(app, "2 entrées"), "home")
    again = Journal(desk.folder)
    again.keyring.open(HERE)
    # What stood there before is joined to it.
    assert {one.answers["text"] for one in again.entries()} == {"tombouctou", "zanzibar"}


async def test_without_it_home_says_what_to_do_and_asks_again_later(
    desk: Desk, mixed: Journal
) -> None:
    before = (desk.folder / "journal.json").read_bytes()
    app: Any = desk.app(journal=mixed)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: says(app, "coach list"), "what to do")
        await pilot.press("w")
        await asked(pilot)
        await burst(pilot, *THERE, "enter")
        await opened(pilot)
    assert before != (desk.folder / "journal.json").read_bytes()  # sealed with the one of here


async def test_a_session_opened_straight_away_asks_too(desk: Desk, mixed: Journal) -> None:
    async with desk.app("weekly", journal=mixed).run_test(size=(80, 24)) as pilot:
        await asked(pilot)
        await burst(pilot, *THERE, "enter")
        await opened(pilot)


async def test_a_copy_that_was_locked_elsewhere_is_merged(desk: Desk, other: Path) -> None:
    desk.journal.save(entry_of("note", answers={"text": "zanzibar"}))
    shutil.copy(other / "journal.json", desk.folder / "journal (1).json")
    async with desk.home() as pilot:
        app: Any = pilot.app
        app.navigation.merge_copies(["journal (1).json"])
        await until(pilot, lambda: isinstance(app.screen, Ask), "the offer")
        await pilot.press("right", "enter")
        await asked(pilot)
        assert says(app, "journal (1).json")
        await burst(pilot, *THERE, "enter")
        await until(pilot, lambda: isinstance(app.screen, Choose), "what was merged")
        await pilot.press("escape")
    assert {one.answers["text"] for one in desk.entries()} == {"zanzibar", "tombouctou"}


async def test_a_backup_that_was_locked_elsewhere_is_brought_back(desk: Desk, other: Path) -> None:
    desk.journal.save(entry_of("note", answers={"text": "zanzibar"}))
    there = Journal(other)
    there.keyring.open(THERE)
    (desk.folder / "backups").mkdir()
    back_up(there, desk.folder / "backups" / "lea.coach")
    async with desk.home() as pilot:
        app: Any = pilot.app
        app.navigation.open_place("safe")
        await until(pilot, lambda: isinstance(app.screen, CopiesScreen), "the list")
        options = app.screen.query_one(OptionList)
        await until(pilot, lambda: any(one.id == "0" for one in options.options), "the backup")
        options.highlighted = options.get_option_index("0")
        await pilot.press("enter")
        await asked(pilot)
        assert says(app, "lea.coach")
        await burst(pilot, *THERE, "enter")
        await until(pilot, lambda: isinstance(app.screen, RestoreDialog), "what would change")
        assert says(app, "tombouctou") and says(app, "zanzibar")
