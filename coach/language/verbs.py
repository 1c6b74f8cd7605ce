"""The form a CV gives to a verb: 'j'organisais' → 'organisé', 'running' → 'ran'.

Words are data: `data/cv.toml`. A verb that is not known is left alone, never guessed from a noun.
"""

import re
from functools import cache

from coach.util.data_files import data_path, read_toml
from coach.util.wording import Wording

_OF_FR = re.compile(
    r"^(?:de |d')(?=(?:l[ae]?s?|une?|m(?:on|a|es)|s(?:on|a|es)|n(?:os|otre)|leurs?|ce(?:s|t|tte)?"
    r"|tou(?:s|te|tes)|deux|trois|quatre|cinq|six|dix|plusieurs|quelques|chaque)\b|l'|\d)"
)
_THING_FR = re.compile(
    r"^(?:l[ae]s?|une?|des|mes|mon|ma|nos|notre|\d+|deux|trois|quatre|cinq)\b|^l'"
)
_THING_EN = re.compile(r"^(?:the|an?|my|our|all|\d+|two|three|four|five|[a-z]+s)\b")
_AFTER_NOUN = re.compile(r"\s*(?:in|of|on|at|for|de|du|des)\b|\s*d'")
_JOINTS = {
    "fr": r"(?P<joint>\b(?:et|puis) |, )(?P<who>j'|je |on |nous )?(?P<have>(?:ai|avons) )?"
    r"(?P<word>\w+)(?=\W|$)",
    "en": r"(?P<joint>\b(?:and|then) |, )(?P<who>i |we )?(?P<have>(?:have|had|also) )?"
    r"(?P<word>\w+)(?=\W|$)",
}


def lines(text: str) -> list[str]:
    """The lines of a text of the data, without the empty ones; spaces at their start stay."""
    return [line.rstrip() for line in text.splitlines() if line.strip()]


