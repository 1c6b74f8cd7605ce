"""What a session knows before it begins, gathered from the journal."""

from datetime import date, timedelta
from typing import Any

import pytest
from making import TODAY, entry_of, internship_of, newest_first

from coach.flows.background import gather_student_context, open_notes, used_skills
from coach.flows.student import StudentContext
from coach.flows.validation import KNOWN
from coach.store.entries import Entry

MONDAY = date(2026, 11, 16)
LUMEN = internship_of(
    "2026-09-07",
    "2026-12-18",
    company="Atelier Lumen",
    role="Stagiaire",
    tutor="Mme Roy",
    objective="Mener une réunion",
    milestones=[
        {"id": "m1", "what": "En animer une à deux", "sign": "Je pose la moitié des questions"},
        {"id": "m2", "by": "fin mars"},
    ],
)


def note(text: str, day: date) -> Entry:
    return entry_of("note", day, answers={"text": text})


def week(day: date, **answers: Any) -> Entry:
    return entry_of("weekly", day, internship=LUMEN.id, answers=answers)


def known(*entries: Entry, internship: Entry | None = LUMEN, day: date = TODAY) -> StudentContext:
    return gather_student_context(newest_first(entries), internship, day)


def test_the_internship_is_known_by_its_words_and_days() -> None:
    found = known()
    assert (found.company, found.role, found.tutor) == ("Atelier Lumen", "Stagiaire", "Mme Roy")
    assert (found.start, found.end) == (date(2026, 9, 7), date(2026, 12, 18))
    assert (found.internship, found.week, found.week_number) == (LUMEN.id, "2026-W47", 11)


def test_between_two_internships_nothing_is_known() -> None:
    found = known(internship=None)
    assert (found.company, found.internship, found.week_number, found.start) == ("", "", None, None)
    assert found.objectives == []


def test_the_week_is_that_of_the_day_told_not_of_today() -> None:
    assert known(day=date(2026, 9, 11)).week_number == 1
    assert known(day=date(2026, 9, 4)).week_number == 0


def test_the_main_objective_and_its_milestones_are_items_with_a_stable_id() -> None:
    assert known().objectives == [
        {"id": "main", "label": "Mener une réunion"},
        {
            "id": "m1",
            "label": "En animer une à deux",
            "help": "Je pose la moitié des questions",
        },
    ]


def test_the_intention_is_that_of_the_last_week_told_before_this_one() -> None:
    entries = [
        week(TODAY - timedelta(days=14), intention="Appeler"),
        week(TODAY - timedelta(days=7), word="Pluie"),
        week(TODAY + timedelta(days=7), intention="Plus tard"),
        entry_of("weekly", TODAY - timedelta(days=7), answers={"intention": "Ailleurs"}),
    ]
    assert known(*entries).intention == "Appeler"
    assert known().intention == ""


def test_the_entry_under_way_is_left_out() -> None:
    own = week(TODAY, achievements=[{"id": "1", "what": "x", "skill": "Tri", "note": "n"}])
    found = gather_student_context([own], LUMEN, TODAY, own_id=own.id)
    assert found.notes == []
    interview = entry_of("interview", answers={"causes": ["stress"]})
    assert (
        gather_student_context([interview], LUMEN, TODAY, own_id=interview.id).causes_before == {}
    )
    assert gather_student_context([interview], LUMEN, TODAY).causes_before == {"stress": 1}


def test_causes_that_come_back_are_counted() -> None:
    entries = [
        entry_of("interview", answers={"causes": causes})
        for causes in (["stress", "examples"], ["stress"])
    ]
    assert known(*entries).causes_before == {"stress": 2, "examples": 1}


# Notes


def test_notes_wait_until_a_week_took_them_oldest_first() -> None:
    first, second = note("Un", MONDAY), note("Deux", MONDAY + timedelta(days=2))
    entries = newest_first([first, second])
    assert [n["label"] for n in open_notes(entries, TODAY, "")] == ["Un", "Deux"]
    took = week(TODAY, achievements=[{"id": "r", "what": "Un", "note": first.id}])
    assert [n["label"] for n in open_notes([*entries, took], TODAY, "")] == ["Deux"]
    # in the session that took it, it counts as its own
    assert len(open_notes([*entries, took], TODAY, took.id)) == 2


@pytest.mark.parametrize(
    ("day", "offered"),
    [
        (TODAY - timedelta(days=21), True),
        (TODAY - timedelta(days=21 + 1), False),
        (MONDAY + timedelta(days=6), True),  # the Sunday of the week told
        (MONDAY + timedelta(days=7), False),
    ],
)
def test_how_far_from_the_week_a_note_may_lie(day: date, offered: bool) -> None:
    assert bool(open_notes([note("x", day)], TODAY, "")) is offered


# Skills


def test_skills_used_come_most_used_first_as_last_written() -> None:
    older = week(
        MONDAY, achievements=[{"id": "1", "skill": "accueil"}, {"id": "2", "skill": "Tri"}]
    )
    newer = week(TODAY, achievements=[{"id": "3", "skill": " Accueil "}, {"id": "4"}])
    assert used_skills([newer, older]) == ["Accueil", "Tri"]


def test_an_imported_entry_without_answers_stops_nothing() -> None:
    odd: list[dict[str, Any]] = [{}, {"achievements": None, "causes": None, "intention": None}]
    entries = [
        entry_of(flow, answers=dict(one)) for flow in ("weekly", "interview", "note") for one in odd
    ]
    internship = internship_of(company=None, milestones=None, start=3)
    found = known(*entries, internship=internship)
    assert found.skills == []
    assert found.objectives == []


def test_what_conditions_may_ask_about_is_known_and_words_are_texts() -> None:
    found = known()
    for name in KNOWN:
        found.known(name)
    assert all(isinstance(word, str) for word in found.words().values())
    assert found.words()["week_number"] == "11"
    assert known(internship=None).words()["week_number"] == ""
