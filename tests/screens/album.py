"""Pictures of screens, compared with those kept in `snapshots/`, and the demo to take them of.

A file of such tests begins with `pytestmark = pytest.mark.usefixtures("evening")`: time stands at
a Friday evening, nothing blinks or moves. Its tests take the fixture `picture`, open the app with
`demo(...)` (or make an `Album` of any pilot), and `take("a name")`. `pytest THAT_FILE
--snapshot-update` (without `-n`) writes its pictures anew; look at each one that changed
before it is kept.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from making import TODAY
from piloting import Desk, back_home, guided, opened
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from syrupy.location import PyTestLocation
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Input, OptionList, TextArea

from coach.demo import build
from coach.flows.request import SessionRequest
from screens.guided.guided import GuidedScreen

EVENING = "2026-11-20T17:42:05"
BIG = (120, 40)
STEADY = 0.2
"""Seconds without a change after which a screen is done drawing."""


class Picture(SingleFileSnapshotExtension):
    """One `.svg` for each picture, in a folder named after the test file."""

    file_extension = "svg"
    _write_mode = WriteMode.TEXT

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        where = Path(test_location.filepath)
        return str(where.parent / "snapshots" / where.stem)

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: Any = 0) -> str:
        return str(index)

    @classmethod
    def matches_test_location(
        cls, *, test_location: PyTestLocation, snapshot_location: str
    ) -> bool:
        return Path(snapshot_location).parent.name == test_location.basename


def still(app: Any) -> list[Strip]:
    """The screen's lines, without what changes from run to run."""
    for widget in app.screen.query("Input, TextArea"):
        if isinstance(widget, Input | TextArea):
            widget.cursor_blink = False
    # The line that says when a draft was kept comes when the disk is done.
    if isinstance(app.screen, GuidedScreen):
        app.screen.query_one("#status").visible = False
    shown = [*app._background_screens, app.screen]
    return [line for screen in shown for line in screen._compositor.render_strips()]


def svg(app: Any) -> str:
    """The screen as a picture."""
    drawn = app.export_screenshot(title="coach")
    drawn = re.sub(r"terminal-\d+", "terminal", drawn)
    # The picture names a font to fetch; a page that shows it has its own.
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.S)
    return re.sub(r"[ \t]+\n", "\n", drawn)


async def steady(pilot: Pilot[int]) -> str:
    """The picture of the screen once it is done drawing."""
    await pilot.pause()
    lines = still(pilot.app)
    for _ in range(100):
        await asyncio.sleep(STEADY)
        await pilot.pause()
        if lines == (lines := still(pilot.app)):
            break
    return svg(pilot.app)


class Album:
    """Takes pictures of one app; each has a name of its own."""

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
        kept = self.app.workspace.journal.entries(flow=flow)
        entry_id = kept[number].id if kept and flow != "weekly" else ""
        self.app.navigation.open_session(SessionRequest(flow, entry_id))
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
