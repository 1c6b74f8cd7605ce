"""The wizard after a bad internship, in English, killed in the middle and finished."""

import time
from collections.abc import Callable
from pathlib import Path

from terminal_support import SECOND_OF_DRAFT, Terminal, run, the_one

Start = Callable[..., Terminal]

FACTS = "Four weeks in a basement. My tutor came on Mondays only. I scanned 900 files."
SIDES = {"left": "I never asked for a second day", "right": "Nobody read the weekly list"}
PRIORITIES = "The person in charge of me was in one day a week. The rest of the time, I saved up"
DULL = "What I was mostly given was scanning. I timed it, then tried another way of doing it"
LESSONS = ["a Monday catch-up", "the list of who reads what", "a task nobody waits for"]
PARTS = {
    "context": "my tutor was in one day a week",
    "did": "scanned 900 files and wrote a finding guide",
    "look_for": "an archive where someone reads the lists",
    "no_longer": "a basement without a phone",
}


def _begin(coach: Terminal) -> None:
    coach.wait_for("How heavy does it feel today?")
    coach.send("7\r")
    coach.wait_for("What happened?")
    coach.send(f"The town archive\r{FACTS}")
    coach.wait_for("I scanned 900 files.")
    coach.send_keys("ctrl+n")
    # Asked plainly, and before any situation: what is never reframed.
    coach.wait_for("One question, between us", "Bullying or sexual harassment")
    coach.send("7\r")
    coach.wait_for("What sounds like your internship?")
    coach.send("26\r")
    coach.wait_for("Did you have a fair chance?")
    coach.send("3213\t3\r")
    coach.wait_for("What is expected of an intern")
    coach.send("1111\r")
    coach.wait_for("What did not work?")
    coach.send("\r".join(SIDES.values()))
    coach.wait_for(*SIDES.values())
    coach.send_keys("ctrl+n")
    # "Mostly the dull jobs" is asked about again before it is turned.
    coach.wait_for("Mostly the dull jobs", "Was there harassment, danger or anything unlawful")
    coach.send("1\r")


def _turn(coach: Terminal, name: str, fact: str, sentence: str) -> None:
    """Fills the first blank of the drafted sentence: tab, tab, and it is selected."""
    coach.wait_for(name, "Now put it in your own words")
    coach.send_keys("tab", "tab")
    coach.send(fact)
    coach.wait_for(sentence)


def _end(coach: Terminal) -> None:
    coach.send_keys("ctrl+n")
    for name in ("Nobody to guide me", "Mostly the dull jobs"):
        coach.wait_for(f"Next time: {name}")
        coach.send_keys("ctrl+n")
    coach.wait_for("What you know now")
    coach.send("".join(f"{lesson}\r" for lesson in LESSONS))
    coach.wait_for("A project nobody asked for")
    coach.send("A finding guide\r")
    coach.wait_for("What would it be for?")
    coach.send_keys("ctrl+n")
    coach.wait_for("Something to show")
    coach.send_keys("ctrl+n")
    coach.wait_for("The makings of your story")
    coach.send(f"{PARTS['context']}\t{PARTS['did']}")
    coach.send_keys("ctrl+n")
    coach.wait_for("And now?")
    coach.send(f"{PARTS['look_for']}\t{PARTS['no_longer']}")
    coach.send_keys("ctrl+n")
    # The story is drafted from all that, and counted.
    coach.wait_for(
        "Your story, to say out loud", "words, about", "finding guide", "a Monday catch-up"
    )
    coach.send_keys("ctrl+n")
    coach.wait_for("The same question as at the start")
    coach.send("4\r")
    coach.wait_for("At the start: 7 out of 10", "Now: 4 out of 10", "Your card")
    coach.send_keys("ctrl+n")
    coach.wait_for("My proofs", "Read again (1 entry)")


def test_a_bad_internship_is_reframed_killed_resumed_and_kept(start: Start, data: Path) -> None:
    coach = start("reframe", "--lang", "en")
    _begin(coach)
    _turn(coach, "Nobody to guide me", "one day", PRIORITIES)
    coach.send_keys("ctrl+n")
    _turn(coach, "Mostly the dull jobs", "scanning", DULL)
    time.sleep(SECOND_OF_DRAFT)
    coach.killed()

    begun = the_one(data, "--flow", "reframe")
    assert begun["status"] == "draft"
    assert begun["answers"]["turned"]["menial"]["sentence"].startswith(DULL)

    coach = start("--lang", "en")
    coach.wait_for("You had begun to untangle your internship", "Pick up where you were")
    coach.send_keys("enter")
    coach.wait_for("Mostly the dull jobs", "Picking up where you were", DULL)
    _end(coach)
    coach.quit()

    kept = the_one(data, "--flow", "reframe")
    answers = kept["answers"]
    assert (kept["status"], kept["lang"]) == ("done", "en")
    assert (answers["weight_before"], answers["weight_after"]) == (7, 4)
    assert answers["facts"] == FACTS and answers["safety"] == ["none"]
    assert answers["situations"] == ["absent_manager", "menial"]
    assert answers["again"] == {"menial": {"really": "no"}}
    assert {side: answers["both_sides"][0][side] for side in SIDES} == SIDES
    turned = answers["turned"]
    assert turned["absent_manager"]["sentence"].startswith(PRIORITIES)
    assert turned["menial"]["sentence"].startswith(DULL)
    assert [answers[f"lesson_{n}"].endswith(LESSONS[n - 1]) for n in (1, 2, 3)] == [True] * 3
    assert {name: answers[name] for name in PARTS} == PARTS
    assert "one day a week" in answers["story"] and "finding guide" in answers["card"]
    shown = run("show", kept["id"], "--lang", "en", data=data).stdout.decode()
    assert "I scanned 900 files." in shown and "finding guide" in shown
