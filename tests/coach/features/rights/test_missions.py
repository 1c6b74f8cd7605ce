"""The missions of an agreement, read one by one: what is marked, what is left alone, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.features.rights.missions import LONGEST, read_mission, read_missions
from coach.features.rights.rules import load_rules

RULES = load_rules()

MARKED = [
    ("Remplacer la secrétaire pendant son congé maternité", "replacing"),
    ("Tenir l'agenda en l'absence de l'assistante", "replacing"),
    ("Assurer l'intérim du poste de vendeuse", "replacing"),
    ("Accueil pendant les congés de Mme Roy", "replacing"),
    ("Reprendre le poste vacant au laboratoire", "replacing"),
    ("Cover for the receptionist on Fridays", "replacing"),
    ("Stand in for the cook during maternity leave", "replacing"),
    ("Tenir la caisse le samedi", "permanent"),
    ("Assurer l'accueil des patients", "permanent"),
    ("Livrer les repas en totale autonomie", "permanent"),
    ("Atteindre les objectifs de vente du rayon", "permanent"),
    ("Run the front desk", "permanent"),
    ("Work alone in the workshop", "permanent"),
    ("Meet monthly sales targets", "permanent"),
    ("Renfort de l'équipe en salle", "surge"),
    ("Faire face à un accroissement temporaire d'activité", "surge"),
    ("Aider pendant les soldes", "surge"),
    ("Rattraper le retard de classement", "surge"),
    ("An extra pair of hands in busy periods", "surge"),
    ("Clear the backlog of files", "surge"),
    ("Vendanges et travail en cave", "seasonal"),
    ("Emploi saisonnier au refuge", "seasonal"),
    ("Accueil des vacanciers en haute saison", "seasonal"),
    ("Apple picking in the orchard", "seasonal"),
    ("Seasonal work at the campsite", "seasonal"),
    ("Tâches diverses selon les besoins", "vague"),
    ("Various tasks as required", "vague"),
    ("Photocopies", "vague"),
]
FINE = [
    "Observer les consultations et préparer les comptes rendus",
    "Assister aux audiences et résumer les dossiers",
    "Monter un meuble en suivant un plan",
    "Étudier les pics d'activité du service",
    "Saisir les absences du personnel",
    "Suivi des congés maternité dans le logiciel",
    "Rapprochement des soldes fournisseurs",
    "Préparer la carte saisonnière avec le chef",
    "Préparer la saison culturelle du théâtre",
    "Traiter un seul dossier à la fois",
    "Récolter des données de terrain",
    "Remplacer les joints de la machine",
    "Poser des renforts en carbone",
    "Ne jamais travailler seul sur la scie",
    "Learn to prune vines with the head gardener",
    "Analyse the seasonal variations of sales",
    "Harvest user feedback",
    "Replace worn filters with a technician beside me",
    "Track staff absences in a table",
    "Help prepare the hearings",
]


@pytest.mark.parametrize(("text", "use"), MARKED)
def test_a_mission_to_check_says_which_use_it_looks_like(text: str, use: str) -> None:
    mission = read_mission(text, RULES)
    assert use in [mark.use.id for mark in mission.marks]
    assert all(mark.words and mark.words in text for mark in mission.marks)


@pytest.mark.parametrize("text", FINE)
def test_a_mission_to_learn_from_is_left_alone(text: str) -> None:
    assert read_mission(text, RULES).marks == []


def test_the_words_quoted_are_those_that_tell() -> None:
    (mark,) = read_mission("Accueil puis tenir la caisse le samedi", RULES).marks
    assert mark.words == "tenir la caisse"


def test_what_is_forbidden_comes_before_what_is_vague() -> None:
    marks = read_mission("Tâches diverses, renfort en cuisine", RULES).marks
    assert [mark.use.id for mark in marks] == ["surge", "vague"]


def test_each_mission_is_read_on_its_own_and_empty_ones_are_left_out() -> None:
    read = read_missions(["Tenir la caisse", "  ", "Observer une vente"], RULES)
    assert [mission.fine for mission in read] == [False, True]
    assert len(read_missions(["a"] * 500, RULES)) == 60


def test_every_use_says_why_and_asks_kindly_in_both_languages() -> None:
    for use in RULES.uses:
        for text in (use.ask.fr, use.ask.en):
            assert "{mission}" in text
            assert "?" in text
        assert use.why.fr != use.why.en
    asked = " ".join(use.ask.fr for use in RULES.uses)
    assert "vous" in asked
    assert " tu " not in asked


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading(text: str) -> None:
    for mark in read_mission(text, RULES).marks:
        assert mark.words


def test_a_very_long_mission_is_read_as_far_as_it_goes() -> None:
    assert read_mission("x " * LONGEST + "renfort", RULES).fine
