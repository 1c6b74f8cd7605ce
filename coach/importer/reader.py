"""Reads what is brought from elsewhere: an export, a journal, a data folder, a draft, jrnl's JSON.

Nothing is written, neither here nor there.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from coach.disk.atomic_files import absent
from coach.disk.encryption import BrokenSeal
from coach.disk.keyring import Keyring
from coach.importer.checker import GIVEN_KEYS, BadExport, Checker, Given, refuse_unknown
from coach.importer.jrnl import JRNL_KEYS, JrnlEntry, is_jrnl, note_of
from coach.store.entries import SCHEMA, Draft, Entry
from coach.store.file_format import Damaged, StoredEntry, parse, salvage
from coach.store.machine_log import is_checked
from coach.store.recovery_files import RecoveryFiles
from coach.store.sync_copies import copies, is_beside
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.flows.content import Content

BIGGEST = 256 * 1024 * 1024
"""Bytes of a file that is taken in at most: a lifetime of entries is a tenth of it."""


_MARKS = 60
"""Bytes of a line that is no loss where it cannot be read."""


@dataclass
class Brought:
    """What a file or a folder held; `foreign` where another program made it, `damaged` where only
    a part of it could be read.
    """

    entries: list[Entry] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    flows: list[Path] = field(default_factory=list)
    foreign: bool = False
    damaged: bool = False

    def add(self, other: Brought) -> None:
        """Take `other` in."""
        self.entries += other.entries
        self.drafts += other.drafts
        self.damaged = self.damaged or other.damaged


class _Head(msgspec.Struct):
    """What tells the files apart: `entries` is a list in an export, a table in a journal."""

    schema: int = 0
    entries: msgspec.Raw = msgspec.Raw(b"")
    entry: msgspec.Raw = msgspec.Raw(b"")
    default: msgspec.Raw = msgspec.field(name="_default", default=msgspec.Raw(b""))


def read_source(
    path: Path, content: Content, today: date, lang: str, keyring: Keyring | None = None
) -> Brought:
    """What the file or the data folder `path` holds; raises BadExport, OSError, JournalError.

    `keyring` has (or asks for) the keys of what is sealed there.
    """
    keyring = keyring or Keyring(path.parent)
    if path.is_dir():
        return _read_folder(path, content, today, lang, keyring)
    return _read_file(path, content, today, lang, keyring)


def _read_folder(
    folder: Path, content: Content, today: date, lang: str, keyring: Keyring
) -> Brought:
    journal = folder / "journal.json"
    drafts = sorted(folder.glob("drafts/*.json"))
    found = [path for path in copies(folder, keyring) if not is_beside(path)]
    beside = RecoveryFiles(journal.resolve(), keyring)
    kept = [path for path in (journal, *beside.files()) if not absent(path)]
    if not (kept or drafts or found):
        raise BadExport("no_journal")
    brought = Brought(flows=sorted(folder.glob("flows/*.toml")))
    for path in dict.fromkeys([*kept, *drafts, *found]):
        try:
            brought.add(_read_file(path, content, today, lang, keyring))
        except BadExport as error:
            if error.key == "newer":
                raise
            brought.damaged = True
    return brought


def _read_file(path: Path, content: Content, today: date, lang: str, keyring: Keyring) -> Brought:
    if path.stat().st_size > BIGGEST:
        raise BadExport("too_big", mb=str(BIGGEST // 1024 // 1024))
    try:
        data = keyring.unseal_brought(path.read_bytes(), path)
    except BrokenSeal as error:
        raise BadExport("broken_seal") from error
    return read_bytes(data, content, today, lang)


def read_bytes(data: bytes, content: Content, today: date, lang: str) -> Brought:
    """What the bytes of one file hold; raises BadExport."""
    data = _without_halves(_as_utf8(data))
    try:
        data.decode("utf-8")
        head = msgspec.json.decode(data, type=_Head)
        if head.schema > SCHEMA:
            raise BadExport("newer", version=str(head.schema))
        if head.entry:
            return Brought(drafts=[msgspec.json.decode(data, type=Draft)])
        if head.default or bytes(head.entries).startswith(b"{"):
            if head.schema == 0:
                _refuse_foreign(head)
            return Brought(entries=list(_entries(parse(data).documents.values())))
        if head.entries:
            return _read_list(head.entries, content, today, lang)
        reason = BadExport("not_export")
    except msgspec.ValidationError as error:
        reason = _wrong(error)
    except UnicodeDecodeError as error:
        reason = BadExport("not_text", at=str(error.start))
    except msgspec.DecodeError as error:
        reason = BadExport("not_json", why=str(error))
    except RecursionError:
        reason = BadExport("too_deep")
    except Damaged as error:
        reason = BadExport("not_json", why=str(error))
    rest = _salvaged(data)
    if not (rest.entries or rest.drafts):
        raise reason
    return rest


def _as_utf8(data: bytes) -> bytes:
    """`data` as UTF-8 without a byte order mark, from UTF-16 where its mark says so (what
    PowerShell writes with `>`); as it is where it is neither.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        with suppress(UnicodeDecodeError):
            return data.decode("utf-16").encode()
    return data.removeprefix(codecs.BOM_UTF8)


