"""Small terminals and terminals that change: nothing out of reach, nothing lost, no crash."""

from typing import Any

from making import TODAY, field, internship_of, step
from piloting import Desk, back_home, block, burst, guided, opened, paste, rows, shown, until
from textual.pilot import Pilot
from textual.widget import Widget

from coach.demo import build

KINDS = [
    field("line", "line", help="Une aide.", example="Un exemple."),
    field("text", "text"),
    field("scale", "scale", low=0, high=10),
    field("choices", "choices", options=["a", "b", "c"]),
    field("checklist", "checklist", options=["a", "b", "c"]),
    field("rows", "rows", columns=["a", "b", "c", "d", "e", "f"]),
]


def focusable(pilot: Pilot[int]) -> list[Widget]:
    """What can have the cursor, in the order in which it comes there."""
    return list(pilot.app.screen.focus_chain)


async def brought_in_sight(pilot: Pilot[int], widget: Widget, within: Widget) -> None:
    """Gives `widget` the cursor and waits until it can be seen, in part at least."""
    pilot.app.screen.set_focus(widget)
    await until(pilot, lambda: widget.region.intersection(within.region).area > 0, str(widget))


async def test_at_60_by_20_every_field_and_every_act_is_reached(desk: Desk) -> None:
    desk.own_flow(step("one", *KINDS, intro="Une phrase qui dit pourquoi. " * 4))
    async with desk.session(size=(60, 20)) as pilot:
        screen = guided(pilot)
        for widget in focusable(pilot):
            await brought_in_sight(pilot, widget, screen.page_box)
            visible = widget.region.intersection(screen.page_box.region)
            assert visible.width == widget.region.width, widget
        # and the end of the page, below its last field
        screen.page_box.scroll_end(animate=False)
        await pilot.pause()
        assert screen.page_box.is_vertical_scroll_end


async def test_at_60_by_20_every_step_of_the_week_is_answered(desk: Desk) -> None:
    desk.journal.save(internship_of("2026-11-09", "2027-01-29", objective="Mener une réunion"))
    async with desk.session("weekly", size=(60, 20)) as pilot:
        names = [one.step.id for one in guided(pilot).session.pages()]
        for name in names:
            screen = await opened(pilot, name)
            lines = shown(pilot.app).splitlines()
            assert len(lines) == 20
            assert max(map(len, lines)) <= 60
            for widget in focusable(pilot):
                await brought_in_sight(pilot, widget, screen.page_box)
            await pilot.press("ctrl+n")
        await back_home(pilot)
    assert len(desk.entries("weekly")) == 1


async def test_at_60_by_20_home_is_within_reach(fresh: Desk) -> None:
    build(fresh.folder, "fr", TODAY)
    async with fresh.home(size=(60, 20), demo=True) as pilot:
        home = pilot.app.screen.query_one("#home")
        for widget in focusable(pilot):
            await brought_in_sight(pilot, widget, home)


ODD = [(20, 5), (1, 1), (170, 50)]


async def test_no_size_is_too_odd(fresh: Desk) -> None:
    build(fresh.folder, "fr", TODAY)
    async with fresh.home(size=ODD[0], demo=True, notifications=True) as pilot:

        async def at_every_size() -> None:
            for size in ODD:
                await pilot.resize_terminal(*size)

        await at_every_size()
        await pilot.press("w")
        await opened(pilot, "proofs")
        for key in ("f1", "f2", "ctrl+n"):
            await burst(pilot, key)
            await at_every_size()
        await burst(pilot, "ctrl+s")
        await back_home(pilot)
        for key in ("t", "i", "ctrl+p"):
            await pilot.press(key)
            await until(pilot, lambda: len(pilot.app.screen_stack) == 2, "what it opens")
            await at_every_size()
            await pilot.press("escape")
            await back_home(pilot)


async def test_resizing_under_way_keeps_what_is_typed_and_the_cursor(desk: Desk) -> None:
    desk.own_flow(step("one", *KINDS))
    async with desk.session() as pilot:
        await paste(pilot, "Déclic")
        await paste(pilot, "un\ndeux", block(pilot, "text").widget)
        cell = rows(pilot)._input("b")
        await paste(pilot, "cellule", cell)
        for width, height in ((20, 5), (120, 40), (60, 20), (1, 1), (80, 24)):
            await pilot.resize_terminal(width, height)
            await burst(pilot, "x")
        assert pilot.app.focused is cell
        assert cell.value == "cellule" + "x" * 5
        assert block(pilot, "line").raw() == "Déclic"
        assert block(pilot, "text").raw() == "un\ndeux"
        answers: dict[str, Any] = guided(pilot).session.answers
        assert [row["b"] for row in answers["rows"]] == [cell.value]


async def test_on_a_tiny_screen_the_field_with_the_cursor_is_in_sight(desk: Desk) -> None:
    desk.own_flow(step("one", field("line", "first"), field("line", "second")))
    async with desk.session(size=(20, 5)) as pilot:
        await paste(pilot, "un")
        assert "un" in shown(pilot.app)
        await pilot.press("tab")
        await paste(pilot, "deux")
        assert "deux" in shown(pilot.app)
        await pilot.press("ctrl+n")
        await back_home(pilot)
    assert desk.entries("labo")[0].answers == {"first": "un", "second": "deux"}


async def test_a_step_longer_than_the_screen_begins_with_its_question(desk: Desk) -> None:
    async with desk.session("weekly", size=(60, 20)) as pilot:
        page = guided(pilot).page_box
        title = guided(pilot).session.say(guided(pilot).session.page.step.title)
        await until(pilot, lambda: page.max_scroll_y > 0, "laid out")
        await pilot.pause(0.1)
        assert title in shown(pilot.app)
