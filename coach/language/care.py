"""The calm line that points to a person to talk to, and the words that call for it.

Numbers, people and words are in `data/care.toml`, checked in November 2026; they serve France
only, and no other numbers are ever given.
"""

from dataclasses import dataclass
from functools import cache, lru_cache

from coach.language.lexicon import Lexicon, Page
from coach.util.data_files import ContentError, data_path, read_toml

LONGEST = 100_000
"""Characters looked through for a listed word: as long as an answer may be."""


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
    return bool(text.strip()) and _listed(text[:LONGEST])


@lru_cache(maxsize=64)
def _listed(text: str) -> bool:
    page = Page(text, load_care().lexicon)
    return bool(page.find("sure") or page.find("listed", without=page.find("harmless")))


def calm_line(lang: str) -> str:
    """The one line, in `lang` (`fr` or `en`), that says whom to call, and that it is for France."""
    return load_care().calm["en" if lang == "en" else "fr"]


def where_to_turn(lang: str) -> list[str]:
    """The people to turn to, in order, in `lang`, the last line saying when this was checked."""
    return [line["en" if lang == "en" else "fr"] for line in load_care().where]
