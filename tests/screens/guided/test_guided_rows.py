"""Rows: added, completed, deleted, brought back, put in order; skills suggested."""

from typing import Any

import pytest
from making import draft_of, entry_of, field, step
from piloting import Desk, back_home, burst, guided, opened, paste, rows, shown, until
from textual.pilot import Pilot
from textual.widgets import Input

from screens.widgets.suggester import SkillSuggester

COLUMNS: list[Any] = ["what", {"id": "skill", "suggest": "skills"}, "who", "where", "trace"]


@pytest.fixture
def table(desk: Desk) -> Desk:
    """A session of one table."""
    desk.one_field(field("rows", "it", columns=COLUMNS, one="preuve"))
    return desk


def whats(pilot: Pilot[int]) -> list[str]:
    return [row.get("what", "") for row in guided(pilot).session.answers.get("it", [])]


def ids(pilot: Pilot[int]) -> list[str]:
    return [row["id"] for row in guided(pilot).session.answers["it"]]


WORDS = ["un", "deux", "trois"]


@pytest.fixture
def three(table: Desk) -> Desk:
    """The same with three rows written before."""
    rows = [{"id": f"r{number}", "what": word} for number, word in enumerate(WORDS)]
    draft = draft_of(entry_of("labo", answers={"it": rows}))
    with table.journal.drafts.open(draft.entry.id) as file:
        file.write(draft)
    return table


async def on_the_last_row(pilot: Pilot[int]) -> None:
    """The cursor is in the table, on the blank row at its end."""
    editor = rows(pilot)
    editor.rows.at = len(editor.value)
    editor.draw()
    editor.fill()
    editor.grid.focus()
    await pilot.pause()


async def test_rows_are_added_by_enter_and_shown_in_the_table(table: Desk) -> None:
    async with table.session() as pilot:
        for word in WORDS:
            await paste(pilot, word)
            # through the cells of the row, and from the last to a new one
            await burst(pilot, *["enter"] * len(COLUMNS))
        await until(pilot, lambda: whats(pilot) == WORDS, "three rows")
        lines = shown(pilot.app).splitlines()
        drawn = [line.strip() for line in lines]
        assert drawn.index("un") < drawn.index("deux") < drawn.index("trois")
        assert drawn.index("trois") < drawn.index("+ preuve")
        assert pilot.app.focused is rows(pilot)._input("what")
        # enter on an empty new row goes on: the table is done
        await pilot.press("enter")
        await back_home(pilot)
    assert len(table.entries("labo")[0].answers["it"]) == 3


async def test_a_row_is_edited_and_keeps_its_id(three: Desk) -> None:
    async with three.session() as pilot:
        await on_the_last_row(pilot)
        before = ids(pilot)
        await burst(pilot, "up", "up")
        await pilot.press("enter")
        assert rows(pilot)._input("what").value == "deux"
        # the first gap has the cursor
        assert pilot.app.focused is rows(pilot)._input("skill")
        await paste(pilot, " fois", rows(pilot)._input("what"))
        assert whats(pilot) == ["un", "deux fois", "trois"]
        assert ids(pilot) == before


async def test_a_row_is_deleted_and_brought_back_where_it_was(three: Desk) -> None:
    async with three.session() as pilot:
        await on_the_last_row(pilot)
        before = ids(pilot)
        assert not guided(pilot).query_one("#undo").display
        await burst(pilot, "up", "up", "delete")
        assert whats(pilot) == ["un", "trois"]
        await burst(pilot, "up", "delete")
        assert whats(pilot) == ["trois"]
        await burst(pilot, "ctrl+z", "ctrl+z")
        assert whats(pilot) == ["un", "deux", "trois"]
        assert ids(pilot) == before
        await burst(pilot, "ctrl+z")
        assert whats(pilot) == ["un", "deux", "trois"]


