"""Lines for a CV from what the student typed: verb first, the figure where there is one.

The words and rules are data: `data/cv.toml`. Nothing here raises on a missing or invalid answer.
No line claims more than the student wrote: work of a team is called so.
"""

import re
from functools import cache

from coach.flows.context import StepContext
from coach.language.sentences import END, Writer
from coach.language.verbs import lines, verbs
from coach.store.answers import rows_of
from coach.util.data_files import data_path, read_toml
from coach.util.text import bracketed, fill, fold, one_line, word_count
from coach.util.wording import Wording

LINE = 170
"""Characters of one line at most: two lines of a printed CV."""
HEADING = 120
"""Characters of the heading at most, its figures in brackets apart."""
SHORTEST = 20
"""The fewest characters of an answer to keep when its last clauses are cut."""
# Blanks are counted, here and below, since a run of them would be looked through from each of its
# characters; `Writer.tidy` leaves one at a time.
_CLAUSE = re.compile(r"\s{0,2}[,;:(–—]\s+|\s{1,2}(?=(?:et|and|pour|so that|afin|while|tout en)\b)")
_ASIDE = re.compile(r",\s+(?:avec|with|qui|dont|which|who|whom)\b[^,]*(?:$|(?=,))")


class _Rules:
    """The rules of one language, compiled."""

    def __init__(self, lang: str) -> None:
        raw: dict[str, str] = read_toml(data_path("cv.toml"))[lang]
        words = Wording("drafting", lang)
        pasts = "|".join(sorted(map(re.escape, verbs(lang).pasts), key=len, reverse=True))
        self._classes = {
            "adverbs": raw["adverbs"],
            "infinitive": words("infinitive"),
            "participle": words("participle"),
            "past": rf"(?:{pasts}|\w{{2,}}ed)\b",
            "role": f"(?:{raw['role']})",
        }
        self.team = raw["team"]
        self.we = {True: raw["we_team"], False: raw["we_alone"]}
        self.joint = raw["and"]
        self.beside = raw["beside"]
        self.soft = {fold(word) for word in raw["soft"].split()}
        self.action = self._table(raw["action"])
        self.result = self._table(raw["result"])
        self.one = self._pattern(f"^(?:{raw['one']})")
        self.several = self._pattern(f"^(?:{raw['several']})")
        self.together = self._pattern(raw["together"])
        self.dropped = self._pattern(rf"^(?:{raw['dropped']})\b\s*[,:]?\s*(?=\w)")
        self.adverbs = self._pattern(rf"^(?:(?:{raw['adverbs']})\s+)+(?=\w)")
        who = re.sub(r"\?P<\w+>", "?:", rf"{raw['one']}|{raw['several']}")
        start = rf"([^,;:]{{3,40}}),|((?:{raw['lead']}) [^,;:]{{2,30}}?)"
        self.lead = self._pattern(rf"^(?!there |il y |{who})(?:{start})\s+(?={who})")
        self.place = self._pattern(raw["place"])
        self.part = self._pattern(raw["part"])

    def _pattern(self, pattern: str) -> re.Pattern[str]:
        for name, inside in self._classes.items():
            pattern = pattern.replace(f"<{name}>", inside)
        return re.compile(pattern, re.IGNORECASE)

    def _table(self, text: str) -> list[tuple[re.Pattern[str], str]]:
        found = [line.partition(" => ") for line in lines(text)]
        return [(self._pattern(pattern), line.strip().strip('"')) for pattern, _, line in found]


@cache
def _rules(lang: str) -> _Rules:
    return _Rules("en" if lang == "en" else "fr")


def cv_line(action: object, impact: object, lang: str) -> str:
    """One line of a CV: `action` with its verb first, then what came of it; "" without an action.

    At most `LINE` characters: of longer answers the clauses that hold no figure are left out.
    """
    writer = Writer(lang)
    told, team = _action(writer, action)
    return _short(told, _results(writer, impact, told, team)) if told else ""


def _first(writer: Writer, sentence: str) -> str:
    """`sentence` as something to make a line of: no end, no quotation marks, no shouting."""
    text = END.sub("", sentence).lstrip(" .,;:…–-=>→").strip("'\"«» ")
    text = text.lower() if text.isupper() and " " in text else text
    return _rules(writer.lang).dropped.sub("", text)


def _action(writer: Writer, action: object) -> tuple[str, bool]:
    """What was done, verb first, and whether several did it."""
    rules = _rules(writer.lang)
    text = typed = _first(writer, next(iter(writer.sentences(action)), ""))
    lead = ""
    if found := rules.lead.match(text):
        lead, text = f" {writer.low(found[1] or found[2])}", text[found.end() :]
    several = rules.several.match(text)
    told = _told(writer, text)
    if not told:
        return bracketed(writer.cap(typed)) if word_count(typed) > 1 else "", bool(several)
    if several and several["beside"]:
        told += fill(rules.beside, {"who": writer.low(several["beside"])})
    elif several and not rules.together.search(told):
        told += rules.team
    return writer.mend(writer.cap(bracketed(told) + lead)), bool(several)


