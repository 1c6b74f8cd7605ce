"""The review and the value defence on the screen: the document that grows beside the questions."""

from typing import Any

import pytest
from album import BIG, Album, demo
from making import TODAY, entry_of
from piloting import Desk, block, guided, opened, paste, shown, until
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from textual.widgets import Markdown

from coach.demo import build
from coach.flows.choices import list_items


def grown(pilot: Pilot[int]) -> str:
    """The document as it stands beside the step."""
    return guided(pilot).query_one(Markdown).source.replace("\xa0", " ")


async def go(pilot: Pilot[int], step: str) -> None:
    screen = guided(pilot)
    screen.session.go((step, ""))
    await screen.show_page()


async def test_the_document_grows_beside_the_questions(desk: Desk) -> None:
    build(desk.folder, "fr", TODAY)
    async with desk.session("end-review", size=BIG) as pilot:
        await until(pilot, lambda: "Atelier Lumen" in grown(pilot), "made of the weeks")
        await go(pilot, "outcome")
        await paste(pilot, "J'ai tenu douze chaises.", block(pilot, "brought").widget)
        await until(pilot, lambda: "J'ai tenu douze chaises." in grown(pilot), "what was typed")
        assert "J'ai tenu douze chaises." in shown(pilot.app).partition("│")[2]


async def test_where_it_is_narrow_a_key_lays_it_over_the_step_and_takes_it_off(desk: Desk) -> None:
    build(desk.folder, "fr", TODAY)
    async with desk.session("end-review") as pilot:
        side = guided(pilot).query_one("#side")
        assert not side.display and "f2 Document" in shown(pilot.app)
        field = pilot.app.focused
        await pilot.press("f2")
        await until(pilot, lambda: "Le contexte" in shown(pilot.app), "the document")
        await pilot.press("pagedown", "pagedown")
        await until(pilot, lambda: side.scroll_y > 0, "scrolled by keys")
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.focused is field, "back in the field")
        assert guided(pilot).session.page.step.id == "course" and not side.display
        # Going on uncovers the next question.
        await pilot.press("f2", "ctrl+n")
        await opened(pilot, "pick")
        await until(pilot, lambda: "Quelles preuves" in shown(pilot.app), "the question in sight")


async def test_proofs_are_picked_among_the_strongest_and_asked_what_they_lack(desk: Desk) -> None:
    bare = {"id": "b", "action": "Rangé la réserve", "skill": "Tri"}
    strong = {"id": "s", "action": "Reçu 40 familles", "impact": "2 plaintes au lieu de 9"}
    strong |= {"feedback": "merci", "feedback_from": "Léa", "trace": "cahier"}
    desk.journal.save(entry_of("weekly", answers={"achievements": [bare, strong]}))
    async with desk.session("end-review") as pilot:
        await go(pilot, "pick")
        await until(pilot, lambda: "Reçu 40 familles" in shown(pilot.app), "the proofs")
        text = shown(pilot.app)
        assert text.index("Reçu 40 familles") < text.index("Rangé la réserve")
        # Both are offered as picked; the strong one is let go of.
        await pilot.press("space", "ctrl+n")
        await opened(pilot, "complete")
        fields = [one.field.id for one in guided(pilot).page_box.blocks]
        assert fields == ["impact", "feedback", "feedback_from", "trace", "anecdote"]
        await paste(pilot, "3 allées dégagées", block(pilot, "impact").widget)
        await pilot.press("ctrl+n")
        await opened(pilot, "proving")
        await go(pilot, "pick")
        await pilot.press("space", "ctrl+n")
        await opened(pilot, "complete")
        # What lacks nothing is only asked for its story.
        assert [one.field.id for one in guided(pilot).page_box.blocks] == ["anecdote"]


@pytest.mark.usefixtures("evening")
async def test_how_the_review_looks(desk: Desk, picture: SnapshotAssertion) -> None:
    async with demo(desk, picture) as album:
        await album.session("end-review")
        await album.steps("end-review", "course", "pick", "check")
        await album.pilot.press("f2")
        await until(album.pilot, lambda: "Le contexte" in shown(album.app), "the document")
        await album.take("end-review_document")


@pytest.mark.usefixtures("evening")
async def test_how_the_review_looks_where_there_is_room(
    desk: Desk, picture: SnapshotAssertion
) -> None:
    async with demo(desk, picture, size=BIG, suffix="_wide") as album:
        await album.session("end-review")
        await until(album.pilot, lambda: "Atelier Lumen" in grown(album.pilot), "the document")
        await album.steps("end-review", "trade")


@pytest.mark.usefixtures("evening")
async def test_how_the_value_defence_and_the_talk_look(
    desk: Desk, picture: SnapshotAssertion
) -> None:
    async with demo(desk, picture, lang="en", suffix="_en") as album:
        await _talk(album)
        await album.session("value-defence")
        await album.steps("value-defence", "pick", "check")


async def _talk(album: Album) -> None:
    """The crib sheet of a talk, with what was picked and wished for."""
    await album.session("talk")
    session: Any = guided(album.pilot).session
    session.answers |= {
        "picked": [item["id"] for item in list_items(session.known, "proofs")[:3]],
        "want": "Run a vat on my own before I leave",
        "questions": ["aim", "team_need"],
    }
    await album.steps("talk", "sheet")
    await album.home()
