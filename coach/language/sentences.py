"""Fits a student's free answers into whole sentences, by the rules of one language.

The rules are data: `data/wording/drafting.toml`. Nothing here raises on an odd answer.
"""

import re
from functools import cache

from coach.util.text import clean, fill, fold, one_line, word_count
from coach.util.wording import Wording

ANSWER = 60
"""Words of one answer that a story takes over: whole sentences, the first one always."""
BLANK = re.compile("__+")
"""A blank in a drafted sentence, for the student to fill."""
_BULLET = re.compile(r"^\s*(?:[-*•–—]|\d{1,2}[.)])\s+")
END = re.compile(r"(?<![\s.,;:!?…])[\s.,;:!?…]+$")
SENTENCE_END = re.compile(
    r"(?<!\bM)(?<!\bMme)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\betc)(?<!\bex)(?<!\benv)"
    r"(?<!\be\.g)(?<!\bi\.e)(?<=[.!?…])(?<![A-Z]\.)\s+"
)


@cache
def _rules(key: str, lang: str) -> list[tuple[re.Pattern[str], str]]:
    """The lines of `key`, patterns compiled with their classes of words put in; none without it."""
    words = Wording("drafting", lang)
    try:
        lines = words.lines(key)
    except KeyError:
        return []
    openers = "|".join(sorted(map(re.escape, words("openers").split()), key=len, reverse=True))
    classes = {name: words(name) for name in ("verb", "participle", "infinitive")}
    classes["opener"] = rf"(?:{openers})(?:\b|(?<='))"
    rules = []
    for line in lines:
        pattern, _, sentence = line.partition("=> ")
        for name, inside in classes.items():
            pattern = pattern.replace(f"<{name}>", inside)
        rules.append((re.compile(pattern.strip(), re.IGNORECASE), sentence.strip().strip('"')))
    return rules


class Writer:
    """Fits free answers into whole sentences of one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.words = Wording("drafting", lang)
        self._openers = {fold(word) for word in self.words("openers").split()}

    def low(self, text: str) -> str:
        """`text` with a small first letter, unless that would spoil an acronym or English 'I'."""
        first = re.match(r"[\w&]+", text)
        if first is None or re.search(r"[A-ZÀ-Ý\d]", first[0][1:]) or first[0] == "I":
            return text
        return text[0].lower() + text[1:]

    def soft(self, text: str) -> str:
        """`text` with a small first letter where its first word is surely no name."""
        verb, _ = _rules("first_verb", self.lang)[0]
        first = re.match(r"[\w-]+'?", text)
        whole = re.match(r"[\w'-]+", text)
        found = {fold(one[0]) for one in (first, whole) if one}
        return self.low(text) if found & self._openers or verb.match(text) else text

    @staticmethod
    def cap(text: str) -> str:
        """`text` with a capital at its first letter, inside an opening quote if there is one."""
        return re.sub(r"^([«\"“(]?\s*)(\w)", lambda m: m[1] + m[2].upper(), text)

    def tidy(self, value: object) -> str:
        """An answer on one line: bullets and line ends turned into a sentence, doubles removed."""
        if not isinstance(value, str):
            return ""
        lines = [_BULLET.sub("", line).strip() for line in clean(value[:4000]).splitlines()]
        lines = [line for line in lines if any(c.isalnum() for c in line) or "__" in line]
        if any(line[-1] in ".!?…" for line in lines[:-1]):
            lines = [line if line[-1] in ".!?…" else f"{line}." for line in lines]
            text = " ".join(lines)
        else:
            lines = lines[:1] + [self.soft(line.lstrip(",; ")) for line in lines[1:]]
            start = ", ".join(line.rstrip(",; ") for line in lines[:-1])
            joint = self.words("and")
            last = "".join(lines[-1:]).removeprefix(joint.lstrip())
            text = start + joint + last if start else last
        text = re.sub(r"\s+", " ", text.replace("’", "'")).strip()
        text = re.sub(r"\.{2,}", "…", text)
        text = re.sub(r"([,;:!?…])(?:\s*[,;:!?….])+", r"\1", text)
        text = re.sub(r"\s([,.…])", r"\1", text)
        quoted = re.fullmatch(r'«\s*([^«»]*?)\s*»\.?|"([^"]*)"\.?', text)
        return (quoted[1] or quoted[2] or "") if quoted else text

    def sentences(self, value: object) -> list[str]:
        """The sentences of an answer that hold no blank, `ANSWER` words of them."""
        kept: list[str] = []
        count = 0
        for sentence in SENTENCE_END.split(self.tidy(value)):
            if BLANK.search(sentence) or not word_count(sentence):
                continue
            count += word_count(sentence)
            if kept and count > ANSWER:
                break
            kept.append(one_line(sentence, 600))
        return kept

    def stripped(self, key: str, sentence: str) -> str:
        """`sentence` without its end, nor what repeats the beginning it was asked to finish."""
        text = END.sub("", sentence).lstrip(" .,;:…–-")
        for prefix, _ in _rules(f"strip_{key.removesuffix('_there')}", self.lang):
            text = prefix.sub("", text, count=1) or text
        return text

    def fit(self, key: str, sentence: str) -> str:
        """`sentence` told by the first of the rules `key` that matches it."""
        text = self.stripped(key, sentence)
        for pattern, template in _rules(key, self.lang):
            if found := pattern.search(text):
                forms = {
                    "it": self.soft(text),
                    "low": self.low(text),
                    "own": text,
                    "cap": self.cap(text),
                    "rest": text[found.end() :],
                }
                told = fill(template, forms)
                asks = sentence.rstrip().endswith("?") and template == "{cap}."
                return f"{told[:-1]}?" if asks else told
        return text

    def part(self, key: str, value: object, rules: str = "") -> str:
        """A whole answer as sentences: the first by the rules `key`, the others as they are."""
        first, *others = self.sentences(value) or [""]
        if not first:
            return ""
        told = [self.fit(rules or key, first)]
        more = _rules(f"{key}_more", self.lang)
        told += [self.fit(f"{key}_more", one) if more else self.whole(one) for one in others]
        return self.mend(" ".join(told))

    def whole(self, sentence: str) -> str:
        """`sentence` as it is, with a capital and an end."""
        text = self.cap(sentence)
        return text if text[-1] in ".!?…" or text[-2:] in (".»", '."') else f"{END.sub('', text)}."

    def mend(self, text: str) -> str:
        """`text` with the joint between a prefilled beginning and a typed end corrected."""
        for pattern, replacement in _rules("mend", self.lang):
            text = pattern.sub(replacement, text)
        return text
