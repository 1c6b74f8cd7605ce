"""The libraries the sessions draw on, as written in `data/`: situations, causes, skills."""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parents[2] / "data"
LANGUAGES = ("fr", "en")
SNAKE_CASE = re.compile(r"[a-z]+(_[a-z]+)*")
BLANK = "___"
TU = re.compile(r"(?i)\b(tu|te|ton|ta|tes|toi)\b|\bt'")
VOUS = re.compile(r"(?i)\b(vous|votre|vos)\b")

LibraryItem = dict[str, Any]


def library(name: str) -> list[LibraryItem]:
    """The items of `data/<name>.toml`, which holds nothing but the list `name`."""
    content = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    assert list(content) == [name]
    items: list[LibraryItem] = content[name]
    return items


SITUATIONS = library("situations")
CAUSES = library("causes")
SKILLS = library("skills")
EVERYTHING = SITUATIONS + CAUSES + SKILLS


def by_id(items: list[LibraryItem]) -> pytest.MarkDecorator:
    """Run a test once per item, as its argument `item`."""
    return pytest.mark.parametrize("item", items, ids=[item["id"] for item in items])


def texts(value: Any, lang: str) -> Iterator[str]:
    """Every text in one language anywhere under a value."""
    if isinstance(value, list):
        for part in value:
            yield from texts(part, lang)
    elif isinstance(value, dict):
        for key, part in value.items():
            if key != lang:
                yield from texts(part, lang)
            elif isinstance(part, str):
                yield part
            else:
                yield from part


def pairs(value: Any) -> Iterator[LibraryItem]:
    """Every `{fr, en}` table anywhere under a value."""
    if isinstance(value, list):
        for part in value:
            yield from pairs(part)
    elif isinstance(value, dict):
        if set(value) & set(LANGUAGES):
            yield value
        else:
            for part in value.values():
                yield from pairs(part)


