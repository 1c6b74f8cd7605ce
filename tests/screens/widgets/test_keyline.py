"""The keys on the last line: what has the cursor decides, the mouse presses and asks."""

from making import entry_of
from piloting import Desk, guided, opened, shown, until
from textual.events import MouseScrollDown

from coach.util.wording import Wording
from screens.widgets.keyline import KeyLine

SAY = Wording("keys", "fr")


def last_line(app: object) -> str:
    return shown(app).splitlines()[-1]


async def test_a_click_presses_the_key_and_the_mouse_over_it_tells_more(desk: Desk) -> None:
    async with desk.session("weekly", tooltips=True) as pilot:
        keys = guided(pilot).query_one(KeyLine)
        await until(pilot, lambda: SAY("next") in last_line(pilot.app), "the keys")
        at = last_line(pilot.app).index(SAY("back"))
        await pilot.hover(KeyLine, offset=(at, 0))
        assert keys.over is not None and keys.over.label == SAY("back")
        assert str(keys.tooltip) == SAY("back.tip")
        await pilot.click(KeyLine, offset=(last_line(pilot.app).index(SAY("next")), 0))
        await opened(pilot, "proofs")


async def test_on_a_narrow_terminal_the_wheel_brings_the_other_keys(desk: Desk) -> None:
    async with desk.session("weekly", size=(30, 20)) as pilot:
        keys = guided(pilot).query_one(KeyLine)
        await until(pilot, lambda: SAY("next") in last_line(pilot.app), "the keys")
        assert SAY("quit") not in last_line(pilot.app)
        for _ in keys.keys:
            keys.post_message(MouseScrollDown(keys, 0, 0, 0, 1, 0, False, False, False))
            await pilot.pause()
        await until(pilot, lambda: SAY("quit") in last_line(pilot.app), "the last key")


async def test_the_way_back_is_named_where_keys_are_many(desk: Desk) -> None:
    desk.journal.save(entry_of("weekly", answers={"achievements": [{"action": "a", "skill": "b"}]}))
    async with desk.home(size=(60, 20)) as pilot:
        await until(pilot, lambda: SAY("quit") in last_line(pilot.app), "the way out of home")
        await pilot.press("p")
        await until(pilot, lambda: SAY("skills.kind") in last_line(pilot.app), "the keys")
        assert SAY("list.close") in last_line(pilot.app)
        assert SAY("skills.coverage") not in last_line(pilot.app)
