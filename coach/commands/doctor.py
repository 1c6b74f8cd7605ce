"""`coach doctor`: looks the folder over, says what to do, mends what loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.commands.command import Command, flag
from coach.disk.errors import JournalError
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.desk import Desk
    from coach.maintenance.finding import CheckedFolder, Finding


def make_command(say: Wording) -> Command:
    """The command, which speaks the language of `say`."""
    return Command(
        "doctor", say, run_doctor, [flag(say, "doctor", "json"), flag(say, "doctor", "fix")]
    )


def run_doctor(desk: Desk, *, json: bool, fix: bool) -> int:
    """Says what it found; 1 where something is left that needs the student."""
    from coach.maintenance.doctor import examine_folder, mend_findings

    checked = _checked_folder(desk)
    found = examine_folder(checked)
    mended: list[Finding] = []
    if fix:
        before = found
        mend_findings(found)
        found = examine_folder(_checked_folder(desk))
        mended = [one for one in before if one.mend is not None and one not in found]
    problems = sum(one.level == "problem" for one in found)
    if json:
        _write_json(desk, found, mended)
    else:
        _write(desk, found, mended)
    if problems:
        desk.warn(desk.say.count("doctor.left", problems))
    elif not json:
        desk.print(desk.say("doctor.well"))
    return 1 if problems else 0


def _checked_folder(desk: Desk) -> CheckedFolder:
    """The folder, opened where it is locked and somebody gives the passphrase; not read yet."""
    from coach.commands.ask_passphrase import open_keyring
    from coach.maintenance.finding import CheckedFolder
    from coach.store.journal import Journal

    journal = Journal(desk.data_folder.folder, keyring=desk.workspace.keyring)
    if desk.workspace.keyring.locked and desk.passphrases.to_be_had:
        try:
            open_keyring(desk.passphrases, desk.workspace.keyring, desk.warn)
        except JournalError as error:
            if error.key == "wrong_passphrase":
                raise
    return CheckedFolder(desk.data_folder, journal, desk.workspace.content, desk.lang)


def _write(desk: Desk, found: list[Finding], mended: list[Finding]) -> None:
    from coach.maintenance.doctor import describe_findings

    say = desk.say
    for _, what, _ in describe_findings(mended, desk.lang):
        desk.print(f"{say('doctor.mended'):10}{what}")
    for one, what, todo in describe_findings(found, desk.lang):
        desk.print(f"{say(f'doctor.{one.level}'):10}{what}")
        if one.mend is not None:
            todo = f"{todo} {say('doctor.by_fix')}".strip()
        if todo:
            desk.print(f"{'':10}{todo}")


def _write_json(desk: Desk, found: list[Finding], mended: list[Finding]) -> None:
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
        for one, what, todo in describe_findings([*mended, *found], desk.lang)
    ]
    well = not any(row["level"] == "problem" for row in rows)
    data = {"schema": 1, "well": well, "findings": rows}
    write_bytes(msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n")
