"""Text as the student gives it: cleaned where it comes in, folded where it is searched."""

import re
import unicodedata
from collections.abc import Sequence

_ESCAPES = re.compile(
    # OSC, DCS and their kin are bounded so that a lone introducer cannot swallow an answer.
    "\x1b[\\]PX^_][^\x07\x1b]{0,4096}(?:\x07|\x1b\\\\)"
    "|(?:\x1b\\[|\x9b)[0-?]{0,64}[ -/]{0,16}[@-~]"
    "|\x1b[ -/]{0,4}[0-~]"
)
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_COMBINING = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
NO_BREAK = "\u00a0\u202f"
"""The no-break spaces, wide and narrow, which French keyboards give by accident."""
_LETTERS = (
    *(("œ", "oe"), ("Œ", "OE"), ("æ", "ae"), ("Æ", "AE"), ("ø", "o"), ("Ø", "O")),
    *(("’", "'"), ("ʼ", "'")),
)


def clean(text: str) -> str:
    """`text` without what a terminal could obey: escape sequences, controls, bidi overrides; and
    without U+FFFE and U+FFFF, which are no characters and which no XML file may hold.

    New lines and tabs stay; `\\r\\n`, `\\r` and Unicode line separators become `\\n`; a lone
    surrogate (a broken paste, which no file can hold) becomes U+FFFD.
    """
    if text.isprintable():  # letters of any script and plain spaces, and nothing else
        return text
    text = _ESCAPES.sub("", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n")
    if _SURROGATES.search(text):
        # A pair of surrogates that belongs together is one character: join before replacing.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _CONTROLS.sub("", text)


def writable(text: str) -> str:
    """`text` without what XML 1.0 forbids (controls, lone surrogates, U+FFFE, U+FFFF): what Word,
    slides and HTML can hold. Entries from elsewhere may hold anything.
    """
    return _NOT_XML.sub("", text)


def clean_line(text: str) -> str:
    """`text` cleaned and on one line, without space at its ends."""
    return " ".join(clean(text).split())


def fold(text: str) -> str:
    """`text` for comparing: no accents, no case, ligatures apart."""
    if text.isascii():
        return text.lower()
    for letter, plain in _LETTERS:  # ten times as fast as `translate`
        text = text.replace(letter, plain)
    text = unicodedata.normalize("NFKD", text).casefold()
    return _COMBINING.sub("", text)


def matches(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """The (start, end) spans of `words` (already folded) in `text`, in order, not overlapping.

    Spans count characters of `text` as given, so they can mark it on a screen.
    """
    wanted = [word for word in words if word]
    if not wanted:
        return []
    folded: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(text):
        piece = fold(character)
        folded.append(piece)
        origin.extend([index] * len(piece))
    haystack = "".join(folded)
    spans: list[tuple[int, int]] = []
    for found in re.finditer(
        "|".join(map(re.escape, sorted(wanted, key=len, reverse=True))), haystack
    ):
        start, end = origin[found.start()], origin[found.end() - 1] + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        if not spans or start >= spans[-1][1]:
            spans.append((start, end))
    return spans


def fill(template: str, values: dict[str, str]) -> str:
    """`template` with each `{name}` replaced by its value; an unknown name is left as it is.

    Plain replacement, once, left to right: what a value holds is never read as a template, and
    no attribute or index of an object can be reached from one.
    """
    return re.sub(r"\{([a-z_][a-z0-9_.]*)\}", lambda m: values.get(m[1], m[0]), template)


def one_line(text: str, width: int) -> str:
    """The start of `text` on one line of at most `width` characters, with an ellipsis if cut."""
    line = " ".join(text[: width * 4].split())
    return line if len(line) <= width else line[: max(width - 1, 0)].rstrip() + "…"


def word_count(text: str) -> int:
    """The number of words in `text`, as one speaks them: runs that hold a letter or a digit."""
    return sum(1 for word in text.split() if any(c.isalnum() for c in word))


WORDS_A_MINUTE = 150
"""How fast an interview answer is spoken: about 150 words a minute."""


def seconds_spoken(text: str) -> int:
    """The seconds that `text` takes to say aloud at `WORDS_A_MINUTE`."""
    return round(word_count(text) * 60 / WORDS_A_MINUTE)


def bracketed(told: str) -> str:
    """`told` with what follows a colon in brackets: the colon is for what came of it."""
    return told if "(" in told else re.sub(r"\s{0,2}: (.+)", r" (\1)", told)


def texts(value: object) -> list[str]:
    """Every piece of text in an answer, however deep: what search reads and cards show."""
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, dict):
        return [text for key, part in value.items() if key not in _HIDDEN for text in texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in texts(part)]
    return []


_HIDDEN = frozenset({"id", "note"})
"""Keys of a row that are not the student's words: its own id, the id of the note it came from."""
