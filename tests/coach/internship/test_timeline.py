"""The weeks of an internship: two years, years of 53 weeks, dates absent or the wrong way round."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import draft_of, entry_of, internship_of

from coach.internship.timeline import (
    State,
    Week,
    current_internship,
    day_of,
    milestones,
    next_start,
    span,
    weeks,
)
from coach.store.entries import Draft, Entry, iso_week

TODAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 16)


def told(monday: date, **answers: object) -> Entry:
    return entry_of(day=monday + timedelta(days=4), answers=answers)


def states(found: list[Week]) -> str:
    """One letter a week: d(one), s(tarted), m(issed), n(ow), o(ff), t(o come)."""
    letters = {State.DONE: "d", State.DRAFT: "s", State.MISSED: "m", State.NOW: "n"}
    return "".join((letters | {State.OFF: "o", State.TO_COME: "t"})[week.state] for week in found)


# Days


@pytest.mark.parametrize("value", [None, 3, "", "hier", "2026-02-30", "2026-1-1", ["2026-01-01"]])
def test_what_is_no_day_is_none(value: object) -> None:
    assert day_of({"start": value}, "start") is None
    assert day_of({}, "start") is None


def test_a_day_is_read() -> None:
    assert day_of({"start": "2026-02-28"}, "start") == date(2026, 2, 28)


# States


def test_what_each_week_is() -> None:
    internship = internship_of("2026-10-26", "2026-12-04")
    entries = [
        told(date(2026, 10, 26), energy=4, mood=2),
        told(date(2026, 11, 9), on_site="school"),
    ]
    drafts = [draft_of(told(MONDAY, energy=5))]
    found = weeks(internship, entries, drafts, TODAY)
    assert states(found) == "dmostt"
    assert [week.number for week in found] == [1, 2, 3, 4, 5, 6]
    assert (found[0].energy, found[0].mood, found[3].energy) == (4, 2, 5)
    assert found[0].entry_id == entries[0].id
    assert found[1].entry_id is None
    assert found[3].monday == MONDAY
    assert found[3].key == "2026-W47"


@pytest.mark.parametrize(("mark", "letter"), [("school", "o"), ("leave", "o"), ("here", "d")])
def test_a_week_at_school_or_on_leave_is_never_missed(mark: str, letter: str) -> None:
    internship = internship_of("2026-11-09", "2026-11-20")
    found = weeks(internship, [told(date(2026, 11, 9), on_site=mark)], [], TODAY)
    assert states(found) == letter + "n"


def test_a_done_week_being_changed_stays_done() -> None:
    entry = told(MONDAY)
    change = draft_of(entry, base=entry.revision)
    assert states(weeks(internship_of("2026-11-16", "2026-11-20"), [entry], [change], TODAY)) == "d"


def test_the_present_week_is_not_missed_before_it_is_over() -> None:
    internship = internship_of("2026-11-16", "2026-11-27")
    for day in range(7):
        found = weeks(internship, [], [], MONDAY + timedelta(days=day))
        assert states(found) == "nt"
    assert states(weeks(internship, [], [], MONDAY + timedelta(days=7))) == "mn"


def test_levels_out_of_their_scale_are_left_out() -> None:
    internship = internship_of("2026-11-16", "2026-11-20")
    for odd in (0, 6, "4", None, 2.5):
        (week,) = weeks(internship, [told(MONDAY, energy=odd)], [], TODAY)
        assert week.energy is None


def test_of_two_entries_for_a_week_the_newest_counts() -> None:
    newest, oldest = told(MONDAY, energy=5), told(MONDAY, energy=1)
    (week,) = weeks(internship_of("2026-11-16", "2026-11-20"), [newest, oldest], [], TODAY)
    assert week.energy == 5


# Where the strip begins and ends


@pytest.mark.parametrize(
    ("start", "end", "written", "first", "last"),
    [
        # both dates: their weeks, from Monday
        ("2026-11-04", "2026-12-02", [], "2026-11-02", "2026-11-30"),
        # none: from the first week written, or the present one, to the present one
        ("", "", [], "2026-11-16", "2026-11-16"),
        ("", "", ["2026-10-12"], "2026-10-12", "2026-11-16"),
        # one of them
        ("2026-11-02", "", [], "2026-11-02", "2026-11-16"),
        ("", "2026-12-04", [], "2026-11-16", "2026-11-30"),
        ("", "2026-10-16", [], "2026-10-12", "2026-10-12"),
        # reversed: the end is a slip, the start holds
        ("2026-11-02", "2026-10-02", [], "2026-11-02", "2026-11-16"),
        # still to begin
        ("2026-12-07", "2027-01-29", [], "2026-12-07", "2027-01-25"),
        ("2026-12-07", "", [], "2026-12-07", "2026-12-07"),
        # over
        ("2026-03-02", "2026-04-24", [], "2026-03-02", "2026-04-20"),
        # widened to what was written before it and after it, up to today
        ("2026-11-09", "2026-11-13", ["2026-10-26", "2026-11-16"], "2026-10-26", "2026-11-16"),
        # never by what a clock that was wrong dated later than this week
        ("2026-11-09", "2026-11-13", ["2026-11-23", "2031-01-06"], "2026-11-09", "2026-11-09"),
        ("2026-11-02", "2026-12-04", ["2031-01-06"], "2026-11-02", "2026-11-30"),
        ("2026-11-02", "", ["2031-01-06"], "2026-11-02", "2026-11-16"),
        ("", "", ["2026-10-12", "2031-01-06"], "2026-10-12", "2026-11-16"),
    ],
)
def test_the_first_and_last_monday(
    start: str, end: str, written: list[str], first: str, last: str
) -> None:
    entries = [told(date.fromisoformat(monday)) for monday in written]
    found = span(internship_of(start, end), entries, TODAY)
    assert [day.isoformat() for day in found] == [first, last]


def test_between_internships_there_is_the_present_week() -> None:
    assert states(weeks(None, [], [], TODAY)) == "n"


def test_two_years_fit() -> None:
    internship = internship_of(
        "2026-09-07", (date(2026, 9, 7) + timedelta(weeks=104, days=-3)).isoformat()
    )
    found = weeks(internship, [], [], TODAY)
    assert len(found) == 104
    assert (found[0].number, found[-1].number) == (1, 104)
    assert states(found) == "m" * 10 + "n" + "t" * 93


@pytest.mark.parametrize("week", [0, 50, 103, 104, 120, 155])
def test_of_a_longer_contract_the_present_week_is_among_those_shown(week: int) -> None:
    start = date(2024, 9, 2)
    internship = internship_of(
        start.isoformat(), (start + timedelta(weeks=156, days=-3)).isoformat()
    )
    today = start + timedelta(weeks=week)
    found = weeks(internship, [], [], today)
    assert len(found) == 104
    assert [one.number for one in found if one.key == iso_week(today)] == [week + 1]
    assert [one.number for one in found] == list(range(found[0].number, found[0].number + 104))


def test_a_slip_in_the_year_costs_neither_time_nor_the_present_week() -> None:
    found = weeks(internship_of("2026-11-02", "2149-11-02"), [], [], TODAY)
    assert len(found) == 104
    assert State.NOW in {week.state for week in found}


def test_a_year_of_53_weeks_and_the_turn_of_years() -> None:
    internship = internship_of("2026-12-21", "2027-01-08")
    found = weeks(internship, [], [], date(2027, 1, 1))
    assert [week.key for week in found] == ["2026-W52", "2026-W53", "2027-W01"]
    assert states(found) == "mnt"
    assert found[1].monday == date(2026, 12, 28)


days = st.dates(min_value=date(2020, 1, 1), max_value=date(2032, 12, 31))


@given(start=st.none() | days, end=st.none() | days, today=days, written=st.lists(days, max_size=3))
def test_weeks_are_in_order_and_none_is_left_out(
    start: date | None, end: date | None, today: date, written: list[date]
) -> None:
    internship = internship_of(start.isoformat() if start else "", end.isoformat() if end else "")
    drafts: list[Draft] = [draft_of(entry_of(day=day)) for day in written[:1]]
    found = weeks(internship, [entry_of(day=day) for day in written[1:]], drafts, today)
    assert 1 <= len(found) <= 104
    for one, following in pairwise(found):
        assert following.number == one.number + 1
        assert following.monday - one.monday == timedelta(days=7)


# Which internship is the current one


def test_the_one_chosen_is_the_current_one_even_when_it_is_over() -> None:
    over = internship_of("2025-01-06", "2025-03-28")
    running = internship_of("2026-11-02", "2026-12-18")
    assert current_internship([running, over], over.id, TODAY) is over


def test_else_the_one_whose_dates_hold_today() -> None:
    over = internship_of("2025-01-06", "2025-03-28")
    running = internship_of("2026-11-02", "2026-11-20")
    coming = internship_of("2027-01-04", "2027-03-26")
    assert current_internship([coming, running, over], None, TODAY) is running
    assert current_internship([coming, running, over], "gone", TODAY) is running


def test_of_two_that_run_the_one_begun_last() -> None:
    long = internship_of("2026-09-07", "2028-08-31")
    short = internship_of("2026-11-02", "")
    assert current_internship([long, short], None, TODAY) is short


def made(day: str, *dates: str, **answers: str) -> Entry:
    """An internship told of on `day`."""
    internship = internship_of(*dates, **answers)
    internship.created_at = f"{day}T09:00:00.000000Z"
    return internship


def test_else_the_one_made_last_that_is_not_over() -> None:
    undated, coming = made("2026-11-19"), made("2026-11-20", "2027-01-04", "2027-03-26")
    assert current_internship([undated, coming], None, TODAY) is coming
    assert current_internship([undated], "none", TODAY) is undated


def test_the_last_one_stays_the_one_meant_until_another_begins() -> None:
    long_ago = internship_of("2025-01-06", "2025-03-28")
    over = made("2026-08-31", "2026-09-07", "2026-11-19")
    coming = made("2026-10-01", "2027-01-04", "2027-03-26")
    three = [coming, long_ago, over]
    # Also for someone who said at the first start that there was none under way.
    for chosen in (None, "none", "gone"):
        assert current_internship(three, chosen, TODAY) is over
        assert current_internship(three, chosen, date(2027, 1, 3)) is over
        assert current_internship(three, chosen, date(2027, 1, 4)) is coming
        assert current_internship(three, chosen, date(2027, 3, 27)) is coming
    assert current_internship(three, coming.id, TODAY) is coming
    assert current_internship([made("2026-11-01", "", "2026-11-19")], None, TODAY) is not None


def test_one_without_dates_begins_on_the_day_it_was_told_of() -> None:
    over = made("2026-08-31", "2026-09-07", "2026-11-19")
    before, on_the_day = made("2026-08-30"), made("2026-11-19")
    assert current_internship([before, on_the_day, over], None, TODAY) is over
    after = made("2026-11-20")
    assert current_internship([before, after, over], None, TODAY) is after


def test_one_that_is_over_and_done_is_never_meant() -> None:
    over = made("2026-08-31", "2026-09-07", "2026-11-19", closed="yes")
    assert current_internship([over], None, TODAY) is None
    assert current_internship([over], over.id, TODAY) is None
    before = made("2026-01-31", "2026-02-02", "2026-05-08")
    assert current_internship([over, before], None, TODAY) is before
    coming = made("2026-11-20", "2027-01-04", "2027-03-26")
    assert current_internship([over, coming], None, TODAY) is coming
    open_still = made("2026-08-31", "2026-09-07", "2026-11-19", closed="no")
    assert current_internship([open_still], None, TODAY) is open_still


def test_without_any_there_is_none() -> None:
    assert current_internship([], None, TODAY) is None


def test_the_next_start_is_the_first_to_come() -> None:
    soon, later = made("2026-11-20", "2026-12-07"), made("2026-11-20", "2027-01-04")
    gone = made("2026-11-20", "2026-12-01", closed="yes")
    assert next_start([later, soon, gone, made("2026-11-20", "2026-11-20")], TODAY) == date(
        2026, 12, 7
    )
    assert next_start([made("2026-11-20")], TODAY) is None


# Milestones


def test_the_days_that_matter_come_in_order() -> None:
    found = milestones(internship_of("2026-02-02", "2026-05-08"))
    assert found == [
        ("half", date(2026, 3, 21)),
        ("three_quarters", date(2026, 4, 14)),
        ("fortnight", date(2026, 4, 24)),
        ("end", date(2026, 5, 8)),
    ]


def test_in_a_short_internship_the_last_fortnight_may_come_first() -> None:
    found = milestones(internship_of("2026-11-16", "2026-11-27"))
    assert [name for name, _ in found] == ["fortnight", "half", "three_quarters", "end"]
    assert found[0][1] == date(2026, 11, 16)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("", ""),
        ("2026-02-02", ""),
        ("", "2026-05-08"),
        ("2026-05-08", "2026-02-02"),
        ("2026-02-02",) * 2,
    ],
)
def test_without_two_dates_in_order_nothing_is_near(start: str, end: str) -> None:
    assert milestones(internship_of(start, end)) == []
    assert milestones(None) == []