def _refuse_foreign(head: _Head) -> None:
    """Raises BadExport where a table without a schema number is not one of the coach's trials:
    any program may have made it, and what its rows say would be lost.
    """
    name, table = ("entries", head.entries) if head.entries else ("_default", head.default)
    for number, row in msgspec.json.decode(table, type=dict[str, Any]).items():
        place = f"{name}.{number}"
        if not isinstance(row, dict) or not {"flow", "answers"} <= row.keys():
            raise BadExport("foreign", place=place)
        refuse_unknown(row, Entry.__struct_fields__, place)


def _salvaged(data: bytes) -> Brought:
    """Entries and drafts that are whole, line by line: of a damaged file, or of one that is no
    single JSON value (the recent revisions, both sides of a conflict in git).
    """
    brought = Brought()
    for line in data.split(b"\n"):
        if is_checked(line):
            continue
        found = list(salvage(line))
        brought.entries += _entries(found)
        try:
            brought.drafts.append(msgspec.json.decode(line, type=Draft))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            # The marks of git and the brackets of a journal are shorter than any entry.
            brought.damaged = brought.damaged or (not found and len(line) > _MARKS)
    return brought


def _entries(documents: Iterable[StoredEntry]) -> Iterator[Entry]:
    for document in documents:
        try:
            yield document.entry()
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue  # it makes no sense in its own file either, and stays there


# An export


def _read_list(raw: msgspec.Raw, content: Content, today: date, lang: str) -> Brought:
    told = msgspec.json.decode(raw, type=list[Any])
    jrnl = is_jrnl(told)
    for number, one in enumerate(told):
        refuse_unknown(one, JRNL_KEYS if jrnl else GIVEN_KEYS, f"entries[{number}]")
    if jrnl:
        return _read_jrnl(raw, lang)
    brought = Brought()
    for number, given in enumerate(msgspec.json.decode(raw, type=list[Given])):
        entry, draft = _checked(given, Checker(number, content, today))
        if entry is not None:
            brought.entries.append(entry)
        if draft is not None:
            brought.drafts.append(draft)
    return brought


def _read_jrnl(raw: msgspec.Raw, lang: str) -> Brought:
    brought = Brought(foreign=True)
    starred = Wording("cli", lang)("import.starred")
    for number, given in enumerate(msgspec.json.decode(raw, type=list[JrnlEntry])):
        try:
            brought.entries.append(note_of(given, lang, starred))
        except ValueError:
            raise BadExport("wrong", place=f"entries[{number}].date", why=given.date) from None
    return brought


def _checked(given: Given, checker: Checker) -> tuple[Entry | None, Draft | None]:
    """The kept entry and the draft in one element of a file."""
    entry = checker.entry(given)
    if entry.status == "draft" and entry.deleted_at is None and given.draft is None:
        return None, _draft(given, entry, None)
    names = [name for name in Entry.__struct_fields__ if name != "history"]
    for part in given.history:
        earlier = checker.entry(part, entry)
        entry.history.append({name: getattr(earlier, name) for name in names})
    if given.draft is None:
        return entry, None
    answers = checker.answers(entry.flow, entry.flow_version, given.draft, "draft")
    changed = msgspec.structs.replace(entry, answers=answers, history=[], deleted_at=None)
    return entry, _draft(given, changed, entry.revision if entry.status == "done" else None)


def _draft(given: Given, entry: Entry, base: str | None) -> Draft:
    """The draft that holds `entry`, standing where the file says."""
    where = given.under_way
    if where is None:
        return Draft(entry=entry, base=base)
    entry = msgspec.structs.replace(entry, tags=where.tags)
    return Draft(
        entry=entry,
        base=where.base,
        step=where.step,
        item=where.item,
        declined=where.declined,
    )


def _wrong(error: msgspec.ValidationError) -> BadExport:
    what, _, place = str(error).partition(" - at `")
    place = place.rstrip("`").replace("$[", "entries[", 1).removeprefix("$.")
    return BadExport("wrong", place=place, why=what) if "[" in place else BadExport("not_export")


def _without_halves(data: bytes) -> bytes:
    """`data` with U+FFFD for half a character (a lone surrogate), which some programs write and a
    strict reader refuses; as it is where it holds none, or is no JSON.
    """
    if not re.search(rb"\\u[dD][89a-fA-F]", data):
        return data
    import json

    try:
        text = json.dumps(json.loads(data), ensure_ascii=False)
    except (ValueError, RecursionError):
        return data
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()
