"""`coach rehearsal --plain`: asked line by line, kept, found again."""

from pathlib import Path

from cli_tools import Cli


def test_five_questions_are_answered_line_by_line(tmp_path: Path) -> None:
    coach = Cli(tmp_path / "data")
    answers = "?\nJ'ai trié\n12 bacs\n\n9\n3\n" + "+\n" * 4
    said = coach("rehearsal", "--plain", stdin=answers)
    assert said.code == 0, said.err
    assert "Parlez-moi de vous." in said.out and "4 mots" in said.out
    assert "Ce qu'on veut savoir" in said.out and "reviendra" in said.out
    (entry,) = coach.entries("--flow", "rehearsal")
    (row,) = entry["answers"]["attempts"]
    assert row["answer"] == "J'ai trié\n12 bacs" and row["confidence"] == "3"
    assert "12 bacs" in coach("show", entry["id"][:8]).out


def test_the_end_of_input_keeps_the_draft_and_the_next_run_goes_on(tmp_path: Path) -> None:
    coach = Cli(tmp_path / "data", lang="en")
    said = coach("rehearsal", "--plain", stdin="Half an answer\n")
    assert said.code == 1 and "rehearsal --plain" in said.err
    said = coach("rehearsal", "--plain", stdin="\n4\n")
    assert "Half an answer" in said.out and said.code == 0
    (entry,) = coach.entries("--flow", "rehearsal")
    assert [row["confidence"] for row in entry["answers"]["attempts"]] == ["4"]
    said = coach("rehearsal", "--plain", stdin="")
    assert said.code == 1 and "Nothing" in said.err
