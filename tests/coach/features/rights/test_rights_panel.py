"""Session `rights` as it is asked and answered: its questions, its panels, the plain session."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flow_tools import height, texts
from hypothesis import given
from hypothesis import strategies as st
from making import TODAY, entry_of, internship_of

from coach.browse.entry_reader import read_entry
from coach.documents.dossier import Dossier
from coach.export.export import entry_markdown
from coach.features.registry import PROVIDERS, load_content, make_document
from coach.flows.background import gather_student_context
from coach.flows.context import StepContext
from coach.flows.draft_session import DraftSession
from coach.flows.request import SessionRequest
from coach.flows.schema import Choices
from coach.flows.session import Session
from coach.flows.student import StudentContext
from coach.flows.validation import find_dangling
from coach.language.nudges import notice
from coach.plain.session import run
from coach.store.journal import Journal
from coach.store.snapshot import Snapshot

PANELS = [name for name in PROVIDERS.panels if name.startswith("rights")]
CONTENT = load_content()
FLOW = CONTENT.flow("rights")
SPRING: dict[str, Any] = {"start": "2026-02-02", "end": "2026-05-08", "weekly_hours": 35}
WINTER: dict[str, Any] = {"start": "2025-11-03", "end": "2026-03-27", "weekly_hours": 35}
LANGS = pytest.mark.parametrize("lang", ["fr", "en"])


def said(name: str, lang: str = "fr", today: date = TODAY, **answers: Any) -> list[str]:
    context = StepContext(answers, StudentContext(today=today), CONTENT, lang)
    return [line.plain for line in PROVIDERS.show(name, context)]


def among(lines: list[str], *wanted: str) -> bool:
    return all(any(one in line for line in lines) for one in wanted)


# The flow


def test_the_flow_refers_to_nothing_missing_and_every_question_has_an_example() -> None:
    assert find_dangling(FLOW, PROVIDERS) == []
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


def test_it_says_at_the_start_and_in_brief_that_it_is_no_legal_advice() -> None:
    for lang, words in (("fr", "conseil juridique"), ("en", "legal advice")):
        assert sum(words in text.get(lang) for _, text in texts(FLOW)) == 1
        for name in PANELS:
            assert among(said(name, lang, **SPRING), words) is (name == "rights_sum")


def test_what_one_may_ask_for_comes_with_a_sentence_that_says_vous() -> None:
    field = next(f for s in FLOW.steps for f in s.fields if isinstance(f, Choices))
    for option in field.options:
        assert option.text is not None
        assert "?" in option.text.fr
        assert "?" in option.text.en
        assert not {"tu", "te", "ton"} & set(option.text.fr.lower().split())
        for lang in ("fr", "en"):
            assert notice(["blame"], option.text.get(lang), lang) == []
    assert sum("vous" in o.text.fr or "ons-nous" in o.text.fr for o in field.options if o.text) >= 7


def test_what_the_internship_knows_is_not_typed_twice() -> None:
    lumen = internship_of("2026-09-07", "2026-12-18", hours=37.5)
    known = gather_student_context([], lumen, TODAY)
    run_ = Session(FLOW, CONTENT, known, "fr")
    values = [run_.value(field) for field in run_.fields()]
    assert values == ["2026-09-07", "2026-12-18", 37.5]
    nothing = Session(FLOW, CONTENT, gather_student_context([], None, TODAY), "fr")
    assert [nothing.value(field) for field in nothing.fields()] == [None, None, None]
    odd = gather_student_context([], internship_of("soon", hours="many"), TODAY)
    assert (odd.start, odd.hours) == (None, None)


def test_the_missions_are_copied_out_once_whoever_asks_first() -> None:
    rows = [{"id": "m", "mission": "Classer les archives"}]
    told = internship_of(missions=rows)
    session = Session(FLOW, CONTENT, gather_student_context([told], told, TODAY), "fr")
    page = next(page for page in session.pages() if page.step.id == "agreement")
    assert [session.value(field, page) for field in session.fields(page)] == [rows]
    bare = internship_of(missions=[{"mission": " "}, None])
    checked = entry_of("rights", internship=bare.id, answers={"missions": rows})
    for about, entries in ((told, [told]), (bare, [checked, bare])):
        dossier = Dossier(Snapshot(entries), CONTENT, "fr", TODAY, about)
        assert dossier.missions == rows
        assert "Classer les archives" in make_document("rights", dossier).markdown


def test_days_are_asked_where_no_total_is_given() -> None:
    def asked(answers: dict[str, Any]) -> list[str]:
        session = Session(FLOW, CONTENT, StudentContext(today=TODAY), "fr", answers)
        page = next(page for page in session.pages() if page.step.id == "presence")
        return [field.id for field in session.fields(page)]

    assert asked({"total_hours": 455}) == ["total_hours"]
    assert asked({}) == ["total_hours", "days"]
    assert asked({"days": 65}) == ["total_hours", "days", "day_hours"]


# The panels


def test_the_allowance_in_french() -> None:
    lines = said("rights", **SPRING)
    # The answer comes first.
    assert lines[:3] == [
        "Oui, une gratification est due, depuis le lundi 2 février 2026.",
        (
            "Au moins 2 205,00 € en tout. Elle est versée chaque mois : environ 682,50 € "
            "pour un mois entier."
        ),
        "Le calcul",
    ]
    assert among(
        lines,
        "490 h de présence : 70 jours ouvrés de 7 h",
        "au-delà de 308 h, soit 2 mois (44 jours de 7 h), et alors dès le premier jour. [Code",
        "4,50 € par heure de présence. [Code de l'éducation L124-6, vérifié en novembre 2026]",
        "de 630,00 € (février 2026) à 693,00 € (mars 2026)",
        "dans la limite de 924 h (6 mois)",
        "service-public.fr",
    )


def test_the_allowance_in_english() -> None:
    assert among(
        said("rights", "en", **SPRING),
        "Yes, an allowance is due, from Monday 2 February 2026.",
        "owed beyond 308 h",
        "At least €2,205.00 in all",
        "from €630.00 (February 2026) to €693.00 (March 2026)",
        "[Code de l'éducation L124-5, D124-6, noted in November 2026, to be confirmed]",
    )


def test_nothing_is_due_up_to_44_days() -> None:
    lines = said("rights", days=44)
    assert lines[0] == "Non, pour 308 h rien n'oblige à te payer."
    assert not among(lines, "€")
    assert among(said("rights", days=44, pay_kind="hour", pay=4), "bon signe")


@LANGS
def test_1_january_shows_both_readings_and_says_that_sources_differ(lang: str) -> None:
    lines = said("rights", lang, **WINTER)
    if lang == "fr":
        wanted = (
            "Au moins 3 197,25 € ou 3 262,35 € en tout",
            "sources ne disent pas toutes",
            "Avec 4,35 € jusqu'au bout : 3 197,25 €",
            "Avec 4,35 € en 2025, 4,50 € en 2026 : 3 262,35 €",
        )
    else:
        wanted = ("sources differ", "€3,197.25", "€3,262.35", "€4.35", "€4.50")
    assert among(lines, *wanted)


def test_a_rate_that_is_not_known_is_not_made_up() -> None:
    lines = said("rights", start="2027-02-01", end="2027-06-30", weekly_hours=35)
    assert among(lines, "Le montant de 2027 n'est pas connu ici", "4,50 € en 2026")
    assert lines[1] == "Combien, je ne peux pas le dire : il me manque le montant de 2027."
    assert not among(lines, "en tout")


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
    assert among(
        farm, "trois mois au lieu de deux", "au-delà de 462 h, soit 3 mois (66 jours de 7 h)"
    )


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
    assert len(also) == 9
    assert among(also, "harcèlement" if lang == "fr" else "harassment")
    assert all(
        "2026]" in line or "à confirmer]" in line or "confirmed]" in line for line in also[1:]
    )
    assert "service-public.fr" in said("rights_limits", lang)[-1]


# In brief

CLEAR: dict[str, Any] = SPRING | {"pay_kind": "hour", "pay": 4.5, "staff": 19, "interns": 3}
CLEAR |= {"tutor_interns": 3, "missions": [{"id": "1", "mission": "Observer une vente"}]}


def test_in_brief_nothing_to_raise() -> None:
    assert said("rights_sum", **CLEAR) == [
        "Rien à soulever, d'après ce que tu as écrit.",
        "Dans les règles",
        "Gratification : due, au moins 2 205,00 € en tout, et la convention l'atteint.",
        "Durée : 490 h, pour 924 h au plus.",
        "Stagiaires : 3 la même semaine, pour 3 au plus.",
        "Encadrement : 3 par personne, pour 3 au plus.",
        "Missions : rien qui accroche dans les mots.",
        "Règles françaises, relevées en novembre 2026. Ce n'est pas un conseil juridique.",
    ]


def test_in_brief_each_point_to_raise() -> None:
    before = {"before": "yes", "before_start": "2025-10-01", "before_end": "2026-01-10"}
    rows = [{"id": "1", "mission": "Tenir la caisse"}, {"id": "2", "mission": "Observer une vente"}]
    wrong = {"total_hours": 925, "pay_kind": "none", "staff": 21, "interns": 5, "tutor_interns": 4}
    # 102 days before: a gap of 34, so the post is free on 14 February; it began on the 2nd.
    assert said("rights_sum", **SPRING, **before, **wrong, missions=rows)[:7] == [
        "6 points à soulever, avec ton école d'abord.",
        "Gratification : due, au moins 4 162,50 € en tout, et la convention n'en prévoit pas.",
        "Durée : 925 h, pour 924 h au plus.",
        "Stagiaires : 5 la même semaine, pour 4 au plus.",
        "Encadrement : 4 par personne, pour 3 au plus.",
        "Délai depuis le stage d'avant : le poste n'est libre que le samedi 14 février 2026.",
        "Missions : 1 sur 2 à vérifier, « Tenir la caisse ».",
    ]


def test_in_brief_what_cannot_be_told_yet_is_said_so() -> None:
    lines = said("rights_sum", "en")
    assert lines[:2] == ["I do not have enough to answer yet.", "What I cannot tell yet"]
    assert among(lines, "the dates and the hours are missing", "how many people", "copy them")
    winter = said("rights_sum", "en", **WINTER)
    assert among(winter, "at least €3,197.25 or €3,262.35 in all")
    # 44 workdays by the dates alone: an estimate at the very limit settles nothing.
    near = said("rights_sum", start="2026-02-02", end="2026-04-02", weekly_hours=35)
    assert among(near, "trop près de 308 h")
    assert among(said("rights_sum", today=date(2027, 12, 1), **CLEAR), "plus d'un an, à revérifier")


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
    draft_session = DraftSession(
        journal, CONTENT, SessionRequest("rights"), lang="fr", today=TODAY, internship=lumen
    )
    lines = ["", "", ""]  # dates and hours, as the internship knows them
    lines += ["", "", "3", "2", "2"]  # no total, no days; no pay, not public, no farm school
    lines += ["21", "4", "2", "2"]  # staff, interns, tutor's, nobody before
    lines += ["Tenir la caisse", "Observer une vente", ""]
    lines += ["2", "Un point le mardi ?", ""]
    out = io.StringIO()
    code = run(draft_session, io.StringIO("\n".join(lines) + "\n" * 8), out, "fr")
    assert code == 0, out.getvalue()
    text = out.getvalue()
    for piece in (
        "Au moins 2 205,00 €",
        "2 points à soulever",
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
    # Read again, what came out of it is first, with its sources; a year later they say their age.
    first, *results = read_entry(entry, CONTENT, "fr", today=TODAY)
    assert first.title == "En bref"
    assert first.parts[0].text.startswith("2 points à soulever")
    titles = [section.title for section in results]
    asked = titles.index("De quand à quand, sur ta convention ?")
    assert titles.index("Gratification et durée") < asked
    later = read_entry(entry, CONTENT, "fr", today=date(2027, 12, 1))
    assert "plus d'un an, à revérifier" in later[0].parts[-1].text
    assert "L124-6, vérifié en novembre 2026]" in entry_markdown(entry, CONTENT, "fr").replace(
        "\\", ""
    )


@LANGS
def test_below_the_last_rate_known_is_flagged_in_a_year_not_known(lang: str) -> None:
    year = {"start": "2027-02-01", "end": "2027-05-07", "weekly_hours": 35}
    rate = "4,50 €" if lang == "fr" else "€4.50"
    ask = "Pourriez-vous vérifier" if lang == "fr" else "Could you check"
    below = said("rights", lang, **year, pay_kind="hour", pay=4)
    assert among(below, "2027", rate, ask)
    assert sum("2026" in line and rate in line for line in below) == 2, "the count, the answer"
    brief = said("rights_sum", lang, **year, pay_kind="hour", pay=4)
    assert sum("2026" in line and rate in line for line in brief) == 1
    assert "1 point" in brief[0]
    # what reaches it raises no point, and is not called right either
    enough = said("rights_sum", lang, **year, pay_kind="hour", pay=4.5)
    assert "1 point" not in enough[0] and sum(rate in line for line in enough) == 1
    assert not among(said("rights", lang, **year, pay_kind="hour", pay=4.5), ask)
    early = {"start": "2022-01-31", "end": "2022-05-06", "weekly_hours": 35}
    assert among(said("rights", lang, **early, pay_kind="hour", pay=4), "2022")
    about = [entry_of("rights", answers={**year, "pay_kind": "hour", "pay": 4})]
    made = make_document("rights", Dossier(Snapshot(about), CONTENT, lang, TODAY))
    assert ask in made.markdown
