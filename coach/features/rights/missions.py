"""Reads the missions of an internship agreement one by one against what the law forbids.

It goes by words (`data/rights.toml`), French and English alike: what it marks is worth a question,
what it does not mark is not thereby lawful.
"""

import unicodedata
from typing import NamedTuple

from coach.features.rights.rules import Rules, Use
from coach.language.lexicon import Page

LONGEST = 2_000
"""Characters of one mission that are read."""
MOST = 60
"""Missions read at most: an agreement has a handful."""


class Mark(NamedTuple):
    """A use that a mission may be, and the words of the mission that say so."""

    use: Use
    words: str


class Mission(NamedTuple):
    """One mission as written, and what to check about it: nothing where it is fine."""

    text: str
    marks: list[Mark]

    @property
    def fine(self) -> bool:
        """Whether no word of it calls for a question."""
        return not self.marks


def read_mission(text: str, rules: Rules) -> Mission:
    """One mission, read; forbidden uses come before what is only vague."""
    text = unicodedata.normalize("NFC", text)[:LONGEST]
    page = Page(text, rules.lexicon)
    harmless = page.find("harmless")
    marks = []
    for use in rules.uses:
        if places := page.places(page.find(use.id, without=harmless)):
            marks.append(Mark(use, _quoted(page, text, places)))
    return Mission(text, sorted(marks, key=lambda mark: not mark.use.forbidden))


def read_missions(texts: list[str], rules: Rules) -> list[Mission]:
    """The missions that say something, in order, each read on its own."""
    told = [text.strip() for text in texts if text.strip()]
    return [read_mission(text, rules) for text in told[:MOST]]


def _quoted(page: Page, text: str, places: list[int]) -> str:
    """The first run of found tokens, as it stands in `text`."""
    last = places[0]
    for place in places[1:]:
        if place != last + 1:
            break
        last = place
    first, end = page.tokens[places[0]], page.tokens[last]
    return text[first.start : end.start + len(end.raw)].strip()
