"""A first start and a whole weekly session in French, killed in the middle and finished."""

import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from making import NOW
from terminal_support import SECOND_OF_DRAFT, Terminal, listed, run, the_one

Start = Callable[..., Terminal]
MONDAY = NOW - timedelta(days=NOW.weekday())

ROWS = [
    {
        "action": "Posé un bandage sur une patte de lapin",
        "skill": "Gestes de soin",
        "impact": "12 minutes au lieu de 30",
        "feedback": "« Il tient mieux que les miens »",
        "feedback_from": "Mme Bélanger",
        "trace": "Carnet de soins, page 14",
    },
    {
        "action": "Rangé la pharmacie par date",
        "skill": "Organisation",
        "impact": "7 boîtes périmées retirées",
        "feedback": "« On gagne du temps à l'écoute »",
        "feedback_from": "Yanis, l'auxiliaire",
        "trace": "Photo de l'étagère",
    },
]
TEXTS = {
    "hard": "Jeudi, deux chiens attendaient et le téléphone sonnait.",
    "hard_did": "J'ai demandé à Yanis de décrocher pendant la pesée.",
    "ask": "Sur le bandage de mardi, qu'auriez-vous serré autrement ?",
    "intention": "Préparer seul le plateau de vaccins",
}


def _french(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _describe_internship(coach: Terminal) -> None:
    coach.wait_for("Bonjour · Hello", "Français")
    coach.send_keys("enter")
    coach.wait_for("Je suis en stage, ou bientôt")
    coach.send_keys("enter")
    coach.wait_for("Où es-tu en stage ?")
    coach.send("Clinique du Vieux Port\rSoins aux petits animaux\r1\r")
    coach.wait_for("De quand à quand ?")
    begin, end = MONDAY - timedelta(days=7), MONDAY + timedelta(days=7 * 11 - 3)
    coach.send(f"{_french(begin)}\r{_french(end)}\r32\r")
    coach.wait_for("Qui t'accompagne ?")
    coach.send("Mme Bélanger\r\r\r")
    coach.wait_for("Pour apprendre quoi ?")
    coach.send("Savoir préparer une consultation\rPeser sans aide\rvendredi\r")
    coach.wait_for("Peser sans aide", "vendredi")
    coach.send_keys("ctrl+n")
    coach.wait_for("Qui est d'accord avec cet objectif ?")
    coach.send_keys("ctrl+n")
    coach.wait_for("Ce qui était prévu")
    coach.send("Peser et soigner les petits animaux\r")
    coach.send_keys("ctrl+n")
    coach.wait_for("Clinique du Vieux Port · semaine 2 sur 12")


def _row(row: dict[str, str]) -> str:
    return "".join(f"{cell}\r" for cell in row.values())


def _tell_two_achievements(coach: Terminal) -> None:
    coach.send("w")
    coach.wait_for("Séance de la semaine · semaine 2", "Où en es-tu ?")
    coach.send("\t4\t3\tApprivoisée\r")
    coach.wait_for("Qu'est-ce que tu as fait avancer ?")
    coach.send(_row(ROWS[0]))
    coach.wait_for("Posé un bandage", "12 minutes", "+ réussite", "Refait l'affiche")
    coach.send("\r".join(list(ROWS[1].values())[:2]))
    coach.wait_for("Rangé la pharmacie par date", "Organisation")


def _finish(coach: Terminal) -> None:
    # The cursor is in the first empty cell of the row that was being written.
    coach.send("\r".join(list(ROWS[1].values())[2:]))
    coach.wait_for("Photo de l'étagère")
    coach.send_keys("ctrl+n")
    coach.wait_for("Et ce qui a coincé ?")
    coach.send(f"{TEXTS['hard']}\t{TEXTS['hard_did']}")
    coach.wait_for(*[TEXTS[name] for name in ("hard", "hard_did")])
    coach.send_keys("ctrl+n")
    coach.wait_for("Ce que tu es là pour apprendre", "Peser sans aide")
    coach.send("23\tLa balance, deux fois seule\r")
    coach.wait_for("Une question à emporter")
    coach.type(TEXTS["ask"])
    coach.send_keys("ctrl+n")
    coach.wait_for("Et la semaine qui vient ?")
    coach.send(TEXTS["intention"] + "\r")
    coach.wait_for("Ce que je vois dans ta semaine", "Deux preuves cette semaine")
    coach.send_keys("ctrl+n")
    coach.wait_for("Mes preuves", "1 racontée", "Relire (2 entrées)")


def _check_kept(data: Path) -> None:
    kept = the_one(data, "--flow", "weekly")
    internship = the_one(data, "--flow", "internship")
    answers = kept["answers"]
    assert kept["status"] == "done" and kept["internship"] == internship["id"]
    rows = [{k: v for k, v in row.items() if k != "id"} for row in answers["achievements"]]
    assert rows == ROWS
    assert {name: answers[name] for name in TEXTS} == TEXTS
    assert (answers["energy"], answers["mood"], answers["word"]) == (4, 3, "Apprivoisée")
    assert answers["progress_note"] == "La balance, deux fois seule"
    assert sorted(answers["progress"].values()) == ["forward", "some"]
    assert internship["answers"]["milestones"][0]["what"] == "Peser sans aide"
    shown = run("show", kept["id"][:8], data=data).stdout.decode()
    for text in [*TEXTS.values(), *(cell for row in ROWS for cell in row.values())]:
        assert " ".join(text.split()) in " ".join(shown.split())


def test_a_week_is_told_killed_resumed_kept_and_found(start: Start, data: Path) -> None:
    coach = start()
    _describe_internship(coach)
    _tell_two_achievements(coach)
    time.sleep(SECOND_OF_DRAFT)
    coach.killed()

    begun = the_one(data, "--flow", "weekly")
    assert begun["status"] == "draft"
    assert begun["answers"]["achievements"][1]["skill"] == ROWS[1]["skill"]

    coach = start()
    coach.wait_for("Ta semaine 2 est commencée", "Reprendre la séance de la semaine")
    coach.send_keys("enter")
    coach.wait_for("Tu reprends là où tu en étais", "Qu'est-ce que tu as fait avancer ?")
    # The table shows both rows, the form the one that was being written.
    coach.wait_for("Posé un bandage", "Rangé la pharmacie par date", "Organisation")
    _finish(coach)
    _check_kept(data)

    coach.send("b")
    coach.wait_for("Chercher dans tout ce que tu as écrit", "2 entrées", "Jeter")
    coach.send("/")
    coach.wait_gone("Jeter")  # the keys of the list are off: the search has the cursor
    coach.send("A L'ECOUTE")
    coach.wait_for("1 sur 2", "On gagne du temps")
    coach.send_keys("enter")
    coach.wait_for("Jeter")
    coach.send_keys("enter")
    coach.wait_for("semaine 2 sur 12", "Rangé la pharmacie par date")
    coach.quit()
    assert [one["flow"] for one in listed(data, "--search", "a l'ecoute")] == ["weekly"]
