"""Days as people type them, in both languages, and as each language reads them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.util.dates import EARLIEST, LATEST, parse_day, say_day, short_day

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        # figures: day before month, as in France
        ("2026-11-23", "2026-11-23"),
        ("2026-3-4", "2026-03-04"),
        ("2026/03/04", "2026-03-04"),
        ("2026.03.04", "2026-03-04"),
        ("23/11/2026", "2026-11-23"),
        ("3/4/2026", "2026-04-03"),
        ("23-11-2026", "2026-11-23"),
        ("23.11.26", "2026-11-23"),
        ("23 11", "2026-11-23"),
        ("23/11", "2026-11-23"),
        (" 23/11 ", "2026-11-23"),
        # French words
        ("23 nov", "2026-11-23"),
        ("23 novembre 2026", "2026-11-23"),
        ("23 NOVEMBRE", "2026-11-23"),
        ("1er mars", "2026-03-01"),
        ("le 4 mars", "2026-03-04"),
        ("mercredi 4 mars 2026", "2026-03-04"),
        ("le mercredi 4 mars", "2026-03-04"),
        ("4 août", "2026-08-04"),
        ("4 aout", "2026-08-04"),
        ("4 déc.", "2026-12-04"),
        ("4 févr. 2027", "2027-02-04"),
        ("4 mars 26", "2026-03-04"),
        ("31 mars 26", "2026-03-31"),
        ("2026 mars 4", "2026-03-04"),
        ("ven. 4 sept.", "2026-09-04"),
        ("aujourd'hui", "2026-11-20"),
        ("aujourd’hui", "2026-11-20"),
        ("demain", "2026-11-21"),
        ("après-demain", "2026-11-22"),
        ("hier", "2026-11-19"),
        ("avant-hier", "2026-11-18"),
        ("lundi", "2026-11-23"),
        ("Lundi.", "2026-11-23"),
        ("dim.", "2026-11-22"),
        ("vendredi", "2026-11-27"),  # the coming one, never today
        # English words
        ("4 March", "2026-03-04"),
        ("March 4, 2026", "2026-03-04"),
        ("4th of March", "2026-03-04"),
        ("the 4th of March", "2026-03-04"),
        ("1st sept", "2026-09-01"),
        ("Wed 4 Mar 2026", "2026-03-04"),
        ("today", "2026-11-20"),
        ("tomorrow", "2026-11-21"),
        ("yesterday", "2026-11-19"),
        ("Monday", "2026-11-23"),
        ("fri", "2026-11-27"),
        # pasted with what a terminal could obey
        ("\x1b[31m23/11\x1b[0m", "2026-11-23"),
        # what only dateutil reads
        ("20261123", "2026-11-23"),
    ],
)
def test_a_day_as_it_is_typed(typed: str, day: str) -> None:
    assert parse_day(typed, FRIDAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "bientôt",
        "soon",
        "mars",
        "31/02/2026",
        "2026-02-30",
        "29/02",  # 2026 is no leap year
        "99/99/9999",
        "0/0",
        "32 mars",
        "4 mars avril",
        "4 5 6 mars",
        "12/03/1026",  # a slip of the hand
        "4 mars 2500",
        "1e5",
        "x" * 50_000,
        "1" * 50_000,
        "4 mars " + "2026 " * 20,
    ],
)
def test_what_names_no_day(typed: str) -> None:
    assert parse_day(typed, FRIDAY) is None


def test_the_years_that_are_believed() -> None:
    assert parse_day("1950-01-01", FRIDAY) == EARLIEST
    assert parse_day("1949-12-31", FRIDAY) is None
    assert parse_day("2150-12-31", FRIDAY) == LATEST
    assert parse_day("2151-01-01", FRIDAY) is None


@given(st.text(max_size=45))
def test_no_text_is_too_odd(typed: str) -> None:
    found = parse_day(typed, FRIDAY)
    assert found is None or EARLIEST <= found <= LATEST


@given(st.dates(min_value=EARLIEST, max_value=LATEST), st.sampled_from(["fr", "en"]))
def test_a_day_that_was_said_is_read_back(day: date, lang: str) -> None:
    assert parse_day(say_day(day, lang), FRIDAY) == day
    assert parse_day(day.isoformat(), FRIDAY) == day


@pytest.mark.parametrize(
    ("day", "lang", "said", "short"),
    [
        (date(2026, 2, 13), "fr", "vendredi 13 février 2026", "13/02"),
        (date(2026, 2, 13), "en", "Friday 13 February 2026", "13 Feb"),
        (date(2026, 2, 1), "fr", "dimanche 1er février 2026", "01/02"),
        (date(2026, 2, 1), "en", "Sunday 1 February 2026", "1 Feb"),
        (date(2026, 2, 11), "fr", "mercredi 11 février 2026", "11/02"),
    ],
)
def test_a_day_as_its_language_writes_it(day: date, lang: str, said: str, short: str) -> None:
    assert say_day(day, lang) == said
    assert short_day(day, lang) == short


def test_the_year_can_be_left_out() -> None:
    assert say_day(date(2026, 2, 1), "fr", year=False) == "dimanche 1er février"
    assert say_day(date(2026, 2, 1), "en", year=False) == "Sunday 1 February"


@pytest.mark.parametrize("raw", ["35", "12", "-1", "10:30", "2026-13-01", "14h", "1", ""])
def test_a_number_alone_is_no_day(raw: str) -> None:
    assert parse_day(raw, date(2026, 11, 20)) is None


def test_a_weekday_is_the_coming_one_or_the_one_that_has_been() -> None:
    monday = date(2026, 11, 23)
    assert parse_day("vendredi", monday) == date(2026, 11, 27)
    assert parse_day("vendredi", monday, past=True) == date(2026, 11, 20)
    assert parse_day("lundi", monday, past=True) == monday
