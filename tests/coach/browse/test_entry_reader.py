"""An entry as something to read: every answer, in words, in the reader's language."""

from typing import Any

import pytest
from making import TODAY, entry_of, field, raw_flow, step, write_toml

from coach.browse.entry_reader import Section, read_entry
from coach.browse.headline import headline
from coach.features.registry import load_content
from coach.flows.content import Content, flow_title
from coach.store.entries import Entry
from coach.util.text import texts
from coach.util.wording import LANGUAGES

ALL = raw_flow(
    step(
        "one",
        field("line", "line"),
        field("text", "text", private=True),
        field("scale", "scale", low=0, high=10),
        field("choice", "choice", options=["a", "b"]),
        field("choices", "choices", options=["a", "b"]),
        field("checklist", "checklist", options=["a", "b"]),
        field("date", "date"),
        field("number", "number", unit="h"),
        field("rows", "rows"),
        field("sides", "pairs"),
    ),
    step("again", field("line", "learned"), each="choices", title="{item.label}"),
    step("closed", field("line", "secret"), private=True),
    id="labo",
    headline=["line", "rows.what"],
)
FULL: dict[str, Any] = {
    "line": "Déclic",
    "text": "Un.\nDeux.",
    "scale": 7,
    "choice": "a",
    "choices": ["b", "a"],
    "checklist": {"a": "yes", "b": "no"},
    "date": "2026-02-13",
    "number": 35.5,
    "rows": [{"id": "r1", "what": "Trié", "who": "Léa", "note": "n1"}],
    "pairs": [{"id": "r2", "left": "moi", "right": "eux"}],
    "again": {"b": {"learned": "Ranger"}},
    "secret": "chut",
}


@pytest.fixture
def own(tmp_path: Any) -> Content:
    (tmp_path / "labo.toml").write_text(write_toml(ALL), "utf-8")
    return load_content(tmp_path)


def entry(flow: str = "labo", **answers: Any) -> Entry:
    return entry_of(flow, answers=answers)


def test_an_entry_is_told_apart_by_words_never_by_the_id_of_what_it_refers_to(own: Content) -> None:
    proof = "09e6260c-4a64-5f0f-bf42-4a7d5b41c6d2/894aed"
    told = entry("talk", moment="half", picked=[proof])
    assert headline(entry("talk", picked=[proof]), own) == ""
    assert headline(told, own) == "de mi-parcours"


def parts(sections: list[Section]) -> dict[str, Any]:
    return {part.label: part.rows or part.text for section in sections for part in section.parts}


def test_each_kind_of_answer_is_read_in_words(own: Content) -> None:
    assert parts(read_entry(entry(**FULL), own, "fr")) == {
        "Champ line": "Déclic",
        "Champ text": "Un.\nDeux.",
        "Champ scale": "7/10",
        "Champ choice": "Option a",
        "Champ choices": "Option b, Option a",
        "Champ checklist": [
            [("", "Option a"), ("", "Réponse yes")],
            [("", "Option b"), ("", "Réponse no")],
        ],
        "Champ date": "vendredi 13 février 2026",
        "Champ number": "35.5 h",
        "Champ rows": [[("Colonne what", "Trié"), ("Colonne who", "Léa")]],
        "Champ pairs": [[("ici", "moi"), ("en face", "eux")]],
        "Champ learned": "Ranger",
        "Champ secret": "chut",
    }


def test_labels_come_in_the_readers_language_and_words_stay_the_students(own: Content) -> None:
    found = parts(read_entry(entry(**FULL), own, "en"))
    assert found["Champ line (en)"] == "Déclic"
    assert found["Champ date (en)"] == "Friday 13 February 2026"
    assert found["Champ choice (en)"] == "Option a (en)"


def test_sections_are_the_steps_that_were_answered_in_order(own: Content) -> None:
    assert [s.title for s in read_entry(entry(**FULL), own, "fr")] == [
        "Étape one",
        "Option b",
        "Étape closed",
    ]
    assert read_entry(entry(), own, "fr") == []


