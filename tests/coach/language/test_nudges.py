"""What the coach notices in a sentence, and the question it then asks."""

import unicodedata
from collections.abc import Callable

import pytest
from making import TODAY, field_of
from sentences.report import LABELS, LANGUAGES, TUNED, UNSEEN, judged, score, sentences

from coach.flows.remarks import find_remarks
from coach.language.nudges import Verdict, load_nudges, notice, questions, verdict

FLOOR = 0.9
"""Least precision and recall for each label and language, on sentences kept for tests alone."""
TUNED_FLOOR = 0.97
ALL_RULES = tuple(load_nudges().rules)
EVERY = [row for lang in LANGUAGES for row in sentences(TUNED + UNSEEN, lang)]


# --------------------------------------------------------------- the labelled sentences


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sentences_for_tests_alone_are_enough_and_apart(lang: str) -> None:
    tuned = [row.text for row in sentences(TUNED, lang)]
    unseen = [row.text for row in sentences(UNSEEN, lang)]
    assert len(tuned) >= 60 and len(unseen) >= 50
    assert len(set(tuned + unseen)) == len(tuned) + len(unseen)
    for label in LABELS:
        assert sum(label in row.labels for row in sentences(UNSEEN, lang)) >= 10


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_unseen_sentences_are_judged_as_a_careful_reader_would(
    lang: str, label: str, record_property: Callable[[str, object], None]
) -> None:
    found = score(label, sentences(UNSEEN, lang))
    held = found.right + len(found.missed)
    record_property(
        "report",
        f"{lang}  {label:<10}  precision {found.precision:.2f}  recall {found.recall:.2f}"
        f"  ({held} of {len(sentences(UNSEEN, lang))} sentences)",
    )
    assert found.precision >= FLOOR, found.wrong
    assert found.recall >= FLOOR, found.missed


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_sentences_that_were_tuned_on_stay_right(lang: str, label: str) -> None:
    found = score(label, sentences(TUNED, lang))
    assert found.precision >= TUNED_FLOOR, found.wrong
    assert found.recall >= TUNED_FLOOR, found.missed


@pytest.mark.parametrize(
    "typed",
    [
        lambda text: text.replace("'", "’"),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: "".join(
            c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)
        ),
        lambda text: text + ".",
        lambda text: text.replace(" :", "\u00a0:").replace(" %", "\u202f%"),
    ],
    ids=["curly apostrophes", "decomposed", "no accents", "full stop", "no-break spaces"],
)
def test_how_it_is_typed_changes_nothing(typed: Callable[[str], str]) -> None:
    assert [row.text for row in EVERY if verdict(typed(row.text)) != judged(row.text)] == []


def test_capitals_change_almost_nothing() -> None:
    # A capital is what tells a street or a product from a count: 'at 12 Lilac Street'.
    changed = [row.text for row in EVERY if verdict(row.text.upper()) != judged(row.text)]
    assert len(changed) <= len(EVERY) / 200, changed


# ------------------------------------------------------------- the definitions, by example


@pytest.mark.parametrize(
    "text",
    [
        "twice as fast",
        "une dizaine de clients",
        "réduit de moitié",
        "three suppliers out of five",
        "du simple au double",
        "10 h → 2 h",
        "10h à 2h",
        "3,5 k€",
        "x2",
        "1/3 des appels",
        "zéro erreur",
        "12 families",
        "nobody waited more than five minutes",
    ],
)
def test_a_measurable_result_is_quantified_in_digits_and_in_words(text: str) -> None:
    assert verdict(text).quantified


@pytest.mark.parametrize(
    "text",
    """Windows 11|L3|B2B|ISO 9001|salle 204|article 12|bus 38|covid-19|3D|5S|A4|M2|bac+3|2e étage
rendez-vous à 14h30|le 12 mars 2026|en 2024|room 12|at 5 pm|12/03/2026|06 12 34 56 78|un client
one of them|first|version 2.1|de 9h à 17h|le four|https://a.example/12/pages""".replace(
        "\n", "|"
    ).split("|"),
)
def test_names_dates_and_places_are_no_figures(text: str) -> None:
    assert not verdict(f"noté : {text}").quantified
    assert not verdict(text).quantified


