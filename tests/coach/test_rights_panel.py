"""Session `rights` as it is asked and answered: its questions, its panels, the plain session."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import TODAY, internship_of
from test_flows import height, texts

from coach.background import gather
from coach.content import Content, dangling
from coach.flow import Choices
from coach.journal import Journal
from coach.nudges import notice
from coach.panels import panel
from coach.plain import run
from coach.requests import Request
from coach.rights_panel import PANELS
from coach.session import Session
from coach.sitting import Sitting
from coach.view import Background, View

CONTENT = Content()
FLOW = CONTENT.flow("rights")
SPRING: dict[str, Any] = {"start": "2026-02-02", "end": "2026-05-08", "weekly_hours": 35}
WINTER: dict[str, Any] = {"start": "2025-11-03", "end": "2026-03-27", "weekly_hours": 35}
LANGS = pytest.mark.parametrize("lang", ["fr", "en"])


def said(name: str, lang: str = "fr", today: date = TODAY, **answers: Any) -> list[str]:
    view = View(answers, Background(today=today), CONTENT, lang)
    return [line.text for line in panel(name, view)]


def among(lines: list[str], *wanted: str) -> bool:
    return all(any(one in line for line in lines) for one in wanted)


# The flow


def test_the_flow_refers_to_nothing_missing_and_every_question_has_an_example() -> None:
    assert dangling(FLOW) == []
    fields = [field for step in FLOW.steps for field in step.fields]
    assert [field.id for field in fields if field.example is None] == []
    assert {step.panel for step in FLOW.steps if step.panel} == set(PANELS)


@LANGS
def test_its_steps_fit_a_small_terminal(lang: str) -> None:
    for step in FLOW.steps:
        intro = step.intro.get(lang) if step.intro else ""
        assert len(step.title.get(lang)) <= 64
        assert len(intro) <= 160, (step.id, len(intro))
        shown = [f for f in step.fields if f.id != "pay"]
        assert 6 - (-len(intro) // 76) + sum(height(f, lang) for f in shown) <= 24, step.id


def test_it_says_once_that_it_is_no_legal_advice() -> None:
    for lang, words in (("fr", "conseil juridique"), ("en", "legal advice")):
        assert sum(words in text.get(lang) for _, text in texts(FLOW)) == 1
        for name in PANELS:
            assert not among(said(name, lang, **SPRING), words)


def test_what_one_may_ask_for_comes_with_a_sentence_that_says_vous() -> None:
    field = next(f for s in FLOW.steps for f in s.fields if isinstance(f, Choices))
    for option in field.options:
        assert option.help is not None
        assert "?" in option.help.fr
        assert "?" in option.help.en
        assert not {"tu", "te", "ton"} & set(option.help.fr.lower().split())
        for lang in ("fr", "en"):
            assert notice(["blame"], option.help.get(lang), lang) == []
    assert sum("vous" in o.help.fr or "ons-nous" in o.help.fr for o in field.options if o.help) >= 7


def test_what_the_internship_knows_is_not_typed_twice() -> None:
    lumen = internship_of("2026-09-07", "2026-12-18", hours=37.5)
    known = gather([], lumen, TODAY)
    run_ = Session(FLOW, CONTENT, known, "fr")
    values = [run_.value(field) for field in run_.fields()]
    assert values == ["2026-09-07", "2026-12-18", 37.5]
    nothing = Session(FLOW, CONTENT, gather([], None, TODAY), "fr")
    assert [nothing.value(field) for field in nothing.fields()] == [None, None, None]
    odd = gather([], internship_of("soon", hours="many"), TODAY)
    assert (odd.start, odd.hours) == (None, None)


def test_days_are_asked_where_no_total_is_given() -> None:
    def asked(answers: dict[str, Any]) -> list[str]:
        session = Session(FLOW, CONTENT, Background(today=TODAY), "fr", answers)
        page = next(page for page in session.pages() if page.step.id == "presence")
        return [field.id for field in session.fields(page)]

    assert asked({"total_hours": 455}) == ["total_hours"]
    assert asked({}) == ["total_hours", "days"]
    assert asked({"days": 65}) == ["total_hours", "days", "day_hours"]


# The panels


def test_the_allowance_in_french() -> None:
    lines = said("rights", **SPRING)
    assert lines[0] == "Ta gratification"
    assert among(
        lines,
        "490 h de présence : 70 jours ouvrés de 7 h",
        "Une gratification est due : plus de 308 h, soit 2 mois (44 jours de 7 h).",
        "depuis le premier jour, le lundi 2 février 2026",
        "4,50 € par heure de présence. [Code de l'éducation L124-6, vérifié en novembre 2026]",
        "au moins 2 205,00 €",
        "environ 682,50 €",
        "de 630,00 € (février 2026) à 693,00 € (mars 2026)",
        "dans la limite de 924 h (6 mois)",
        "service-public.fr",
    )


def test_the_allowance_in_english() -> None:
    assert among(
        said("rights", "en", **SPRING),
        "An allowance is due: more than 308 h",
        "from the first day, Monday 2 February 2026",
        "at least €2,205.00",
        "from €630.00 (February 2026) to €693.00 (March 2026)",
        "[Code de l'éducation L124-5, D124-6, noted in November 2026, to be confirmed]",
    )


def test_nothing_is_due_up_to_44_days() -> None:
    lines = said("rights", days=44)
    assert among(lines, "Aucune gratification n'est obligatoire jusqu'à 308 h")
    assert not among(lines, "€")
    assert among(said("rights", days=44, pay_kind="hour", pay=4), "bon signe")


@LANGS
def test_1_january_shows_both_readings_and_says_that_sources_differ(lang: str) -> None:
    lines = said("rights", lang, **WINTER)
    if lang == "fr":
        wanted = ("sources ne disent pas toutes", "3 197,25 €", "3 262,35 €", "4,35 €", "4,50 €")
    else:
        wanted = ("sources differ", "€3,197.25", "€3,262.35", "€4.35", "€4.50")
    assert among(lines, *wanted)


def test_a_rate_that_is_not_known_is_not_made_up() -> None:
    lines = said("rights", start="2027-02-01", end="2027-06-30", weekly_hours=35)
    assert among(lines, "Je ne connais pas le montant de 2027", "4,50 € en 2026")
    assert not among(lines, "En tout")


@pytest.mark.parametrize(
    ("pay", "words"),
    [
        ({"pay_kind": "none"}, "Ta convention n'en prévoit pas"),
        ({"pay_kind": "hour", "pay": 4.35}, "en dessous"),
        ({"pay_kind": "month", "pay": 700}, "atteint ce minimum"),
    ],
)
def test_what_the_agreement_pays_is_judged(pay: dict[str, Any], words: str) -> None:
    lines = said("rights", **SPRING, **pay)
    assert among(lines, words)
    assert among(lines, "Tu peux dire") is (words != "atteint ce minimum")


def test_length_public_bodies_and_farm_schools() -> None:
    assert among(said("rights", total_hours=925), "1 h de plus que la limite de 924 h")
    assert among(said("rights", total_hours=400, public_body="yes"), "ses propres règles")
    farm = said("rights", total_hours=400, farm_school="yes")
    assert among(farm, "trois mois au lieu de deux", "jusqu'à 462 h, soit 3 mois (66 jours de 7 h)")


def test_a_year_later_each_figure_says_that_it_is_old() -> None:
    lines = said("rights", today=date(2027, 12, 1), **SPRING)
    figures = [line for line in lines if "[" in line]
    assert len(figures) == 3
    assert all("plus d'un an, à revérifier" in line for line in figures)
    assert not among(said("rights", **SPRING), "revérifier")


def test_places_and_the_gap() -> None:
    before: dict[str, Any] = {
        "before": "yes",
        "before_start": "2026-01-01",
        "before_end": "2026-03-31",
    }
    lines = said("rights_team", staff=21, interns=5, tutor_interns=3, start="2026-04-30", **before)
    assert among(
        lines,
        "21 personnes : 4 stagiaires au plus la même semaine (15 %, arrondi au-dessus).",
        "5 la même semaine : c'est trop",
        "en suit 3 : c'est dans la règle",
        "30 jours. Le poste est libre à partir du vendredi 1er mai 2026",
        "vient avant",
    )
    assert among(said("rights_team", staff=19), "Moins de 20 personnes : 3 stagiaires")
    assert among(said("rights_team", before="yes"), "Il me manque les deux dates")
    assert among(said("rights_team", **before, before_left="yes"), "aucun délai")


def test_missions_one_by_one() -> None:
    rows = [{"id": "1", "mission": "Tenir la caisse le samedi."}]
    rows += [{"id": "2", "mission": "Observer une vente"}, {"id": "3"}]
    lines = said("rights_missions", missions=rows)
    assert lines[1].startswith(
        "« Tenir la caisse le samedi » : à vérifier, ça ressemble à la tâche"
    )
    assert among(
        lines, "Tu peux dire : « Pour la mission", "« Observer une vente » : rien à signaler"
    )
    assert among(lines, "L124-7", "Je lis des mots")
    assert len(said("rights_missions")) == 1


def test_braces_in_a_mission_are_the_students() -> None:
    rows = [{"id": "1", "mission": "Renfort {name} {words} [b]"}]
    assert among(said("rights_missions", missions=rows), "« Renfort {name} {words} [b] »")


@LANGS
def test_what_comes_with_it_and_what_cannot_be_known(lang: str) -> None:
    also = said("rights_also", lang)
    assert len(also) == 8
    assert all(
        "2026]" in line or "à confirmer]" in line or "confirmed]" in line for line in also[1:]
    )
    assert "service-public.fr" in said("rights_limits", lang)[-1]


ODD: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
)
ODD |= st.lists(st.dictionaries(st.sampled_from(["id", "mission"]), ODD), max_size=3)
ODD |= st.sampled_from(["yes", "none", "hour", "2026-02-02", "2026-12-31", "9999-12-31"])
NAMES = [field.id for step in FLOW.steps for field in step.fields]


@given(st.dictionaries(st.sampled_from(NAMES), ODD), st.sampled_from(["fr", "en"]), st.dates())
def test_no_answer_breaks_a_panel(answers: dict[str, Any], lang: str, today: date) -> None:
    for name in PANELS:
        for line in said(name, lang, today, **answers):
            assert line.strip()


# Line by line


def test_the_whole_check_works_in_a_plain_session(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    lumen = journal.save(internship_of("2026-02-02", "2026-05-08", hours=35))
    sitting = Sitting(journal, CONTENT, Request("rights"), lang="fr", today=TODAY, internship=lumen)
    lines = ["", "", ""]  # dates and hours, as the internship knows them
    lines += ["", "", "3", "2", "2"]  # no total, no days; no pay, not public, no farm school
    lines += ["21", "4", "2", "2"]  # staff, interns, tutor's, nobody before
    lines += ["Tenir la caisse", "Observer une vente", ""]
    lines += ["2", "Un point le mardi ?", ""]
    out = io.StringIO()
    code = run(sitting, io.StringIO("\n".join(lines) + "\n" * 8), out, "fr")
    assert code == 0, out.getvalue()
    text = out.getvalue()
    for piece in (
        "au moins 2 205,00 €",
        "Ta convention n'en prévoit pas",
        "4 la même semaine : le compte y est",
        "« Tenir la caisse » : à vérifier",
        "« Observer une vente » : rien à signaler",
        "Ce que je ne peux pas savoir",
    ):
        assert piece in text, piece
    (entry,) = [one for one in journal.entries() if one.flow == "rights"]
    assert entry.answers["start"] == "2026-02-02"
    assert entry.answers["weekly_hours"] == 35
    assert [row["mission"] for row in entry.answers["missions"]] == [
        "Tenir la caisse",
        "Observer une vente",
    ]
    assert entry.answers["asking"]["tutor_time"]["sentence"] == "Un point le mardi ?"
