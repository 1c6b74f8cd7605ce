"""Completion in a real shell: what a student types, and what Tab makes of it."""

import os
from pathlib import Path

import pexpect
from terminal_support import COACH, PATIENCE, environment

CLEAR_LINE = "\x15"


def test_bash_completes_commands_documents_options_and_files(tmp_path: Path) -> None:
    (tmp_path / "carnet de bord.json").touch()
    data = tmp_path / "data"
    path = os.pathsep.join([str(COACH.parent), os.environ.get("PATH", "")])
    bash = pexpect.spawn(
        "bash",
        ["--noprofile", "--norc", "-i"],
        env=environment(data, PATH=path, PS1="$ ", INPUTRC=os.devnull),
        cwd=str(tmp_path),
        encoding="utf-8",
        timeout=PATIENCE,
        dimensions=(24, 200),
    )
    try:
        bash.sendline("bind 'set enable-bracketed-paste off'; bind 'set bell-style none'")
        bash.sendline('eval "$(_COACH_COMPLETE=bash_source coach)"; echo made-$((40 + 2))')
        bash.expect_exact("made-42")
        for typed, completed in (
            ("coach ref", "coach reframe "),
            ("coach document val", "coach document value-defence "),
            ("coach weekly --pl", "coach weekly --plain "),
            ("coach --lang e", "coach --lang en "),
            ("coach --demo pha", "coach --demo phantom "),
            ("coach import car", "coach import carnet\\ de\\ bord.json "),
        ):
            bash.send(f"{typed}\t")
            bash.expect_exact(completed)
            bash.send(CLEAR_LINE)
    finally:
        bash.close(force=True)
    assert not data.exists(), "asking what completes a line writes nothing"
