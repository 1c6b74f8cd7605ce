"""Home: the next best step, the weeks, what to go on with, and every way on from there."""

import asyncio
import re
from datetime import date, timedelta
from typing import Any

import pytest
from making import TODAY, draft_of, entry_of, internship_of
from piloting import Desk, back_home, burst, guided, opened, says, shown, told, until
from textual.pilot import Pilot

from coach.demo import build
from coach.store.entries import Entry
from coach.util.wording import Wording
from screens.base.theme import DARK, LIGHT
from screens.common.dialogs import Choose
from screens.home.home import HomeScreen
from screens.widgets.menu import MenuLine
from screens.widgets.say import Say

RUNNING = internship_of(
    "2026-11-02", "2027-01-29", company="Lumen", objective="Mener une réunion", tutor="Mme Roy"
)


def running(desk: Desk, *told: Entry) -> Entry:
    """A journal with an internship under way and what was told of it."""
    journal = desk.journal
    internship = journal.save(RUNNING)
    for entry in told:
        entry.internship = internship.id
        journal.save(entry)
    return internship


def week(ago: int, **answers: Any) -> Entry:
    return entry_of(day=TODAY - timedelta(weeks=ago), answers={"word": "Déclic"} | answers)


def labels(pilot: Pilot[int]) -> list[str]:
    screen = pilot.app.screen
    return [str(one.visual) for one in screen.query(MenuLine) if one.display and one.is_on_screen]


# What it shows


async def test_the_one_thing_to_do_is_on_top_with_its_why_and_opens_with_enter(desk: Desk) -> None:
    running(desk, week(1), week(2))
    async with desk.home() as pilot:
        assert told(pilot.app, "home.tell_week.why", week=3)
        assert told(pilot.app, "home.tell_week.more")
        place = Wording("home", "fr")("week_of", week=3, total=13)
        assert f"Lumen · {place}" in shown(pilot.app).splitlines()[0]
        first = pilot.app.screen.query_one("#first", MenuLine)
        assert pilot.app.focused is first
        assert Wording("home", "fr")("tell_week.do") in str(first.visual)
        assert "15 min" in str(first.visual)
        await pilot.press("enter")
        await opened(pilot, "checkin")


async def test_the_weeks_stand_in_a_strip_with_energy_and_mood(desk: Desk) -> None:
    running(desk, week(2, energy=5, mood=1), week(1, on_site="school"))
    async with desk.home() as pilot:
        strip = str(pilot.app.screen.query_one("#weeks", Say).visual)
        signs, _, felt = strip.partition("\n")
        assert "● – ▹ · ·" in signs
        assert felt.index("▇") < felt.index("▁")
        assert told(pilot.app, "home.strip.done", n=1)
        assert told(pilot.app, "home.strip.off", n=1)


async def test_104_weeks_fit_at_80_columns(desk: Desk) -> None:
    desk.journal.save(internship_of("2025-09-01", "2027-08-27", objective="x", company="Ferme"))
    async with desk.home() as pilot:
        signs = sum(shown(pilot.app).count(sign) for sign in "○▹·")
        assert signs >= 104
        assert max(len(line) for line in shown(pilot.app).splitlines()) <= 80


async def test_what_is_under_way_can_be_gone_on_with(desk: Desk) -> None:
    internship = running(desk, week(1), week(2))
    draft = draft_of(entry_of("note", answers={"text": "Trié les bacs"}))
    draft.entry.internship = internship.id
    with desk.journal.drafts.open(draft.entry.id) as file:
        file.write(draft)
    async with desk.home(size=(80, 30)) as pilot:
        assert told(pilot.app, "home.menu.drafts")
        line = next(one for one in pilot.app.screen.query(MenuLine) if "Trié" in str(one.visual))
        await pilot.click(line)
        await opened(pilot, "quick")
        assert guided(pilot).session.answers == {"text": "Trié les bacs"}


async def test_the_draft_of_the_week_is_the_next_step_and_not_listed_again(desk: Desk) -> None:
    internship = running(desk, week(1))
    draft = draft_of(entry_of(answers={"word": "Déclic"}, internship=internship.id))
    with desk.journal.drafts.open(draft.entry.id) as file:
        file.write(draft)
    async with desk.home(size=(80, 40)) as pilot:
        assert told(pilot.app, "home.resume_week.do")
        assert not told(pilot.app, "home.menu.drafts")


async def test_the_draft_of_an_older_week_can_be_gone_on_with_too(desk: Desk) -> None:
    internship = running(desk, week(1))
    draft = draft_of(entry_of(day=TODAY - timedelta(weeks=2), answers={"word": "Déclic"}))
    draft.entry.internship = internship.id
    with desk.journal.drafts.open(draft.entry.id) as file:
        file.write(draft)
    async with desk.home(size=(80, 40)) as pilot:
        assert told(pilot.app, "home.tell_week.do")
        assert told(pilot.app, "home.menu.drafts")


