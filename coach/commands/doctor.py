"""`coach doctor`: looks the folder over, says what to do, mends what loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.commands.command import Command, flag
from coach.disk.errors import JournalError
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.invocation import Invocation
    from coach.maintenance.finding import CheckedFolder, Finding


def make_command(say: Wording) -> Command:
    """The command, which speaks the language of `say`."""
    return Command(
        "doctor", say, run_doctor, [flag(say, "doctor", "json"), flag(say, "doctor", "fix")]
    )


def run_doctor(invocation: Invocation, *, json: bool, fix: bool) -> int:
    """Says what it found; 1 where something is left that needs the student."""
    from coach.maintenance.doctor import examine_folder, mend_findings

    checked = _checked_folder(invocation)
    found = examine_folder(checked)
    mended: list[Finding] = []
    if fix:
        before = found
        mend_findings(found)
        found = examine_folder(_checked_folder(invocation))
        mended = [one for one in before if one.mend is not None and one not in found]
    problems = sum(one.level == "problem" for one in found)
    if json:
        _write_json(invocation, found, mended)
    else:
        _write(invocation, found, mended)
    if problems:
        invocation.warn(invocation.say.count("doctor.left", problems))
    elif not json:
        invocation.print(invocation.say("doctor.well"))
    return 1 if problems else 0


def _checked_folder(invocation: Invocation) -> CheckedFolder:
    """The folder, opened where it is locked and somebody gives the passphrase; not read yet."""
    from coach.commands.ask_passphrase import open_keyring
    from coach.maintenance.finding import CheckedFolder
    from coach.store.journal import Journal

    journal = Journal(invocation.data_folder.folder, keyring=invocation.workspace.keyring)
    if invocation.workspace.keyring.locked and invocation.passphrases.to_be_had:
        try:
            open_keyring(invocation.passphrases, invocation.workspace.keyring, invocation.warn)
        except JournalError as error:
            if error.key == "wrong_passphrase":
                raise
    return CheckedFolder(
        invocation.data_folder, journal, invocation.workspace.content, invocation.lang
    )


def _write(invocation: Invocation, found: list[Finding], mended: list[Finding]) -> None:
    from coach.maintenance.doctor import describe_findings

    say = invocation.say
    for _, what, _ in describe_findings(mended, invocation.lang):
        invocation.print(f"{say('doctor.mended'):10}{what}")
    for one, what, todo in describe_findings(found, invocation.lang):
        invocation.print(f"{say(f'doctor.{one.level}'):10}{what}")
        if one.mend is not None:
            todo = f"{todo} {say('doctor.by_fix')}".strip()
        if todo:
            invocation.print(f"{'':10}{todo}")


def _write_json(invocation: Invocation, found: list[Finding], mended: list[Finding]) -> None:
    import msgspec

    from coach.commands.output import write_bytes
    from coach.maintenance.doctor import describe_findings

    rows = [
        {
            "key": one.key,
            "level": "mended" if one in mended else one.level,
            "says": what,
            "todo": todo,
            "fixable": one.mend is not None,
            **({"path": one.values["path"]} if "path" in one.values else {}),
        }
        for one, what, todo in describe_findings([*mended, *found], invocation.lang)
    ]
    well = not any(row["level"] == "problem" for row in rows)
    data = {"schema": 1, "well": well, "findings": rows}
    write_bytes(msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n")
