"""What is told on any day is of that day; the demo, as told on the day of the run, is whole."""

import re
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from cli_tools import Cli
from days import DAYS
from making import NOW

from coach.demo import build
from coach.features.registry import DOCUMENTS
from coach.util import clock


@pytest.fixture(params=DAYS, ids=lambda given: " ".join(given))
def day(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[date]:
    """Makes it that day and moment, in that zone."""
    moment, zone = request.param
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    with clock.running(moment):
        yield date.fromisoformat(moment[:10])
    monkeypatch.undo()
    time.tzset()


def week_of(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def test_what_is_noted_and_told_is_of_that_day(tmp_path: Path, day: date) -> None:
    cli = Cli(tmp_path / "data")
    assert cli("note", "Trié 3 bacs").code == 0
    assert cli("weekly", "--plain", stdin="\n" * 60).code == 0
    kept = cli.entries()
    assert {(one["flow"], one["date"], one["week"]) for one in kept} == {
        ("note", day.isoformat(), week_of(day)),
        ("weekly", day.isoformat(), week_of(day)),
    }
    listed = cli("list", "--since", "aujourd'hui", "--json").json["entries"]
    assert len(listed) == 2


@pytest.fixture
def demo(tmp_path: Path) -> Cli:
    """The demo as told on the day of the run."""
    build(tmp_path / "data", "fr")
    return Cli(tmp_path / "data")


def test_the_demo_lies_around_the_day_and_its_calendar_ahead_of_it(
    demo: Cli, tmp_path: Path
) -> None:
    found = demo.entries()
    assert len(found) > 30
    assert max(one["date"] for one in found) <= NOW.isoformat()
    assert {one["week"] for one in found if one["status"] == "draft"} <= {week_of(NOW)}
    path = tmp_path / "dates.ics"
    assert demo("export", str(path)).code == 0
    begins = re.findall(r"DTSTART;VALUE=DATE:(\d{8})", path.read_text("utf-8"))
    assert len(begins) > 5 and max(begins) > f"{NOW:%Y%m%d}"


def test_every_document_of_the_demo_is_written(demo: Cli, tmp_path: Path) -> None:
    for name in DOCUMENTS:
        path = tmp_path / f"{name}.html"
        said = demo("document", name, str(path))
        assert said.code == 0, (name, said.err)
        text = path.read_text("utf-8")
        assert len(text) > 500 and "{" not in re.sub(r"<style>.*?</style>", "", text, flags=re.S)


def test_the_rights_are_worked_out(demo: Cli) -> None:
    said = demo("rights", "--plain", stdin="\n" * 60)
    assert said.code == 0 and "€" in said.out
