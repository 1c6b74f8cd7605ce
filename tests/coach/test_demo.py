"""The demo is believable only if the app could have written it."""

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from coach.demo import PRESENT, WEEKS, DemoJournal, build, tell
from coach.features.registry import load_content
from coach.flows.answer_parsing import parse_answer
from coach.flows.background import gather_student_context
from coach.flows.content import Content
from coach.flows.draft_session import DraftSession
from coach.flows.request import SessionRequest
from coach.flows.schema import Checklist, Choice, Choices
from coach.flows.session import Page, Session
from coach.internship.timeline import State, current_internship, milestones, weeks
from coach.store.answers import day_of
from coach.store.entries import Entry, iso_week
from coach.store.journal import Journal
from coach.util import clock
from coach.util.data_files import ContentError
from coach.util.text import texts

LANGS = ("fr", "en")
FRIDAY = date(2026, 11, 20)
DAYS = [
    FRIDAY,
    date(2026, 11, 16),  # a Monday: the whole week begun that day
    date(2026, 11, 22),  # a Sunday
    date(2024, 2, 29),
    date(2021, 1, 1),  # in week 53 of the year before
    date(2025, 12, 30),  # in week 1 of the year after
]


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


def everything(story: DemoJournal) -> list[Entry]:
    return story.entries + [draft.entry for draft in story.drafts]


def of(story: DemoJournal, flow: str) -> list[Entry]:
    return [entry for entry in story.entries if entry.flow == flow]


def now_and_past(story: DemoJournal) -> tuple[Entry, Entry]:
    past, present = of(story, "internship")
    return present, past


def newest_first(story: DemoJournal) -> list[Entry]:
    return sorted(story.entries, key=lambda e: (e.date, e.updated_at), reverse=True)


def session_of(story: DemoJournal, entry: Entry, content: Content) -> Session:
    about = next((one for one in story.entries if one.id == entry.internship), None)
    known = gather_student_context(
        newest_first(story), about, date.fromisoformat(entry.date), own_id=entry.id
    )
    return Session(content.flow(entry.flow), content, known, entry.lang, entry.answers)


def own(session: Session, page: Page) -> dict[str, Any]:
    if page.item is None:
        return session.answers
    step, item = page.at
    found: dict[str, Any] = session.answers.get(step, {}).get(item, {})
    return found


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("lang", LANGS)
def test_each_entry_is_what_its_session_would_have_kept(
    lang: str, day: date, content: Content
) -> None:
    story = tell(lang, day)
    for entry in everything(story):
        session = session_of(story, entry, content)
        assert session.problems() == [], (entry.flow, entry.date)
        assert session.finished() == entry.answers, (entry.flow, entry.date)


@pytest.mark.parametrize("lang", LANGS)
def test_each_answer_is_one_its_field_takes(lang: str, content: Content) -> None:
    story = tell(lang, FRIDAY)
    for entry in everything(story):
        session = session_of(story, entry, content)
        for page in session.pages():
            for field in session.fields(page):
                if field.id not in own(session, page):
                    continue
                value = own(session, page)[field.id]
                ids = (
                    {pick.id for pick in session.picks(field, page)}
                    if isinstance(field, Choice | Choices | Checklist)
                    else set()
                )
                assert parse_answer(field, value, ids, FRIDAY) == value, (entry.flow, field.id)


@pytest.mark.parametrize("lang", LANGS)
def test_wizards_answer_all_that_they_ask(lang: str, content: Content) -> None:
    story = tell(lang, FRIDAY)
    present, _ = now_and_past(story)
    for entry in [present, *of(story, "reframe"), *of(story, "interview")]:
        session = session_of(story, entry, content)
        for page in session.pages():
            asked = {field.id for field in session.fields(page)}
            assert asked <= own(session, page).keys(), (entry.flow, page.at)


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("lang", LANGS)
def test_today_is_in_week_eleven_of_fourteen(lang: str, day: date) -> None:
    story = tell(lang, day)
    present, past = now_and_past(story)
    assert current_internship(list(reversed(of(story, "internship"))), None, day) == present
    assert (ended := day_of(past.answers, "end")) and ended < day
    weekly = [e for e in newest_first(story) if e.flow == "weekly"]
    strip = weeks(present, weekly, story.drafts, day)
    assert len(strip) == WEEKS
    assert strip[PRESENT - 1].key == iso_week(day)
    states = [week.state for week in strip]
    assert Counter(states) == {
        State.DONE: 8, State.MISSED: 1, State.OFF: 1, State.DRAFT: 1, State.TO_COME: 3
    }  # fmt: skip
    assert states[PRESENT - 1] == State.DRAFT and states[PRESENT:] == [State.TO_COME] * 3
    assert [name for name, _ in milestones(present)] == [
        "half", "three_quarters", "fortnight", "end"
    ]  # fmt: skip


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("lang", LANGS)
def test_nothing_lies_ahead_of_today(lang: str, day: date) -> None:
    for entry in everything(tell(lang, day)):
        assert entry.date <= day.isoformat()
        assert entry.updated_at[:10] <= day.isoformat()
        assert entry.created_at <= entry.updated_at


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("lang", LANGS)
def test_three_notes_of_this_week_wait(lang: str, day: date, content: Content) -> None:
    story = tell(lang, day)
    assert len(of(story, "note")) == 8
    (draft,) = story.drafts
    known = session_of(story, draft.entry, content).known
    waiting = [e for e in of(story, "note") if e.week == iso_week(day)]
    assert [one["id"] for one in known.notes] == [e.id for e in waiting]
    assert len(waiting) == 3