async def test_rows_change_places_and_stop_at_the_ends(three: Desk) -> None:
    async with three.session() as pilot:
        await on_the_last_row(pilot)
        await burst(pilot, "up", "shift+up")
        assert whats(pilot) == ["un", "trois", "deux"]
        await burst(pilot, "shift+up", "shift+up", "shift+up")
        assert whats(pilot) == ["trois", "un", "deux"]
        await burst(pilot, "shift+down", "shift+down", "shift+down")
        assert whats(pilot) == ["un", "deux", "trois"]
        # the blank row at the end stays there
        await burst(pilot, "down", "shift+up")
        assert whats(pilot) == ["un", "deux", "trois"]


async def test_buttons_do_the_same_with_the_mouse(three: Desk) -> None:
    async with three.session() as pilot:
        await on_the_last_row(pilot)
        await pilot.click(rows(pilot).grid, offset=(3, 1))
        assert rows(pilot)._input("what").value == "un"
        await pilot.click("#down")
        assert whats(pilot) == ["deux", "un", "trois"]
        await pilot.click("#remove")
        assert whats(pilot) == ["deux", "trois"]
        await pilot.click("#undo")
        assert whats(pilot) == ["deux", "un", "trois"]
        await pilot.click("#add")
        assert pilot.app.focused is rows(pilot)._input("what")
        assert rows(pilot)._input("what").value == ""


async def test_emptying_a_row_takes_it_away_at_the_end(table: Desk) -> None:
    async with table.session() as pilot:
        await paste(pilot, "un")
        rows(pilot)._input("what").value = ""
        await pilot.press("ctrl+s")
        await back_home(pilot)
    assert not any(draft.entry.answers.get("it") for draft in table.drafts())


async def test_what_was_deleted_stays_deleted_after_the_next_step(three: Desk) -> None:
    three.own_flow(step("one", field("rows", "it", columns=COLUMNS)), step("two"))
    async with three.session() as pilot:
        await on_the_last_row(pilot)
        await burst(pilot, "up", "delete", "ctrl+n")
        await opened(pilot, "two")
        await pilot.press("escape")
        await opened(pilot, "one")
        assert [row["what"] for row in rows(pilot).value] == ["un", "deux"]


async def test_wide_terminals_show_every_column_and_narrow_ones_the_first(table: Desk) -> None:
    async with table.session(size=(100, 30)) as pilot:
        assert len(rows(pilot).grid.columns) == 4
        await pilot.resize_terminal(160, 30)
        await until(pilot, lambda: len(rows(pilot).grid.columns) == 5, "every column")
        # every cell can be written at any width
        await pilot.resize_terminal(60, 20)
        await until(pilot, lambda: len(rows(pilot).grid.columns) == 4, "the first columns")
        assert len(rows(pilot).query(Input)) == 5


# Suggestions


async def test_a_skill_is_completed_from_those_used_and_the_built_in_ones(table: Desk) -> None:
    told = entry_of(
        answers={"achievements": [{"id": "1", "action": "x", "skill": "Écoute active"}]}
    )
    table.journal.save(told)
    async with table.session() as pilot:
        skill = rows(pilot)._input("skill")
        await paste(pilot, "ecou", skill)
        await until(pilot, lambda: skill._suggestion == "ecoute active", "a suggestion")
        await pilot.press("right")
        assert skill.value == "ecoute active"


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("Réd", "Rédaction"),
        ("réd", "rédaction"),
        ("red", "redaction"),
        ("ACC", "ACCueil des livreurs"),
        ("c", None),
        ("", None),
        ("zzz", None),
        ("Rédaction", "Rédaction technique"),
        ("Rédaction technique", None),
    ],
)
async def test_what_a_skill_is_completed_with(typed: str, suggested: str | None) -> None:
    names = ["Rédaction technique", "Rédaction", "Accueil"]
    suggester = SkillSuggester(["Accueil des livreurs"], names)
    assert await suggester.get_suggestion(typed) == suggested
