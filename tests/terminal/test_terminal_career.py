"""Work outside a job, and a project nobody asked for, in a real terminal: down to the documents."""

from collections.abc import Callable
from pathlib import Path

from terminal_support import Terminal, run, the_one

Start = Callable[..., Terminal]


def test_a_club_becomes_cv_lines_and_an_idea_becomes_a_page(
    start: Start, data: Path, tmp_path: Path
) -> None:
    coach = start("car")
    coach.wait_for("C'était plutôt")
    coach.send_keys("ctrl+n")
    coach.wait_for("Qui étais-tu là-bas")
    coach.send("Club d'échecs de Brive\rTrésorerie\r")
    coach.wait_for("Combien de temps ?")
    coach.send("deux saisons\r60 membres\r")
    coach.send("Un carton de factures attendait.")
    coach.send_keys("ctrl+n")
    coach.wait_for("Ce que tu as fait, ce que ça a donné")
    coach.send("j'ai tenu les comptes\r2 bilans remis à l'heure\rRigueur\r\r")
    coach.send_keys("ctrl+n")
    coach.wait_for("Trésorerie, Club d'échecs de Brive", "- Tenu les comptes")
    coach.send_keys("ctrl+n")
    coach.wait_for("Mes preuves")

    coach.send("l")
    coach.wait_for("Projet que personne n'a demandé")
    coach.send("f")
    coach.wait_for("Qu'est-ce qui revient sans cesse")
    coach.send("Cantine\r")
    coach.send("Trois plateaux sur dix attendent vers 11 h")
    for title in ("À qui ça coûte", "Ton idée"):
        coach.send_keys("ctrl+n")
        coach.wait_for(title)
    coach.send("Une fiche par table, mise à jour le lundi")
    for title in ("Une première version", "Un jour, un signe", "Ce que ça dit de toi"):
        coach.send_keys("ctrl+n")
        coach.wait_for(title)
    coach.send_keys("ctrl+n")
    coach.wait_for("Ta fiche, sur une page", "Trois plateaux sur dix attendent")
    coach.send_keys("ctrl+n")
    coach.wait_for("Mes preuves")
    coach.quit()

    assert the_one(data, "--flow", "car")["answers"]["cv"].endswith("2 bilans remis à l'heure")
    for name in ("cv", "phantom-project", "story"):
        done = run("document", name, str(tmp_path / f"{name}.md"), data=data)
        assert done.returncode == 0, done.stderr.decode()
    sheet = (tmp_path / "phantom-project.md").read_text("utf-8")
    assert "Trois plateaux sur dix attendent" in sheet
    lines = (tmp_path / "cv.md").read_text("utf-8")
    assert "- Tenu les comptes" in lines and "## Rigueur" in lines
    assert "J'ai tenu les comptes" in (tmp_path / "story.md").read_text("utf-8")
