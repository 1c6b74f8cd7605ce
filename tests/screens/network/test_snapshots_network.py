"""What the address book, the map and the sessions of the hidden market look like."""

import pytest
from album import VARIANTS, demo
from piloting import Desk, shown, until
from syrupy.assertion import SnapshotAssertion

pytestmark = pytest.mark.usefixtures("evening")


@pytest.mark.parametrize("variant", VARIANTS, ids=["80x24", "wide", "english", "light"])
async def test_the_book_and_the_map(fresh: Desk, picture: SnapshotAssertion, variant: str) -> None:
    async with demo(fresh, picture, suffix=variant, **VARIANTS[variant]) as album:
        pilot = album.pilot
        await pilot.press("l", "n")
        await until(pilot, lambda: "★" in shown(pilot.app), "the book")
        await album.take("book")
        await pilot.press("m")
        await until(pilot, lambda: "②" in shown(pilot.app), "the map")
        await album.take("map")
        if not variant:
            await pilot.press("b")
            await until(pilot, lambda: "Lutherie" in shown(pilot.app), "by field")
            await album.take("map_by_field")


async def test_the_sessions(fresh: Desk, picture: SnapshotAssertion) -> None:
    async with demo(fresh, picture) as album:
        kept = album.app.workspace.journal.entries(flow="contact")
        number = [entry.answers["name"] for entry in kept].index("M. Perrin")
        await album.session("contact", number)
        await album.steps("contact", "who", "where", "reason", "letter", "next")
        await album.home()
        await album.session("pitch")
        await album.steps("pitch", "seen", "handed_over")


async def test_the_map_on_a_small_plain_terminal(fresh: Desk, picture: SnapshotAssertion) -> None:
    async with demo(fresh, picture, size=(60, 20), suffix="_60x20") as album:
        album.app.change_settings(ascii=True)
        await album.pilot.press("l", "u")
        await until(album.pilot, lambda: "(2)" in shown(album.app), "the map")
        await album.take("map")
