"""The three sessions line by line: through a pipe, and in a terminal that draws no full screen."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from terminal_support import Terminal, run, the_one

Start = Callable[..., Terminal]
ESCAPE = b"\x1b"
KEEP = ""
"""An empty line: keeps what is there, or ends a text or rows."""


@dataclass
class Telling:
    """A session told in two goes; `<` goes back in the first one, and is meant."""

    flow: str
    lang: str
    first: list[str]
    rest: list[str]
    resumed: str
    """What the second session says first."""
    told: dict[str, Any]
    """Some of what must be kept."""


WEEKLY = Telling(
    "weekly",
    "fr",
    ["1", "4", "<", "3", "5", "Apprivoisée", "Posé un bandage", "Soin", "12 minutes au lieu de 30"],
    [
        *("e 1", KEEP, KEEP, KEEP, "« Il tient »", "Mme Bélanger", "Carnet, page 14", KEEP),
        *("Deux chiens attendaient", "et le téléphone sonnait", KEEP, "Yanis a décroché", KEEP),
        *("Savoir peser", "Que fallait-il serrer ?", KEEP, "Préparer le plateau de vaccins"),
    ],
    "Tu reprends là où tu en étais.",
    {
        "energy": 3,
        "mood": 5,
        "hard": "Deux chiens attendaient\net le téléphone sonnait",
        "new_objective": "Savoir peser",
        "intention": "Préparer le plateau de vaccins",
    },
)
REFRAME = Telling(
    "reframe",
    "en",
    # Harassment is ticked: what follows leads to people first.
    ["8", "The town archive", "<", KEEP, "Shouted at every morning.", KEEP, "1"],
    [
        KEEP,  # it could stop here for today
        *("Monday 2 March", "Shouted at for a torn label", "Ada", KEEP, KEEP, "2 8"),
        *("3", "2", "3", "1", "3"),
        # The atmosphere was harassment: its facts are kept, and only the absent tutor is turned.
        *("2", KEEP, "Monday, insults at the counter", KEEP),
        *(KEEP, "2", "ten minutes on Mondays", KEEP, KEEP, KEEP),
        # After that, neither one's own share is asked for nor a project.
        *("I have learned that I need a quiet room", KEEP),
        *("the rota changed daily", KEEP),
        *("a team that reads its lists", KEEP, KEEP, KEEP, "5", KEEP),
    ],
    "Picking up where you were.",
    {
        "weight_before": 8,
        "weight_after": 5,
        "place": "The town archive",
        "safety": ["harassment"],
        "situations": ["absent_manager", "toxic"],
        "look_for": "a team that reads its lists",
    },
)
INTERVIEW = Telling(
    "interview",
    "fr",
    [
        "Ébénisterie Morvan",
        "Ponceuse",
        "hier",
        "4",
        "<",
        "9",
        "La visite",
        "Un silence",
        "<",
        "Dit",
    ],
    [
        *(KEEP, "1 7", "2", KEEP, "3", "Souffler dix fois", KEEP),
        *("Combien vaut une heure ?", "Jamais pensé", "« Rien »", "12 euros", KEEP),
        *("1", "1", "2", "3", KEEP, KEEP, "Un atelier qui chiffre", "2"),
        *(KEEP, "demain", "Les outils", KEEP, "Dire un prix"),
        *("Chiffrer trois chaises", "demain", "20", KEEP),
    ],
    "Tu reprends là où tu en étais.",
    {
        "company": "Ébénisterie Morvan",
        "weight": 9,
        "causes": ["company_research", "stress"],
        "stage": "first",
        "change": "Dire un prix",
    },
)
TELLINGS = [pytest.param(telling, id=telling.flow) for telling in (WEEKLY, REFRAME, INTERVIEW)]


def _check_kept(telling: Telling, data: Path) -> dict[str, Any]:
    kept = the_one(data, "--flow", telling.flow)
    answers: dict[str, Any] = kept["answers"]
    assert (kept["status"], kept["lang"]) == ("done", telling.lang)
    assert {name: answers.get(name) for name in telling.told} == telling.told
    return answers


@pytest.mark.parametrize("telling", TELLINGS)
def test_told_through_a_pipe(telling: Telling, data: Path) -> None:
    command = [telling.flow, "--plain", "--lang", telling.lang]
    given = ["".join(f"{line}\n" for line in lines) for lines in (telling.first, telling.rest)]

    ended = run(*command, data=data, given=given[0])
    assert ended.returncode == 1
    assert ended.stderr.count(b"\n") == 1 and telling.flow.encode() in ended.stderr
    begun = the_one(data, "--flow", telling.flow)
    assert begun["status"] == "draft" and begun["answers"]

    done = run(*command, data=data, given=given[1])
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    assert telling.resumed in done.stdout.decode()
    assert ESCAPE not in ended.stdout + ended.stderr + done.stdout + done.stderr
    answers = _check_kept(telling, data)
    if telling is REFRAME:
        assert "3114" in ended.stdout.decode()
        assert list(answers["turned"]) == ["absent_manager"]
        assert "ten minutes on Mondays" in answers["turned"]["absent_manager"]["sentence"]
        assert "Shouted" not in answers["story"] and "insults" not in answers["story"]


@pytest.mark.parametrize("telling", TELLINGS)
def test_told_in_a_terminal_that_only_writes_lines(
    telling: Telling, start: Start, data: Path
) -> None:
    def sit(lines: list[str], end: bytes = b"") -> Terminal:
        coach = start(telling.flow, "--plain", "--lang", telling.lang, TERM="dumb")
        for line in lines:
            coach.wait_until(partial(_asks, coach), "it asks for nothing more")
            said = len(coach.raw)
            coach.send(f"{line}\n")
            coach.wait_until(partial(_goes_on, coach, said), line)
        coach.send(end)
        return coach

    ended = sit(telling.first, end=b"\x04")  # ctrl+d: the end of input
    assert ended.wait_exit() == 1
    done = sit(telling.rest)
    assert done.wait_exit() == 0, done.screen_text()
    for coach in (ended, done):
        assert ESCAPE not in coach.raw
        coach.check_left_sane()
    _check_kept(telling, data)


def _asks(coach: Terminal) -> bool:
    return coach.raw.endswith(b"> ")


def _goes_on(coach: Terminal, said: int) -> bool:
    return coach.over or len(coach.raw) > said
