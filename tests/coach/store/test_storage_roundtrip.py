"""A journal, exported and taken in elsewhere, is the same journal: entries, versions, drafts."""

import json
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scale import scaled

from coach.demo import build
from coach.export.export import render
from coach.features.registry import load_content
from coach.flows.schema import Checklist, Choices, Field, Number, Rows, Scale, Step
from coach.importer.importer import take_in
from coach.store.entries import Draft, new_entry
from coach.store.journal import Journal

TODAY = date(2026, 11, 20)
START = datetime(2026, 11, 20, 17, 42, tzinfo=UTC)
CONTENT = load_content()
FLOWS = sorted(CONTENT.paths)
TEXT = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ["", "Tri : 3 h → 1 h", '"{n}" [b]', "ligne\nautre", "\x1b[2J", "e\u0301té", "😀", "\\ud800"]
)


def cells(field: Rows) -> st.SearchStrategy[list[dict[str, str]]]:
    names = st.sampled_from([column.id for column in field.columns])
    row = st.dictionaries(names, TEXT, max_size=3)
    ids = st.uuids().map(str)
    return st.lists(st.builds(lambda r, i: {"id": i} | r, row, ids), max_size=2)


def answer(field: Field) -> st.SearchStrategy[Any]:
    """An answer of the kind that `field` keeps."""
    ids = st.sampled_from([option.id for option in getattr(field, "options", [])] or ["autre"])
    if isinstance(field, Rows):
        return cells(field)
    if isinstance(field, Choices):
        return st.lists(ids, max_size=2, unique=True)
    if isinstance(field, Checklist):
        marks = st.sampled_from([option.id for option in field.answers])
        return st.dictionaries(ids, marks, max_size=2)
    if isinstance(field, Scale):
        return st.integers(field.low, field.high)
    if isinstance(field, Number):
        return st.integers(0, 9) | st.floats(0, 9, allow_nan=False)
    return TEXT


def step_answers(step: Step) -> st.SearchStrategy[dict[str, Any]]:
    fields = {field.id: answer(field) for field in step.fields}
    told = st.fixed_dictionaries({}, optional=fields)
    if not step.each:
        return told
    return st.dictionaries(st.sampled_from(["a", "b"]), told, max_size=2).map(
        lambda items: {step.id: items}
    )


@st.composite
def answers(draw: st.DrawFn, flow: str) -> dict[str, Any]:
    """Some answers of a session, each of the shape that its field keeps."""
    steps = CONTENT.flow(flow).steps
    found: dict[str, Any] = {}
    for step in draw(st.lists(st.sampled_from(steps), max_size=3)):
        found |= draw(step_answers(step))
    return found


class Student:
    """Does what a student can do to a journal, and one thing after another."""

    def __init__(self, folder: Path, draw: st.DrawFn) -> None:
        self.turn = 0
        self.draw = draw
        self.journal = Journal(folder, clock=lambda: START + timedelta(seconds=self.turn))

    def act(self) -> None:
        self.turn += 1
        journal, draw = self.journal, self.draw
        kept = sorted(
            [*journal.entries(), *journal.entries(trash=True)], key=lambda one: one.updated_at
        )
        deed = draw(
            st.sampled_from(["keep", "draft", "draft", "change", "discard", "trash", "back"])
        )
        if deed in ("keep", "draft") or not kept:
            flow = draw(st.sampled_from(FLOWS))
            entry = new_entry(
                flow,
                lang=draw(st.sampled_from(["fr", "en"])),
                day=draw(st.dates(date(2020, 1, 1), date(2030, 1, 1))),
                moment=journal.clock(),
                flow_version=CONTENT.flow(flow).version,
                answers=draw(answers(flow)),
            )
            entry.tags = draw(st.lists(TEXT, max_size=2))
            if deed == "keep":
                entry.status = "done"
                journal.save(entry)
                return
            draft = Draft(entry=entry, step="s", item=draw(TEXT), declined=["x"])
            with journal.drafts.open(entry.id) as file:
                file.write(draft)
            return
        entry = draw(st.sampled_from(kept))
        drafts = [one.entry.id for one in journal.drafts.list()]
        if deed == "discard" and drafts:
            with journal.drafts.open(draw(st.sampled_from(drafts))) as file:
                journal.discard(file)
        elif deed == "trash":
            journal.trash(entry.id)
        elif deed == "back" and entry.id not in drafts:
            journal.restore(entry.id)
        elif entry.status == "done" and not entry.deleted_at:
            entry.answers = draw(answers(entry.flow))
            if deed == "change":
                with journal.drafts.open(entry.id) as file:
                    file.write(Draft(entry=entry, base=entry.revision))
            else:
                journal.save(entry)


def state(folder: Path) -> tuple[Any, Any]:
    """All entries of the file, by id; and all drafts, but for when they were last written, and for
    what they remember of the kept version: `base` says which one they change.
    """
    journal = Journal(folder)
    journal.entries()
    path = folder / "journal.json"
    table = json.loads(path.read_bytes())["entries"] if path.exists() else {}
    drafts = {}
    for draft in journal.drafts.list():
        draft.saved_at = draft.entry.updated_at = draft.entry.revision = ""
        drafts[draft.entry.id] = draft
    return {row["id"]: row for row in table.values()}, drafts


def there_and_back(folder: Path) -> None:
    """`folder`, exported and taken in by an empty journal, gives the same state and export."""
    other = folder.with_name(f"{folder.name}-other")
    copy = folder.with_name("copy.json")
    data, n = render(Journal(folder), "json", lambda: CONTENT, "fr", TODAY)
    copy.write_bytes(data)
    report = take_in(Journal(other), copy, CONTENT, TODAY, "en")
    entries, drafts = state(folder)
    assert state(other) == (entries, drafts)
    assert report.added == n == len({*entries, *drafts})
    assert render(Journal(other), "json", lambda: CONTENT, "en", TODAY)[0] == data
    again = take_in(Journal(other), copy, CONTENT, TODAY, "fr")
    assert (again.added, again.changed, again.beside) == (0, 0, 0)
    # The folder itself, and the file alone, bring the same.
    third = folder.with_name(f"{folder.name}-third")
    take_in(Journal(third), folder, CONTENT, TODAY, "fr")
    assert state(third) == (entries, drafts)


@given(st.data())
@settings(max_examples=scaled(12, 300), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_journal_comes_back_as_it_was(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "coach"
        student = Student(folder, data.draw)
        for _ in range(data.draw(st.integers(1, 8))):
            student.act()
        there_and_back(folder)


def test_the_demo_comes_back_as_it_was(tmp_path: Path) -> None:
    for lang in ("fr", "en"):
        build(tmp_path / lang, lang, TODAY)
        there_and_back(tmp_path / lang)
