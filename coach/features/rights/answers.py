"""The case that the answers of session `rights` tell, checked against the rules."""

import math

from coach.features.rights.case import Case
from coach.features.rights.check import Check, check_rights
from coach.features.rights.own_rates import rules_of
from coach.features.rights.sentences import Saying
from coach.flows.context import StepContext
from coach.internship.timeline import day_of
from coach.store.entries import Answers


def case_of(answers: Answers) -> Case:
    """The case that the answers of session `rights` tell; what cannot be read is not there."""
    pay = _number(answers.get("pay"))
    kind = answers.get("pay_kind")
    before = answers.get("before") == "yes"
    return Case(
        start=day_of(answers, "start"),
        end=day_of(answers, "end"),
        weekly_hours=_number(answers.get("weekly_hours")),
        total_hours=_number(answers.get("total_hours")),
        days=_number(answers.get("days")),
        day_hours=_number(answers.get("day_hours")),
        pay_hour=pay if kind == "hour" else None,
        pay_month=pay if kind == "month" else None,
        staff=_number(answers.get("staff")),
        interns=_number(answers.get("interns")),
        tutor_interns=_number(answers.get("tutor_interns")),
        before_start=day_of(answers, "before_start") if before else None,
        before_end=day_of(answers, "before_end") if before else None,
        before_left=answers.get("before_left") == "yes",
        farm_school=answers.get("farm_school") == "yes",
        public_body=answers.get("public_body") == "yes",
    )


def _number(value: object) -> int | float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return value


def check_answers(context: StepContext) -> tuple[Saying, Case, Check]:
    """Who says it, the case that the answers tell, and what the rules say of it."""
    rules = rules_of(context.content)
    case = case_of(context.answers)
    today = context.known.today
    return Saying(rules, context.lang, today), case, check_rights(case, rules, today)


def missions_told(context: StepContext) -> list[str]:
    """The missions as the student copied them."""
    value = context.answers.get("missions")
    rows = value if isinstance(value, list) else []
    cells = [row.get("mission") for row in rows if isinstance(row, dict)]
    return [cell for cell in cells if isinstance(cell, str)]
