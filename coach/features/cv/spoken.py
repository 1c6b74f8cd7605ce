"""A proof said aloud in one sentence: "J'ai trié 300 dossiers : deux heures gagnées par semaine."

It is the CV's line with an 'I' before it, so that both say the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coach.features.cv.lines import cv_line
from coach.features.star.story import says_i
from coach.language.sentences import Writer
from coach.language.verbs import verbs
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.proofs.proof import Proof

_QUOTED = re.compile(r"«\s*([^«»]+?)\s*»|\"([^\"]+)\"|“([^”]+)”")


def spoken(proof: Proof, lang: str, *, place: str = "first") -> str:
    """What was done and what came of it, in the first person; "" without an action.

    `place` says which of several it is, so that they link up: `first`, `next`,
    `then` or `last`.
    """
    writer, words = Writer(lang), Wording("spoken", lang)
    line = cv_line(proof.action, proof.impact, lang)
    first = re.match(r"[\w'-]+", line)
    if first is None:
        return ""
    low = writer.low(line)
    infinitives = dict(pair.split(":") for pair in words("with_etre").split())
    if infinitive := infinitives.get(first[0].lower().removesuffix("e")):
        # Told with 'être', it would agree in gender.
        told = words("had_to", it=infinitive + low[first.end() :])
    elif verbs(lang).is_past(first[0]):
        told = words(f"did.{place}", it=low)
    elif says_i(line):
        told = line
    else:
        told = words("other", it=writer.low(cv_line(proof.action, "", lang)))
        more = writer.whole(proof.impact) if proof.impact else ""
        return f"{writer.whole(told)} {more}".strip()
    return writer.mend(writer.whole(told))


def said_of(proof: Proof, lang: str) -> str:
    """Whose words and which, where the feedback quotes any: 'Mme Roy m'a dit : « … »'; else ''."""
    found = _QUOTED.search(proof.feedback)
    if found is None:
        return ""
    writer, words = Writer(lang), Wording("spoken", lang)
    quote = writer.whole(next(filter(None, found.groups())).strip())
    who = writer.cap(proof.feedback_from.strip())
    who += "," if "," in who else ""
    return words("said", who=who, it=quote) if who else words("said_none", it=quote)
