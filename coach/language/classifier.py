"""Classifies a text: measured, vague, blaming, varnished (claims without facts), and its topics.

The words and phrases come from `data/nudges.toml`; this module weighs them. Each property of
`Reading` defines its label.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from coach.language.lexicon import Lexicon, Page

LONGEST = 20_000
"""The most characters read of a text."""

_CLAUSES = ",;:()—–"
_THING, _HAZY, _NOTION = 1.0, 0.5, 0.3
_DATED = ("<clock>", "<date>", "<code>", "<year>", "<ordinal>", "<digits>")
_SAID_SO = 1.0
"""With a sure sign of vagueness, a text is vague up to this much concrete content."""
_FACT = 2.0
"""This much concrete content elsewhere in the sentence supports a superlative."""


@dataclass(frozen=True)
class Verdict:
    """The labels of one text."""

    quantified: bool = False
    vague: bool = False
    blame: bool = False
    varnish: bool = False


@dataclass(frozen=True)
class Weights:
    """The word lists whose words are not concrete (`none`) or only half (`half`)."""

    none: Sequence[str]
    half: Sequence[str]


class Reading:
    """One text and its labels, each computed on first use."""

    def __init__(self, text: str, lexicon: Lexicon, weights: Weights) -> None:
        """Reads the first `LONGEST` characters of `text`."""
        self.page = Page(text[:LONGEST], lexicon)
        self.weights = weights

    @cached_property
    def quoted(self) -> int:
        """Words between quotation marks: someone else's, so neither blame nor varnish."""
        return self.page.quoted()

    @cached_property
    def figures(self) -> int:
        """The tokens of every measurable result or volume.

        Digits with a unit or a thing counted, percentages, money, durations, before and after,
        also in words; not a date, an hour, a year, a room, a version, a name that holds digits.
        """
        page = self.page
        names = page.find("figure_name") | self._named_numbers() | self._opening_hours()
        return page.find("figure_sure") | page.find("figure", without=names)

    def _named_numbers(self) -> int:
        """Numbers after a name or a singular, with nothing in the plural after them: Ubuntu 24."""
        page = self.page
        before = (page.at("<name>") & ~page.at("<month>")) | page.at("<softlabel>")
        counted = page.at("<plural>", "<unit>", "%", "€", "£", "$")
        return page.at("<digits>") & (before << 1) & ~(counted >> 1)

    def _opening_hours(self) -> int:
        """Both ends of '9h à 17h', '22h à 6h': hours of the day, unless a verb says a change.

        '10h à 2h' is not a day's work, so it is a change.
        """
        tokens, changing = self.page.tokens, self.page.at("<change>")
        found = 0
        for place in self.page.places(self.page.at("h")):
            if place < 1 or place + 3 >= len(tokens):
                continue
            first, joint, last, hour = tokens[place - 1], *tokens[place + 1 : place + 4]
            if (first.kind, last.kind, hour.word) != ("number", "number", "h"):
                continue
            if joint.word not in ("a", "to", "-", "et", "and"):
                continue
            start, end = _value(first.word), _value(last.word)
            recent = changing & (0b111111 << max(place - 7, 0))
            if not recent and (start < end or start >= 18):
                found |= 0b11111 << (place - 1)
        return found

    @cached_property
    def heft(self) -> list[float]:
        """For each token how concrete it is: 1 a thing or an act, 0.5 hazy, 0 not at all."""
        page = self.page
        solid = page.at("<solid>")
        rest = page.at("<word>") & ~page.at("<letter>") & ~self._lists(self.weights.none)
        rest &= ~page.find("nothing") & (solid | ~page.at("<adverb>"))
        hazy = self._lists(self.weights.half)
        notions = page.at("<notion>") & ~solid & ~hazy
        heft = [0.0] * len(page.tokens)
        for places, weight in (
            (rest & ~hazy & ~notions, _THING),
            (rest & hazy | page.at(*_DATED), _HAZY),
            (rest & notions, _NOTION),
        ):
            for place in page.places(places):
                heft[place] = weight
        return heft

    def _lists(self, names: Sequence[str]) -> int:
        """The words of any of these lists."""
        return self.page.at(*(f"<{name}>" for name in names))

    @cached_property
    def blame(self) -> bool:
        """Whether a person or a company is judged instead of facts being told.

        Not what stands in quotation marks, and not what the student says of themselves.
        """
        page = self.page
        exempt = self.quoted | page.find("blame_not") | self._of_oneself()
        if page.at("<insult>") & ~exempt & ~page.find("self_judged"):
            return True
        if page.find("blame", without=exempt):
            return True
        exempt |= page.find("blame_oblique")
        if not page.at("<boss>", "<firm>") & ~exempt:
            # 'It was bad': nobody is named, so only a pronoun that opens the text means someone.
            exempt |= page.at("<it>") & ~0b11
        return bool(page.find("blame_subject", without=exempt))

    def _of_oneself(self) -> int:
        """The words by which the student judges themselves: 'I was useless', 'I didn't care'."""
        page = self.page
        verbs = page.at("<self>") << 1
        return verbs & page.at("<selfaux>") | (verbs & page.at("<selfbe>")) << 1

    @cached_property
    def varnish(self) -> bool:
        """Whether a superlative or a claim of success stands with no fact under it.

        A fact is a figure in the sentence or the next one, words quoted, or another part of the
        sentence with something to picture. A question claims nothing.
        """
        page = self.page
        exempt = self.quoted | page.find("varnish_not")
        claims = page.find("varnish", without=exempt)
        loose = page.at("<superb>") & ~exempt & ~claims
        if not claims | loose:
            return False
        sentences = page.cuts("")
        pictured = self._pictured(sentences)
        claiming = {sentences[place] for place in page.places(claims)}
        for place in page.places(loose):
            # A superb cheese is a cheese; a superb week is only superb.
            if pictured[sentences[place]] < _FACT:
                claiming.add(sentences[place])
        return bool(claiming - self._carried(claims | loose, sentences, pictured))

    def _pictured(self, pieces: list[int]) -> list[float]:
        """The sum of concreteness for each piece of the text, by its number."""
        total = [0.0] * (pieces[-1] + 1)
        for piece, weight in zip(pieces, self.heft, strict=True):
            total[piece] += weight
        return total

    def _carried(self, varnish: int, sentences: list[int], pictured: list[float]) -> set[int]:
        """The sentences whose superlatives stand on a fact, or that ask rather than claim."""
        page = self.page
        asking = (page.at("?") & ~1) >> 1
        carried = {sentences[place] for place in page.places(self.quoted | asking)}
        clauses = page.cuts(_CLAUSES)
        varnished = {clauses[place] for place in page.places(varnish)}
        told = self._pictured(clauses)
        for clause, sentence in set(zip(clauses, sentences, strict=True)):
            if clause not in varnished and told[clause] >= _FACT:
                carried.add(sentence)
        spans = page.find("span")
        for place in page.places(self.figures):
            sentence = sentences[place]
            if not spans >> place & 1 or pictured[sentence] >= 1:
                carried |= {sentence, sentence - 1}
        return carried

    @cached_property
    def vague(self) -> bool:
        """Whether the text names no concrete act or thing.

        Blame is not called vague too, nor a sentence still to be filled in.
        """
        if self.figures or self.blame or self.blank or not self.page.at("<word>"):
            return False
        pictured = sum(self.heft)
        return pictured < 1 or (pictured <= _SAID_SO and bool(self.page.find("vague")))

    @cached_property
    def went_well(self) -> bool:
        """Whether all is said to have gone well, with no example."""
        told = bool(self.figures) or sum(self.heft) > _SAID_SO
        return not told and bool(self.page.find("went_well"))

    @cached_property
    def blank(self) -> bool:
        """Whether a blank (`___`) is still to be filled."""
        return bool(self.page.at("<blank>"))

    @cached_property
    def favour(self) -> bool:
        """Whether a job or a favour is asked for before the quarter of an hour is, if it is."""
        asked, quarter = self.page.find("favour"), self.page.find("quarter")
        # The lowest bit is the first token.
        return bool(asked) and (not quarter or asked & -asked < quarter & -quarter)

    def about(self, lists: Sequence[str]) -> bool:
        """Whether a word of one of these lists is in the text."""
        return bool(self._lists(lists))

    def verdict(self) -> Verdict:
        """The four labels at once."""
        return Verdict(bool(self.figures), self.vague, self.blame, self.varnish)


def _value(digits: str) -> int:
    """The whole number that `digits` begins with."""
    return int("".join(takewhile(str.isdecimal, digits)))
