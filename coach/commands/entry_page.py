"""One entry as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from coach.browse.entry_reader import Section
from coach.export.listing import SHORT_ID, Listed
from coach.export.pages import sheet_of
from coach.flows.choices import list_named
from coach.util.text import clean, clean_line
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.desk import Desk


def page(one: Listed, desk: Desk) -> str:
    """`one` to read: what it is, what was answered, what is being changed."""
    about = desk.workspace.journal.get(one.entry.internship) if one.entry.internship else None
    sheet = sheet_of(
        one,
        desk.workspace.content,
        desk.lang,
        named=list_named(one.entry, desk.workspace.journal.get),
        company=str(about.answers.get("company") or "") if about else "",
        today=desk.workspace.today,
    )
    say, words = desk.say, Wording("export", desk.lang)
    lines = [sheet.title, f"{'; '.join(sheet.facts)}; {one.entry.id}"]
    lines += list(_sections(sheet.sections, words)) or ["", say("show.empty")]
    if sheet.draft:
        lines += ["", say("show.changing"), *_sections(sheet.draft, words)]
    if n := len(one.entry.history):
        lines += ["", say.count("show.versions", n, id=one.entry.id[:SHORT_ID])]
    return "\n".join(lines)


def _sections(sections: list[Section], words: Wording) -> Iterator[str]:
    for section in sections:
        yield from ("", clean_line(section.title)) if section.title else ("",)
        for part in section.parts:
            if part.label:
                yield f"  {clean_line(part.label)}"
            for line in clean(part.text).split("\n") if part.text else ():
                yield f"    {line}"
            for row in part.rows:
                yield f"    - {_row(row, words)}"


def _row(row: list[tuple[str, str]], words: Wording) -> str:
    if not any(label for label, _ in row):
        return words("mark").join(clean_line(text) for _, text in row)
    cells = [words("cell", label=clean_line(label), text=clean_line(text)) for label, text in row]
    return "\n      ".join(cells)
