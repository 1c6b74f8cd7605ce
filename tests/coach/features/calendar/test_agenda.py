"""The calendar: what is dated, from the internship and from what sessions asked to remember."""

from datetime import date

from making import TODAY, entry_of, internship_of

from coach.features.calendar.agenda import events, to_come
from coach.flows.content import Content

ABOUT = internship_of(
    "2026-09-07",
    "2026-12-18",
    company="Clinique des Tilleuls",
    tutor="Mme Roy",
    objective="Poser une perfusion",
    milestones=[{"id": "a", "what": "Piquer sans aide", "by": "semaine 6"}],
)
INTERVIEW = entry_of(
    "interview",
    answers={
        "company": "Orbis",
        "send_on": "2026-11-23",
        "plan": [
            {"id": "p", "what": "Redire ma présentation", "on": "jeudi"},
            {"id": "q", "what": "Sans jour"},
        ],
    },
)


def test_days_of_the_internship_its_steps_and_what_sessions_ask_to_remember(
    content: Content,
) -> None:
    found = events(ABOUT, [ABOUT, INTERVIEW], content, "fr")
    said = [(event.day.isoformat(), event.kind) for event in found]
    assert said == [
        ("2026-09-07", "internship"),
        ("2026-10-16", "objective"),
        ("2026-10-28", "internship"),
        ("2026-11-22", "internship"),
        ("2026-11-23", "interview"),
        ("2026-11-26", "interview"),
        ("2026-12-04", "internship"),
        ("2026-12-18", "internship"),
    ]
    assert "Mme Roy" in found[2].text and found[2].place == "Clinique des Tilleuls"
    assert found[5].text == "Redire ma présentation"
    assert len({event.id for event in found}) == len(found)
    assert [event.day for event in to_come(found, TODAY, 7)] == [
        date(2026, 11, 22),
        date(2026, 11, 23),
        date(2026, 11, 26),
    ]


def test_a_step_that_is_reached_is_no_longer_due(content: Content) -> None:
    week = entry_of("weekly", internship=ABOUT.id, answers={"progress": {"a": "reached"}})
    assert "objective" not in {e.kind for e in events(ABOUT, [week], content, "en")}


def test_ids_stay_the_same_in_the_other_language(content: Content) -> None:
    both = [events(ABOUT, [INTERVIEW], content, lang) for lang in ("fr", "en")]
    assert {e.id for e in both[0]} == {e.id for e in both[1]}


def test_odd_answers_and_no_internship_give_no_dates(content: Content) -> None:
    odd = entry_of("interview", answers={"send_on": 3, "plan": ["x", {"on": 4}]})
    gone = entry_of("ghost", answers={"send_on": "2026-11-23"})
    assert events(None, [odd, gone], content, "fr") == []
