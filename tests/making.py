"""Small flows, entries and drafts for tests, with as few words as a test needs."""

import os
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from coach.features.registry import PROVIDERS
from coach.flows.schema import Field, Flow
from coach.flows.validation import find_dangling
from coach.store.entries import Draft, Entry, new_entry

TODAY = date(2026, 11, 20)
"""A Friday, in week 47."""
NOW = date.fromisoformat(os.environ["COACH_TODAY"][:10])
"""The day it is for the programs that the tests start; another one in `make test-days`."""
MOMENT = datetime(2026, 11, 20, 17, 42, tzinfo=UTC)


def both(text: str) -> dict[str, str]:
    """`text` in both languages; the English one says so."""
    return {"fr": text, "en": f"{text} (en)"}


SIDES = [{"id": "left", "label": "ici"}, {"id": "right", "label": "en face"}]


def field(kind: str, id: str, **more: Any) -> dict[str, Any]:
    """A field as a file writes it; texts may be plain strings, options and columns plain ids;
    `sides` are rows with two sides.
    """
    made: dict[str, Any] = {"kind": kind, "id": id, "label": f"Champ {id}"} | more
    needed: dict[str, dict[str, Any]] = {
        "scale": {"low": 1, "high": 5, "low_label": "bas", "high_label": "haut"},
        "checklist": {"answers": ["yes", "no"]},
        "rows": {"one": "ligne", "columns": ["what", "who"]},
        "sides": {"kind": "rows", "one": "point", "sides": True, "columns": SIDES},
    }
    made = made | needed.get(kind, {}) | more
    for name in ("label", "help", "example", "start", "one", "low_label", "high_label", "unit"):
        _text(made, name)
    for name, word in (("options", "Option"), ("answers", "Réponse"), ("columns", "Colonne")):
        if name in made:
            made[name] = [_named(one, word) for one in made[name]]
    return made


def _text(made: dict[str, Any], name: str) -> None:
    if isinstance(made.get(name), str):
        made[name] = both(made[name])


def _named(one: str | dict[str, Any], word: str) -> dict[str, Any]:
    made: dict[str, Any] = {"id": one} if isinstance(one, str) else dict(one)
    made.setdefault("label", f"{word} {made['id']}")
    for name in ("label", "help", "example"):
        _text(made, name)
    return made


def step(id: str, *fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A step as a file writes it."""
    made: dict[str, Any] = {"id": id, "title": f"Étape {id}", "fields": list(fields)} | more
    for name in ("title", "intro", "help"):
        _text(made, name)
    return made


def raw_flow(*steps: dict[str, Any], **head: Any) -> dict[str, Any]:
    """A flow as a file writes it."""
    made: dict[str, Any] = {"id": "own", "version": 1, "title": "Séance", "summary": "Résumé"}
    made |= head | {"steps": list(steps)}
    _text(made, "title")
    _text(made, "summary")
    return made


def flow_of(*steps: dict[str, Any], **head: Any) -> Flow:
    """A flow that is checked as one read from a file."""
    flow = msgspec.convert(raw_flow(*steps, **head), Flow)
    assert find_dangling(flow, PROVIDERS) == []
    return flow


def field_of(kind: str, id: str = "it", **more: Any) -> Field:
    """One field on its own."""
    return flow_of(step("only", field(kind, id, **more))).steps[0].fields[0]


def entry_of(flow: str = "weekly", day: date = TODAY, **changes: Any) -> Entry:
    """A done entry; `answers`, `internship`, `id` and the like by name."""
    entry = new_entry(flow, lang="fr", day=day, moment=MOMENT)
    entry.status = "done"
    for name, value in changes.items():
        setattr(entry, name, value)
    return entry


def draft_of(entry: Entry, **changes: Any) -> Draft:
    """A draft of `entry`, saved at `MOMENT` unless told otherwise."""
    entry = msgspec.structs.replace(entry, status="draft")
    return Draft(**{"entry": entry, "saved_at": entry.updated_at} | changes)


def internship_of(start: str = "", end: str = "", **answers: Any) -> Entry:
    """An internship with its dates (`YYYY-MM-DD`) and answers."""
    days = {name: day for name, day in (("start", start), ("end", end)) if day}
    return entry_of("internship", answers=days | answers)


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """As the journal gives them."""
    return sorted(entries, key=lambda one: (one.date, one.updated_at), reverse=True)


def write_toml(value: Any) -> str:
    """`value` (of dicts, lists, texts, numbers and flags) as a TOML document."""
    return "\n".join(f"{name} = {_inline(part)}" for name, part in value.items())


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {_inline(part)}" for name, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else _quoted(value)


def _quoted(text: str) -> str:
    signs = {'"': '\\"', "\\": "\\\\"}
    return (
        '"'
        + "".join(signs.get(c, c if c.isprintable() else f"\\u{ord(c):04x}") for c in text)
        + '"'
    )
