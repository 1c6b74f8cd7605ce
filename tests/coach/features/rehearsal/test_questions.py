"""The classic questions of an interview, as written in `data/questions.toml`."""

import re
from collections import Counter
from pathlib import Path

import pytest

from coach.features.rehearsal import questions
from coach.features.rehearsal.questions import Question, load_questions
from coach.util.data_files import ContentError

QUESTIONS = load_questions()
LANGUAGES = ("fr", "en")
TU = re.compile(r"(?i)\b(tu|te|ton|ta|tes|toi)\b|\bt'")
VOUS = re.compile(r"(?i)\b(vous|votre|vos)\b")


def unquoted(text: str) -> str:
    return re.sub(r"« [^»]* »", "", text)


def test_there_are_enough_of_each_kind() -> None:
    kinds = Counter(one.kind for one in QUESTIONS)
    assert len(QUESTIONS) >= 44
    assert len(kinds) == 10 and min(kinds.values()) >= 3


def test_ids_and_wordings_are_unique() -> None:
    assert len({one.id for one in QUESTIONS}) == len(QUESTIONS)
    for lang in LANGUAGES:
        for name in ("question", "wants", "hint"):
            said = [getattr(one, name).get(lang) for one in QUESTIONS]
            assert len(set(said)) == len(said), name


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: str(one.id))
def test_the_recruiter_says_vous_and_the_coach_says_tu(one: Question) -> None:
    assert not TU.search(one.question.fr), one.question.fr
    for text in (one.wants.fr, one.hint.fr):
        assert not VOUS.search(unquoted(text)) or "vous verrez tous les deux" in text, text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: str(one.id))
def test_texts_are_short_clean_and_typed_as_the_language_does(one: Question, lang: str) -> None:
    question, wants, hint = (text.get(lang) for text in (one.question, one.wants, one.hint))
    assert question[-1] in ".?" and wants[-1] == "." and hint[-1] == "."
    assert len(question) <= 76 and len(wants) <= 76 and 30 <= len(hint) <= 130
    for text in (question, wants, hint):
        assert text == text.strip()
        assert not re.search(r"[!’…\u00a0\u202f\n]|  |\(e\)|·", text), text
        wrong = r"\S[;:?»]|«\S|\"" if lang == "fr" else r"\s[;:?]|[«»]"
        assert not re.search(wrong, text), text


def test_nothing_supposes_the_gender_of_the_student() -> None:
    wrong = re.compile(r"\btu (?:es|étais) \w+(?:é|i|u)s?\b|\bprêt\b|\bseul\b|\bsûr\b")
    assert [one.hint.fr for one in QUESTIONS if wrong.search(one.hint.fr + one.wants.fr)] == []


def test_a_slip_in_the_file_is_an_error_that_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "questions.toml"
    path.write_text('[[questions]]\nid = "a"\nkind = "odd"\n', "utf-8")
    monkeypatch.setattr(questions, "data_path", lambda *_: path)
    load_questions.cache_clear()
    try:
        with pytest.raises(ContentError, match=r"questions\.toml.*kind"):
            load_questions()
    finally:
        load_questions.cache_clear()
