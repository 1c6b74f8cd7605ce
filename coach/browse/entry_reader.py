"""An entry as text: titles and labels in the chosen language, and the student's answers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from coach.flows.content import Content, flow_of
from coach.flows.panel import PanelLine
from coach.flows.schema import (
    Checklist,
    Choice,
    Choices,
    Date,
    Field,
    Number,
    Rows,
    Scale,
    Step,
)
from coach.flows.session import Page, Session
from coach.flows.student import StudentContext
from coach.store.entries import Answers, Entry
from coach.util.text import texts


@dataclass(frozen=True)
class Part:
    """One answer or result. `rows` are lists of (column label, text); then `text` is empty.

    `lines` are the lines of a panel, for output that can draw charts: `text` says the same in
    words, and `label` may be empty.
    """

    label: str
    text: str = ""
    rows: list[list[tuple[str, str]]] = field(default_factory=list)
    kind: Literal["text", "rows"] = "text"
    private: bool = False
    lines: tuple[PanelLine, ...] = ()


@dataclass(frozen=True)
class Section:
    """The parts of one step."""

    title: str
    parts: list[Part]


def shareable(sections: list[Section]) -> list[Section]:
    """`sections` without the answers to private questions."""
    kept = (
        Section(section.title, [part for part in section.parts if not part.private])
        for section in sections
    )
    return [section for section in kept if section.parts]


def read_entry(
    entry: Entry,
    content: Content,
    lang: str,
    named: list[dict[str, str]] | None = None,
    today: date | None = None,
) -> list[Section]:
    """The results of `entry` (panels, the last and most general first), then all answers by step.

    `named` are the items that answers refer to by id (see `coach.flows.choices.list_named`).
    `today` is the day of reading (default: the entry's own), by which old figures are marked.
    """
    flow = flow_of(entry, content)
    shown: set[str] = set()
    results: list[Section] = []
    sections: list[Section] = []
    if flow is not None:
        day = date.fromisoformat(entry.date)
        known = StudentContext(today=day, pool=named or [])
        session = Session(flow, content, known, lang, dict(entry.answers))
        for step in flow.steps:
            own = {one.id for one in step.fields}
            for page in _pages(session, step):
                parts = [part for one in step.fields if (part := read_field(session, one, page))]
                if page.item:
                    parts += _others(session.answers_on(page), own)
                if step.stays and (made := _result(session, page, today or day)):
                    results.append(Section(session.say(step.title, page), made))
                if parts:
                    sections.append(Section(session.say(step.title, page), parts))
            if not step.each:
                shown |= own
            elif _is_nested(entry.answers.get(step.id)):
                shown.add(step.id)
    if rest := _others(entry.answers, shown):
        sections.append(Section("", rest))
    return [*reversed(results), *sections] if sections else []


def _result(session: Session, page: Page, today: date) -> list[Part]:
    """The panel of `page`, one part for each of its headings."""
    groups: list[tuple[str, list[PanelLine]]] = []
    for line in session.panel(page, today):
        if line.kind == "heading" or not groups:
            groups.append((line.text if line.kind == "heading" else "", []))
        if line.kind != "heading":
            groups[-1][1].append(line)
    return [
        Part(
            label,
            "\n".join(f"- {one.plain}" if one.kind == "bullet" else one.plain for one in lines),
            private=page.step.private,
            lines=tuple(lines),
        )
        for label, lines in groups
    ]


def _others(answers: Answers, shown: set[str]) -> list[Part]:
    """The answers to fields that the flow no longer has, under their ids."""
    return [
        Part(key, found)
        for key, value in answers.items()
        if key not in shown and (found := _words(value))
    ]


def _words(value: Any) -> str:
    return str(value) if isinstance(value, int | float) else "\n".join(texts(value))


def _is_nested(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(one, dict) for one in value.values())


def _pages(session: Session, step: Step) -> Iterator[Page]:
    """The pages of `step`, also for items that are no longer chosen."""
    if not step.each:
        yield Page(step)
        return
    nested = session.answers.get(step.id)
    if isinstance(nested, dict) and _is_nested(nested):
        items = {item["id"]: item for item in session.items(step.each)}
        for item_id in nested:
            yield Page(step, items.get(item_id, {"id": item_id, "label": item_id}))


def read_field(session: Session, one: Field, page: Page) -> Part | None:
    """The answer to the field `one` on `page`; None where there is none."""
    value = session.answers_on(page).get(one.id)
    if value in (None, "", [], {}):
        return None
    label = session.say(one.label, page)
    private = one.private or page.step.private
    if isinstance(one, Rows):
        return _read_rows(session, one, value, label, private)
    if isinstance(one, Checklist) and isinstance(value, dict):
        names = {pick.id: pick.label for pick in session.picks(one, page)}
        marks = {option.id: option.label.get(session.lang) for option in one.answers}
        rows = [
            [("", names.get(str(key), str(key))), ("", marks.get(str(mark), str(mark)))]
            for key, mark in value.items()
        ]
        return Part(label, rows=rows, kind="rows", private=private)
    text = read_value(session, one, value, page)
    return Part(label, text, private=private) if text else None


def _read_rows(session: Session, one: Rows, value: Any, label: str, private: bool) -> Part | None:
    columns = {column.id: column.label.get(session.lang) for column in one.columns}
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        text = _words(value)
        return Part(label, text, private=private) if text else None
    rows = [
        [
            (str(columns.get(key, key)), str(text))
            for key in [*columns, *sorted(row.keys() - columns.keys())]
            if key not in ("id", "note") and (text := row.get(key))
        ]
        for row in value
    ]
    rows = [cells for cells in rows if cells]
    return Part(label, rows=rows, kind="rows", private=private) if rows else None


def read_value(session: Session, one: Field, value: Any, page: Page) -> str:
    """A single value or a list of choices as text."""
    if isinstance(one, Choice | Choices):
        names = {pick.id: pick.label for pick in session.picks(one, page)}
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(names.get(str(key), str(key)) for key in chosen)
    if isinstance(one, Scale):
        return f"{value}/{one.high}"
    if isinstance(one, Date):
        from coach.util.dates import say_day

        try:
            return say_day(date.fromisoformat(value), session.lang)
        except (TypeError, ValueError):
            return str(value)
    if isinstance(one, Number) and isinstance(value, int | float):
        return f"{value:g}" + (f" {one.unit.get(session.lang)}" if one.unit else "")
    return _words(value)
