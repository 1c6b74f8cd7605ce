"""Skills in a real terminal: from home to a skill, its proof told as a story, the school's list."""

from collections.abc import Callable
from pathlib import Path

from making import NOW, entry_of
from terminal_support import Terminal, run, the_one

from coach.store.journal import Journal

Start = Callable[..., Terminal]


def test_a_skill_is_found_told_and_set_beside_a_framework(start: Start, data: Path) -> None:
    row = {"id": "r", "action": "Trié 3 bacs", "skill": "Travail en équipe", "feedback": "Bien"}
    Journal(data).save(entry_of("weekly", NOW, answers={"achievements": [row]}))
    (data / "settings.toml").write_text('lang = "fr"\n', "utf-8")
    (data / "liste.csv").write_text("label\nTravailler en équipe\nVendre\n", "utf-8")
    done = run("framework", str(data / "liste.csv"), data=data)
    assert "0 couverte · 1 mince · 1 absente" in done.stdout.decode()

    coach = start()
    coach.wait_for("Compétences (1)")
    coach.send("p")
    coach.wait_for("Travail en équipe  1 fois", "il manque une trace")
    coach.send("g")
    coach.wait_for("semaine après semaine", "░░")
    coach.send_keys("escape")
    coach.wait_for("Mes compétences (1)")
    coach.send("v")
    coach.wait_for("Couverture : liste", "Travail en équipe · une seule preuve")
    coach.send_keys("escape")
    coach.wait_for("Mes compétences (1)")
    coach.send_keys("enter")
    coach.wait_for("Une photo, un fichier")
    coach.send("s")
    coach.wait_for("La situation : où, quand", "Retour : Bien")
    coach.type("Le lundi, la cour débordait.")
    coach.send_keys("ctrl+n")
    coach.wait_for("J'ai trié 3 bacs.")
    coach.send_keys("ctrl+n")
    coach.wait_for("Il manque la tâche.")
    coach.send_keys("ctrl+n")
    coach.wait_for("Une photo, un fichier")
    coach.quit()

    kept = the_one(data, "--flow", "star")
    assert kept["answers"]["situation"] == "Le lundi, la cour débordait."