async def test_the_last_entries_open_in_browsing(desk: Desk) -> None:
    running(desk, *(week(n, word=f"mot{n}") for n in range(1, 6)))
    async with desk.home(size=(80, 40)) as pilot:
        text = shown(pilot.app)
        assert told(pilot.app, "home.menu.last")
        assert [word in text for word in ("mot1", "mot2", "mot5")] == [True, True, False]
        lines = pilot.app.screen.query(MenuLine)
        await pilot.click(next(one for one in lines if "mot2" in str(one.visual)))
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "BrowseScreen", "browse")


async def test_a_near_milestone_is_mentioned(desk: Desk) -> None:
    running(desk)
    async with desk.home(today=date(2026, 12, 14)) as pilot:
        assert told(pilot.app, "home.hint_half", n=2, tutor="Mme Roy")


async def test_what_another_program_writes_shows_at_once(desk: Desk) -> None:
    async with desk.home(size=(80, 40)) as pilot:
        assert "Trié les bacs" not in shown(pilot.app)
        desk.journal.save(entry_of("note", answers={"text": "Trié les bacs"}))
        await until(pilot, lambda: "Trié les bacs" in shown(pilot.app), "the note")


async def test_what_happened_on_opening_is_told(desk: Desk) -> None:
    desk.journal.save(entry_of("note", answers={"text": "Trié les bacs"}))
    (desk.folder / "journal.json").write_text('{"entries"')
    async with desk.home(size=(100, 40), notifications=True) as pilot:
        await until(pilot, lambda: told(pilot.app, "errors.notice.recovered"), "told")
        assert "Trié les bacs" in shown(pilot.app)


async def test_a_journal_that_cannot_be_read_says_why_and_the_app_goes_on(desk: Desk) -> None:
    (desk.folder / "journal.json").mkdir()
    async with desk.app().run_test() as pilot:
        await until(pilot, lambda: says(pilot.app, "journal.json"), "said")
        await pilot.press("f1")
        await until(pilot, lambda: told(pilot.app, "help.home"), "help")


async def test_a_folder_that_is_a_file_says_so(fresh: Desk) -> None:
    fresh.folder.write_text("x")
    async with fresh.app().run_test() as pilot:
        await until(pilot, lambda: told(pilot.app, "errors.folder_is_file"), "said")


async def test_the_demo_says_that_it_is_one_and_asks_nothing_first(fresh: Desk) -> None:
    build(fresh.folder, "fr", TODAY)
    async with fresh.home(demo=True) as pilot:
        demo = Wording("home", "fr")("demo")
        assert demo in shown(pilot.app).splitlines()[0]
        assert isinstance(pilot.app.screen, HomeScreen)


# Its keys


async def test_each_key_opens_its_session(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk.home() as pilot:
        asked: list[str] = []
        opened = pilot.app.navigation
        monkeypatch.setattr(opened, "open_session", lambda request: asked.append(request.flow))
        monkeypatch.setattr(
            opened, "_open_place", lambda name: asyncio.sleep(asked.append(name) or 0)
        )
        monkeypatch.setattr(pilot.app, "hold", lambda: None)  # nothing will show to let them go
        monkeypatch.setattr(opened, "open_browse", lambda: asked.append("browse"))
        await burst(pilot, *"wsentibodl", "ctrl+t")
        wanted = ["weekly", "reframe", "interview", "note", "weeks", "internship", "browse", "own"]
        wanted += ["documents", "lab"]
        await until(pilot, lambda: asked == [*wanted, "note"], f"all of them: {asked}")


async def test_arrows_go_round_the_lines(desk: Desk) -> None:
    async with desk.home() as pilot:
        lines = [one for one in pilot.app.screen.query(MenuLine) if one.display]
        await burst(pilot, "down", "j", "up")
        assert pilot.app.focused is lines[1]
        await pilot.press("k")
        assert pilot.app.focused is lines[0]


async def test_a_story_already_told_is_gone_on_with_or_begun_anew(desk: Desk) -> None:
    internship = running(desk)
    desk.journal.save(
        entry_of("reframe", internship=internship.id, answers={"facts": "Six semaines."})
    )
    for key, resumed in (("enter", True), ("down", False)):
        async with desk.home() as pilot:
            await pilot.press("s")
            await until(pilot, lambda: isinstance(pilot.app.screen, Choose), "the question")
            await burst(pilot, *([key, "enter"] if key == "down" else [key]))
            await opened(pilot, "welcome")
            assert ("facts" in guided(pilot).session.answers) is resumed
    async with desk.home() as pilot:
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choose), "the question")
        await pilot.press("escape")
        await back_home(pilot)


