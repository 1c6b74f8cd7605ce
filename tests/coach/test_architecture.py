"""What the pages for contributors name is there, and the ways are walked as the page says."""

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from cli_tools import Cli
from making import entry_of

from coach.store.journal import Journal

ROOT = next(one for one in Path(__file__).parents if (one / "pyproject.toml").exists())
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PAGES = ("CONTRIBUTING.md", "README.md", *(f"docs/{one.name}" for one in ROOT.glob("docs/*.md")))
NAME = re.compile(r"`((?:coach|screens)(?:\.\w+)+)`")
FILE = re.compile(r"`((?:coach|screens|data|docs|tests|benchmarks)/[^`*{ ]*)`")
ROOMS = sorted(
    one.parent.relative_to(ROOT).as_posix()
    for top in ("coach", "screens")
    for one in ROOT.glob(f"{top}/**/__init__.py")
)
CROSSES = {"letter": 12, ".docx": 14, "key press": 6}
"""The ways, by a word of their title → files that each crosses."""


def way(word: str) -> str:
    """The section of the page whose title has `word`."""
    return next(one for one in PAGE.split("\n## ") if word in one.partition("\n")[0])


def steps(word: str) -> list[list[str]]:
    """The numbered names of a way, one list for each run of numbers between sentences."""
    runs: list[list[str]] = [[]]
    for block in way(word).split("\n\n"):
        if re.match(r"\d+\. ", block):
            listed = re.sub(r"\(in the app:[^)]*\)", "", block)
            runs.append(NAME.findall(listed))
    return [run for run in runs if run]


def resolve(name: str) -> Any:
    """The module, class or function of that dotted name; raises where there is none."""
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found: Any = import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            found = getattr(found, part)
        return found
    raise ModuleNotFoundError(name)


def module_of(name: str) -> str:
    return str(resolve(name).__module__)


@pytest.mark.parametrize("page", PAGES)
def test_every_module_function_and_file_that_a_page_names_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for name in NAME.findall(text):
        resolve(name)
    for path in FILE.findall(text):
        if not re.search("[A-Z]{2}", path):  # NAME stands for any
            assert (ROOT / path).exists(), path


@pytest.mark.parametrize("word", CROSSES)
def test_a_way_crosses_as_many_files_as_the_page_says_and_never_turns_back(word: str) -> None:
    assert len({module_of(name) for run in steps(word) for name in run}) == CROSSES[word]
    assert f"This crosses {CROSSES[word]} files" in way(word)
    for run in steps(word):
        modules = [module_of(name) for name in run]
        assert len(run) > 1
        for number, module in enumerate(modules):
            assert module == modules[number - 1] or module not in modules[:number], module


def called(names: list[str], how: Any) -> Iterator[str]:
    """Those of `names` that `how` calls, in the order of their first calls."""
    wanted = {resolve(name).__code__: name for name in names}
    found: list[str] = []

    def note(frame: Any, event: str, arg: object) -> None:
        name = wanted.get(frame.f_code) if event == "call" else None
        if name and name not in found:
            found.append(name)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        how()
    finally:
        sys.setprofile(before)
    yield from found


def test_a_docx_is_made_by_the_steps_of_the_page_in_their_order(tmp_path: Path) -> None:
    pytest.importorskip("docx")
    Journal(tmp_path).save(entry_of("reframe", answers={"place": "Atelier", "story": "Trié."}))
    cli = Cli(tmp_path)
    target = str(tmp_path / "story.docx")
    names = [name for run in steps(".docx") for name in run]
    assert list(called(names, lambda: cli("document", "story", target))) == names


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_it_holds_and_names_only_its_own_modules(room: str) -> None:
    said = (ROOT / room / "__init__.py").read_text(encoding="utf-8")
    assert re.match(r'"""[^\n]{20,}', said)
    for named in re.findall(r"^- `(\w+)`:", said, re.MULTILINE):
        assert (ROOT / room / f"{named}.py").exists(), named
