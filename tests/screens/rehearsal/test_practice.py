"""Rehearsing on the screen: from home, answered, rated, kept; pictures of each phase."""

from typing import Any

import pytest
from album import demo, listed
from making import entry_of
from piloting import Desk, back_home, opened, shown, until
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from textual.widgets import OptionList, TextArea

from coach.disk.errors import JournalError
from coach.flows.request import SessionRequest
from coach.store.entries import Entry
from coach.util.wording import Wording
from screens.guided.autosave import Keeper
from screens.rehearsal.deck import DeckScreen
from screens.rehearsal.practice import PracticeScreen
from screens.widgets.menu import MenuLine

QUESTION = "Pourquoi [sad] le bois ?"


def interview(desk: Desk) -> None:
    rows = [{"id": "q", "question": QUESTION, "firmer": "Parce qu'on le répare."}]
    desk.journal.save(entry_of("interview", answers={"company": "Orbis", "questions": rows}))


def phase(pilot: Pilot[int], name: str) -> bool:
    screen = pilot.app.screen
    return isinstance(screen, PracticeScreen) and screen.phase == name


async def begin(pilot: Pilot[int]) -> PracticeScreen:
    """From home to the first question."""
    await pilot.press("r")
    await until(pilot, lambda: listed(pilot.app), "the deck")
    await pilot.press("enter")
    await until(pilot, lambda: phase(pilot, "asking"), "a question")
    screen = pilot.app.screen
    assert isinstance(screen, PracticeScreen)
    return screen


async def test_a_question_is_answered_from_home_rated_and_found_by_browsing(desk: Desk) -> None:
    interview(desk)
    async with desk.home() as pilot:
        labels = [str(one.visual) for one in pilot.app.screen.query(MenuLine)]
        assert any("(1 à revoir)" in one for one in labels)
        screen = await begin(pilot)
        assert QUESTION in shown(pilot.app) and "Orbis" in shown(pilot.app)
        await pilot.press(*"ok", "f3")
        assert Wording("rehearsal", "fr")("no_hint")[:20] in shown(pilot.app)
        await pilot.press("f2")
        assert "preuve" in shown(pilot.app)
        await pilot.press("escape", "a")
        assert screen.query_one(TextArea).text == "oka"
        await pilot.press("3")
        assert phase(pilot, "asking")  # a figure in an answer is no rating
        await pilot.press("ctrl+n")
        await until(pilot, lambda: phase(pilot, "comparing"), "the comparison")
        assert "Parce qu'on le répare." in shown(pilot.app)
        await pilot.press("escape", "backspace", "ctrl+n")
        await until(pilot, lambda: phase(pilot, "comparing"), "the comparison")
        await pilot.click("#rate3")
        await until(pilot, lambda: phase(pilot, "asking"), "the next question")
        assert "Elle reviendra" in shown(pilot.app)
        await pilot.press("escape")
        await back_home(pilot)
        (entry,) = desk.entries("rehearsal")
        (row,) = entry.answers["attempts"]
        assert (row["question"], row["answer"], row["confidence"]) == (QUESTION, "oka", "3")
        assert not desk.drafts()
        pilot.app.navigation.open_place("browse")  # type: ignore[attr-defined]
        await until(pilot, lambda: "[sad] le bois" in shown(pilot.app), "browsing")


async def test_what_is_half_done_stays_a_draft_and_goes_on(desk: Desk) -> None:
    interview(desk)
    async with desk.home() as pilot:
        await begin(pilot)
        await pilot.press(*"demi", "escape")
        await back_home(pilot)
        assert [one.entry.flow for one in desk.drafts()] == ["rehearsal"]
        screen = await begin(pilot)
        assert screen.query_one(TextArea).text == "demi"
        await pilot.press("ctrl+n", "2", *["f5"] * 3, "f3", "f5")
        await until(pilot, lambda: phase(pilot, "over"), "the end")
        assert "1 question travaillée" in shown(pilot.app)
        assert "à revoir" in shown(pilot.app) and "Une piste" not in shown(pilot.app)
        await pilot.press("enter")
        await back_home(pilot)
        assert len(desk.entries("rehearsal")) == 1 and not desk.drafts()


