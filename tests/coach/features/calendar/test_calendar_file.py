"""Dates for a calendar: all day, escaped, the same events when they are taken in again."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from cli_tools import Cli
from icalendar import Calendar
from making import TODAY, entry_of, internship_of

from coach.documents.dossier import Dossier
from coach.features.calendar.ical import calendar_file
from coach.features.registry import load_content
from coach.store.entries import Entry
from coach.store.snapshot import Snapshot

CONTENT = load_content()


def person(**answers: Any) -> Entry:
    told = {"name": "Nora, [sad]; x", "next_step": "écrire\\n", "next_on": "2026-11-27"}
    return entry_of("contact", id="nora", answers=told | answers)


def made(*entries: Entry, internship: Entry | None = None) -> dict[str, Any]:
    """UID → event, as icalendar reads the file back."""
    kept = [*entries, internship] if internship else list(entries)
    data, n = calendar_file(Dossier(Snapshot(kept), CONTENT, "fr", TODAY, internship))
    found = Calendar.from_ical(data).walk("VEVENT")
    assert len(found) == n
    return {str(event["uid"]): event for event in found}


def test_a_next_step_lasts_all_day_and_reads_back_as_it_was_written() -> None:
    (event,) = made(person()).values()
    assert event.decoded("dtstart") == date(2026, 11, 27)
    assert event.decoded("dtend") == date(2026, 11, 28)
    assert str(event["summary"]) == "Nora, [sad]; x : écrire\\n"
    assert str(event["transp"]) == "TRANSPARENT"


def test_the_internship_gives_its_milestones_and_where_it_is() -> None:
    found = made(internship=internship_of("2026-09-01", "2026-12-18", company="Atelier; Lumen"))
    days = sorted(event.decoded("dtstart") for event in found.values())
    assert days[0] == date(2026, 9, 1) and days[-1] == date(2026, 12, 18)
    assert date(2026, 12, 4) in days and len(days) == 5
    assert {str(event["location"]) for event in found.values()} == {"Atelier; Lumen"}


def test_an_interview_plan_and_a_talk_are_dates_too() -> None:
    plan = [{"id": "r1", "what": "Me présenter", "on": "jeudi"}, {"id": "r2", "what": "x"}]
    found = made(
        entry_of("interview", answers={"plan": plan}),
        person(next_on="", more=["talk"], talk_on="2026-12-01"),
    )
    assert sorted(str(event["summary"]) for event in found.values()) == [
        "15 minutes avec Nora, [sad]; x",
        "Me présenter",
    ]


def test_a_rehearsed_question_comes_back_on_its_day_and_moves() -> None:
    def rehearsed(day: str) -> Entry:
        row = {"id": "classic:strength", "question": "?", "confidence": "3", "answer": "x"}
        return entry_of("rehearsal", day=date.fromisoformat(day), answers={"attempts": [row]})

    before, after = made(rehearsed("2026-11-10")), made(rehearsed("2026-11-12"))
    assert len(before) == 1 and before.keys() == after.keys()
    ((uid, one),) = before.items()
    assert str(one["summary"]).startswith("À redire : ")
    assert one.decoded("dtstart") > date(2026, 11, 10)
    assert after[uid]["sequence"] > one["sequence"]


def test_each_attempt_of_one_day_comes_after_the_one_before() -> None:
    def rehearsed(*confidences: str) -> dict[str, Any]:
        rows = [
            {"id": "classic:strength", "question": "?", "confidence": one, "answer": "x"}
            for one in confidences
        ]
        return made(entry_of("rehearsal", answers={"attempts": rows}))

    (once,), (again,), (third,) = (
        rehearsed(*confidences).values() for confidences in ("4", "41", "411")
    )
    assert once["uid"] == again["uid"] == third["uid"]
    assert again.decoded("dtstart") != once.decoded("dtstart")
    assert once["sequence"] < again["sequence"] < third["sequence"]


def test_what_moved_keeps_its_uid_and_comes_later() -> None:
    before, after = person(), person(next_on="2026-12-04")
    after.updated_at = "2026-11-21T08:00:00.000000Z"
    (uid, old), (same, new) = *made(before).items(), *made(after).items()
    assert uid == same
    assert new["sequence"] > old["sequence"] and new.decoded("dtstamp") > old.decoded("dtstamp")
    assert new.decoded("dtstart") - old.decoded("dtstart") == timedelta(days=7)


def test_confidential_names_are_replaced() -> None:
    names = entry_of("confidential", answers={"names": [{"name": "nora", "instead": "N."}]})
    assert {str(one["summary"]) for one in made(person(), names).values()} == {
        "N., [sad]; x : écrire\\n"
    }


def test_the_same_journal_gives_the_same_file() -> None:
    dossier = Dossier(Snapshot([person()]), CONTENT, "fr", TODAY)
    assert calendar_file(dossier) == calendar_file(dossier)


def test_the_command_knows_the_ending_and_the_format(tmp_path: Path) -> None:
    from coach.store.journal import Journal

    Journal(tmp_path / "data").save(person())
    coach = Cli(tmp_path / "data")
    told = coach("export", str(tmp_path / "dates.ics"))
    assert told.code == 0 and "1 date" in told.out
    assert coach("export", str(tmp_path / "dates"), "--format", "ics").code == 0
    assert (tmp_path / "dates").read_bytes() == (tmp_path / "dates.ics").read_bytes()
    assert coach("export", str(tmp_path / "dates.ics")).code == 1
