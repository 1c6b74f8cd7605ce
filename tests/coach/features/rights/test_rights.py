"""The rules of internships: examples worked out by hand, and what must hold for every case.

By hand: a day is 7 h, 22 days a month; 308 h are 44 days, 924 h are 6 months. 309 h × 4.50 € =
1,390.50 €; 154 h × 4.50 € = 693 €; 35 h a week spread evenly is 35 × 52 / 12 = 151.67 h a month,
which at 4.50 € is 682.50 €.
"""

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cli_tools import Cli
from hypothesis import given
from hypothesis import strategies as st

from coach.features.registry import load_content
from coach.features.rights.case import Case, exact, workdays
from coach.features.rights.check import Check, check_rights, quota_of
from coach.features.rights.own_rates import rules_for
from coach.features.rights.rules import LegalFact, Rate, load_rules
from coach.util.data_files import ContentError, data_path, read_toml

RULES = load_rules()
TODAY = date(2026, 11, 23)
SPRING: dict[str, Any] = {"start": date(2026, 2, 2), "end": date(2026, 5, 8), "weekly_hours": 35}
"""Fourteen weeks of five days: 70 workdays, 490 h."""


def found(today: date = TODAY, **case: Any) -> Check:
    return check_rights(Case(**case), RULES, today)


def total(result: Check) -> int:
    return result.allowance.totals[0].cents


# Hours and the threshold


@pytest.mark.parametrize(
    ("case", "hours", "due"),
    [
        ({"days": 44}, 308, False),
        ({"days": 45}, 315, True),
        ({"total_hours": 308}, 308, False),
        ({"total_hours": 308.5}, 308.5, True),
        ({"total_hours": 309}, 309, True),
        ({"days": 44, "day_hours": 7.5}, 330, True),
        ({"days": 45, "day_hours": 4}, 180, False),
        (SPRING, 490, True),
        ({"total_hours": 462, "farm_school": True}, 462, False),
        ({"days": 66, "farm_school": True}, 462, False),
        ({"total_hours": 463, "farm_school": True}, 463, True),
        ({"total_hours": 309, "farm_school": True}, 309, False),
    ],
)
def test_an_allowance_is_due_from_the_309th_hour(
    case: dict[str, Any], hours: float, due: bool
) -> None:
    result = found(**case)
    assert result.hours is not None
    assert result.hours.amount == Fraction(str(hours))
    assert result.allowance.due is due


def test_the_surest_hours_are_counted() -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        (SPRING | {"days": 60, "total_hours": 400}, "hours"),
        (SPRING | {"days": 60}, "days"),
        (SPRING, "dates"),
    ]
    for case, basis in cases:
        result = found(**case)
        assert result.hours is not None
        assert result.hours.basis == basis


def test_with_too_little_to_count_nothing_is_said_to_be_due_or_not() -> None:
    for case in ({}, {"weekly_hours": 35}, {"start": TODAY}, {"total_hours": 0}):
        result = found(**case)
        assert result.hours is None
        assert result.allowance.due is None
        assert result.lawful_length is None


def test_dates_the_wrong_way_round_are_said_and_not_counted() -> None:
    result = found(start=date(2026, 5, 8), end=date(2026, 2, 2), weekly_hours=35)
    assert result.backwards
    assert result.hours is None


def test_it_is_due_from_the_first_day() -> None:
    assert found(**SPRING).allowance.since == date(2026, 2, 2)
    assert found(days=45).allowance.since is None
    assert found(**SPRING | {"total_hours": 308}).allowance.since is None


def test_an_estimate_near_the_threshold_asks_for_a_recount() -> None:
    # Nine weeks: 45 days, 315 h, and 1 and 8 May are no workdays.
    nine: dict[str, Any] = {"start": date(2026, 3, 9), "end": date(2026, 5, 8), "weekly_hours": 35}
    assert found(**nine).allowance.near
    assert not found(**SPRING).allowance.near
    assert not found(total_hours=309).allowance.near
    assert found(days=45, weekly_hours=39).allowance.near


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (date(2026, 2, 2), date(2026, 5, 8), 70),
        (date(2026, 2, 1), date(2026, 2, 28), 20),
        (date(2026, 3, 1), date(2026, 3, 31), 22),
        (date(2026, 11, 21), date(2026, 11, 22), 0),
        (date(2026, 11, 20), date(2026, 11, 23), 2),
    ],
)
def test_workdays(first: date, last: date, count: int) -> None:
    assert workdays(first, last) == count