def _told(writer: Writer, text: str) -> str:
    """What `text` says was done, without the 'I' or 'we' it starts with; "" where it is unsure."""
    rules = _rules(writer.lang)
    subject = rules.several.match(text) or rules.one.match(text)
    if subject:
        text = rules.adverbs.sub("", text[subject.end() :])
    return _fitted(writer, text, bool(subject))


def _fitted(writer: Writer, text: str, sure: bool) -> str:
    """`text` by the first rule for actions that matches; "" where none makes a line of it."""
    known = verbs(writer.lang)
    for pattern, template in _rules(writer.lang).action:
        if not (found := pattern.search(text)):
            continue
        rest = text[found.end() :]
        forms: dict[str, str | None] = {
            "rest": rest,
            "verb": known.find_past(text, sure=sure),
            "verb.rest": known.find_past(rest, sure=True),
            "of.rest": known.of(rest),
        }
        used = [name for name in forms if f"{{{name}}}" in template]
        if all(forms[name] for name in used):
            return fill(template, {name: forms[name] or "" for name in used}).strip()
        return ""
    return ""


def _results(writer: Writer, impact: object, told: str, team: bool) -> str:
    """What came of it, with its joint: the sentence that holds a figure, else the first."""
    from coach.language.nudges import verdict

    rules = _rules(writer.lang)
    sentences = writer.sentences(impact)
    chosen = next((one for one in sentences if verdict(one).quantified), None)
    text = _first(writer, chosen or next(iter(sentences), ""))
    if not word_count(text):
        return ""
    text = re.sub(r"\s{0,2}: ", ", ", text)
    first = re.match(r"\w+", text)
    plain = first is not None and fold(first[0]) in rules.soft
    for pattern, template in rules.result:
        if found := pattern.search(text):
            own = writer.low(_told(writer, text))
            soft = writer.low(text) if plain else writer.soft(text)
            alone = fill(rules.result[-1][1], {"soft": soft})
            forms = {
                "rest": text[found.end() :],
                "low": writer.low(text),
                "soft": soft,
                "one": f"{rules.joint} {own}" if own else alone,
                "several": f"{rules.we[team]} {own}" if own else alone,
            }
            joined = fill(template, forms)
            also = joined.startswith((" et ", " and ")) and re.search(r"\b(?:et|and)\b|,", told)
            return f",{joined}" if also else joined
    return ""


def _short(told: str, result: str) -> str:
    """Both in `LINE` characters, by leaving out whole clauses: asides, then the last ones."""
    while len(told + result) > LINE and (cut := _without_aside(told)):
        told = cut
    while len(told + result) > LINE and (cut := _without_end(result)):
        result = cut
    while len(told + result) > LINE and (cut := _without_end(told)):
        told = cut
    return one_line(told + result, LINE)


def _without_aside(text: str) -> str:
    """`text` without its last clause that begins with 'with', 'who' or the like; "" without any."""
    found = list(_ASIDE.finditer(text))
    return text[: found[-1].start()] + text[found[-1].end() :].removeprefix(",") if found else ""


def _without_end(text: str) -> str:
    """`text` without its last clause; "" where it has but one."""
    cuts = [cut.start() for cut in _CLAUSE.finditer(text) if cut.start() > SHORTEST]
    return text[: cuts[-1]].rstrip(" ,;:(") if cuts else ""


def draft_cv_lines(context: StepContext) -> str:
    """The CV lines of one experience under its heading; "" when it has no rows.

    Reads `activity`, `place`, `role`, `how_long`, `how_many` and the rows of `deeds`.
    """
    deeds = rows_of(context.answers, "deeds")
    told = [cv_line(one.get("action"), one.get("impact"), context.lang) for one in deeds]
    told = [f"- {one}" for one in told if one]
    return "\n".join(filter(None, [heading(context), *told])) if told else ""


def heading(context: StepContext) -> str:
    """An experience in one line: 'Trésorerie, Club d'échecs de Brive (deux saisons)'."""
    writer, rules = Writer(context.lang), _rules(context.lang)

    def first_sentence(name: str, strip: re.Pattern[str] | None = None) -> str:
        text = END.sub("", next(iter(writer.sentences(context.answers.get(name))), ""))
        return (strip.sub("", text, count=1) or text) if strip else text

    place = writer.cap(first_sentence("place", rules.place))
    name = ", ".join(filter(None, [writer.cap(first_sentence("role", rules.part)), place]))
    if not name:
        return ""
    size = [one_line(writer.soft(first_sentence(key)), 60) for key in ("how_long", "how_many")]
    details = ("; " if context.lang == "en" else " ; ").join(filter(None, size))
    if "," not in details:
        details = ", ".join(filter(None, size))
    return one_line(name, HEADING) + (f" ({details})" if details else "")
