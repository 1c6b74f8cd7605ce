"""The lab in a real terminal: objectives two keys from home, a step put aside, a calendar."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import docx
from making import NOW, entry_of, internship_of
from terminal_support import Terminal, run, the_one

from coach.features.registry import DOCUMENTS
from coach.store.journal import Journal

Start = Callable[..., Terminal]
BEGAN = NOW - timedelta(weeks=5)


def _journal(data: Path) -> None:
    about = internship_of(
        BEGAN.isoformat(),
        (NOW + timedelta(weeks=8)).isoformat(),
        company="Ferme des Trois Chênes",
        objective="Mener une traite",
        agreed=["tutor"],
        milestones=[{"id": "a", "what": "Brancher la griffe", "by": "semaine 3"}],
    )
    weeks = [
        entry_of(
            day=BEGAN + timedelta(weeks=n),
            internship=about.id,
            answers={"progress": {"main": "none", "a": "forward" if n == 0 else "none"}},
        )
        for n in range(4)
    ]
    Journal(data).merge([about, *weeks])


def test_objectives_drift_is_seen_and_mended_and_a_step_is_put_aside(
    start: Start, data: Path
) -> None:
    _journal(data)
    coach = start("--lang", "fr")
    coach.wait_for("Ferme des Trois Chênes", "Trois semaines sans rien")
    coach.send("lo")
    coach.wait_for("Objectif principal", "Mener une traite", "Trois semaines sur place sans rien")
    coach.send("e")
    coach.wait_for("Où es-tu en stage ?")
    for step in ("De quand à quand ?", "Qui t'accompagne ?", "Pour apprendre quoi ?"):
        coach.send_keys("ctrl+n")
        coach.wait_for(step)
    coach.send(", le matin")
    coach.wait_for("Mener une traite, le matin")
    for _ in range(3):
        coach.send_keys("ctrl+n")
    coach.wait_for("Tout le labo")
    assert the_one(data, "--flow", "internship")["answers"]["objective"].endswith("le matin")
    coach.send("x")
    coach.wait_for("D'accord, plus tard")
    coach.send("lg")
    coach.wait_for("Calendrier du stage", "Premier jour du stage", "Dernier jour du stage")
    coach.send_keys("escape")
    coach.wait_for("Tout le labo")
    coach.quit()
    assert "quiet = [" in (data / "settings.toml").read_text()


def test_the_outline_of_the_report_is_read_and_written(
    start: Start, data: Path, tmp_path: Path
) -> None:
    _journal(data)
    coach = start("--lang", "fr")
    coach.wait_for("Ferme des Trois Chênes")
    coach.send("d")
    coach.wait_for("Rapport de stage (plan)")
    coach.send_keys(*["down"] * list(DOCUMENTS).index("report"), "enter")
    coach.wait_for("Qui peut le lire : ton école", "Remerciements", "À écrire")
    coach.send("x")
    coach.wait_for("report.md")
    target = tmp_path / "rapport.docx"
    coach.send_keys("ctrl+a", "ctrl+k")
    coach.send(f"{target}\r")
    coach.wait_until(target.exists, "the file")
    coach.quit()
    outline = [paragraph.text for paragraph in docx.Document(str(target)).paragraphs]
    assert "Difficultés et solutions" in outline
    assert any("Ferme des Trois Chênes" in text for text in _texts(target))


def _texts(path: Path) -> list[str]:
    found = docx.Document(str(path))
    cells = (cell.text for table in found.tables for row in table.rows for cell in row.cells)
    return [*(paragraph.text for paragraph in found.paragraphs), *cells]


def test_a_document_is_written_from_the_shell(data: Path, tmp_path: Path) -> None:
    row = {"id": "r", "action": "Trait 40 vaches", "skill": "Traite"}
    Journal(data).save(entry_of(answers={"achievements": [row]}))
    done = run("document", "skills", str(tmp_path / "out.docx"), "--lang", "en", data=data)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.docx").read_bytes().startswith(b"PK")
