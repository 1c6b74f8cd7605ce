"""What taking in a journal did, in the student's words: the same for the command and the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.importer.importer import ImportReport


def describe_import(report: ImportReport, lang: str) -> list[str]:
    """The lines that tell what `report` counts, the most important first."""
    say = Wording("cli", lang)
    counts = {"added": report.added, "changed": report.changed, "same": report.same}
    counted = [say.count(f"import.{name}", n) for name, n in counts.items() if n]
    lines = [", ".join(counted) + "."] if counted else []
    more = {
        "flows": report.flows,
        "files": report.files,
        "put_by": report.put_by,
        "beside": report.beside,
        "both": len(report.both),
    }
    if report.damaged:
        lines.append(say("import.damaged"))
    lines += [say.count(f"import.{name}", n) for name, n in more.items() if n]
    lines += [say("import.left", path=str(path), why=why) for path, why in report.left]
    return lines or [say("import.nothing")]
