"""Internship or work-study on the screen: weighed with keys, drawn, kept, read again."""

import pytest
from album import Album
from making import entry_of
from piloting import Desk, opened, shown, until
from syrupy.assertion import SnapshotAssertion

from screens.browse.reader import Reader


async def test_it_is_weighed_drawn_and_kept(desk: Desk) -> None:
    async with desk.session("matrix") as pilot:
        await pilot.press("tab", "1", "3", "ctrl+n")
        await opened(pilot, "yours")
        await pilot.press("ctrl+n")
        await opened(pilot, "weighing")
        assert "43 à 100 % du SMIC" in shown(pilot.app)
        await pilot.press("5", "tab", "1", "tab", "5", "ctrl+n")
        await until(pilot, lambda: "Souplesse des études" in shown(pilot.app), "the second one")
        await pilot.press("ctrl+n")
        await opened(pilot, "result")
        # 5 × 1 + 3 × 4 against 5 × 5 + 3 × 2.
        assert "l'alternance l'emporte : 31 points contre 17" in shown(pilot.app)
        assert "5 × 5 = 25  ━━━━━━━━━━━━" in shown(pilot.app)
        await pilot.resize_terminal(60, 20)
        await until(
            pilot, lambda: "    Alternance  5 × 5 = 25" in shown(pilot.app), "sides stacked"
        )
        await pilot.press("ctrl+n")
        await opened(pilot, "listen")
        await pilot.press("ctrl+n")
        await until(pilot, lambda: desk.entries("matrix"), "kept")
    (entry,) = desk.entries("matrix")
    assert entry.answers["weighing"]["pay"] == {"weight": 5, "internship": 1, "work_study": 5}
    assert entry.answers["weighing"]["flexibility"]["weight"] == 3


ANSWERS = {
    "about": "Un CFA ou un stage",
    "criteria": ["pay", "experience", "flexibility", "training"],
    "own": [{"id": "n", "criterion": "Rester à vingt minutes de chez mes parents"}],
    "weighing": {
        "pay": {"weight": 5, "internship": 1, "work_study": 4},
        "training": {"weight": 2, "internship": 2, "work_study": 4},
    },
    "own_weighing": {"n": {"weight": 4, "internship": 5, "work_study": 1}},
}


@pytest.mark.usefixtures("evening")
async def test_how_it_looks(fresh: Desk, picture: SnapshotAssertion) -> None:
    fresh.journal.save(entry_of("matrix", answers=ANSWERS))
    async with fresh.home() as pilot:
        album = Album(pilot, picture, "")
        await album.session("matrix")
        await album.steps("matrix", "weighing:pay", "result")
        await album.home()
        # Read again: the result first.
        await pilot.press("b")
        await until(pilot, lambda: pilot.app.screen.query(Reader), "browsing")
        await until(pilot, lambda: "Un CFA ou un stage" in shown(pilot.app), "the list")
        await pilot.press("enter")
        await until(pilot, lambda: "l'emporte" in shown(pilot.app), "the reading pane")
        await album.take("browse_matrix")