def test_words_in_quotation_marks_are_not_the_students_own() -> None:
    for quote in ("« {} »", '"{}"', "“{}”", "'{}'", "« {}"):
        said = quote.format("my boss was useless, an incredible experience")
        assert verdict(f"She wrote {said}") == Verdict()
    assert verdict("the clients' boss was useless, the boss' desk too").blame


def test_a_student_may_judge_themselves() -> None:
    assert not verdict("I was useless at knots").blame
    assert not verdict("je me sentais incompétente").blame
    assert verdict("my boss was useless").blame


@pytest.mark.parametrize(
    "text", ["", "   ", "\n", "___", "😀", "\ud800", "\x00", "e\u0301" * 3, "12"]
)
def test_odd_texts_are_judged_calmly(text: str) -> None:
    assert not verdict(text).blame and not verdict(text).varnish


# ------------------------------------------------------------------------ the questions


def test_at_most_two_questions_in_the_language_asked_for() -> None:
    text = "___ tout s'est bien passé, ma tutrice est nulle, une expérience incroyable"
    for lang in LANGUAGES:
        asked = notice(ALL_RULES, text, lang, {"action": text, "feedback": ""})
        assert len(asked) == 2
    assert notice(["vague"], "aidé l'équipe", "fr") != notice(["vague"], "aidé l'équipe", "en")


def test_a_row_of_many_cells_gets_two_remarks_at_most() -> None:
    text = "___ tout s'est bien passé, ma tutrice est nulle, une expérience incroyable"
    cells = [{"id": name, "nudges": [rule]} for name, rule in zip("abcd", ALL_RULES, strict=False)]
    field = field_of("rows", columns=[{"id": "e", "within": 7}, *cells])
    row = dict.fromkeys("abcd", text) | {"e": "demain"}
    for lang in LANGUAGES:
        assert len(find_remarks(field, row, lang, TODAY)) == 2


def test_an_empty_field_is_left_in_peace() -> None:
    assert notice(ALL_RULES, "  ", "fr") == []
    assert questions("", "en") == []


def test_missing_feedback_is_judged_on_the_row() -> None:
    row = {"action": "soudé le châssis", "feedback": ""}
    assert len(notice(["feedback"], "", "fr", row)) == 1
    assert notice(["feedback"], "", "fr", row | {"feedback": "« propre »"}) == []
    assert notice(["feedback"], "", "fr", {"action": " ", "feedback": ""}) == []
    assert notice(["feedback"], "", "fr") == []
    # The feedback is being typed and the row has not heard of it yet.
    assert notice(["feedback"], "« pro", "fr", row) == []


def test_a_week_where_all_went_well_is_asked_for_an_example() -> None:
    for text in ("Tout s'est bien passé", "everything went well at the bakery"):
        assert notice(["blame", "went_well"], text, "en")
    assert notice(["went_well"], "Tout s'est bien passé, j'ai posé le carrelage seul", "fr") == []


def test_a_blank_is_asked_for_before_anything_else() -> None:
    assert notice(["vague", "figure", "blank"], "J'ai servi ___ clients", "fr") == notice(
        ["blank"], "J'ai servi ___ clients", "fr"
    )


def test_the_kind_of_figure_asked_for_fits_the_sentence() -> None:
    asked = {
        notice(["figure"], text, "en")[0]
        for text in ("sales went up", "it goes faster", "pupils came back", "cleaner drains")
    }
    assert len(asked) == 4
    assert notice(["figure"], "sold 12 jars", "en") == []


def test_a_question_stays_while_the_sentence_grows() -> None:
    text = "Aidé l'équipe dans ses missions de tous les jours"
    seen = {
        tuple(notice(["vague"], text[:end], "fr"))
        for end in range(len("Aidé l'équipe"), len(text) + 1)
    }
    # A word half typed may hush the coach; it never makes it ask otherwise.
    assert len(seen - {()}) == 1


def test_review_asks_what_its_verdict_shows() -> None:
    assert len(questions("my boss was useless", "en")) == 1
    assert questions("Vendu 42 pots au marché", "fr") == []


def test_an_unknown_rule_is_a_slip_that_names_itself() -> None:
    with pytest.raises(KeyError, match="nope"):
        notice(["nope"], "", "fr")
