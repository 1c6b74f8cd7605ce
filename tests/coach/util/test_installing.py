"""What installs an extra is said for the environment that runs, and names nothing unpublished."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from coach.util.extras import EXTRAS, command_for, install_command, kind_of

ROOT = Path(__file__).parents[3]
NEEDED = ("cryptography>=44",)


def test_the_extras_are_those_of_the_package() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {
        name: tuple(needed)
        for name, needed in extras["optional-dependencies"].items()
        if name != "dev"
    }
    assert declared == EXTRAS


@pytest.mark.parametrize(
    ("kind", "command"),
    [
        ("venv", "/e/bin/python -m pip install 'cryptography>=44'"),
        ("system", "/e/bin/python -m pip install 'cryptography>=44'"),
        ("managed", "/e/bin/python -m pip install --break-system-packages 'cryptography>=44'"),
        ("uv", "uv pip install --python /e/bin/python 'cryptography>=44'"),
        ("pipx", "pipx inject e 'cryptography>=44'"),
    ],
)
def test_each_environment_has_its_command(kind: str, command: str) -> None:
    assert command_for(NEEDED, Path("/e"), "/e/bin/python", kind=kind) == command


def test_an_environment_is_known_by_what_made_it(tmp_path: Path) -> None:
    base = Path("/usr")
    assert kind_of(tmp_path, base) == "venv"
    assert kind_of(tmp_path, tmp_path) in ("system", "managed")
    (tmp_path / "uv-receipt.toml").touch()
    assert kind_of(tmp_path, base) == "uv"
    (tmp_path / "uv-receipt.toml").unlink()
    (tmp_path / "pipx_metadata.json").touch()
    assert kind_of(tmp_path, base) == "pipx"


def test_a_path_with_a_blank_and_an_accent_is_one_word() -> None:
    python = "/home/léa/mes projets/.venv/bin/python"
    command = command_for(NEEDED, Path("/e"), python, kind="venv")
    assert shlex.split(command) == [python, "-m", "pip", "install", "cryptography>=44"]
    on_windows = command_for(NEEDED, Path("C:/e"), "C:\\a b\\python.exe", kind="venv", windows=True)
    assert on_windows == '"C:\\a b\\python.exe" -m pip install "cryptography>=44"'
    plain = command_for(("one",), Path("C:/e"), "C:\\python.exe", kind="venv", windows=True)
    assert plain == "C:\\python.exe -m pip install one"


def test_the_command_here_runs_the_interpreter_that_runs() -> None:
    """Its pip, asked by the shell as a student would, without installing anything."""
    dry = f"{install_command('crypt')} --dry-run --no-index --no-deps --quiet"
    done = subprocess.run(["sh", "-c", dry], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert sys.executable in install_command("crypt")


def test_no_text_tells_to_install_what_nobody_published() -> None:
    texts = [ROOT / "README.md", *ROOT.glob("docs/**/*.md"), *ROOT.glob("data/**/*.*")]
    texts += [*ROOT.glob("coach/**/*.py"), *ROOT.glob("screens/**/*.py")]
    assert len(texts) > 300
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in texts
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"stage[-_]coach", line)
        or re.search(r"(pip|pipx|uv)\b.*\binstall +['\"]?coach\b", line)
    ]
    assert found == []
