"""The story for an interview: who I am, what I did, what I look for, in 45 to 90 seconds.

It stands on the strongest proofs at once. The story of an internship that went badly is private: it
comes in, as an answer of its own, when it is ticked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coach.documents.base import Model, Private
from coach.features.cv.lines import cv_line
from coach.features.cv.spoken import said_of, spoken
from coach.language.opening import opening_line
from coach.language.sentences import Writer
from coach.store.answers import text_of
from coach.util.text import one_line, seconds_spoken
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.documents.dossier import Dossier
    from coach.proofs.proof import Proof
    from coach.store.entries import Entry

SHORTEST, LONGEST = 45, 90
"""Seconds that a story should take to say."""
FEWEST, DEEDS = 2, 4
"""Proofs told: two where they fill the time, never more than four: a listener keeps no more."""
SPARE = 4
"""Proofs in reserve for the questions that follow."""


@dataclass(frozen=True)
class Hard:
    """The story of an internship that went badly; `place` may be empty."""

    place: str
    text: str


@dataclass(frozen=True, kw_only=True)
class StoryModel(Model):
    """Three parts to say; an empty one is a place to write. `length` says how long it takes."""

    who: str = ""
    did: list[str] = field(default_factory=list)
    looks_for: str = ""
    length: str = ""
    hard: list[Hard] = field(default_factory=list)
    spare: list[str] = field(default_factory=list)


def model(dossier: Dossier) -> StoryModel:
    """The story out of the best proofs, and those of hard internships that were ticked."""
    say, writer = Wording("document_story", dossier.lang), Writer(dossier.lang)
    best = dossier.best(DEEDS + SPARE)
    who, looks_for = _who(dossier, writer), _looks_for(dossier, writer)
    did = _told(best, dossier.lang, seconds_spoken(f"{who} {looks_for}"))
    seconds = seconds_spoken(" ".join([who, *did, looks_for]))
    hard = _hard(dossier)
    return StoryModel(
        title=say("title"),
        who=who,
        did=did,
        looks_for=looks_for,
        length=say("length", seconds=seconds) if did else "",
        hard=[
            Hard(_place(dossier, entry), str(entry.answers["story"]).strip())
            for key, entry in hard.items()
            if key in dossier.included
        ],
        spare=[cv_line(p.action, p.impact, dossier.lang) for p in best[len(did) :]][:SPARE],
        warnings=_warnings(seconds, did, looks_for, say),
        private=[
            Private(key, say("private", where=_place(dossier, entry) or say("somewhere")))
            for key, entry in hard.items()
        ],
    )


def _told(best: list[Proof], lang: str, frame: int) -> list[str]:
    """The strongest proofs as spoken sentences, with the first quote of feedback on one.

    As many as it takes to fill the time, beside the `frame` seconds of the rest.
    """
    told: list[str] = []
    for number in range(1, min(DEEDS, len(best)) + 1):
        longer = _linked(best[:number], lang)
        seconds = frame + seconds_spoken(" ".join(longer))
        if told and seconds > LONGEST:
            break
        told = longer
        if number >= FEWEST and seconds >= SHORTEST:
            break
    return told


def _linked(proofs: list[Proof], lang: str) -> list[str]:
    """`proofs` said one after another: 'I …', 'I also …', 'Then I …', 'And I …'."""
    places = ["first", "next", "then"][: len(proofs)]
    if len(proofs) > FEWEST:
        places = [*places[: len(proofs) - 1], "last"]
    quotes = [said_of(proof, lang) for proof in proofs]
    first = next((n for n, quote in enumerate(quotes) if quote), None)
    return [
        f"{spoken(proof, lang, place=places[n])} {quotes[n] if n == first else ''}".strip()
        for n, proof in enumerate(proofs)
    ]


def _who(dossier: Dossier, writer: Writer) -> str:
    """Where one is or was, as what, for how long."""
    entry = dossier.internship or next(iter(dossier.snapshot.of("internship")), None)
    if entry is None:
        return ""
    from coach.flows.background import gather_student_context

    known = gather_student_context([], entry, dossier.today)
    return opening_line(writer, known.company, known.role, known.today, known.start, known.end)


def _looks_for(dossier: Dossier, writer: Writer) -> str:
    """What the last interview taught to look for, in the student's words."""
    for entry in dossier.entries("interview", everywhere=True):
        if told := writer.part("look_for", entry.answers.get("fit_note")):
            return told
    return ""


def _hard(dossier: Dossier) -> dict[str, Entry]:
    """The private stories by the key that ticks each: `story`, `story-2`, … the newest first."""
    told = [
        entry
        for entry in dossier.private_entries("reframe", everywhere=True)
        if text_of(entry.answers, "story")
    ]
    return {f"story-{n}" if n > 1 else "story": entry for n, entry in enumerate(told, 1)}


def _place(dossier: Dossier, entry: Entry) -> str:
    about = dossier.snapshot.by_id.get(entry.internship or "")
    name = text_of(about.answers, "company") if about else ""
    return one_line(name or text_of(entry.answers, "place"), 60)


def _warnings(seconds: int, did: list[str], looks_for: str, say: Wording) -> list[str]:
    if not did:
        return [say("empty")]
    found = []
    if seconds < SHORTEST:
        found.append(say("short", seconds=seconds, least=SHORTEST))
    elif seconds > LONGEST:
        found.append(say("long", seconds=seconds, most=LONGEST))
    if not looks_for:
        found.append(say("no_end"))
    return found
