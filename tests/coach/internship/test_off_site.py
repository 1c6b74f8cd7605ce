"""A week at school or on leave is marked, and never scolded for."""

from datetime import date
from pathlib import Path

import pytest
from making import TODAY, entry_of, internship_of

from coach.internship.off_site import turn
from coach.internship.timeline import State, weeks
from coach.store.entries import Entry, weekly_id
from coach.store.journal import Journal

WEEK = "2026-W46"


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "coach")


@pytest.fixture
def internship(journal: Journal) -> Entry:
    return journal.save(internship_of("2026-11-02", "2026-12-18"))


def state(journal: Journal, internship: Entry) -> State:
    found = weeks(internship, journal.entries(flow="weekly"), [], TODAY)
    return next(week.state for week in found if week.key == WEEK)


def test_a_week_turns_from_school_to_leave_to_unmarked_and_round_again(
    journal: Journal, internship: Entry
) -> None:
    assert state(journal, internship) is State.MISSED
    for mark, shown in [("school", State.OFF), ("leave", State.OFF), ("none", State.MISSED)] * 2:
        assert turn(journal, internship, WEEK, "fr") == mark
        assert state(journal, internship) is shown
        marks = [entry.answers["on_site"] for entry in journal.entries(flow="weekly")]
        assert marks == ([] if mark == "none" else [mark])


def test_it_is_the_one_entry_of_that_week(journal: Journal, internship: Entry) -> None:
    turn(journal, internship, WEEK, "fr")
    (entry,) = journal.entries(flow="weekly")
    assert entry.id == weekly_id("weekly", internship.id, WEEK)
    assert (entry.week, entry.date, entry.internship) == (WEEK, "2026-11-09", internship.id)


def test_a_week_that_is_told_is_left_as_it_is(journal: Journal, internship: Entry) -> None:
    told = entry_of(day=date(2026, 11, 13), internship=internship.id, answers={"word": "Déclic"})
    journal.save(told)
    assert turn(journal, internship, WEEK, "fr") is None
    assert journal.entries(flow="weekly")[0].answers == {"word": "Déclic"}


def test_other_internships_are_left_alone(journal: Journal, internship: Entry) -> None:
    journal.save(entry_of(day=date(2026, 11, 13), internship="other", answers={"word": "Ailleurs"}))
    assert turn(journal, internship, WEEK, "fr") == "school"
    assert turn(journal, None, WEEK, "fr") == "school"
    assert len(journal.entries(flow="weekly")) == 3
