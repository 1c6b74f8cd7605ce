"""The lab and the documents: two keys from home, looked through, written to a file."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from making import TODAY, entry_of
from piloting import Desk, back_home, burst, opened, shown, told, until
from textual.widgets import Input, OptionList

from coach.demo import build
from coach.flows.content import Content
from coach.util.wording import Wording
from screens.base.screen import CoachScreen
from screens.browse.browse import BrowseScreen
from screens.documents.documents import DocumentScreen
from screens.guided.guided import GuidedScreen
from screens.home.home import HomeScreen
from screens.lab.lab import LabScreen
from screens.lab.menu import GROUPS
from screens.rehearsal.practice import PracticeScreen
from screens.shell.destinations import SCREENS, screen_of
from screens.skills.chart import ChartScreen
from screens.skills.skill import SkillScreen

PLACES = [
    *(screen_of(name) for name in SCREENS),
    *(HomeScreen, BrowseScreen, DocumentScreen, SkillScreen, ChartScreen, PracticeScreen),
]

SAY = Wording("keys", "fr")


def proof(**more: str) -> dict[str, str]:
    return {"id": "r", "action": "[sad] Trié 3 bacs", "skill": "Tri"} | more


async def test_every_place_of_the_lab_has_a_key_of_its_own_that_opens_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = [place for group in GROUPS.values() for place in group]
    assert len({place.key for place in places}) == len(places)
    chosen: list[str | None] = []
    async with desk.home(size=(60, 20)) as pilot:
        app = pilot.app

        def choose(_: LabScreen, name: str) -> None:
            chosen.append(name)
            app.release()

        with monkeypatch.context() as patch:
            patch.setattr(LabScreen, "dismiss", choose)
            await pilot.press("l")
            await until(pilot, lambda: isinstance(app.screen, LabScreen), "the lab")
            await burst(pilot, *(place.key for place in places))
            await until(pilot, lambda: len(chosen) == len(places), "each key")
        assert chosen == [place.name for place in places]
        await pilot.press("escape")
        await back_home(pilot)
        for name in ("weeks", "skills", "pitch"):  # a list, a screen, a session
            await pilot.press("l")
            await until(pilot, lambda: isinstance(app.screen, LabScreen), "the lab")
            await pilot.press(next(place.key for place in places if place.name == name))
            await until(
                pilot,
                lambda: not isinstance(app.screen, LabScreen) and app.screen is not app.home,
                name,
            )
            await pilot.press("escape")
            await back_home(pilot)


async def test_keys_pressed_ahead_are_for_what_they_open(desk: Desk) -> None:
    build(desk.folder, "fr", TODAY)
    async with desk.home() as pilot:
        await burst(pilot, "l", "u", "d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DocumentScreen), "the document")
        below = [type(screen).__name__ for screen in pilot.app.screen_stack]
        assert below == ["HomeScreen", "MapScreen", "DocumentScreen"]


@pytest.mark.parametrize("name", [place.name for group in GROUPS.values() for place in group])
def test_every_place_of_the_lab_is_there(content: Content, name: str) -> None:
    say = Wording("lab", "fr")
    assert say.has(name) and say.has(f"{name}.tip"), "its words in data/wording/lab.toml"
    if name in SCREENS:
        assert issubclass(screen_of(name), CoachScreen)
    else:
        assert content.flow(name).steps


@pytest.mark.parametrize("kind", PLACES, ids=lambda kind: str(kind.__name__))
def test_every_screen_says_on_f1_what_it_is_for(kind: Any) -> None:
    assert [bound.id for bound in kind._merge_bindings().key_to_bindings["f1"]] == ["help"]
    asked: list[str] = []
    navigation = SimpleNamespace(help=lambda area, screen: asked.append(area))
    coach = SimpleNamespace(navigation=navigation)
    kind.action_help(SimpleNamespace(coach=coach, area=getattr(kind, "area", "")))
    for lang in ("fr", "en"):
        say = Wording("help", lang)
        assert len(say(asked[0])) > 60 and say(f"{asked[0]}.title")


EMPTY = {
    "o": ("objectives.no_internship", ""),
    "g": ("agenda.none", "agenda.export"),
    "n": ("network.empty", "network.map"),
    "u": ("network.empty", "network.by"),
    "i": ("app.internships.first", "list.use"),
    "e": ("evidence.skills.none", "skills.rename"),
    "s": ("evidence.stars.none", "stars.entry"),
    "v": ("evidence.coverage.none", "coverage.search"),
}
"""The key of a place → what it says while there is nothing in it, and a key that then waits."""


async def test_an_empty_place_says_what_to_do_next_and_offers_no_key_in_vain(desk: Desk) -> None:
    async with desk.home() as pilot:
        for key, (says, idle) in EMPTY.items():
            await pilot.press("l")
            await until(pilot, lambda: isinstance(pilot.app.screen, LabScreen), "the lab")
            await pilot.press(key)
            await until(pilot, lambda says=says: told(pilot.app, says), says)
            await until(pilot, lambda: SAY("help") in shown(pilot.app).splitlines()[-1], "keys")
            assert not idle or SAY(idle) not in shown(pilot.app).splitlines()[-1]
            await pilot.press("escape")
            await back_home(pilot)


async def test_a_document_is_looked_through_and_written(desk: Desk, tmp_path: Path) -> None:
    desk.journal.save(entry_of("weekly", answers={"achievements": [proof()]}))
    async with desk.home() as pilot:
        await pilot.press("d")
        await until(pilot, lambda: bool(pilot.app.screen.query(OptionList)), "the documents")
        pilot.app.push_screen(DocumentScreen("skills"))
        await until(pilot, lambda: "[sad] Trié" in shown(pilot.app), "the document")
        await pilot.press("x")
        await until(pilot, lambda: bool(pilot.app.screen.query(Input)), "where to")
        line = pilot.app.screen.query_one(Input)
        line.value = str(tmp_path / "out.md")
        await pilot.press("enter")
        await until(pilot, (tmp_path / "out.md").exists, "written")
        assert "\\[sad\\] Trié 3 bacs" in (tmp_path / "out.md").read_text()


async def test_names_to_keep_out_are_told_once_and_replaced(desk: Desk) -> None:
    desk.journal.save(entry_of("weekly", answers={"achievements": [proof(impact="ROY, ravie")]}))
    async with desk.home() as pilot:
        for _ in range(2):  # told, then opened again where they are
            await pilot.press("d")
            await until(pilot, lambda: bool(pilot.app.screen.query(OptionList)), "the documents")
            await pilot.press("c")
            await opened(pilot, "which")
            if not desk.entries("confidential"):
                await burst(pilot, *"Roy")
            await until(pilot, lambda: "Roy" in shown(pilot.app), "the name")
            await pilot.press("ctrl+n")
            await until(pilot, lambda: not isinstance(pilot.app.screen, GuidedScreen), "kept")
            await pilot.press("escape")
            await back_home(pilot)
        (kept,) = desk.entries("confidential")
        assert [row["name"] for row in kept.answers["names"]] == ["Roy"]
        pilot.app.push_screen(DocumentScreen("skills"))
        await until(pilot, lambda: "[…], ravie" in shown(pilot.app), "the document")
        assert "ROY" not in shown(pilot.app)
