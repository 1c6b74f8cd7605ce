"""What stands between the start and the first paint: as few imports as can be.

Each case has a process of its own; `test_imports` does the same for the commands.
"""

import subprocess
import sys
from pathlib import Path

LATER = {
    *("babel", "click", "dateutil", "filelock", "jinja2", "markdown_it", "msgspec", "tinydb"),
    *(
        "tomlkit",
        "coach.flows.content",
        "coach.store.entries",
        "coach.store.journal",
        "coach.flows.session",
    ),
    *("coach.disk.keyring", "cryptography"),
    *("screens.browse.browse", "screens.guided.guided", "screens.home.overview"),
}
"""What the first paint does without, for it would wait for it."""


def imported(code: str, folder: Path) -> set[str]:
    """The modules that `code` leaves imported, with `folder` for the journal."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"],
        env={"COACH_DATA_DIR": str(folder), "COACH_LANG": "fr", "PYTHONUTF8": "1"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(done.stdout.split())


def test_the_app_can_paint_before_it_reads_a_journal(tmp_path: Path) -> None:
    code = "from coach.disk.locations import find_data_folder\nfrom screens.app import CoachApp"
    found = imported(f"{code}\nCoachApp(find_data_folder(), lang='fr')", tmp_path)
    assert "textual" in found
    assert not found & LATER


def test_opening_the_app_parses_no_command_line(tmp_path: Path) -> None:
    code = (
        "from coach import cli\nfrom coach.commands import open_app\n"
        "open_app.open_app = lambda desk, start: 0\nassert cli.main([]) == 0"
    )
    found = imported(code, tmp_path)
    assert "coach.commands.invocation" in found
    assert not found & (LATER | {"textual", "coach.commands.group"})


def test_the_quickest_answer_loads_no_textual(tmp_path: Path) -> None:
    found = imported("from coach.cli import main\nassert main(['--version']) == 0", tmp_path)
    assert not found & {"textual", "rich", "screens", *LATER - {"click"}}