# How much


@pytest.mark.parametrize(
    ("year", "hourly", "ceiling", "cents"),
    [
        (2023, 405, 2700, 125145),
        (2024, 435, 2900, 134415),
        (2025, 435, 2900, 134415),
        (2026, 450, 3000, 139050),
    ],
)
def test_the_rate_of_each_year(year: int, hourly: int, ceiling: int, cents: int) -> None:
    # 309 h: 4.05 € → 1,251.45 €; 4.35 € → 1,344.15 €; 4.50 € → 1,390.50 €.
    result = found(total_hours=309, start=date(year, 3, 2))
    assert result.allowance.totals[0].rates == [(year, hourly)]
    assert total(result) == cents
    rates = msgspec.convert(read_toml(data_path("rights.toml"))["rates"], list[Rate])
    rate = next(rate for rate in rates if rate.year == year)
    assert rate.ceiling == ceiling
    assert rate.ceiling * RULES.value("rate", "percent") == rate.hourly * 100


@pytest.mark.parametrize(
    ("hours", "cents"),
    [
        (308.9, 139005),  # 1,390.05 € exactly
        (309.03, 139064),  # 1,390.635 €
        (309.01, 139055),  # 1,390.545 €
        (310.27, 139622),  # 1,396.215 €
        (310.25, 139613),  # 1,396.125 €
        (310.24, 139608),  # 1,396.08 € exactly
    ],
)
def test_half_a_cent_is_a_cent(hours: float, cents: int) -> None:
    # 4.50 € an hour, to the nearest cent.
    assert total(found(total_hours=hours, start=date(2026, 3, 2))) == cents


@pytest.mark.parametrize("year", [2022, 2027])
def test_a_year_without_a_rate_gets_no_sum(year: int) -> None:
    result = found(total_hours=400, start=date(year, 3, 2))
    assert result.allowance.due
    assert result.allowance.totals == []
    assert result.allowance.unknown_years == [year]


def test_a_spring_of_fourteen_weeks() -> None:
    # 490 h × 4.50 €. February has 20 workdays (140 h), March and April 22 (154 h); May is cut.
    one = found(**SPRING).allowance.totals[0]
    assert one.cents == 220500
    assert one.even == [(2026, 68250)]
    assert one.low is not None
    assert one.high is not None
    assert (one.low[0].month, one.low[1]) == (2, 63000)
    assert (one.high[0].month, one.high[1]) == (3, 69300)


def test_without_dates_a_month_is_22_days_of_7_hours() -> None:
    one = found(total_hours=616).allowance.totals[0]
    assert one.even == [(2026, 69300)]
    assert one.low is None


def test_a_winter_across_1_january_gets_both_readings() -> None:
    # 3 November 2025 to 27 March 2026: 43 workdays in 2025 (20 + 23), 62 in 2026 (22 + 20 + 20).
    winter: dict[str, Any] = {
        "start": date(2025, 11, 3),
        "end": date(2026, 3, 27),
        "weekly_hours": 35,
    }
    result = found(**winter).allowance
    assert result.straddles
    old, each = result.totals
    assert old.rates == [(2025, 435)]
    assert old.cents == 105 * 7 * 435 == 319725
    assert each.rates == [(2025, 435), (2026, 450)]
    assert each.cents == 43 * 7 * 435 + 62 * 7 * 450 == 326235
    assert each.even == [(2025, 65975), (2026, 68250)]


def test_where_the_rate_stayed_one_reading_is_enough() -> None:
    result = found(start=date(2024, 11, 4), end=date(2025, 3, 28), weekly_hours=35).allowance
    assert result.straddles
    assert len(result.totals) == 1


def test_across_1_january_into_a_year_not_known() -> None:
    result = found(start=date(2026, 11, 2), end=date(2027, 3, 26), weekly_hours=35).allowance
    assert result.straddles
    assert [one.rates for one in result.totals] == [[(2026, 450)]]
    assert result.unknown_years == [2027]


