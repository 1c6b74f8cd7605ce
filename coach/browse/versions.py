"""The earlier versions of an entry: what changed from one to the next, and bringing one back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from coach.browse.edits import amend_entry
from coach.browse.entry_reader import read_value
from coach.flows.content import flow_of
from coach.flows.schema import Field, Step
from coach.flows.session import Page, Session
from coach.flows.student import StudentContext
from coach.store.answers import nested_of, rows_of
from coach.store.entries import Answers, Entry, sound
from coach.util.clock import today
from coach.util.text import texts
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.flows.content import Content
    from coach.store.journal import Journal

StoredRow = dict[str, Any]
"""A row as it was stored: a file from elsewhere may hold other values than texts."""


@dataclass(frozen=True)
class Change:
    """One change: the label, the text before and the text after ('' for none)."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Version:
    """One revision of an entry, and its changes to the one before."""

    entry: Entry
    changes: list[Change]
    first: bool
    in_force: bool


def versions(
    entry: Entry, content: Content, lang: str, named: list[dict[str, str]] | None = None
) -> list[Version]:
    """Every revision of `entry` (as `Journal.get` gives it), newest first."""
    revisions = [*_earlier(entry), entry]
    reader = _Reader(entry, content, lang, named or [])
    found = [
        Version(
            revision,
            reader.changes(revisions[place - 1], revision) if place else [],
            first=place == 0,
            in_force=revision is entry,
        )
        for place, revision in enumerate(revisions)
    ]
    return found[::-1]


def _earlier(entry: Entry) -> Iterator[Entry]:
    for revision in entry.history:
        try:
            yield sound(msgspec.convert({**revision, "history": []}, Entry))
        except msgspec.ValidationError:
            # Made by hand or by something else: what it says stays in the file.
            continue


def bring_back(journal: Journal, version: Entry) -> Entry:
    """Saves the answers and tags of an earlier `version` as a new revision.

    Raises JournalError.
    """
    return amend_entry(journal, version.id, answers=version.answers, tags=version.tags)


class _Reader:
    """The labels and texts of the answers of one entry."""

    def __init__(
        self, entry: Entry, content: Content, lang: str, named: list[dict[str, str]]
    ) -> None:
        self.say = Wording("browse", lang)
        self.flow = flow_of(entry, content)
        self.session: Session | None = None
        if self.flow is not None:
            known = StudentContext(today=today(), pool=named)
            self.session = Session(self.flow, content, known, lang, dict(entry.answers))

    def changes(self, before: Entry, after: Entry) -> list[Change]:
        """The changes from `before` to `after`, in the order of the flow's fields."""
        found = list(self._answers(before.answers, after.answers))
        if before.tags != after.tags:
            found.append(Change(self.say("tags"), ", ".join(before.tags), ", ".join(after.tags)))
        if before.date != after.date:
            found.append(Change(self.say("date"), before.date, after.date))
        if bool(before.deleted_at) != bool(after.deleted_at):
            told = self.say("change.trashed" if after.deleted_at else "change.restored")
            found.append(Change(told, "", ""))
        return found

    def _answers(self, before: Answers, after: Answers) -> Iterator[Change]:
        left = {*before, *after}
        for step in self.flow.steps if self.flow else []:
            if step.each:
                left.discard(step.id)
                yield from self._repeated(step, before, after)
                continue
            for one in step.fields:
                left.discard(one.id)
                yield from self._field(one, before, after, Page(step))
        for name in sorted(left):
            yield from _plain(name, before.get(name), after.get(name))

    def _repeated(self, step: Step, before: Answers, after: Answers) -> Iterator[Change]:
        for item_id in nested_of(before, step.id) | nested_of(after, step.id):
            page = Page(step, self._item(step.each, item_id))
            was, now = (nested_of(answers, step.id, item_id) for answers in (before, after))
            for one in step.fields:
                yield from self._field(one, was, now, page)

    def _item(self, field_id: str, item_id: str) -> dict[str, str]:
        """The item that a step was repeated for, also where it is no longer chosen."""
        assert self.session is not None
        session = self.session
        sources = {
            field.source
            for step in session.flow.steps
            for field in step.fields
            if field.id == field_id and field.source
        }
        known = session.items(field_id)
        for source in sources:
            known += session.content.items(source, session.lang)
        return next((i for i in known if i["id"] == item_id), {"id": item_id, "label": item_id})

    def _field(self, one: Field, old: Answers, new: Answers, page: Page) -> Iterator[Change]:
        before, after = old.get(one.id), new.get(one.id)
        if before == after:
            return
        assert self.session is not None
        label = self.session.say(one.label, page)
        if page.item:
            label = f"{page.item['label']} › {label}"
        if one.shape == "rows":
            columns = {column.id: column.label.get(self.session.lang) for column in one.columns}
            yield from _rows(label, columns, rows_of(old, one.id), rows_of(new, one.id))
        elif one.shape == "marks":
            was, now = (nested_of(answers, one.id) for answers in (old, new))
            yield from self._points(one, label, was, now, page)
        else:
            words = [self._words(one, value, page) for value in (before, after)]
            yield Change(label, *words)

    def _words(self, one: Field, value: Any, page: Page) -> str:
        if value in (None, "", [], {}):
            return ""
        assert self.session is not None
        try:
            return read_value(self.session, one, value, page)
        except (TypeError, ValueError):
            # A value that no session would have kept: it came from elsewhere.
            return "\n".join(texts(value)) or str(value)

    def _points(
        self,
        one: Field,
        label: str,
        before: dict[str, Any],
        after: dict[str, Any],
        page: Page,
    ) -> Iterator[Change]:
        assert self.session is not None
        names = {pick.id: pick.label for pick in self.session.picks(one, page)}
        marks = {option.id: option.label.get(self.session.lang) for option in one.answers}
        for point in dict.fromkeys([*before, *after]):
            was, now = before.get(point), after.get(point)
            if was != now:
                told = [str(marks.get(str(mark), mark)) if mark else "" for mark in (was, now)]
                yield Change(f"{label} › {names.get(point, point)}", *told)


