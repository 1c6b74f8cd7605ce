"""What is said of the allowance and of the length of an internship, line by line."""

from coach.allowance import Allowance, Total
from coach.rights import Check
from coach.rights_case import Case, Hours
from coach.rights_say import Saying


def pay_lines(say: Saying, case: Case, found: Check, *, unpaid: bool) -> list[str]:
    """Whether an allowance is due, since when, how much; `unpaid`: the agreement has none."""
    lines = [say("backwards")] if found.backwards else []
    if found.hours is None:
        return [*lines, say("no_hours")]
    allowance = found.allowance
    lines.append(_counted(say, found.hours))
    if found.hours.uneven:
        lines.append(say("uneven"))
    if case.farm_school:
        lines.append(say("farm"))
    lines.append(_verdict(say, case, allowance))
    if allowance.near:
        lines.append(say("near"))
    if allowance.due:
        lines.append(
            say("since", day=say.day(allowance.since)) if allowance.since else say("since_first")
        )
        lines += _amounts(say, allowance)
    if case.public_body:
        lines.append(say("public", source=say.source("public")))
    return lines + _offered(say, case, found.hours, allowance, unpaid=unpaid)


def length_lines(say: Saying, found: Check) -> list[str]:
    """Whether the hours stay within what one host may offer in a school year."""
    if found.hours is None:
        return []
    key = "length_fine" if found.lawful_length else "length_over"
    return [
        say(
            key,
            hours=say.hours(found.hours.amount),
            over=say.hours(found.hours.amount - found.longest),
            limit=say.hours(found.longest),
            months=say.rules.value("length", "months"),
            source=say.source("length"),
        )
    ]


def _counted(say: Saying, hours: Hours) -> str:
    return say(
        f"count_{hours.basis}",
        hours=say.hours(hours.amount),
        days=say.number(hours.days),
        a_day=say.hours(hours.a_day),
    )


def _verdict(say: Saying, case: Case, allowance: Allowance) -> str:
    kind = "farm_" if case.farm_school else ""
    return say(
        "due" if allowance.due else "not_due",
        limit=say.hours(allowance.threshold),
        months=say.rules.value("due", f"{kind}months"),
        days=say.rules.value("due", f"{kind}days"),
        a_day=say.hours(say.rules.value("due", "day_hours")),
        source=say.source("due"),
    )


# How much


def _amounts(say: Saying, allowance: Allowance) -> list[str]:
    """The rate, the total and the months: once, or for both readings of 1 January."""
    totals = allowance.totals
    lines = []
    if allowance.straddles and totals:
        lines.append(_straddling(say, allowance))
    lines += [
        say("rate", year=year, rate=say.euros(cents), source=say.source("rate"))
        for year, cents in dict(rate for total in totals for rate in total.rates).items()
    ]
    lines += [
        say(
            "unknown_year",
            year=year,
            rate=say.euros(say.rules.rates[say.rules.year]),
            last=say.rules.year,
            source=say.source("rate"),
        )
        for year in allowance.unknown_years
    ]
    if len(totals) == 1:
        lines += [say("total", total=say.euros(totals[0].cents)), *_monthly(say, allowance)]
    elif totals:
        lines += [_reading(say, total) for total in totals]
    return lines + [_range(say, total) for total in totals[-1:] if total.low and total.high]


def _straddling(say: Saying, allowance: Allowance) -> str:
    if len(allowance.totals) > 1:
        return say("straddle")
    if allowance.unknown_years:
        return say("straddle_unknown")
    return say("straddle_same", rate=say.euros(allowance.totals[0].rates[0][1]))


def _monthly(say: Saying, allowance: Allowance) -> list[str]:
    """The sum of a whole month with hours spread evenly."""
    rules = say.rules
    return [
        say(
            "even" if allowance.by_month else "even_legal",
            even=say.euros(cents),
            days=rules.value("due", "month_days"),
            a_day=say.hours(rules.value("due", "day_hours")),
        )
        for _, cents in allowance.totals[0].even
    ]


def _reading(say: Saying, total: Total) -> str:
    """One reading of 1 January: 'Avec 4,35 € jusqu'au bout : 3 197,25 € en tout…'."""
    evens = [cents for _, cents in total.even]
    even = ""
    if len(evens) == 1:
        even = say("even_short", even=say.euros(evens[0]))
    elif evens:
        even = say("even_each", low=say.euros(evens[0]), high=say.euros(evens[-1]))
    rates = [say("rate_in", rate=say.euros(cents), year=year) for year, cents in total.rates]
    return say(
        "all_along" if len(rates) == 1 else "each_year",
        rate=say.euros(total.rates[0][1]),
        rates=", ".join(rates),
        total=say.euros(total.cents),
        even=even,
    )


def _range(say: Saying, total: Total) -> str:
    if total.low is None or total.high is None or total.low[1] == total.high[1]:
        return ""
    (low, least), (high, most) = total.low, total.high
    return say(
        "range",
        low=say.euros(least),
        low_month=say.month(low.year, low.month),
        high=say.euros(most),
        high_month=say.month(high.year, high.month),
    )


def _offered(
    say: Saying, case: Case, hours: Hours, allowance: Allowance, *, unpaid: bool
) -> list[str]:
    """What the agreement pays against the least, and a sentence to raise it with."""
    if not allowance.due:
        return [say("offer_extra")] if case.pay_hour or case.pay_month else []
    key = "none" if unpaid else allowance.offer
    if key is None:
        return []
    lines = [say(f"offer_{key}")]
    if key in ("none", "below"):
        lines.append(say("ask_pay", hours=say.hours(hours.amount)))
    return lines
