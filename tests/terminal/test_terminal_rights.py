"""The check of rights in a real terminal: answered from what is known, kept, its result read."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from terminal_support import COACH, Terminal, environment, the_one

Start = Callable[..., Terminal]


def test_an_agreement_is_checked_and_the_result_is_kept(start: Start, data: Path) -> None:
    coach = start("rights")
    coach.wait_for("De quand à quand", "conseil juridique")
    coach.send("2026-02-02\r2026-05-08\r35\r")
    coach.wait_for("Combien de temps sur place")
    coach.send_keys("ctrl+n")
    coach.wait_for("Quelle gratification prévoit la convention")
    coach.send("3")
    coach.send_keys("ctrl+n")
    # 70 workdays of 7 h at 4.50 €.
    coach.wait_for("Oui, une gratification est due, depuis le lundi 2 février 2026", "2 205,00 €")
    coach.send_keys("ctrl+n")
    coach.wait_for("Combien êtes-vous ?")
    coach.send("19\r4\r1\r")
    coach.wait_for("Y avait-il quelqu'un")
    coach.send_keys("ctrl+n")
    coach.wait_for("4 la même semaine : c'est trop", "3 stagiaires au plus")
    coach.send_keys("ctrl+n")
    coach.wait_for("Que dit la convention de ton travail ?")
    coach.send("Tenir la caisse\r")
    coach.send_keys("ctrl+n")
    coach.wait_for("« Tenir la caisse » : à vérifier", "Tu peux dire")
    coach.send_keys("ctrl+n")
    coach.wait_for("3 points à soulever", "Durée : 490 h, pour 924 h au plus")
    coach.send_keys("ctrl+n")
    coach.wait_for("De quoi veux-tu parler ?")
    coach.send("2")
    coach.send_keys("ctrl+n")
    coach.wait_for("Seriez-vous d'accord pour un point fixe")
    coach.send_keys("ctrl+n")
    coach.wait_for("À ne pas oublier", "titres-restaurant")
    coach.send_keys("ctrl+n")
    coach.wait_for("Ce que je ne peux pas savoir")
    coach.send_keys("ctrl+n")
    coach.wait_for("Mes preuves")
    coach.quit()

    kept = the_one(data, "--flow", "rights")
    assert kept["answers"]["pay_kind"] == "none"
    command = [str(COACH), "show", kept["id"][:8]]
    where = environment(data, COACH_DATA_DIR=str(data))
    read = subprocess.run(command, env=where, capture_output=True, check=True).stdout.decode()
    assert read.index("3 points à soulever") < read.index("Premier jour")
