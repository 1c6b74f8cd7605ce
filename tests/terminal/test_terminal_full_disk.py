"""A disk that fills up under the app: it is said, nothing is lost, and it is tried again."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from terminal_support import Terminal, draft, run, the_one

Start = Callable[..., Terminal]
FULL = "le disque est plein"
STILL_HERE = "Ton texte est toujours à l'écran"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kB, in memory."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)]
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("mounting a small disk takes root on Linux; the next test does without")
    done = subprocess.run(mount, capture_output=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"no disk may be mounted here: {done.stderr.decode().strip()}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def _fill(place: Path) -> Path:
    """Takes all the space there is left."""
    filler = place / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            return filler


def test_a_draft_waits_for_room_on_a_real_full_disk(start: Start, small_disk: Path) -> None:
    data = small_disk / "coach"
    coach = start("interview", data=data)
    coach.wait_for("C'était où ?", "Suivant")
    coach.type("Ébénisterie Morvan")
    coach.wait_until(lambda: draft(data), "no draft was written")

    filler = _fill(small_disk)
    coach.send(", trois rue des Tilleuls")
    coach.wait_for(FULL, STILL_HERE)
    coach.send("\rPonceuse")
    coach.wait_for("Ébénisterie Morvan, trois rue des Tilleuls", "Ponceuse")
    assert draft(data) == {"company": "Ébénisterie Morvan"}

    filler.unlink()
    wanted = {"company": "Ébénisterie Morvan, trois rue des Tilleuls", "role": "Ponceuse"}
    coach.wait_until(lambda: draft(data) == wanted, "the draft was not tried again")
    coach.wait_for("brouillon gardé")
    coach.wait_gone(FULL)
    coach.quit()
    assert the_one(data)["answers"] == wanted


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="limits of others: Linux only")
def test_a_finished_session_waits_for_room(start: Start, data: Path) -> None:
    """With a limit on how long a file may grow, which the system reports in the same way."""
    assert run("note", "Étiqueté la réserve", data=data).returncode == 0
    coach = start()
    coach.wait_for("Mes preuves", "Relire (1 entrée)")
    coach.send("n")
    coach.wait_for("Ta note", "Suivant")
    before = resource.prlimit(coach.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(coach.pid, resource.RLIMIT_FSIZE, (0, before[1]))
    coach.send("Tri des bacs : 3 h puis 1 h\r")
    coach.wait_for(FULL, STILL_HERE, "Tri des bacs : 3 h puis 1 h")

    resource.prlimit(coach.pid, resource.RLIMIT_FSIZE, before)
    coach.wait_for("Mes preuves", "Tri des bacs", "Relire (2 entrées)")
    coach.quit()
    kept = the_one(data, "--search", "bacs")
    assert (kept["status"], kept["answers"]) == ("done", {"text": "Tri des bacs : 3 h puis 1 h"})
