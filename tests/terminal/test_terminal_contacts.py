"""A person in a real terminal: added, drawn on the map, exported as a page and for a calendar."""

from collections.abc import Callable
from pathlib import Path

import docx
from making import NOW
from terminal_support import Terminal, run, the_one

from coach.demo import build

Start = Callable[..., Terminal]


def test_a_person_is_added_drawn_and_exported(start: Start, data: Path, tmp_path: Path) -> None:
    coach = start("contact")
    coach.wait_for("Qui est-ce ?")
    coach.send("Nora [sad]\r4\rTapisserie\r")
    coach.wait_for("Où travaille cette personne")
    coach.send("Atelier Noé\rtapissière\r1\r")
    coach.wait_for("Autre chose à noter")
    coach.send_keys("down", "down")
    coach.send(" ")
    coach.send_keys("ctrl+n")
    coach.wait_for("De quoi lui parler")
    coach.send("la chaise réparée\r")
    coach.send_keys("ctrl+n")
    coach.wait_for("Salut Nora,", "Je repense à la chaise réparée.", "quinze minutes")
    coach.send_keys("ctrl+n")
    coach.wait_for("Et ensuite ?")
    coach.send("1\rrelancer\rdemain")
    coach.send_keys("ctrl+n")
    coach.wait_for("Mes preuves")
    coach.send("l")
    coach.wait_for("Le labo")
    coach.send("u")
    coach.wait_for("Ma carte", "moi", "Amis", "Nora [sad], tapissière, Atelier Noé")
    coach.quit()

    kept = the_one(data, "--flow", "contact")
    assert kept["answers"]["circle"] == "friends"
    assert kept["answers"]["message"].startswith("Salut Nora,\n\nJe repense à la chaise réparée.")

    page, dates = tmp_path / "map.html", tmp_path / "dates.ics"
    assert run("document", "map", str(page), data=data).returncode == 0
    assert "Nora [sad]</text>" in page.read_text("utf-8") and "<svg" in page.read_text("utf-8")
    assert run("export", str(dates), data=data).returncode == 0
    assert b"SUMMARY:Nora [sad]" in dates.read_bytes()


def test_a_pitch_is_told_line_by_line_and_read_as_a_page(data: Path, tmp_path: Path) -> None:
    build(data, "fr", NOW)
    # The seventh person of the book has a place of work: it is proposed, and kept by an empty line.
    told = ["7", "", "", "Les lots reviennent abîmés", "", "", "9 retours sur 40"]
    told += ["Des housses à la taille", "6", "dix housses", "semaine 2", ""]
    told += ["Retours divisés par deux", "", "1 3"]
    given = "\n".join(told) + "\n" * 20
    done = run("pitch", "--plain", data=data, given=given)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    page = tmp_path / "pitch.docx"
    assert run("document", "pitch", str(page), data=data).returncode == 0
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(page)).paragraphs)
    for piece in (
        "Salle des ventes Aubry",
        "Les lots reviennent abîmés",
        "dix housses",
        "12 chaises en 3 jours",
    ):
        assert piece in text
