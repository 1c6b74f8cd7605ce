"""Lists of words and of phrases, and where they stand in a text.

A word of a list is itself, a stem with `~` (then any ending of the list `ending`), a beginning
with `*`, or an ending with a hyphen before it. A phrase is words between spaces, where a word may
also be

- `a|b`       one of several
- `<list>`    any word of a list
- `#`         a number, in digits or in words (the list `nb`); `<digits>` in digits; `<year>`,
              `<clock>`, `<rate>`, `<times>`, `<ordinal>`, `<date>`, `<code>`: see
              `coach.language.tokenizer`
- `<thing>`   a word that is not of the list `glue`; `<plural>` one that looks plural; `<name>`
              one with a capital inside a sentence
- `word?`     there or not
- `de`        or `d'`; so with `le`, `la`, `je`, `me`, `te`, `se`, `ne`, `que`
- `..`        up to two words; `...` up to four: never across a mark or a word of the list `wall`

All phrases are looked for at once at every place, with one bit per token, so the time taken grows
with the text alone, whatever the text repeats.
"""

import itertools
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias, get_args

from coach.language.tokenizer import Kind, Token, tokenize
from coach.util.text import fold

Step: TypeAlias = tuple[str, ...] | int
"""One of several atoms (a literal, a stem, a list, a kind), or a gap of so many words."""

_GAPS = {"..": 2, "...": 4}
_KINDS = frozenset((*get_args(Kind), "digits", "letter", "thing", "plural", "name"))
_ENDS = frozenset(".!?…\n")
_QUOTES = {"«": "»", "“": "”", '"': '"', "‘": "'", "'": "'", "„": "“"}
_LONGEST = 24
OPENING = 4
"""Letters of a word's beginning that the first, fast test compares."""
_ELIDED = {one: one[:-1] for one in ("de", "le", "la", "je", "me", "te", "se", "ne", "que")}


class Variant(NamedTuple):
    """One way to say a phrase; `tail` is the number of tokens after its last gap."""

    steps: tuple[Step, ...]
    tail: int

    @property
    def first(self) -> tuple[str, ...]:
        """The atoms that it may begin with; raises ValueError when it begins with a gap."""
        first = self.steps[0]
        if isinstance(first, int):
            raise ValueError("a phrase begins with a gap")
        return first


class Lexicon:
    """Word lists and phrase lists, made ready for looking up."""

    def __init__(self, words: Mapping[str, str], phrases: Mapping[str, str]) -> None:
        """`words` maps a list's name to words between blanks; `phrases` to one phrase a line.

        Raises ValueError where a phrase names a list that is not there.
        """
        self.lists = frozenset(words)
        self._endings = frozenset(_folded(words.get("ending", ""))) | {""}
        self._exact: dict[str, set[str]] = {}
        self._stems: dict[str, set[str]] = {}
        self._starts: dict[str, set[str]] = {}
        self._ends: dict[str, set[str]] = {}
        for name, text in words.items():
            for word in text.split():
                self._learn(word, f"<{name}>")
        units = " ".join(words.get(name, "") for name in ("unit", "stuck"))
        self.units = frozenset(_folded(units))
        self.phrases: dict[str, dict[str, list[Variant]]] = {}
        for name, text in phrases.items():
            starts = self.phrases.setdefault(name, {})
            for line in filter(str.strip, text.splitlines()):
                for variant in self._variants(line):
                    for atom in variant.first:
                        starts.setdefault(atom, []).append(variant)
        self.atoms_of = lru_cache(maxsize=8192)(self._atoms_of)

    def _learn(self, word: str, atom: str) -> None:
        table = {"~": self._stems, "*": self._starts}.get(word[-1], self._exact)
        if word[0] == "-" and len(word) > 1:
            table = self._ends
        table.setdefault(fold(word.rstrip("~*").removeprefix("-")), set()).add(atom)

    def _variants(self, line: str) -> Iterable[Variant]:
        choices: list[list[Step | None]] = []
        for part in line.split():
            optional = part.endswith("?") and len(part) > 1
            step: Step = _GAPS.get(part) or self._step(part[:-1] if optional else part)
            choices.append([step, None] if optional else [step])
        for chosen in itertools.product(*choices):
            steps = tuple(step for step in chosen if step is not None)
            fixed = itertools.takewhile(lambda step: not isinstance(step, int), reversed(steps))
            yield Variant(steps, sum(1 for _ in fixed))

    def _step(self, part: str) -> tuple[str, ...]:
        atoms = tuple(fold(atom) for atom in part.split("|"))
        atoms += tuple(_ELIDED[atom] for atom in atoms if atom in _ELIDED)
        for atom in atoms:
            if atom.startswith("<") and atom.strip("<>") not in self.lists | _KINDS:
                raise ValueError(f"no list {atom}")
            if atom[:1].isalpha():
                self._learn(atom, atom)
        return atoms

    def openings(self, *names: str) -> frozenset[str]:
        """Beginnings of words, of `OPENING` letters or of whole shorter words: a text without any
        of them holds no phrase of those lists, which is far quicker to see than reading it.
        """
        words_with: dict[str, set[str]] = {}
        for table in (self._exact, self._stems, self._starts):
            for word, atoms in table.items():
                for atom in atoms:
                    words_with.setdefault(atom, set()).add(word)
        found: set[str] = set()
        for name in names:
            for variant in {v: None for vs in self.phrases[name].values() for v in vs}:
                steps = [step for step in variant.steps if not isinstance(step, int)]
                words = [_words_of(step, words_with) for step in steps]
                # The step with the longest words: the others hold for many texts.
                found |= max(words, key=lambda those: min(map(len, those), default=0))
        return frozenset(word[:OPENING] for word in found)

    def _atoms_of(self, word: str) -> frozenset[str]:
        """The lists and the words of phrases that the folded `word` belongs to."""
        atoms = set(self._exact.get(word, ()))
        for cut in range(2, min(len(word), _LONGEST) + 1):
            start = word[:cut]
            if start in self._starts:
                atoms |= self._starts[start]
            if start in self._stems and word[cut:] in self._endings:
                atoms |= self._stems[start]
        for cut in range(max(len(word) - 8, 3), len(word)):
            atoms |= self._ends.get(word[cut:], set())
        return frozenset(atoms)