class Verbs:
    """The verbs of one language."""

    def __init__(self, lang: str) -> None:
        raw: dict[str, str] = read_toml(data_path("cv.toml"))[lang]
        rows = [[w.replace("_", " ") for w in line.split()] for line in lines(raw["verbs"])]
        words = Wording("drafting", lang)
        self.lang = lang
        self.known = set(raw["known"].split())
        self.never = set(raw["never"].split())
        self.pasts = {row[1] for row in rows}
        self.forms = {form: row[1] for row in rows for form in row}
        self.nouns = {
            noun.replace("_", " "): past.replace("_", " ")
            for noun, past in (line.split() for line in lines(raw["nouns"]))
        }
        if lang == "en":
            bases = {**{row[0]: row[1] for row in rows}, **{b: regular(b) for b in self.known}}
            self.forms |= {_gerund(base): past for base, past in bases.items()} | bases
        self._joint = re.compile(_JOINTS[lang], re.IGNORECASE)
        self._participle = re.compile(rf"^{words('participle')}$", re.IGNORECASE)
        self._infinitive = re.compile(rf"^{words('infinitive')}$", re.IGNORECASE)

    def is_past(self, word: str) -> bool:
        """Whether `word` is already in the form that a CV gives it."""
        low = word.lower()
        return low in self.pasts or bool(self._participle.match(low))

    def past(self, word: str, *, sure: bool) -> str | None:
        """`word` as a CV says it, or None where it is no verb; `sure` after 'I' or 'we'."""
        low = word.lower()
        if low in self.never:
            return None
        if self.is_past(low):
            return low
        if low in self.forms:
            return self.forms[low]
        return self._french(low, sure) if self.lang == "fr" else self._english(low, sure)

    def _french(self, low: str, sure: bool) -> str | None:
        if self._infinitive.match(low) and low.endswith(("er", "ir")):
            return f"{low[:-2]}é" if low.endswith("er") else low[:-1]
        past = None
        if found := re.match(r"(\w{2,}?)(e?)(ais|ait|ions|ons|aient)$", low):
            stem = found[1] if found[2] and found[1].endswith("g") else found[1] + found[2]
            past = re.sub("ç$", "c", stem) + "é"
        elif found := re.match(r"(\w+?)([oau])ie$", low):
            past = f"{found[1]}{found[2]}yé"
        elif low.endswith("e") and len(low) > 3:
            past = re.sub(r"è(\w)e$", r"é\1e", low)[:-1] + "é"
        return past if past and (sure or f"{past[:-1]}er" in self.known) else None

    def _english(self, low: str, sure: bool) -> str | None:
        if low.endswith("ed"):
            return low
        return regular(low) if sure and re.fullmatch(r"[a-z]{3,}", low) else None

    def find_past(self, text: str, *, sure: bool) -> str | None:
        """`text` with its first verb, and those joined to it, as a CV says them; None without."""
        split = re.match(r"([\w-]+)(.*)", text, re.DOTALL)
        if split is None:
            return None
        word, rest = split[1], split[2]
        for noun, past in self.nouns.items():
            if text.lower().startswith(f"{noun} ") and (it := self.of(text[len(noun) + 1 :])):
                return f"{past} {it}"
        if compound := self._compound(text):
            return compound
        low = word.lower()
        if not (sure or self.is_past(low) or self._plain(low, rest.lstrip())):
            return None
        past_ = self.past(low, sure=sure)
        if past_ is None:
            return None
        return past_ + self._joined(rest, loose=not self.is_past(low))

    def _compound(self, text: str) -> str | None:
        """'Stock management' → 'managed stock', 'post sorting' → 'sorted post' (English alone)."""
        found = re.match(r"([\w-]+) ([\w-]+)(?=$|[,;:(]| (?:for|at|in|with|on)\b)", text.lower())
        if self.lang != "en" or found is None or self.is_past(found[1]) or found[1] in self.never:
            return None
        thing, doing = found[1], found[2]
        past = self.nouns.get(doing) or (self.forms.get(doing) if doing.endswith("ing") else None)
        if past is None or thing.endswith("ing") or _THING_EN.match(thing + " "):
            return None
        return f"{past} {thing}{text[found.end() :]}"

    def _plain(self, low: str, rest: str) -> bool:
        """Whether a first word without 'I' before it is a verb."""
        thing = _THING_FR if self.lang == "fr" else _THING_EN
        if self._infinitive.match(low) or low.endswith(("ing", "ed")):
            return True
        return low in self.forms or bool(thing.match(rest.lower()))

    def _joined(self, rest: str, *, loose: bool) -> str:
        """`rest` with the verbs after 'and' put right: those with 'I', and like ones if `loose`."""

        def put(found: re.Match[str]) -> str:
            said = bool(found["who"] or found["have"])
            word, after = found["word"].lower(), rest[found.end() :]
            if not said and (not loose or _AFTER_NOUN.match(after) or not self._joins(word)):
                return found[0]
            past = self.past(word, sure=said)
            return f"{found['joint']}{past}" if past else found[0]

        return self._joint.sub(put, rest)

    def _joins(self, word: str) -> bool:
        """Whether `word` after 'and' goes on the list of verbs rather than of things."""
        if self.lang == "en":
            return word in self.forms
        return bool(self._infinitive.match(word)) or word.endswith(("ais", "ait", "ions"))

    def of(self, text: str) -> str | None:
        """What a verb governs where a noun had 'of': 'du budget' → 'le budget'; None if unsure."""
        if self.lang == "en":
            return text[3:] if text.lower().startswith("of ") else None
        if _OF_FR.match(text):
            return _OF_FR.sub("", text)
        for start, article in (("du ", "le "), ("des ", "les ")):
            if text.startswith(start):
                return article + text[len(start) :]
        plural = re.match(r"(?:de |d')(?=\w+[sx]\b)", text)
        return f"des {text[plural.end() :]}" if plural else None


def regular(base: str) -> str:
    """The regular English past of `base`."""
    if base.endswith("e"):
        return f"{base}d"
    return re.sub(r"(?<=[^aeiou])y$", "i", base) + "ed"


def _gerund(base: str) -> str:
    first, _, rest = base.partition(" ")
    if first.endswith("e") and not first.endswith("ee"):
        first = first[:-1]
    elif re.search(r"^[^aeiou]*[aeiou][bdgmnpt]$|(?:begin|babysit)$", first):
        first += first[-1]
    return f"{first}ing {rest}".strip()


@cache
def verbs(lang: str) -> Verbs:
    """The verbs of `lang`, read once."""
    return Verbs("en" if lang == "en" else "fr")
