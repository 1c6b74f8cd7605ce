"""The shape of the code: no circle of files, no full folder, no long module, few
places that tell one kind of field from another.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from coach.flows.field import Base

ROOT = Path(__file__).parents[2]
FOLDER = 26
"""Modules that a folder holds at most, its `__init__.py` among them."""
LENGTH = 300
"""Lines of a module at most."""

MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for top in ("coach", "screens")
    for path in sorted((ROOT / top).rglob("*.py"))
}


def imported(name: str, source: str, modules: set[str]) -> Iterator[str]:
    """Which of `modules` the module called `name` imports anywhere in its source: at its top,
    inside a function, or for types alone. A package that is imported from counts where what is
    taken from it is no module of its own.
    """
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=aliases):
                yield from modules & {alias.name for alias in aliases}
            case ast.ImportFrom(module=str(base), names=aliases, level=0):
                for alias in aliases:
                    whole = f"{base}.{alias.name}"
                    yield from modules & {whole if whole in modules else base}
            case ast.ImportFrom():
                raise AssertionError(f"{name}:{node.lineno} imports by a relative name")


def circle(sources: dict[str, str]) -> list[str]:
    """The modules of a circle of imports, the first again at the end; none where there is none.

    `sources` maps a module's dotted name to its source.
    """
    names = set(sources)
    graph = {name: {*imported(name, text, names)} - {name} for name, text in sources.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_files_import_each_other_in_a_circle() -> None:
    assert len(MODULES) > 200
    found = circle({name: path.read_text("utf-8") for name, path in MODULES.items()})
    assert not found, " -> ".join(found)


@pytest.mark.parametrize(
    "back",
    [
        "from coach.a import x",
        "from coach import a",
        "import coach.a",
        "def later():\n    from coach.a import x",
        "if TYPE_CHECKING:\n    from coach.a import x",
    ],
)
def test_a_circle_is_seen_wherever_its_imports_stand(back: str) -> None:
    found = circle({"coach": "", "coach.a": "from coach.b import y", "coach.b": back})
    assert set(found) == {"coach.a", "coach.b"}


def test_no_folder_is_too_full_to_read_at_a_glance() -> None:
    count = Counter(path.parent for path in MODULES.values())
    assert not {str(folder): n for folder, n in count.items() if n > FOLDER}


def test_no_module_is_too_long() -> None:
    lines = {name: len(path.read_text("utf-8").splitlines()) for name, path in MODULES.items()}
    assert not {name: n for name, n in lines.items() if n > LENGTH}


def test_few_places_tell_one_kind_of_field_from_another() -> None:
    kinds = {kind.__name__ for kind in Base.__subclasses__()}
    assert len(kinds) == 9
    found = set()
    for name, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "coach.flows.schema":
                found |= {name for alias in node.names if alias.name in kinds}
    assert found == {
        "coach.flows.answer_parsing",
        "coach.flows.remarks",
        "coach.browse.entry_reader",
        "coach.plain.fields",
        "screens.guided.answer_widget",
    }  # and `coach.flows.schema`, where each kind says what it is
