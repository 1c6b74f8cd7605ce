"""Checks what an import gives, entry by entry, and fills in what it lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import NAMESPACE_URL, uuid5

import msgspec

from coach.disk.errors import SpokenError
from coach.flows.schema import Field
from coach.store.entries import SCHEMA, Answers, Entry, iso_week, read_day, week_monday
from coach.util.data_files import ContentError
from coach.util.text import clean, texts

if TYPE_CHECKING:
    from coach.flows.content import Content

Short = Annotated[str, msgspec.Meta(max_length=200)]


class BadExport(SpokenError):
    """The file cannot be taken in; `key` and `values` name the sentence that says what, where."""


class Revision(msgspec.Struct, kw_only=True):
    """An entry as a file may give it: what it lacks gets a default, what is unknown is dropped."""

    schema: int = SCHEMA
    id: Short = ""
    flow: Short
    flow_version: int = 1
    status: Literal["draft", "done"] = "done"
    lang: Literal["fr", "en"] = "fr"
    internship: Short | None = None
    date: Short = ""
    week: Short = ""
    created_at: Short = ""
    updated_at: Short = ""
    revision: Short = ""
    deleted_at: Short | None = None
    tags: list[Short] = []
    answers: Answers = {}


class UnderWay(msgspec.Struct, kw_only=True):
    """Where a draft stands, as a file may give it."""

    base: Short | None = None
    step: Short = ""
    item: Short = ""
    declined: list[Short] = []
    tags: list[Short] = []


class Given(Revision, kw_only=True):
    """An entry as it stands in a file, with its earlier revisions and the draft of its next one."""

    history: list[Revision] = []
    draft: Answers | None = None
    under_way: UnderWay | None = None


GIVEN_KEYS = frozenset(Given.__struct_fields__)
"""What an entry of a file may hold, of which something is made."""


def refuse_unknown(one: Any, known: Collection[str], place: str) -> None:
    """Raises BadExport where `one`, an entry at `place`, has words under a key not in `known`:
    they would be lost. Numbers and marks under such a key are no words of anybody.
    """
    for key, value in one.items() if isinstance(one, dict) else ():
        if key not in known and any(any(map(str.isalpha, text)) for text in texts(value)):
            raise BadExport("unknown", place=f"{place}.{key}")


class Checker:
    """Checks the entry numbered `number` of a file, and fills in what it lacks.

    What is there and can be stays as it is: a revision that is known here must be known again.
    """

    def __init__(self, number: int, content: Content, today: date) -> None:
        self.place = f"entries[{number}]"
        self.content = content
        self.today = today

    def wrong(self, field: str, why: str) -> BadExport:
        """The error that `field` of this entry cannot be what it is."""
        return BadExport("wrong", place=f"{self.place}.{field}", why=why)

    def entry(self, given: Revision, of: Entry | None = None) -> Entry:
        """`given` as an entry; `of` is the one in whose history it stands."""
        if given.schema > SCHEMA:
            raise BadExport("newer", version=str(given.schema))
        day = self._day(given, of)
        made = self._stamp(given, "created_at") or f"{day}T00:00:00.000000Z"
        return Entry(
            id=of.id if of else clean(given.id) or _derived("entry", given),
            flow=clean(given.flow),
            flow_version=given.flow_version,
            status=given.status,
            lang=given.lang,
            internship=given.internship,
            date=day.isoformat(),
            week=given.week or iso_week(day),
            created_at=made,
            updated_at=self._stamp(given, "updated_at") or made,
            # A revision without a name gets one made from what it says, when it is merged.
            revision=given.revision,
            deleted_at=self._stamp(given, "deleted_at") or None,
            tags=given.tags,
            answers=self.answers(given.flow, given.flow_version, given.answers, "answers"),
            history=[],
        )

    def _day(self, given: Revision, of: Entry | None) -> date:
        monday = None
        if given.week:
            try:
                monday = read_day(week_monday(given.week).isoformat())
            except ValueError:
                raise self.wrong("week", given.week) from None
        if given.date:
            try:
                return read_day(given.date)
            except ValueError:
                raise self.wrong("date", given.date) from None
        if monday is not None:
            return monday
        for stamp in (given.created_at, given.updated_at):
            with suppress(ValueError):
                return read_day(datetime.fromisoformat(stamp).date().isoformat())
        return date.fromisoformat(of.date) if of is not None else self.today

    def _stamp(self, given: Revision, name: str) -> str:
        stamp: str = getattr(given, name) or ""
        try:
            if stamp:
                datetime.fromisoformat(stamp)
        except ValueError:
            raise self.wrong(name, stamp) from None
        return stamp

    def answers(self, flow: str, version: int, given: Answers, name: str) -> Answers:
        """`given`, each answer of a shape that its field can have; raises BadExport."""
        try:
            known = self.content.flow(flow)
        except (KeyError, ContentError):
            return given  # words of a session that is not here still read
        if version != known.version:
            return given  # and so do those of another version of it, which asked otherwise
        steps = known.steps
        fields = {field.id: field for step in steps if not step.each for field in step.fields}
        repeated = {step.id: {f.id: f for f in step.fields} for step in steps if step.each}
        checked: Answers = {}
        for key, value in given.items():
            where = f"{name}.{key}"
            if key in repeated:
                checked[key] = self._repeated(repeated[key], value, where)
            else:
                checked[key] = self._answer(fields.get(key), value, where)
        return checked

    def _repeated(self, fields: dict[str, Field], value: Any, name: str) -> Answers:
        if not isinstance(value, dict) or not all(isinstance(one, dict) for one in value.values()):
            raise self.wrong(name, "object of objects")
        return {
            item: {
                key: self._answer(fields.get(key), part, f"{name}.{item}.{key}")
                for key, part in told.items()
            }
            for item, told in value.items()
        }

    def _answer(self, field: Field | None, value: Any, name: str) -> Any:
        if field is None or value is None:
            return value
        if field.shape == "rows":
            return list(self._rows(value, name))
        if field.shape == "ids":
            if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
                raise self.wrong(name, "array of texts")
        elif field.shape == "marks":
            if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
                raise self.wrong(name, "object of texts")
        elif isinstance(value, list | dict):
            raise self.wrong(name, "one value")
        return value

    def _rows(self, value: Any, name: str) -> Iterator[dict[str, str]]:
        if not isinstance(value, list):
            raise self.wrong(name, "array of objects")
        for number, row in enumerate(value):
            if not isinstance(row, dict) or any(isinstance(c, list | dict) for c in row.values()):
                raise self.wrong(f"{name}[{number}]", "object of texts")
            cells = {key: str(cell) for key, cell in row.items() if cell is not None}
            # Rows are told apart by their id, the same on every machine.
            yield cells if "id" in cells else {"id": _derived("row", [number, cells])} | cells


def _derived(kind: str, value: Any) -> str:
    """An id made from what `value` says."""
    seed = msgspec.json.encode(value, order="deterministic").decode()
    return str(uuid5(NAMESPACE_URL, f"coach:{kind}:{seed}"))