async def test_what_cannot_be_kept_stays_on_the_screen_until_it_can(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish, failures = Keeper.finish, [JournalError("locked", path="x")]

    async def failing(keeper: Keeper) -> Entry:
        if failures:
            raise failures.pop()
        return await finish(keeper)

    monkeypatch.setattr(Keeper, "finish", failing)
    monkeypatch.setattr("screens.rehearsal.ending.RETRY_EVERY", 0.5)
    async with desk.home() as pilot:
        screen = await begin(pilot)
        await pilot.press(*"mot", "ctrl+n", "3", *["f5"] * 4)
        await until(pilot, lambda: not failures, "the failure")
        assert screen.query_one("#status").has_class("bad") and screen.phase != "over"
        assert [one.entry.flow for one in desk.drafts()] == ["rehearsal"]
        await pilot.press("ctrl+n", "f5", "x")  # no question is left to answer
        await until(pilot, lambda: phase(pilot, "over"), "it is tried again by itself")
        assert desk.entries("rehearsal") and not desk.drafts()


async def test_said_aloud_only_the_clock_is_kept(desk: Desk) -> None:
    async with desk.home(size=(60, 20)) as pilot:
        await begin(pilot)
        await pilot.press("f4", "ctrl+n")
        await until(pilot, lambda: phase(pilot, "comparing"), "the comparison")
        assert "à voix haute" in shown(pilot.app)
        await pilot.press("4", "ctrl+s")
        await back_home(pilot)
        (row,) = desk.entries("rehearsal")[0].answers["attempts"]
        assert row["aloud"] == "oui" and "answer" not in row


async def test_any_question_of_the_deck_is_practised_at_once_and_ones_own_are_added(
    desk: Desk,
) -> None:
    async with desk.home() as pilot:
        await pilot.press("l", "r")
        await until(pilot, lambda: listed(pilot.app), "the deck")
        options = pilot.app.screen.query_one(OptionList)
        options.focus()
        options.highlighted = options.get_option_index("classic:pay")
        await pilot.press("enter")
        await until(pilot, lambda: phase(pilot, "asking"), "a question")
        assert "rémunération" in shown(pilot.app)
        await pilot.press("escape")
        await back_home(pilot)
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, DeckScreen), "the deck")
        await pilot.press("a")
        await opened(pilot, "which")


async def test_a_kept_rehearsal_is_changed_as_any_session(desk: Desk) -> None:
    row = {"id": "classic:introduce", "question": "Qui ?", "answer": "Moi", "confidence": "3"}
    entry = desk.journal.save(entry_of("rehearsal", answers={"attempts": [row]}))
    async with desk.home() as pilot:
        app: Any = pilot.app
        app.navigation.open_session(SessionRequest("rehearsal", entry.id))
        await opened(pilot, "asked")


@pytest.mark.usefixtures("evening")
@pytest.mark.parametrize("variant", ["fr", "en"])
async def test_pictures(
    desk: Desk, picture: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch, variant: str
) -> None:
    monkeypatch.setattr("screens.rehearsal.clock.AnswerClock.seconds", 42)
    wide = {"size": (120, 40)} if variant == "en" else {}
    async with demo(desk, picture, lang=variant, suffix=f"_{variant}", **wide) as album:
        pilot = album.pilot
        await pilot.press("r")
        await until(pilot, lambda: listed(pilot.app), "the deck")
        await album.take("deck")
        await pilot.press("enter")
        await until(pilot, lambda: phase(pilot, "asking"), "a question")
        await pilot.press("f3")
        await album.take("asking")
        said = {"fr": "J'ai décrit 6 meubles", "en": "I described 6 chairs"}[variant]
        pilot.app.screen.query_one(TextArea).insert(said)
        await pilot.press("ctrl+n")
        await until(pilot, lambda: phase(pilot, "comparing"), "the comparison")
        await album.take("comparing")
