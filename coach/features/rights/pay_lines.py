"""What is said of the allowance and of the length of an internship: the answer, then the count."""

from coach.features.rights.allowance import Allowance, Total
from coach.features.rights.case import Case, Hours
from coach.features.rights.check import Check
from coach.features.rights.sentences import Saying
from coach.flows.panel import PanelLine


def answer_lines(say: Saying, case: Case, found: Check, *, unpaid: bool) -> list[PanelLine]:
    """Whether an allowance is due, since when, how much, and what the agreement makes of it.

    `unpaid`: the agreement says that there is none.
    """
    if found.hours is None:
        return [PanelLine("answer", say("no_hours")), PanelLine("text", say("no_hours_more"))]
    allowance = found.allowance
    limit = say.hours(allowance.threshold)
    if allowance.due:
        since = allowance.since
        answer = say("yes_since", day=say.day(since)) if since else say("yes")
    else:
        answer = say("no", hours=say.hours(found.hours.amount))
    lines = [PanelLine("answer", answer)]
    if allowance.near:
        lines.append(PanelLine("text", say("near", limit=limit)))
    lines.append(PanelLine("text", much(say, allowance) if allowance.due else say("no_more")))
    return lines + [
        PanelLine("text", text)
        for text in _offered(say, case, found.hours, allowance, unpaid=unpaid)
    ]


def much(say: Saying, allowance: Allowance) -> str:
    """'Au moins 2 205,00 € en tout, versée chaque mois : environ 682,50 € pour un mois entier.'"""
    totals = allowance.totals
    if not totals:
        return say("much_unknown", year=allowance.unknown_years[0])
    if len(totals) > 1:
        low, high = sorted(total.cents for total in totals)
        return say("much_two", low=say.euros(low), high=say.euros(high))
    total = say.euros(totals[0].cents)
    if not totals[0].even:
        return say("much", total=total)
    return say(
        "much_even" if allowance.by_month else "much_legal",
        total=total,
        even=say.euros(totals[0].even[0][1]),
        days=say.rules.value("due", "month_days"),
        a_day=say.hours(say.rules.value("due", "day_hours")),
    )


def count_lines(say: Saying, case: Case, found: Check) -> list[PanelLine]:
    """How it was counted, each figure with its source."""
    lines = [say.line("backwards")] if found.backwards else []
    hours, allowance = found.hours, found.allowance
    if hours is not None:
        lines.append(
            say.line(
                f"count_{hours.basis}",
                hours=say.hours(hours.amount),
                days=say.number(hours.days),
                a_day=say.hours(hours.a_day),
            )
        )
        lines += [say.line("uneven")] if hours.uneven else []
    lines += [say.line("farm")] if case.farm_school else []
    lines.append(_limit(say, case, allowance))
    if allowance.due:
        lines += _amounts(say, allowance)
    if case.public_body:
        lines.append(say.line("public", "public"))
    return lines


def length_lines(say: Saying, found: Check) -> list[PanelLine]:
    """Whether the hours stay within what one host may offer in a school year."""
    if found.hours is None:
        return []
    return [
        say.line(
            "length_fine" if found.lawful_length else "length_over",
            "length",
            hours=say.hours(found.hours.amount),
            over=say.hours(found.hours.amount - found.longest),
            limit=say.hours(found.longest),
            months=say.rules.value("length", "months"),
        )
    ]


def _limit(say: Saying, case: Case, allowance: Allowance) -> PanelLine:
    kind = "farm_" if case.farm_school else ""
    return say.line(
        "limit",
        "due",
        limit=say.hours(allowance.threshold),
        months=say.rules.value("due", f"{kind}months"),
        days=say.rules.value("due", f"{kind}days"),
        a_day=say.hours(say.rules.value("due", "day_hours")),
    )


# How much


def _amounts(say: Saying, allowance: Allowance) -> list[PanelLine]:
    """The rates, and the sums under both readings of 1 January where they differ."""
    totals = allowance.totals
    lines = []
    if allowance.straddles and totals:
        lines.append(PanelLine("bullet", _straddling(say, allowance)))
    rates = dict(rate for total in totals for rate in total.rates)
    lines += [
        PanelLine(
            "bullet",
            say("rate", year=year, rate=say.euros(cents)),
            say.source(say.rules.rate_fact(year)),
        )
        for year, cents in rates.items()
    ]
    lines += [_unknown(say, year) for year in allowance.unknown_years]
    if len(totals) > 1:
        lines += [PanelLine("bullet", _reading(say, total)) for total in totals]
    ranges = [_range(say, total) for total in totals[-1:] if total.low and total.high]
    return lines + [PanelLine("bullet", text) for text in ranges if text]


def _unknown(say: Saying, year: int) -> PanelLine:
    last = say.rules.last_before(year)
    if last is None:
        return PanelLine("bullet", say("unknown_early", year=year))
    text = say("unknown_year", **last_known(say, year))
    return PanelLine("bullet", text, say.source(say.rules.rate_fact(last)))


def last_known(say: Saying, year: int) -> dict[str, str | int]:
    """The last rate known before `year`, for sentences: `year`, `last` and `rate`."""
    last = say.rules.last_before(year)
    rate = "" if last is None else say.euros(say.rules.rates[last])
    return {"year": year, "last": last or "", "rate": rate}


def _straddling(say: Saying, allowance: Allowance) -> str:
    if len(allowance.totals) > 1:
        return say("straddle")
    if allowance.unknown_years:
        return say("straddle_unknown")
    return say("straddle_same", rate=say.euros(allowance.totals[0].rates[0][1]))


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
    known = last_known(say, allowance.unknown_years[0]) if allowance.unknown_years else {}
    lines = [say(f"offer_{key}", **known)]
    if key in ("none", "below", "below_last"):
        lines.append(say("you_can_say", ask=say("ask_pay", hours=say.hours(hours.amount))))
    return lines
