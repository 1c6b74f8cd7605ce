"""The check of rights and agreement on the screen: prefilled, read to its end, kept."""

import pytest
from album import Album
from making import entry_of, internship_of
from piloting import Desk, flat, guided, opened, shown, until
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from screens.browse.reader import Reader
from screens.guided.page import PageBox


async def to_next(pilot: Pilot[int], name: str) -> None:
    await pilot.press("ctrl+n")
    await opened(pilot, name)


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_what_is_longer_than_the_screen_is_read_with_the_keys(
    desk: Desk, size: tuple[int, int]
) -> None:
    desk.journal.save(internship_of("2026-09-07", "2027-01-29", hours=35))
    async with desk.session("rights", size=size) as pilot:
        assert "2026-09-07" in shown(pilot.app)
        for name in ("presence", "agreed", "allowance"):
            await to_next(pilot, name)
        box = guided(pilot).query_one(PageBox)
        await until(pilot, lambda: pilot.app.focused is box, "the page has the keys")
        assert "735 h de présence" in shown(pilot.app)
        assert "service-public.fr" not in shown(pilot.app)
        await pilot.press("end")
        await until(pilot, lambda: "service-public.fr" in shown(pilot.app), "its last line")
        await to_next(pilot, "places")
        await until(pilot, lambda: pilot.app.focused not in (None, box), "a field has the cursor")
        assert not box.can_focus


async def test_a_check_without_a_word_is_kept_with_what_was_known(desk: Desk) -> None:
    desk.journal.save(internship_of("2026-09-07", "2026-12-18", hours=35))
    async with desk.session("rights") as pilot:
        for step in guided(pilot).session.flow.steps[1:]:
            if not step.each:
                await to_next(pilot, step.id)
        assert "Ce que je ne peux pas savoir" in shown(pilot.app)
        await pilot.press("ctrl+n")
        await until(pilot, lambda: desk.entries("rights"), "kept")
    (entry,) = desk.entries("rights")
    assert entry.answers == {"start": "2026-09-07", "end": "2026-12-18", "weekly_hours": 35}


ANSWERS = {
    "start": "2026-11-02",
    "end": "2027-02-26",
    "weekly_hours": 35,
    "pay_kind": "none",
    "staff": 21,
    "interns": 5,
    "tutor_interns": 2,
    "missions": [
        {"id": "1", "mission": "Tenir la caisse le samedi"},
        {"id": "2", "mission": "Observer la prise de commande"},
    ],
    "negotiate": ["tutor_time"],
}


@pytest.mark.usefixtures("evening")
async def test_how_it_looks(fresh: Desk, picture: SnapshotAssertion) -> None:
    fresh.journal.save(entry_of("rights", answers=ANSWERS))
    async with fresh.home() as pilot:
        album = Album(pilot, picture, "")
        await album.session("rights")
        names = ("allowance", "reading", "brief", "discuss", "asking:tutor_time")
        await album.steps("rights", *names)
        await album.home()
        # Read again: what came out of it first.
        await pilot.press("b")
        await until(pilot, lambda: pilot.app.screen.query(Reader), "browsing")
        await until(pilot, lambda: "Tenir la caisse" in shown(pilot.app), "the list")
        await pilot.press("enter")
        await until(pilot, lambda: "points à soulever" in shown(pilot.app), "the reading pane")
        await album.take("browse_rights")


async def test_the_document_grows_beside_and_over_the_step(desk: Desk) -> None:
    desk.journal.save(internship_of("2026-09-07", "2026-12-18", hours=35))
    async with desk.session("rights", size=(120, 30)) as pilot:
        await until(pilot, lambda: "point par point" in shown(pilot.app), "the document")
        for name in ("presence", "agreed"):
            await to_next(pilot, name)
        await pilot.press("3", "ctrl+n")
        await opened(pilot, "allowance")
        await until(pilot, lambda: "la convention n'en prévoit" in flat(pilot.app), "it grew")
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: "point par point" not in shown(pilot.app), "no room for it")
        await pilot.press("f2")
        await until(pilot, lambda: "point par point" in shown(pilot.app), "asked for")
