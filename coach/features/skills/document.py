"""The table of skills: skill, action, measurable impact, feedback (the seed's four columns)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from coach.documents.base import Model
from coach.features.skills.coverage import Covered, coverage_of, newest
from coach.proofs.proof import Proof, ranked
from coach.proofs.skills import KINDS
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.documents.dossier import Dossier

ABSENT = 30
"""Absent competencies that are named: of more, only how many there are is said."""
EACH = 3
"""Proofs shown for one skill at most."""


@dataclass(frozen=True)
class Group:
    """The skills of one kind, each with its best proofs."""

    kind: str
    skills: list[tuple[str, list[Proof]]]


@dataclass(frozen=True, kw_only=True)
class Skills(Model):
    """All skills, by kind; `place` is where they were used."""

    place: str = ""
    groups: list[Group] = field(default_factory=list)
    framework: str = ""
    """The name of the framework that is covered, '' without one."""
    covered: list[Covered] = field(default_factory=list)
    thin: list[Covered] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    absent_more: int = 0


def model(dossier: Dossier) -> Skills:
    """The skills of the internship, the most used first."""
    say = Wording("document_skills", dossier.lang)
    groups = []
    for kind in (*KINDS, ""):
        found = [
            (skill.name, ranked(skill.proofs, EACH))
            for skill in dossier.evidence.skills
            if skill.kind == kind
        ]
        if found:
            groups.append(Group(kind or "other", found))
    return Skills(
        title=say("title"),
        place=" · ".join(filter(None, [dossier.say("company"), dossier.say("role")])),
        groups=groups,
        **_coverage(dossier),
        warnings=[] if groups else [say("empty")],
    )


def _coverage(dossier: Dossier) -> dict[str, Any]:
    """The coverage of the newest framework, for the template; {} without one."""
    framework = newest(dossier.snapshot)
    if framework is None:
        return {}
    found = coverage_of(framework, dossier.evidence, dossier.lang)
    absent = [line.competency.label for line in found.of("absent")]
    return {
        "framework": framework.name,
        "covered": found.of("covered"),
        "thin": found.of("thin"),
        "absent": absent if len(absent) <= ABSENT else [],
        "absent_more": len(absent) if len(absent) > ABSENT else 0,
    }
