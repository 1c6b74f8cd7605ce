"""Internship or work-study in a real terminal: weighed, drawn, kept, its result shown again."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from terminal_support import COACH, Terminal, environment, the_one

Start = Callable[..., Terminal]


def test_it_is_weighed_and_the_result_is_kept(start: Start, data: Path) -> None:
    coach = start("matrix")
    coach.wait_for("Qu'est-ce qui compte pour toi ?")
    coach.send("Orbis ou la mairie\r15")
    coach.send_keys("ctrl+n")
    coach.wait_for("Et quoi d'autre")
    coach.send("Près de chez moi\r")
    coach.send_keys("ctrl+n")
    coach.wait_for("Rémunération", "4,35 €", "à revérifier")
    coach.send("5\t1\t4")
    coach.send_keys("ctrl+n")
    coach.wait_for("Formations internes")
    coach.send("2\t2\t4")
    coach.send_keys("ctrl+n")
    coach.wait_for("Ici, pas de chiffre publié")
    coach.send("3\t5\t1")
    coach.send_keys("ctrl+n")
    coach.wait_for("l'alternance l'emporte : 31 points contre 24", "5 × 4 = 20", "━━━━")
    coach.wait_for("« Rémunération » à 2 au lieu de 5")
    coach.send_keys("ctrl+n")
    coach.wait_for("Et en le lisant ?")
    coach.send_keys("ctrl+n")
    coach.wait_for("Mes preuves")
    coach.quit()

    kept = the_one(data, "--flow", "matrix")
    assert kept["answers"]["weighing"]["pay"] == {"weight": 5, "internship": 1, "work_study": 4}
    command = [str(COACH), "show", kept["id"][:8]]
    read = subprocess.run(
        command, env=environment(data, COACH_DATA_DIR=str(data)), capture_output=True
    )
    assert "l'alternance l'emporte : 31 points contre 24" in read.stdout.decode()
