"""Items from the journal that a session offers to choose from: objectives, proofs, skills, people.

An item is a dict of texts with an `id` and a `label` (and often a `help`). Answers store the id;
`list_named` gives the items again when an entry is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from coach.flows.schema import Item
from coach.flows.student import StudentContext
from coach.internship.objectives import objectives_of
from coach.proofs.proof import COLUMNS, Proof, proofs_of, ranked, strength
from coach.store.answers import text_of
from coach.store.entries import Answers, Entry
from coach.util.text import one_line

OFFERED = 20
"""The most proofs offered at once: a longer list would not be read."""
LABEL = 90
"""Characters of a proof in a list."""
CONTACT = "contact"
"""The flow of an entry about a person."""
PROJECTS = {"project": "title", "phantom": "phantom_title"}
"""Flow of a project → the field with its name."""


def _objectives(known: StudentContext) -> list[Item]:
    return known.objectives


def _proofs(known: StudentContext) -> list[Item]:
    """The strongest proofs of this internship (of all, where it has none), best first."""
    rows = [proof for entry in known.entries for proof in proofs_of(entry)]
    own = [proof for proof in rows if proof.internship == (known.internship or None)]
    return [proof_item(proof) for proof in ranked(own or rows, OFFERED)]


def proof_item(proof: Proof) -> Item:
    """A proof as an item: its action, and beneath it impact and feedback."""
    more = " · ".join(filter(None, [proof.skill, proof.impact, proof.feedback]))
    lacks = strength(proof).missing
    return {
        "id": proof.key,
        "label": one_line(proof.action, LABEL),
        "help": one_line(more, LABEL),
        **{name: getattr(proof, name) for name in COLUMNS},
        # For steps that ask what a picked proof still lacks.
        **{
            f"no_{name}": "yes" if name in lacks else "" for name in ("figure", "feedback", "trace")
        },
    }


def _skills(known: StudentContext) -> list[Item]:
    """The skills that weekly rows name, most used first."""
    return [{"id": skill, "label": skill} for skill in known.skills]


def _contacts(known: StudentContext) -> list[Item]:
    """The people of the address book, by name."""
    people = [_titled(entry) for entry in known.entries if entry.flow == CONTACT]
    return sorted((one for one in people if one["label"]), key=lambda one: one["label"].casefold())


def _projects(known: StudentContext) -> list[Item]:
    """The projects, personal and phantom ones, newest first."""
    found = [_titled(entry) for entry in known.entries if entry.flow in PROJECTS]
    return [one for one in found if one["label"]]


def _titled(entry: Entry) -> Item:
    """An entry by its name: a person's, a project's."""
    name = text_of(entry.answers, PROJECTS.get(entry.flow, "name"))
    return {"id": entry.id, "label": one_line(name, LABEL)}


SOURCES: dict[str, Callable[[StudentContext], list[Item]]] = {
    "contacts": _contacts,
    "objectives": _objectives,
    "projects": _projects,
    "proofs": _proofs,
    "skills": _skills,
}
"""Every source made from the journal, by the name that a flow's `source` uses."""


def list_items(known: StudentContext, source: str) -> list[Item]:
    """The items of `source` (a key of `SOURCES`), cached in `known`."""
    if known.pool is not None:
        return known.pool
    return known.once(f"source {source}", lambda: SOURCES[source](known))


def list_offered(known: StudentContext, source: str, answers: Answers) -> list[Item]:
    """The items of `source`, then those chosen in `answers` that it no longer offers."""
    found = list_items(known, source)
    return found if known.pool is not None else found + _chosen_before(known, source, answers)


def item_of(known: StudentContext, source: str, key: str) -> Item | None:
    """The item `key` of a source, also one no longer offered; None where its entry is gone."""
    found = next((item for item in list_items(known, source) if item["id"] == key), None)
    if found is not None or source not in ("contacts", "proofs"):
        return found
    own, _, row = key.partition("/")
    entry = next((one for one in known.entries if one.id == own), None)
    if entry is None or bool(row) != (source == "proofs"):
        return None
    if not row:
        return _titled(entry) if entry.flow == CONTACT else None
    return next((proof_item(one) for one in proofs_of(entry) if one.key == key), None)


def _chosen_before(known: StudentContext, source: str, answers: Answers) -> list[Item]:
    """Items chosen in `answers` that the source no longer offers (stronger proofs came since)."""
    if source not in ("contacts", "proofs"):
        return []
    there = {item["id"] for item in list_items(known, source)}
    named = dict.fromkeys(key for key in _references(answers) if key not in there)
    return [item for key in named if (item := item_of(known, source, key))]


# Reading again

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_REFERENCE = re.compile(rf"{_UUID}(?:/.+)?", re.DOTALL)


def list_named(entry: Entry, find: Callable[[str], Entry | None]) -> list[Item]:
    """The items to which the answers of `entry` refer by id: objectives, proofs, people.

    `find` returns a saved entry by its id. References to deleted entries are left out.
    """
    about = find(entry.internship) if entry.internship else None
    found = objectives_of(about.answers) if about else []
    for text in _references(entry.answers):
        other = find(text.partition("/")[0])
        if other is not None and "/" in text:
            found += [proof_item(one) for one in proofs_of(other) if one.key == text]
        elif other is not None:
            found.append(_titled(other))
    return found


def refers(text: str) -> bool:
    """Whether `text` begins with an entry's id, which a reader should not see."""
    return _REFERENCE.match(text) is not None


def referred(entry: Entry, find: Callable[[str], Entry | None]) -> dict[str, Entry]:
    """Id → each saved entry that `entry` refers to, its internship included."""
    ids = {text.partition("/")[0] for text in _references(entry.answers)}
    ids |= {entry.internship} if entry.internship else set()
    return {id_: other for id_ in ids if (other := find(id_)) is not None}


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if _REFERENCE.fullmatch(value):
            yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            # A repeated step and a checklist name what they are about by their keys.
            yield from _references(name)
            if name not in ("id", "note"):
                yield from _references(part)
    elif isinstance(value, list):
        for part in value:
            yield from _references(part)
