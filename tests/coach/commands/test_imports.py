"""What each command loads, seen in a fresh process: most must start quickly."""

import subprocess
import sys
from importlib.util import find_spec
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
RARE = (
    *("babel", "dateutil", "tinydb", "filelock", "click"),
    *("coach.language.nudges", "coach.flows.content", "coach.flows.session", "coach.flows.schema"),
    *("coach.features.registry", "coach.browse.entry_reader", "coach.store.journal"),
)

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


JOURNAL = ("coach.store.journal",)
CONTENT = (
    *("coach.flows.content", "coach.flows.session", "coach.flows.schema"),
    *("coach.features.registry", "coach.browse.entry_reader"),
)
SHOWN = (*JOURNAL, *CONTENT, "babel")
WRITTEN = (*JOURNAL, "tinydb", "filelock")


@pytest.mark.parametrize(
    ("args", "most", "allowed"),
    [
        (["--version"], 2, ()),
        (["path"], 18, ()),
        (["list"], 49, JOURNAL),
        (["list", "--json"], 47, (*JOURNAL, "click")),
        (["list", "--json", "--since", "2026-01-01"], 48, (*JOURNAL, "click")),
        (["note", "Encore"], 49, WRITTEN),
        (["review", "Un mot"], 24, ("coach.language.nudges",)),
        (["show", "--json", ""], 47, (*JOURNAL, "click")),
        (["show", ""], 80, SHOWN),
        (["export", "{}/x.json"], 0, (*JOURNAL, "click")),
        (["export", "{}/x.csv"], 0, (*JOURNAL, "click")),
        (["export", "{}/x.html"], 0, (*SHOWN, "click")),
        (["import", "{}/x.json"], 0, (*WRITTEN, *CONTENT, "click")),
    ],
)
def test_a_command_loads_what_it_needs_and_no_more(
    cli: Cli, args: list[str], most: int, allowed: tuple[str, ...], tmp_path: Path
) -> None:
    """`most` is how many modules of ours it may load, packages counted; 0 where it may be slow."""
    if args[0] == "import":
        cli("export", f"{tmp_path}/x.json")
    entry = cli.entries()[0]["id"]
    modules = loaded(cli, *[arg.format(tmp_path) or entry for arg in args])
    barred = {*HEAVY, *RARE} - set(allowed)
    assert not barred & modules
    ours = sorted(name for name in modules if name.partition(".")[0] in ("coach", "screens"))
    assert not most or len(ours) <= most, ours


@pytest.mark.parametrize("name", [*HEAVY, *RARE])
def test_each_module_that_is_barred_exists(name: str) -> None:
    assert find_spec(name) is not None
