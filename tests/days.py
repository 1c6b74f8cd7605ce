"""Runs the suites that depend on the day as if it were another one: `make test-days`.

`python tests/days.py` runs them on each of `DAYS`; `python tests/days.py one` on the one whose
turn it is today, so that over time all are seen.
"""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]

DAYS = [
    ("2026-12-04", "UTC"),  # a Friday
    ("2026-12-12", "UTC"),  # a Saturday
    ("2026-12-31 23:59", "Europe/Paris"),  # in week 53, a minute before the year ends
    ("2027-01-01", "UTC"),
    ("2027-03-28 02:30", "Europe/Paris"),  # an hour that is left out that night
    ("2028-02-29", "UTC"),
    ("2026-12-04 00:30", "Pacific/Kiritimati"),  # the day before in UTC
    ("2027-01-01 23:30", "America/Los_Angeles"),  # the day after in UTC
]
"""`COACH_TODAY` and `TZ`."""

NAMED = (
    *("any_day", "clock", "demo", "guide", "agenda", "calendar_file"),
    *("timeline", "rights", "rights_panel", "document_rights", "documents", "documents_career"),
    *("review_documents", "home", "any_day_home"),
)
TERMINAL = (
    *("career", "contacts", "interview", "lab", "looks", "network", "plain", "rehearsal"),
    *("review", "rights", "skills", "weekly"),
)
SUITES = [
    str(next((ROOT / "tests").rglob(f"test_{name}.py")).relative_to(ROOT))
    for name in (*NAMED, *(f"terminal_{name}" for name in TERMINAL))
]
"""What is shown, counted or written according to the day, and the whole program."""


def run(day: str, zone: str) -> bool:
    """Runs the suites on `day` in `zone`; whether all passed."""
    print(f"As if it were {day} in {zone}:", flush=True)
    workers = os.environ.get("WORKERS", "5")
    command = [sys.executable, "-m", "pytest", "-n", workers, "--dist", "worksteal", *SUITES]
    surroundings = os.environ | {"COACH_TODAY": day, "TZ": zone}
    return subprocess.run(command, cwd=ROOT, env=surroundings, check=False).returncode == 0


def main(args: list[str]) -> int:
    """Runs them on all days, or on `one`; 1 where something failed."""
    chosen = [DAYS[date.today().toordinal() % len(DAYS)]] if args == ["one"] else DAYS
    failed = [f"{day} in {zone}" for day, zone in chosen if not run(day, zone)]
    if failed:
        print("Failed as if it were " + ", ".join(failed))
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
