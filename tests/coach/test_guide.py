"""The one next best step, from dates and from what is filled in: each advice has its case."""

from datetime import date, timedelta
from typing import Any

import pytest
from making import TODAY, draft_of, entry_of, internship_of

from coach.entries import Draft, Entry
from coach.guide import FRESH, Advice, hint, next_step
from coach.requests import Request
from coach.timeline import weeks
from coach.wording import Wording

FRIDAY = TODAY
TUESDAY = TODAY - timedelta(days=3)
RUNNING = internship_of("2026-11-09", "2027-01-29", objective="Mener une réunion", tutor="Mme Roy")


def advice(
    internship: Entry | None = RUNNING,
    *,
    today: date = FRIDAY,
    told: list[Entry] | None = None,
    drafts: list[Draft] | None = None,
    others: list[Entry] | None = None,
    notes: int = 0,
) -> Advice:
    told, drafts = told or [], drafts or []
    begun = [draft for draft in drafts if draft.entry.flow == "weekly"]
    strip = weeks(internship, told, begun, today)
    entries = [*told, *(others or []), *([internship] if internship else [])]
    return next_step(internship, entries, drafts, strip, today, notes)


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
            Request("weekly"),
        ),
        # nothing yet, and between two internships
        ({"internship": None}, "begin", Request("internship")),
        ({"internship": None, "others": [internship_of()]}, "between", Request("reframe")),
        # before it begins and after its end
        ({"internship": internship_of("2026-11-23", "2027-01-29")}, "before", None),
        ({"internship": internship_of("2026-02-02", "2026-11-19")}, "ended", Request("reframe")),
        # from Thursday on, this week
        ({"told": [LAST_WEEK]}, "tell_week", Request("weekly")),
        ({"told": [LAST_WEEK], "notes": 2}, "tell_week_notes", Request("weekly")),
        (
            {"today": FRIDAY - timedelta(days=1), "told": [LAST_WEEK]},
            "tell_week",
            Request("weekly"),
        ),
        # before Thursday: last week when it is missed
        ({"today": TUESDAY}, "last_week", Request("weekly", week="2026-W46")),
        ({"told": [THIS_WEEK]}, "last_week", Request("weekly", week="2026-W46")),
        # then a note for Friday
        ({"today": TUESDAY, "told": [LAST_WEEK]}, "note", Request("note")),
        # and nothing more
        ({"told": [THIS_WEEK, LAST_WEEK]}, "week_told", Request("weekly")),
    ],
)
def test_the_next_best_step(case: dict[str, Any], key: str, request_: Request | None) -> None:
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
    assert (found.key, found.request) == ("objective", Request("internship", internship.id))


@pytest.mark.parametrize("flow", ["reframe", "interview"])
def test_a_wizard_under_way_is_offered_while_it_is_fresh(flow: str) -> None:
    draft = draft_of(entry_of(flow))
    found = advice(drafts=[draft])
    assert (found.key, found.request) == (f"resume_{flow}", Request(flow, draft.entry.id))
    # also to someone with no internship at all
    assert advice(None, drafts=[draft]).key == f"resume_{flow}"
    draft.saved_at = (FRIDAY - FRESH - timedelta(days=1)).isoformat()
    assert advice(drafts=[draft], told=[LAST_WEEK]).key == "tell_week"


def test_a_draft_of_a_note_or_of_another_week_is_not_the_next_step() -> None:
    drafts = [draft_of(entry_of("note")), draft_of(week(FRIDAY - timedelta(days=14)))]
    assert advice(drafts=drafts, told=[LAST_WEEK]).key == "tell_week"


def test_the_words_are_given_what_they_name() -> None:
    assert advice(told=[LAST_WEEK], notes=3).values == {"week": 2, "n": 3}
    assert advice(today=TUESDAY).values == {"week": 1}
    assert advice(internship_of("2026-11-23")).values == {"n": 3}


KEYS = (
    "resume_week resume_reframe resume_interview begin between before ended tell_week "
    "tell_week_notes last_week objective note week_told"
)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("key", KEYS.split())
def test_each_advice_has_its_words_in_both_languages(key: str, lang: str) -> None:
    say = Wording("home", lang)
    for part in ("why", "do", "more"):
        text = say(f"{key}.{part}", week=3, n=2)
        assert text
        assert "{" not in text


# Milestones that are near


def near(day: date, **answers: Any) -> Advice | None:
    return hint(internship_of("2026-02-02", "2026-05-08", **answers), day)


@pytest.mark.parametrize(
    ("day", "key", "n"),
    [
        (date(2026, 3, 14), "near_half", 7),
        (date(2026, 3, 20), "near_half", 1),
        (date(2026, 4, 10), "near_three_quarters", 4),
        (date(2026, 4, 20), "near_fortnight", 4),
        (date(2026, 5, 4), "near_end", 4),
    ],
)
def test_a_milestone_is_mentioned_in_the_week_before_it(day: date, key: str, n: int) -> None:
    found = near(day, tutor="Mme Roy")
    assert found is not None
    assert (found.key, found.values) == (key, {"n": n, "tutor": "Mme Roy"})


@pytest.mark.parametrize("day", [date(2026, 3, 13), date(2026, 3, 22), date(2026, 5, 9)])
def test_a_milestone_that_is_far_or_past_is_not(day: date) -> None:
    assert near(day) is None


def test_without_a_tutor_the_words_name_none() -> None:
    found = near(date(2026, 3, 20))
    assert found is not None
    assert found.key == "near_half_alone"
    end = near(date(2026, 5, 4))
    assert end is not None
    assert end.key == "near_end"


def test_without_dates_nothing_is_near() -> None:
    assert hint(None, TODAY) is None
    assert hint(internship_of(), TODAY) is None


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    "day", [date(2026, 3, 21), date(2026, 4, 14), date(2026, 4, 24), date(2026, 5, 8)]
)
@pytest.mark.parametrize("tutor", ["", "Mme Roy"])
def test_on_the_day_itself_no_sentence_counts_zero_days(day: date, lang: str, tutor: str) -> None:
    found = near(day, tutor=tutor)
    assert found is not None
    said = Wording("home", lang)(found.key, **found.values)
    assert "0" not in said
    assert "{" not in said
    assert tutor in said or "tutor" not in found.key
