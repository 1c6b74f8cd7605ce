"""The themes, a terminal without colours, and the demo that keeps nothing."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from terminal_support import Terminal, run

Start = Callable[..., Terminal]
BACKGROUND = re.compile(rb"48;2;(\d+);(\d+);(\d+)")
COLOUR = re.compile(rb"[34]8;2;(\d+);(\d+);(\d+)")


@pytest.mark.parametrize(
    ("theme", "light"), [("coach-light", True), ("coach-dark", False), ("", False)]
)
def test_it_starts_in_the_theme_of_the_settings(
    theme: str, light: bool, start: Start, data: Path
) -> None:
    data.mkdir()
    (data / "settings.toml").write_text(f'lang = "fr"\ntheme = "{theme}"\n')
    coach = start(COLORTERM="truecolor")
    coach.wait_for("Mes preuves", "Quitter")
    coach.quit()
    shades = [sum(map(int, rgb)) / 3 for rgb in BACKGROUND.findall(coach.raw)]
    assert shades and (min(shades) > 128) == light, (min(shades), max(shades))


def test_without_colours_only_greys_are_sent_and_all_is_said(start: Start, data: Path) -> None:
    coach = start("weekly", NO_COLOR="1", COLORTERM="truecolor")
    coach.wait_for("Où en es-tu ?", "● Sur place", "Suivant")
    coach.send("\t4")
    coach.wait_for("[4]")  # a choice is not told by its colour alone
    coach.quit()
    colours = set(COLOUR.findall(coach.raw))
    assert all(red == green == blue for red, green, blue in colours), colours


def test_the_demo_is_marked_and_writes_nothing_of_ones_own(start: Start, data: Path) -> None:
    assert run("note", "Tri des bacs", data=data).returncode == 0
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    elsewhere = data.parent / "temporary"
    elsewhere.mkdir()
    coach = start("--demo", TMPDIR=str(elsewhere))
    coach.wait_for("DÉMO", "Mes preuves")
    assert not coach.shows("Tri des bacs")
    coach.send("n")
    coach.wait_for("Ta note")
    coach.send("Essai de la démo\r")
    coach.wait_for("DÉMO", "Mes preuves")
    coach.send("b")
    coach.wait_for("Chercher dans tout", "Essai de la démo")
    coach.quit()
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before
    assert list(elsewhere.iterdir()) == []
