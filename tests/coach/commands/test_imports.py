"""What each command loads, seen in a fresh process: most must start quickly."""

import subprocess
import sys
from pathlib import Path

import pytest
from cli_tools import Cli

HEAVY = (
    "textual",
    "rich",
    "screens",
    "markdown_it",
    "jinja2",
    "hypothesis",
    "tomlkit",
    "cryptography",
)
RARE = ("babel", "dateutil", "tinydb", "filelock", "coach.language.nudges", "coach.flows.content")

PROBE = """
import sys
from coach.cli import main
code = main(sys.argv[1:])
sys.stderr.write(" ".join(sorted(sys.modules)))
sys.exit(code)
"""


def loaded(cli: Cli, *args: str) -> set[str]:
    """The modules loaded once `coach` with `args` is done."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *args],
        env=cli.surroundings(),
        capture_output=True,
        check=True,
    )
    return set(done.stderr.decode().splitlines()[-1].split())


@pytest.fixture(scope="module")
def cli(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    cli = Cli(tmp_path_factory.mktemp("imports") / "data")
    cli("note", "Trié 3 bacs")
    return cli


@pytest.mark.parametrize(
    ("args", "allowed"),
    [
        (["--version"], ()),
        (["path"], ()),
        (["list", "--json"], ()),
        (["list", "--json", "--since", "2026-01-01"], ()),
        (["list"], ("coach.flows.content",)),
        (["note", "Encore"], ("tinydb", "filelock")),
        (["review", "Un mot"], ("coach.language.nudges",)),
        (["show", "--json", ""], ()),
        (["export", "{}/x.json"], ()),
        (["export", "{}/x.csv"], ()),
        (["export", "{}/x.html"], ("coach.flows.content", "babel")),
        (["import", "{}/x.json"], ("coach.flows.content", "tinydb", "filelock")),
    ],
)
def test_a_command_loads_what_it_needs_and_no_more(
    cli: Cli, args: list[str], allowed: tuple[str, ...], tmp_path: Path
) -> None:
    if args[0] == "import":
        cli("export", f"{tmp_path}/x.json")
    entry = cli.entries()[0]["id"]
    modules = loaded(cli, *[arg.format(tmp_path) or entry for arg in args])
    barred = {*HEAVY, *RARE} - set(allowed)
    assert not barred & modules
