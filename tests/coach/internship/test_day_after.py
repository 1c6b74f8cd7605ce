"""The day after the last day: whatever is asked for is still about the internship that ended."""

import io
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from making import TODAY, entry_of, internship_of

from coach.commands.document import run_document
from coach.commands.export import run_export
from coach.commands.invocation import Invocation
from coach.commands.note import make_command
from coach.commands.sessions import run_plain
from coach.demo import build
from coach.features.registry import DOCUMENTS
from coach.flows.request import SessionRequest
from coach.internship.closing import turn
from coach.store.answers import day_of
from coach.store.entries import Entry
from coach.store.journal import Journal
from coach.workspace import Workspace


class On(Invocation):
    """The command's desk on a day."""

    def __init__(self, folder: Path, day: date, lang: str = "fr") -> None:
        super().__init__(str(folder), lang)
        self.day = day
        self.workspace = Workspace(self.data_folder, lang, today=day)


def at(invocation: Invocation, flow: str, typed: str = "", **asked: str) -> str:
    """What the plain session says when `typed` is all that is typed."""
    out = io.StringIO()
    stdin = io.TextIOWrapper(io.BytesIO(typed.encode()), "utf-8")
    with patch.object(sys, "stdin", stdin), redirect_stdout(out), redirect_stderr(out):
        run_plain(invocation, SessionRequest(flow, **asked))
    return out.getvalue()


def under_way(folder: Path) -> Entry:
    return max(Journal(folder).entries(flow="internship"), key=lambda one: one.answers["start"])


@pytest.fixture(scope="module", params=["fr", "en"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[On]:
    """A full journal, on the last day of the internship."""
    folder = tmp_path_factory.mktemp("demo")
    build(folder, request.param, TODAY)
    end = day_of(under_way(folder).answers, "end")
    assert end is not None
    yield On(folder, end, request.param)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_the_day_after_is_that_of_the_day_before(
    demo: On, tmp_path: Path, name: str
) -> None:
    ending = "html" if name == "map" else "md"
    made = []
    for later in (0, 1, 100):
        path = tmp_path / f"{later}.{ending}"
        invocation = On(demo.data_folder.folder, demo.day + timedelta(days=later), demo.lang)
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            assert run_document(invocation, name=name, path=str(path), force=False, include="") == 0
        text = path.read_text("utf-8")
        if name == "story":  # "I am doing…" becomes "I did…", and so the time it takes to say it
            _, length, who, text = text.split("\n\n", 3)
            assert under_way(invocation.data_folder.folder).answers["company"] in who and length
        made.append(text)
    assert len(made[0]) > 300
    assert made[0] == made[1] == made[2]


def test_the_calendar_file_too(demo: On, tmp_path: Path) -> None:
    made = []
    for later in (0, 1):
        path = tmp_path / f"{later}.ics"
        invocation = On(demo.data_folder.folder, demo.day + timedelta(days=later), demo.lang)
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            run_export(invocation, path=str(path), format="", force=False)
        made.append(path.read_text("utf-8"))
    assert made[0].count("BEGIN:VEVENT") > 4 and made[0] == made[1]


def test_the_review_opens_on_the_weeks_that_were_told(demo: On) -> None:
    the_day = at(demo, "end-review")
    after = at(On(demo.data_folder.folder, demo.day + timedelta(days=1), demo.lang), "end-review")
    assert after == the_day
    assert len(after) > 400


@pytest.fixture
def over(tmp_path: Path) -> On:
    """The day after the last day of an internship with one week told."""
    journal = Journal(tmp_path)
    about = journal.save(internship_of("2026-09-07", "2026-11-19", company="Atelier Lumen"))
    row = {"id": "r", "action": "Trié 3 bacs", "skill": "Tri", "feedback": "bien vu"}
    week = entry_of(day=date(2026, 11, 13), internship=about.id, answers={"achievements": [row]})
    journal.save(week)
    return On(tmp_path, TODAY)


def test_what_is_written_the_day_after_belongs_to_it(over: On) -> None:
    about = under_way(over.data_folder.folder)
    command = make_command(over.say)
    with redirect_stdout(io.StringIO()):
        command.main(["Rendu le badge"], "note", standalone_mode=False, obj=over)
    at(over, "weekly", "\n" * 60)
    for flow in ("note", "weekly"):
        assert Journal(over.data_folder.folder).entries(flow=flow)[0].internship == about.id, flow


def test_plain_mode_can_say_that_it_is_over_and_done(over: On) -> None:
    about = under_way(over.data_folder.folder)
    asked = at(over, "internship", "\n" * 60, entry_id=about.id)
    assert "C'est fini pour de bon ?" in asked
    assert over.workspace.current_internship() is not None, "passing the question by closes nothing"
    at(over, "internship", "\n\n\n\n\n\n1\n" + "\n" * 60, entry_id=about.id)
    assert under_way(over.data_folder.folder).answers["closed"] == "yes"
    assert over.workspace.current_internship() is None
    # and it says so where it is read again, and takes it back
    assert "C'est fini pour de bon ?" in at(over, "internship", "\n" * 60, entry_id=about.id)
    assert turn(over.workspace.journal, about.id) is False
    found = over.workspace.current_internship()
    assert found is not None and found.id == about.id
    assert "closed" not in found.answers and found.answers["company"] == "Atelier Lumen"


def test_it_is_not_asked_while_the_internship_goes_on(over: On) -> None:
    about = under_way(over.data_folder.folder)
    before = On(over.data_folder.folder, date(2026, 11, 19))
    assert "C'est fini pour de bon ?" not in at(before, "internship", "\n" * 60, entry_id=about.id)
    assert "C'est fini pour de bon ?" not in at(over, "internship", "\n" * 60)


def test_closing_twice_opens_it_again_and_nothing_else_changes(over: On) -> None:
    about = under_way(over.data_folder.folder)
    for closed in (True, False):
        assert turn(over.workspace.journal, about.id) is closed
    assert over.workspace.journal.entries(flow="internship")[0].answers == about.answers
    assert turn(over.workspace.journal, "gone") is None


def test_one_without_dates_stays_closed_when_it_is_completed(tmp_path: Path) -> None:
    invocation = On(tmp_path, TODAY)
    about = invocation.workspace.journal.save(internship_of(company="Atelier Lumen"))
    assert turn(invocation.workspace.journal, about.id) is True
    assert "C'est fini pour de bon ?" in at(invocation, "internship", "\n" * 60, entry_id=about.id)
    at(invocation, "internship", "Atelier Lumière\n" + "\n" * 60, entry_id=about.id)
    (kept,) = Journal(tmp_path).entries(flow="internship")
    assert kept.answers == {"company": "Atelier Lumière", "closed": "yes"}
