"""STAR stories: a proof as situation, task, action and result.

Action and result come from the proof's row; situation and task are answers of an entry of the flow
`star`, which names the proof by its key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from coach.language.sentences import Writer
from coach.language.verbs import verbs
from coach.proofs.proof import Proof
from coach.store.answers import text_of
from coach.util.wording import LANGUAGES, Wording

if TYPE_CHECKING:
    from coach.store.entries import Entry

FLOW = "star"
"""The flow of an entry with one story; its answer `proof` is the proof's key."""
PARTS = ("situation", "task", "action", "result")


@dataclass(frozen=True)
class Star:
    """One proof as a story; parts not written yet are empty."""

    proof: Proof
    situation: str = ""
    task: str = ""
    action: str = ""
    result: str = ""
    entry_id: str = ""
    """The id of the entry with the story, '' while there is none."""

    @property
    def missing(self) -> list[str]:
        """What it lacks: of `PARTS`, `i` (a sentence with 'I') and `figure`."""
        found = [part for part in PARTS if not getattr(self, part)]
        if self.action and not says_i(self.action):
            found.append("i")
        if not self._has_figure():
            found.append("figure")
        return found

    def _has_figure(self) -> bool:
        from coach.language.nudges import verdict

        return any(verdict(text).quantified for text in (self.result, self.action) if text)

    @property
    def whole(self) -> str:
        """The story in one go, part after part."""
        return "\n\n".join(text for part in PARTS if (text := getattr(self, part)))


def star_with(proof: Proof, entry: Entry | None) -> Star:
    """The story of `proof` in `entry`; parts missing there come from the row."""
    told = {part: _text(entry, part) for part in PARTS}
    return Star(
        proof,
        situation=told["situation"],
        task=told["task"],
        action=told["action"] or first_person(proof.action),
        result=told["result"] or proof.impact,
        entry_id=entry.id if entry else "",
    )


def by_proof(stars: Iterable[Entry]) -> dict[str, Entry]:
    """Proof key → the newest entry of `stars` (newest first) about it."""
    found: dict[str, Entry] = {}
    for entry in stars:
        if key := text_of(entry.answers, "proof"):
            found.setdefault(key, entry)
    return found


def _text(entry: Entry | None, name: str) -> str:
    from coach.language.care import heard

    text = text_of(entry.answers, name) if entry else ""
    # What calls for the calm line is no part of a story to tell.
    return "" if heard(text) else text


@cache
def _pattern(key: str) -> re.Pattern[str]:
    words = "|".join(
        re.escape(word) for lang in LANGUAGES for word in Wording("star", lang)(key).split()
    )
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def says_i(text: str) -> bool:
    """Whether `text` speaks in the first person singular, in French or English."""
    return bool(_pattern("i").search(text.replace("’", "'")))


def first_person(action: str) -> str:
    """A row's action as one says it: 'Trié 3 bacs' → "J'ai trié 3 bacs"; unsure, as it is.

    Verbs that French tells with 'être' are left alone: they would agree in gender.
    """
    text = action.strip()
    # At its beginning alone: 'on' in the middle of an English row is no 'we'.
    if any(_pattern(who).match(text.replace("’", "'")) for who in ("i", "we")):
        return text
    for lang in LANGUAGES:
        told = verbs(lang).find_past(Writer(lang).low(text), sure=False)
        if told and not _pattern("with_etre").match(told):
            return Wording("star", lang)("did", it=told)
    return text
