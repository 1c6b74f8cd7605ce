"""The map as lines: everybody once, each below who leads there, within any width, in ASCII too."""

from typing import Any

import pytest
from making import entry_of
from rich.cells import cell_len

from coach.features.network.contacts import people_among
from coach.features.network.map import build_branches
from coach.store.entries import Entry
from screens.base.symbols import ASCII, UNICODE, Symbols
from screens.network.map_layout import Picture, draw_map


def person(id: str, by: str = "", **answers: Any) -> Entry:
    leads = {"introduced_by": by} if by else {}
    return entry_of("contact", id=id, answers={"name": id.title()} | leads | answers)


BOOK = [
    person("ana", circle="family", hub="yes", role="clerc"),
    person("bob", by="ana", company="Chantiers du Léon", role="charpentier"),
    person("cem", by="bob", more=["dormant"]),
    person("dan", circle="school"),
    person("eve", circle="friends"),
]


def drawn(entries: list[Entry], width: int, symbols: Symbols = UNICODE) -> Picture:
    named = [(one.key or "?", one.nodes) for one in build_branches(people_among(entries))]
    return draw_map(named, "moi", width, symbols)


def lines(picture: Picture) -> list[str]:
    return [picture.line(number).plain for number in range(picture.count)]


def named(picture: Picture) -> dict[str, str]:
    """Who → the words at their place."""
    shown = lines(picture)
    return {spot.what: shown[spot.line][slice(*picture.extent(spot))] for spot in picture.spots}


def test_wide_it_goes_to_both_sides_with_me_in_the_middle() -> None:
    assert [line.rstrip() for line in lines(drawn(BOOK, 76))] == [
        "                        friends ─╮",
        "                         Eve ─╯  ├─ moi ─── family",
        "                                 │          ╰─ ★ Ana, clerc",
        "                         school ─╯             ╰─ ② Bob, charpentier",
        "                         Dan ─╯                   ╰─ ③ ◌ Cem",
    ]


def test_narrow_all_goes_to_the_right() -> None:
    assert [line.rstrip() for line in lines(drawn(BOOK, 40, ASCII))] == [
        "       +- family",
        "       |  `- * Ana, clerc",
        "       |     `- (2) Bob, charpentier",
        "       |        `- (3) ~ Cem",
        "  moi -+",
        "       +- friends",
        "       |  `- Eve",
        "       |",
        "       +- school",
        "          `- Dan",
    ]


@pytest.mark.parametrize("symbols", [UNICODE, ASCII], ids=["unicode", "ascii"])
@pytest.mark.parametrize("width", [40, 58, 78, 118])
def test_everybody_is_there_once_and_no_line_is_too_wide(width: int, symbols: Symbols) -> None:
    picture = drawn([*BOOK, person("漢字漢字漢字漢字漢字漢字", by="cem")], width, symbols)
    assert all(cell_len(line) <= width for line in lines(picture))
    found = named(picture)
    assert len(found) == 6
    assert "Dan" in found["dan"] and "Ana" in found["ana"] and "Cem"[:1] in found["cem"]
    if symbols is ASCII:
        assert "".join(lines(drawn(BOOK, width, ASCII))).replace("é", "").replace("…", "").isascii()
