"""What is typed goes where it can be read, or nowhere at all: no letter deletes or confirms."""

import pytest
from making import draft_of, entry_of, field, step
from piloting import (
    Desk,
    back_home,
    block,
    burst,
    guided,
    opened,
    paste,
    rows,
    says,
    shown,
    told,
    until,
)
from textual.pilot import Pilot
from textual.widgets import TextArea

from coach.proofs.skills import ALIAS
from screens.common.dialogs import Ask
from screens.common.pickers import PickOne
from screens.rehearsal.practice import PracticeScreen
from screens.skills.skills import SkillsScreen
from screens.widgets.act import Act

SENTENCE = "Du jus de dattes, oui, y en a : du kéfir aussi, tous les jours."
"""Holds every letter that once deleted, moved or confirmed: d, h, j, k, l, o, u, y, and blanks."""
NAMES = ["un", "deux", "trois"]


def words(pilot: Pilot[int]) -> list[str]:
    return [row.get("what", "") for row in rows(pilot).value]


@pytest.fixture
def three(desk: Desk) -> Desk:
    """A session of one table, with three rows written before."""
    desk.one_field(field("rows", "it", columns=["what", "who"], one="preuve"))
    kept = [{"id": f"r{number}", "what": word} for number, word in enumerate(NAMES)]
    draft = draft_of(entry_of("labo", answers={"it": kept}))
    with desk.journal.drafts.open(draft.entry.id) as file:
        file.write(draft)
    return desk


# Rows


@pytest.mark.parametrize("how", ["click", "arrows"])
async def test_what_is_typed_on_a_row_goes_to_its_first_empty_cell(three: Desk, how: str) -> None:
    async with three.session() as pilot:
        if how == "click":
            await pilot.click(rows(pilot).grid, offset=(3, 2))
        else:
            rows(pilot).grid.focus()
            await pilot.pause()
            await pilot.press("down")
        await burst(pilot, *SENTENCE)
        await until(pilot, lambda: rows(pilot).value[1].get("who") == SENTENCE, "typed")
        assert words(pilot) == NAMES


async def test_a_paste_on_a_row_goes_to_its_cell(three: Desk) -> None:
    async with three.session() as pilot:
        rows(pilot).grid.focus()
        await pilot.pause()
        await paste(pilot, SENTENCE)
        await until(pilot, lambda: rows(pilot).value[0].get("who") == SENTENCE, "pasted")


async def test_every_row_deleted_on_a_step_comes_back_and_it_is_said(three: Desk) -> None:
    async with three.session(size=(120, 30)) as pilot:
        rows(pilot).grid.focus()
        await pilot.pause()
        await until(pilot, lambda: "suppr Effacer la ligne" in shown(pilot.app), "the key")
        await burst(pilot, "delete")
        await until(pilot, lambda: told(pilot.app, "guided.rows.removed"), "said")
        await burst(pilot, "delete", "delete")
        assert words(pilot) == [] and not rows(pilot).grid.display
        # No row is left and the table is hidden: the key works all the same.
        await burst(pilot, *["ctrl+z"] * 3)
        await until(pilot, lambda: words(pilot) == NAMES, "all three are back")
        await until(pilot, lambda: told(pilot.app, "guided.rows.back"), "said")


async def test_tab_passes_by_what_deletes_a_row(three: Desk) -> None:
    async with three.session() as pilot:
        for _ in range(6):
            await burst(pilot, "tab", "space")
            assert not isinstance(pilot.app.focused, Act)
        await pilot.click("#remove")  # with the mouse it is still there
        await until(pilot, lambda: len(words(pilot)) == 2, "deleted")


# Choosing from a list


def skills(desk: Desk, *names: str) -> None:
    told = [{"id": name, "action": f"fait {name}", "skill": name} for name in names]
    desk.journal.save(entry_of("weekly", answers={"achievements": told}, week="2026-W47"))


async def joining(pilot: Pilot[int]) -> PickOne:
    """The list of skills to join `Zinguerie` with."""
    await pilot.press("p")
    await until(pilot, lambda: isinstance(pilot.app.screen, SkillsScreen), "the skills")
    screen = pilot.app.screen
    assert isinstance(screen, SkillsScreen)
    await until(pilot, lambda: screen.skills and screen.options.option_count, "the list")
    (first,) = [one.key for one in screen.skills if one.name == "Zinguerie"]
    screen.options.highlighted = screen.options.get_option_index(first)
    await pilot.press("m")
    await until(pilot, lambda: isinstance(pilot.app.screen, PickOne), "the list")
    assert isinstance(pilot.app.screen, PickOne)
    return pilot.app.screen


