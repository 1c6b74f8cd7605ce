"""The calm line on the screen: in sight at once, and nothing beside it."""

import pytest
from piloting import Desk, burst, opened, says, until

from coach.language.care import calm_line
from screens.rehearsal.practice import PracticeScreen

HEAVY = {"fr": "j'ai envie de mourir", "en": "I want to kill myself"}
each_language = pytest.mark.parametrize("lang", sorted(HEAVY))


@each_language
async def test_a_weekly_row_is_answered_by_the_line_in_sight(desk: Desk, lang: str) -> None:
    async with desk.session("weekly", lang=lang) as pilot:
        screen = await opened(pilot)
        screen.session.go(("proofs", ""))
        await screen.show_page()
        await pilot.pause()
        await burst(pilot, *HEAVY[lang])
        await until(pilot, lambda: says(pilot.app, calm_line(lang)), "the calm line in sight")
        assert not [one for one in screen.query(".notice") if "?" in str(one.render())]
        assert says(pilot.app, HEAVY[lang]), "what is being typed stays in sight too"


@each_language
async def test_a_note_kept_at_once_is_answered_by_the_line(desk: Desk, lang: str) -> None:
    async with desk.home(lang=lang, notifications=True) as pilot:
        await burst(pilot, "n", *HEAVY[lang], "enter")
        await until(pilot, lambda: len(pilot.app._notifications) == 2, "what is said")
        kept = {"fr": "C'est gardé.", "en": "Saved."}[lang]
        assert {one.message for one in pilot.app._notifications} == {calm_line(lang), kept}
        assert [one.answers["text"] for one in desk.entries("note")] == [HEAVY[lang]]


@each_language
async def test_a_rehearsal_asks_for_no_mark_and_goes_on_when_told(desk: Desk, lang: str) -> None:
    async with desk.app("rehearsal", lang=lang).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, PracticeScreen), "the rehearsal")
        screen = pilot.app.screen
        assert isinstance(screen, PracticeScreen)
        await until(pilot, lambda: screen.phase == "asking", "a question")
        await burst(pilot, *HEAVY[lang], "ctrl+n")
        await until(pilot, lambda: says(pilot.app, calm_line(lang)), "the calm line")
        assert not screen.query_one("#rate").display
        first = screen.practice and screen.practice.card
        await pilot.press("f5")
        await until(pilot, lambda: screen.phase == "asking", "the next question")
        assert screen.practice and screen.practice.card != first and screen.practice.rated == 0
