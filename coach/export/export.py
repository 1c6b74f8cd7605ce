"""Entries as others read them: what a list holds, and the student's own copy of everything.

`json` carries all of it, history, drafts and trash included, and can be imported again; `md` and
`html` are to read, `csv` has one row per achievement, `ics` the days to put in a calendar.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from coach.store.entries import SCHEMA, Draft, Entry

if TYPE_CHECKING:
    from datetime import date

    from coach.flows.content import Content
    from coach.store.journal import Journal

FORMATS = ("json", "md", "html", "csv", "ics")
SHORT_ID = 8
"""Letters of an id that are shown: `coach show` takes any that begin one entry's alone."""
_ENDINGS = {
    ".json": "json",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".csv": "csv",
    ".ics": "ics",
}


WHERE = ("base", "step", "item", "declined")
"""What a draft says of itself besides its answers and tags."""


@dataclass(frozen=True)
class Listed:
    """An entry in a list; `draft` is what is under way: the entry itself, or its next revision."""

    entry: Entry
    draft: Entry | None = None
    under_way: Draft | None = None
    """All of the draft: where it stands, too."""

    @property
    def kept(self) -> bool:
        """Whether there is a kept entry, not only a draft."""
        return self.draft is not self.entry


def gather(journal: Journal, *, trash: bool = False, history: bool = False) -> list[Listed]:
    """Kept entries and drafts, newest first; with `trash` what was deleted instead.

    A draft that changes a kept entry stands with it. Raises JournalError.
    """
    entries = journal.entries(trash=trash, history=history)
    if trash:
        return [Listed(entry) for entry in entries]
    drafts = {draft.entry.id: draft for draft in journal.drafts.list()}
    found = [_listed(entry, drafts.pop(entry.id, None)) for entry in entries]
    if drafts:
        found += [Listed(draft.entry, draft.entry, draft) for draft in drafts.values()]
        found.sort(key=newest_first, reverse=True)
    return found


def _listed(entry: Entry, draft: Draft | None) -> Listed:
    return Listed(entry, draft.entry if draft else None, draft)


def newest_first(one: Listed) -> tuple[str, str, str]:
    """The key that orders a list, to be sorted in reverse."""
    return one.entry.date, one.entry.updated_at, one.entry.id


def as_json(one: Listed, *, history: bool = False) -> dict[str, Any]:
    """An entry as JSON gives it; `draft` has the answers of its next revision, if under way."""
    entry = one.entry
    data = {name: getattr(entry, name) for name in entry.__struct_fields__}
    if not history:
        del data["history"]
    if one.draft is not None and one.kept:
        data["draft"] = one.draft.answers
    if history and one.under_way is not None:
        data["under_way"] = {name: getattr(one.under_way, name) for name in WHERE}
        data["under_way"]["tags"] = one.under_way.entry.tags
    return data


def to_json(found: list[Listed], *, history: bool = False) -> bytes:
    """`{"schema": 1, "entries": [...]}` as indented UTF-8."""
    entries = [as_json(one, history=history) for one in found]
    data = msgspec.json.encode({"schema": SCHEMA, "entries": entries})
    return msgspec.json.format(data, indent=2) + b"\n"


def format_of(path: Path) -> str:
    """The format that the ending of `path` names; '' where it names none."""
    return _ENDINGS.get(path.suffix.lower(), "")


def render(
    journal: Journal,
    form: str,
    content: Callable[[], Content],
    lang: str,
    today: date,
    chosen: str | None = None,
) -> tuple[bytes, int]:
    """Everything in the format `form`, and how many entries (achievements, days) it holds.

    `content` gives what the coach says, for the formats that need it; `chosen` is the internship
    that the settings name. Raises JournalError.
    """
    if form == "ics":
        return _dates(journal, content(), lang, today, chosen)
    found = gather(journal, history=True)
    if form == "json":
        trash = {one.entry.id: one for one in gather(journal, trash=True, history=True)}
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
    if one.kept:
        return one
    gone = trash.pop(one.entry.id, None)
    past = gone.entry if gone else journal.get(one.entry.id)
    return one if past is None else _listed(past, one.under_way)


def _dates(
    journal: Journal, content: Content, lang: str, today: date, chosen: str | None
) -> tuple[bytes, int]:
    from coach.documents.dossier import Dossier
    from coach.features.calendar.ical import calendar_file
    from coach.internship.timeline import current_internship
    from coach.store.snapshot import follow

    kept = follow(journal)
    internship = current_internship(kept.of("internship"), chosen, today)
    return calendar_file(Dossier(kept, content, lang, today, internship))


def entry_markdown(
    entry: Entry, content: Content, lang: str, named: list[dict[str, str]] | None = None
) -> str:
    """One entry as a Markdown document.

    `named` are the items that answers refer to by id, where known.
    """
    from coach.export.pages import one_markdown

    return one_markdown(entry, content, lang, named)


def save_copy(path: Path, data: bytes, *, force: bool = False) -> None:
    """Writes `data` to `path`, whole or not at all, for its owner alone.

    Raises FileExistsError where a file is there and `force` is not set, OSError when it cannot
    be written; what was there is then as before. A folder that cannot be flushed is no failure.
    """
    from coach.disk.atomic_files import replace, sync_folder, write_temporary

    with suppress(FileNotFoundError):
        mode = path.stat().st_mode
        if stat.S_ISFIFO(mode) or stat.S_ISCHR(mode):
            path.write_bytes(data)  # a pipe, or /dev/stdout: there is nothing to replace
            return
        if not force:
            raise FileExistsError(path)
    real = path.resolve()
    temporary, _ = write_temporary(real, [data])
    try:
        if force or not _linked(temporary, real):
            replace(temporary, real)
    finally:
        with suppress(OSError):
            temporary.unlink()
    sync_folder(real.parent)


def _linked(source: Path, target: Path) -> bool:
    """Whether `target` was made a name of `source`; raises FileExistsError when it is there."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:  # a disk that knows no links, or an answer that was lost on the way
        if target.exists():
            if target.samefile(source):
                return True
            raise FileExistsError(target) from None
        return False
    return True
