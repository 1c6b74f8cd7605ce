"""The theme a student chose is there from the first paint on."""

from collections import Counter

import pytest
from piloting import Desk, shown, until
from textual.css.stylesheet import Stylesheet

from screens.app import CoachApp
from screens.base.theme import DARK, LIGHT


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ("", DARK.name),
        (f'theme = "{LIGHT.name}"', LIGHT.name),
        ('theme = "nord"', "nord"),
        ('theme = "none such"', DARK.name),
    ],
)
def test_the_theme_is_known_before_anything_is_painted(
    desk: Desk, settings: str, name: str
) -> None:
    desk.settings(f'lang = "fr"\n{settings}\n')
    app = CoachApp(desk.data_folder, lang="fr")
    assert app.theme == name
    assert app.has_class("-light-mode") == (name == LIGHT.name)


async def test_no_style_sheet_is_read_twice(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    cleared: Counter[str] = Counter()
    known = Stylesheet.set_variables

    def counting(self: Stylesheet, variables: dict[str, str]) -> None:
        cleared["times"] += 1
        known(self, variables)

    monkeypatch.setattr(Stylesheet, "set_variables", counting)
    desk.settings(f'lang = "fr"\ntheme = "{LIGHT.name}"\n')
    async with desk.home() as pilot:
        assert "coach" in shown(pilot.app)
    assert not cleared


async def test_the_sign_follows_the_light(desk: Desk) -> None:
    async with desk.home() as pilot:
        app = pilot.app
        assert isinstance(app, CoachApp)
        await until(pilot, lambda: app.symbols.dark in shown(app))
        app.toggle_light()
        await until(pilot, lambda: app.symbols.light in shown(app))
