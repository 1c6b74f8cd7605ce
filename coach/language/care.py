"""The calm line that points to a person to talk to, and the words that call for it.

Numbers, people and words are in `data/care.toml`, checked in November 2026; they serve France
only, and no other numbers are ever given.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from coach.language.lexicon import Lexicon, Page
from coach.util.data_files import ContentError, data_path, read_toml
from coach.util.text import fold, texts

LONGEST = 100_000
"""Characters searched for a listed word: as many as an answer may have."""


@dataclass(frozen=True)
class Care:
    """What `data/care.toml` holds; texts by language."""

    calm: dict[str, str]
    where: list[dict[str, str]]
    lexicon: Lexicon


@cache
def load_care() -> Care:
    """The lines and words of `data/care.toml`; raises `ContentError` where the file is wrong."""
    path = data_path("care.toml")
    data = read_toml(path)
    try:
        lexicon = Lexicon(data["words"], data["phrases"])
        return Care(calm=data["calm"], where=data["where"], lexicon=lexicon)
    except (KeyError, TypeError, ValueError) as error:
        raise ContentError(path, f"{type(error).__name__}: {error}") from error


def listed_word(text: str) -> bool:
    """Whether `text` speaks of distress, harassment, discrimination or violence.

    Whole words in French and English, whatever the accents and the case. Phrases that only
    borrow the words ('mourir de rire', 'suicide squad') do not count.
    """
    return _may_be(text[:LONGEST]) and _listed(text[:LONGEST])


_WORD = re.compile(r"[^\W\d_]+")


def _may_be(text: str) -> bool:
    """Whether a word of `text` begins like a listed one; a fast test that most texts fail."""
    openings, lengths = _openings()
    words = _WORD.findall(fold(text))
    return any(word[:n] in openings for n in lengths for word in words)


@cache
def _openings() -> tuple[frozenset[str], list[int]]:
    """(Beginnings of listed words, their lengths)."""
    found = load_care().lexicon.openings("sure", "listed")
    return found, sorted({len(one) for one in found})


@lru_cache(maxsize=1024)
def _listed(text: str) -> bool:
    page = Page(text, load_care().lexicon)
    return bool(page.find("sure") or page.find("listed", without=page.find("harmless")))


def heard(*told: object) -> bool:
    """Whether any text in `told` (texts, rows, whole answers) calls for the calm line.

    Ids of chosen options are not searched.
    """
    return any(listed_word(text) for one in told for text in texts(_without_ticks(one)))


def _without_ticks(told: object) -> object:
    if isinstance(told, list):
        return [_without_ticks(one) for one in told if not isinstance(one, str)]
    if isinstance(told, dict):
        return {name: _without_ticks(one) for name, one in told.items()}
    return told


def gate(lang: str, *told: object) -> str:
    """The calm line in `lang` where a text in `told` calls for it, else "".

    Called before any answer of the coach: where there is a line, it is shown alone (no question, no
    praise, no next step, no draft).
    """
    return calm_line(lang) if heard(*told) else ""


def calm_line(lang: str) -> str:
    """The one line, in `lang` (`fr` or `en`), that says whom to call, and that it is for France."""
    return load_care().calm["en" if lang == "en" else "fr"]


def where_to_turn(lang: str) -> list[str]:
    """The people to turn to, in order, in `lang`, the last line saying when this was checked."""
    return [line["en" if lang == "en" else "fr"] for line in load_care().where]