@pytest.mark.parametrize(
    ("pay", "verdict"),
    [
        ({"pay_hour": 4.35}, "below"),
        ({"pay_hour": 4.5}, "enough"),
        ({"pay_month": 600}, "below"),
        ({"pay_month": 682}, "enough"),
        ({"pay_month": 682.5}, "enough"),
        ({}, None),
    ],
)
def test_what_the_agreement_pays_is_set_against_the_least(
    pay: dict[str, Any], verdict: str | None
) -> None:
    assert found(**SPRING, **pay).allowance.offer == verdict


def test_an_amount_between_the_old_rate_and_the_new_says_so() -> None:
    winter: dict[str, Any] = {
        "start": date(2025, 11, 3),
        "end": date(2026, 3, 27),
        "weekly_hours": 35,
    }
    assert found(**winter, pay_hour=4.35).allowance.offer == "between"


NEXT: dict[str, Any] = {"start": date(2027, 2, 1), "end": date(2027, 5, 7), "weekly_hours": 35}
"""As `SPRING`, in a year whose rate is not known."""


@pytest.mark.parametrize(
    ("pay", "verdict"),
    [
        ({"pay_hour": 4.35}, "below_last"),
        ({"pay_month": 600}, "below_last"),
        ({"pay_hour": 4.5}, "reaches_last"),
        ({"pay_month": 682}, "reaches_last"),
        ({}, None),
    ],
)
def test_in_a_year_not_known_it_is_set_against_the_last_rate_known(
    pay: dict[str, Any], verdict: str | None
) -> None:
    for later in (0, 10):
        days = {name: NEXT[name].replace(year=2027 + later) for name in ("start", "end")}
        allowance = found(**NEXT | days, **pay).allowance
        assert (allowance.offer, allowance.due, allowance.totals) == (verdict, True, [])


def test_before_the_first_rate_known_nothing_is_judged() -> None:
    days = {"start": date(2022, 1, 31), "end": date(2022, 5, 6)}
    assert found(**NEXT | days, pay_hour=1).allowance.offer is None


def test_a_monthly_sum_without_hours_a_month_is_not_judged() -> None:
    assert found(total_hours=400, pay_month=600).allowance.offer is None


# Length and places


@pytest.mark.parametrize(("hours", "lawful"), [(924, True), (924.5, False), (925, False)])
def test_the_longest_internship_is_924_hours(hours: float, lawful: bool) -> None:
    assert found(total_hours=hours).lawful_length is lawful


@pytest.mark.parametrize(
    ("staff", "most"), [(1, 3), (19, 3), (20, 3), (21, 4), (26, 4), (27, 5), (100, 15), (101, 16)]
)
def test_the_quota_in_whole_numbers(staff: int, most: int) -> None:
    assert quota_of(staff, RULES) == most
    assert found(staff=staff, interns=most).quota_kept is True
    assert found(staff=staff, interns=most + 1).quota_kept is False


def test_without_staff_there_is_no_quota() -> None:
    result = found(interns=4)
    assert (result.quota, result.quota_kept) == (None, None)


def test_a_tutor_has_three_interns_at_most() -> None:
    assert found(tutor_interns=3).tutor_kept is True
    assert found(tutor_interns=4).tutor_kept is False
    assert found().tutor_kept is None


def test_the_gap_is_a_third_of_the_internship_before() -> None:
    # 1 January to 31 March 2026 are 90 days: 30 days of April must pass.
    before: dict[str, Any] = {"before_start": date(2026, 1, 1), "before_end": date(2026, 3, 31)}
    for start, kept in ((date(2026, 4, 30), False), (date(2026, 5, 1), True)):
        gap = found(start=start, **before).gap
        assert gap is not None
        assert (gap.needed, gap.earliest, gap.is_respected) == (30, date(2026, 5, 1), kept)
    left = found(start=date(2026, 4, 1), before_left=True, **before).gap
    assert left is not None
    assert (left.needed, left.is_respected) == (0, True)
    assert found(start=TODAY).gap is None


# The facts


