"""Text as it comes in, is searched, filled in and counted."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.util.text import (
    clean,
    clean_line,
    fill,
    fold,
    matches,
    one_line,
    seconds_spoken,
    word_count,
)


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("Rien à nettoyer.", "Rien à nettoyer."),
        ("\x1b[31mrouge\x1b[0m", "rouge"),
        ("\x1b[38;2;1;2;3;4mrouge", "rouge"),
        ("\x9b31mrouge", "rouge"),
        ("\x1b]0;un titre\x07texte", "texte"),
        ("\x1b]8;;https://x.example\x1b\\lien\x1b]8;;\x1b\\", "lien"),
        ("\x1b]52;c;cm0gLXJm\x07texte", "texte"),
        ("\x1bPq...\x1b\\texte", "texte"),
        ("\x1bctexte", "texte"),
        ("\x1b(Btexte", "texte"),
        ("\x1b[200~collé\x1b[201~", "collé"),
        ("a\x00b\x07c\x08d\x7fe\x85f", "abcdef"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\r\nb\rc\u2028d\u2029e", "a\nb\nc\nd\ne"),
        ("\u202eobéit\u202c \u2066x\u2069\ufeff", "obéit x"),
        ("a\ufffeb\uffffc", "abc"),
        ("a\ud800b", "a\ufffdb"),
        ("\ud83d\ude00", "😀"),  # a pair that belongs together
        ("👩🏽\u200d⚕️ café e\u0301", "👩🏽\u200d⚕️ café e\u0301"),
        ("שלום", "שלום"),
    ],
)
def test_what_a_terminal_could_obey_goes(typed: str, left: str) -> None:
    assert clean(typed) == left


def test_an_introducer_alone_swallows_no_answer() -> None:
    text = "]" + "mot " * 5000
    assert clean("\x1b" + text).endswith("mot mot ")
    assert len(clean("\x1b" + text)) >= len(text) - 1


def test_a_sequence_within_a_sequence_leaves_nothing_to_obey() -> None:
    assert "\x1b" not in clean("\x1b\x1b[31m[31mx")
    assert "\x1b" not in clean("\x1b[\x1b[31m31mx")


ODD = st.text(
    st.sampled_from("\x1b\x9b\x07\\[]PX^_;0m\x00\r\n\t\u2028\u202e\ud800\udc00é a"), max_size=30
)


@given(ODD | st.text())
def test_nothing_that_acts_is_left_and_cleaning_again_changes_nothing(typed: str) -> None:
    left = clean(typed)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", left)
    left.encode("utf-8")
    assert clean(left) == left


def test_a_line_is_one_line() -> None:
    assert clean_line("  deux\n\nlignes\t\u00a0ici ") == "deux lignes ici"


def test_a_long_answer_is_cleaned_at_once() -> None:
    text = "Un mot \x1b[1mgras\x1b[0m. " * 5000
    assert clean(text) == "Un mot gras. " * 5000


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ÉCOUTE", "ecoute"),
        ("œuvre", "oeuvre"),
        ("Æsope", "aesope"),
        ("Søren", "soren"),
        ("aujourd’hui", "aujourd'hui"),
        ("Straße", "strasse"),
        ("e\u0301cole", "ecole"),
        ("ﬁn", "fin"),
        ("ÎLE", "ile"),
        ("plain", "plain"),
    ],
)
def test_folding_takes_accents_case_and_ligatures_away(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("réunion d'écoute", ["ecoute"], ["écoute"]),
        ("e\u0301coute et \u00c9COUTE", ["ecoute"], ["e\u0301coute", "ÉCOUTE"]),
        ("café\u0301", ["cafe"], ["café\u0301"]),
        ("cœur", ["coeur"], ["cœur"]),
        ("cœur", ["co"], ["cœ"]),
        ("cœur", ["e"], ["œ"]),
        ("Straße", ["ss"], ["ß"]),
        ("aujourd’hui", ["d'h"], ["d’h"]),
        ("tri tri", ["tri"], ["tri", "tri"]),
        ("triage", ["tri", "triage"], ["triage"]),
        ("a.b", ["."], ["."]),
        ("rien", ["x"], []),
        ("rien", [""], []),
        ("", ["x"], []),
        ("😀 tri 😀", ["tri"], ["tri"]),
    ],
)
def test_where_words_stand_in_a_text_as_given(
    text: str, words: list[str], found: list[str]
) -> None:
    assert [text[start:end] for start, end in matches(text, words)] == found


@given(st.text(max_size=40), st.lists(st.text(max_size=4), max_size=3))
def test_spans_are_in_order_within_the_text_and_apart(text: str, words: list[str]) -> None:
    at = 0
    for start, end in matches(text, [fold(word) for word in words]):
        assert at <= start < end <= len(text)
        at = end


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
def test_a_text_finds_itself(text: str) -> None:
    words = fold(text).split()
    assert not words or any(unicodedata.combining(c) for c in text) or matches(text, words)


def test_filling_replaces_names_once_and_leaves_unknown_ones() -> None:
    values = {"company": "{role}", "role": "stagiaire", "item.label": "Tri"}
    assert fill("{company} {item.label} {unknown} {}", values) == "{role} Tri {unknown} {}"


def test_filling_reaches_no_attribute_of_an_object() -> None:
    assert (
        fill("{a.__class__} {a[0]} {a!r} {a:>9}", {"a": "x"}) == "{a.__class__} {a[0]} {a!r} {a:>9}"
    )


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("court", 10, "court"),
        ("exactement", 10, "exactement"),
        ("un peu long", 10, "un peu lo…"),
        ("deux\n lignes", 20, "deux lignes"),
        ("un mot de trop", 7, "un mot…"),
        ("abc", 1, "…"),
    ],
)
def test_a_text_on_one_line(text: str, width: int, shown: str) -> None:
    assert one_line(text, width) == shown


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("trois petits mots", 3), ("l'accueil — puis 12 appels !", 4), ("« ... »", 0)],
)
def test_words_as_one_speaks_them(text: str, count: int) -> None:
    assert word_count(text) == count


def test_a_minute_holds_about_150_words() -> None:
    assert seconds_spoken("mot " * 150) == 60
    assert seconds_spoken("mot " * 100) == 40
    assert seconds_spoken("") == 0
