"""The check of rights in brief: what to raise, what is within the rules, what is still open."""

from collections.abc import Iterator
from typing import Literal, TypeAlias

from coach.features.rights.allowance import Allowance
from coach.features.rights.answers import check_answers, missions_told
from coach.features.rights.case import Case, exact
from coach.features.rights.check import Check
from coach.features.rights.missions import read_missions
from coach.features.rights.pay_lines import last_known
from coach.features.rights.sentences import Saying
from coach.flows.context import StepContext
from coach.flows.panel import PanelLine
from coach.util.text import one_line

Verdict: TypeAlias = tuple[Literal["raise", "fine", "open"], str]
QUOTED = 40
"""Characters of a mission quoted in the line that counts them."""
NAMED = 3
"""Missions quoted at most."""


def summary(context: StepContext) -> list[PanelLine]:
    """How many points to raise and which, then the others; it says that it is no legal advice."""
    say, _, _ = check_answers(context)
    found = verdicts(context)

    def bullets_of(kind: str) -> list[PanelLine]:
        return [PanelLine("bullet", text) for one, text in found if one == kind]

    to_raise, fine, unknown = bullets_of("raise"), bullets_of("fine"), bullets_of("open")
    if to_raise:
        answer = say.words.count("sum_raise", len(to_raise))
    else:
        answer = say("sum_none" if fine else "sum_open")
    lines = [PanelLine("answer", answer), *to_raise]
    for heading, others in (("sum_fine", fine), ("sum_unknown", unknown)):
        lines += [PanelLine("heading", say(heading)), *others] if others else []
    return [*lines, PanelLine("text", law(say))]


def verdicts(context: StepContext) -> list[Verdict]:
    """Each point (to raise, fine, or open), without names of people."""
    say, case, found = check_answers(context)
    return [
        *_pay(say, found, unpaid=context.answers.get("pay_kind") == "none"),
        *_length(say, found),
        *_places(say, case, found),
        *_gap(say, context, found),
        *_missions(say, context),
    ]


def law(say: Saying) -> str:
    """Of when the rules are (the oldest of them), and that this is no legal advice."""
    oldest = min(say.rules.facts.values(), key=lambda fact: fact.month)
    month = say.month(oldest.month.year, oldest.month.month)
    return say("sum_law_old" if oldest.stale(say.today) else "sum_law", month=month)


def _pay(say: Saying, found: Check, *, unpaid: bool) -> Iterator[Verdict]:
    allowance = found.allowance
    limit = say.hours(allowance.threshold)
    if allowance.due is None:
        yield "open", say("sum_pay_open")
    elif allowance.near:
        yield "open", say("sum_pay_near", limit=limit)
    elif not allowance.due:
        yield "fine", say("sum_pay_free", limit=limit)
    else:
        key = "none" if unpaid else allowance.offer or "unseen"
        kinds: dict[str, Literal["fine", "open"]] = {"enough": "fine", "reaches_last": "open"}
        known = last_known(say, allowance.unknown_years[0]) if allowance.unknown_years else {}
        yield kinds.get(key, "raise"), say(f"sum_pay_{key}", much=_much(say, allowance), **known)


def _much(say: Saying, allowance: Allowance) -> str:
    sums = sorted(total.cents for total in allowance.totals)
    if not sums:
        return say("sum_much_unknown", year=allowance.unknown_years[0])
    if len(sums) > 1:
        return say("sum_much_two", low=say.euros(sums[0]), high=say.euros(sums[-1]))
    return say("sum_much", total=say.euros(sums[0]))


def _length(say: Saying, found: Check) -> Iterator[Verdict]:
    if found.hours is not None:
        key: Literal["fine", "raise"] = "fine" if found.lawful_length else "raise"
        hours, limit = say.hours(found.hours.amount), say.hours(found.longest)
        yield key, say("sum_length", hours=hours, limit=limit)


def _places(say: Saying, case: Case, found: Check) -> Iterator[Verdict]:
    interns, followed = exact(case.interns), exact(case.tutor_interns)
    if found.quota is None or found.quota_kept is None or interns is None:
        yield "open", say("sum_quota_open")
    else:
        text = say("sum_quota", n=int(interns), limit=found.quota)
        yield "fine" if found.quota_kept else "raise", text
    if followed is not None:
        text = say("sum_tutor", n=int(followed), limit=found.tutor_most)
        yield "fine" if found.tutor_kept else "raise", text


def _gap(say: Saying, context: StepContext, found: Check) -> Iterator[Verdict]:
    if context.answers.get("before") != "yes":
        return
    gap = found.gap
    if context.answers.get("before_left") == "yes" or (gap and gap.is_respected):
        yield "fine", say("sum_gap_kept")
    elif gap is None or gap.is_respected is None or gap.earliest is None:
        yield "open", say("sum_gap_open")
    else:
        yield "raise", say("sum_gap_short", day=say.day(gap.earliest))


def _missions(say: Saying, context: StepContext) -> Iterator[Verdict]:
    read = read_missions(missions_told(context), say.rules)
    doubtful = [one for one in read if not one.fine]
    if not read:
        yield "open", say("sum_missions_open")
    elif not doubtful:
        yield "fine", say("sum_missions_fine")
    else:
        quoted = [say("quote", words=one_line(one.text, QUOTED)) for one in doubtful]
        said = ", ".join(quoted[:NAMED]) + (", …" if len(quoted) > NAMED else "")
        n = len(doubtful)
        yield "raise", say("sum_missions_check", n=n, all=len(read), list=said)