@pytest.mark.parametrize("more", [0, 20])
async def test_what_is_typed_narrows_and_enter_takes_what_it_says(desk: Desk, more: int) -> None:
    others = [f"Autre {number}" for number in range(more)]
    skills(desk, "Zinguerie", "Tri du courrier", "Tri", "Vente", *others)
    async with desk.home() as pilot:
        dialog = await joining(pilot)
        await burst(pilot, *"zzz", "enter")
        await until(pilot, lambda: says(pilot.app, "Rien ne contient ces lettres"), "no match")
        assert pilot.app.screen is dialog and dialog.shown == []
        await burst(pilot, *["backspace"] * 3, *"TRI", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, SkillsScreen), "chosen")
        await until(pilot, lambda: bool(desk.entries(ALIAS)), "joined")
    (kept,) = desk.entries(ALIAS)
    assert kept.answers["means"] == "Tri"


async def test_arrows_go_through_what_the_letters_leave(desk: Desk) -> None:
    skills(desk, "Zinguerie", "Tri du courrier", "Tri", "Vente")
    async with desk.home() as pilot:
        dialog = await joining(pilot)
        await burst(pilot, *"tri", "up", "up", "down", "enter")
        await until(pilot, lambda: pilot.app.screen is not dialog, "chosen")
        await until(pilot, lambda: bool(desk.entries(ALIAS)), "joined")
        assert [one[0] for one in dialog.shown] == ["Tri", "Tri du courrier"]
    assert desk.entries(ALIAS)[0].answers["means"] == "Tri du courrier"


async def test_letters_on_a_long_choice_open_its_list_narrowed(desk: Desk) -> None:
    options = [f"o{number:02}" for number in range(20)]
    desk.own_flow(step("one", field("choice", "it", options=options), field("line", "more")))
    async with desk.session() as pilot:
        # The label of an option is made of its id.
        await burst(pilot, *"o17", "enter")
        await opened(pilot, "one")
        assert block(pilot, "it").raw() == "o17"


async def test_letters_change_no_answer_of_a_list_or_a_scale(desk: Desk) -> None:
    desk.own_flow(
        step(
            "one",
            field("choices", "some", options=["a", "b", "c"]),
            field("scale", "how"),
            field("line", "last"),
        )
    )
    async with desk.session() as pilot:
        letters = [letter for letter in SENTENCE if letter.isalpha()]
        await burst(pilot, *letters, "tab", *letters, "tab", "z")
        await until(pilot, lambda: block(pilot, "last").raw() == "z", "the last field")
        assert guided(pilot).session.answers.keys() <= {"last"}


# A drafted text


async def test_the_button_that_drafts_is_passed_by_and_no_letter_confirms(desk: Desk) -> None:
    desk.own_flow(
        step("one", field("line", "role"), field("line", "company")),
        step("two", field("text", "it", start_from="recruiter_message"), field("line", "after")),
    )
    async with desk.session() as pilot:
        await burst(pilot, "ctrl+n")
        await opened(pilot, "two")
        await paste(pilot, "À moi. ")
        mine = block(pilot, "it").raw()
        await burst(pilot, "tab", *SENTENCE)
        await until(pilot, lambda: block(pilot, "after").raw() == SENTENCE, "the next field")
        await burst(pilot, "shift+tab", "ctrl+r")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask), "the question")
        await burst(pilot, *[letter for letter in SENTENCE if letter != " "])
        assert isinstance(pilot.app.screen, Ask)
        await pilot.press("enter")
        await opened(pilot, "two")
        assert block(pilot, "it").raw().startswith("À moi. ") and mine.startswith("À moi. ")


# What lies over the step


async def test_what_is_typed_over_the_answers_so_far_goes_to_the_step(desk: Desk) -> None:
    desk.own_flow(step("one", field("line", "it")))
    async with desk.session() as pilot:
        await burst(pilot, "f2", *SENTENCE)
        await until(pilot, lambda: block(pilot, "it").raw() == SENTENCE, "typed")
        assert not guided(pilot).covered


@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_with_the_proofs_open_what_is_typed_is_the_answer(desk: Desk, lang: str) -> None:
    async with desk.home(lang=lang) as pilot:
        app = pilot.app
        await pilot.press("r")
        await until(pilot, lambda: bool(app.screen.query("#start")), "the deck")
        await until(pilot, lambda: bool(app.screen.query_one("#start").display), "the deck")
        await pilot.press("enter")
        await until(
            pilot,
            lambda: isinstance(app.screen, PracticeScreen) and app.screen.phase == "asking",
            "a question",
        )
        screen = app.screen
        assert isinstance(screen, PracticeScreen)
        back = {"fr": "Ma réponse", "en": "My answer"}[lang]
        await burst(pilot, "f2")
        await until(pilot, lambda: screen.covered and says(app, back), "the proofs")
        await burst(pilot, "ctrl+n")
        await until(pilot, lambda: not screen.covered, "the question again")
        assert screen.phase == "asking"
        await burst(pilot, "f2", *SENTENCE, "ctrl+n")
        await until(pilot, lambda: screen.phase == "comparing", "answered")
        assert screen.query_one(TextArea).text == SENTENCE
        await pilot.press("3", "escape")
        await back_home(pilot)
    assert desk.entries("rehearsal")[0].answers["attempts"][0]["answer"] == SENTENCE
