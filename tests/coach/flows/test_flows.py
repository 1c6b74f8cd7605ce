"""The flows as written: every clause has its field, every question its example."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flow_tools import height, texts

from coach.features.registry import PROVIDERS, load_content
from coach.features.setbacks.situations import load_situations
from coach.flows.schema import (
    Field,
    Rows,
    Step,
)
from coach.flows.session import Session
from coach.flows.student import StudentContext
from coach.flows.validation import find_dangling
from coach.language.nudges import notice

CONTENT = load_content()
FLOWS = (
    *("weekly", "reframe", "interview", "car", "phantom", "internship", "note"),
    *("contact", "pitch", "project"),
    *("end-review", "talk", "value-defence"),
)
NUDGES = {"figure", "vague", "blame", "varnish", "feedback", "went_well", "blank", "favour"}
RISKS = ("harassment", "discrimination", "violence", "danger", "unpaid", "unlawful")
TODAY = date(2026, 3, 20)


def fields(flow_id: str) -> Iterator[tuple[Step, Field]]:
    for step in CONTENT.flow(flow_id).steps:
        for field in step.fields:
            yield step, field


def field_of(flow_id: str, field_id: str) -> Any:
    return next(field for _, field in fields(flow_id) if field.id == field_id)


@pytest.mark.parametrize("flow_id", FLOWS)
def test_a_flow_loads_and_refers_to_nothing_missing(flow_id: str) -> None:
    assert find_dangling(CONTENT.flow(flow_id), PROVIDERS) == []


@pytest.mark.parametrize("flow_id", FLOWS)
def test_every_question_has_an_example(flow_id: str) -> None:
    assert [field.id for _, field in fields(flow_id) if field.example is None] == []
    columns = [c for _, f in fields(flow_id) if isinstance(f, Rows) for c in f.columns]
    assert [column.id for column in columns if column.example is None] == []


@pytest.mark.parametrize("flow_id", FLOWS)
def test_texts_are_there_in_both_languages_and_plainly_typed(flow_id: str) -> None:
    wrong = []
    for place, text in texts(CONTENT.flow(flow_id)):
        for one in (text.fr, text.en):
            if not one.strip() or re.search(r"[’!]|  |·e|\(e\)|https?:", one):
                wrong.append((place, one))
        if text.fr == text.en and not re.fullmatch(r"[\d-]+|\{[a-z_0-9.]+\}|\w+|h", text.fr):
            wrong.append((place, text.fr))
    assert wrong == []


@pytest.mark.parametrize("flow_id", FLOWS)
def test_french_prefers_words_without_gender_for_the_student(flow_id: str) -> None:
    wrong = re.compile(r"\btu (?:es|étais) \w+(?:é|i|u)s?\b(?! de)|\bprêt\b|\bseul\b|\bsûr\b", re.I)
    found = [(p, text.fr) for p, text in texts(CONTENT.flow(flow_id)) if wrong.search(text.fr)]
    assert found == []


@pytest.mark.parametrize("flow_id", FLOWS)
def test_nudges_are_rules_that_there_are(flow_id: str) -> None:
    asked = {nudge for _, field in fields(flow_id) for nudge in field.nudges}
    rows = [f for _, f in fields(flow_id) if isinstance(f, Rows)]
    asked |= {nudge for field in rows for column in field.columns for nudge in column.nudges}
    assert asked <= NUDGES


@pytest.mark.parametrize("flow_id", FLOWS)
def test_an_example_is_never_questioned_by_its_own_nudges(flow_id: str) -> None:
    asked = []
    for _, field in fields(flow_id):
        for cell in field.columns if isinstance(field, Rows) else [field]:
            rules = [nudge for nudge in cell.nudges if nudge != "feedback"]
            for lang in ("fr", "en") if rules and cell.example else ():
                asked += notice(rules, cell.example.get(lang), lang)
    assert asked == []


HEAD, FOOT = 3, 2


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("flow_id", FLOWS)
def test_a_step_fits_a_small_terminal(flow_id: str, lang: str) -> None:
    tall = {}
    for step in CONTENT.flow(flow_id).steps:
        assert len(step.title.get(lang)) <= 64
        intro = step.intro.get(lang) if step.intro else ""
        assert len(intro) <= 160, (step.id, len(intro))
        # Either the objectives are known or a first one is asked for, never both.
        # Of what a picked proof may lack, most lack one thing or none.
        shown = [
            f for f in step.fields if f.id != "new_objective" and not any(c.item for c in f.when)
        ]
        lines = HEAD + FOOT + 1 + -(-len(intro) // 76) + sum(height(f, lang) for f in shown)
        if lines > 24:
            tall[step.id] = lines
    assert tall == {}


def test_the_weekly_session_takes_fifteen_minutes() -> None:
    assert CONTENT.flow("weekly").minutes == 15


CLAUSES = {
    "weekly": "on_site energy mood word kept kept_note achievements hard hard_did progress "
    "progress_note new_objective ask intention",
    "reframe": "weight_before place facts safety kept_facts include_safety safety_line situations "
    "fairness asked_for given both_sides really skill which sentence question sign lesson_1 "
    "lesson_2 lesson_3 phantom_title phantom_problem phantom_proposal phantom_deliverable "
    "phantom_proves context did look_for no_longer story weight_after card",
    "interview": "company role interview_date weight recall causes severity todo questions fit "
    "fit_note stage message send_on keep change plan",
    "internship": "company role kind start end hours tutor teacher school objective milestones",
    "note": "text",
    "car": "activity place role how_long how_many situation deeds cv",
    "end-review": "assignments picked impact feedback feedback_from trace anecdote traces "
    "technical human difficulties feedbacks culture atmosphere team brought strengths axes "
    "ambitions next_question questions own_questions letter letter_for letter_by facts request met "
    "tutor_answers tutor_said to_do",
    "talk": "moment with_whom meeting_on picked want offer questions own_questions met said "
    "next_step next_on",
    "value-defence": "pain pain_cost pain_did pain_result picked impact big caption shown_skills "
    "plan_30 plan_60 plan_90 ask questions said next_step",
    "phantom": "phantom_place phantom_problem phantom_who phantom_cost phantom_proposal "
    "phantom_title phantom_deliverable phantom_time phantom_first phantom_by phantom_sign "
    "phantom_proves phantom_skill phantom_show_to project_sheet",
    "contact": "name circle known_how field role company position degree introduced_by hub knows "
    "memory news purpose address message asked learnt next_person talk_on event event_on "
    "event_question status next_step next_on",
    "pitch": "pitch_company pitch_contact pitch_to pitch_problem pitch_where pitch_cost "
    "pitch_title pitch_weeks pitch_deliverables pitch_results pitch_proofs pitch_project "
    "pitch_why pitch_next pitch_on pitch_message",
    "project": "title for_whom form question first ready_on show_to trace shown",
}


@pytest.mark.parametrize("flow_id", FLOWS)
def test_every_clause_has_its_field(flow_id: str) -> None:
    there = {field.id for _, field in fields(flow_id)}
    assert set(CLAUSES[flow_id].split()) <= there


def test_columns_and_options_have_the_names_that_others_rely_on() -> None:
    columns = {
        f.id: [c.id for c in f.columns] for i in FLOWS for _, f in fields(i) if isinstance(f, Rows)
    }
    assert columns == {
        "achievements": ["action", "skill", "impact", "feedback", "feedback_from", "trace"],
        "kept_facts": ["day", "what", "who_saw"],
        "recall": ["moment", "happened", "felt"],
        "questions": ["question", "why", "said", "firmer"],
        "deeds": ["action", "impact", "skill", "trace"],
        "plan": ["what", "on", "minutes"],
        "both_sides": ["left", "right"],
        "assignments": ["planned", "done", "brought"],
        "traces": ["what", "shows"],
        "technical": ["skill", "before", "now", "anecdote"],
        "human": ["skill", "before", "now", "anecdote"],
        "difficulties": ["hard", "did", "learned"],
        "feedbacks": ["who", "said"],
        "axes": ["axis", "how"],
        "own_questions": ["question"],
        "tutor_answers": ["question", "answer"],
        "milestones": ["what", "by", "sign"],
        "missions": ["mission"],
        "asked": ["question", "answer"],
        "pitch_deliverables": ["what", "by"],
        "pitch_results": ["result"],
    }
    options = {
        ("weekly", "on_site"): "here school leave",
        ("weekly", "kept"): "yes partly no changed",
        ("reframe", "safety"): "harassment discrimination violence danger unpaid unlawful none",
        ("reframe", "include_safety"): "no yes",
        ("reframe", "fairness"): "means trained briefed followed",
        ("reframe", "asked_for"): "do_your_best save_the_company unclear",
        ("reframe", "given"): "curiosity listening courtesy application",
        ("reframe", "really"): "no yes unsure",
        ("reframe", "which"): "first second",
        ("interview", "stage"): "application first several final",
        ("internship", "kind"): "internship work_study",
        ("car", "activity"): "association sport game media stage family care made other",
        ("phantom", "phantom_time"): "day two_days week",
        ("contact", "circle"): "family school alumni friends hobbies work events other",
        ("contact", "position"): "junior colleague manager hr director",
        ("contact", "more"): "link dormant write talk event",
        ("contact", "purpose"): "hello event thanks",
        ("contact", "status"): "to_write written answered met thanked resting",
        ("project", "form"): "writing redesign analysis object",
    }
    for (flow_id, field_id), names in options.items():
        assert [o.id for o in field_of(flow_id, field_id).options] == names.split()
    marks = [o.id for o in field_of("weekly", "progress").answers]
    assert marks == ["none", "some", "forward", "reached"]


def test_only_the_first_column_of_rows_is_required() -> None:
    required = {f.id for i in FLOWS for _, f in fields(i) if f.required}
    assert required == {"text", "name", "title"}
    assert [c.id for c in field_of("weekly", "achievements").columns if c.required] == ["action"]


def session(flow_id: str, answers: dict[str, Any] | None = None, **known: Any) -> Session:
    return Session(
        CONTENT.flow(flow_id), CONTENT, StudentContext(today=TODAY, **known), "fr", answers or {}
    )


def shown(run: Session) -> list[str]:
    return [page.step.id for page in run.pages()]


def test_a_week_off_site_asks_nothing_else() -> None:
    for where in ("school", "leave"):
        run = session("weekly", {"on_site": where}, intention="finir")
        assert shown(run) == ["checkin", "recap"]
        assert [field.id for field in run.fields()] == ["on_site"]


def test_last_intention_and_objectives_are_asked_where_there_are_any() -> None:
    assert "last_intention" not in shown(session("weekly"))
    run = session("weekly", intention="finir", objectives=[{"id": "main", "label": "mener"}])
    assert shown(run)[1] == "last_intention"
    assert "« finir »" in run.say(run.pages()[1].step.intro)
    goals = next(page for page in run.pages() if page.step.id == "goals")
    assert [f.id for f in run.fields(goals)] == ["progress", "progress_note"]
    assert [f.id for f in session("weekly").fields(goals)] == ["new_objective"]


def test_being_on_site_is_the_prefilled_answer() -> None:
    run = session("weekly")
    assert run.value(field_of("weekly", "on_site")) == "here"


def test_the_place_is_asked_only_where_no_company_is_known() -> None:
    page = session("reframe").pages()[1]
    assert [f.id for f in session("reframe").fields(page)] == ["place", "facts"]
    assert [f.id for f in session("reframe", company="Orbis").fields(page)] == ["facts"]


def test_the_private_question_comes_before_the_situations() -> None:
    order = [step.id for step in CONTENT.flow("reframe").steps]
    assert order.index("private_question") < order.index("met")
    assert CONTENT.flow("reframe").private
    private = [s.id for s in CONTENT.flow("reframe").steps if s.private]
    assert private == [
        "private_question",
        "not_yours",
        "today",
        "dated",
        "sharing",
        "again",
        "again_people",
        "again_today",
        "again_facts",
    ]
    for field_id in (
        "safety",
        "kept_facts",
        "include_safety",
        "safety_line",
        "really",
        "dated_facts",
    ):
        assert field_of("reframe", field_id).private


@pytest.mark.parametrize("risk", RISKS)
def test_what_is_never_reframed_leads_to_people_and_stays_out_of_the_story(risk: str) -> None:
    assert {"not_yours", "dated", "sharing"} <= set(shown(session("reframe", {"safety": [risk]})))
    run = session("reframe", {"safety": [risk]})
    assert run.value(field_of("reframe", "include_safety")) == "no"
    sharing = next(page for page in run.pages() if page.step.id == "sharing")
    assert [f.id for f in run.fields(sharing)] == ["include_safety"]
    run.put(field_of("reframe", "include_safety"), "yes", sharing)
    assert [f.id for f in run.fields(sharing)] == ["include_safety", "safety_line"]
    option = next(o for o in field_of("reframe", "safety").options if o.id == risk)
    assert option.calm


OWN_SHARE = {"host", "two_sides", "phantom", "phantom_why", "phantom_proof"}
"""Steps that ask for one's own share, or for a project."""


