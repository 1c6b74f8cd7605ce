"""Keys that reach a screen before it is there, or while it leaves, end and close nothing."""

import asyncio

import pytest
from making import field, step
from piloting import Desk, back_home, burst, opened, until
from textual.app import ComposeResult
from textual.command import CommandPalette
from textual.css.query import NoMatches
from textual.pilot import Pilot
from textual.widgets import Input, Label

from screens.base.screen import CoachScreen
from screens.rehearsal.practice import PracticeScreen


class Slip(CoachScreen[str]):
    """A screen with a line, which a worker asks for later."""

    def compose(self) -> ComposeResult:
        yield Label("là", id="line")

    async def later(self, gate: asyncio.Event) -> None:
        await gate.wait()
        self.query_one("#line")


@pytest.fixture
def own(desk: Desk) -> Desk:
    desk.own_flow(step("one", field("line", "it")), step("two", field("text", "more")))
    return desk


@pytest.mark.parametrize(
    "keys",
    [
        ("ctrl+s", "ctrl+n"),
        ("ctrl+n", "ctrl+s", "ctrl+n"),
        ("ctrl+n", "ctrl+n", "ctrl+s", "escape"),
        ("ctrl+p", "pagedown", "pageup", "escape", "ctrl+p", "escape"),
        ("f8", "ctrl+n", "right", "enter"),
    ],
)
async def test_keys_in_one_burst_end_nothing(own: Desk, keys: tuple[str, ...]) -> None:
    async with own.session() as pilot:
        await burst(pilot, "x", *keys)
        await until(pilot, lambda: pilot.app.is_running, "it goes on")
        for _ in range(3):
            await burst(pilot, "escape")
        await back_home(pilot)


async def test_page_keys_in_an_empty_palette_do_nothing(desk: Desk) -> None:
    async with desk.home() as pilot:
        await burst(pilot, "ctrl+p", "pagedown", "pageup", "pagedown")
        await until(pilot, lambda: isinstance(pilot.app.screen, CommandPalette), "the palette")
        await burst(pilot, "escape")
        await back_home(pilot)


async def rehearsing(pilot: Pilot[int]) -> PracticeScreen:
    await pilot.press("r")
    await until(pilot, lambda: bool(pilot.app.screen.query("#start")), "the deck")
    await until(pilot, lambda: bool(pilot.app.screen.query_one("#start").display), "the deck")
    await pilot.press("enter")
    await until(pilot, lambda: getattr(pilot.app.screen, "phase", "") == "asking", "a question")
    screen = pilot.app.screen
    assert isinstance(screen, PracticeScreen)
    return screen


@pytest.mark.parametrize("after", [("ctrl+s",), ("enter", "enter"), ("f2", "f3", "ctrl+n", "4")])
async def test_the_end_of_a_rehearsal_comes_once(desk: Desk, after: tuple[str, ...]) -> None:
    async with desk.home() as pilot:
        await rehearsing(pilot)
        await burst(pilot, *"mot", "ctrl+n", "4", *["f5"] * 9, *after, "f5", "ctrl+n", "3")
        for _ in range(4):
            await burst(pilot, "escape")
        await back_home(pilot)
    (kept,) = desk.entries("rehearsal")
    assert kept.answers["attempts"][0]["answer"] == "mot" and not desk.drafts()


async def test_a_screen_that_ends_beneath_another_leaves_once_that_one_has(own: Desk) -> None:
    """What is being typed in the note over it stays open: Textual closes what lies on top."""
    async with own.home() as pilot:
        app = pilot.app
        answers: list[str | None] = []
        below = Slip()
        await app.push_screen(below, answers.append)
        app.action_note()  # type: ignore[attr-defined]
        note = await opened(pilot)
        below.dismiss("one")
        below.dismiss("two")
        await burst(pilot, *"encore")
        await until(pilot, lambda: app.screen.query_one(Input).value == "encore", "typed")
        assert app.screen is note and answers == []
        await burst(pilot, "ctrl+s")
        await back_home(pilot)
        assert answers == ["one"]


async def test_what_comes_after_the_end_is_dropped_and_a_fault_is_not(desk: Desk) -> None:
    gate = asyncio.Event()
    async with desk.home() as pilot:
        gone = Slip()
        await pilot.app.push_screen(gone)
        gone.run_worker(gone.later(gate))
        gone.call_after_refresh(gone.later, gate)
        gone.dismiss("")
        await back_home(pilot)
        gate.set()
        await until(pilot, lambda: not gone.is_running, "gone")
        assert pilot.app.is_running
    with pytest.raises(Exception, match="#line") as told:
        async with desk.home() as pilot:
            open_still = Slip()
            await pilot.app.push_screen(open_still)
            await open_still.query_one("#line").remove()
            open_still.run_worker(open_still.later(gate))
            await until(pilot, lambda: pilot.app._exception, "the fault is told")
    assert isinstance(getattr(told.value, "error", told.value), NoMatches)
