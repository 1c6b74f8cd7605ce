"""The palette: every command by its name, in the student's language, and no screenshot."""

from typing import Any

import pytest
from making import field, step
from piloting import Desk, back_home, guided, opened, paste, shown, told, until
from textual.command import CommandList, CommandPalette
from textual.pilot import Pilot

from coach.util.wording import Wording
from screens.shell.palette import commands


def titles(pilot: Pilot[int]) -> list[str]:
    app: Any = pilot.app
    return [str(one.title) for one in commands(app, app.screen)]


async def run(pilot: Pilot[int], words: str) -> None:
    """Types `words` in the palette and runs the command found."""
    await pilot.press("ctrl+p")
    await until(pilot, lambda: isinstance(pilot.app.screen, CommandPalette), "the palette")
    await paste(pilot, words)

    def found() -> bool:
        screen = pilot.app.screen
        if not isinstance(screen, CommandPalette):
            return False
        hits = screen.query_one(CommandList)
        return bool(hits.option_count) and words in str(hits.get_option_at_index(0).prompt)

    await until(pilot, found, words)
    await pilot.press("down", "enter")


@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_it_speaks_the_students_language_and_has_no_screenshot(desk: Desk, lang: str) -> None:
    say = Wording("keys", lang)
    async with desk.home(lang=lang) as pilot:
        found = titles(pilot)
        assert not any("screenshot" in one.lower() for one in found)
        for name in ("quit", "home.note", "home.weekly"):
            assert say(name) in found
        assert len(found) == len(set(found)), "each command once"
        await pilot.press("ctrl+p")
        await until(pilot, lambda: told(pilot.app, "app.palette.hint"), "the hint")
        for foreign in ("Screenshot", "Maximize", "Show keys"):
            assert foreign not in shown(pilot.app)


async def test_every_key_has_its_command(desk: Desk) -> None:
    say = Wording("keys", "fr")
    async with desk.home() as pilot:
        for name in ("weekly", "reframe", "interview", "browse", "weeks", "internship"):
            assert say(f"home.{name}") in titles(pilot)
    async with desk.session("weekly") as pilot:
        for name in ("next", "back", "leave", "help", "answers", "discard", "quit"):
            assert say(name) in titles(pilot)


async def test_a_command_is_found_by_its_name_and_run(desk: Desk) -> None:
    say = Wording("keys", "fr")
    desk.own_flow(step("one", field("line", "it", help="Une aide.")), step("two"))
    async with desk.session() as pilot:
        await run(pilot, say("next"))
        await opened(pilot, "two")
        await run(pilot, say("back"))
        await opened(pilot, "one")
        await run(pilot, say("leave"))
        await back_home(pilot)


async def test_light_and_dark_and_the_language_from_the_palette(desk: Desk) -> None:
    say = Wording("app", "fr")
    async with desk.home() as pilot:
        await run(pilot, say("light"))
        await until(pilot, lambda: not pilot.app.current_theme.dark, "light")
        await run(pilot, say("language"))
        app: Any = pilot.app
        await until(pilot, lambda: app.lang == "en" and told(app, "home.menu.hard"), "English")


async def test_all_themes_can_be_chosen_from(desk: Desk) -> None:
    async with desk.home() as pilot:
        await run(pilot, Wording("app", "fr")("theme"))
        await until(pilot, lambda: "coach-light" in shown(pilot.app), "the themes")
        assert told(pilot.app, "app.theme.hint")


async def test_the_palette_leaves_what_is_under_way_alone(desk: Desk) -> None:
    desk.own_flow(step("one", field("line", "it")))
    async with desk.session() as pilot:
        await paste(pilot, "Déclic")
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(pilot.app.screen, CommandPalette), "the palette")
        await pilot.press("ctrl+p")
        await pilot.press("escape")
        await opened(pilot, "one")
        assert guided(pilot).session.answers == {"it": "Déclic"}
