"""The facts of an internship that rules depend on, and its hours of presence."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, TypeAlias

from coach.features.rights.rules import Rules

Number: TypeAlias = int | float | Fraction | None
Basis: TypeAlias = Literal["hours", "days", "dates"]

MOST = 100_000
"""Hours, days or staff above this are taken for a typing error, as not given."""
DECADE = 3653
"""Days from first to last above this are taken for a typing error: the dates are ignored."""


@dataclass(frozen=True)
class Case:
    """The facts of an internship; None where unknown.

    Hours come from `total_hours`, else from `days` of `day_hours`, else from the dates and
    `weekly_hours`. `pay_hour` and `pay_month` are euros. The `before_` ones are about the
    internship that was on the same post before.
    """

    start: date | None = None
    end: date | None = None
    weekly_hours: Number = None
    total_hours: Number = None
    days: Number = None
    day_hours: Number = None
    pay_hour: Number = None
    pay_month: Number = None
    staff: Number = None
    interns: Number = None
    tutor_interns: Number = None
    before_start: date | None = None
    before_end: date | None = None
    before_left: bool = False
    """Whether that intern ended it early: then no gap is needed."""
    farm_school: bool = False
    public_body: bool = False


@dataclass(frozen=True)
class Hours:
    """How many hours of presence, and what they were counted from."""

    amount: Fraction
    basis: Basis
    days: Fraction
    """Workdays between the dates, or the days given; 0 where hours were given."""
    a_day: Fraction
    """Hours of one such day; 0 where hours were given."""
    uneven: bool = False
    """Whether the hours of a day and those of a week do not fit together."""


def exact(value: Number) -> Fraction | None:
    """`value` as a fraction; None where missing, not above 0, or above `MOST`."""
    try:
        number = Fraction(str(value)) if value is not None else Fraction(0)
    except (ValueError, ZeroDivisionError):
        return None
    return number if 0 < number <= MOST else None


def workdays(first: date, last: date) -> int:
    """Mondays to Fridays from `first` to `last`, both counted; public holidays too."""
    count = (last - first).days + 1
    weeks, rest = divmod(max(count, 0), 7)
    return weeks * 5 + sum((first.weekday() + n) % 7 < 5 for n in range(rest))


def span_of(case: Case) -> tuple[date, date] | None:
    """The first and last day, where they make an internship."""
    if case.start is None or case.end is None:
        return None
    return (case.start, case.end) if 0 <= (case.end - case.start).days <= DECADE else None


def count_hours(case: Case, rules: Rules) -> Hours | None:
    """The hours of presence, from the surest of what was given."""
    if (total := exact(case.total_hours)) is not None:
        return Hours(total, "hours", Fraction(0), Fraction(0))
    weekly, a_day = exact(case.weekly_hours), exact(case.day_hours)
    if (days := exact(case.days)) is not None:
        length = a_day or Fraction(rules.value("due", "day_hours"))
        uneven = weekly is not None and weekly != length * 5
        return Hours(days * length, "days", days, length, uneven)
    span = span_of(case)
    if span is None or weekly is None:
        return None
    count = Fraction(workdays(*span))
    return Hours(count * weekly / 5, "dates", count, weekly / 5) if count else None
