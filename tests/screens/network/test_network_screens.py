"""The address book and the map in the app: filled, narrowed, drawn, gone on with from there."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from making import TODAY, entry_of
from piloting import Desk, block, burst, guided, opened, paste, shown, until
from textual.pilot import Pilot
from textual.widgets import Input

from coach.store.entries import Entry
from screens.common.pickers import PickOne
from screens.documents.documents import DocumentScreen
from screens.network.canvas import Canvas
from screens.network.contacts import NetworkScreen
from screens.network.map import MapScreen


def person(id: str, **answers: Any) -> Entry:
    return entry_of("contact", id=id, answers={"name": id.title()} | answers)


def day(n: int) -> str:
    return (TODAY + timedelta(days=n)).isoformat()


def fill(desk: Desk) -> None:
    for one in (
        person("ana", circle="family", next_on=day(-2), next_step="[sad] la rappeler"),
        person("bob", circle="work", introduced_by="ana", field="Bois", next_on=day(4)),
        person("cem", circle="school", more=["dormant"], memory="la grange"),
        person("[b]dan", circle="school", status="resting", next_on=day(-9)),
    ):
        desk.journal.save(one)


def canvas(pilot: Pilot[int]) -> Canvas:
    return pilot.app.screen.query_one(Canvas)


async def book(pilot: Pilot[int]) -> None:
    await pilot.press("l", "n")
    await until(
        pilot,
        lambda: isinstance(pilot.app.screen, NetworkScreen) and pilot.app.screen.labels,
        "the address book",
    )


async def test_a_person_is_added_from_the_book_and_stands_in_it(desk: Desk) -> None:
    async with desk.home() as pilot:
        await book(pilot)
        await until(pilot, lambda: "Personne encore" in shown(pilot.app), "nobody yet")
        await pilot.press("n")
        await opened(pilot, "who")
        await paste(pilot, "Nora [x]", block(pilot, "name").widget)
        await pilot.press("enter")
        await burst(pilot, "4")
        await pilot.press("ctrl+n")
        await opened(pilot, "where")
        await pilot.press("ctrl+n", "ctrl+n", "ctrl+n")
        await until(pilot, lambda: isinstance(pilot.app.screen, NetworkScreen), "back in the book")
        await until(pilot, lambda: "Nora [x]" in shown(pilot.app), "the person")
        (kept,) = desk.entries("contact")
        assert kept.answers == {"name": "Nora [x]", "circle": "friends"}
        await pilot.press("enter")
        await opened(pilot, "who")
        assert block(pilot, "name").raw() == "Nora [x]"


async def test_who_is_due_comes_first_and_filters_narrow(desk: Desk) -> None:
    fill(desk)
    async with desk.home() as pilot:
        await book(pilot)
        await until(pilot, lambda: "Ana" in shown(pilot.app), "the people")
        text = shown(pilot.app)
        order = [text.index(name) for name in ("À relancer · 1", "Ana", "Bientôt", "Bob", "Cem")]
        assert order == sorted(order) and "[B]Dan" in text and "[sad] la rappeler" in text
        await pilot.press("down", "down")
        await until(pilot, lambda: "la grange" in shown(pilot.app), "a reason to write")
        await pilot.press("f")
        await until(pilot, lambda: isinstance(pilot.app.screen, PickOne), "the filters")
        labels = [one[1] for one in pilot.app.screen.offered]  # type: ignore[attr-defined]
        at = labels.index("Cercle : École")
        await pilot.press(*["down"] * at, "enter")
        await until(pilot, lambda: "Bob" not in shown(pilot.app), "only the school")
        assert "Cem" in shown(pilot.app) and "[B]Dan" in shown(pilot.app)


async def test_the_map_is_walked_over_and_opens_a_person(desk: Desk) -> None:
    fill(desk)
    async with desk.home() as pilot:
        await book(pilot)
        await pilot.press("m")
        await until(
            pilot,
            lambda: isinstance(pilot.app.screen, MapScreen) and "─ moi ─" in shown(pilot.app),
            "the map",
        )
        assert "② Bob" in shown(pilot.app) and "[B]Dan" in shown(pilot.app)
        here = canvas(pilot).what
        await pilot.press("left")
        await pilot.press("right")
        assert canvas(pilot).what and canvas(pilot).spot is not None
        await pilot.press("b")
        await until(pilot, lambda: "Domaine à préciser" in shown(pilot.app), "by field")
        await pilot.press("b")
        await until(pilot, lambda: "École" in shown(pilot.app), "by circle")
        assert here
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DocumentScreen), "the page")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, MapScreen), "the map again")
        what = canvas(pilot).what
        spot = canvas(pilot).spot
        assert spot is not None
        await pilot.click(Canvas, offset=(canvas(pilot)._extent(spot)[0] + 3, spot.line + 1))
        screen = await opened(pilot, "who")
        assert screen.draft_session.snapshot().entry.id == what


async def test_at_sixty_columns_all_is_in_reach(desk: Desk) -> None:
    for n in range(40):
        desk.journal.save(person(f"p{n:02}", circle="work"))
    async with desk.home(size=(60, 20)) as pilot:
        await pilot.press("l", "u")
        await until(pilot, lambda: "moi" in shown(pilot.app), "the map")
        await pilot.press("end")
        await until(pilot, lambda: "P39" in shown(pilot.app), "the last one")
        await pilot.press("pageup", "home")
        await until(pilot, lambda: "P00" in shown(pilot.app), "the first one")


async def test_dates_are_written_for_a_calendar(desk: Desk, tmp_path: Path) -> None:
    fill(desk)
    async with desk.home() as pilot:
        await pilot.press("l", "g")
        await until(pilot, lambda: "la rappeler" in shown(pilot.app), "the calendar")
        await pilot.press("x")
        await until(pilot, lambda: bool(pilot.app.screen.query(Input)), "where to")
        pilot.app.screen.query_one(Input).value = str(tmp_path / "d.ics")
        await pilot.press("enter")
        await until(pilot, (tmp_path / "d.ics").exists, "written")
        assert b"SUMMARY:Ana : [sad] la rappeler" in (tmp_path / "d.ics").read_bytes()


async def test_a_pitch_begins_at_its_title_and_knows_where_its_reader_works(desk: Desk) -> None:
    for n in range(10):
        desk.journal.save(person(f"p{n}", company=f"Atelier {n}"))
    async with desk.home() as pilot:
        await pilot.press("l", "p")
        await opened(pilot, "target")
        assert "À qui t'adresses-tu ?" in shown(pilot.app)
        await pilot.press("7")
        await until(
            pilot, lambda: block(pilot, "pitch_company").raw() == "Atelier 6", "where they work"
        )


async def test_one_of_many_is_chosen_from_a_list_by_its_first_letters(desk: Desk) -> None:
    for n in range(20):
        desk.journal.save(person(f"p{n:02}", circle="work"))
    async with desk.session("contact") as pilot:
        screen = guided(pilot)
        await paste(pilot, "Nora", block(pilot, "name").widget)
        screen.page_box.collect()
        screen.session.answers["more"] = ["link"]
        screen.session.go(("link", ""))
        await screen.show_page()
        where = block(pilot, "introduced_by")
        where.focus_field()
        await burst(pilot, *"p17", "enter")
        await until(pilot, lambda: pilot.app.screen is screen, "the step")
        assert where.raw() == "p17" and "P17" in shown(pilot.app)
        screen.page_box.collect()
        assert screen.session.answers["introduced_by"] == "p17"
        await pilot.click(where.widget)
        await until(pilot, lambda: isinstance(pilot.app.screen, PickOne), "the list again")
        await pilot.press("home", "enter")
        await until(pilot, lambda: pilot.app.screen is screen, "the step")
        assert where.raw() in ("", None)
