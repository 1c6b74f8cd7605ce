"""Looks a data folder over, changes nothing, and says what to do about each thing it found.

`mend_findings` does what loses nothing: modes, half-written files of killed programs, a damaged
journal or draft (set aside, brought back), revisions that only the safety copy has, sealing left
unfinished.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress

from coach.disk.errors import JournalError
from coach.maintenance.finding import CheckedFolder, Finding
from coach.store.messages import explain
from coach.util.wording import Wording


def examine_folder(checked: CheckedFolder) -> list[Finding]:
    """Everything there is to say about the folder, in the order of its parts."""
    from coach.maintenance import content_checks as doctor_text
    from coach.maintenance import folder_checks as doctor_files

    found: list[Finding] = []
    for check in (*doctor_files.CHECKS, *doctor_text.CHECKS):
        found += _carefully(check, checked)
        if any(one.key in ("folder_none", "folder_file") for one in found):
            break
    return found


def _carefully(
    check: Callable[[CheckedFolder], Iterator[Finding]], checked: CheckedFolder
) -> Iterator[Finding]:
    """What `check` finds; what it cannot read is a finding, too."""
    try:
        yield from check(checked)
    except JournalError as error:
        if error.key not in ("sealed", "key_damaged"):
            path = error.values.get("path", str(checked.folder))
            why = explain(error, checked.lang)
            yield Finding("unreadable", "problem", {"path": path, "why": why})
    except OSError as error:
        path = str(error.filename or checked.folder)
        why = error.strerror or type(error).__name__
        yield Finding("unreadable", "problem", {"path": path, "why": why})


def mend_findings(found: list[Finding]) -> None:
    """Does what loses nothing about `found`; what cannot be done now stays as it is."""
    for one in found:
        if one.mend is not None:
            with suppress(JournalError, OSError):
                one.mend()


def describe_findings(found: list[Finding], lang: str) -> list[tuple[Finding, str, str]]:
    """Each finding with what it is and what to do about it ('' where there is nothing to do)."""
    say = Wording("doctor", lang)
    lines = []
    for one in found:
        values = dict(one.values)
        n = int(values.pop("n", 0))
        todo = f"{one.key}.todo"
        what = say.count(one.key, n, **values)
        lines.append((one, what, say.count(todo, n, **values) if say.has(todo) else ""))
    return lines
