"""Home on the day of the run (see `make test-days`): what it leads to is on the first screen."""

import pytest
from piloting import Desk, shown, until

from coach.demo import build
from coach.util.wording import Wording


@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_hints_push_no_way_off_the_first_screen(desk: Desk, lang: str) -> None:
    build(desk.folder, lang)
    async with desk.home(lang=lang, today=None) as pilot:
        await until(pilot, lambda: Wording("home", lang)("menu.lab") in shown(pilot.app), "the lab")
        text = shown(pilot.app)
        for key in "sepbdlr":
            assert f"  {key}  " in text, (key, text)