async def test_help_tells_what_one_can_do_and_every_key(desk: Desk) -> None:
    async with desk.home(size=(80, 40)) as pilot:
        await pilot.press("f1")
        await until(pilot, lambda: told(pilot.app, "help.home"), "help")
        for name in ("home.weekly", "home.reframe", "home.note", "help"):
            assert told(pilot.app, f"keys.{name}.tip")
        await pilot.press("escape")
        await back_home(pilot)


# Settings


async def test_the_language_is_switched_everywhere_at_once_and_kept(desk: Desk) -> None:
    async with desk.home() as pilot:
        former = Wording("keys", "fr")("home.note")
        assert former in shown(pilot.app).splitlines()[-1]
        app: Any = pilot.app
        app.switch_language("en")
        await until(pilot, lambda: told(pilot.app, "home.menu.hard"), "English")
        footer = shown(pilot.app).splitlines()[-1]
        assert Wording("keys", "en")("home.note") in footer
        assert former not in footer
        assert "EN" in shown(pilot.app).splitlines()[0]
        await pilot.press("e")
        await opened(pilot, "accept")
        assert says(pilot.app, app.workspace.content.flow("interview").steps[0].title.en)
        assert Wording("keys", "en")("next") in shown(pilot.app).splitlines()[-1]
    assert 'lang = "en"' in desk.data_folder.settings.read_text()


async def test_the_theme_is_changed_and_kept(desk: Desk) -> None:
    async with desk.home() as pilot:
        app: Any = pilot.app
        assert "☾" in shown(app).splitlines()[0]
        app.toggle_light()
        await until(pilot, lambda: "☼" in shown(app).splitlines()[0], "light")
        await until(pilot, lambda: LIGHT.name in desk.data_folder.settings.read_text(), "kept")
    async with desk.home() as pilot:
        assert pilot.app.theme == LIGHT.name
        assert 'lang = "fr"' in desk.data_folder.settings.read_text()


async def test_an_unknown_theme_is_passed_over(desk: Desk) -> None:
    desk.settings('lang = "fr"\ntheme = "fluo"\n')
    async with desk.home() as pilot:
        assert pilot.app.theme == DARK.name


async def test_keys_are_remapped_by_the_settings_file(desk: Desk) -> None:
    desk.settings('lang = "fr"\n[keys]\n"home.note" = "f5"\nnext = "f6,ctrl+y"\n')
    async with desk.home(size=(80, 40)) as pilot:
        footer = shown(pilot.app).splitlines()[-1]
        assert f"f5 {Wording('keys', 'fr')('home.note')}" in footer
        await pilot.press("f1")
        await until(pilot, lambda: told(pilot.app, "help.home"), "help")
        tip = Wording("keys", "fr")("home.note.tip")[:30]
        assert "f5" in next(line for line in shown(pilot.app).splitlines() if tip in line)
        await pilot.press("escape")
        await pilot.press("f5")
        await opened(pilot, "quick")
        assert "f6" in shown(pilot.app).splitlines()[-1]
        await burst(pilot, *"Trié", "f6")
        await back_home(pilot)
    assert desk.entries("note")[0].answers == {"text": "Trié"}


async def test_a_broken_settings_file_is_told_and_stops_nothing(desk: Desk) -> None:
    desk.settings("lang = [")
    async with desk.app().run_test(notifications=True, size=(100, 30)) as pilot:
        await until(pilot, lambda: told(pilot.app, "errors.settings.broken"), "told")


async def test_plain_signs_stand_in_where_the_settings_ask_for_them(desk: Desk) -> None:
    desk.settings('lang = "fr"\nascii = true\n')
    running(desk, week(2), week(1, on_site="school"))
    async with desk.home() as pilot:
        strip = str(pilot.app.screen.query_one("#weeks", Say).visual).splitlines()[0]
        assert "# - v . ." in strip
        assert not set("●○◐▹▶☾·") & set(strip)


async def test_no_color_is_respected(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    running(desk, week(1))
    async with desk.home() as pilot:
        found = set(re.findall("#[0-9a-f]{6}", pilot.app.export_screenshot()))
        grey = {color for color in found if color[1:3] == color[3:5] == color[5:7]}
        frame = {"#c5c8c6", "#ff5f57", "#febc2e", "#28c840"}  # the picture's own window
        assert found - grey - frame == set()


async def test_what_is_put_aside_gives_way_to_the_next_step(desk: Desk) -> None:
    running(desk)
    async with desk.home() as pilot:
        before = shown(pilot.app)
        await pilot.press("x")
        await until(pilot, lambda: desk.data_folder.settings.read_text().count("tell_week"), "kept")
        await until(pilot, lambda: shown(pilot.app).splitlines()[5] != before.splitlines()[5], "")
    async with desk.home() as pilot:
        assert "tell_week" not in str(pilot.app.home._overview)
        assert not told(pilot.app, "home.tell_week.do")
