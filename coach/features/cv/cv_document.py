"""The CV and interview sheet: for each skill the lines of a CV, a sentence to say, a STAR story.

Made from weekly entries, experiences outside work and personal projects. Answers of the wizard
after a bad internship are private: each part is included only when ticked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import filterfalse
from typing import TYPE_CHECKING

from coach.documents.base import Model, Private
from coach.features.cv.lines import cv_line, heading
from coach.features.cv.spoken import spoken
from coach.features.setbacks.situations import turned_situations
from coach.features.star.story import PARTS, by_proof, star_with
from coach.language.sentences import BLANK, Writer
from coach.proofs.all_proofs import all_proofs
from coach.proofs.proof import Proof, needs_calm_line, proofs_of, ranked
from coach.proofs.skills import gather_evidence
from coach.store.answers import text_of
from coach.util.text import fold, one_line
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.documents.dossier import Dossier
    from coach.proofs.skills import SkillRecord
    from coach.store.entries import Entry

SKILLS = 6
"""Skills shown at most, the most used: two pages hold no more."""
LINES = 3
"""Lines of a CV for one skill at most."""
_BULLET = re.compile(r"^\s*[-•*–]\s+")
HIDDEN = "reframe"
"""The private flow, whose pieces are ticked: `reframe-SITUATION`, `reframe-phantom`."""


@dataclass(frozen=True)
class StarStory:
    """A proof as a STAR story: (part, text, prompt where the text is missing) for each part.

    `asks` are hints on what else it needs: the 'I', a figure.
    """

    parts: list[tuple[str, str, str]]
    asks: list[str]

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        return not self.asks and all(text for _, text, _ in self.parts)


@dataclass
class Group:
    """One skill: lines for a CV, what to say of it, its best proof as a story."""

    name: str
    lines: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    story: StarStory | None = None


@dataclass(frozen=True, kw_only=True)
class Cv(Model):
    """Every skill; `outside` are (heading, lines, what to say) of what was done outside work."""

    place: str = ""
    groups: list[Group] = field(default_factory=list)
    outside: list[tuple[str, list[str], str]] = field(default_factory=list)


def model(dossier: Dossier) -> Cv:
    """The sheet of all internships."""
    say = Wording("document_cv", dossier.lang)
    mended = _mended(dossier)
    told = filterfalse(needs_calm_line, all_proofs(dossier.snapshot))
    evidence = gather_evidence(dossier.snapshot, dossier.lang, proofs=told)
    stars = by_proof(dossier.entries("star", everywhere=True))
    settings = {
        entry.id: text_of(entry.answers, "situation")
        for entry in dossier.entries("car", everywhere=True)
    }
    groups = {
        skill.key: _group(skill, mended, stars, settings, dossier.lang)
        for skill in evidence.skills[:SKILLS]
    }
    for entry in dossier.entries("phantom", everywhere=True):
        _add_phantom(groups, entry, dossier.lang, say)
    pieces = dict(_pieces(dossier))
    for key, piece in pieces.items():
        if key in dossier.included:
            _add_piece(groups, piece)
    if evidence.bare and len(groups) < SKILLS:
        bare = [_line(proof, mended, dossier.lang) for proof in ranked(evidence.bare, LINES)]
        groups[""] = Group(say("bare"), list(filter(None, bare)))
    return Cv(
        title=say("title"),
        place=" · ".join(filter(None, [dossier.say("company"), dossier.say("role")])),
        groups=list(groups.values()),
        outside=_outside(dossier, mended),
        warnings=_warnings(list(groups.values()), say),
        private=[Private(key, say("private", what=piece.label)) for key, piece in pieces.items()],
    )


def _group(
    skill: SkillRecord,
    mended: dict[str, str],
    stars: dict[str, Entry],
    settings: dict[str, str],
    lang: str,
) -> Group:
    best = ranked(skill.proofs, LINES)
    lines = [_line(proof, mended, lang) for proof in best]
    # A proof that was told as a story is the one to tell.
    told = next((proof for proof in best if proof.key in stars), best[0])
    star = star_with(told, stars.get(told.key))
    if not star.situation:
        star = replace(star, situation=settings.get(told.entry_id, ""))
    words = Wording("star", lang)
    parts = [(words(part), getattr(star, part), words(f"next.{part}")) for part in PARTS]
    asks = [words(f"next.{what}") for what in star.missing if what not in PARTS]
    return Group(
        skill.name,
        list(dict.fromkeys(filter(None, lines))),
        [spoken(told, lang)],
        StarStory(parts, asks),
    )


def _line(proof: Proof, mended: dict[str, str], lang: str) -> str:
    return mended.get(proof.key) or cv_line(proof.action, proof.impact, lang)


def _mended(dossier: Dossier) -> dict[str, str]:
    """Proof key → its line as corrected by the student, where the number of lines fits the rows."""
    found: dict[str, str] = {}
    for entry in dossier.entries("car", everywhere=True):
        written = text_of(entry.answers, "cv").splitlines()
        lines = [_BULLET.sub("", line).strip() for line in written if _BULLET.match(line)]
        proofs = proofs_of(entry)
        if len(lines) == len(proofs):
            found |= {proof.key: line for proof, line in zip(proofs, lines, strict=True) if line}
    return found


def _outside(dossier: Dossier, mended: dict[str, str]) -> list[tuple[str, list[str], str]]:
    """What was done outside work, each under its heading: context, action and result aloud."""
    writer = Writer(dossier.lang)
    found = []
    for entry in dossier.entries("car", everywhere=True):
        proofs = list(filterfalse(needs_calm_line, proofs_of(entry)))
        lines = [_line(proof, mended, dossier.lang) for proof in proofs]
        if lines := list(filter(None, lines)):
            context = next(iter(writer.sentences(entry.answers.get("situation"))), "")
            aloud = [writer.whole(context)] if context else []
            aloud += [spoken(proof, dossier.lang) for proof in ranked(proofs, 1)]
            found.append((_heading(entry, dossier), lines, " ".join(aloud)))
    return found


def _heading(entry: Entry, dossier: Dossier) -> str:
    """The heading: as corrected by the student, else from the answers."""
    first = text_of(entry.answers, "cv").split("\n")[0]
    return first if first and not _BULLET.match(first) else heading(dossier.context_of(entry))


def _add_phantom(groups: dict[str, Group], entry: Entry, lang: str, say: Wording) -> None:
    """Adds a phantom project to the group of its skill, as a CV line and as spoken sentences."""
    name = text_of(entry.answers, "phantom_skill") or say("initiative")
    line, sentence = _phantom(entry.answers, lang, say)
    if line:
        group = groups.setdefault(fold(name), Group(name))
        group.lines.append(line)
        group.sentences.append(sentence)


def _phantom(answers: dict[str, object], lang: str, say: Wording) -> tuple[str, str]:
    """('Designed without being asked: title (what there is to see)', the same said aloud)."""
    writer = Writer(lang)

    def soft_part(name: str) -> str:
        sentence = next(iter(writer.sentences(answers.get(f"phantom_{name}"))), "")
        return writer.soft(writer.stripped(f"phantom_{name}", sentence)) if sentence else ""

    title, thing = soft_part("title"), soft_part("deliverable")
    if not title:
        return "", ""
    line = say("phantom", it=title) + (f" ({one_line(thing, 90)})" if thing else "")
    parts = ("title", "deliverable", "proves")
    said = [writer.part(f"phantom_{p}", answers.get(f"phantom_{p}")) for p in parts]
    return line, " ".join(filter(None, said))


@dataclass(frozen=True)
class _Piece:
    """One private part that can be included: its skill, its line and its sentence."""

    label: str
    skill: str
    line: str = ""
    sentence: str = ""


def _pieces(dossier: Dossier) -> Iterator[tuple[str, _Piece]]:
    """(Key to tick, part) for each part of the newest wizard after a bad internship."""
    say, writer = Wording("document_cv", dossier.lang), Writer(dossier.lang)
    for entry in dossier.private_entries(HIDDEN, everywhere=True)[:1]:
        for situation, about in turned_situations(dossier.context_of(entry)):
            sentence = text_of(about, "sentence")
            if not sentence or BLANK.search(sentence):
                continue
            skill = writer.cap(writer.tidy(about.get("skill"))) or say("initiative")
            label = situation.name.get(dossier.lang)
            yield (
                f"{HIDDEN}-{situation.id.replace('_', '-')}",
                _Piece(label, skill, sentence=writer.tidy(sentence)),
            )
        line, sentence = _phantom(entry.answers, dossier.lang, say)
        if line:
            yield (
                f"{HIDDEN}-phantom",
                _Piece(say("private.phantom"), say("initiative"), line, sentence),
            )


def _add_piece(groups: dict[str, Group], piece: _Piece) -> None:
    group = groups.setdefault(fold(piece.skill), Group(piece.skill))
    if piece.line:
        group.lines.append(piece.line)
    if piece.sentence:
        group.sentences.append(piece.sentence)


def _warnings(groups: list[Group], say: Wording) -> list[str]:
    if not groups:
        return [say("empty")]
    gaps = sum(1 for group in groups if group.story and not group.story.whole)
    return [say.count("gaps", gaps)] if gaps else []
