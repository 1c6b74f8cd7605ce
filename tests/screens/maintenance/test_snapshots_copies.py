"""What the passphrase and the list of copies look like."""

import os
from datetime import datetime

import pytest
from album import Album
from making import entry_of
from piloting import Desk, until
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Input, OptionList

from coach.disk import encryption as sealing
from coach.maintenance.backup import back_up
from coach.maintenance.passphrase import lock
from screens.common.passphrase import AskPassphrase
from screens.maintenance.copies import RestoreDialog

pytestmark = pytest.mark.usefixtures("evening")


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "MEMORY", 64)
    monkeypatch.setattr(sealing, "PASSES", 1)


@pytest.mark.parametrize(("lang", "theme"), [("fr", "coach-dark"), ("en", "coach-light")])
async def test_pictures(desk: Desk, picture: SnapshotAssertion, lang: str, theme: str) -> None:
    desk.settings(f'lang = "{lang}"\ntheme = "{theme}"\n')
    journal = desk.journal
    journal.save(entry_of("note", answers={"text": "Accueil de 12 familles"}))
    path = back_up(journal, None)
    moment = datetime(2026, 11, 19, 17, 42).timestamp()
    os.utime(path, (moment, moment))
    journal.save(entry_of("note", answers={"text": "Tri : 3 h -> 1 h"}))
    lock(journal, "secret")
    app = desk.app(lang=lang)
    async with app.run_test(size=(80, 24)) as pilot:
        album = Album(pilot, picture, "" if lang == "fr" else f"_{lang}")
        await until(pilot, lambda: isinstance(app.screen, AskPassphrase), "the question")
        await album.take("passphrase")
        await pilot.press(*"secret", "enter")
        await until(pilot, lambda: app.home._begun, "home")
        app.navigation.open_place("safe")
        await until(pilot, lambda: bool(app.screen.query(OptionList)), "the list")
        options = app.screen.query_one(OptionList)
        await until(pilot, lambda: options.option_count == 5, "its lines")
        await album.take("safe")
        options.highlighted = 4
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RestoreDialog), "what would change")
        await album.take("restore")
        await pilot.press("escape")
        options.highlighted = 1
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.focused, Input), "the question")
        await album.take("change")
