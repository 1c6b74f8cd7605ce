"""What every screen looks like: pictures that a change must be looked at to be accepted."""

import pytest
from album import VARIANTS, Album, demo, listed
from making import field, step
from piloting import Desk, back_home, block, burst, opened, paste, rows, told, until
from syrupy.assertion import SnapshotAssertion
from textual.command import CommandPalette
from textual.widgets import OptionList

from screens.common.dialogs import Ask, Choose, Help

pytestmark = pytest.mark.usefixtures("evening")


@pytest.mark.parametrize("variant", VARIANTS, ids=["80x24", "wide", "english", "light"])
async def test_the_main_screens(fresh: Desk, picture: SnapshotAssertion, variant: str) -> None:
    async with demo(fresh, picture, suffix=variant, **VARIANTS[variant]) as album:
        await album.take("home")
        await album.pilot.press("t")
        await until(album.pilot, lambda: listed(album.app), "the weeks")
        await album.take("weeks")
        await album.home()
        await album.session("weekly")
        await album.steps("weekly", "proofs")
        await album.home()
        await album.session("reframe")
        await album.steps("reframe", "met")
        await album.home()
        await album.session("interview")
        await album.steps("interview", "reasons")


@pytest.mark.parametrize("variant", VARIANTS, ids=["80x24", "wide", "english", "light"])
async def test_the_first_start(fresh: Desk, picture: SnapshotAssertion, variant: str) -> None:
    options = {"size": (80, 24), "lang": "fr"} | VARIANTS[variant]
    if theme := options.get("theme"):
        fresh.settings(f'theme = "{theme}"\n')
    async with fresh.app(lang=options["lang"]).run_test(size=options["size"]) as pilot:
        album = Album(pilot, picture, variant)
        await until(pilot, lambda: bool(pilot.app.screen.query("#fr")), "the languages")
        await album.take("welcome")
        await pilot.press("enter")
        await until(pilot, lambda: not pilot.app.screen.query("#fr"), "the question")
        await album.take("welcome_where")
        if not variant:
            await pilot.press("down", "enter")
            await back_home(pilot)
            await album.take("home_empty")


async def test_the_week(fresh: Desk, picture: SnapshotAssertion) -> None:
    async with demo(fresh, picture) as album:
        await album.session("weekly")
        await album.steps("weekly", "checkin", "last_intention", "difficulty", "goals", "recap")
        await album.step("proofs")
        await album.pilot.press("f1")
        await album.take("weekly_proofs_help")
        await album.pilot.press("f1", "f2")
        await album.take("weekly_answers")


async def test_the_wizard(fresh: Desk, picture: SnapshotAssertion) -> None:
    async with demo(fresh, picture) as album:
        await album.session("reframe")
        names = ("welcome", "private_question", "fair_chance", "two_sides", "turned:no_feedback")
        await album.steps("reframe", *names, "phantom", "tell", "keep")
        await album.step("private_question")
        await burst(album.pilot, "1")
        await album.step("not_yours")
        await album.take("reframe_not_yours")


async def test_the_interview(fresh: Desk, picture: SnapshotAssertion) -> None:
    async with demo(fresh, picture) as album:
        await album.session("interview")
        await album.steps("interview", "accept", "film", "cause:proofs", "how_far", "ask_why")


async def test_the_internship_and_a_note(fresh: Desk, picture: SnapshotAssertion) -> None:
    async with demo(fresh, picture) as album:
        await album.session("internship")
        await album.steps("internship", "when", "aim")
        await album.home()
        await album.pilot.press("n")
        await opened(album.pilot, "quick")
        await album.take("note")


async def test_lists_dialogs_and_the_palette(fresh: Desk, picture: SnapshotAssertion) -> None:
    fresh.own_flow(step("one", field("line", "it")), title="Carnet de labo", summary="Chaque soir")
    (fresh.data_folder.flows / "casse.toml").write_text("steps = 3")
    async with demo(fresh, picture) as album:
        pilot, app = album.pilot, album.app
        for key, name in (("i", "internships"), ("o", "own")):
            await pilot.press(key)
            await until(
                pilot,
                lambda: (
                    app.screen.query(OptionList) and app.screen.query_one(OptionList).option_count
                ),
                "the list",
            )
            await album.take(name)
            await album.home()
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, Help), "help")
        await album.take("help")
        await album.home()
        app.push_screen(Choose("Il y a déjà une page écrite", {"a": "Reprendre", "b": "Repartir"}))
        await until(pilot, lambda: isinstance(app.screen, Choose), "the choice")
        await album.take("choose")
        await album.home()
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, CommandPalette), "the palette")
        await album.take("palette")
        await album.home()
        await album.session("weekly")
        await pilot.press("f8")
        await until(pilot, lambda: isinstance(app.screen, Ask), "the question")
        await album.take("ask")


async def test_what_goes_wrong(
    desk: Desk, picture: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = [{"id": "what", "required": True}, "who"]
    desk.own_flow(
        step("one", field("date", "day"), field("number", "hours", most=80)),
        step("two", field("rows", "rows", columns=columns)),
        title="Carnet de labo",
    )
    monkeypatch.setattr("screens.guided.autosave.DRAFT_EVERY", 0.05)
    async with desk.session() as pilot:
        album = Album(pilot, picture, "")
        await paste(pilot, "bientôt", block(pilot, "day").widget)
        await paste(pilot, "99", block(pilot, "hours").widget)
        await until(pilot, lambda: told(pilot.app, "guided.kept.at", time="17:42"), "kept")
        await album.take("slips")
        block(pilot, "day").widget.value = ""
        block(pilot, "hours").widget.value = ""
        await pilot.press("ctrl+n")
        await opened(pilot, "two")
        await paste(pilot, "Léa", rows(pilot)._input("who"))
        await pilot.press("ctrl+n")
        await until(pilot, lambda: told(pilot.app, "guided.required"), "what is missing")
        await album.take("missing")


@pytest.mark.parametrize("size", [(60, 20), (20, 5)], ids=["60x20", "20x5"])
async def test_small_terminals(
    fresh: Desk, picture: SnapshotAssertion, size: tuple[int, int]
) -> None:
    suffix = "_{}x{}".format(*size)
    async with demo(fresh, picture, size=size, suffix=suffix) as album:
        await album.take("home")
        await album.session("weekly")
        await album.take("weekly_proofs")
