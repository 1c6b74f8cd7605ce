"""Frameworks: lists of the competencies that a school, a certification or ESCO expects.

Reads the forms of `docs/framework.md`: TOML, CSV (those of ESCO as published among them), or one
competency a line. An entry stores it as text, a line for each competency with its other names, so
that it can be read, searched and exported like any entry.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from coach.store.answers import rows_of, text_of
from coach.util.text import clean_line, fold

if TYPE_CHECKING:
    from coach.store.entries import Entry

FLOW = "framework"
"""The flow of an entry that keeps one: answers `name`, `competencies` (text), `links` (rows)."""
LARGEST = 60_000_000
"""The largest file in bytes: ESCO's list of all skills has about a tenth of that."""
ALSO = 24
"""Other names kept of one competency at most: ESCO gives some forty ways to say the same."""
MANY = 2000
"""Competencies from which a list is long: fewer other names are kept of each then."""
ALSO_OF_MANY = 8
LABELS = ("preferredlabel", "label", "libelle", "intitule", "competence", "competency", "skill")
"""What the column of names may be called, folded."""
OTHERS = ("altlabels", "also", "synonymes", "synonyms", "autres noms", "other names")
GROUPS = ("group", "groupe", "bloc", "block", "domaine", "domain")
_BULLET = re.compile(r"^\s*(?:[-*•–—]|\d{1,3}[.)])\s+")
_SPLIT = re.compile(r"[|\n\r]")


class Unreadable(ValueError):
    """A file that holds no competencies; `key` names the sentence that says why."""

    def __init__(self, key: str, why: str = "") -> None:
        super().__init__(key)
        self.key = key
        self.why = why


class Competency(NamedTuple):
    """A competency: its label, its other names, the part of the list it is in."""

    label: str
    also: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True)
class Framework:
    """A framework as it is kept; `links` are those that the student made: label → skills."""

    name: str
    competencies: list[Competency]
    links: dict[str, list[str]] = field(default_factory=dict)
    entry_id: str = ""

    @cached_property
    def index(self) -> dict[str, list[int]]:
        """Folded name (preferred or other) → numbers of the competencies that have it."""
        found: dict[str, list[int]] = {}
        for number, one in enumerate(self.competencies):
            for name in (one.label, *one.also):
                places = found.setdefault(fold(name), [])
                if number not in places:
                    places.append(number)
        return found

    @cached_property
    def stems(self) -> dict[frozenset[str], list[int]]:
        """The same by the beginnings of its words, where there are two or more (see `stems`); of
        a long list by preferred names alone.
        """
        found: dict[frozenset[str], list[int]] = {}
        for number, one in enumerate(self.competencies):
            for name in (one.label, *(one.also if len(self.competencies) < MANY else ())):
                if key := stems(fold(name)):
                    places = found.setdefault(key, [])
                    if number not in places:
                        places.append(number)
        return found

    @cached_property
    def names(self) -> list[str]:
        """Every name, preferred ones first: what a student may be offered while typing."""
        also = (name for one in self.competencies for name in one.also)
        return [*(one.label for one in self.competencies), *also]


def stems(folded: str) -> frozenset[str]:
    """The beginnings of the long words of a name, empty where there are fewer than two: those of
    'travail en équipe' and 'travailler en équipe' are the same.
    """
    found = frozenset(word[:5] for word in re.findall(r"[^\W_]+", folded) if len(word) > 3)
    return found if len(found) > 1 else frozenset()


# Reading files


def read_file(data: bytes, filename: str, lang: str) -> tuple[str, list[Competency]]:
    """(name, competencies) of a file's content; raises Unreadable.

    The name is the one that a TOML file gives, else that of the file.
    """
    if len(data) > LARGEST:
        raise Unreadable("large")
    text = _decoded(data)
    path = PurePath(filename)
    form = {".toml": "toml", ".csv": "csv", ".tsv": "csv"}.get(path.suffix.lower(), "")
    name, found = _read(text, lang, form)
    if not found:
        raise Unreadable("empty")
    return clean_line(name or path.stem.replace("_", " ")), found


def _decoded(data: bytes) -> str:
    for encoding in (
        ("utf-8-sig", "utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",)
    ):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", "replace")


def _read(text: str, lang: str, form: str = "") -> tuple[str, list[Competency]]:
    """What `text` holds, in the form that is named or that it looks like."""
    if form == "toml" or (not form and re.search(r"^[ \t]*\[\[compet", text, re.M)):
        return _toml(text, lang)
    rows = _csv(text)
    if rows is not None:
        return "", _tidy(rows)
    return "", _tidy(_lines(text))