def test_every_fact_has_an_article_and_a_month() -> None:
    for fact in RULES.facts.values():
        assert fact.article.fr
        assert fact.month <= TODAY
    assert {fact.id for fact in RULES.facts.values() if not fact.confirmed} == {
        *("due", "public", "length", "uses", "certificate")
    }


def test_a_figure_is_stale_a_year_after_it_was_checked() -> None:
    fact: LegalFact = RULES.facts["rate"]
    assert not fact.stale(date(2026, 11, 23))
    assert not fact.stale(date(2027, 11, 1))
    assert fact.stale(date(2027, 11, 2))


def test_a_broken_file_says_where(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rights.toml"
    whole = data_path("rights.toml").read_text("utf-8")
    monkeypatch.setattr("coach.features.rights.rules.data_path", lambda name: path)
    for old, new in (
        ('checked = "2026-11"', 'checked = "November"'),
        ("hourly = 405", 'hourly = "4.05"'),
        ('id = "replacing"', 'id = "unheard_of"'),
        ("<who> absent", "<nobody> absent"),
    ):
        assert old in whole
        path.write_text(whole.replace(old, new, 1), "utf-8")
        with pytest.raises(ContentError) as error:
            load_rules.__wrapped__().lexicon  # noqa: B018
        assert error.value.path == path


# Newer rates in the data folder


RATE = "[[rates]]\nyear = 2027\nceiling = 3100\nhourly = 465\n"


def test_a_newer_rate_comes_from_a_dated_file(tmp_path: Path) -> None:
    (tmp_path / "rights-2027-01.toml").write_text(RATE, "utf-8")
    rules = rules_for(tmp_path)
    assert rules.rates[2027] == 465 and rules.rates[2026] == 450 and not rules.errors
    assert rules.rate_fact(2027).checked == "2027-01"
    assert rules.rate_fact(2026).checked == "2026-11"
    allowance = check_rights(Case(**NEXT, pay_hour=4.6), rules, TODAY).allowance
    # 70 workdays of 7 h are 490 h: 490 × 4.65 € = 2,278.50 €.
    assert (allowance.offer, allowance.totals[0].cents) == ("below", 227_850)
    # of two, the one read last
    (tmp_path / "rights-2027-03.toml").write_text(
        RATE.replace("3100", "3200").replace("465", "480"), "utf-8"
    )
    assert rules_for(tmp_path).rates[2027] == 480
    # and one read before ours changes nothing of ours
    (tmp_path / "rights-2026-01.toml").write_text(
        "[[rates]]\nyear = 2026\nceiling = 2900\nhourly = 435\n", "utf-8"
    )
    assert rules_for(tmp_path).rates[2026] == 450
    assert 2027 not in load_rules().rates


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("rights-2027-01.toml", RATE.replace("465", "4.65"), "$.rates[0].hourly"),
        ("rights-2027-01.toml", RATE.replace("465", "466.5"), "$.rates[0].hourly"),
        ("rights-2027-01.toml", RATE.replace("465", "456"), "456 is not 15 % of 3100"),
        ("rights-2027-01.toml", RATE.replace("3100", "-1"), "is not 15 %"),
        ("rights-2027-01.toml", RATE.replace("2027", "27"), "27 is not a year"),
        ("rights-2027-01.toml", RATE.replace("year", "an"), "$.rates[0]"),
        ("rights-2027-01.toml", "[[rates", "]]"),
        ("rights-2027-13.toml", RATE, "rights-2027-01.toml"),
        ("rights-new.toml", RATE, "rights-2027-01.toml"),
    ],
)
def test_a_file_of_rates_that_is_wrong_is_named_and_the_others_hold(
    tmp_path: Path, name: str, text: str, why: str
) -> None:
    from coach.features.rights.panels import show_rights
    from coach.flows.context import StepContext
    from coach.flows.student import StudentContext

    (tmp_path / name).write_text(text, "utf-8")
    rules = rules_for(tmp_path)
    assert rules.rates == RULES.rates
    (error,) = rules.errors
    assert error.path == tmp_path / name and why in error.why
    view = StepContext({}, StudentContext(today=TODAY), load_content(tmp_path / "flows"), "fr")
    told = [line.text for line in show_rights(view)]
    assert any(str(tmp_path / name) in one and error.why in one for one in told)
    doctor = Cli(tmp_path)("doctor")
    assert doctor.code == 1 and str(tmp_path / name) in doctor.out and error.why in doctor.out


