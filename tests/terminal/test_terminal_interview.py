"""The checklist after a failed interview, in French, and what a second one shows of the first."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from making import NOW
from terminal_support import SECOND_OF_DRAFT, Terminal, listed, the_one

Start = Callable[..., Terminal]
YESTERDAY, TOMORROW = (NOW + timedelta(days=by) for by in (-1, 1))

MOMENTS = [
    {"moment": "La visite de l'atelier", "happened": "J'ai nommé les outils", "felt": "À l'aise"},
    {"moment": "La question sur le prix", "happened": "Un long silence", "felt": "Chaud aux joues"},
]
QUESTION = {
    "question": "Combien vaut une heure de ton travail ?",
    "why": "Je n'y avais jamais pensé",
    "said": "« Comme vous voulez »",
    "firmer": "Le tarif d'un CAP, 12 euros, et plus après six mois",
}
PLAN = {"what": "Chiffrer trois devis de chaises", "on": "demain", "minutes": "20"}


def _tell(coach: Terminal) -> None:
    coach.wait_for("D'abord, souffle")
    coach.send(f"Ébénisterie Morvan\rPonceuse\r{YESTERDAY:%d/%m/%Y}\r6\r")
    coach.wait_for("Repasse le film, dans l'ordre")
    for moment in MOMENTS:
        coach.send("".join(f"{cell}\r" for cell in moment.values()))
    coach.wait_for("La visite de l'ate", "La question sur le")
    coach.send_keys("ctrl+n")
    coach.wait_for("Qu'est-ce qui a pu jouer ?")
    coach.send("17\r")
    coach.wait_for("Je les connaissais mal", "Combien ça a compté ?")
    coach.send("2\tLire le carnet de commandes sur leur vitrine")


def _finish(coach: Terminal) -> None:
    coach.send_keys("ctrl+n")
    coach.wait_for("Le stress a pris le dessus", "Combien ça a compté ?")
    coach.send("3")
    coach.send_keys("ctrl+n")
    coach.wait_for("Les questions où tu as séché")
    coach.send("\r".join(QUESTION.values()))
    coach.wait_for("12 euros, et plus après six mois")
    coach.send_keys("ctrl+n")
    coach.wait_for("Et toi, tu en voulais ?")
    coach.send("112\tUn atelier où l'on chiffre ensemble\r")
    coach.wait_for("Où la sélection s'est-elle arrêtée ?")
    coach.send("2\r")
    # The message is drafted; the day is said back as understood.
    coach.wait_for("Demander un retour", "Ébénisterie Morvan")
    coach.send("\t\t\tdemain")
    coach.wait_for(f"{TOMORROW.day}", f"{TOMORROW.year}")
    coach.send_keys("ctrl+n")
    coach.wait_for("Ce que tu emportes")
    coach.send("Les outils, je les connais\tAnnoncer un prix sans rougir\r")
    coach.wait_for("Ton plan pour les sept jours")
    coach.send("\r".join(PLAN.values()))
    coach.wait_for("Chiffrer trois devis", "20")
    coach.send_keys("ctrl+n")
    coach.wait_for("Mes preuves", "Relire (1 entrée)")


def _check_kept(data: Path) -> None:
    kept = the_one(data, "--flow", "interview")
    answers = kept["answers"]
    assert kept["status"] == "done"
    assert (answers["company"], answers["weight"]) == ("Ébénisterie Morvan", 6)
    assert answers["interview_date"] == YESTERDAY.isoformat()
    told = [{k: v for k, v in row.items() if k != "id"} for row in answers["recall"]]
    assert told == MOMENTS
    assert answers["causes"] == ["company_research", "stress"]
    causes = answers["cause"]
    assert causes["company_research"]["severity"] == 2 and causes["stress"]["severity"] == 3
    assert causes["company_research"]["todo"].startswith("Lire le carnet de commandes")
    assert {name: answers["questions"][0][name] for name in QUESTION} == QUESTION
    assert answers["stage"] == "first" and answers["send_on"] == TOMORROW.isoformat()
    assert "Morvan" in answers["message"]
    assert {name: answers["plan"][0][name] for name in PLAN} == PLAN
    assert answers["change"] == "Annoncer un prix sans rougir"


def test_interviews_are_told_and_what_came_back_is_shown(start: Start, data: Path) -> None:
    coach = start("interview")
    _tell(coach)
    coach.wait_for("Lire le carnet de commandes")
    time.sleep(SECOND_OF_DRAFT)
    coach.killed()

    coach = start("interview")
    coach.wait_for("Je les connaissais mal", "Lire le carnet de commandes")
    _finish(coach)
    _check_kept(data)

    coach.send("e")
    coach.wait_for("D'abord, souffle")
    coach.send("Menuiserie Armor\r\r\r\r")
    coach.wait_for("Repasse le film")
    coach.send_keys("ctrl+n")
    # The second time, the coach names what the first had shown already.
    coach.wait_for("Ce que tu avais coché", "Je les connaissais mal : une fois")
    coach.wait_for("Le stress a pris le dessus : une fois")
    coach.send("7")
    coach.wait_for("Le stress a pris le dessus : une fois, et encore cette fois-ci")
    coach.quit()
    assert [one["status"] for one in listed(data, "--flow", "interview")] == ["draft", "done"]
