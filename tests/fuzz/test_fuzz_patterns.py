"""No text makes the program hang: patterns are linear, or see only a bounded piece of a text."""

import re
import time
from collections.abc import Callable

import pytest
from fuzz_patterns import Used, bad_texts, patterns, seconds
from scale import scaled

from coach.browse.text_index import SearchIndex
from coach.language.care import listed_word
from coach.language.nudges import notice, questions, verdict
from coach.language.sentences import Writer
from coach.util.text import clean, clean_line, fold, matches, one_line, word_count

RULES = 600
"""Characters of one sentence, which is all that a rule of `drafting.toml` ever sees."""
BOUNDED = 3.0
"""Seconds: some thirty times what the worst rule takes for such a sentence."""
SIZE = 6000
"""A quadratic pattern takes 0.1 s and more for so many characters, a linear one 1 ms."""
TOO_LONG = 0.04
MEGABYTE = 1024 * 1024
SOME = scaled(MEGABYTE // 8, MEGABYTE)
"""Bytes of a text: a quadratic look through an eighth of 1 MB takes most of a minute."""
HANGS = 20.0
"""Seconds: a quadratic look through 1 MB takes hours, what is there takes a tenth of one."""


def grows(used: Used, text: str) -> bool:
    """Whether looking through `text` is slow, and because it is long: not since others are busy."""
    if seconds(used, text) < TOO_LONG:
        return False
    whole = min(seconds(used, text) for _ in range(3))
    half = min(seconds(used, text[len(text) // 2 :]) for _ in range(3))
    return whole > TOO_LONG and whole > 2.8 * half


def test_every_pattern_is_linear_or_sees_little() -> None:
    found = {(used.pattern, used.how): used for used in patterns()}
    assert len(found) > 100
    bad = []
    for used in found.values():
        if used.where.startswith("drafting.toml"):
            texts = bad_texts(used.pattern, RULES)
            bad += [(used, text[:20]) for text in texts if seconds(used, text) > BOUNDED]
            continue
        texts = bad_texts(used.pattern, SIZE)
        bad += [(used, text[:20]) for text in texts if grows(used, text)]
    assert {(used.where, used.pattern.pattern): text for used, text in bad} == {}


def test_the_check_finds_what_is_not() -> None:
    for slow in (r"\s*: ", "(?:a+)+b"):
        used = Used("here", re.compile(slow), frozenset({"search"}))
        size = 22 if "+)+" in slow else SIZE
        assert any(grows(used, text) for text in bad_texts(used.pattern, size)), slow


WORST = ["a", " ", "1", "1 0", ".", "'", "a'", "« ", '"', "\x1b[", "\x1b]a", "e\u0301", "h1", "-",
         "___", "M. ", "http://", "100 % ", "moi je ", "toujours ", "pas de chiffre, ", "\n", "😀",
         "10h à 2h ", "I was ", "a-1", "Ubuntu 24 ", "ﬁ", "œ", "\u202e", "3/5 "]  # fmt: skip


def look(text: str) -> None:
    """All that is done to a text while it is typed, kept, reviewed and drafted from."""
    cleaned = clean(text)
    clean_line(text)
    one_line(cleaned, 80)
    word_count(cleaned)
    fold(cleaned)
    verdict(cleaned)
    questions(cleaned, "fr")
    notice(("figure", "vague"), cleaned, "en", {"action": cleaned})
    listed_word(cleaned)
    for lang in ("fr", "en"):
        writer = Writer(lang)
        writer.part("did", cleaned)
        writer.part("look_for", cleaned)
    matches(cleaned[:20_000], ["a", "e"])


@pytest.mark.parametrize("piece", WORST)
def test_much_of_the_worst_text_ends(piece: str) -> None:
    text = piece * (SOME // len(piece.encode()))
    assert _took(look, text) < HANGS


def test_a_megabyte_is_found_again() -> None:
    from making import entry_of

    index = SearchIndex()
    entries = [entry_of("note", answers={"text": "a" * MEGABYTE + " fin"})]
    assert _took(lambda _: index.update(entries), "") < HANGS
    assert _took(lambda word: index.find([word]), "aab") < HANGS
    assert index.find(["fin"]) == [entries[0].id]


def _took(act: Callable[[str], object], text: str) -> float:
    begun = time.perf_counter()
    act(text)
    return time.perf_counter() - begun
