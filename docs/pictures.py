"""Makes the README's pictures from the demo: `make pictures`."""

import asyncio
import tempfile
from pathlib import Path

from coach.demo import build
from coach.disk.locations import DataFolder
from coach.flows.request import SessionRequest
from coach.util import clock
from screens.app import CoachApp

MOMENT = "2026-11-27 17:42"
"""A Friday evening: the pictures are the same whenever they are made."""
FOLDER = Path(__file__).parent / "pictures"


async def picture(
    name: str,
    lang: str,
    *keys: str,
    start: str | SessionRequest = "",
    size: tuple[int, int] = (80, 24),
) -> None:
    """Opens the demo, presses `keys`, and keeps what shows as `pictures/NAME.svg`."""
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder), lang)
        app = CoachApp(DataFolder(Path(folder)), lang=lang, start=start)
        async with app.run_test(size=size) as pilot:
            await pilot.pause(2)
            for key in keys:
                await pilot.press(key)
                await pilot.pause(0.4)
            await pilot.pause(1.5)
            text = app.export_screenshot(title="coach")
        (FOLDER / f"{name}.svg").write_text(text + "\n", encoding="utf-8")


async def main() -> None:
    """Makes every picture."""
    FOLDER.mkdir(exist_ok=True)
    await picture("home", "fr", size=(80, 28))
    await picture("weekly", "fr", start=SessionRequest("weekly"), size=(120, 30))
    situations = ["ctrl+n"] * 3 + ["2", "down", "down", "down", "space"]
    reframe = SessionRequest("reframe", new=True)
    await picture("reframe", "en", "4", *situations, start=reframe, size=(80, 28))
    search = ("slash", *"waste")
    await picture("browse", "en", *search, "enter", start="browse", size=(120, 30))
    await picture("lab", "fr", "l", size=(80, 24))
    await picture("skills", "fr", "p", size=(100, 26))
    await picture("document", "en", "d", "down", "enter", size=(100, 34))
    await picture("map", "fr", "l", "u", size=(110, 22))


if __name__ == "__main__":
    with clock.running(MOMENT):
        asyncio.run(main())
