"""What completes a command line, as each shell asks for it."""

import shlex
from pathlib import Path

import pytest
from cli_tools import Cli


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    return Cli(tmp_path / "data")


def completed(cli: Cli, shell: str, *words: str, begun: str = "", **env: str) -> str:
    """What `coach` answers to `shell`, which asks what completes `begun` after `words`."""
    line = shlex.join(["coach", *words]) + " " + begun
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) + 1), "_COACH_COMPLETE": shell}
    if shell.startswith("fish"):
        asked["COMP_CWORD"] = begun
    process = cli.process(env=asked | env)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
    return out.decode()


def test_each_shell_gets_its_script_and_its_answers(cli: Cli) -> None:
    for shell, begins, answer in (
        ("bash", "_coach_completion()", "plain,reframe"),
        ("zsh", "#compdef coach", "plain\nreframe\n"),
        ("fish", "function _coach_completion", "reframe"),
    ):
        assert completed(cli, f"{shell}_source").startswith(begins)
        assert answer in completed(cli, f"{shell}_complete", begun="ref")


def test_completion_opens_nothing_and_asks_for_no_passphrase(cli: Cli) -> None:
    cli.data.mkdir()
    (cli.data / "journal.key").write_bytes(b"locked")
    assert "plain,list" in completed(cli, "bash_complete", begun="li")
    assert completed(cli, "bash_complete", "document", begun="c") == "plain,cv\n"
    assert "plain,note" in completed(cli, "bash_complete", begun="no", COACH_LANG="xx")
    assert [path.name for path in cli.data.iterdir()] == ["journal.key"]


def test_a_school_s_own_session_is_completed_too(cli: Cli) -> None:
    (cli.data / "flows").mkdir(parents=True)
    (cli.data / "flows" / "casse.toml").write_text("steps = 3")
    assert completed(cli, "bash_complete", begun="cas") == "plain,casse\n"
