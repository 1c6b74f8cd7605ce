"""The short lists: weeks to tell or mark, internships, a school's own sessions."""

from datetime import timedelta
from typing import Any

from making import TODAY, entry_of, field, internship_of, step
from piloting import Desk, back_home, burst, guided, opened, shown, told, until
from textual.pilot import Pilot
from textual.widgets import OptionList

from coach.util.wording import Wording


async def listed(pilot: Pilot[int], key: str, said: str) -> OptionList:
    """The list that `key` opens, once it shows the words `said`."""
    await pilot.press(key)
    await until(pilot, lambda: told(pilot.app, said), said)
    return pilot.app.screen.query_one(OptionList)


def chosen(options: OptionList) -> str:
    assert options.highlighted is not None
    return str(options.get_option_at_index(options.highlighted).prompt)


# Weeks


def internship(desk: Desk) -> str:
    return desk.journal.save(internship_of("2026-11-02", "2026-12-18", company="Lumen")).id


async def test_the_weeks_are_listed_with_their_state_the_present_one_chosen(desk: Desk) -> None:
    own = internship(desk)
    desk.journal.save(
        entry_of(day=TODAY - timedelta(weeks=1), internship=own, answers={"word": "x"})
    )
    async with desk.home() as pilot:
        options = await listed(pilot, "t", "app.weeks.now")
        assert options.option_count == 7
        assert "Semaine 3" in chosen(options)
        to_come = Wording("app", "fr")("weeks.to_come")
        assert shown(pilot.app).count(to_come) == 4
        for state in ("missed", "done"):
            assert told(pilot.app, f"app.weeks.{state}")


async def test_a_missed_week_is_told_later(desk: Desk) -> None:
    internship(desk)
    async with desk.home() as pilot:
        await listed(pilot, "t", "app.weeks.now")
        await burst(pilot, "up", "enter")
        await opened(pilot, "checkin")
        assert guided(pilot).draft_session.entry.week == "2026-W46"
        assert "semaine 2" in shown(pilot.app).splitlines()[0]
        await burst(pilot, "tab", "4", "ctrl+s")
        await back_home(pilot)
    (draft,) = desk.drafts()
    assert (draft.entry.week, draft.entry.date) == ("2026-W46", "2026-11-13")


async def test_a_week_is_marked_at_school_then_on_leave_then_neither(desk: Desk) -> None:
    internship(desk)
    async with desk.home(notifications=True) as pilot:
        options = await listed(pilot, "t", "app.weeks.now")
        for mark in ("school", "leave", "none"):
            await pilot.press("o")
            await until(pilot, lambda mark=mark: told(pilot.app, f"app.off.{mark}", n=3), mark)
            assert "Semaine 3" in chosen(options)
        assert desk.entries("weekly") == []


async def test_a_week_that_is_told_is_not_marked(desk: Desk) -> None:
    own = internship(desk)
    desk.journal.save(entry_of(internship=own, answers={"word": "Déclic"}))
    async with desk.home(notifications=True) as pilot:
        await listed(pilot, "t", "app.weeks.done")
        await pilot.press("o")
        await until(pilot, lambda: told(pilot.app, "app.weeks.told"), "said")
    assert desk.entries("weekly")[0].answers == {"word": "Déclic"}


async def test_without_an_internship_there_is_the_present_week(desk: Desk) -> None:
    async with desk.home() as pilot:
        options = await listed(pilot, "t", "app.weeks.now")
        assert options.option_count == 1
        await pilot.press("enter")
        await opened(pilot, "checkin")


# Internships


