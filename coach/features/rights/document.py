"""The check of an agreement to go through with one's school: points, rules, missions, sentences.

From session `rights`, else from what is known of the internship. It is written in words that name
nobody, since it is handed over.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from coach.documents.base import Model
from coach.features.rights.answers import check_answers, missions_told
from coach.features.rights.case import Case
from coach.features.rights.check import Check
from coach.features.rights.missions import Mission, read_missions
from coach.features.rights.panels import mission_ask, own_problems, show_rights_team
from coach.features.rights.pay_lines import count_lines, length_lines, much
from coach.features.rights.sentences import Saying
from coach.features.rights.summary import law, verdicts
from coach.flows.context import StepContext
from coach.flows.field import Option
from coach.flows.panel import PanelLine
from coach.flows.student import StudentContext
from coach.store.answers import ids_of, nested_of, text_of
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.documents.dossier import Dossier

FLOW = "rights"
BELOW = ("below", "below_last")
"""What is said of an agreement that pays too little."""


@dataclass(frozen=True)
class Read:
    """One mission as written, and what to check about it: '' where nothing stands out."""

    text: str
    doubt: str = ""
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Rights(Model):
    """All points; `rules` are (rule, where it is written and when it was checked)."""

    place: str = ""
    to_raise: list[str] = field(default_factory=list)
    fine: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    counted: list[str] = field(default_factory=list)
    rules: list[tuple[str, str]] = field(default_factory=list)
    missions: list[Read] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)
    """Sentences to say, in the student's own name."""
    law: str = ""


def model(dossier: Dossier) -> Rights:
    """What the newest check says, worked out again with the rules of today."""
    words = Wording("document_rights", dossier.lang)
    context = StepContext(
        _answers(dossier), StudentContext(today=dossier.today), dossier.content, dossier.lang
    )
    say, case, found = check_answers(context)
    points = verdicts(context)
    read = read_missions(missions_told(context), say.rules)
    place = [dossier.say("company"), dossier.say("role"), _dates(say, case)]
    counted = [*count_lines(say, case, found), *length_lines(say, found)]
    if found.allowance.due:
        counted.append(PanelLine("text", much(say, found.allowance)))
    rules = [*counted, *show_rights_team(context)]
    if read:
        rules.append(PanelLine("text", say("missions_law"), say.source("uses")))
    return Rights(
        title=words("title"),
        place=" · ".join(filter(None, place)),
        to_raise=[text for kind, text in points if kind == "raise"],
        fine=[text for kind, text in points if kind == "fine"],
        open=[text for kind, text in points if kind == "open"],
        counted=[line.text for line in counted if not line.note],
        rules=[(line.text, line.note.strip("[]")) for line in rules if line.note],
        missions=[_read(one, dossier.lang) for one in read],
        asks=_asks(dossier, context, say, found, read),
        law=law(say),
        warnings=[*([] if found.hours else [words("empty")]), *own_problems(say)],
    )


def _answers(dossier: Dossier) -> dict[str, Any]:
    """The answers of the newest check; what the internship knows of them where it has none."""
    about = {"start": "start", "end": "end", "weekly_hours": "hours"}
    known = {name: dossier.about.get(other) for name, other in about.items()}
    return known | {"missions": dossier.missions} | dossier.latest(FLOW)


def _dates(say: Saying, case: Case) -> str:
    days = [say.day(day) for day in (case.start, case.end) if day]
    return " – ".join(days)


def _read(mission: Mission, lang: str) -> Read:
    if mission.fine:
        return Read(mission.text)
    use = mission.marks[0].use
    return Read(mission.text, use.name.get(lang), use.why.get(lang))


def _asks(
    dossier: Dossier, context: StepContext, say: Saying, found: Check, read: list[Mission]
) -> list[str]:
    """The sentences: on the allowance, on each doubtful mission, then those the student chose."""
    asks = []
    unpaid = context.answers.get("pay_kind") == "none"
    if found.hours and found.allowance.due and (unpaid or found.allowance.offer in BELOW):
        asks.append(say("ask_pay", hours=say.hours(found.hours.amount)))
    asks += [mission_ask(one, dossier.lang) for one in read if not one.fine]
    chosen = ids_of(context.answers, "negotiate")
    for option in _options(dossier):
        if option.id in chosen:
            offered = option.text.get(dossier.lang) if option.text else ""
            own = nested_of(context.answers, "asking", option.id)
            asks.append(text_of(own, "sentence") or offered)
    return asks


def _options(dossier: Dossier) -> list[Option]:
    """What one may ask for, as session `rights` lists it."""
    step = dossier.content.step(FLOW, "discuss")
    fields = step.fields if step else []
    return [option for one in fields if one.listed for option in one.options]
