"""Skills on the screen: opened, renamed and undone, told as stories, set beside a framework."""

from datetime import timedelta
from pathlib import Path

import pytest
from album import VARIANTS, demo, listed
from making import TODAY, entry_of
from piloting import Desk, back_home, flat, opened, paste, shown, until
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Input, OptionList

from coach.store.entries import iso_week
from screens.browse.browse import BrowseScreen
from screens.skills.coverage import CoverageScreen
from screens.skills.skill import SkillScreen
from screens.skills.skills import SkillsScreen
from screens.skills.stars import StarsScreen
from screens.widgets.suggester import SkillSuggester

EVIL = "[@click=app.quit]Tri[/]"


def row(action: str, skill: str, **cells: str) -> dict[str, str]:
    return {"id": action, "action": action, "skill": skill} | cells


def keep_weeks(desk: Desk) -> None:
    for ago, rows in enumerate(
        [
            [row("Trié 3 bacs", EVIL, impact="2 h gagnées"), row("Rangé", "Zinguerie")],
            [row("Posé [sad] 4 tuiles", "Zinguerie", feedback="Bien")],
        ]
    ):
        day = TODAY - timedelta(weeks=ago)
        answers = {"achievements": rows}
        desk.journal.save(entry_of("weekly", day, week=iso_week(day), answers=answers))


async def test_a_skill_is_opened_from_home_renamed_undone_and_its_entry_read(desk: Desk) -> None:
    keep_weeks(desk)
    async with desk.home() as pilot:
        app = pilot.app
        assert "p  Compétences (2)" in shown(app)
        await pilot.press("p")
        await until(pilot, lambda: "Zinguerie  2 fois · 2 semaines" in shown(app), "the skills")
        assert EVIL in shown(app) and "il manque un retour et une trace" in shown(app)
        await pilot.press("r")
        await until(pilot, lambda: app.screen.query(Input), "the name")
        app.screen.query_one(Input).value = "Toiture"
        await pilot.press("enter")
        await until(pilot, lambda: "Toiture  2 fois" in shown(app), "renamed")
        assert desk.entries("alias")[0].answers == {"name": "Zinguerie", "means": "Toiture"}
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SkillScreen) and listed(app), "one skill")
        await until(pilot, lambda: "Une photo" in flat(app), "the gap")
        assert "Écrit aussi : Zinguerie." in shown(app)
        await pilot.press("u")
        await until(pilot, lambda: not desk.entries("alias"), "undone")
        await until(pilot, lambda: "Zinguerie   2 fois" in shown(app), "as it was")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, BrowseScreen), "browsing")
        await until(pilot, lambda: "Posé [sad] 4 tuiles" in shown(app), "the entry")
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, SkillScreen), "back at the skill")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, SkillsScreen), "back at the list")
        await pilot.press("escape")
        await back_home(pilot)


async def test_two_skills_are_joined_and_sorted_and_one_kind_shown(desk: Desk) -> None:
    keep_weeks(desk)
    async with desk.home(size=(60, 20)) as pilot:
        app = pilot.app
        await pilot.press("p")
        await until(pilot, lambda: listed(app), "the skills")
        await pilot.press("m")
        await until(pilot, lambda: "Réunir" in flat(app) and app.screen.query(OptionList), "which")
        await pilot.press("enter")
        await until(pilot, lambda: "Mes compétences (1)" in shown(app), "joined")
        await pilot.press("c")
        await until(pilot, lambda: "quelle sorte" in flat(app), "the kinds")
        await pilot.press("down", "enter")
        await until(pilot, lambda: len(desk.entries("alias")) == 2, "sorted")
        await pilot.press("f", "f")
        await until(pilot, lambda: "(1) · transversales" in shown(app), "one kind")
        await pilot.press("f")
        await until(pilot, lambda: "Aucune de cette sorte" in shown(app), "none of them")


async def test_a_proof_is_told_from_the_bank_and_shows_there(desk: Desk) -> None:
    keep_weeks(desk)
    async with desk.home() as pilot:
        app = pilot.app
        await pilot.press("l", "s")
        await until(pilot, lambda: isinstance(app.screen, StarsScreen) and listed(app), "the bank")
        assert "Il manque la situation et la tâche." in shown(app)
        assert "J'ai trié 3 bacs" in shown(app)
        await pilot.press("enter")
        screen = await opened(pilot, "frame")
        assert "Retour : Bien" in shown(app)
        await paste(pilot, "La réserve débordait.")
        await pilot.press("ctrl+n")
        await opened(pilot, "told")
        await pilot.press("ctrl+n")
        await opened(pilot, "story")
        assert "Il manque la tâche." in flat(app)
        await pilot.press("ctrl+n")
        await until(pilot, lambda: app.screen is not screen, "kept")
        await until(pilot, lambda: "La réserve débordait." in shown(app), "in the bank")
        assert "1 racontée" in shown(app)
        await pilot.press("enter")
        again = await opened(pilot)
        assert again.session.answers["situation"] == "La réserve débordait."
    (entry,) = desk.entries("star")
    assert entry.answers["action"] == "J'ai posé [sad] 4 tuiles."


