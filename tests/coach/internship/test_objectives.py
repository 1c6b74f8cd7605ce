"""Objectives: what the weeks brought, when they are due, where they drift; planned against done."""

from datetime import date, timedelta

import pytest
from making import entry_of, internship_of

from coach.internship.objectives import due_day, objectives, outside, planned, weeks_between
from coach.proofs.proof import proofs_of
from coach.store.entries import Entry

START = date(2026, 9, 7)
ABOUT = internship_of(
    "2026-09-07",
    "2026-12-18",
    objective="Mener une traite",
    milestones=[
        {"id": "a", "what": "Brancher la griffe", "by": "semaine 4", "sign": "Sans aide"},
        {"id": "b", "what": "Soigner une mammite", "by": "fin novembre"},
        {"what": "sans identifiant"},
        "abîmé",
    ],
    missions=[{"id": "m", "mission": "Accueillir les familles"}, {"id": "n", "mission": "Semer"}],
)


def told(number: int, **progress: str) -> Entry:
    day = START + timedelta(weeks=number - 1, days=4)
    return entry_of("weekly", day=day, internship=ABOUT.id, answers={"progress": progress})


def test_each_week_says_what_moved() -> None:
    main, first, _ = objectives(ABOUT, [told(2, main="some", a="reached"), told(1, a="some")])
    assert [mark for _, mark in main.marks] == ["", "some"]
    assert [mark for _, mark in first.marks] == ["some", "reached"]
    assert first.reached == "2026-W38" and weeks_between("2026-W37", first.reached) == 1
    assert first.sign == "Sans aide" and first.by == date(2026, 10, 2)
    assert main.begun and main.silent == 0


def test_three_silent_weeks_drift_and_a_week_at_school_does_not_count() -> None:
    weeks = [told(1, main="some"), told(2), told(3, main="none")]
    school = told(4)
    school.answers = {"on_site": "school"}
    today = START + timedelta(weeks=4)
    (main, *_) = objectives(ABOUT, [*weeks, school])
    assert main.silent == 2 and not main.drifting(today)
    (main, first, later) = objectives(ABOUT, [*weeks, school, told(5)])
    assert main.drifting(today)
    assert first.drifting(today), "due soon"
    assert not later.drifting(today), "not begun, and due in two months"
    assert later.drifting(date(2026, 11, 20))


def test_what_is_reached_never_drifts_and_what_is_late_says_so() -> None:
    weeks = [told(1, a="reached"), told(2), told(3), told(4)]
    _, first, later = objectives(ABOUT, weeks)
    assert not first.drifting(date(2026, 12, 1)) and not first.late(date(2026, 12, 1))
    assert later.late(date(2026, 12, 1)) and not later.late(date(2026, 11, 30))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("semaine 4", "2026-10-02"),
        ("week 1", "2026-09-11"),
        ("fin mars", "2027-03-31"),
        ("end of October", "2026-10-31"),
        ("12 octobre", "2026-10-12"),
        ("15 janvier", "2027-01-15"),
        ("2026-11-03", "2026-11-03"),
        ("quand ça viendra", None),
        ("", None),
    ],
)
def test_when_a_milestone_is_due(written: str, day: str | None) -> None:
    assert due_day(written, START) == (date.fromisoformat(day) if day else None)


def test_planned_missions_find_the_proofs_that_speak_of_them() -> None:
    week = told(1)
    week.answers = {
        "achievements": [
            {"id": "1", "action": "Accueilli 3 familles le lundi"},
            {"id": "2", "action": "Classé les archives"},
        ]
    }
    proofs = proofs_of(week)
    welcome, sowing = planned(ABOUT.answers["missions"], proofs)
    assert [proof.row_id for proof in welcome.proofs] == ["1"]
    assert sowing.proofs == ()
    assert [proof.row_id for proof in outside([welcome, sowing], proofs)] == ["2"]


def test_odd_answers_are_no_objectives() -> None:
    assert objectives(None, []) == []
    odd = internship_of(objective=3, milestones="x", missions=[None, {"mission": 2}])
    week = entry_of("weekly", answers={"progress": ["x"]})
    assert objectives(odd, [week]) == []
    assert planned("x", []) == planned([None, {"mission": 2}], []) == []