@pytest.mark.parametrize("lang", LANGS)
def test_energy_mood_and_rows_vary(lang: str) -> None:
    story = tell(lang, FRIDAY)
    told = [e for e in of(story, "weekly") if e.answers["on_site"] == "here"]
    assert len({e.answers["energy"] for e in told}) >= 4
    assert len({e.answers["mood"] for e in told}) >= 4
    assert all(2 <= len(e.answers["achievements"]) <= 4 for e in told)
    rows = [row for e in told for row in e.answers["achievements"]]
    assert len({row["id"] for row in rows}) == len(rows)
    assert any("impact" not in row for row in rows)
    assert any("impact" in row and not re.search(r"\d", row["impact"]) for row in rows)
    assert any("feedback" not in row for row in rows)
    assert sum("feedback" in row for row in rows) > len(rows) / 2
    assert len({row["skill"] for row in rows}) > 10
    assert {mark for e in told for mark in e.answers["progress"].values()} == {
        "none", "some", "forward", "reached"
    }  # fmt: skip
    assert any(e.tags for e in told)


@pytest.mark.parametrize("lang", LANGS)
def test_a_cause_comes_back_at_the_second_interview(lang: str) -> None:
    first, second = of(tell(lang, FRIDAY), "interview")
    assert set(first.answers["causes"]) & set(second.answers["causes"])
    assert second.answers["weight"] < first.answers["weight"]


@pytest.mark.parametrize("lang", LANGS)
def test_the_bad_internship_is_reframed(lang: str, content: Content) -> None:
    story = tell(lang, FRIDAY)
    (reframe,) = of(story, "reframe")
    assert reframe.internship == now_and_past(story)[1].id
    situations = set(reframe.answers["situations"])
    assert situations <= {one["id"] for one in content.items("situations", lang)}
    assert reframe.answers["turned"].keys() == reframe.answers["next_time"].keys() == situations
    assert "___" not in " ".join(texts(reframe.answers))
    assert 90 <= len(reframe.answers["story"].split()) <= 150


@pytest.mark.parametrize("lang", LANGS)
def test_one_week_was_completed_afterwards(lang: str) -> None:
    (entry,) = [e for e in tell(lang, FRIDAY).entries if e.history]
    (before,) = entry.history
    assert before["updated_at"] < entry.updated_at
    assert set(texts(before["answers"])) < set(texts(entry.answers))


@pytest.mark.parametrize("lang", LANGS)
def test_it_keeps_the_house_style(lang: str) -> None:
    for entry in everything(tell(lang, FRIDAY)):
        for text in texts(entry.answers):
            assert not re.search(r"[!’‘“”\U0001f000-\U0001faff]", text), text
            # A day of the month would be wrong on most days that the demo is seen.
            assert not re.search(r"janvier|février|avril|octobre|January|March|October", text)
            assert lang != "fr" or '"' not in text, text


def test_it_is_the_same_each_time_and_each_language_its_own() -> None:
    assert tell("fr", FRIDAY) == tell("fr", FRIDAY)
    next_week = tell("fr", FRIDAY + timedelta(weeks=1))
    assert of(next_week, "note")[0].id == of(tell("fr", FRIDAY), "note")[0].id
    ids = {lang: {e.id for e in everything(tell(lang, FRIDAY))} for lang in LANGS}
    assert not ids["fr"] & ids["en"]
    assert [e.flow for e in tell("fr", FRIDAY).entries].count("weekly") == 9
    assert Counter(e.flow for e in tell("fr", FRIDAY).entries) == Counter(
        e.flow for e in tell("en", FRIDAY).entries
    )


@pytest.mark.parametrize("lang", LANGS)
def test_build_fills_a_journal(tmp_path: Path, lang: str, content: Content) -> None:
    build(tmp_path, lang, FRIDAY)
    build(tmp_path, lang, FRIDAY)
    story = tell(lang, FRIDAY)
    journal = Journal(tmp_path)
    assert {e.id: e.answers for e in journal.entries()} == {e.id: e.answers for e in story.entries}
    (draft,) = journal.drafts.list()
    # Written again, it is stamped a little later than before, so that the newest is known.
    assert msgspec.structs.replace(draft, saved_at="") == msgspec.structs.replace(
        story.drafts[0], saved_at=""
    )
    assert not journal.notices

    present, _ = now_and_past(story)
    draft_session = DraftSession(
        journal, content, SessionRequest("weekly"), lang=lang, today=FRIDAY, internship=present
    )
    assert draft_session.resumed
    assert draft_session.session.page.step.id == "proofs"
    assert len(draft_session.session.answers["achievements"]) == 5
    draft_session.leave()


def test_build_tells_today_by_default(tmp_path: Path) -> None:
    with clock.running("2027-01-01"):
        build(tmp_path, "fr")
    (draft,) = Journal(tmp_path).drafts.list()
    assert draft.entry.week == "2026-W53"


def test_a_broken_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "fr.toml"
    broken.write_text('[[entries]]\nname = "x"\nfow = "note"\n')
    monkeypatch.setattr("coach.demo.data_path", lambda *parts: broken)
    with pytest.raises(ContentError, match="fow"):
        tell("fr", FRIDAY)