async def test_a_framework_is_loaded_tied_searched_and_offered(desk: Desk, tmp_path: Path) -> None:
    keep_weeks(desk)
    path = tmp_path / "liste.txt"
    path.write_text("# Bloc [1]\nCouvrir un toit | toiture\nTenir un stand\n", "utf-8")
    async with desk.home() as pilot:
        app = pilot.app
        await pilot.press("l", "v")
        await until(pilot, lambda: "Aucun référentiel" in shown(app), "none yet")
        await pilot.press("o")
        await until(pilot, lambda: "Quel fichier" in shown(app), "which file")
        app.screen.query_one(Input).value = str(path)
        await pilot.press("enter")
        await until(pilot, lambda: "0 couverte · 0 mince · 2 absentes" in shown(app), "read")
        assert "Bloc [1]" in shown(app)
        await pilot.press("down", "l")
        await until(pilot, lambda: "Laquelle de tes compétences" in flat(app), "which skill")
        await pilot.press("enter")
        await until(pilot, lambda: "1 couverte" in shown(app), "tied")
        assert "Zinguerie · 2 preuves" in shown(app)
        await pilot.press("slash", *"stand")
        await until(pilot, lambda: "Couvrir un toit" not in shown(app), "searched")
        assert "Tenir un stand" in shown(app)
        await pilot.press("escape")
        await until(pilot, lambda: "Couvrir un toit" in shown(app), "all again")
        assert isinstance(app.screen, CoverageScreen)
        await pilot.press("escape")
        await back_home(pilot)
        await pilot.press("w")
        screen = await opened(pilot)
        suggester = SkillSuggester([], ["tri"], screen._framework)
        assert await suggester.get_suggestion("TENIR UN s") == "TENIR UN stand"
        assert await suggester.get_suggestion("toit") == "toiture"


async def test_what_cannot_be_read_is_said(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "[b].csv").write_text("label\n\n", "utf-8")
    async with desk.home(notifications=True) as pilot:
        await pilot.press("l", "v")
        for name, why in (("[b].csv", "aucune compétence trouvée"), ("x", "impossible à lire")):
            await until(pilot, lambda: isinstance(pilot.app.screen, CoverageScreen), "the screen")
            await pilot.press("o")
            await until(pilot, lambda: "Quel fichier" in shown(pilot.app), "which file")
            pilot.app.screen.query_one(Input).value = str(tmp_path / name)
            await pilot.press("enter")
            await until(pilot, lambda why=why: why in flat(pilot.app), why)
    assert desk.entries("framework") == []


async def test_a_list_of_thousands_is_read_at_once_and_searched(desk: Desk) -> None:
    lines = "\n".join(f"Compétence numéro {n} | autre {n}" for n in range(4000))
    answers = {"name": "ESCO", "competencies": lines}
    desk.journal.save(entry_of("framework", answers=answers))
    async with desk.home() as pilot:
        app = pilot.app
        await pilot.press("l", "v")
        await until(pilot, lambda: "4000 absentes" in shown(app), "the framework")
        assert "3800 absentes pas montrées" in shown(app)
        await pilot.press("slash")
        await paste(pilot, "3999")
        await until(pilot, lambda: "Compétence numéro 3999" in shown(app), "found")
        app.navigation.open_browse(desk.entries("framework")[0].id)
        await until(pilot, lambda: "Compétence numéro 0" in flat(app), "")
        await pilot.press("end")
        await until(
            pilot, lambda: "et 3700 lignes de plus" in flat(app), "the end of what is drawn"
        )


async def test_the_row_that_is_told_is_in_sight_on_a_small_screen(desk: Desk) -> None:
    keep_weeks(desk)
    async with desk.home(size=(60, 20)) as pilot:
        await pilot.press("l", "s")
        await until(pilot, lambda: listed(pilot.app), "the bank")
        await pilot.press("enter")
        await opened(pilot, "frame")
        await until(pilot, lambda: "Retour : Bien" in shown(pilot.app), "all of the row")


# Pictures


@pytest.mark.usefixtures("evening")
@pytest.mark.parametrize("variant", VARIANTS, ids=["80x24", "wide", "english", "light"])
async def test_pictures(
    fresh: Desk, picture: SnapshotAssertion, variant: str, tmp_path: Path
) -> None:
    (tmp_path / "BUT (inventé).txt").write_text(
        "# Bloc 1\nTravailler en équipe\nRédiger des documents\n# Bloc 2\nDécapage | décaper\n",
        "utf-8",
    )
    async with demo(fresh, picture, suffix=variant, **VARIANTS[variant]) as album:
        app, pilot = album.app, album.pilot
        await pilot.press("p")
        await until(pilot, lambda: listed(app), "the skills")
        await album.take("skills")
        await pilot.press("g")
        await album.take("chart")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, SkillsScreen) and listed(app), "back")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SkillScreen) and listed(app), "one")
        await album.take("skill")
        if variant in ("_wide", "_light"):
            return
        await pilot.press("escape", "s")
        await until(pilot, lambda: isinstance(app.screen, StarsScreen) and listed(app), "the bank")
        await album.take("stars")
        await pilot.press("escape", "v")
        await until(pilot, lambda: isinstance(app.screen, CoverageScreen), "the framework")
        await pilot.press("o")
        await until(pilot, lambda: app.screen.query(Input), "which file")
        app.screen.query_one(Input).value = str(tmp_path / "BUT (inventé).txt")
        await pilot.press("enter")
        await until(pilot, lambda: "Bloc 2" in shown(app), "read")
        await album.take("coverage")
