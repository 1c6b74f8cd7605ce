"""The message that thanks a recruiter and asks what was missing.

Its sentences stand in `data/wording/recruiter_message.toml`.
"""

from coach.flows.context import StepContext
from coach.language.opening import place_phrase
from coach.language.sentences import END, Writer
from coach.store.answers import day_of
from coach.util.dates import say_day
from coach.util.text import one_line
from coach.util.wording import Wording


def draft_recruiter_message(context: StepContext) -> str:
    """A short message that asks a recruiter what was missing, fit to how far it went."""
    writer = Writer(context.lang)
    words = Wording("recruiter_message", context.lang)
    stage = context.answers.get("stage")
    stage = stage if stage in ("application", "first", "several", "final") else "first"
    role = END.sub("", writer.tidy(context.answers.get("role")))
    role = writer.low(one_line(role, 80))
    none = "" if role else "_none"
    on = day_of(context.answers, "interview_date")
    day = say_day(on, context.lang, year=False, weekday=False) if on else ""
    thanks = words(
        f"thanks_{stage}",
        post=words(f"post{none}", role=role),
        post_of=words(f"post_of{none}", role=role),
        where=place_phrase(writer, context.answers.get("company")),
        day=words("on_day", day=day) if day else "",
        day_final=words("day_final", day=day) if day else "",
    )
    return "\n\n".join(
        [words("hello"), writer.mend(thanks), words(f"ask_{stage}"), words("goodbye")]
    )
