"""What is typed lands where it was meant: in one burst, with odd signs, in any terminal."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from terminal_support import Terminal, draft, keys, listed, run, the_one

Start = Callable[..., Terminal]
NEXT = keys("ctrl+n").decode()


def test_four_steps_typed_in_one_write_land_in_their_fields(start: Start, data: Path) -> None:
    coach = start("interview")
    coach.wait_for("C'était où ?", "Suivant")
    coach.send(
        f"Ébénisterie Morvan\rPonceuse\thier\t10{NEXT}"
        f"La visite\rJ'ai nommé\tÀ l'aise\rLe prix\tUn silence{NEXT}"
        f"17{NEXT}"
        f"2\tLire le carnet\rde commandes{NEXT}" + keys("ctrl+q").decode()
    )
    assert coach.wait_exit() == 0
    answers = the_one(data)["answers"]
    rows = [{k: v for k, v in row.items() if k != "id"} for row in answers["recall"]]
    assert (answers["company"], answers["role"], answers["weight"]) == (
        "Ébénisterie Morvan",
        "Ponceuse",
        10,
    )
    assert answers["interview_date"] < the_one(data)["date"]
    assert rows == [
        {"moment": "La visite", "happened": "J'ai nommé", "felt": "À l'aise"},
        {"moment": "Le prix", "happened": "Un silence"},
    ]
    assert answers["causes"] == ["company_research", "stress"]
    cause = answers["cause"]["company_research"]
    assert cause["severity"] == 2 and cause["todo"].startswith("Lire le carnet\nde commandes")


MARKUP = "[b]gras[/b] [/] [@click=app.quit]x[/] [sad $0"
SIGNS = "🦊 renard, e\u0301te\u0301, 東京"
PASTED = "rouge\x9b31m et\x00\x07 \u202egras\t[/i]\r\nfin"
LINE = "rouge et gras [/i] fin"
"""What a field of one line makes of `PASTED`; all of it, without what a terminal could obey."""
TEXT = "rouge et gras\t[/i]\nfin"
COLOURS = "\x1b[31mvert\x1b[0m \x1b]0;titre\x07bleu"
"""Most terminals take escapes out of a paste; Textual 8.2 types what follows one as keys."""
BEGIN_PASTE, END_PASTE = "\x1b[200~", "\x1b[201~"


def test_markup_emoji_and_pasted_escapes_are_shown_literally_and_kept_clean(
    start: Start, data: Path
) -> None:
    coach = start("weekly", size=(120, 40))
    coach.wait_for("Où en es-tu ?", "Suivant")
    coach.send(f"\t\t\t{MARKUP}{NEXT}")
    coach.wait_for("Qu'est-ce que tu as fait avancer ?")
    # In the side panel, where it takes two lines.
    coach.wait_for("[b]gras[/b] [/]", "[@click=app.quit]x[/] [sad $0")
    coach.send(f"{SIGNS}\r{MARKUP}\r{BEGIN_PASTE}{PASTED}{END_PASTE}\r")
    coach.wait_for("🦊 renard", "東京", LINE)
    coach.wait_for(MARKUP)  # in its cell; the table has room for its beginning only
    assert coach.screen_text().count("[b]gras[/b]") == 3
    coach.send(NEXT)
    coach.wait_for("Et ce qui a coincé ?")
    # Without the marks of a paste an unknown escape sequence is signs, the first written out.
    coach.send(f"{MARKUP}\r\x1b[31m\x1b[1;2Zaprès\t{BEGIN_PASTE}{PASTED}{END_PASTE}")
    coach.wait_for("après", "rouge et gras", "fin")
    coach.send(f"{BEGIN_PASTE}{COLOURS} lu{END_PASTE}")
    coach.wait_for("bleu lu")
    for title in ("Ce que tu es là pour apprendre", "Une question", "Et la semaine"):
        coach.send(NEXT)
        coach.wait_for(title)
    coach.send(NEXT)
    coach.wait_for("Ce que je vois dans ta semaine")
    coach.send(NEXT)
    coach.wait_for("Tes dernières entrées", "🦊 renard")

    kept = the_one(data)
    answers = kept["answers"]
    row = answers["achievements"][0]
    assert answers["word"] == MARKUP and answers["hard"].endswith("après")
    assert answers["hard"].startswith(f"{MARKUP}\n") and "\x1b" not in answers["hard"]
    assert (row["action"], row["skill"], row["impact"]) == (SIGNS, MARKUP, LINE)
    did = answers["hard_did"]
    assert did.startswith(TEXT) and "vert" in did and did.endswith("bleu lu")
    for unprintable in ("\x1b", "\x9b", "\x07", "\u202e"):
        assert unprintable not in did
    # Nor did the program hand any of it to the terminal.
    for sign in ("\x9b", "\u202e", "titre\x07"):
        assert sign.encode() not in coach.raw

    # In browsing: the list, what is looked for, the reading view.
    coach.send("b")
    coach.wait_for("Chercher dans tout", "1 entrée", "Jeter")
    coach.wait_for(SIGNS)
    coach.quit()
    shown = run("show", kept["id"], data=data).stdout.decode()
    assert MARKUP in shown and LINE in shown and "\x1b" not in shown


def test_a_line_of_5000_signs_is_kept_whole_typed_or_pasted(start: Start, data: Path) -> None:
    long = "".join(f"{number:04d} " for number in range(1000)).strip()
    typed = long[:1500]  # a hand's worth: each key is a key, whereas a paste is one event
    coach = start("interview")
    coach.wait_for("C'était où ?", "Suivant")
    coach.send(f"{BEGIN_PASTE}{long}{END_PASTE}\r{typed}{NEXT}")
    coach.wait_for("Repasse le film, dans l'ordre")
    coach.quit()
    answers = the_one(data)["answers"]
    assert (answers["company"], answers["role"]) == (long, typed.strip())


@pytest.mark.parametrize("size", [(20, 5), (60, 20)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_session_is_begun_and_left_in_a_small_terminal(
    size: tuple[int, int], start: Start, data: Path
) -> None:
    coach = start("weekly", size=size)
    coach.wait_for("étape 1 sur 7", "^n Suivant")
    coach.send("\t4\t3\tApprivoisée\r")
    coach.wait_for("étape 2 sur 7")
    coach.send("Bandage posé")
    coach.wait_until(lambda: draft(data).get("achievements"), "no draft of the row")
    coach.send_keys("escape")
    coach.wait_for("étape 1 sur 7")
    coach.send_keys("ctrl+s")
    coach.wait_for("n Noter vite")
    coach.send("b")
    coach.wait_for("/ Chercher")
    coach.send_keys("escape")
    coach.wait_for("n Noter vite")
    coach.send("w")
    coach.wait_for("étape 1 sur 7")
    coach.quit()
    coach.check_left_sane()
    answers = the_one(data)["answers"]
    assert answers["achievements"][0]["action"] == "Bandage posé"
    assert (answers["energy"], answers["mood"], answers["word"]) == (4, 3, "Apprivoisée")


def test_resizing_while_typing_loses_nothing(start: Start, data: Path) -> None:
    coach = start("weekly", size=(120, 36))
    coach.wait_for("Où en es-tu ?", "Suivant")
    coach.send(NEXT)
    coach.wait_for("Qu'est-ce que tu as fait avancer ?", "Action")
    typed = ""
    for number, size in enumerate([(80, 24), (20, 5), (200, 50), (60, 20), (1, 1), (81, 24)] * 3):
        coach.resize(*size)
        coach.send(f"{number:02d} ")
        typed += f"{number:02d} "
        time.sleep(0.02)  # not all in one reading of the keyboard
    coach.wait_until(lambda: _action(data) == typed.strip(), "the draft lacks some of it")
    coach.wait_for("Qu'est-ce que tu as fait avancer ?", typed[:12])
    coach.quit()
    assert listed(data)[0]["answers"]["achievements"][0]["action"] == typed.strip()


def _action(data: Path) -> str:
    rows = draft(data).get("achievements") or [{}]
    action: str = rows[0].get("action", "")
    return action
