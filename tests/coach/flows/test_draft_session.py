"""A session with its draft: found again or begun, kept, left, thrown away, ended."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from making import (
    TODAY,
    draft_of,
    entry_of,
    field,
    flow_of,
    internship_of,
    raw_flow,
    step,
    write_toml,
)

from coach.disk.errors import JournalError
from coach.features.registry import load_content
from coach.features.setbacks.causes import load_causes
from coach.flows.content import Content
from coach.flows.draft_session import DraftSession, Incomplete
from coach.flows.entry_lookup import day_for, find_entry
from coach.flows.request import SessionRequest
from coach.flows.schema import Flow
from coach.flows.session import Problem
from coach.store.drafts import DraftOpenElsewhere
from coach.store.entries import Entry, new_entry, weekly_id
from coach.store.journal import Journal
from coach.util.clock import now

WEEKLY = flow_of(step("one"), id="weekly", scope="week")
REFRAME = flow_of(step("one"), id="reframe", scope="internship")
INTERVIEW = flow_of(step("one"), id="interview", scope="occasion")
LUMEN = "lumen"
LAST_FRIDAY = TODAY - timedelta(days=7)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "coach")


@pytest.fixture
def sit(journal: Journal, content: Content) -> Callable[..., DraftSession]:
    """Opens a session as another window would: `sit("weekly", week="2026-W46")`."""

    def opened(flow: str, **more: Any) -> DraftSession:
        lang = more.pop("lang", "fr")
        today = more.pop("today", TODAY)
        internship = more.pop("internship", None)
        said = more.pop("content", content)
        store = more.pop("journal", journal)
        request = SessionRequest(flow, **more)
        return DraftSession(store, said, request, lang=lang, today=today, internship=internship)

    return opened


def put(draft_session: DraftSession, name: str, raw: Any) -> None:
    flow = draft_session.flow
    one = next(f for s in flow.steps for f in s.fields if f.id == name)
    draft_session.session.put(one, raw)


def note(journal: Journal, text: str, day: date = TODAY) -> Entry:
    entry = new_entry("note", lang="fr", day=day, moment=now(), answers={"text": text})
    entry.status = "done"
    return journal.save(entry)


def rows(draft_session: DraftSession) -> list[dict[str, str]]:
    found = draft_session.session.answers.get("achievements", [])
    assert isinstance(found, list)
    return found


# What a request means


def found(
    request: SessionRequest,
    flow: Flow,
    entries: list[Entry],
    drafts: list[Entry],
    own: str | None = LUMEN,
) -> tuple[str, str]:
    """The ids of the kept entry and of the draft."""
    begun = [draft_of(entry) for entry in drafts]
    entry, draft = find_entry(request, flow, entries, begun, own, TODAY)
    return entry.id if entry else "", draft.entry.id if draft else ""


def kept(id: str, flow: str, **changes: Any) -> Entry:
    return entry_of(flow, changes.pop("day", TODAY), **{"id": id, "internship": LUMEN} | changes)


def test_a_second_weekly_session_in_a_week_opens_the_first() -> None:
    entries = [kept("now", "weekly"), kept("last", "weekly", day=LAST_FRIDAY)]
    assert found(SessionRequest("weekly"), WEEKLY, entries, []) == ("now", "")
    assert found(SessionRequest("weekly", week="2026-W46"), WEEKLY, entries, []) == ("last", "")
    assert found(SessionRequest("weekly", week="2026-W45"), WEEKLY, entries, []) == ("", "")
    # there is one entry a week, also when it is asked for anew
    assert found(SessionRequest("weekly", new=True), WEEKLY, entries, []) == ("now", "")


def test_a_week_belongs_to_its_internship() -> None:
    entries = [kept("now", "weekly")]
    assert found(SessionRequest("weekly"), WEEKLY, entries, [], "other") == ("", "")
    assert found(SessionRequest("weekly"), WEEKLY, entries, [], None) == ("", "")


def test_a_draft_of_a_kept_entry_comes_with_it() -> None:
    entries = [kept("now", "weekly")]
    assert found(SessionRequest("weekly"), WEEKLY, entries, entries) == ("now", "now")


def test_one_reframing_an_internship_until_begun_anew_on_purpose() -> None:
    entries = [kept("former", "reframe")]
    assert found(SessionRequest("reframe"), REFRAME, entries, []) == ("former", "")
    assert found(SessionRequest("reframe", new=True), REFRAME, entries, []) == ("", "")
    assert found(SessionRequest("reframe"), REFRAME, entries, [], None) == ("", "")


def test_each_interview_is_new_unless_one_is_under_way() -> None:
    entries = [kept("former", "interview", internship=None)]
    assert found(SessionRequest("interview"), INTERVIEW, entries, []) == ("", "")
    assert found(SessionRequest("interview"), INTERVIEW, entries, entries) == ("former", "former")
    assert found(SessionRequest("interview", new=True), INTERVIEW, entries, entries) == ("", "")


def test_an_entry_named_is_that_entry() -> None:
    entries = [kept("a", "interview"), kept("b", "interview")]
    assert found(SessionRequest("interview", "b"), INTERVIEW, entries, entries[:1]) == ("b", "")
    assert found(SessionRequest("interview", "a"), INTERVIEW, entries, entries[:1]) == ("a", "a")


@pytest.mark.parametrize(
    ("week", "flow", "day"),
    [
        ("", WEEKLY, TODAY),
        ("2026-W47", WEEKLY, TODAY),
        ("2026-W46", WEEKLY, LAST_FRIDAY),
        ("2026-W49", WEEKLY, TODAY),
        ("2026-W46", INTERVIEW, TODAY),
    ],
)
def test_a_week_told_late_is_dated_its_friday_and_none_in_the_future(
    week: str, flow: Flow, day: date
) -> None:
    assert day_for(SessionRequest(flow.id, week=week), flow, TODAY) == day


# Begun, left, resumed


def test_a_session_opened_and_left_leaves_no_draft(journal: Journal, sit: Any) -> None:
    note(journal, "Trié les bacs")
    draft_session = sit("weekly")
    assert len(rows(draft_session)) == 1
    draft_session.session.next()
    draft_session.session.back()
    draft_session.session.answers.pop("on_site")
    assert draft_session.leave() is False
    assert journal.drafts.list() == []
    assert [entry.flow for entry in journal.entries()] == ["note"]


def test_what_was_typed_stays_as_a_draft_and_is_resumed_at_the_same_step(
    journal: Journal, sit: Any
) -> None:
    draft_session = sit("weekly")
    assert not draft_session.resumed
    put(draft_session, "word", "Déclic")
    draft_session.session.next()
    here = draft_session.session.page.at
    assert draft_session.leave() is True
    (draft,) = journal.drafts.list()
    assert draft.entry.answers["word"] == "Déclic"
    again = sit("weekly")
    assert again.resumed
    assert again.session.page.at == here
    assert again.session.answers == draft.entry.answers
    # a resumed session stays a draft though nothing was added
    assert again.leave() is True
    assert len(journal.drafts.list()) == 1


def test_a_draft_resumes_within_a_repeated_step(sit: Any) -> None:
    draft_session = sit("interview")
    put(draft_session, "causes", ["stress", load_causes()[0].id])
    draft_session.session.go(("cause", "stress"))
    assert draft_session.session.page.at == ("cause", "stress")
    draft_session.leave()
    assert sit("interview").session.page.at == ("cause", "stress")


def test_a_snapshot_is_apart_from_what_goes_on(sit: Any) -> None:
    draft_session = sit("weekly")
    draft_session.session.answers["achievements"] = [{"id": "1", "action": "Trié"}]
    draft = draft_session.snapshot()
    rows(draft_session)[0]["action"] = "Rangé"
    assert draft.entry.answers["achievements"] == [{"id": "1", "action": "Trié"}]


def test_two_windows_on_one_session_the_second_is_told(
    journal: Journal, sit: Any, content: Content
) -> None:
    first = sit("weekly")
    with pytest.raises(DraftOpenElsewhere):
        sit("weekly")
    with pytest.raises(DraftOpenElsewhere):
        sit("weekly", journal=Journal(journal.folder))
    sit("interview").leave()
    first.leave()
    sit("weekly").leave()


def test_a_week_has_the_same_id_wherever_it_is_begun(sit: Any) -> None:
    internship = internship_of("2026-09-07")
    draft_session = sit("weekly", internship=internship)
    assert draft_session.entry.id == weekly_id("weekly", internship.id, "2026-W47")
    assert (draft_session.entry.internship, draft_session.entry.week) == (internship.id, "2026-W47")


def test_an_internship_belongs_to_none(sit: Any) -> None:
    assert sit("internship", internship=internship_of(), new=True).entry.internship is None


def test_a_session_in_one_language_goes_on_in_the_other(sit: Any) -> None:
    draft_session = sit("weekly")
    put(draft_session, "word", "Déclic")
    draft_session.leave()
    again = sit("weekly", lang="en")
    assert again.session.answers["word"] == "Déclic"
    assert again.session.say(again.session.page.step.title) == "How are you doing?"


# Ended


def test_a_finished_session_is_kept_and_its_draft_is_gone(journal: Journal, sit: Any) -> None:
    draft_session = sit("weekly")
    put(draft_session, "word", " Déclic ")
    entry = draft_session.finish()
    assert (entry.status, entry.flow_version, entry.answers["word"]) == ("done", 1, "Déclic")
    assert journal.drafts.list() == []
    assert [one.id for one in journal.entries()] == [entry.id]
    assert journal.get(entry.id).history == []


def test_a_text_with_a_new_line_at_its_end_makes_no_second_version(
    journal: Journal, sit: Any
) -> None:
    draft_session = sit("weekly")
    put(draft_session, "hard", "Mardi, la pluie.\n")
    assert journal.get(draft_session.finish().id).history == []


def test_words_under_questions_that_no_longer_show_stay_in_the_history(
    journal: Journal, sit: Any
) -> None:
    draft_session = sit("weekly")
    put(draft_session, "word", "Déclic")
    put(draft_session, "on_site", "school")
    entry = draft_session.finish()
    assert entry.answers == {"on_site": "school"}
    (former,) = journal.get(entry.id).history
    assert former["answers"] == {"on_site": "school", "word": "Déclic"}


def test_done_needs_what_is_required_and_the_draft_stays(journal: Journal, sit: Any) -> None:
    draft_session = sit("note")
    put(draft_session, "text", "")
    with pytest.raises(Incomplete) as error:
        draft_session.finish()
    assert error.value.problems == [Problem(("quick", ""), "text")]
    assert draft_session.leave() is True
    put(again := sit("note"), "text", "Trié")
    assert again.finish().answers == {"text": "Trié"}


def test_a_kept_entry_opens_again_done_and_its_change_is_its_next_version(
    journal: Journal, sit: Any
) -> None:
    first = sit("weekly")
    put(first, "word", "Déclic")
    entry = first.finish()
    again = sit("weekly")
    assert (again.entry.id, again.base, again.resumed) == (entry.id, entry.revision, False)
    assert again.leave() is False
    changing = sit("weekly")
    put(changing, "word", "Élan")
    changing.leave()
    # while the change is a draft, the entry stays as it was
    assert [one.answers["word"] for one in journal.entries()] == ["Déclic"]
    assert sit("weekly").finish().answers["word"] == "Élan"
    assert [one["answers"]["word"] for one in journal.get(entry.id).history] == ["Déclic"]


def test_a_session_that_cannot_be_kept_can_be_tried_again(
    journal: Journal, sit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft_session = sit("weekly")
    put(draft_session, "word", "Déclic")
    put(draft_session, "on_site", "school")

    def full(*_: object) -> None:
        raise JournalError("disk_full", path="x")

    with monkeypatch.context() as patched:
        patched.setattr(journal, "finish", full)
        for _ in range(3):
            with pytest.raises(JournalError):
                draft_session.finish()
        draft = draft_session.file.read_draft()
        assert draft is not None
        assert draft.entry.answers == {"on_site": "school", "word": "Déclic"}
    entry = draft_session.finish()
    assert entry.answers == {"on_site": "school"}
    assert journal.drafts.list() == []


def test_discarding_moves_the_text_to_the_trash(journal: Journal, sit: Any) -> None:
    draft_session = sit("weekly")
    put(draft_session, "word", "Déclic")
    draft_session.discard()
    assert journal.drafts.list() == []
    assert journal.entries() == []
    assert [one.answers["word"] for one in journal.entries(trash=True)] == ["Déclic"]
    # and the week can be begun again
    assert sit("weekly").leave() is False


def test_discarding_a_change_leaves_the_kept_entry(journal: Journal, sit: Any) -> None:
    first = sit("weekly")
    put(first, "word", "Déclic")
    first.finish()
    change = sit("weekly")
    put(change, "word", "Élan")
    change.discard()
    assert [one.answers["word"] for one in journal.entries()] == ["Déclic"]
    assert [one.answers["word"] for one in journal.entries(trash=True)] == ["Élan"]


def test_an_objective_named_in_a_session_is_handed_to_the_internship_once(
    journal: Journal, sit: Any
) -> None:
    internship = journal.save(internship_of("2026-09-07", company="Lumen"))
    draft_session = sit("weekly", internship=internship)
    put(draft_session, "new_objective", "Mener une réunion")
    draft_session.finish()
    assert journal.get(internship.id).answers["objective"] == "Mener une réunion"
    assert journal.get(internship.id).answers["company"] == "Lumen"
    # one that is there is not written over
    last = sit("weekly", internship=internship, week="2026-W46")
    last.session.answers["new_objective"] = "Autre chose"
    last.finish()
    assert journal.get(internship.id).answers["objective"] == "Mener une réunion"


# Notes


def test_notes_are_offered_as_rows_to_complete(journal: Journal, sit: Any) -> None:
    first, second = note(journal, "Trié", TODAY - timedelta(days=2)), note(journal, "Rangé")
    draft_session = sit("weekly")
    assert [(row["action"], row["note"]) for row in rows(draft_session)] == [
        ("Trié", first.id),
        ("Rangé", second.id),
    ]
    assert len({row["id"] for row in rows(draft_session)}) == 2


def test_a_note_taken_into_a_week_is_not_offered_to_the_next(journal: Journal, sit: Any) -> None:
    note(journal, "Trié")
    sit("weekly").finish()
    assert rows(sit("weekly", today=TODAY + timedelta(days=7))) == []


def test_a_note_taken_out_stays_away_while_the_session_is_a_draft(
    journal: Journal, sit: Any
) -> None:
    note(journal, "Trié")
    draft_session = sit("weekly")
    put(draft_session, "achievements", [])
    put(draft_session, "word", "Déclic")
    assert draft_session.offer_notes() == 0
    draft_session.leave()
    assert rows(sit("weekly")) == []


def test_a_note_that_was_not_touched_waits_again_next_time(journal: Journal, sit: Any) -> None:
    note(journal, "Trié")
    sit("weekly").leave()
    assert [row["action"] for row in rows(sit("weekly"))] == ["Trié"]


def test_completing_a_note_is_a_change(journal: Journal, sit: Any) -> None:
    note(journal, "Trié")
    draft_session = sit("weekly")
    rows(draft_session)[0]["impact"] = "31 feuilles"
    assert draft_session.leave() is True


def test_a_note_taken_while_the_session_is_open_comes_in_once(journal: Journal, sit: Any) -> None:
    draft_session = sit("weekly")
    put(draft_session, "achievements", [{"id": "1", "action": "Rangé"}])
    note(Journal(journal.folder), "Trié")
    assert draft_session.offer_notes(draft_session.new_notes()) == 1
    assert draft_session.offer_notes(draft_session.new_notes()) == 0
    assert [row["action"] for row in rows(draft_session)] == ["Rangé", "Trié"]


def test_a_week_at_school_takes_no_note_away(journal: Journal, sit: Any) -> None:
    note(journal, "Trié")
    draft_session = sit("weekly")
    put(draft_session, "on_site", "school")
    draft_session.finish()
    again = sit("weekly", today=TODAY + timedelta(days=7))
    assert [row["action"] for row in rows(again)] == ["Trié"]


def test_a_session_without_such_rows_is_offered_nothing(journal: Journal, sit: Any) -> None:
    note(journal, "Trié")
    draft_session = sit("interview")
    assert draft_session.offer_notes(draft_session.new_notes()) == 0
    assert draft_session.leave() is False


# A session of one's own


def test_a_school_s_own_session_runs_and_is_kept(
    tmp_path: Path, journal: Journal, sit: Any
) -> None:
    flow = raw_flow(step("one", field("line", "it", required=True)), id="labo", scope="occasion")
    (tmp_path / "labo.toml").write_text(write_toml(flow), "utf-8")
    draft_session = sit("labo", content=load_content(tmp_path))
    put(draft_session, "it", "oui")
    assert draft_session.finish().flow == "labo"


def test_a_session_that_is_nowhere_is_a_key_error(sit: Any) -> None:
    with pytest.raises(KeyError):
        sit("nowhere")
