"""One clock: what `COACH_TODAY` means, that it is obeyed, and that nobody asks the system else."""

import ast
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from cli_tools import Cli, only_line

from coach.util import clock
from coach.util.clock import Clock, UnreadableMoment

ROOT = Path(__file__).parents[3]
SECOND = timedelta(seconds=1)


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Sets the zone of this machine: `zone.setenv("TZ", …)`, then `time.tzset()`."""
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


def stand(zone: pytest.MonkeyPatch, name: str) -> None:
    zone.setenv("TZ", name)
    time.tzset()


# What it means


def test_without_it_the_clock_is_that_of_the_system() -> None:
    asked = Clock()
    before, told, after = datetime.now(UTC), asked.now(), datetime.now(UTC)
    assert before <= told <= after and not asked.given
    assert Clock("  ").given is False


@pytest.mark.parametrize("name", ["Europe/Paris", "Pacific/Kiritimati", "America/Los_Angeles"])
@pytest.mark.parametrize("day", ["2026-11-20", "2027-03-28", "2028-02-29", "20261231"])
def test_a_day_is_that_day_at_the_real_time(zone: pytest.MonkeyPatch, name: str, day: str) -> None:
    stand(zone, name)
    asked = Clock(day)
    before, told, after = datetime.now(), asked.local(), datetime.now()
    assert asked.today() == date.fromisoformat(day)
    assert told.date() == asked.today()
    real = [before.time(), after.time()]
    # Where the clock is put forward on that day, the hour that is left out is the next one.
    if day != "2027-03-28" and real[0] < real[1]:
        assert real[0] <= told.time() <= real[1]


def test_time_goes_on_from_a_moment(zone: pytest.MonkeyPatch) -> None:
    stand(zone, "Europe/Paris")
    asked = Clock("2026-12-31 23:59:59.999")
    first = asked.now()
    assert abs(first - datetime(2026, 12, 31, 22, 59, 59, 999_000, tzinfo=UTC)) < SECOND
    time.sleep(0.002)
    assert asked.now() > first
    assert asked.today() == date(2027, 1, 1) and asked.local().year == 2027


def test_a_moment_may_name_its_zone(zone: pytest.MonkeyPatch) -> None:
    stand(zone, "Pacific/Kiritimati")
    asked = Clock("2026-11-20T17:42+01:00")
    assert abs(asked.now() - datetime(2026, 11, 20, 16, 42, tzinfo=UTC)) < SECOND
    assert asked.today() == date(2026, 11, 21)
    assert asked.local().utcoffset() == timedelta(hours=14)


def test_an_hour_that_the_zone_leaves_out_is_the_next_one(zone: pytest.MonkeyPatch) -> None:
    stand(zone, "Europe/Paris")
    told = Clock("2027-03-28 02:30").local()
    assert abs(told - datetime(2027, 3, 28, 3, 30, tzinfo=timezone(timedelta(hours=2)))) < SECOND


@pytest.mark.parametrize(
    "value", ["hier", "2026-13-01", "2026-02-30", "25:00", "1500-01-01", "3000-01-01", "\x1b[2J"]
)
def test_what_is_no_moment_is_refused_by_its_name(value: str) -> None:
    with pytest.raises(UnreadableMoment) as caught:
        Clock(value)
    assert caught.value.value == value


# That it is obeyed


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("args", [(), ("list",), ("note", "Trié 3 bacs"), ("weekly", "--plain")])
def test_an_unreadable_moment_is_said_in_one_sentence(
    tmp_path: Path, lang: str, args: tuple[str, ...]
) -> None:
    cli = Cli(tmp_path / "data", lang)
    said = cli(*args, COACH_TODAY="demain matin")
    assert said.code == 2 and said.out == ""
    line = only_line(said)
    assert "COACH_TODAY" in line and "demain matin" in line and "2026-11-20 17:42" in line
    assert not cli.data.exists()


def test_a_process_takes_its_day_from_it(tmp_path: Path) -> None:
    cli = Cli(tmp_path / "data")
    for day in ("2028-02-29", "2027-01-01 00:00"):
        process = cli.process("note", f"le {day}", env={"COACH_TODAY": day})
        process.communicate()
        assert process.returncode == 0
    kept = cli.entries()
    assert [one["date"] for one in kept] == ["2028-02-29", "2027-01-01"]
    assert [one["week"] for one in kept] == ["2028-W09", "2026-W53"]


def test_one_call_of_the_command_leaves_the_clock_as_it_was(tmp_path: Path) -> None:
    before = clock.present()
    Cli(tmp_path / "data")("note", "x", COACH_TODAY="2030-01-01")
    assert clock.present() is before


def test_the_end_of_each_day_is_kept_by_the_day_that_is_given(tmp_path: Path) -> None:
    """The files that the program writes are of its day too, by which it tells the days apart."""
    cli = Cli(tmp_path / "data")
    for day in ("2028-02-28", "2028-02-29", "2028-02-29", "2028-03-01"):
        assert cli("note", f"le {day}", COACH_TODAY=day).code == 0
    names = sorted(path.stem for path in (cli.data / "generations").iterdir())
    assert names == ["2028-02-28", "2028-02-29"]


# That nobody asks the system else

ASKS = {
    "date": {"today"},
    "datetime": {"now", "today", "utcnow"},
    "time": {"time", "time_ns", "ctime", "localtime", "gmtime", "strftime", "asctime"},
}
"""What tells the day."""
MEASURES = {
    "coach/plain/rehearsal.py",
    "screens/guided/kept_screen.py",
    "screens/rehearsal/clock.py",
}
"""They measure how long something takes, by a clock that knows no day."""


def asked(path: Path) -> set[str]:
    """What in `path` asks the system for now, called or passed on, and all it takes of `time`."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            found |= {f"time.{one.name}" for one in node.names}
        elif isinstance(node, ast.Attribute):
            of = node.value
            name = of.attr if isinstance(of, ast.Attribute) else getattr(of, "id", "")
            if node.attr in ASKS.get(name, ()):
                found.add(f"{name}.{node.attr}")
    return found


def asking(*folders: str) -> dict[str, set[str]]:
    """The modules in `folders` that ask the system for now, and by what."""
    modules = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    assert len(modules) > 10
    found = {path.relative_to(ROOT).as_posix(): asked(path) for path in modules}
    return {name: calls for name, calls in found.items() if calls}


def test_the_clock_is_the_only_one_to_ask_the_system_for_now() -> None:
    found = asking("coach", "screens", "docs", "benchmarks")
    assert found.pop("coach/util/clock.py") == {"datetime.now"}
    assert found == {name: {"time.monotonic"} for name in MEASURES}


def test_no_other_test_asks_the_system_for_now() -> None:
    found = asking("tests")
    assert found.pop("tests/days.py") == {"date.today"}  # no test: it chooses one of its days
    assert found.pop("tests/coach/util/test_clock.py") == {"datetime.now"}
    assert found == {}
