"""What is given wrongly: one clear sentence, the right exit code, nothing lost, no traceback."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from terminal_support import COACH, PATIENCE, Terminal, environment, listed, run

Start = Callable[..., Terminal]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--lang", "de", "list"], "« de »"),
        (["list", "--since", "truc"], "« truc »"),
        (["list", "--until", "2026-13-45"], "« 2026-13-45 »"),
        (["weekly", "--week", "hier", "--plain"], "« hier »"),
        (["nulle-part"], "« nulle-part »"),
    ],
    ids=lambda value: value[-1] if isinstance(value, list) else "",
)
def test_a_wrong_word_is_told_with_exit_2(arguments: list[str], named: str, data: Path) -> None:
    done = run(*arguments, data=data)
    told = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b"")
    assert told.startswith("coach: ") and told.count("\n") == 1 and named in told
    assert not data.exists()


def test_an_unknown_language_in_the_environment_is_told_in_the_terminal(
    start: Start, data: Path
) -> None:
    coach = start(COACH_LANG="klingon")
    assert coach.wait_exit() == 2
    assert coach.shows("COACH_LANG : « klingon »")
    coach.check_left_sane()


# Folders


def _told(done: subprocess.CompletedProcess[bytes], *words: str) -> None:
    told = done.stderr.decode()
    assert done.returncode == 1
    assert told.count("\n") == 1 and all(word in told for word in words), told


def test_a_data_folder_that_is_a_file_is_told_and_stays_as_it_is(start: Start, data: Path) -> None:
    data.write_text("ma liste de courses")
    for arguments in (["list"], ["note", "Tri"], ["weekly", "--plain"], ["show", "abc"]):
        _told(run(*arguments, data=data), "est un fichier, pas un dossier", str(data))
    coach = start("weekly")
    coach.wait_for("est un fichier, pas un dossier", "^q Quitter")
    coach.send("b")
    coach.wait_for("Chercher dans tout")
    coach.quit()
    assert data.read_text() == "ma liste de courses"


def test_a_file_in_the_way_of_the_drafts_is_told(start: Start, data: Path) -> None:
    assert run("note", "Tri des bacs", data=data).returncode == 0
    (data / "drafts").write_text("")
    _told(run("weekly", "--plain", data=data, given="1\n"), "drafts est un fichier")
    coach = start("weekly")
    coach.wait_for("--data-dir", "Tri des bacs")  # the sentence's end: its path may break anywhere
    coach.quit()
    assert len(listed(data)) == 1


@pytest.fixture
def frozen(tmp_path: Path) -> Iterator[Path]:
    """A disk that cannot be written to."""
    place = tmp_path / "frozen"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(place)]
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        # A user's folder without the right to write does as well; root writes there all the same.
        place.chmod(0o500)
        yield place
        place.chmod(0o700)
        return
    done = subprocess.run(mount, capture_output=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"no disk may be mounted here: {done.stderr.decode().strip()}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.parametrize("below", [".", "deep/below"])
def test_a_folder_that_cannot_be_written_is_told(below: str, start: Start, frozen: Path) -> None:
    data = frozen / below
    _told(run("note", "Tri", data=data), "Impossible d'enregistrer", str(frozen))
    _told(run("weekly", "--plain", data=data, given="1\n"), "Impossible d'enregistrer")
    assert listed(data) == []
    coach = start("weekly", data=data)
    coach.wait_for("Impossible d'enregistrer", "Bonjour · Hello")
    coach.send_keys("escape")
    coach.wait_for("Mes preuves")
    coach.quit()


# Files a student edits


def test_broken_settings_are_told_and_done_without(start: Start, data: Path) -> None:
    data.mkdir()
    settings = data / "settings.toml"
    settings.write_text('theme = "coach-light"\nkeys = [\n')
    done = run("note", "Tri des bacs", data=data)
    assert done.returncode == 0
    assert "réglages" in done.stderr.decode() and str(settings) in done.stderr.decode()
    coach = start()
    coach.wait_for("Le fichier de réglages", "Tri des bacs")
    coach.quit()
    assert settings.read_text() == 'theme = "coach-light"\nkeys = [\n'


def test_a_broken_session_of_ones_own_is_told_and_the_others_work(start: Start, data: Path) -> None:
    flows = data / "flows"
    flows.mkdir(parents=True)
    (flows / "ecole.toml").write_text('id = "ecole"\nversion = 1\ncouleur = "vert"\n')
    (flows / "illisible.toml").write_text("id = [\n")
    for name in ("ecole", "illisible"):
        _told(run(name, "--plain", data=data), f"{name}.toml")
        coach = start(name, size=(200, 24))
        assert coach.wait_exit() == 1
        assert coach.shows(f"{name}.toml")
    assert b"weekly" in run("--help", data=data).stdout
    assert run("note", "Tri des bacs", data=data).returncode == 0
    coach = start()
    coach.wait_for("Séances de mon école", "Tri des bacs")
    coach.send("o")
    coach.wait_for("ecole.toml", "illisible.toml")
    coach.send_keys("escape")
    coach.wait_for("Mes preuves")
    coach.quit()


# Outputs that close


def _shell(line: str, data: Path) -> subprocess.CompletedProcess[bytes]:
    """What `line` gives in a shell, `$COACH` being the command; the exit code of its first part."""
    done = subprocess.run(
        ["bash", "-c", f"{line}; exit ${{PIPESTATUS[0]}}"],
        env=environment(data, COACH=str(COACH)),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert b"Traceback" not in done.stderr and b"Exception" not in done.stderr
    return done


def test_whoever_reads_one_line_only_gets_it_and_no_complaint(data: Path) -> None:
    done = _shell('"$COACH" --demo list | head -1', data)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"\n") == 1
    done = _shell('"$COACH" --demo list --json | true', data)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_closed_output_or_input_loses_nothing(data: Path) -> None:
    assert _shell('"$COACH" note "Tri des bacs" >&-', data).returncode == 0
    assert _shell('"$COACH" list >&-', data).returncode == 0
    assert _shell('"$COACH" list 2>&-', data).stdout.count(b"Tri des bacs") == 1
    done = _shell('"$COACH" weekly --plain <&-', data)
    assert done.returncode == 1 and done.stderr.count(b"\n") == 1
    done = _shell('printf "1\\n4\\n" | "$COACH" weekly --plain >&-; exit ${PIPESTATUS[1]}', data)
    assert done.returncode == 1
    assert [one["answers"].get("energy") for one in listed(data, "--flow", "weekly")] == [4]
    # The app says that it needs a terminal, and what to do.
    done = _shell('"$COACH" weekly </dev/null', data)
    assert done.returncode == 1 and b"--plain" in done.stderr
