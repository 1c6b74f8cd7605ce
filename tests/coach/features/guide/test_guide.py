"""The one next best step, from dates and from what is filled in: each advice has its case."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from making import TODAY, draft_of, entry_of, internship_of

from coach.features.guide.facts import facts
from coach.features.guide.guide import FRESH, Advice, Moment, find_hints, find_next_step, load_rules
from coach.flows.request import SessionRequest
from coach.internship.timeline import current_internship, weeks
from coach.store.entries import Draft, Entry
from coach.store.snapshot import Snapshot
from coach.util.wording import Wording

FRIDAY = TODAY
TUESDAY = TODAY - timedelta(days=3)
RUNNING = internship_of(
    "2026-11-09",
    "2027-01-29",
    objective="Mener une réunion",
    agreed=["tutor", "school"],
    tutor="Mme Roy",
)
CHECKED = entry_of("rights", internship=RUNNING.id)
NEXT = internship_of("2026-11-23", "2027-01-29")
NEXT_READ = entry_of("rights", internship=NEXT.id)


PLACES = ("objectives", "network", "rehearsal", "documents", "calendar")


def opens(name: str) -> str:
    """Everything the rules may open is there."""
    return "place" if name in PLACES else "session"


def moment(
    internship: Entry | None = RUNNING,
    *,
    today: date = FRIDAY,
    told: list[Entry] | None = None,
    drafts: list[Draft] | None = None,
    others: list[Entry] | None = None,
    **more: Any,
) -> Moment:
    told, drafts = told or [], drafts or []
    begun = [draft for draft in drafts if draft.entry.flow == "weekly"]
    strip = weeks(internship, told, begun, today)
    others = [CHECKED] if others is None else others
    entries = [*told, *others, *([internship] if internship else [])]
    return Moment(today, Snapshot(entries), internship, drafts, strip, **more)


def advice(internship: Entry | None = RUNNING, *, quiet: Any = (), **more: Any) -> Advice:
    return find_next_step(moment(internship, **more), opens, quiet)


def week(day: date, **answers: Any) -> Entry:
    return entry_of(day=day, internship=RUNNING.id, answers=answers)


LAST_WEEK = week(FRIDAY - timedelta(days=7))
THIS_WEEK = week(FRIDAY)


def without_objective() -> Entry:
    return internship_of("2026-11-09", "2027-01-29")


@pytest.mark.parametrize(
    ("case", "key", "request_"),
    [
        # the week under way comes first, whatever else waits
        (
            {"drafts": [draft_of(THIS_WEEK), draft_of(entry_of("reframe"))]},
            "resume_week",
            SessionRequest("weekly"),
        ),
        # and so does last week's, once it was begun
        (
            {"drafts": [draft_of(LAST_WEEK)]},
            "resume_last_week",
            SessionRequest("weekly", week="2026-W46"),
        ),
        # nothing yet, and between two internships
        ({"internship": None, "others": []}, "begin", SessionRequest("internship")),
        ({"internship": None, "others": [internship_of()]}, "between", SessionRequest("reframe")),
        # before it begins and after its end
        ({"internship": NEXT, "others": [NEXT_READ]}, "before", SessionRequest("note")),
        (
            {"internship": internship_of("2026-02-02", "2026-09-19")},
            "ended",
            SessionRequest("reframe"),
        ),
        # from Thursday on, this week
        ({"told": [LAST_WEEK]}, "tell_week", SessionRequest("weekly")),
        ({"told": [LAST_WEEK], "notes": 2}, "tell_week_notes", SessionRequest("weekly")),
        (
            {"today": FRIDAY - timedelta(days=1), "told": [LAST_WEEK]},
            "tell_week",
            SessionRequest("weekly"),
        ),
        # before Thursday: last week when it is missed
        ({"today": TUESDAY}, "last_week", SessionRequest("weekly", week="2026-W46")),
        ({"told": [THIS_WEEK]}, "last_week", SessionRequest("weekly", week="2026-W46")),
        # then a note for Friday
        ({"today": TUESDAY, "told": [LAST_WEEK]}, "note", SessionRequest("note")),
        # and nothing more
        ({"told": [THIS_WEEK, LAST_WEEK]}, "week_told", SessionRequest("weekly")),
    ],
)
def test_the_next_best_step(
    case: dict[str, Any], key: str, request_: SessionRequest | None
) -> None:
    found = advice(**case)
    assert (found.key, found.request) == (key, request_)


def test_last_week_off_site_is_not_asked_for() -> None:
    off = week(FRIDAY - timedelta(days=7), on_site="school")
    assert advice(today=TUESDAY, told=[off]).key == "note"


def test_a_week_off_site_is_told() -> None:
    off = week(FRIDAY, on_site="leave")
    assert advice(told=[off, LAST_WEEK]).key == "week_told"


def test_an_objective_is_asked_for_where_there_is_none() -> None:
    internship = without_objective()
    last = entry_of(day=FRIDAY - timedelta(days=7))
    found = advice(internship, today=TUESDAY, told=[last])
    assert (found.key, found.request) == ("objective", SessionRequest("internship", internship.id))


@pytest.mark.parametrize("flow", ["reframe", "interview"])
def test_a_wizard_under_way_is_offered_while_it_is_fresh(flow: str) -> None:
    draft = draft_of(entry_of(flow))
    found = advice(drafts=[draft])
    assert (found.key, found.request) == (f"resume_{flow}", SessionRequest(flow, draft.entry.id))
    # also to someone with no internship at all
    assert advice(None, drafts=[draft]).key == f"resume_{flow}"
    draft.saved_at = (FRIDAY - FRESH - timedelta(days=1)).isoformat()
    assert advice(drafts=[draft], told=[LAST_WEEK]).key == "tell_week"


def test_a_draft_of_a_note_or_of_an_older_week_is_not_the_next_step() -> None:
    drafts = [draft_of(entry_of("note")), draft_of(week(FRIDAY - timedelta(days=14)))]
    assert advice(drafts=drafts, told=[LAST_WEEK]).key == "tell_week"


def test_the_words_are_given_what_they_name() -> None:
    def given(**case: Any) -> tuple[Any, Any]:
        values = advice(**case).values
        return values["week"], values["n"]

    assert given(told=[LAST_WEEK], notes=3) == (2, 3)
    assert given(today=TUESDAY)[0] == 1
    assert given(internship=internship_of("2026-11-23"))[1] == 3


RULES = load_rules()


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("rule", RULES.steps, ids=lambda rule: rule.id)
def test_each_step_has_its_words_in_both_languages(rule: Any, lang: str) -> None:
    say = Wording("home", lang)
    for part in ("why", "do", "more"):
        text = say(f"{rule.id}.{part}", week=3, n=2, objective="o", person="p", tutor="t")
        assert text
        assert "{" not in text


def test_rules_look_at_facts_that_there_are_and_one_always_speaks() -> None:
    known = set(facts(moment()))
    for rule in (*RULES.steps, *RULES.hints):
        looked_at = {condition.known for condition in rule.when} | {rule.days} - {""}
        assert looked_at <= known, rule.id
    assert RULES.steps[-1].when == [] and not RULES.steps[-1].per


# At the right moment of the internship


LONG = internship_of("2026-02-02", "2026-05-08", objective="o", agreed=["tutor"], tutor="Mme Roy")


def long_week(day: date) -> Entry:
    return entry_of(day=day, internship=LONG.id)


def step_on(day: date, *kept: str, **more: Any) -> Advice:
    """The step on `day` where the weeks are told; `kept` are flows that are done."""
    others = [entry_of(flow, internship=LONG.id) for flow in ("rights", *kept)]
    told = [long_week(day), long_week(day - timedelta(days=7))]
    return advice(LONG, today=day, told=told, others=others, **more)


@pytest.mark.parametrize(
    ("day", "kept", "key"),
    [
        (date(2026, 3, 20), [], "talk_half"),
        (date(2026, 3, 20), ["talk"], "week_told"),
        (date(2026, 4, 14), ["talk"], "talk_three_quarters"),
        (date(2026, 4, 14), ["talk", "talk"], "week_told"),
        (date(2026, 4, 28), [], "defence"),
        (date(2026, 4, 28), ["value-defence"], "review"),
        (date(2026, 4, 28), ["value-defence", "end-review"], "week_told"),
        (date(2026, 5, 12), [], "ended_review"),
        (date(2026, 5, 12), ["end-review"], "ended"),
        (date(2026, 5, 12), ["end-review", "reframe"], "ended_documents"),
        (date(2026, 7, 12), [], "ended"),
    ],
)
def test_each_phase_has_its_step(day: date, kept: list[str], key: str) -> None:
    assert step_on(day, *kept).key == key


def test_the_first_week_looks_at_the_agreement_and_shares_the_objective() -> None:
    alone = internship_of("2026-11-16", "2027-01-29", objective="o")
    told = [entry_of(internship=alone.id)]
    assert advice(alone, told=told).key == "rights"
    checked = entry_of("rights", internship=alone.id)
    assert advice(alone, told=told, others=[checked]).key == "agree"
    before = internship_of("2026-11-23", "2027-01-29")
    assert advice(before).key == "before_rights"


def test_what_waits_comes_after_the_week() -> None:
    told = [LAST_WEEK, THIS_WEEK]
    kept: dict[str, Any] = {"told": told, "others": [CHECKED]}
    assert advice(**kept, followups=["Nadia"]).values["person"] == "Nadia"
    assert advice(**kept, followups=["Nadia"]).place == "network"
    assert advice(**kept, due=3).key == "rehearse"
    assert advice(told=[LAST_WEEK], others=[CHECKED], due=3, followups=["x"]).key == "tell_week"


def test_three_silent_weeks_lead_to_the_objectives() -> None:
    told = [week(FRIDAY - timedelta(weeks=n), progress={"main": "none"}) for n in range(3)]
    early = msgspec.structs.replace(RUNNING, answers=RUNNING.answers | {"start": "2026-11-02"})
    found = advice(early, told=told, others=[CHECKED])
    assert (found.key, found.place, found.values["objective"]) == (
        "drift",
        "objectives",
        "Mener une réunion",
    )


def test_what_was_put_aside_is_not_said_again_before_its_time() -> None:
    first = step_on(date(2026, 4, 28))
    assert first.quiet == f"defence:{LONG.id}"
    assert step_on(date(2026, 4, 28), quiet=[first.quiet]).key == "review"
    assert step_on(date(2026, 5, 5), quiet=[first.quiet]).key == "review"
    week_ = advice(told=[LAST_WEEK], others=[CHECKED])
    assert advice(told=[LAST_WEEK], others=[CHECKED], quiet=[week_.quiet]).key != "tell_week"
    later = FRIDAY + timedelta(days=7)
    assert advice(today=later, told=[THIS_WEEK], quiet=[week_.quiet]).key == "tell_week"


def test_what_cannot_be_opened_is_not_offered() -> None:
    only = {"weekly": "session"}.get
    found = find_next_step(
        moment(told=[LAST_WEEK, THIS_WEEK], due=2), lambda name: only(name) or ""
    )
    assert found.key == "week_told"


def test_between_two_internships_nothing_is_said_twice() -> None:
    last = internship_of("2026-02-02", "2026-05-08")
    told = entry_of("reframe", internship=last.id)
    asked = advice(None, others=[last])
    assert (asked.key, asked.quiet) == ("between", f"between:{last.id}")
    assert advice(None, others=[last], quiet=[asked.quiet]).place == "documents"
    assert advice(None, others=[last, entry_of("reframe")]).key == "between_documents"
    assert advice(None, others=[last, told]).key == "between_documents"
    assert advice(None, others=[last, told], due=2).place == "rehearsal"


# The internship that ended last, until another begins


def after(
    days: int, *others: Entry, quiet: Any = (), due: int = 0, **answers: str
) -> tuple[Advice, list[Advice]]:
    """The step and the hints `days` after the last day of the one internship there was."""
    last = internship_of("2026-02-02", "2026-05-08", **answers)
    last.id = "last"
    for one in others:
        one.internship = last.id if one.internship else None
    today = date(2026, 5, 8) + timedelta(days=days)
    there = [one for one in (last, *others) if one.flow == "internship"]
    now = current_internship(there, None, today)
    rest = [one for one in (last, *others) if one is not now]
    at = moment(now, today=today, others=rest, due=due)
    step = find_next_step(at, opens, quiet)
    return step, find_hints(at, step, opens, quiet)


def test_the_rules_for_its_end_speak_from_the_day_after_on() -> None:
    (step, _) = after(1)
    assert (step.key, step.request) == ("ended_review", SessionRequest("end-review"))
    assert after(30)[0].key == "ended_review"
    assert after(31)[0].key == "ended"
    reviewed = entry_of("end-review", internship="it")
    assert after(1, reviewed)[0].key == "ended"
    told = entry_of("reframe", internship="it")
    assert after(1, reviewed, told, due=2)[0].key == "ended_rehearse"
    assert after(1, reviewed, told)[0].key == "ended_documents"
    assert after(1, quiet=[step.quiet])[0].key == "ended"
    assert after(1, closed="yes")[0].key == "between"


def test_what_was_told_after_its_end_under_no_internship_counts_as_told() -> None:
    alone = [entry_of("end-review", day=date(2026, 5, 9)), entry_of("reframe", date(2026, 5, 9))]
    assert after(2, *alone)[0].key == "ended_documents"
    before = [entry_of("end-review", day=date(2026, 5, 8))]
    assert after(2, *before)[0].key == "ended_review"


def test_the_one_to_come_is_hinted_at_for_a_month() -> None:
    coming = internship_of("2026-06-15", "2026-09-04")
    step, (hint,) = after(30, coming)
    assert step.key == "ended_review"
    assert (hint.key, hint.values["n"]) == ("next", 8)
    say = Wording("home", "fr")
    assert say("hint_next", n=8) == (
        "Ton prochain stage commence dans 8 jours : touche i, puis u, pour t'y préparer."
    )
    assert after(7, coming)[1] == []
    assert after(38, coming)[1] == [], "it has begun"


# One line below


def near(day: date, *kept: str, **answers: Any) -> list[Advice]:
    about = internship_of("2026-02-02", "2026-05-08", **answers)
    others = [entry_of(flow, internship=about.id) for flow in kept]
    return find_hints(moment(about, today=day, others=others), Advice("week_told"), opens)


@pytest.mark.parametrize(
    ("day", "key", "n"),
    [
        (date(2026, 3, 14), "half", 7),
        (date(2026, 3, 20), "half", 1),
        (date(2026, 4, 10), "three_quarters", 4),
        (date(2026, 4, 20), "fortnight", 4),
        (date(2026, 5, 4), "end", 4),
    ],
)
def test_a_milestone_is_mentioned_in_the_week_before_it(day: date, key: str, n: int) -> None:
    (found,) = near(day, tutor="Mme Roy")
    assert (found.key, found.values["n"], found.values["tutor"]) == (key, n, "Mme Roy")


@pytest.mark.parametrize("day", [date(2026, 3, 13), date(2026, 3, 22), date(2026, 5, 9)])
def test_a_milestone_that_is_far_or_past_is_not(day: date) -> None:
    assert near(day) == []


def test_a_talk_that_was_held_or_is_the_step_is_not_hinted_at() -> None:
    assert near(date(2026, 3, 20), "talk") == []
    step = step_on(date(2026, 3, 20))
    assert find_hints(moment(LONG, today=date(2026, 3, 20)), step, opens) == []


def test_without_dates_nothing_is_near() -> None:
    assert find_hints(moment(None), Advice("begin"), opens) == []
    assert find_hints(moment(internship_of()), Advice("note"), opens) == []


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    "day", [date(2026, 3, 21), date(2026, 4, 14), date(2026, 4, 24), date(2026, 5, 8)]
)
@pytest.mark.parametrize("alone", ["", "_alone"])
def test_on_the_day_itself_no_sentence_counts_zero_days(day: date, lang: str, alone: str) -> None:
    (found,) = near(day, tutor="Mme Roy")
    say = Wording("home", lang)
    key = f"hint_{found.key}{alone}"
    if say.has(key):
        said = say(key, **found.values)
        assert "0" not in said
        assert "{" not in said
