"""Takes in what `coach export --format json` wrote, here or on another machine.

Every field is checked before anything is kept, so a file is taken in whole or not at all. Entries
are merged by id and revision (see `Journal.merge`): taking in a file twice changes nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from coach.entries import SCHEMA, Draft, Entry
from coach.files import JournalError
from coach.transfer_check import BadExport, Checker, Given

if TYPE_CHECKING:
    from coach.content import Content
    from coach.journal import Journal

BIGGEST = 256 * 1024 * 1024
"""Bytes of a file that is taken in at most: a lifetime of entries is a tenth of it."""


@dataclass
class Report:
    """How many entries were new, gained a revision, were known; and drafts that stayed out, since
    the same entry has another draft here.
    """

    added: int = 0
    changed: int = 0
    same: int = 0
    left_out: int = 0


class _Head(msgspec.Struct):
    entries: msgspec.Raw
    schema: int = SCHEMA


def take_in(journal: Journal, path: Path, content: Content, today: date) -> Report:
    """Merges the export in `path` into the journal; raises BadExport, JournalError, OSError."""
    entries, drafts = read_export(path, content, today)
    report = Report()
    merged = journal.merge(entries)
    report.added, report.changed = len(merged.added), len(merged.changed)
    report.same = len(merged.same)
    for draft in drafts:
        _take_draft(journal, draft, report)
    return report


def _take_draft(journal: Journal, draft: Draft, report: Report) -> None:
    """Puts a draft among the drafts, unless its entry is kept or has a draft of its own here."""
    changes_kept = draft.base is not None
    kept = journal.get(draft.entry.id)
    if kept is not None and (kept.deleted_at or not changes_kept):
        # Finished or thrown away here meanwhile: the draft is an earlier state of it.
        report.same += not changes_kept
        return
    if changes_kept and kept is not None:
        draft.base = draft.base or kept.revision
    try:
        with journal.drafts.open(draft.entry.id) as file:
            there = file.read()
            if there is None:
                file.write(draft)
                report.added += not changes_kept
            elif there.entry.answers == draft.entry.answers:
                report.same += not changes_kept
            else:
                report.left_out += 1
    except JournalError as error:
        if error.key != "draft_open":
            raise
        report.left_out += 1


def read_export(path: Path, content: Content, today: date) -> tuple[list[Entry], list[Draft]]:
    """The kept entries and the drafts in an export; raises BadExport, OSError."""
    if path.stat().st_size > BIGGEST:
        raise BadExport("too_big", mb=str(BIGGEST // 1024 // 1024))
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    entries: list[Entry] = []
    drafts: list[Draft] = []
    try:
        for number, given in enumerate(_decoded(data)):
            entry, draft = _checked(given, Checker(number, content, today))
            if entry is not None:
                entries.append(entry)
            if draft is not None:
                drafts.append(draft)
    except RecursionError as error:
        raise BadExport("too_deep") from error
    return entries, drafts


def _checked(given: Given, checker: Checker) -> tuple[Entry | None, Draft | None]:
    """The kept entry and the draft in one element of a file."""
    entry = checker.entry(given)
    if entry.status == "draft" and entry.deleted_at is None:
        return None, Draft(entry=entry)
    names = [name for name in Entry.__struct_fields__ if name != "history"]
    for part in given.history:
        earlier = checker.entry(part, entry)
        entry.history.append({name: getattr(earlier, name) for name in names})
    if given.draft is None:
        return entry, None
    answers = checker.answers(entry.flow, given.draft, "draft")
    changed = msgspec.structs.replace(entry, answers=answers, history=[])
    return entry, Draft(entry=changed, base=entry.revision)


def _without_halves(data: bytes) -> bytes:
    """`data` with U+FFFD for half a character (a lone surrogate), which some programs write and a
    strict reader refuses; as it is where it holds none, or is no JSON.
    """
    if not re.search(rb"\\u[dD][89a-fA-F]", data):
        return data
    import json

    try:
        text = json.dumps(json.loads(data), ensure_ascii=False)
    except ValueError:
        return data
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def _decoded(data: bytes) -> list[Given]:
    data = _without_halves(data)
    try:
        data.decode("utf-8")
        head = msgspec.json.decode(data, type=_Head)
        if head.schema > SCHEMA:
            raise BadExport("newer", version=str(head.schema))
        return msgspec.json.decode(head.entries, type=list[Given])
    except msgspec.ValidationError as error:
        what, _, place = str(error).partition(" - at `")
        if not place:
            raise BadExport("not_export") from error
        place = place.rstrip("`").replace("$[", "entries[", 1).removeprefix("$.")
        raise BadExport("wrong", place=place, why=what) from error
    except UnicodeDecodeError as error:
        raise BadExport("not_text", at=str(error.start)) from error
    except msgspec.DecodeError as error:
        raise BadExport("not_json", why=str(error)) from error
