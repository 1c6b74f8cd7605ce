"""Reads the answers of the flow `rights` into a `Case` and checks it against the rules."""

from coach.features.rights.case import Case
from coach.features.rights.check import Check, check_rights
from coach.features.rights.own_rates import rules_of
from coach.features.rights.sentences import Saying
from coach.flows.context import StepContext
from coach.store.answers import day_of, number_of, rows_of, text_of
from coach.store.entries import Answers


def case_of(answers: Answers) -> Case:
    """The case in the answers of the flow `rights`; unreadable answers are None."""
    pay = number_of(answers, "pay")
    kind = answers.get("pay_kind")
    before = answers.get("before") == "yes"
    return Case(
        start=day_of(answers, "start"),
        end=day_of(answers, "end"),
        weekly_hours=number_of(answers, "weekly_hours"),
        total_hours=number_of(answers, "total_hours"),
        days=number_of(answers, "days"),
        day_hours=number_of(answers, "day_hours"),
        pay_hour=pay if kind == "hour" else None,
        pay_month=pay if kind == "month" else None,
        staff=number_of(answers, "staff"),
        interns=number_of(answers, "interns"),
        tutor_interns=number_of(answers, "tutor_interns"),
        before_start=day_of(answers, "before_start") if before else None,
        before_end=day_of(answers, "before_end") if before else None,
        before_left=answers.get("before_left") == "yes",
        farm_school=answers.get("farm_school") == "yes",
        public_body=answers.get("public_body") == "yes",
    )


def check_answers(context: StepContext) -> tuple[Saying, Case, Check]:
    """(Texts in the session's language, the case, the findings)."""
    rules = rules_of(context.content)
    case = case_of(context.answers)
    today = context.known.today
    return Saying(rules, context.lang, today), case, check_rights(case, rules, today)


def missions_told(context: StepContext) -> list[str]:
    """The missions as the student copied them."""
    return [text_of(row, "mission") for row in rows_of(context.answers, "missions")]
