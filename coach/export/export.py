"""The student's own copy of everything, in the format that the file's ending names.

`json` carries all of it, history, drafts and trash included, and can be imported again; `md` and
`html` are to read, `csv` has one row per achievement, `ics` the days to put in a calendar.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from coach.export.listing import Listed, list_entries, newest_first, to_json, with_draft
from coach.store.entries import Entry

if TYPE_CHECKING:
    from datetime import date

    from coach.flows.content import Content
    from coach.store.journal import Journal

FORMATS = ("json", "md", "html", "csv", "ics")
_ENDINGS = {
    ".json": "json",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".csv": "csv",
    ".ics": "ics",
}


def format_of(path: Path) -> str:
    """The format that the ending of `path` names; '' where it names none."""
    return _ENDINGS.get(path.suffix.lower(), "")


def render(
    journal: Journal,
    form: str,
    content: Callable[[], Content],
    lang: str,
    today: date,
) -> tuple[bytes, int]:
    """Everything in the format `form`, and how many entries (achievements, days) it holds.

    `content` gives what the coach says, for the formats that need it. The days for a calendar
    (`ics`) are made by `coach.features.calendar.ical`. Raises JournalError.
    """
    found = list_entries(journal, history=True)
    if form == "json":
        trash = {one.entry.id: one for one in list_entries(journal, trash=True, history=True)}
        found = [_with_past(journal, one, trash) for one in found] + list(trash.values())
        found.sort(key=newest_first, reverse=True)
        return to_json(found, history=True), len(found)
    if form == "csv":
        from coach.export.sheet import to_csv

        return to_csv(found)
    from coach.export.pages import to_html, to_markdown

    make = to_html if form == "html" else to_markdown
    return make(found, content(), lang, today).encode("utf-8", "replace"), len(found)


def _with_past(journal: Journal, one: Listed, trash: dict[str, Listed]) -> Listed:
    """A draft with the versions that it has from the trash, where it is (then taken out of
    `trash`) or once was.
    """
    if one.is_kept:
        return one
    gone = trash.pop(one.entry.id, None)
    past = gone.entry if gone else journal.get(one.entry.id)
    return one if past is None else with_draft(past, one.under_way)


def entry_markdown(
    entry: Entry, content: Content, lang: str, named: list[dict[str, str]] | None = None
) -> str:
    """One entry as a Markdown document.

    `named` are the items that answers refer to by id, where known.
    """
    from coach.export.pages import one_markdown

    return one_markdown(entry, content, lang, named)
