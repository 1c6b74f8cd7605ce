"""The coverage of a framework: each competency covered, thin or absent, and its proofs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coach.features.skills.frameworks import (
    FLOW,
    Competency,
    Framework,
    from_entry,
    read_file,
    stems,
    to_text,
)
from coach.proofs.proof import Proof, strength
from coach.proofs.skill_list import load_skills
from coach.store.answers import rows_of, text_of
from coach.store.entries import Entry, new_entry, new_id
from coach.util.clock import now
from coach.util.text import fold

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from coach.proofs.skills import Evidence, SkillRecord
    from coach.store.journal import Journal
    from coach.store.snapshot import Snapshot

STATES = ("covered", "thin", "absent")


@dataclass(frozen=True)
class Covered:
    """One competency and the skills whose rows prove it."""

    competency: Competency
    skills: list[SkillRecord] = field(default_factory=list)

    @property
    def proofs(self) -> list[Proof]:
        """The rows of its skills, newest first within each."""
        return [proof for skill in self.skills for proof in skill.proofs]

    @property
    def count(self) -> int:
        """How many rows prove it."""
        return sum(skill.count for skill in self.skills)

    @property
    def quantified(self) -> bool:
        """Whether the strongest row of one of its skills has a figure."""
        return any(skill.best and strength(skill.best).quantified for skill in self.skills)

    @property
    def state(self) -> str:
        """`covered` by two rows or more, one of them with a figure; else `thin`; `absent`."""
        if not self.skills:
            return "absent"
        return "covered" if self.count > 1 and self.quantified else "thin"


@dataclass(frozen=True)
class Coverage:
    """A framework beside the evidence: in the order of the framework."""

    framework: Framework
    lines: list[Covered]

    def of(self, state: str) -> list[Covered]:
        """The competencies in that state; the proven ones are few, so this is quick."""
        return [line for line in self.lines if line.state == state]


def frameworks(snapshot: Snapshot) -> list[Framework]:
    """The saved frameworks, newest first."""
    return [from_entry(entry) for entry in snapshot.of(FLOW)]


def newest(snapshot: Snapshot) -> Framework | None:
    """The framework that was last loaded or corrected, if any."""
    kept = max(snapshot.of(FLOW), key=lambda entry: entry.updated_at, default=None)
    return from_entry(kept) if kept else None


def coverage_of(framework: Framework, evidence: Evidence, lang: str) -> Coverage:
    """The coverage of `framework` by `evidence`.

    A skill proves a competency when one of its names (as written, as it is called now, or as the
    built-in list knows it in `lang`) is the preferred or another name of the competency, accents,
    case and the ends of words aside; or when the student tied the two.
    """
    synonyms = {
        fold(skill.name.get(lang)): [skill.name.get(lang), *skill.also.get(lang, [])]
        for skill in load_skills()
    }
    found: dict[int, list[SkillRecord]] = {}
    for skill in evidence.skills:
        names = {fold(name) for name in (skill.name, *skill.written)}
        names |= {fold(name) for name in synonyms.get(skill.key, ())}
        numbers = {n for name in names for n in framework.index.get(name, ())}
        numbers |= {n for name in names for n in framework.stems.get(stems(name), ())}
        for number in numbers:
            found.setdefault(number, []).append(skill)
    for label, tied in framework.links.items():
        for number in framework.index.get(label, ())[:1]:
            known = found.setdefault(number, [])
            skills = (evidence.by_key.get(fold(name)) for name in tied)
            known += [skill for skill in skills if skill and skill not in known]
    return Coverage(
        framework,
        [Covered(one, found.get(n, [])) for n, one in enumerate(framework.competencies)],
    )


# Keeping one


def load(journal: Journal, path: Path, *, lang: str, today: date) -> Entry:
    """Reads the file at `path` and saves its framework.

    One of the same name is replaced; the student's links stay. Raises OSError,
    `coach.features.skills.frameworks.Unreadable`, JournalError.
    """
    from coach.features.skills.frameworks import LARGEST, Unreadable

    if path.stat().st_size > LARGEST:
        raise Unreadable("large")
    return keep(journal, *read_file(path.read_bytes(), path.name, lang), lang=lang, today=today)


def keep(
    journal: Journal, name: str, competencies: list[Competency], *, lang: str, today: date
) -> Entry:
    """Keeps a framework as an entry, in place of the one of that name; raises JournalError."""
    former = next((e for e in journal.entries(flow=FLOW) if e.answers.get("name") == name), None)
    answers = dict(former.answers) if former else {}
    answers |= {"name": name, "competencies": to_text(competencies)}
    entry = former or new_entry(FLOW, lang=lang, day=today, moment=now())
    entry.answers, entry.status = answers, "done"
    return journal.save(entry)


def tie(journal: Journal, framework: Framework, label: str, skill: str) -> Entry | None:
    """Links `skill` to the competency `label`; '' removes its links. Raises JournalError."""
    entry = journal.get(framework.entry_id)
    if entry is None:
        return None
    kept = rows_of(entry.answers, "links")
    if not skill:
        kept = [row for row in kept if fold(text_of(row, "competency")) != fold(label)]
    else:
        kept.append({"id": new_id(), "competency": label, "skill": skill})
    entry.answers = entry.answers | {"links": kept}
    return journal.save(entry)
