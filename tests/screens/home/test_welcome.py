"""The first start: the language, then where the student stands; nothing else is asked."""

from piloting import Desk, back_home, guided, opened, shown, told, until
from textual.pilot import Pilot

from coach.util.wording import Wording
from screens.home.home import HomeScreen
from screens.home.welcome import WelcomeScreen


async def welcome(pilot: Pilot[int]) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, WelcomeScreen), "welcome")
    await until(pilot, lambda: "Français" in shown(pilot.app), "the languages")


async def test_language_then_internship(fresh: Desk) -> None:
    async with fresh.app().run_test() as pilot:
        await welcome(pilot)
        assert "English" in shown(pilot.app)
        await pilot.press("enter")
        await until(pilot, lambda: told(pilot.app, "app.welcome.text"), "French")
        await pilot.press("enter")
        await opened(pilot, "where")
        await pilot.press("a", "ctrl+n")
        await opened(pilot, "when")
        for name in [page.step.id for page in guided(pilot).session.pages()][2:]:
            await pilot.press("ctrl+n")
            await opened(pilot, name)
        await pilot.press("ctrl+n")
        await back_home(pilot)
    assert [entry.answers for entry in fresh.entries("internship")] == [{"company": "a"}]
    assert 'lang = "fr"' in fresh.data_folder.settings.read_text()
    # and it is asked once
    async with fresh.home() as pilot:
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_in_english_between_two_internships(fresh: Desk) -> None:
    async with fresh.app().run_test() as pilot:
        await welcome(pilot)
        await pilot.press("down", "enter")
        await until(pilot, lambda: told(pilot.app, "app.welcome.text"), "English")
        footer = shown(pilot.app).splitlines()[-1]
        assert Wording("keys", "en")("list.close") in footer
        assert Wording("keys", "fr")("list.close") not in footer
        await pilot.press("down", "enter")
        await back_home(pilot)
        await until(pilot, lambda: told(pilot.app, "home.menu.hard"), "home in English")
        footer = shown(pilot.app).splitlines()[-1]
        assert Wording("keys", "en")("home.note") in footer
    assert fresh.entries() == []


async def test_the_language_of_the_machine_has_the_cursor(fresh: Desk) -> None:
    async with fresh.app(lang="en").run_test() as pilot:
        await welcome(pilot)
        assert pilot.app.focused is pilot.app.screen.query_one("#en")


async def test_it_can_be_passed_over(fresh: Desk) -> None:
    async with fresh.app().run_test() as pilot:
        await welcome(pilot)
        await pilot.press("escape")
        await back_home(pilot)
        assert told(pilot.app, "home.begin.do")


async def test_a_session_asked_for_by_name_asks_nothing_before_it(fresh: Desk) -> None:
    async with fresh.session("weekly") as pilot:
        await opened(pilot, "checkin")
        assert len(pilot.app.screen_stack) == 2
