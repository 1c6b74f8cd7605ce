"""The skills that proofs show: for each, its rows, its weeks, its strongest proof, what it lacks.

All of it is computed from weekly rows and experiences outside work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from coach.proofs.all_proofs import PROVING, all_proofs
from coach.proofs.proof import Proof, ranked, strength
from coach.proofs.skill_list import load_skills
from coach.store.answers import text_of
from coach.store.entries import week_monday
from coach.util.text import fold

if TYPE_CHECKING:
    from coach.store.entries import Entry
    from coach.store.snapshot import Snapshot

KINDS = ("technical", "transversal", "behavioural")
"""The kinds of skills, as an end-of-internship review sorts them."""
ALIAS = "alias"
"""The flow of an entry that renames a skill: answers `name` and `means`."""


@dataclass
class SkillRecord:
    """One skill and the rows that show it, newest first.

    `name` is the name to show; `kind` one of `KINDS`, or '' if unknown.
    """

    key: str
    name: str
    kind: str = ""
    proofs: list[Proof] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many rows name it."""
        return len(self.proofs)

    @cached_property
    def weeks(self) -> list[str]:
        """The ISO weeks in which it was used, oldest first."""
        return sorted(self.used)

    @cached_property
    def used(self) -> Counter[str]:
        """ISO week → number of rows; invalid weeks of imported entries are left out."""
        counts = Counter(proof.week for proof in self.proofs)
        for week in [week for week in counts if not _is_week(week)]:
            del counts[week]
        return counts

    @cached_property
    def best(self) -> Proof | None:
        """The strongest proof: quantified and with feedback first."""
        return next(iter(ranked(self.proofs, 1)), None)

    @property
    def missing(self) -> list[str]:
        """The parts that none of its rows has: of `figure`, `feedback`, `trace`."""
        there = {
            "figure": self.best is not None and strength(self.best).quantified,
            "feedback": any(proof.feedback for proof in self.proofs),
            "trace": any(proof.trace for proof in self.proofs),
        }
        return [name for name, has in there.items() if not has]

    @cached_property
    def written(self) -> list[str]:
        """The spellings in its rows, the most frequent first."""
        return [word for word, _ in Counter(proof.skill for proof in self.proofs).most_common()]


def _is_week(week: str) -> bool:
    try:
        week_monday(week)
    except ValueError:
        return False
    return True


class SkillNames:
    """The names of skills: the student's renamings first, then the built-in list."""

    def __init__(self, lang: str, aliases: Iterable[Entry] = ()) -> None:
        self._kinds: dict[str, str] = {}
        self._built_in: dict[str, str] = {}
        for skill in load_skills():
            name = skill.name.get(lang)
            self._kinds[fold(name)] = skill.kind
            for other in (
                skill.name.fr,
                skill.name.en,
                *skill.also.get("fr", []),
                *skill.also.get("en", []),
            ):
                self._built_in.setdefault(fold(other), name[:1].upper() + name[1:])
        # The latest renaming of a word is the one in force; what it leads to stands by itself, so
        # that an older one the other way round makes no circle, and comes back when it is undone.
        roots: set[str] = set()
        self._own: dict[str, str] = {}
        self._own_kinds: dict[str, str] = {}
        for entry in aliases:
            names = ("name", "means", "skill_kind")
            written, means, kind = (text_of(entry.answers, name) for name in names)
            if not (written and means):
                continue
            name = fold(written)
            if name not in roots or name == fold(means):
                self._own.setdefault(name, means)
            roots.add(fold(means))
            if kind in KINDS:
                self._own_kinds.setdefault(fold(means), kind)

    def name(self, written: str) -> str:
        """The name of the skill `written`: unchanged where it was not renamed and is in no list."""
        name = written.strip()
        seen: set[str] = set()
        while (key := fold(name)) not in seen:
            seen.add(key)
            name = self._own.get(key, self._built_in.get(key, name))
        return name

    def kind(self, name: str) -> str:
        """The kind of the skill `name`, '' if unknown."""
        key = fold(name)
        return self._own_kinds.get(key) or self._kinds.get(key, "")


@dataclass(frozen=True)
class Evidence:
    """Every skill with its rows, most used first, and the rows without a skill."""

    skills: list[SkillRecord]
    bare: list[Proof] = field(default_factory=list)

    @cached_property
    def by_key(self) -> Mapping[str, SkillRecord]:
        """Folded name → skill."""
        return {skill.key: skill for skill in self.skills}


def evidence_of(snapshot: Snapshot, lang: str) -> Evidence:
    """The evidence in `snapshot`; cached."""
    return snapshot.derived(f"evidence {lang}", PROVING, lambda: gather_evidence(snapshot, lang))


def count_skills(snapshot: Snapshot, lang: str) -> int:
    """The number of skills; much faster than `evidence_of` when that is not cached yet."""
    if snapshot.is_derived(f"evidence {lang}"):
        return len(evidence_of(snapshot, lang).skills)

    def count() -> int:
        names = SkillNames(lang, snapshot.of(ALIAS))
        written = {proof.skill for proof in all_proofs(snapshot) if proof.skill}
        return len({fold(names.name(one)) for one in written})

    return snapshot.derived(f"skills {lang}", PROVING, count)


def gather_evidence(
    snapshot: Snapshot,
    lang: str,
    *,
    internship: str | None = None,
    proofs: Iterable[Proof] | None = None,
) -> Evidence:
    """The evidence of all proofs in `snapshot`, or of `proofs` where given; with `internship`, only
    of that internship's rows.
    """
    names = SkillNames(lang, snapshot.of(ALIAS))
    called: dict[str, tuple[str, str]] = {}
    found: dict[str, SkillRecord] = {}
    bare: list[Proof] = []
    for proof in all_proofs(snapshot) if proofs is None else proofs:
        if internship is not None and proof.internship != internship:
            continue
        if not proof.skill:
            bare.append(proof)
            continue
        if proof.skill not in called:
            name = names.name(proof.skill)
            called[proof.skill] = fold(name), name
        key, name = called[proof.skill]
        if key not in found:
            found[key] = SkillRecord(key, name, names.kind(name))
        found[key].proofs.append(proof)
    skills = sorted(found.values(), key=lambda skill: (-skill.count, skill.key))
    return Evidence(skills, bare)
