"""The check of an internship's rules as panels: allowance and length, places, missions, the rest.

Sentences are in `data/wording/rights.toml`; each figure has its article and its month beside it.
Nothing here raises on a missing or odd answer.
"""

from coach.features.rights.answers import check_answers, missions_told
from coach.features.rights.case import Case, exact
from coach.features.rights.check import Check
from coach.features.rights.missions import Mission, read_missions
from coach.features.rights.own_rates import rules_of
from coach.features.rights.pay_lines import answer_lines, count_lines, length_lines
from coach.features.rights.sentences import Saying
from coach.flows.context import StepContext
from coach.flows.panel import PanelLine
from coach.util.text import one_line

QUOTED = 120
"""Characters of a mission quoted in a line."""


def _section(heading: str, lines: list[PanelLine]) -> list[PanelLine]:
    return [PanelLine("heading", heading), *lines] if lines else []


def show_rights(context: StepContext) -> list[PanelLine]:
    """The allowance and the length: due or not, how much, then the count with its sources."""
    say, case, found = check_answers(context)
    lines = answer_lines(say, case, found, unpaid=context.answers.get("pay_kind") == "none")
    lines += _section(say("counting"), count_lines(say, case, found))
    lines += _section(say("length"), length_lines(say, found))
    lines += [PanelLine("text", text) for text in own_problems(say)]
    return [*lines, PanelLine("text", say.rules.check.get(context.lang))]


def own_problems(say: Saying) -> list[str]:
    """A sentence for each file of newer rates that cannot be used, which it names."""
    return [say("own_broken", path=str(one.path), why=one.why) for one in say.rules.errors]


def show_rights_team(context: StepContext) -> list[PanelLine]:
    """How many interns there may be, per tutor too, and the gap between two on one post."""
    say, case, found = check_answers(context)
    lines = [*_quota(say, case, found), *_tutor(say, case, found), *_gap(say, context, found)]
    return _section(say("team"), lines)


def _quota(say: Saying, case: Case, found: Check) -> list[PanelLine]:
    staff, interns = exact(case.staff), exact(case.interns)
    if found.quota is None or staff is None:
        return [say.line("quota_ask")]
    few = say.rules.value("quota", "from")
    lines = []
    if interns is not None:
        lines.append(say.line("quota_kept" if found.quota_kept else "quota_over", n=int(interns)))
    rule = say.line(
        "quota_few" if int(staff) < few else "quota_many",
        "quota",
        **{"from": few},
        staff=int(staff),
        limit=found.quota,
        percent=say.rules.value("quota", "percent"),
    )
    return [*lines, rule]


def _tutor(say: Saying, case: Case, found: Check) -> list[PanelLine]:
    lines = []
    followed = exact(case.tutor_interns)
    if followed is not None:
        key = "tutor_kept" if found.tutor_kept else "tutor_over"
        lines.append(say.line(key, n=int(followed)))
    return [*lines, say.line("tutor", "tutor", most=found.tutor_most)]


def _gap(say: Saying, context: StepContext, found: Check) -> list[PanelLine]:
    if context.answers.get("before") != "yes":
        return []
    rule = say.line("gap", "gap")
    if context.answers.get("before_left") == "yes":
        return [say.line("gap_left"), rule]
    gap = found.gap
    if gap is None or gap.earliest is None:
        return [say.line("gap_dates"), rule]
    day = say.day(gap.earliest)
    lines = [PanelLine("bullet", say.words.count("gap_needed", gap.needed, day=day))]
    if gap.is_respected is not None:
        lines.insert(0, say.line("gap_kept" if gap.is_respected else "gap_short"))
    return [*lines, rule]


def show_rights_missions(context: StepContext) -> list[PanelLine]:
    """The missions of the agreement one by one: fine or to check, why, and how to raise it."""
    rules = rules_of(context.content)
    say = Saying(rules, context.lang, context.known.today)
    read = read_missions(missions_told(context), rules)
    if not read:
        return [PanelLine("text", say("missions_none"))]
    lines = [PanelLine("heading", say("missions"))]
    for mission in read:
        lines += _mission(say, mission)
    law = PanelLine("text", say("missions_law"), say.source("uses"))
    return [*lines, law, PanelLine("text", say("missions_words"))]


def mission_ask(mission: Mission, lang: str) -> str:
    """How to raise the first thing to check about `mission`, to the host or the school."""
    return mission.marks[0].use.ask.get(lang).replace("{mission}", _quoted(mission))


def _quoted(mission: Mission) -> str:
    return one_line(mission.text.strip(' .;,«»"'), QUOTED)


def _mission(say: Saying, mission: Mission) -> list[PanelLine]:
    quoted = _quoted(mission)
    if mission.fine:
        return [PanelLine("text", say("mission_ok", mission=quoted))]
    first, *others = mission.marks
    words = one_line(first.words, QUOTED)
    key = "mission_whole" if words == quoted else "mission_check"
    ask = mission_ask(mission, say.lang)
    return [
        PanelLine("text", say(key, mission=quoted, name=first.use.name.get(say.lang), words=words)),
        PanelLine("bullet", first.use.why.get(say.lang)),
        *(
            PanelLine(
                "bullet",
                say(
                    "mission_also",
                    name=other.use.name.get(say.lang),
                    words=one_line(other.words, QUOTED),
                ),
            )
            for other in others
        ),
        PanelLine("bullet", say("you_can_say", ask=ask)),
    ]


def show_rights_also(context: StepContext) -> list[PanelLine]:
    """What comes with an internship besides: meals, transport, leave, tax, the certificate."""
    say = Saying(rules_of(context.content), context.lang, context.known.today)
    told = [
        PanelLine("bullet", fact.also.get(context.lang), say.source(fact))
        for fact in say.rules.fringe_facts
        if fact.also
    ]
    return _section(say("also"), told)


LIMITS = ("hours", "before", "branch", "course", "contract", "real", "since")
"""What the app cannot know, in the order it is said."""


def show_rights_limits(context: StepContext) -> list[PanelLine]:
    """What the app cannot know, said plainly, and where to check."""
    say = Saying(rules_of(context.content), context.lang, context.known.today)
    lines = _section(say("limits"), [say.line(f"limit_{name}") for name in LIMITS])
    return [*lines, PanelLine("text", say.rules.check.get(context.lang))]


def show_rights_sum(context: StepContext) -> list[PanelLine]:
    """All of it in a few lines (see `coach.features.rights.summary`)."""
    from coach.features.rights.summary import summary

    return summary(context)
