"""Commands in their plainest form skip click, and answer as with it."""

import subprocess
import sys
from pathlib import Path

import pytest
from cli_tools import Cli

from coach.browse.headline import headline
from coach.commands.entry_text import lines
from coach.export.listing import Listed, list_entries
from coach.features.registry import load_content
from coach.flows.heads import read_head
from coach.store.journal import Journal
from coach.util.data_files import data_path
from coach.util.text import clean, clean_line
from coach.util.wording import Wording


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    return Cli(tmp_path / "data")


def ran(
    cli: Cli, *args: str, entry: str = "from coach.cli import main; sys.exit(main())"
) -> object:
    """(exit code, output, errors) of a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {entry}", *args],
        env=cli.surroundings(),
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    "args",
    [
        ["list"],
        ["path"],
        ["review", "Trié", "3 bacs"],
        ["review", "C'est de leur faute"],
        ["review", ""],
        ["show", "{id}"],
        ["show", "zzzz"],
        ["show", ""],
        ["show"],
        ["note"],
        ["note", " "],
        ["review"],
        ["list", "encore"],
        ["path", "encore"],
    ],
)
def test_the_short_way_answers_as_the_long_one(cli: Cli, args: list[str]) -> None:
    cli("note", "Trié 3 bacs")
    args = [one.format(id=cli.entries()[0]["id"]) for one in args]
    longer = "import coach.commands.quick as q; q.run_plainest = lambda args, desk: None; "
    entry = longer + "from coach.cli import main; sys.exit(main())"
    assert ran(cli, *args) == ran(cli, *args, entry=entry)


def test_the_short_way_keeps_a_note_and_says_so(cli: Cli) -> None:
    assert cli("note", "Trié", "3 bacs") == cli("note", "--", "Trié", "4 bacs")
    assert {one["answers"]["text"] for one in cli.entries()} == {"Trié 3 bacs", "Trié 4 bacs"}


def test_a_wrong_language_is_refused_the_short_way_too(cli: Cli) -> None:
    found = ran(
        cli,
        "path",
        entry="import os; os.environ['COACH_LANG'] = 'de'; "
        "from coach.cli import main; sys.exit(main())",
    )
    assert isinstance(found, tuple) and found[0] == 2 and b"COACH_LANG" in found[2]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("args", [["--version"], ["list"], ["path"], ["list", "--json"]])
def test_a_brief_command_tells_that_its_output_could_not_be_written(
    cli: Cli, args: list[str]
) -> None:
    cli("note", "Trié 3 bacs")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "coach", *args],
            env=cli.surroundings(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1 and done.stderr.startswith(b"coach: ")
    assert done.stderr.count(b"\n") == 1


def test_the_head_of_each_flow_is_what_the_whole_file_says() -> None:
    content = load_content()
    names = [path.stem for path in data_path("flows").glob("*.toml")]
    assert len(names) > 15
    for name in names:
        flow, head = content.flow(name), read_head(name)
        assert head is not None
        assert head.title == {"fr": flow.title.fr, "en": flow.title.en}
        assert head.headline == flow.headline
    for odd in ("gone", "", "../wording/cli", "/etc/passwd", "a\0b", "weekly.toml"):
        assert read_head(odd) is None


def test_lines_are_those_of_the_whole_flow(tmp_path: Path) -> None:
    from benchmarks.data import fill

    fill(tmp_path / "filled", 12)
    content = load_content()
    found = list_entries(Journal(tmp_path / "filled"))
    made = lines(found, lambda: content, Wording("cli", "fr"), 400)
    assert len({one.entry.flow for one in found}) > 1
    for line, one in zip(made, found, strict=True):
        assert line.startswith(one.entry.date)
        assert content.flow(one.entry.flow).title.fr in line
        assert clean_line(headline(one.entry, content, 400)) in line


def test_text_without_anything_to_obey_is_left_alone() -> None:
    for number in range(0x110000):
        letter = chr(number)
        if letter.isprintable():
            assert clean(letter) == letter
    assert clean("a\x1b[31mé\u202e\ufeffb") == "aéb"
    assert clean_line(" a\u00a0é\t\n b\u2028c ") == "a é b c"


def test_a_line_of_one_flow_that_is_gone_shows_its_name(tmp_path: Path) -> None:
    from benchmarks.data import fill

    fill(tmp_path / "filled", 3)
    one = list_entries(Journal(tmp_path / "filled"))[0]
    one.entry.flow = "gone"
    assert "gone" in lines([Listed(one.entry)], load_content, Wording("cli", "fr"), 80)[0]
