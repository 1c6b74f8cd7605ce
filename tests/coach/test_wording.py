"""Every sentence there is, in both languages; every sentence that is asked for, there."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from coach.util.data_files import data_path, read_toml
from coach.util.wording import LANGUAGES, Wording

ROOT = Path(__file__).parents[2]
AREAS = sorted(path.stem for path in data_path("wording").glob("*.toml"))
SAID = [area for area in AREAS if area != "drafting"]
"""What is shown as it stands; `drafting` holds the joints of sentences and is tested with them."""
NAME = re.compile(r"\{([a-z_][a-z0-9_.]*)\}")


@cache
def texts_of(area: str) -> dict[str, Any]:
    return read_toml(data_path("wording", f"{area}.toml"))


def keys(areas: list[str] = AREAS) -> list[tuple[str, str]]:
    return [(area, key) for area in areas for key in texts_of(area)]


def forms(area: str, key: str, lang: str) -> list[str]:
    """The text, or its singular and plural."""
    form: Any = texts_of(area)[key][lang]
    return form if isinstance(form, list) else [form]


def test_every_sentence_is_in_both_languages() -> None:
    for area in AREAS:
        for key, texts in texts_of(area).items():
            assert list(texts) == list(LANGUAGES), f"{area}: {key}"
            for lang in LANGUAGES:
                found = forms(area, key, lang)
                assert len(found) in (1, 2), f"{area}: {key}.{lang}"
                assert all(isinstance(one, str) for one in found), f"{area}: {key}"
                assert area not in SAID or all(map(str.strip, found)), f"{area}: {key}"


def test_both_languages_name_the_same_things() -> None:
    for area, key in keys(SAID):
        named = [
            set().union(*(NAME.findall(one) for one in forms(area, key, lang))) - {"n"}
            for lang in LANGUAGES
        ]
        assert named[0] == named[1], f"{area}: {key}"


def test_no_sentence_shouts_or_smiles() -> None:
    for area, key in keys(SAID):
        for lang in LANGUAGES:
            for one in forms(area, key, lang):
                assert "!" not in one, f"{area}: {key}"
                assert not re.search("[\U0001f300-\U0001faff]", one), f"{area}: {key}"
                assert "’" not in one, f"{area}: {key}"


# What the code asks for


def sources() -> Iterator[Path]:
    for folder in ("coach", "screens"):
        yield from (ROOT / folder).rglob("*.py")


def areas_made(tree: ast.AST) -> dict[str, str]:
    """Names bound to `Wording("area", …)` in a module: `say` or `self.words` → area."""
    made: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Call):
            call = node.value
            if isinstance(call.func, ast.Name) and call.func.id == "Wording" and call.args:
                area = call.args[0]
                if isinstance(area, ast.Constant):
                    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                    made |= {ast.unparse(target): str(area.value) for target in targets}
    return made


def asked(node: ast.expr) -> list[str]:
    """The keys that the first argument of a call may be, as regular expressions."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [re.escape(node.value)]
    if isinstance(node, ast.JoinedStr):
        parts = [
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"
            for part in node.values
        ]
        return ["".join(parts)]
    if isinstance(node, ast.IfExp):
        return [*asked(node.body), *asked(node.orelse)]
    return []


Made = dict[str, str]


def scoped(node: ast.AST, made: Made) -> Iterator[tuple[Made, ast.AST]]:
    """Each node with the names that are bound around it, its own function's first."""
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        made = made | areas_made(node)
    yield made, node
    for child in ast.iter_child_nodes(node):
        yield from scoped(child, made)


def calls(path: Path) -> Iterator[tuple[str, str]]:
    """(area, key as a regular expression) of each text that a module asks for by a literal."""
    tree = ast.parse(path.read_text("utf-8"))
    inherited = {"self.words", "words", "say"}
    for made, node in scoped(tree, {}):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        func = node.func
        if isinstance(func, ast.Attribute) and func.attr in ("count", "lines"):
            func = func.value
        if isinstance(func, ast.Call):
            direct = func
            if isinstance(direct.func, ast.Name) and direct.func.id == "Wording" and direct.args:
                area = direct.args[0]
                if isinstance(area, ast.Constant):
                    yield from ((str(area.value), key) for key in asked(node.args[0]))
            continue
        name = ast.unparse(func)
        if name in made:
            yield from ((made[name], key) for key in asked(node.args[0]))
        elif name in inherited:
            yield from (("", key) for key in asked(node.args[0]))


