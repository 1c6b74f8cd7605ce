"""Work outside a job and a project nobody asked for, from the lab; pictures of what they end in."""

import pytest
from album import VARIANTS, demo
from piloting import Desk, back_home, opened, paste, shown, until
from syrupy.assertion import SnapshotAssertion

from screens.lab.lab import LabScreen


async def test_the_project_sheet_grows_beside_its_session(desk: Desk) -> None:
    async with desk.home(size=(120, 36)) as pilot:
        await pilot.press("l")
        await until(pilot, lambda: isinstance(pilot.app.screen, LabScreen), "the lab")
        await pilot.press("f")
        await opened(pilot, "problem")
        await until(pilot, lambda: "Ce qui revient sans cesse" in shown(pilot.app), "the page")
        await pilot.press("tab")
        await paste(pilot, "Trois [plateaux] attendent")
        await until(
            pilot, lambda: shown(pilot.app).count("[plateaux] attendent") == 2, "on the page too"
        )
        await pilot.press("ctrl+s")
        await back_home(pilot)


@pytest.mark.usefixtures("evening")
@pytest.mark.parametrize("variant", ["", "_wide", "_en", "_light"])
async def test_pictures(desk: Desk, picture: SnapshotAssertion, variant: str) -> None:
    async with demo(desk, picture, suffix=variant, **VARIANTS[variant]) as album:
        await album.session("car")
        await album.steps("car", *(["which", "did", "lines"] if not variant else ["lines"]))
        await album.home()
        await album.session("phantom")
        await album.steps("phantom", *(["first", "sheet"] if not variant else ["sheet"]))
