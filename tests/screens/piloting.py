"""Driving the app in tests: opened on a folder, waited for, read from its screen."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from making import TODAY, raw_flow, step, write_toml
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widget import Widget

from coach.disk.locations import DataFolder
from coach.flows.request import SessionRequest
from coach.store.entries import Draft, Entry
from coach.store.journal import Journal
from coach.util.wording import Wording
from screens.app import CoachApp
from screens.guided.field import FieldBlock
from screens.guided.guided import GuidedScreen
from screens.guided.rows import RowsEditor

PATIENCE = 30.0
"""Seconds a test waits for something before it fails: workers share two cores."""


async def until(
    pilot: Pilot[int], happened: Callable[[], Any], what: str = "", patience: float = PATIENCE
) -> None:
    """Waits until `happened()` is true; fails with what the screen shows."""
    begun = time.monotonic()
    while not happened():
        waited = time.monotonic() - begun
        if waited > patience:
            raise AssertionError(f"never happened: {what}\n{shown(pilot.app)}")
        # Looking at the screen costs: what takes long is looked at less often.
        await asyncio.sleep(0.02 if waited < 0.2 else 0.1)
    await pilot.pause()


def shown(app: Any) -> str:
    """What the screen shows, line by line, without its colours."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def flat(app: Any) -> str:
    """What the screen shows as one line, its frames and line breaks taken out."""
    return " ".join(re.sub("[│╭╮╰╯─▌▎▊▏▔▁▇▅▃▂▆▄]", " ", shown(app)).split())


def says(app: Any, text: str) -> bool:
    """Whether `text` is on the screen, wherever its lines break: a long path breaks in mid-word,
    elsewhere in each run's folder, so that spaces count for nothing.
    """
    return "".join(text.split()) in "".join(flat(app).split())


def told(app: Any, key: str, **values: str | int) -> bool:
    """Whether the screen shows the words `AREA.KEY` of `data/wording`, in the app's language.

    What `values` do not fill may be anything: a path, a reason.
    """
    area, _, name = key.partition(".")
    text = Wording(area, app.lang)(name, **values)
    return all(says(app, piece.strip()) for piece in re.split(r"\{[a-z_]+\}", text))


class Desk:
    """A data folder and the apps opened on it, one after another or side by side."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data_folder = DataFolder(folder)

    @property
    def journal(self) -> Journal:
        """Another reader (or writer) of the journal, as a second program is."""
        return Journal(self.folder)

    def entries(self, flow: str | None = None) -> list[Entry]:
        """What is kept."""
        return self.journal.entries(flow=flow)

    def drafts(self) -> list[Draft]:
        """What is under way."""
        return self.journal.drafts.list()

    def settings(self, text: str) -> None:
        """Writes the settings file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.data_folder.settings.write_text(text, "utf-8")

    def own_flow(self, *steps: dict[str, Any], id: str = "labo", **head: Any) -> None:
        """Drops a session in the student's flow folder."""
        self.data_folder.flows.mkdir(parents=True, exist_ok=True)
        text = write_toml(raw_flow(*steps, id=id, **head))
        (self.data_folder.flows / f"{id}.toml").write_text(text, "utf-8")

    def one_field(self, made: dict[str, Any]) -> None:
        """A session of one field, as `labo`."""
        self.own_flow(step("only", made))

    def app(self, start: str = "", **more: Any) -> CoachApp:
        """An app; `start` names a session to open straight away."""
        options: dict[str, Any] = {"lang": "fr", "today": TODAY} | more
        where = SessionRequest(start) if start and start != "browse" else start
        return CoachApp(self.data_folder, start=where, **options)

    @asynccontextmanager
    async def home(
        self, size: tuple[int, int] = (80, 24), **more: Any
    ) -> AsyncIterator[Pilot[int]]:
        """The app on its home screen, which has read the journal."""
        how = {name: more.pop(name) for name in ("notifications", "tooltips") if name in more}
        app = self.app(**more)
        async with app.run_test(size=size, **how) as pilot:
            await until(pilot, lambda: app.home._begun, "home")
            yield pilot

    @asynccontextmanager
    async def session(
        self, flow: str = "labo", size: tuple[int, int] = (80, 24), **more: Any
    ) -> AsyncIterator[Pilot[int]]:
        """The app straight in a session, which shows its step."""
        how = {name: more.pop(name) for name in ("notifications", "tooltips") if name in more}
        async with self.app(flow, **more).run_test(size=size, **how) as pilot:
            await opened(pilot)
            yield pilot


async def opened(pilot: Pilot[int], step_id: str = "") -> GuidedScreen:
    """The guided session on top, once it shows (the step `step_id`)."""

    def there() -> bool:
        screen = pilot.app.screen
        return (
            isinstance(screen, GuidedScreen)
            and screen.is_mounted
            and bool(screen.query(".title"))
            and (not step_id or screen.session.page.step.id == step_id)
        )

    await until(pilot, there, f"step {step_id or '(any)'}")
    return guided(pilot)


def guided(pilot: Pilot[int]) -> GuidedScreen:
    """The guided session on top."""
    screen = pilot.app.screen
    assert isinstance(screen, GuidedScreen)
    return screen


def block(pilot: Pilot[int], field: str) -> FieldBlock:
    """One field of the session."""
    return next(one for one in guided(pilot).query(FieldBlock) if one.field.id == field)


def rows(pilot: Pilot[int]) -> RowsEditor:
    """The table of the step."""
    return guided(pilot).query_one(RowsEditor)


async def paste(pilot: Pilot[int], text: str, into: Widget | None = None) -> None:
    """Pastes `text` where the cursor is: what is typed, without a key press for each letter."""
    if into is not None:
        pilot.app.screen.set_focus(into)
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


async def burst(pilot: Pilot[int], *keys: str) -> None:
    """Keys that arrive together, as a fast hand or a slow line sends them."""
    for key in keys:
        character = key if len(key) == 1 else {"space": " ", "enter": "\r"}.get(key)
        named = _character_to_key(key) if len(key) == 1 else key
        pilot.app.post_message(events.Key(named, character))
    await pilot.pause()


async def back_home(pilot: Pilot[int]) -> None:
    """Waits until home is on top again."""
    app: Any = pilot.app
    await until(pilot, lambda: app.screen is app.home, "home")
