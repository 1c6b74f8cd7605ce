"""What the law gives an intern in France: allowance, length, places, worked out from a few figures.

Pure: a case and the rules go in (`coach.features.rights.case`, `coach.features.rights.rules`),
findings come out; what is not known stays None. Hours and money are counted exactly (fractions,
cents), and nothing here raises.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from coach.features.rights.allowance import Allowance, allowance_of
from coach.features.rights.case import Case, Hours, Number, count_hours, exact, span_of
from coach.features.rights.rules import Rules


@dataclass(frozen=True)
class Gap:
    """The days that must lie between two internships on one post."""

    needed: int
    there: int | None
    earliest: date | None

    @property
    def is_respected(self) -> bool | None:
        """Whether the gap is long enough; None where the second internship has no date."""
        return None if self.there is None else self.there >= self.needed


@dataclass(frozen=True)
class Check:
    """The findings; None where too few answers were given."""

    hours: Hours | None
    allowance: Allowance
    longest: int
    lawful_length: bool | None
    quota: int | None
    quota_kept: bool | None
    tutor_most: int
    tutor_kept: bool | None
    gap: Gap | None
    backwards: bool = False
    """Whether the dates make no internship (the last before the first): they were not used."""


def check_rights(case: Case, rules: Rules, today: date) -> Check:
    """The findings on `case`; the year of `today` counts where there is no first day."""
    backwards = bool(case.start and case.end and span_of(case) is None)
    hours = count_hours(case, rules)
    longest = rules.value("length", "hours")
    quota = quota_of(case.staff, rules)
    interns, followed = exact(case.interns), exact(case.tutor_interns)
    most = rules.value("tutor", "most")
    return Check(
        hours,
        allowance_of(case, rules, hours, today),
        longest,
        None if hours is None else hours.amount <= longest,
        quota,
        None if quota is None or interns is None else interns <= quota,
        most,
        None if followed is None else followed <= most,
        _gap(case, rules),
        backwards,
    )


def quota_of(staff: Number, rules: Rules) -> int | None:
    """How many interns a host of `staff` may have in one week; None where `staff` is not known.

    In whole numbers: a percentage of a float would round 15 % of 20 up to 4.
    """
    count = exact(staff)
    if count is None:
        return None
    people = int(count)
    if people < rules.value("quota", "from"):
        return rules.value("quota", "few")
    return -(-people * rules.value("quota", "percent") // 100)


def _gap(case: Case, rules: Rules) -> Gap | None:
    """A third of the internship before, in days; none is needed where that intern left early."""
    first, last = case.before_start, case.before_end
    if first is None or last is None or last < first:
        return None
    length = (last - first).days + 1
    needed = 0 if case.before_left else -(-length // rules.value("gap", "part"))
    there = (case.start - last).days - 1 if case.start else None
    try:
        return Gap(needed, there, last + timedelta(days=needed + 1))
    except OverflowError:
        return Gap(needed, there, None)