def test_what_is_private_says_so(own: Content) -> None:
    marked = {
        part.label
        for section in read_entry(entry(**FULL), own, "fr")
        for part in section.parts
        if part.private
    }
    assert marked == {"Champ text", "Champ secret"}


def test_what_was_said_about_an_item_let_go_still_reads(own: Content) -> None:
    found = read_entry(entry(again={"gone": {"learned": "Ranger"}}), own, "fr")
    assert [(s.title, s.parts[0].text) for s in found] == [("gone", "Ranger")]


def test_answers_to_questions_that_are_gone_still_read(own: Content) -> None:
    found = read_entry(entry(line="Déclic", former="Un mot", figure=3), own, "fr")
    assert found[-1].title == ""
    assert parts(found[-1:]) == {"former": "Un mot", "figure": "3"}


def test_an_option_or_a_column_that_is_gone_reads_by_its_id(own: Content) -> None:
    found = parts(
        read_entry(
            entry(choice="z", checklist={"z": "maybe"}, rows=[{"id": "1", "old": "mot"}]), own, "fr"
        )
    )
    assert found["Champ choice"] == "z"
    assert found["Champ checklist"] == [[("", "z"), ("", "maybe")]]
    assert found["Champ rows"] == [[("old", "mot")]]


def test_an_entry_of_a_session_that_is_gone_or_broken_reads(tmp_path: Any) -> None:
    (tmp_path / "casse.toml").write_text("steps = 3")
    content = load_content(tmp_path)
    for flow in ("gone", "casse"):
        lost = entry(flow, word="Déclic", rows=[{"id": "1", "what": "Trié"}])
        assert flow_title(lost, content, "fr") == flow
        assert parts(read_entry(lost, content, "fr")) == {"word": "Déclic", "rows": "Trié"}
        assert headline(lost, content) == "Déclic"


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"line": "Déclic", "rows": [{"id": "1", "what": "Trié"}]}, "Déclic"),
        ({"rows": [{"id": "1", "what": "Trié"}, {"id": "2", "what": "x"}]}, "Trié"),
        ({"line": "", "rows": [], "text": "Un.\nDeux."}, "Un. Deux."),
        ({"checklist": {"a": "yes"}}, "Option a Réponse yes"),
        ({"line": "x" * 100}, "x" * 79 + "…"),
        ({}, ""),
        ({"rows": "mot"}, "mot"),
        ({"line": {"id": "x"}, "text": "Un."}, "Un."),
        ({"line": {"id": "x"}}, ""),
    ],
)
def test_the_first_words_that_tell_an_entry_apart(
    own: Content, answers: dict[str, Any], words: str
) -> None:
    assert headline(entry(**answers), own) == words


ODD = [
    None,
    "",
    "mot",
    3,
    -2.5,
    True,
    [],
    {},
    ["mot"],
    [3, None],
    {"a": {"b": "mot"}},
    {"id": "x"},
    [["mot"]],
]


@pytest.mark.parametrize("value", ODD, ids=repr)
@pytest.mark.parametrize("name", list(FULL))
def test_no_answer_is_too_odd_to_read_and_no_word_is_lost(
    own: Content, name: str, value: Any
) -> None:
    odd = entry(**{name: value})
    headline(odd, own)
    for lang in LANGUAGES:
        found = read_entry(odd, own, lang)
        said = " ".join(
            [
                p.text + " ".join(text for row in p.rows for _, text in row)
                for s in found
                for p in s.parts
            ]
        )
        assert all(word in said for word in texts(value))


def test_objectives_are_read_by_their_words_where_they_are_known(content: Content) -> None:
    told = entry("weekly", progress={"m1": "forward"})
    goals = [{"id": "m1", "label": "Mener une réunion"}]
    (section,) = read_entry(told, content, "fr", goals)
    assert section.parts[0].rows == [[("", "Mener une réunion"), ("", "Nettement")]]


def test_the_title_of_a_session_comes_in_both_languages(content: Content) -> None:
    told = entry_of("weekly", TODAY)
    titles = [flow_title(told, content, lang) for lang in LANGUAGES]
    assert titles == ["Séance de la semaine", "Weekly session"]
