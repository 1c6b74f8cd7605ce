"""The figure of an impact, short enough to be shown large: '2 h 45 → 2 h', '15 %', '12 chaises'."""

import re

LONGEST = 26
"""Characters of a figure at most: more is no figure to show large."""
_UNIT = r"(?:%|€|£|\$|h(?:\s?\d{1,2}\b)?(?:\s?min\b)?|min\b|mm\b|cm\b|km\b|m\b|kg\b|g\b|l\b)"
_QUANTITY = rf"(?:[£$€]\s?)?\d+(?:[.,\s]\d{{3}})*(?:[.,]\d+)?(?:\s?{_UNIT})?"
_NOUN = r"(?:\s+[a-zà-ÿœ][\w'-]*)"
_RATHER = r"(?:au lieu de|instead of|contre|against)\s+(?:the\s+)?"
_SHIFTS = (
    (rf"\b(?:de|from)\s+({_QUANTITY})({_NOUN})?\s+(?:à|to)\s+({_QUANTITY}{_NOUN}?)", (1, 3)),
    (
        rf"({_QUANTITY})({_NOUN})?(?:\s+[\w'-]+){{0,5}}?,?\s+{_RATHER}({_QUANTITY}{_NOUN}?)",
        (3, 1),
    ),
)
_SHARE = rf"\b(\d{{1,6}})(?:{_NOUN}?\s+(?:sur|out of)|\s+of)\s+(\d{{1,6}})\b"
_STRONG = rf"(?:[+-]\s?)?{_QUANTITY}(?<=[%€£$])|[£$€]\s?\d[\d.,]*"
_SIGNS = dict.fromkeys(("moins", "less", "fewer", "lower", "cheaper"), "\N{MINUS SIGN}")
_SIGNS |= dict.fromkeys(("plus", "more", "higher"), "+")
_WAY = rf"\s+(?:de\s+)?({'|'.join(_SIGNS)})\b"
"""The direction after a rate."""
_STOP = re.compile(
    r"de|des|du|en|et|à|au|aux|par|pour|sur|sous|dans|avec|sans|ou|que|qui|dont"
    r"|the|of|in|on|at|for|and|with|per|from|to|by|or",
    re.IGNORECASE,
)


def headline_figure(text: str) -> str:
    """The most telling figure of `text`, '' where it has none: a change, then a rate or a sum of
    money, then the first number with what it counts.
    """
    line = " ".join(text.split())
    for pattern, (before, after) in _SHIFTS:
        if found := re.search(pattern, line, re.IGNORECASE):
            first, then = _bare(found[before]), _bare(found[after])
            if _alike(first, then):
                return _short(f"{first} → {then}")
    if (found := re.search(_SHARE, line, re.IGNORECASE)) and int(found[1]) <= int(found[2]):
        return f"{found[1]} / {found[2]}"
    if found := re.search(_STRONG, line):
        way = re.match(_WAY, line[found.end() :], re.IGNORECASE)
        sign = _SIGNS[way[1].lower()] if way and "%" in found[0] else ""
        return _short(f"{sign if found[0][0].isdigit() else ''}{found[0]}")
    if found := re.search(rf"({_QUANTITY})({_NOUN})?", line, re.IGNORECASE):
        return _short(_bare(found[0]))
    return ""


def weight_of(figure: str) -> int:
    """How telling a figure is: 2 for a change, 1 for a rate, a share or money, 0 for a count."""
    return 2 if "→" in figure else int(bool(re.search(r"[%€£$/]", figure)))


def _bare(said: str) -> str:
    """A quantity with its noun, or without it where a function word follows."""
    words = said.split()
    if words and _STOP.fullmatch(words[-1]):
        words.pop()
    # After a unit there is nothing more to count: '11 h perdues' is '11 h'.
    more = len(words) > 1 and not words[-1][0].isdigit() and not re.fullmatch(_UNIT, words[-1])
    if more and re.search(rf"\d\s?{_UNIT}$", " ".join(words[:-1])):
        words.pop()
    return " ".join(words)


def _alike(first: str, then: str) -> bool:
    """Whether two quantities count the same thing, or one leaves it to the other to say."""
    one, other = (re.sub(r"[\d\s.,]", "", said) for said in (first, then))
    return not (one and other) or one == other


def _short(figure: str) -> str:
    figure = figure.strip(" ,;.")
    return figure if len(figure) <= LONGEST else ""
