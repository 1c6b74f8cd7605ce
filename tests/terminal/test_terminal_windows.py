"""Several programs at once: notes from elsewhere, and one draft open in two windows."""

import time
from collections.abc import Callable
from pathlib import Path

from terminal_support import Terminal, listed, run, the_one

Start = Callable[..., Terminal]
AT_ONCE = 3.0
"""Seconds within which what another program wrote is shown."""
SCHEDULING = 3.0
"""What a machine with two busy cores may add to it."""


def _note(text: str, data: Path) -> float:
    done = run("note", text, data=data)
    assert done.returncode == 0, done.stderr.decode()
    return time.monotonic()


def test_a_note_from_elsewhere_shows_at_home_and_in_the_open_step(start: Start, data: Path) -> None:
    _note("Appelé trois fournisseurs", data)
    coach = start()
    coach.wait_for("Mes preuves", "Relire (1 entrée)", "Appelé trois fournisseurs")

    noted = _note("Rangé la réserve par date", data)
    coach.wait_for("Relire (2 entrées)", "Rangé la réserve par date")
    assert time.monotonic() - noted < AT_ONCE + SCHEDULING

    coach.send("w")
    coach.wait_for("Où en es-tu ?")
    coach.send_keys("ctrl+n")
    coach.wait_for("Qu'est-ce que tu as fait avancer ?")
    coach.wait_for("Appelé trois", "Rangé la rése", "+ réussite")
    # While a row is typed another note joins the rows and takes nothing from it.
    coach.send("Négo")
    coach.wait_for("Négo")
    noted = _note("Monté l'étal du samedi", data)
    coach.wait_for("Monté l'étal", "Une note vient d'arriver dans tes lignes.")
    assert time.monotonic() - noted < AT_ONCE + SCHEDULING
    coach.send("ciation\r")
    coach.wait_for("Négociation")
    coach.quit()

    rows = the_one(data, "--flow", "weekly")["answers"]["achievements"]
    assert [row["action"] for row in rows] == [
        "Appelé trois fournisseurs",
        "Rangé la réserve par date",
        "Monté l'étal du samedi",
    ]
    assert rows[0]["skill"] == "Négociation"
    assert len({row["note"] for row in rows}) == 3
    assert len(listed(data, "--flow", "note")) == 3


def test_a_session_open_in_two_windows_is_told_to_the_second(start: Start, data: Path) -> None:
    first = start("weekly")
    first.wait_for("Où en es-tu ?", "Suivant")
    first.send("\t4\t3\tApprivoisée\r")
    first.wait_for("Qu'est-ce que tu as fait avancer ?")
    first.type("Bandage posé")
    first.wait_for("brouillon gardé")

    second = start("weekly")
    second.wait_for("déjà ouverte dans", "continue là-bas", "Mes preuves")
    third = run("weekly", "--plain", data=data, given="\n")
    assert third.returncode == 1
    assert "autre fenêtre" in third.stderr.decode() and third.stderr.count(b"\n") == 1

    # Both go on: the first with its week, the second with something else.
    second.send("n")
    second.wait_for("Ta note")
    second.send("Vu de la seconde fenêtre\r")
    second.wait_for("Mes preuves", "Vu de la seconde fenêtre")
    first.send(" sur un lapin")
    first.wait_for("Bandage posé sur un lapin")
    first.send_keys("ctrl+s")
    first.wait_for("Mes preuves", "Vu de la seconde fenêtre")

    # Left by the first, it opens in the second, with every word.
    second.send("w")
    second.wait_for("Qu'est-ce que tu as fait avancer ?", "Bandage posé sur un lapin")
    second.quit()
    first.quit()
    answers = the_one(data, "--flow", "weekly")["answers"]
    assert answers["achievements"][0]["action"] == "Bandage posé sur un lapin"
    assert (answers["energy"], answers["word"]) == (4, "Apprivoisée")
