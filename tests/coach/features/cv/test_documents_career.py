"""The documents for applying: the story, the CV and interview sheet, the project sheet."""

from typing import Any

import pytest
from making import TODAY, entry_of, internship_of

from coach.demo import tell
from coach.documents.dossier import Dossier
from coach.features.cv.spoken import said_of, spoken
from coach.features.phantom.document import read_sheet
from coach.features.registry import load_content, make_document
from coach.proofs.proof import Proof
from coach.store.entries import Entry
from coach.store.snapshot import Snapshot
from coach.util.text import seconds_spoken


def proof(action: str, impact: str = "", **more: str) -> Proof:
    return Proof("e", "r", "weekly", "2026-11-20", "2026-W47", None, action, "", impact, **more)


def dossier(*entries: Entry, lang: str = "fr", **more: Any) -> Dossier:
    return Dossier(Snapshot(list(entries)), load_content(), lang, TODAY, **more)


def plain(text: str) -> str:
    """`text` without the spaces that keep a French colon on its line."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def week(*rows: dict[str, str], **more: Any) -> Entry:
    made = [{"id": f"r{n}"} | row for n, row in enumerate(rows)]
    return entry_of("weekly", answers={"achievements": made}, **more)


# Said aloud: sentences that a student wrote, and how they are told.


@pytest.mark.parametrize(
    ("action", "impact", "said"),
    [
        ("Trié 3 bacs", "2 h gagnées", "J'ai trié 3 bacs : 2 h gagnées."),
        (
            "Gestion des stocks",
            "5 ruptures de moins",
            "J'ai géré les stocks : 5 ruptures de moins.",
        ),
        ("Tri du courrier", "40 plis par jour", "J'ai trié le courrier : 40 plis par jour."),
        ("Je me suis occupé de la caisse", "0 erreur", "J'ai pris en charge la caisse : 0 erreur."),
        ("Allé voir 3 familles", "2 ont signé", "J'ai eu à aller voir 3 familles : 2 ont signé."),
        ("Refait le pied que j'avais coupé", "", "J'ai refait le pied que j'avais coupé."),
        (
            "On a refait la vitrine",
            "ça a ramené 20 clients",
            "J'ai refait la vitrine en équipe, ce qui a ramené 20 clients.",
        ),
        (
            "Toilette de six résidents",
            "4 en autonomie",
            "Une chose que j'ai faite : toilette de six résidents. 4 en autonomie.",
        ),
        ("Relu trois actes", "une erreur vue", "J'ai relu trois actes : une erreur vue."),
        ("j'ai vu 12 patients", "", "J'ai vu 12 patients."),
    ],
)
def test_a_french_row_is_said_in_the_first_person(action: str, impact: str, said: str) -> None:
    assert spoken(proof(action, impact), "fr") == said


@pytest.mark.parametrize(
    ("action", "impact", "said"),
    [
        ("Sorted 3 bins", "2 hours saved", "I sorted 3 bins: 2 hours saved."),
        ("Filled in forms with Bronwen beside me", "", "I filled in forms with Bronwen beside me."),
        ("Served on the market stall", "", "I served on the market stall."),
        ("Stock management", "5 fewer gaps", "I managed stock: 5 fewer gaps."),
        ("Post sorting", "40 letters a day", "I sorted post: 40 letters a day."),
        ("Washing six residents", "4 manage alone", "I washed six residents: 4 manage alone."),
        ("I was in charge of the till", "no mistakes", "I took charge of the till: no mistakes."),
        ("Rang five pubs", "2 said yes", "I rang five pubs: 2 said yes."),
        (
            "Checked five leases",
            "one wrong date found",
            "I checked five leases: one wrong date found.",
        ),
        ("we redid the window", "", "I redid the window as part of a team."),
    ],
)
def test_an_english_row_is_said_in_the_first_person(action: str, impact: str, said: str) -> None:
    assert spoken(proof(action, impact), "en") == said


def test_only_words_that_were_said_are_quoted() -> None:
    quoted = proof("Trié", feedback="« On s'y retrouve »", feedback_from="Mme Roy, tutrice")
    assert said_of(quoted, "fr") == "Mme Roy, tutrice, m'a dit : « On s'y retrouve. »"
    assert said_of(proof("Trié", feedback="contente du tri"), "fr") == ""
    assert said_of(proof("Sorted", feedback='"Again?"'), "en") == 'I was told: "Again?"'


# The story


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_story_fills_its_time_from_the_best_proofs_alone(lang: str) -> None:
    entries = tell(lang, TODAY).entries
    now = max((e for e in entries if e.flow == "internship"), key=lambda e: e.date)
    made = make_document("story", dossier(*reversed(entries), lang=lang, internship=now))
    said = made.markdown.split("\n## ")[0].split("\n\n")[2:]
    assert 45 <= seconds_spoken(" ".join(said)) <= 90
    assert not made.warnings and "> " not in made.markdown
    firsts = [part.split()[0] for part in said[1:-1]]
    assert len(set(map(str, firsts))) > 1 and 2 <= len(firsts) <= 4


def test_the_story_of_a_hard_internship_comes_in_only_when_it_is_ticked() -> None:
    hard = internship_of(company="Vasseur")
    told = entry_of("reframe", answers={"story": "SECRET récit"}, internship=hard.id)
    now = internship_of("2026-11-02", "2027-01-29", company="Lumen")
    entries = (week({"action": "Trié 3 bacs"}, internship=now.id), told, now, hard)
    made = make_document("story", dossier(*entries, internship=now))
    assert "SECRET" not in made.markdown
    assert [piece.key for piece in made.private] == ["story"]
    assert "Vasseur" in made.private[0].label and "SECRET" not in made.private[0].label
    made = make_document("story", dossier(*entries, internship=now, included=frozenset({"story"})))
    assert "SECRET récit" in made.markdown and "chez Vasseur" in made.markdown


def test_a_story_with_gaps_has_places_to_write_and_says_what_to_do() -> None:
    made = make_document("story", dossier())
    assert made.markdown.count("> ") == 3 and made.warnings
    made = make_document("story", dossier(week({"action": "Trié 3 bacs", "impact": "2 h"})))
    assert "J'ai trié 3 bacs" in made.markdown and len(made.warnings) == 2


# The CV and interview sheet


def test_the_sheet_gathers_by_skill_what_came_from_anywhere() -> None:
    car = entry_of(
        "car",
        answers={
            "place": "Club d'échecs",
            "situation": "Un carton de factures attendait.",
            "deeds": [{"id": "d", "action": "Tenu les comptes", "skill": "Rigueur"}],
            "cv": "Club\n- Tenu les comptes de 60 membres",
        },
    )
    phantom = entry_of(
        "phantom",
        answers={"phantom_title": "Une fiche par table", "phantom_skill": "rigueur"},
    )
    rows = week({"action": "Trié 3 bacs", "impact": "2 h gagnées", "skill": "Rigueur"})
    made = plain(make_document("cv", dossier(rows, car, phantom)).markdown)
    group = made.split("## Rigueur")[1].split("\n## ")[0]
    assert "- Trié 3 bacs : 2 h gagnées" in group
    assert "- Tenu les comptes de 60 membres" in group  # as the student corrected it
    assert "- Imaginé sans qu'on me le demande : une fiche par table" in group
    assert "« J'ai trié 3 bacs : 2 h gagnées. »" in group
    assert "Situation (à écrire)" in group and "- Résultat : 2 h gagnées" in group
    assert "### Club\n" in made and "## Hors stage" in made
    assert "« Un carton de factures attendait. J'ai tenu les comptes. »" in made


def test_a_proof_told_as_a_story_is_the_one_shown_and_lacks_nothing() -> None:
    rows = week({"action": "Trié 3 bacs", "impact": "2 h gagnées", "skill": "Tri"})
    told = entry_of(
        "star",
        answers={"proof": f"{rows.id}/r0", "situation": "Tout traînait.", "task": "Ranger."},
    )
    made = make_document("cv", dossier(told, rows))
    assert "Situation : Tout traînait." in plain(made.markdown) and "à écrire" not in made.markdown
    assert not made.warnings


def test_a_piece_of_the_wizard_comes_in_only_by_its_own_tick() -> None:
    wizard = entry_of(
        "reframe",
        answers={
            "situations": ["absent_manager", "menial"],
            "again": {"menial": {"really": "no"}},
            "turned": {
                "absent_manager": {"skill": "avancer seul", "sentence": "SECRET un."},
                "menial": {"skill": "soigner", "sentence": "SECRET deux."},
            },
            "phantom_title": "SECRET trois",
        },
    )
    made = make_document("cv", dossier(week({"action": "Trié"}), wizard))
    keys = [piece.key for piece in made.private]
    assert keys == ["reframe-absent-manager", "reframe-menial", "reframe-phantom"]
    assert "SECRET" not in made.markdown + "".join(piece.label for piece in made.private)
    made = make_document("cv", dossier(wizard, included=frozenset({"reframe-menial"})))
    assert "SECRET deux." in made.markdown and "## Soigner" in made.markdown
    assert "un." not in made.markdown and "trois" not in made.markdown


def test_what_must_never_be_reframed_is_no_piece() -> None:
    wizard = entry_of(
        "reframe",
        answers={
            "situations": ["menial"],
            "again": {"menial": {"really": "yes"}},
            "turned": {"menial": {"skill": "x", "sentence": "SECRET."}},
        },
    )
    assert make_document("cv", dossier(wizard)).private == []


# The project sheet


def test_the_project_sheet_is_read_as_it_was_corrected() -> None:
    text = (
        "Des fiches à jour\nCantine\n\nLe problème\nTrois plateaux attendent.\n\n"
        "Une phrase ajoutée.\n\nL'idée\nUne fiche.\nPar table."
    )
    title, place, parts = read_sheet(text, "fr")
    assert (title, place) == ("Des fiches à jour", "Cantine")
    assert parts == [
        ("Le problème", "Trois plateaux attendent."),
        ("", "Une phrase ajoutée."),
        ("L'idée", "Une fiche.\nPar table."),
    ]
    entry = entry_of("phantom", answers={"project_sheet": text, "phantom_show_to": "Yasmina"})
    made = make_document("phantom-project", dossier(entry)).markdown
    assert made.startswith("# Des fiches à jour\n\nCantine")
    assert "## L'idée\n\nUne fiche." in made and "Yasmina" not in made


def test_the_project_grows_from_the_answers_while_its_session_goes_on() -> None:
    under_way = entry_of("phantom", answers={"phantom_problem": "Trois plateaux attendent"})
    made = make_document("phantom-project", dossier(under_way=under_way))
    assert "## Le problème\n\nTrois plateaux attendent." in made.markdown
    assert made.markdown.count("> ") == 6 and not made.warnings
    assert load_content().flow("phantom").document == "phantom-project"


def test_before_any_project_it_stands_on_proofs_and_a_private_one_needs_its_tick() -> None:
    wizard = entry_of(
        "reframe", answers={"phantom_title": "SECRET page", "phantom_problem": "SECRET"}
    )
    rows = week({"action": "Trié 3 bacs", "impact": "2 h gagnées"})
    made = make_document("phantom-project", dossier(rows, wizard))
    assert "- Trié 3 bacs : 2 h gagnées" in plain(made.markdown) and "SECRET" not in made.markdown
    assert made.warnings and [piece.key for piece in made.private] == ["reframe-phantom"]
    ticked = dossier(rows, wizard, included=frozenset({"reframe-phantom"}))
    assert make_document("phantom-project", ticked).markdown.startswith("# SECRET page")


def test_a_long_sheet_is_warned_of_and_cut_nowhere() -> None:
    text = "Titre\n\nLe problème\n" + "mot " * 500
    made = make_document(
        "phantom-project", dossier(entry_of("phantom", answers={"project_sheet": text}))
    )
    assert made.markdown.count("mot") == 500
    assert any("500" in warning for warning in made.warnings)
