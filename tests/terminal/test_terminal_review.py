"""The review and the value defence in a real terminal, from the weeks to files on the disk."""

from collections.abc import Callable
from pathlib import Path

from making import NOW
from terminal_support import Terminal, run, the_one

from coach.demo import build

Start = Callable[..., Terminal]


def test_the_review_is_prepared_from_the_weeks_checked_and_written(
    start: Start, data: Path, tmp_path: Path
) -> None:
    build(data, "fr", NOW)
    coach = start("end-review")
    coach.wait_for("Ce qui était prévu, ce que tu as fait", "Acquis en semaine 4")
    coach.send_keys("ctrl+n")
    coach.wait_for("Quelles preuves vas-tu montrer ?", "Remonté et livré les 12 chaises")
    coach.send_keys("ctrl+n")
    # Four were offered as picked: what they lack is asked, then the rest is there to be kept.
    for _ in range(4):
        coach.wait_for("Le moment à raconter")
        coach.send_keys("ctrl+n")
    for title in (
        *("Tes traces", "Avant, maintenant : le métier", "Avant, maintenant : avec les gens"),
        *("Ce qui a bloqué", "Ce que les autres en disent", "Comment c'était, là-bas"),
    ):
        coach.wait_for(title)
        coach.send_keys("ctrl+n")
    coach.wait_for("Qu'est-ce que ce stage t'a apporté ?")
    coach.send("Trois reprises sur douze chaises")
    coach.send_keys("f2")
    coach.wait_for("Le contexte", "Atelier Lumen")
    coach.send_keys("f2", "ctrl+n")
    coach.wait_for("Et maintenant ?", "À renforcer")
    coach.send("Lire un plan\r\rOser demander\r")
    coach.send_keys("ctrl+n")
    coach.wait_for("Vers quoi ce stage te mène-t-il ?")
    coach.send("\tQuel poste me verriez-vous tenir ?")
    coach.send_keys("ctrl+n")
    coach.wait_for("Tes questions pour l'entretien")
    coach.send_keys("ctrl+n")
    coach.wait_for("Tes questions à toi")
    coach.send_keys("ctrl+n")
    coach.wait_for("Fait. Deux axes à renforcer : Lire un plan, Oser demander.")
    coach.wait_for("cela tient en deux pages")
    coach.send_keys("ctrl+n")
    coach.wait_for("Une lettre de recommandation ?")
    coach.send_keys("ctrl+n")
    coach.wait_for("L'entretien a eu lieu ?")
    coach.send_keys("ctrl+n")
    coach.wait_for("Mes preuves")
    coach.quit()

    kept = the_one(data, "--flow", "end-review")["answers"]
    assert [row["axis"] for row in kept["axes"]] == ["Lire un plan", "Oser demander"]
    for ending in ("md", "docx", "html"):
        assert run("document", "review", str(tmp_path / f"b.{ending}"), data=data).returncode == 0
    written = (tmp_path / "b.md").read_text("utf-8")
    assert "Lire un plan" in written and "Trois reprises" in written
    assert run("document", "report", str(tmp_path / "r.docx"), data=data).returncode == 0


def test_the_defence_and_the_talk_are_told_line_by_line(data: Path, tmp_path: Path) -> None:
    build(data, "en", NOW)
    given = "The same notes are typed twice\n3 h a week\nA shared sheet\n\n20 min instead of 3 h\n"
    done = run("value-defence", "--plain", data=data, given=given + "\n" * 40, LC_MESSAGES="en_GB")
    told = done.stdout.decode()
    assert done.returncode == 0, told + done.stderr.decode()
    assert "Your slides" in told and "Say what you ask for" in told
    slides = tmp_path / "slides.pptx"
    run("document", "value-defence", str(slides), data=data, LC_MESSAGES="en_GB")
    assert slides.stat().st_size > 10_000
    kept = the_one(data, "--flow", "value-defence")
    assert kept["answers"]["pain_result"] == "20 min instead of 3 h"

    done = run("talk", "--plain", data=data, given="\n" * 30, LC_MESSAGES="en_GB")
    assert done.returncode == 0 and "What I have done" in done.stdout.decode()
    shown = run("show", the_one(data, "--flow", "talk")["id"][:8], data=data, LC_MESSAGES="en_GB")
    assert "What I have done" in shown.stdout.decode()
