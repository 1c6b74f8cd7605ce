"""What the lab, the documents, the objectives and the calendar look like."""

import pytest
from album import demo
from piloting import Desk, shown, until
from syrupy.assertion import SnapshotAssertion
from textual.widgets import OptionList

from screens.documents.documents import DocumentScreen

pytestmark = pytest.mark.usefixtures("evening")


async def test_the_lab_and_its_places(fresh: Desk, picture: SnapshotAssertion) -> None:
    async with demo(fresh, picture) as album:
        pilot = album.pilot
        await pilot.press("l")
        await until(pilot, lambda: "labo" in shown(pilot.app), "the lab")
        await album.take("lab")
        await pilot.press("o")
        await until(pilot, lambda: "Étapes" in shown(pilot.app), "the objectives")
        await album.take("objectives")
        await album.home()
        album.app.navigation.open_place("calendar")
        await until(pilot, lambda: "Mi-parcours" in shown(pilot.app), "the calendar")
        await album.take("calendar")
        await album.home()
        await pilot.press("d")
        await until(pilot, lambda: bool(pilot.app.screen.query(OptionList)), "the documents")
        await album.take("documents")
        pilot.app.push_screen(DocumentScreen("skills"))
        await until(pilot, lambda: "Techniques" in shown(pilot.app), "the document")
        await album.take("document")
        await pilot.press("escape")
        pilot.app.push_screen(DocumentScreen("report"))
        await until(pilot, lambda: "Remerciements" in shown(pilot.app), "the outline of the report")
        await album.take("report")