@cache
def all_asked() -> list[tuple[Path, str, str]]:
    """(file, area, key) of each text that the code asks for."""
    return sorted({(path, area, key) for path in sources() for area, key in calls(path)})


def test_the_scan_finds_what_the_code_asks_for() -> None:
    assert len(all_asked()) > 100
    assert any(area == "guided" and key == "redraft" for _, area, key in all_asked())


def test_every_sentence_that_the_code_asks_for_is_there() -> None:
    missing = []
    for path, area, key in all_asked():
        there = [name for one, name in keys() if not area or one == area]
        if not any(re.fullmatch(key, name) for name in there):
            missing.append(f"{path.relative_to(ROOT)}: {area or 'any area'}: {key}")
    assert missing == []


def bindings() -> Iterator[tuple[str, str]]:
    """(file, id) of each command bound with `key("id", …)`."""
    for path in (ROOT / "screens").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "key"
            ):
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    yield path.name, str(first.value)


def test_every_command_has_a_name_and_a_tooltip_in_both_languages() -> None:
    found = sorted(set(bindings()))
    assert len(found) > 20
    for lang in LANGUAGES:
        say = Wording("keys", lang)
        missing = [one for one in found if not (say.has(one[1]) and say.has(f"{one[1]}.tip"))]
        assert missing == []


def test_every_error_of_the_journal_has_its_sentence() -> None:
    say = Wording("errors", "fr")
    raised = set()
    for path in (ROOT / "coach").rglob("*.py"):
        raised |= set(re.findall(r'JournalError\(\s*"(\w+)"', path.read_text("utf-8")))
    assert {"disk_full", "locked", "newer"} & raised
    from coach.disk.errors import _KEYS

    wanted = raised | set(_KEYS.values()) | {"failed", "not_writable", "not_readable", "draft_open"}
    assert sorted(key for key in wanted if not say.has(key)) == []


def test_every_answer_that_cannot_be_has_its_sentence() -> None:
    text = (ROOT / "coach" / "flows" / "answer_parsing.py").read_text("utf-8")
    raised = set(re.findall(r'Invalid\("(\w+)"', text))
    assert raised >= {"scale", "choice", "date", "number"}
    assert all(Wording("errors", "fr").has(key) for key in raised)


def test_all_that_can_happen_on_opening_has_its_sentence() -> None:
    told = set()
    for path in (ROOT / "coach").rglob("*.py"):
        told |= set(re.findall(r'Notice\(\s*"(\w+)"', path.read_text("utf-8")))
    assert {"recovered", "both_kept"} <= told
    assert all(Wording("errors", "fr").has(f"notice.{key}") for key in told)


# How a text is chosen


@pytest.mark.parametrize(
    ("lang", "n", "said"),
    [
        ("fr", 0, "0 mot, environ 0 s à l'oral"),
        ("fr", 1, "1 mot, environ 0 s à l'oral"),
        ("fr", 2, "2 mots, environ 0 s à l'oral"),
        ("en", 0, "0 words, about 0 s aloud"),
        ("en", 1, "1 word, about 0 s aloud"),
        ("en", 2, "2 words, about 0 s aloud"),
    ],
)
def test_each_language_counts_its_own_way(lang: str, n: int, said: str) -> None:
    assert Wording("guided", lang)("spoken", n=n, seconds=0) == said
    assert Wording("guided", lang).count("spoken", n, seconds=0) == said


def test_what_a_value_holds_is_never_read_as_a_template() -> None:
    say = Wording("guided", "fr")
    assert say("top.week", title="{week}", week="{title}") == "{week} · semaine {title}"


def test_an_unknown_key_is_an_error() -> None:
    say = Wording("guided", "fr")
    assert not say.has("nowhere")
    with pytest.raises(KeyError):
        say("nowhere")
    assert Wording("home", "fr").lines("day") == ["Bonjour."]
