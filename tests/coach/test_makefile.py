"""`make run` on a student's machine: an old Python is told in a sentence, an install says it runs.

Make is real; Python and pip are stand-ins that write down what they were asked.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="there is no make here")

PYTHON = """#!/bin/sh
# `python -c` tells its version; `python -m venv` makes one whose pip writes what it is to install.
if [ "$1" = -c ]; then
    exec "$REAL" -c "import sys; sys.version_info = ($VERSION, 1); exec(sys.argv[1])" "$2"
fi
mkdir -p .venv/bin
cat > .venv/bin/python <<'END'
#!/bin/sh
for last; do :; done
echo "$last" >> pip.log
[ "$last" = . ] || [ -z "$NO_EXTRAS" ]
END
printf '#!/bin/sh\\necho "coach is open"\\n' > .venv/bin/coach
chmod +x .venv/bin/*
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with what `make run` needs, and a Python that installs nothing."""
    folder = tmp_path / "mon été"
    folder.mkdir()
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, folder)
    (folder / "python3").write_text(PYTHON)
    (folder / "python3").chmod(0o755)
    return folder


def run(
    folder: Path, version: str, no_extras: str = "", python: str = "./python3"
) -> subprocess.CompletedProcess[str]:
    """`make run`, with a Python of `version`; `no_extras` where these have no package."""
    told = {"REAL": sys.executable, "VERSION": version, "NO_EXTRAS": no_extras}
    kept = {name: value for name, value in os.environ.items() if "MAKE" not in name}
    return subprocess.run(
        ["make", "run", f"PYTHON={python}"],
        cwd=folder,
        env=kept | told,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("version", ["2, 7", "3, 8", "3, 10"])
def test_an_older_python_is_told_in_a_sentence_and_leaves_nothing(
    checkout: Path, version: str
) -> None:
    done = run(checkout, version)
    assert done.returncode != 0
    assert "Python 3.11 ou plus récent" in done.stderr and "Python 3.11 or newer" in done.stderr
    assert "Traceback" not in done.stderr and not (checkout / ".venv").exists()


def test_no_python_at_all_is_told_too(checkout: Path) -> None:
    done = run(checkout, "3, 12", python="python3-nowhere")
    assert done.returncode != 0 and "make run PYTHON=python3.12" in done.stderr


def test_it_says_what_it_does_and_installs_the_passphrase_and_the_office_files(
    checkout: Path,
) -> None:
    done = run(checkout, "3, 11")
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert [line[:3] for line in said[:2]] == ["1/2", "2/2"] and said[-1] == "coach is open"
    assert (checkout / "pip.log").read_text().splitlines() == [".[crypt,office]"]
    # The second time it opens at once.
    assert run(checkout, "3, 11").stdout.splitlines() == said[2:]


def test_where_an_extra_has_no_package_the_rest_is_installed(checkout: Path) -> None:
    done = run(checkout, "3, 13", no_extras="yes")
    assert done.returncode == 0 and done.stdout.endswith("coach is open\n")
    assert (checkout / "pip.log").read_text().splitlines() == [".[crypt,office]", "."]