def _toml(text: str, lang: str) -> tuple[str, list[Competency]]:
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Unreadable("read", str(error)) from error
    found = [
        Competency(
            _said(row.get("label"), lang),
            tuple(_said(one, lang) for one in also) if isinstance(also, list) else (),
            _said(row.get("group"), lang),
        )
        for row in rows_of(data, "competencies") or rows_of(data, "competences")
        for also in [row.get("also")]
    ]
    return _said(data.get("name"), lang), _tidy(found)


def _said(value: Any, lang: str) -> str:
    """A text of a file: plain, or one for each language."""
    if isinstance(value, dict):
        value = value.get(lang) or next(iter(value.values()), "")
    return value if isinstance(value, str) else ""


def _csv(text: str) -> list[Competency] | None:
    """The rows of a CSV file with a column of names; None where it has no such column."""
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    names = [fold(clean_line(name)) for name in next(csv.reader([head], delimiter=delimiter), [])]
    columns = [_column(names, known) for known in (LABELS, OTHERS, GROUPS, ("status",))]
    if columns[0] is None:
        return None
    csv.field_size_limit(LARGEST)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    next(rows, None)
    found = []
    try:
        for row in rows:
            cells = [row[at] if at is not None and at < len(row) else "" for at in columns]
            if cells[3].strip().lower() != "obsolete":
                found.append(Competency(cells[0], tuple(_SPLIT.split(cells[1])), cells[2]))
    except csv.Error as error:
        raise Unreadable("read", str(error)) from error
    return found


def _column(names: list[str], known: Iterable[str]) -> int | None:
    return next((names.index(one) for one in known if one in names), None)


def _lines(text: str) -> Iterator[Competency]:
    """One competency a line, other names after `|`; a line that begins with `#` opens a part."""
    group = ""
    for line in text.splitlines():
        if line.lstrip().startswith("#"):
            group = line.strip().lstrip("# ")
            continue
        label, *also = _SPLIT.split(_BULLET.sub("", line))
        yield Competency(label, tuple(also), group)


def _clean(name: str) -> str:
    """`clean_line`, but at once where there is nothing to clean: there may be 100,000 of them."""
    return name.strip() if name.isprintable() and "  " not in name else clean_line(name)


def _tidy(rows: Iterable[Competency]) -> list[Competency]:
    """`rows` cleaned, each name once; those of the same name are one."""
    found: dict[str, Competency] = {}
    rows = list(rows)
    most = ALSO if len(rows) < MANY else ALSO_OF_MANY
    for row in rows:
        label = _clean(row.label).replace("|", "/").lstrip("#").strip()
        key = fold(label)
        if not any(sign.isalpha() for sign in key):
            continue
        former = found.get(key)
        names = {key: label}
        for other in (*(former.also if former else ()), *row.also):
            if (name := _clean(other)) and len(names) <= most:
                names.setdefault(fold(name), name)
        group = former.group if former else _clean(row.group)
        found[key] = Competency(former.label if former else label, (*names.values(),)[1:], group)
    return list(found.values())


# As an entry keeps it


def to_text(competencies: Iterable[Competency]) -> str:
    """Competencies as an entry keeps them, a line each; `from_entry` reads them again."""
    lines: list[str] = []
    group = ""
    for one in competencies:
        if one.group != group:
            group = one.group
            lines.append(f"# {group}")
        lines.append(" | ".join((one.label, *one.also)))
    return "\n".join(lines)


_read_before: dict[tuple[str, str], Framework] = {}


def from_entry(entry: Entry) -> Framework:
    """The framework that `entry` keeps; read once for each revision."""
    key = (entry.id, entry.revision)
    if key not in _read_before:
        if len(_read_before) > 3:
            _read_before.clear()
        _read_before[key] = _from_answers(entry)
    return _read_before[key]


def _from_answers(entry: Entry) -> Framework:
    answers = entry.answers
    try:
        # A student may as well paste what a file held.
        _, found = _read(text_of(answers, "competencies"), entry.lang)
    except Unreadable:
        found = []
    links: dict[str, list[str]] = {}
    for row in rows_of(answers, "links"):
        competency, skill = text_of(row, "competency"), text_of(row, "skill")
        if competency and skill:
            links.setdefault(fold(competency), []).append(skill)
    return Framework(text_of(answers, "name"), found, links, entry.id)


def offered(entries: Iterable[Entry]) -> list[str]:
    """Every name of the newest framework among `entries`, to be offered while a skill is typed."""
    kept = max(
        (one for one in entries if one.flow == FLOW), key=lambda one: one.updated_at, default=None
    )
    return from_entry(kept).names if kept else []
