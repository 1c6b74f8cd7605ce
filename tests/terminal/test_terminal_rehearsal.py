"""Rehearsing in a real terminal: killed in the middle of an answer, gone on with, rated, found."""

import time
from collections.abc import Callable
from pathlib import Path

from terminal_support import SECOND_OF_DRAFT, Terminal, draft, listed, run, the_one

Start = Callable[..., Terminal]


def test_an_answer_outlives_a_kill_and_is_found_again(start: Start, data: Path) -> None:
    coach = start("rehearsal")
    coach.wait_for("Parlez-moi de vous.", "question 1 sur 5")
    coach.type("J'ai refait la fiche d'accueil")
    time.sleep(SECOND_OF_DRAFT)
    coach.killed()
    assert draft(data)["attempts"][0]["answer"] == "J'ai refait la fiche d'accueil"

    coach = start()
    coach.wait_for("À reprendre", "Entraînement")
    coach.send("r")
    coach.wait_for("Reprendre là où tu en étais")
    coach.send("\r")
    coach.wait_for("J'ai refait la fiche d'accueil")
    coach.send(" : 40 familles l'ont lue")
    coach.send_keys("ctrl+n")
    coach.wait_for("Et là, tu la sentais comment", "9 mots")
    coach.send("4")
    coach.wait_for("Elle reviendra", "question 2 sur 5")
    coach.send_keys("escape")
    coach.wait_for("Mes preuves")
    coach.send("b")
    coach.wait_for("Chercher dans tout", "Jeter")
    coach.send("/")
    coach.wait_gone("Jeter")
    coach.send("familles")
    coach.wait_for("Entraînement", "40 familles")
    coach.quit()

    row = the_one(data, "--flow", "rehearsal")["answers"]["attempts"][0]
    assert row["answer"] == "J'ai refait la fiche d'accueil : 40 familles l'ont lue"
    assert row["confidence"] == "4"
    assert not list((data / "drafts").glob("*.json"))
    assert len(listed(data, "--search", "familles")) == 1
    shown = run("show", the_one(data)["id"][:8], data=data).stdout.decode()
    assert "Parlez-moi de vous." in shown
