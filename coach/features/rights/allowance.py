"""The allowance that an intern in France is due: whether, since when, how much, month by month."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal, TypeAlias

from coach.features.rights.case import Case, Hours, exact, span_of, workdays
from coach.features.rights.rules import Rules

Verdict: TypeAlias = Literal["below", "between", "enough", "below_last", "reaches_last"]
"""`…_last`: the rate of its own year is not known, so against the last one known before."""

WORKDAYS = Fraction(260, 12)
"""Workdays of a month when hours are spread evenly: 52 weeks of five days over twelve months."""
NEAR = 35
"""How many hours from the threshold an estimate must be to be trusted without a recount."""
LONGEST = 24
"""Months compared with each other at most."""


@dataclass(frozen=True)
class Month:
    """One month of the internship: its hours when they are spread over its workdays."""

    year: int
    month: int
    hours: Fraction
    whole: bool


@dataclass(frozen=True)
class Total:
    """The least allowance under one reading of the law: `rates` are (year, cents an hour)."""

    rates: list[tuple[int, int]]
    cents: int
    even: list[tuple[int, int]]
    """(Year, cents of a whole month) when hours are spread evenly."""
    low: tuple[Month, int] | None = None
    """The whole month that brings least, and its cents."""
    high: tuple[Month, int] | None = None


@dataclass(frozen=True)
class Allowance:
    """Whether an allowance is due, since when and how much."""

    due: bool | None
    threshold: int
    near: bool = False
    """Whether the hours are an estimate close to the threshold: recount them."""
    since: date | None = None
    totals: list[Total] = field(default_factory=list)
    """One reading; two where 1 January lies inside and the rate changed."""
    straddles: bool = False
    unknown_years: list[int] = field(default_factory=list)
    """Years of the internship whose rate is not known."""
    offer: Verdict | None = None
    """What the agreement pays, against the least."""
    even: Fraction | None = None
    """Hours of a whole month when all are spread evenly."""
    by_month: bool = False
    """Whether the dates tell how many hours each month has."""


def allowance_of(case: Case, rules: Rules, hours: Hours | None, today: date) -> Allowance:
    """The allowance for `hours` of presence; `today` gives the year where there is no first day."""
    threshold = rules.value("due", "farm_hours" if case.farm_school else "hours")
    if hours is None:
        return Allowance(None, threshold)
    span = span_of(case)
    first = (case.start or today).year
    last = span[1].year if span else first
    years = range(first, last + 1)
    months = _months(hours.amount, *span) if span else []
    even = _even(rules, hours.amount, span)
    rates = {year: rules.rates[year] for year in years if year in rules.rates}
    readings = []
    if first in rates:
        readings.append(_total(hours.amount, months, even, {first: rates[first]}))
        if months and len(rates) == len(years) and len(set(rates.values())) > 1:
            readings.append(_total(hours.amount, months, even, rates))
    last_known = rules.last_before(first)
    offer = _offer(case, even, [cents for one in readings for _, cents in one.rates])
    if not readings and last_known is not None:
        below = _offer(case, even, [rules.rates[last_known]])
        offer = below and ("below_last" if below == "below" else "reaches_last")
    due = hours.amount > threshold
    return Allowance(
        due,
        threshold,
        (hours.basis == "dates" or hours.uneven) and abs(hours.amount - threshold) <= NEAR,
        case.start if due else None,
        readings,
        len(years) > 1,
        [year for year in years if year not in rates],
        offer,
        even,
        bool(months),
    )


def _months(hours: Fraction, start: date, end: date) -> list[Month]:
    """`hours` over the workdays from `start` to `end`, month by month."""
    days = workdays(start, end)
    found = []
    first, going = start, days > 0
    while going:
        last = min(_month_end(first), end)
        here = workdays(first, last)
        whole = here == workdays(first.replace(day=1), _month_end(first))
        if here:
            found.append(Month(first.year, first.month, hours * here / days, whole))
        going = last < end
        first = last + timedelta(days=1) if going else last
    return found


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _even(rules: Rules, hours: Fraction, span: tuple[date, date] | None) -> Fraction | None:
    """Hours of a whole month when all are spread evenly; None where there are not as many.

    Without dates, a month is what the law counts as one: 22 days of 7 hours.
    """
    if span is None:
        month = Fraction(rules.value("due", "month_days") * rules.value("due", "day_hours"))
    elif days := workdays(*span):
        month = hours / days * WORKDAYS
    else:
        return None
    return month if month <= hours else None


def _total(
    hours: Fraction, months: list[Month], even: Fraction | None, rates: dict[int, int]
) -> Total:
    """The least allowance with one rate for all hours, or with one for each year."""
    first = next(iter(rates))
    if len(rates) == 1:
        exactly = hours * rates[first]
    else:
        exactly = sum((month.hours * rates[month.year] for month in months), Fraction(0))
    told = [
        (month, _cents(month.hours * rates.get(month.year, rates[first])))
        for month in months
        if month.whole and len(months) <= LONGEST
    ]
    return Total(
        list(rates.items()),
        _cents(exactly),
        [(year, _cents(even * rate)) for year, rate in rates.items()] if even else [],
        min(told, key=lambda one: one[1], default=None),
        max(told, key=lambda one: one[1], default=None),
    )


def _cents(amount: Fraction) -> int:
    return int(amount + Fraction(1, 2))


def _offer(case: Case, even: Fraction | None, rates: list[int]) -> Verdict | None:
    """What the agreement pays against the least; a monthly sum is compared with an even month."""
    paid, slack = exact(case.pay_hour), Fraction(1)
    if paid is None and (monthly := exact(case.pay_month)) is not None:
        weekly = exact(case.weekly_hours)
        hours = even if span_of(case) else weekly and weekly * 52 / 12
        # A sum in whole euros, or counted on other workdays, is no breach: one in a hundred passes.
        paid, slack = (monthly / hours, Fraction(99, 100)) if hours else (None, slack)
    if paid is None or not rates:
        return None
    if paid * 100 < min(rates) * slack:
        return "below"
    return "between" if paid * 100 < max(rates) * slack else "enough"