def asked(run: Session) -> set[str]:
    """The ids of the steps and of the fields that show."""
    pages = run.pages()
    return {p.step.id for p in pages} | {f.id for page in pages for f in run.fields(page)}


@pytest.mark.parametrize("risk", RISKS)
def test_after_harm_nothing_asks_for_ones_own_share_or_a_project(risk: str) -> None:
    assert asked(session("reframe")) >= {*OWN_SHARE, "did", "lesson_2"}
    harmed = asked(session("reframe", {"safety": [risk], "situations": ["bored"]}))
    assert not harmed & {*OWN_SHARE, "did", "lesson_2"}
    assert {"turned", "learned", "tell", "after"} <= harmed, "the rest may still be told"


@pytest.mark.parametrize("really", ["yes", "unsure"])
def test_nor_after_harm_that_a_situation_hid(really: str) -> None:
    answers = {"situations": ["toxic", "bored"], "again": {"toxic": {"really": really}}}
    told = session("reframe", answers)
    order = [page.step.id for page in told.pages()]
    after = order[order.index("again_people") :]
    assert not OWN_SHARE & set(after) and not {"did", "lesson_2"} & asked(told)
    answers["again"]["toxic"]["really"] = "no"  # type: ignore[index]
    assert asked(session("reframe", answers)) >= {*OWN_SHARE, "did", "lesson_2"}


