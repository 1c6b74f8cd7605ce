"""What every screen looks like: pictures that a change must be looked at to be accepted.

`pytest tests/screens/test_snapshots.py --snapshot-update` writes them anew; look at each one that
changed before it is kept. Time stands at a Friday evening, nothing blinks or moves.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import pytest
import time_machine
from making import TODAY, field, step
from piloting import Desk, back_home, block, burst, guided, opened, paste, rows, told, until
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from syrupy.location import PyTestLocation
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, TextArea

from coach.demo import build
from coach.requests import Request
from screens.dialogs import Ask, Choose, Help

EVENING = datetime(2026, 11, 20, 17, 42, 5, tzinfo=ZoneInfo("Europe/Paris"))
BIG = (120, 40)
STEADY = 0.3
"""Seconds without a change after which a screen is done drawing."""


class Picture(SingleFileSnapshotExtension):
    """One `.svg` for each picture, in a folder of their own."""

    file_extension = "svg"
    _write_mode = WriteMode.TEXT

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        return str(Path(test_location.filepath).parent / "snapshots")

    @classmethod
    def get_file_basename(cls, *, test_location: PyTestLocation, index: Any = 0) -> str:
        return str(index)

    @classmethod
    def matches_test_location(
        cls, *, test_location: PyTestLocation, snapshot_location: str
    ) -> bool:
        return Path(snapshot_location).parent.name == "snapshots"


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(Picture)


@pytest.fixture(autouse=True)
def evening(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A Friday at 17:42 in Paris; time goes on, so that timers do, but nothing comes late."""
    monkeypatch.setattr("screens.guided.NOTICE_AFTER", 0.01)
    monkeypatch.setattr("screens.keeping.DRAFT_EVERY", 3600)
    with time_machine.travel(EVENING, tick=True):
        yield


def svg(app: Any) -> str:
    """The screen as a picture, without what changes from run to run."""
    for widget in app.screen.query("Input, TextArea"):
        if isinstance(widget, Input | TextArea):
            widget.cursor_blink = False
    # The line that says when a draft was kept comes when the disk is done.
    for line in app.screen.query("#status"):
        line.visible = False
    drawn = app.export_screenshot(title="coach")
    drawn = re.sub(r"terminal-\d+", "terminal", drawn)
    # The picture names a font to fetch; a page that shows it has its own.
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.S)
    return re.sub(r"[ \t]+\n", "\n", drawn)


async def steady(pilot: Pilot[int]) -> str:
    """The picture of the screen once it is done drawing."""
    await pilot.pause()
    drawn = svg(pilot.app)
    for _ in range(100):
        await asyncio.sleep(STEADY)
        await pilot.pause()
        if drawn == (drawn := svg(pilot.app)):
            break
    return drawn


class Album:
    """Takes pictures of one app; each has a name of its own."""

    TAKEN: ClassVar[set[str]] = set()

    def __init__(self, pilot: Pilot[int], picture: SnapshotAssertion, suffix: str) -> None:
        self.pilot = pilot
        self.app: Any = pilot.app
        self.picture = picture
        self.suffix = suffix

    async def take(self, name: str) -> None:
        """Compares the screen with the picture kept as `name`."""
        drawn = await steady(self.pilot)
        assert drawn == self.picture(name=f"{name}{self.suffix}")

    async def home(self) -> None:
        """Leaves whatever is on top."""
        for _ in range(3):
            if self.app.screen is not self.app.home:
                await self.pilot.press("ctrl+s" if self.guided else "escape")
                await self.pilot.pause()
        await back_home(self.pilot)

    @property
    def guided(self) -> bool:
        return type(self.app.screen).__name__ == "GuidedScreen"

    async def session(self, flow: str, number: int = 0) -> None:
        """Opens a session; of those kept, the one that many back."""
        kept = self.app.journal.entries(flow=flow)
        entry_id = kept[number].id if kept and flow != "weekly" else ""
        self.app.open_session(Request(flow, entry_id))
        await opened(self.pilot)

    async def step(self, name: str, item: str = "") -> None:
        """Goes to a step of the session."""
        screen = guided(self.pilot)
        screen.session.go((name, item))
        await screen.show_page()

    async def steps(self, flow: str, *names: str) -> None:
        """Pictures of some steps; `name:item` is one that repeats."""
        for name in names:
            step_id, _, item = name.partition(":")
            await self.step(step_id, item)
            await self.take(f"{flow}_{step_id}")


def listed(app: Any) -> bool:
    """Whether a list shows its lines."""
    return any(options.option_count for options in app.screen.query(OptionList))


@asynccontextmanager
async def demo(
    desk: Desk,
    picture: SnapshotAssertion,
    *,
    size: tuple[int, int] = (80, 24),
    lang: str = "fr",
    theme: str = "coach-dark",
    suffix: str = "",
) -> AsyncIterator[Album]:
    """The app on the demo's journal."""
    build(desk.folder, lang, TODAY)
    desk.settings(f'lang = "{lang}"\ntheme = "{theme}"\n')
    async with desk.home(size=size, lang=lang) as pilot:
        yield Album(pilot, picture, suffix)


VARIANTS = {
    "": {},
    "_wide": {"size": BIG},
    "_en": {"lang": "en"},
    "_light": {"theme": "coach-light"},
}


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
    (fresh.place.flows / "casse.toml").write_text("steps = 3")
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
    monkeypatch.setattr("screens.keeping.DRAFT_EVERY", 0.05)
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
