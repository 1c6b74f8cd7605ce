"""The real app under random keys on a large journal: what home says is what the file holds."""

import asyncio
import random
from collections import Counter
from pathlib import Path

from making import entry_of, internship_of
from piloting import Desk, back_home, burst, opened, shown, told, until
from scale import figure, scaled
from textual.pilot import Pilot

from coach.util.wording import Wording
from screens.app import CoachApp
from screens.browse.browse import BrowseScreen

ENTRIES = scaled(40, 10_000)
ACTIONS = scaled(8, 300)
SIZES = [(80, 24), (60, 20), (120, 36), (80, 24)]


class Student:
    """Presses keys; knows how many entries there must be and what the last note said."""

    def __init__(self, desk: Desk, pilot: Pilot[int], draw: random.Random) -> None:
        self.desk = desk
        self.pilot = pilot
        self.draw = draw
        self.total = len(desk.entries())
        self.trashed = 0
        self.turn = 0
        self.done: Counter[str] = Counter()

    @property
    def app(self) -> CoachApp:
        app = self.pilot.app
        assert isinstance(app, CoachApp)
        return app

    async def act(self) -> None:
        self.turn += 1
        deed = self.draw.choice(
            ["note", "note", "elsewhere", "browse", "throw", "throw", "wander", "resize", "palette"]
        )
        await getattr(self, deed)()
        self.done[deed] += 1
        await back_home(self.pilot)
        label = Wording("home", "fr").count("menu.browse", self.total)
        await until(self.pilot, lambda: self._home_says(label), label)
        assert len(self.desk.entries()) == self.total

    def _home_says(self, label: str) -> bool:
        from screens.widgets.menu import MenuLine

        return any(label in str(one.visual) for one in self.app.screen.query(MenuLine))

    async def note(self) -> None:
        text = f"touche {self.turn}"
        await self.pilot.press("n")
        await opened(self.pilot)
        await burst(self.pilot, *text, "enter")
        self.total += 1
        await back_home(self.pilot)
        await until(self.pilot, lambda: self.desk.entries()[0].answers.get("text") == text, text)

    async def elsewhere(self) -> None:
        self.desk.journal.save(entry_of("note", answers={"text": f"ailleurs {self.turn}"}))
        self.total += 1

    async def _browsing(self) -> BrowseScreen:
        await self.pilot.press("b")
        await until(
            self.pilot,
            lambda: isinstance(self.app.screen, BrowseScreen) and self._counted(),
            "browsing",
        )
        screen = self.app.screen
        assert isinstance(screen, BrowseScreen)
        return screen

    def _counted(self) -> bool:
        return told(self.app, "browse.count.all", n=self.total)

    async def _leave(self) -> None:
        for _ in range(6):
            if self.app.screen is self.app.home:
                return
            await self.pilot.press("escape")

    async def browse(self) -> None:
        await self._browsing()
        await burst(self.pilot, "/", *self.draw.choice(["tri", "é", "touche 3", "zzz"]))
        await self.pilot.press("down", "down", "enter")
        await self._leave()

    async def throw(self) -> None:
        await self._browsing()
        await self.pilot.press("d")
        await until(self.pilot, lambda: len(self.desk.entries()) == self.total - 1, "thrown away")
        if self.draw.random() < 0.5:
            await self.pilot.press("u")
            await until(self.pilot, lambda: len(self.desk.entries()) == self.total, "taken back")
        else:
            self.total -= 1
        await self._leave()

    async def wander(self) -> None:
        """Opens something, presses keys that keep nothing, and leaves."""
        await self.pilot.press(self.draw.choice(["t", "i", "f1", "l", "d"]))
        for _ in range(self.draw.randrange(4)):
            await self.pilot.press(self.draw.choice(["down", "up", "tab", "f1", "pagedown"]))
        await self._leave()

    async def resize(self) -> None:
        await self.pilot.resize_terminal(*self.draw.choice(SIZES))

    async def palette(self) -> None:
        await self.pilot.press("ctrl+p")
        await burst(self.pilot, *"rel")
        await self._leave()


async def test_random_keys(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "coach")
    desk.settings('lang = "fr"\n')
    about = internship_of("2026-11-02", "2027-01-29", company="Lumen")
    notes = (entry_of("note", answers={"text": f"tri {n} " + "é" * 100}) for n in range(ENTRIES))
    desk.journal.merge([about, *notes])
    async with desk.home() as pilot:
        student = Student(desk, pilot, random.Random(20261120))
        for _ in range(ACTIONS):
            try:
                await asyncio.wait_for(student.act(), 120)
            except BaseException:
                print(student.turn, student.done, shown(pilot.app))
                raise
    done = ", ".join(f"{n} {what}" for what, n in student.done.most_common())
    figure(f"screen: {ACTIONS} actions by keys on {ENTRIES:,} entries ({done}): 0 drifts")
