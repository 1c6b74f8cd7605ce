"""The words behind the nudges: the data file, the lexicon that reads it, and its speed."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.language import nudges
from coach.language.classifier import LONGEST, Reading
from coach.language.lexicon import Lexicon, Page
from coach.language.nudges import load_nudges, verdict
from coach.language.tokenizer import tokenize
from coach.util.data_files import ContentError, data_path, read_toml


def test_every_rule_asks_in_both_languages_and_speaks_calmly() -> None:
    rules = load_nudges().rules
    known = {"figure", "vague", "blame", "varnish", "feedback", "went_well", "blank", "favour"}
    assert set(rules) == known
    for rule in rules.values():
        assert not rule.questions[-1].about, "the last question fits any text"
        for question in rule.questions:
            assert set(question.about) <= load_nudges().lexicon.lists
            assert len(question.fr) == len(question.en)
            for text in question.fr + question.en:
                assert "!" not in text and "’" not in text and len(text) <= 110


def _literals() -> Iterator[str]:
    data = read_toml(data_path("nudges.toml"))
    for name, words in data["words"].items():
        if name not in ("unit", "ending"):
            yield from (word.rstrip("~*").lstrip("-") for word in words.split())
    for line in "\n".join(data["phrases"].values()).split():
        part = line.removesuffix("?")
        if part not in ("..", "..."):
            yield from (atom.rstrip("~*") for atom in part.split("|") if atom[:1].isalpha())


def test_every_listed_word_is_one_token_so_that_it_can_be_found() -> None:
    assert [word for word in _literals() if len(tokenize(word, ())) != 1] == []


@pytest.mark.parametrize(
    "broken", ["", "rule = 1", "[words]\na = 1\n[phrases]\nb = '<nope>'", "x = ["]
)
def test_a_broken_file_is_named(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "nudges.toml"
    path.write_text(broken, "utf-8")
    monkeypatch.setattr(nudges, "data_path", lambda *parts: path)
    with pytest.raises(ContentError, match=r"nudges\.toml"):
        load_nudges.__wrapped__()


def test_phrases_mean_what_the_lexicon_says() -> None:
    lexicon = Lexicon(
        {"ending": "é er s", "wall": "not", "who": "boss team"},
        {"p": "aid~ .. <who>", "q": "very? nul*", "r": "one|two three"},
    )

    def found(phrase: str, text: str) -> list[str]:
        page = Page(text, lexicon)
        return [page.tokens[place].word for place in page.places(page.find(phrase))]

    assert found("p", "Aidé the new boss") == ["boss"]
    assert found("p", "aider not the boss") == []
    assert found("p", "aider, boss") == []
    assert found("p", "aider a b c boss") == []
    assert found("p", "aidance boss") == []
    assert found("q", "very nulle and nul") == ["very", "nulle", "nul"]
    assert found("r", "one, two three") == ["two", "three"]
    with pytest.raises(ValueError, match="nope"):
        Lexicon({}, {"p": "a <nope>"})


# --------------------------------------------------------------------------------- speed

WORST = {
    "spaces": " ",
    "digits": "1",
    "thousands": "1 000 ",
    "letters": "a",
    "no space": "a1-",
    "marks": "'",
    "rates": "1/2 ",
    "hours": "de 10h à 2h ",
    "blanks": "_",
    "subjects": "boss ",
    "phrases": "mon chef est vraiment très très ",
    "claims": "une superbe superbe expérience ",
    "links": "www.",
    "accents": "e\u0301",
}


def _work(text: str) -> float:
    """What judging `text` costs this thread, other programs' turns left out."""
    nudges_ = load_nudges()
    times = []
    for _ in range(3):
        start = time.thread_time()
        Reading(text, nudges_.lexicon, nudges_.weights).verdict()
        times.append(time.thread_time() - start)
    return min(times)


@pytest.mark.parametrize("piece", WORST.values(), ids=WORST.keys())
def test_work_grows_no_faster_than_the_text_and_then_not_at_all(piece: str) -> None:
    def text(size: int) -> str:
        return (piece * (size // len(piece) + 1))[:size]

    # Ratios only: ten times the text may cost some ten times the work, not a hundred times.
    short, long = _work(text(LONGEST // 10)), _work(text(LONGEST))
    assert long <= 60 * short + 0.05
    assert _work(text(1_000_000)) <= 8 * long + 0.2


def test_what_is_judged_of_a_long_text_is_its_beginning() -> None:
    text = "soudé le châssis. " * 60_000
    assert verdict(text + "12 pots") == verdict(text[:LONGEST])


def test_importing_the_nudges_reads_no_file_and_no_terminal() -> None:
    code = (
        "import sys, coach.language.nudges, coach.language.care;"
        "print([name for name in ('textual', 'tomllib', 'click', 'tinydb') if name in sys.modules],"
        " coach.language.nudges.load_nudges.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] 0"