def _rows(
    label: str, columns: dict[str, str], before: list[StoredRow], after: list[StoredRow]
) -> Iterator[Change]:
    old, new = _by_id(before), _by_id(after)
    first = next(iter(columns))
    for key in dict.fromkeys([*old, *new]):
        was, now = old.get(key), new.get(key)
        if was is None or now is None:
            yield Change(label, _told(was, columns), _told(now, columns))
            continue
        name = str(now.get(first) or was.get(first) or "")
        for column in _shown(columns, was, now):
            if was.get(column) != now.get(column):
                # The first cell names the row: its own change needs no name beside it.
                place = [label, *([name] if column != first else []), columns.get(column, column)]
                yield Change(
                    " › ".join(part for part in place if part),
                    str(was.get(column) or ""),
                    str(now.get(column) or ""),
                )
    order = [[key for key in rows if key in old and key in new] for rows in (old, new)]
    if order[0] != order[1]:
        yield Change(
            label,
            *(
                "\n".join(f"{n}. {rows[key].get(first) or ''}" for n, key in enumerate(keys, 1))
                for rows, keys in zip((old, new), order, strict=True)
            ),
        )


def _shown(columns: dict[str, str], *rows: StoredRow) -> list[str]:
    """The columns, then other keys of the rows, without `id`."""
    others = {key for row in rows for key in row} - columns.keys() - {"id", "note"}
    return [*columns, *sorted(others)]


def _told(row: StoredRow | None, columns: dict[str, str]) -> str:
    if row is None:
        return ""
    return " · ".join(str(row[column]) for column in _shown(columns, row) if row.get(column))


def _by_id(rows: Iterable[StoredRow]) -> dict[str, StoredRow]:
    return {str(row.get("id") or f"#{place}"): row for place, row in enumerate(rows)}


def _plain(name: str, before: Any, after: Any) -> Iterator[Change]:
    if before != after:
        was, now = ("\n".join(texts(v)) or ("" if v is None else str(v)) for v in (before, after))
        yield Change(name, was, now)