async def test_internships_are_listed_completed_added_and_chosen(desk: Desk) -> None:
    journal = desk.journal
    journal.save(internship_of("2025-01-06", "2025-03-28", company="Orbis", role="Accueil"))
    journal.save(internship_of("2026-11-02", "2026-12-18", company="Lumen"))
    async with desk.home(notifications=True) as pilot:
        await listed(pilot, "i", "app.internships.current")
        mark = Wording("app", "fr")("internships.current")
        line = next(one for one in shown(pilot.app).splitlines() if mark in one)
        assert "Lumen" in line
        assert "02/11 – 18/12" in line
        assert "Orbis · Accueil" in shown(pilot.app)
        orbis = next(i for i in range(2) if "Orbis" in prompt(pilot, i))
        pilot.app.screen.query_one(OptionList).highlighted = orbis
        await pilot.press("u")
        await until(pilot, lambda: told(pilot.app, "app.internships.used"), "used")
        await until(
            pilot,
            lambda: (
                "Orbis"
                in next(t for t in shown(pilot.app).splitlines() if t.rstrip().endswith(mark))
            ),
            "the mark moved",
        )
        await pilot.press("enter")
        await opened(pilot, "where")
        assert guided(pilot).session.answers["company"] == "Orbis"
        await pilot.press("escape")
        await back_home(pilot)
        await listed(pilot, "i", "app.internships.current")
        await pilot.press("n")
        await opened(pilot, "where")
        assert guided(pilot).session.answers == {}
    assert "internship =" in desk.data_folder.settings.read_text()


async def test_the_last_one_stays_on_home_until_it_is_said_to_be_over(desk: Desk) -> None:
    desk.journal.save(internship_of("2026-09-07", "2026-11-19", company="Lumen"))
    async with desk.home(notifications=True) as pilot:
        assert told(pilot.app, "home.ended_review.why")
        assert "Lumen" in shown(pilot.app).splitlines()[0]
        await listed(pilot, "i", "app.internships.last")
        await pilot.press("f")
        await until(pilot, lambda: told(pilot.app, "app.internships.closed"), "closed")
        await pilot.press("escape")
        await until(pilot, lambda: told(pilot.app, "home.between.why"), "between two")
        assert "Lumen" not in shown(pilot.app).splitlines()[0]
        await listed(pilot, "i", "app.internships.closed")
        await pilot.press("u")
        await until(pilot, lambda: told(pilot.app, "app.internships.current"), "open again")
        await pilot.press("escape")
        await until(pilot, lambda: told(pilot.app, "home.ended_review.why"), "home")
    assert "closed" not in desk.entries("internship")[0].answers


def prompt(pilot: Pilot[int], index: int) -> str:
    return str(pilot.app.screen.query_one(OptionList).get_option_at_index(index).prompt)


async def test_an_internship_without_a_name_or_dates_is_listed(desk: Desk) -> None:
    desk.journal.save(internship_of())
    desk.journal.save(internship_of("2026-11-02"))
    async with desk.home() as pilot:
        await listed(pilot, "i", "app.internships.unnamed")
        assert "02/11 – …" in shown(pilot.app)


# A school's own sessions


async def test_own_sessions_are_opened_and_broken_ones_say_what_is_wrong(desk: Desk) -> None:
    desk.own_flow(step("one", field("line", "it")), id="labo", title="Carnet de labo")
    (desk.data_folder.flows / "casse.toml").write_text("steps = 3")
    async with desk.home() as pilot:
        assert told(pilot.app, "home.menu.own")
        options = await listed(pilot, "o", "app.own.title")
        await until(pilot, lambda: "Carnet de labo" in shown(pilot.app), "the session")
        text = shown(pilot.app)
        assert "casse.toml" in text
        # a broken one opens nothing
        options.highlighted = 1
        await pilot.press("enter")
        assert pilot.app.screen.query_one(OptionList) is options
        options.highlighted = 0
        await pilot.press("enter")
        await opened(pilot, "one")
        await burst(pilot, "a", "enter")
        await back_home(pilot)
    assert [entry.flow for entry in desk.entries()] == ["labo"]


async def test_help_of_a_list(desk: Desk) -> None:
    async with desk.home() as pilot:
        await listed(pilot, "t", "app.weeks.now")
        await pilot.press("f1")
        await until(
            pilot, lambda: "ouvre la séance de la semaine choisie" in shown(pilot.app), "help"
        )
        app: Any = pilot.app
        await pilot.press("escape", "q")
        await until(pilot, lambda: app.screen is app.home, "home")
