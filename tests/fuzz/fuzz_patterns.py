"""Every regular expression of the program, and texts that are bad for each."""

import ast
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from coach.language.sentences import _rules
from coach.language.tokenizer import _pattern
from coach.util.wording import LANGUAGES, Wording, _area

ROOT = Path(__file__).parents[2]
_CALLS = {"compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}
LOOKING = frozenset({"search"})
_PIECES = [
    *(" ", "\n", "\t", "\u00a0", "a", "A", "é", "1", "0", ".", ",", "'", "-", "_", "(", ")", "«"),
    *('"', "…", "=", "<", ">", "/", "\\", "#", "|", "*", "[", "{", "{a", "\x1b", "\x1b[", "\x1b]"),
    *(
        "a ",
        "1 ",
        "a'",
        "1.",
        "1,",
        "1 0",
        "a-",
        "A.",
        "M. ",
        "e.g. ",
        "http://",
        "www.",
        " ,",
        ". ",
    ),
    *(
        "\x1b[0",
        "\x1b]a",
        "\n ",
        " \n",
        "\r\n",
        "=> ",
        "a=",
        "é ",
        "<<<<<<< ",
        '"1":{',
        "12/",
        "1h",
    ),
    *("\ud800", "\\ud800", "a\n", "« a", "que ", "j'ai ", "I ", "to ", "de la "),
]


class Used(NamedTuple):
    """A pattern, where it stands, and how the program looks with it."""

    where: str
    pattern: re.Pattern[str]
    how: frozenset[str]


def patterns() -> Iterator[Used]:
    """Each pattern for text, in the sources and in the rules of the data."""
    for folder in ("coach", "screens"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from _written(path)
    yield Used("coach/language/tokenizer.py", _pattern(), frozenset({"finditer"}))
    for lang in LANGUAGES:
        words = Wording("drafting", lang)
        for key in _area("drafting"):
            form = _area("drafting")[key][lang]
            if isinstance(form, str) and "=> " in form and words.has(key):
                for number, (pattern, _) in enumerate(_rules(key, lang), 1):
                    yield Used(f"drafting.toml {key} {lang} {number}", pattern, LOOKING)


def _written(path: Path) -> Iterator[Used]:
    source = path.read_text("utf-8")
    tree = ast.parse(source)
    names = {
        id(node.value): next(one.id for one in ast.walk(node) if isinstance(one, ast.Name))
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
    }
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner, how = node.func.value, node.func.attr
        if not (isinstance(owner, ast.Name) and owner.id == "re" and how in _CALLS):
            continue
        try:
            written = ast.literal_eval(node.args[0])
        except ValueError:
            continue  # put together at run time: the rules above, or escaped words
        flags = 0
        for part in ast.walk(node):
            if isinstance(part, ast.Attribute) and part.attr.isupper():
                flags |= getattr(re, part.attr, 0)
        if isinstance(written, bytes):
            written = written.decode("latin-1")
        ways = {how}
        if how == "compile":
            name = names.get(id(node), "-")
            ways = set(re.findall(rf"\b{name}\.(\w+)\(", source)) & _CALLS or set(LOOKING)
        where = f"{path.relative_to(ROOT)}:{node.lineno}"
        yield Used(where, re.compile(written, flags), frozenset(ways))


def bad_texts(pattern: re.Pattern[str], size: int) -> Iterator[str]:
    """Texts of about `size` characters that repeat something and then end otherwise."""
    words = re.findall(r"[^\W\d_]{2,12}", pattern.pattern)[:6]
    for piece in dict.fromkeys([*_PIECES, *words, *(f"{word} " for word in words)]):
        repeated = piece * (size // len(piece))
        yield repeated
        yield f"{repeated}\x00"
        yield f"a{repeated}b\n"


def seconds(used: Used, text: str) -> float:
    """How long it takes to look through `text` as the program does."""
    begun = time.perf_counter()
    for way in ("match", "fullmatch"):
        if way in used.how:
            getattr(used.pattern, way)(text)
    if used.how - {"match", "fullmatch"}:
        for _ in used.pattern.finditer(text):
            pass
    return time.perf_counter() - begun