def _words_of(step: tuple[str, ...], words_with: Mapping[str, set[str]]) -> set[str]:
    """The words, or beginnings of words, that may stand for a step; none for a kind.

    `words_with` is atom → words.
    """
    if any(atom.strip("<>") in _KINDS or atom == "#" for atom in step):
        return set()
    return {word for atom in step for word in words_with.get(atom, ())}


class Page:
    """One text, cut into tokens, in which phrases are looked for.

    What is found is a set of token positions, held as the bits of an int.
    """

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        """Reads `text` with the words of `lexicon`."""
        # U+02BC counts as a letter, and would join the two words that it stands between.
        text = unicodedata.normalize("NFC", text).replace("ʼ", "'")
        self.lexicon = lexicon
        self.tokens: Sequence[Token] = tokenize(text, lexicon.units)
        self._places: dict[str, list[int]] = {}
        self._sets: dict[str, int] = {}
        letters = sum(map(str.isalpha, text))
        shouting = sum(map(str.isupper, text)) * 2 > letters
        opening = True
        for place, token in enumerate(self.tokens):
            for atom in self._atoms(token, opening=opening or shouting):
                self._places.setdefault(atom, []).append(place)
            if token.kind == "mark":
                opening = opening or token.word in _ENDS or token.word in ':«“"('
            else:
                opening = False
        self._all = (1 << len(self.tokens)) - 1
        self._free = self.at("<word>", "<number>") & ~self.at("<wall>")

    def _atoms(self, token: Token, *, opening: bool) -> Iterable[str]:
        if token.kind != "word":
            yield f"<{token.kind}>"
            yield token.word
            if token.kind == "number":
                yield from ("#", "<digits>")
            return
        known = self.lexicon.atoms_of(token.word)
        if token.raw[-1] == "'":
            known -= {"<unit>"}
        yield "<word>"
        yield from known
        if "<nb>" in known:
            yield "#"
        if len(token.word) == 1:
            yield "<letter>"
        elif "<glue>" not in known:
            yield "<thing>"
        if token.word[-1] in "sx" and token.word[-2:] not in ("ss", "s", "x"):
            yield "<plural>"
        if not opening and token.raw[0].isupper():
            yield "<name>"

    def at(self, *atoms: str) -> int:
        """Where a token is one of `atoms` (a word of a phrase, `<list>`, or a kind)."""
        found = 0
        for atom in atoms:
            if atom in self._places:
                if atom not in self._sets:
                    self._sets[atom] = _bits(self._places[atom], len(self.tokens))
                found |= self._sets[atom]
        return found

    def find(self, phrases: str, without: int = 0) -> int:
        """The tokens of every phrase found of that list, from its last gap on.

        Tokens in `without` are no part of a phrase; a gap may still reach across them.
        """
        seen = self._all & ~without
        free = self._free
        hits = 0
        starts = self.lexicon.phrases[phrases]
        for variant in {v: None for atom in self._places for v in starts.get(atom, ())}:
            reach = self._all
            for step in variant.steps:
                if isinstance(step, int):
                    further = reach
                    for _ in range(step):
                        further = (further & free) << 1
                        reach |= further
                else:
                    reach = (reach & self.at(*step) & seen) << 1
                if not reach:
                    break
            for back in range(1, variant.tail + 1) if reach else ():
                hits |= reach >> back
        return hits

    def places(self, found: int) -> list[int]:
        """The positions in a set of tokens, in order."""
        return [i for i, bit in enumerate(reversed(bin(found)[2:])) if bit == "1"] if found else []

    def cuts(self, marks: str) -> list[int]:
        """For each token the number of the piece it is in, when `marks` (and line ends) cut."""
        pieces, piece = [], 0
        for token in self.tokens:
            if token.kind == "mark" and (token.word in _ENDS or token.word in marks):
                piece += 1
            pieces.append(piece)
        return pieces

    def quoted(self) -> int:
        """The tokens inside quotation marks; an open quotation runs to the end of its line.

        A single straight quote opens only after a space, and when one also closes on that line.
        """
        inside: list[int] = []
        closing = ""
        for place, token in enumerate(self.tokens):
            if token.kind == "mark":
                if token.word == closing or token.word == "\n":
                    closing = ""
                elif not closing and token.word in _QUOTES:
                    if token.word != "'" or self._closes(place):
                        closing = _QUOTES[token.word]
                    continue
            if closing:
                inside.append(place)
        return _bits(inside, len(self.tokens))

    def _closes(self, place: int) -> bool:
        """Whether the single quote at `place` opens, with a partner within reach on its line."""
        before = self.tokens[place - 1] if place else None
        if before and before.start + len(before.raw) == self.tokens[place].start:
            return False
        for token in self.tokens[place + 1 : place + 80]:
            if token.kind == "mark" and token.word in "'\n":
                return token.word == "'"
        return False


def _folded(words: str) -> list[str]:
    """The words of a list, ready for comparing."""
    return [fold(word) for word in words.split()]


def _bits(places: Iterable[int], size: int) -> int:
    """The set of `places`, all below `size`, as the bits of an int."""
    packed = bytearray(size // 8 + 1)
    for place in places:
        packed[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(packed, "little")