def test_one_can_stop_there_for_today() -> None:
    harmed: dict[str, Any] = {"safety": ["violence"], "situations": ["bored", "toxic"]}
    order = shown(session("reframe", harmed))
    assert order[order.index("not_yours") + 1] == "today"
    stopped = session("reframe", harmed | {"for_today": "stop"})
    assert shown(stopped)[-1] == "today" and not stopped.problems()
    stopped.go(("today", ""))
    assert stopped.last and not stopped.next()
    assert shown(session("reframe", harmed | {"for_today": "go_on"})) == order
    inside = harmed | {"safety": [], "again": {"toxic": {"really": "yes"}}}
    inside |= {"again_today": {"toxic": {"for_today_too": "stop"}}}
    assert shown(session("reframe", inside))[-1] == "again_today"


def test_without_such_a_thing_nothing_of_it_is_asked() -> None:
    for answers in ({}, {"safety": ["none"]}):
        steps = set(shown(session("reframe", answers)))
        assert not steps & {"not_yours", "dated", "sharing"}


def test_a_situation_that_may_hide_one_is_asked_about_again_before_it_is_turned() -> None:
    def steps(really: str | None) -> list[str]:
        answers: dict[str, Any] = {"situations": ["toxic", "bored"]}
        if really:
            answers["again"] = {"toxic": {"really": really}}
        pages = session("reframe", answers).pages()
        return [page.step.id for page in pages if page.item and page.item["id"] == "toxic"]

    assert steps(None) == ["again"]
    assert steps("no") == ["again", "turned", "next_time"]
    hurt = ["again", "again_people", "again_today", "again_facts"]
    assert steps("yes") == steps("unsure") == hurt