def test_a_file_of_rates_that_is_not_text_or_not_to_be_read(tmp_path: Path) -> None:
    (tmp_path / "rights-2027-01.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "rights-2027-02.toml").mkdir()
    assert [error.path.name for error in rules_for(tmp_path).errors] == [
        "rights-2027-01.toml",
        "rights-2027-02.toml",
    ]
    assert rules_for(tmp_path / "nowhere").errors == []


# What must hold for every case

NUMBERS = st.none() | st.integers(-5, 10**9) | st.floats() | st.integers(0, 2000)
DAYS = st.none() | st.dates() | st.dates(date(2023, 1, 1), date(2027, 12, 31))
CASES = st.builds(
    Case,
    **dict.fromkeys(("start", "end", "before_start", "before_end"), DAYS),
    **dict.fromkeys(("weekly_hours", "total_hours", "days", "day_hours"), NUMBERS),
    **dict.fromkeys(("pay_hour", "pay_month", "staff", "interns", "tutor_interns"), NUMBERS),
    **dict.fromkeys(("before_left", "farm_school", "public_body"), st.booleans()),
)


@given(CASES, st.dates())
def test_no_case_raises_and_findings_agree(case: Case, today: date) -> None:
    result = check_rights(case, RULES, today)
    allowance = result.allowance
    assert (allowance.due is None) == (result.hours is None)
    assert len(allowance.totals) <= 2
    for one in allowance.totals:
        assert one.cents >= 0
        if one.low and one.high:
            assert one.low[1] <= one.high[1] <= one.cents


@given(st.integers(1, 4000), st.integers(0, 500), st.booleans())
def test_more_hours_never_give_less(hours: int, more: int, farm: bool) -> None:
    less, most = (found(total_hours=n, farm_school=farm) for n in (hours, hours + more))
    assert total(less) <= total(most)
    assert bool(less.allowance.due) <= bool(most.allowance.due)
    assert bool(less.lawful_length) >= bool(most.lawful_length)
    assert bool(found(total_hours=hours, farm_school=True).allowance.due) <= bool(
        found(total_hours=hours).allowance.due
    )


@given(st.integers(1, 5000), st.integers(0, 100))
def test_more_staff_never_lowers_the_quota(staff: int, more: int) -> None:
    less, most = quota_of(staff, RULES), quota_of(staff + more, RULES)
    assert less is not None
    assert most is not None
    assert 3 <= less <= most
    assert staff < 20 or 100 * (less - 1) < 15 * staff <= 100 * less


@given(st.integers(0, 300), st.integers(0, 60))
def test_a_longer_internship_before_never_shortens_the_gap(length: int, more: int) -> None:
    first = date(2026, 1, 1)
    gaps = [
        found(before_start=first, before_end=first + timedelta(days=n)).gap
        for n in (length, length + more)
    ]
    assert gaps[0] is not None
    assert gaps[1] is not None
    assert gaps[0].needed <= gaps[1].needed
    assert 3 * gaps[0].needed >= length + 1


@given(st.dates(date(2023, 1, 1), date(2026, 6, 1)), st.integers(0, 400), st.integers(1, 60))
def test_the_months_add_up_to_the_hours(start: date, days: int, weekly: int) -> None:
    end = min(start + timedelta(days=days), date(2026, 12, 31))
    result = found(start=start, end=end, weekly_hours=weekly)
    if result.hours is None:
        assert workdays(start, end) == 0
        return
    lowest, highest = (min(RULES.rates.values()), max(RULES.rates.values()))
    for one in result.allowance.totals:
        assert lowest * result.hours.amount - 1 <= one.cents <= highest * result.hours.amount + 1


def test_a_number_out_of_measure_is_not_given() -> None:
    for value in (None, 0, -1, float("nan"), float("inf"), 10**9):
        assert exact(value) is None
    assert exact(7.5) == Fraction(15, 2)
