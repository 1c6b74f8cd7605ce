"""Cuts a text into words, numbers and marks, and tells which numbers are only names.

Every expression here is bounded and none nests its repeats, so reading is linear in the text.
"""

import re
from collections.abc import Container
from functools import cache
from typing import Literal, NamedTuple, TypeAlias

from coach.util.text import fold

Kind: TypeAlias = Literal[
    "word", "number", "year", "clock", "rate", "times", "ordinal", "date", "code", "mark", "blank"
]


class Token(NamedTuple):
    """One piece of a text.

    `word` is folded (no accents, no case); `raw` is as typed, with the apostrophe of a lone
    letter. Kinds beside words and marks: `number` 12; `year` 2024; `clock` 14h30, 2.30pm;
    `rate` 3/5; `times` x2; `ordinal` 2e, 3rd; `date` 12/03; `code` L3, B2B, covid-19, a link, a
    telephone number; `blank` ___.
    """

    word: str
    raw: str
    kind: Kind
    start: int


_ELIDABLE = frozenset("cdjlmnst")
_ORDINALS = frozenset(["er", "ere", "re", "e", "eme", "ieme", "nd", "nde", "st", "rd", "th", "o"])
_TITLES = {"M": "monsieur", "Mr": "mr", "Mrs": "mrs", "Ms": "ms", "Dr": "dr", "Mme": "mme"}
_APOSTROPHES = ("'", "’", "ʼ")
_PLAIN: dict[str, Kind] = {
    "link": "code",
    "phone": "code",
    "version": "code",
    "date": "date",
    "clock": "clock",
    "blank": "blank",
}
_STRAY = ("‘", "`", "´", "′", "＇")
"""What some keyboards give for an apostrophe: one where it stands between two letters."""
_ELISIONS = (*_APOSTROPHES, *_STRAY)
_JOINERS = frozenset((*_ELISIONS, "-", "‐", "‑"))
_SCREENS = frozenset({"2K", "4K", "8K"})


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"""
          (?P<link>(?:https?://|www\.)\S+)
        | (?P<phone>(?<!\d)0\d(?:[ .]\d\d){4}(?!\d))
        | (?P<date>\d{4}-\d\d-\d\d | \d{1,2}(?P<sep>[/.-])\d{1,2}(?P=sep)(?:\d{4}|\d\d)(?!\d))
        | (?P<version>\d{1,4}(?:\.\d{1,6}){2,6})
        | (?P<clock>\d{1,2}:\d\d(?!\d))
        | (?P<rate>\d{1,9}(?:[.,]\d{1,3})?/\d{1,9})
        | (?P<number>\d{1,3}(?:[ \u00a0\u202f.,']\d{3}){1,4}(?!\d)(?:,\d{1,9})? | \d+(?:[.,]\d+)?)
          (?P<suffix>[^\W_]*)
        | (?P<word>[^\W\d_]+)
          (?P<tail>(?:[-+](?!\d{1,9}(?:[.,]\d{1,9})?\s?[%€£$]))?\d[^\W_]*)?
        | (?P<blank>_{2,})
        | (?P<arrow>[-=]>|[→⇒➜➔>])
        | (?P<mark>[^ \t\r\f\v\u00a0\u202f])
        """,
        re.VERBOSE,
    )


def _number_kind(digits: str) -> Kind:
    if len(digits) == 4 and digits.isdecimal() and 1900 <= int(digits) < 2100 and int(digits) % 50:
        return "year"
    return "number"


def _rate_kind(text: str) -> Kind:
    """Whether `a/b` says how many out of how many, or is a day, or 'round the clock'."""
    if text in ("24/24", "7/7", "24/7"):
        return "code"
    part, whole = text.split("/")
    if part.startswith("0") or whole.startswith("0"):
        return "date"
    return "rate" if float(part.replace(",", ".")) <= float(whole) else "date"


def _number(digits: str, suffix: str, start: int, units: Container[str]) -> list[Token]:
    """The tokens of a number, maybe with letters stuck to it: 25kg, 14h30, 2e, 3D, 4x."""
    if not suffix:
        return [Token(digits, digits, _number_kind(digits), start)]
    raw, ending = digits + suffix, fold(suffix)
    word = fold(raw)
    if ending in _ORDINALS:
        return [Token(word, raw, "ordinal", start)]
    if ending in ("am", "pm") or re.fullmatch(r"h[0-5]\d(?:min|mn)?", ending):
        return [Token(word, raw, "clock", start)]
    if ending == "x":
        return [Token(word, raw, "times", start)]
    # 5S, 4G and 3M are names; 5s, 3m are seconds and metres.
    named = len(suffix) == 1 and suffix in "SGMTD"
    if ending in units and not named and raw not in _SCREENS:
        return [
            Token(digits, digits, "number", start),
            Token(ending, suffix, "word", start + len(digits)),
        ]
    return [Token(word, raw, "code", start)]


def tokenize(text: str, units: Container[str]) -> list[Token]:
    """The tokens of `text`, in order; `units` are the folded words that may be stuck to a number.

    A new line is the mark `\\n`, every arrow the mark `→`, a hyphen between spaces the mark `—`.
    Apostrophes and hyphens that join two words, and the full stop of a title (Mr., M.), leave no
    token.
    """
    tokens: list[Token] = []
    for found in _pattern().finditer(text):
        raw, start = found[0], found.start()
        if found["number"] is not None:
            tokens.extend(_number(found["number"], found["suffix"], start, units))
        elif found["word"] is not None:
            lone = len(raw) == 1 and text[found.end() : found.end() + 1] in _ELISIONS
            tokens.append(_word(found["word"], found["tail"] or "", start, lone=lone))
        elif found["rate"] is not None:
            tokens.append(Token(raw, raw, _rate_kind(raw), start))
        elif found.lastgroup in _PLAIN:
            tokens.append(Token(raw, raw, _PLAIN[found.lastgroup], start))
        elif raw == "." and tokens and tokens[-1].raw in _TITLES:
            tokens[-1] = tokens[-1]._replace(word=_TITLES[tokens[-1].raw])
        else:
            mark = "→" if found["arrow"] else _mark(text, start)
            if mark:
                tokens.append(Token(mark, raw, "mark", start))
    return tokens


def _word(letters: str, tail: str, start: int, *, lone: bool) -> Token:
    """The token of a word, or of letters with digits after them: L3, covid-19, x2."""
    raw = letters + tail
    if not tail:
        return Token(fold(raw), raw + "'" if lone else raw, "word", start)
    times = fold(letters) == "x" and tail.isdecimal()
    return Token(fold(raw), raw, "times" if times else "code", start)


def _mark(text: str, start: int) -> str:
    """The mark at `start`; empty where it only joins two words or a number and a word."""
    mark = text[start]
    if mark in _JOINERS:
        before = text[start - 1 : start]
        after = text[start + 1 : start + 2]
        if before.isalnum() and after.isalpha():
            return ""
        if mark in _APOSTROPHES and after.isspace() and _elided(text, start):
            return ""
        if mark in "-‐‑" and not before.isalnum() and not after.isalnum():
            return "—"
        return "'" if mark in _APOSTROPHES else "-"
    return mark


def _elided(text: str, apostrophe: int) -> bool:
    """Whether a lone letter stands before the apostrophe, a word after a blank: `d' angoisse`."""
    letter = text[max(0, apostrophe - 1) : apostrophe].casefold()
    alone = not text[max(0, apostrophe - 2) : max(0, apostrophe - 1)].isalnum()
    return alone and letter in _ELIDABLE and text[apostrophe + 2 : apostrophe + 3].isalpha()