def test_a_plain_situation_is_turned_at_once() -> None:
    pages = session("reframe", {"situations": ["bored"]}).pages()
    assert [page.step.id for page in pages if page.item] == ["turned", "next_time"]
    assert {s.id for s in load_situations() if s.ask_again} >= {
        "toxic",
        "conflict",
        "overload",
        "menial",
    }


def test_the_sentence_follows_the_one_that_was_picked() -> None:
    run = session("reframe", {"situations": ["bored"]})
    page = next(page for page in run.pages() if page.step.id == "turned")
    sentence = field_of("reframe", "sentence")
    assert page.item is not None
    assert run.value(sentence, page) == page.item["sentence_1"]
    run.put(field_of("reframe", "which"), "second", page)
    assert run.value(sentence, page) == page.item["sentence_2"]


def test_a_heavy_weight_brings_the_calm_line() -> None:
    for flow_id, name in (
        ("reframe", "weight_before"),
        ("reframe", "weight_after"),
        ("interview", "weight"),
    ):
        assert field_of(flow_id, name).calm_from == 9


def test_headlines_and_scopes() -> None:
    told = {i: (CONTENT.flow(i).scope, CONTENT.flow(i).headline) for i in FLOWS}
    assert told == {
        "weekly": ("week", ["achievements.action", "word"]),
        "reframe": ("internship", ["place", "facts"]),
        "interview": ("occasion", ["company", "role"]),
        "end-review": ("internship", ["strengths", "assignments.done"]),
        "talk": ("occasion", ["with_whom", "want"]),
        "value-defence": ("internship", ["pain", "ask"]),
        "car": ("occasion", ["place", "role"]),
        "phantom": ("occasion", ["phantom_title", "phantom_problem"]),
        "internship": ("occasion", ["company", "role"]),
        "note": ("occasion", ["text"]),
        "contact": ("occasion", ["name"]),
        "pitch": ("occasion", ["pitch_company", "pitch_problem"]),
        "project": ("occasion", ["title"]),
    }
