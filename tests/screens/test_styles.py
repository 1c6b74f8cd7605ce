"""The styles of the screens, apart from what they look like."""

import re
from importlib import import_module
from pathlib import Path

from textual.app import App
from textual.dom import DOMNode

import screens

ROOT = Path(screens.__file__).parent
OURS = sorted(path for path in ROOT.rglob("*.py") if path.name != "__init__.py")
BLOCK = re.compile(r'CSS = """(.*?)"""', re.DOTALL)
TYPE = re.compile(r"(?<![\w.#$:-])[A-Z]\w+")
"""A selector of a widget by its class."""


def every_class() -> set[str]:
    """The names of all widgets, screens and apps, Textual's own included."""
    for path in OURS:
        import_module(".".join(("screens", *path.relative_to(ROOT).with_suffix("").parts)))
    names, left = {App.__name__}, [DOMNode]
    while left:
        left += (found := left.pop()).__subclasses__()
        names.add(found.__name__)
    return names


def test_every_class_that_a_style_names_is_there() -> None:
    known = every_class()
    styles = [(path, path.read_text(encoding="utf-8")) for path in ROOT.rglob("*.tcss")]
    styles += [(path, css) for path in OURS for css in BLOCK.findall(path.read_text("utf-8"))]
    assert len(styles) > 20
    for path, css in styles:
        bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
        for selector in re.findall(r"([^{};]+)\{", bare):
            assert set(TYPE.findall(selector)) <= known, path