def folded(text: str) -> str:
    """The text without accents or case, as search and the skill field compare it."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def unquoted(text: str) -> str:
    """The text without the words it quotes from somebody else."""
    return re.sub(r"« [^»]* »", "", text)


@pytest.mark.parametrize("items", [SITUATIONS, CAUSES, SKILLS])
def test_ids_are_unique_snake_case(items: list[LibraryItem]) -> None:
    ids = [item["id"] for item in items]
    assert len(set(ids)) == len(ids)
    assert [i for i in ids if not SNAKE_CASE.fullmatch(i)] == []


def test_each_text_is_in_both_languages() -> None:
    for pair in pairs(EVERYTHING):
        assert sorted(pair) == ["en", "fr"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_texts_are_clean(lang: str) -> None:
    for text in texts(EVERYTHING, lang):
        assert text and text == text.strip()
        assert not re.search(r"[!’…·\u00a0\u202f\t\n]|  |\((?:e|ne|se|trice)\)", text), text
        assert all(unicodedata.category(c) != "So" for c in text), text


def test_punctuation_is_spaced_as_each_language_does() -> None:
    for text in texts(EVERYTHING, "fr"):
        assert not re.search(r"\S[;:?»]|«\S|\"", text), text
    for text in texts(EVERYTHING, "en"):
        assert not re.search(r"\s[;:?]|[«»\"]", text), text


# Situations


def test_situations_cover_the_brief() -> None:
    required = (
        "bored absent_manager no_feedback unclear menial unrelated toxic isolation overload "
        "conflict no_tools pointless ended_early disappointed"
    )
    ids = {s["id"] for s in SITUATIONS}
    assert len(ids) >= 16
    assert set(required.split()) <= ids


@by_id(SITUATIONS)
def test_situation_has_exactly_its_keys(item: LibraryItem) -> None:
    keys = "id name recognise skill sentences question sign phantoms employer ask_again"
    assert set(item) == set(keys.split())
    assert len(item["sentences"]) == len(item["phantoms"]) == 2


def test_only_what_may_hide_unlawful_facts_asks_again() -> None:
    asking = {s["id"] for s in SITUATIONS if s["ask_again"] is not False}
    assert asking == {"toxic", "conflict", "overload", "menial"}
    assert all(s["ask_again"] in (True, False) for s in SITUATIONS)


@by_id(SITUATIONS + CAUSES)
def test_names_and_marks_fit_a_list(item: LibraryItem) -> None:
    for lang in LANGUAGES:
        assert 2 <= len(item["name"][lang].split()) <= 6, item["name"][lang]
        assert len(item["recognise"][lang]) <= 100, item["recognise"][lang]


@by_id(SITUATIONS)
def test_sentences_have_one_to_three_blanks_alike_in_both_languages(item: LibraryItem) -> None:
    for sentence in item["sentences"]:
        counts = {len(re.findall(r"_+", sentence[lang])) for lang in LANGUAGES}
        assert len(counts) == 1 and counts <= {1, 2, 3}
        for lang in LANGUAGES:
            assert set(re.findall(r"_+", sentence[lang])) == {BLANK}


@by_id(SITUATIONS)
def test_no_blank_follows_a_word_that_would_elide_or_contract(item: LibraryItem) -> None:
    clashing = {
        "fr": "de du des le la les à au aux que un une si ne ce ces mon ma mes je",
        "en": "a an the this these my",
    }
    for sentence in item["sentences"]:
        for lang in LANGUAGES:
            before = re.findall(rf"(\S+)\s*{BLANK}", sentence[lang])
            assert not [w for w in before if w.lower() in clashing[lang].split() or w.endswith("'")]


@by_id(SITUATIONS)
def test_sentences_are_first_person_without_agreement_in_gender(item: LibraryItem) -> None:
    for sentence in item["sentences"]:
        french = sentence["fr"]
        assert re.search(r"(?i)\b(je|me|mon|ma|mes)\b|\b[jm]'", french), french
        assert re.search(r"\b(I|me|my)\b", sentence["en"]), sentence["en"]
        assert not re.search(r"(?i)\bje (me )?suis\b|\bj'étais\b", french), french
        assert not TU.search(french), french


@by_id(SITUATIONS)
def test_skill_is_said_of_nobody_in_particular(item: LibraryItem) -> None:
    french, english = item["skill"]["fr"], item["skill"]["en"]
    assert re.match(r"[a-zéî]+(er|ir|re)\b", french), french
    assert not re.search(r"\b(se|son|sa|ses|mon|mes)\b|\b[ms]'", french), french
    assert re.match(r"[a-z]+ing\b", english), english


@by_id(SITUATIONS)
def test_question_is_put_to_the_recruiter(item: LibraryItem) -> None:
    assert item["question"]["fr"].endswith(" ?")
    assert item["question"]["en"].endswith("?")
    assert VOUS.search(item["question"]["fr"]), item["question"]["fr"]
    assert not TU.search(item["question"]["fr"]), item["question"]["fr"]


@by_id(SITUATIONS)
def test_phantom_projects_say_how_long_to_allow(item: LibraryItem) -> None:
    for phantom in item["phantoms"]:
        assert re.search(r"Compte (une journée|(deux|trois) jours|une semaine)\b", phantom["fr"])
        assert re.search(r"Allow (a day|(two|three) days|a week)\b", phantom["en"])


@by_id(SITUATIONS + CAUSES)
def test_the_student_is_called_tu_and_never_scolded(item: LibraryItem) -> None:
    keys = {"recognise", "sign", "employer", "why", "todo"} & set(item)
    for text in (unquoted(item[key]["fr"]) for key in sorted(keys)):
        assert not re.search(r"(?i)\b(votre|vos)\b", text), text
        assert not re.search(r"(?i)\btu aurais dû\b|\btu (es|étais) \w+ée?\b", text), text


# Causes


def test_causes_cover_the_brief() -> None:
    required = (
        "company_research motivation career_plan proofs logistics end_questions stress too_long "
        "too_short own_cv technical_gap terms listening remote_setup no_fit spoke_ill"
    )
    assert set(required.split()) <= {c["id"] for c in CAUSES}


@by_id(CAUSES)
def test_cause_has_its_keys_and_a_timed_exercise(item: LibraryItem) -> None:
    assert set(item) == {"id", "name", "recognise", "why", "todo"}
    for lang in LANGUAGES:
        times = [int(n) for n in re.findall(r"\b(\d+)[ -]minute", item["todo"][lang])]
        assert len(times) == 1 and 10 <= times[0] <= 30, item["todo"][lang]


# Skills


def test_skills_cover_three_kinds() -> None:
    kinds = Counter(skill["kind"] for skill in SKILLS)
    assert 110 <= len(SKILLS) <= 160
    assert set(kinds) == {"technical", "transversal", "behavioural"}
    assert kinds["technical"] >= 45 and kinds["transversal"] >= 35 and kinds["behavioural"] >= 20


def test_skills_read_as_in_a_cell() -> None:
    for skill in SKILLS:
        assert set(skill) == {"id", "kind", "name", "also"}
        assert skill["name"]["fr"][0].islower()
        assert all(len(skill["name"][lang]) <= 32 for lang in LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_leads_to_one_skill(lang: str) -> None:
    words = Counter(folded(word) for skill in SKILLS for word in texts(skill, lang))
    assert [word for word, count in words.items() if count > 1] == []
