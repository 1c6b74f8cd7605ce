"""Thousands of things a student may do, in any order, on a large journal, against a simple model.

The model knows texts alone: versions of each entry, what is in the trash, tags, drafts. After each
action what the app would show (home, the list of browsing, its search), what a fresh process reads
from the file, and the model are the same.
"""

import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from cli_tools import Cli
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from making import TODAY
from scale import TORTURE, figure, scaled
from storage_support import made

from coach.amending import tag_draft, tag_entry, trash_draft
from coach.browsing import Shelf, Status, draft_key
from coach.content import Content
from coach.entries import Entry, now
from coach.history import bring_back, versions
from coach.journal import Journal
from coach.place import Place
from coach.requests import Request
from coach.shelving import stock
from coach.sitting import Sitting
from screens.app import CoachApp
from screens.overview import overview

ENTRIES = scaled(300, 10_000)
WORDS = [f"mot{number}" for number in range(40)]
CONTENT = Content()
FIELD = {"note": "text", "interview": "company"}
done: dict[str, int] = {}
whole_looks = 0

BASE = Path(tempfile.mkdtemp(prefix="coach-soak-"))


def base() -> dict[str, list[str]]:
    """Makes the journal that each run begins with, once; id → its text."""
    journal = Journal(BASE / "coach")
    if not (BASE / "coach" / "journal.json").exists():
        filler = "Rangé la réserve, compté les bacs, noté ce qui manque. " * 4
        journal.merge(made(f"{WORDS[n % 40]} {filler}{n}", id=f"base-{n}") for n in range(ENTRIES))
    return {entry.id: [entry.answers["text"]] for entry in journal.entries()}


class Soak(RuleBasedStateMachine):
    """A student, a second window, another machine and a clock that jumps."""

    def __init__(self) -> None:
        super().__init__()
        self.kept = base()
        self.flows = dict.fromkeys(self.kept, "note")
        self.trashed: set[str] = set()
        self.tags: dict[str, list[str]] = {}
        self.drafts: dict[str, str] = {}
        self.turn = 0
        self.shift = timedelta()
        self.place = Path(tempfile.mkdtemp(prefix="coach-soak-"))
        self.folder = self.place / "coach"
        shutil.copytree(BASE / "coach", self.folder)
        self.shelf: Shelf | None = None
        self.open()

    def open(self) -> None:
        self.journal = Journal(self.folder, clock=lambda: now() + self.shift)
        self.app = CoachApp(Place(self.folder), lang="fr", today=TODAY)
        self.app._journal = self.journal

    def teardown(self) -> None:
        self.look_at_everything()
        shutil.rmtree(self.place)

    # What there is to choose from

    def pick(self, number: int, among: list[str]) -> str:
        """One of `among`: those made or changed in this run come up as often as all others."""
        fresh = [one for one in among if not one.startswith("base-") or len(self.kept[one]) > 1]
        chosen = fresh if fresh and number % 2 else among
        return sorted(chosen)[number % len(chosen)]

    def in_force(self) -> list[str]:
        return [one for one in self.kept if one not in self.trashed]

    def text(self, word: str) -> str:
        self.turn += 1
        return f"{word} action {self.turn} n°{len(self.kept)}"

    def sitting(self, flow: str, **more: Any) -> Sitting:
        request = Request(flow, **more)
        return Sitting(self.journal, CONTENT, request, lang="fr", today=TODAY, internship=None)

    def put(self, sitting: Sitting, text: str) -> None:
        name = FIELD[sitting.flow.id]
        field = next(f for s in sitting.flow.steps for f in s.fields if f.id == name)
        sitting.session.put(field, text)

    # What a student does

    words = st.sampled_from(WORDS)
    numbers = st.integers(0, 10**6)

    @rule(word=words)
    def note_by_command(self, word: str) -> None:
        text = self.text(word)
        before = {entry.id for entry in self.journal.entries()}
        assert Cli(self.folder)("note", text).code == 0
        (id_,) = {entry.id for entry in self.journal.entries()} - before
        self.kept[id_], self.flows[id_] = [text], "note"
        self.after("note by command", id_)

    @rule(word=words)
    def note_in_the_app(self, word: str) -> None:
        text = self.text(word)
        sitting = self.sitting("note", new=True)
        self.put(sitting, text)
        entry = sitting.finish()
        self.kept[entry.id], self.flows[entry.id] = [text], "note"
        self.after("note", entry.id)

    @rule(word=words, number=numbers)
    def edit(self, word: str, number: int) -> None:
        id_ = self.pick(number, [one for one in self.in_force() if one not in self.drafts])
        text = self.text(word)
        sitting = self.sitting(self.flows[id_], entry_id=id_)
        self.put(sitting, text)
        sitting.finish()
        self.kept[id_].append(text)
        self.after("edit", id_)

    @rule(word=words, number=numbers)
    def begin_a_change(self, word: str, number: int) -> None:
        id_ = self.pick(number, [one for one in self.in_force() if one not in self.drafts])
        text = self.text(word)
        sitting = self.sitting(self.flows[id_], entry_id=id_)
        self.put(sitting, text)
        assert sitting.leave()
        self.drafts[id_] = text
        self.after("begin a change", id_)

    @rule(word=words)
    def begin_a_session(self, word: str) -> None:
        text = self.text(word)
        sitting = self.sitting("interview", new=True)
        self.put(sitting, text)
        assert sitting.leave()
        self.drafts[sitting.entry.id] = text
        self.flows[sitting.entry.id] = "interview"
        self.after("begin a session", sitting.entry.id)

    @precondition(lambda self: self.drafts)
    @rule(word=words, number=numbers)
    def go_on(self, word: str, number: int) -> None:
        id_ = sorted(self.drafts)[number % len(self.drafts)]
        text = self.text(word)
        sitting = self.sitting(self.flows[id_], entry_id=id_)
        assert sitting.session.answers[FIELD[self.flows[id_]]] == self.drafts[id_]
        self.put(sitting, text)
        assert sitting.leave()
        self.drafts[id_] = text
        self.after("go on", id_)

    @precondition(lambda self: self.drafts)
    @rule(number=numbers)
    def finish(self, number: int) -> None:
        id_ = sorted(self.drafts)[number % len(self.drafts)]
        self.sitting(self.flows[id_], entry_id=id_).finish()
        self.kept.setdefault(id_, []).append(self.drafts.pop(id_))
        self.trashed.discard(id_)
        self.after("finish", id_)

    @precondition(lambda self: self.drafts)
    @rule(number=numbers)
    def discard(self, number: int) -> None:
        id_ = sorted(self.drafts)[number % len(self.drafts)]
        moved = trash_draft(self.journal, id_)
        assert moved is not None
        self.kept.setdefault(moved, []).append(self.drafts.pop(id_))
        self.flows[moved] = self.flows[id_]
        self.trashed.add(moved)
        self.after("discard", moved)

    @rule(number=numbers)
    def trash(self, number: int) -> None:
        id_ = self.pick(number, [one for one in self.in_force() if one not in self.drafts])
        self.journal.trash(id_)
        self.trashed.add(id_)
        self.after("trash", id_)

    @precondition(lambda self: self.trashed)
    @rule(number=numbers)
    def restore(self, number: int) -> None:
        id_ = sorted(self.trashed)[number % len(self.trashed)]
        former = self.journal.get(id_)
        assert former is not None
        self.journal.restore(id_)
        self.trashed.discard(id_)
        if former.status == "draft":
            self.drafts[id_] = self.kept[id_][-1]
            del self.kept[id_]
        self.after("restore", id_)

    @rule(number=numbers, tags=st.lists(words, max_size=2, unique=True))
    def tag(self, number: int, tags: list[str]) -> None:
        id_ = self.pick(number, self.in_force())
        tag_entry(self.journal, id_, tags)
        self.tags[id_] = tags
        self.after("tag", id_)

    @precondition(lambda self: self.drafts)
    @rule(number=numbers, tags=st.lists(words, max_size=2, unique=True))
    def tag_a_draft(self, number: int, tags: list[str]) -> None:
        id_ = sorted(self.drafts)[number % len(self.drafts)]
        if id_ not in self.kept:
            tag_draft(self.journal, id_, tags)
            self.tags[id_] = tags
        self.after("tag a draft", id_)

    @rule(number=numbers)
    def go_back_to_an_earlier_version(self, number: int) -> None:
        id_ = self.pick(number | 1, [one for one in self.in_force() if one not in self.drafts])
        entry = self.journal.get(id_)
        assert entry is not None
        found = versions(entry, CONTENT, "fr")
        assert len(found) == 1 + len(entry.history)
        chosen = found[number % len(found)].entry
        bring_back(self.journal, chosen)
        self.kept[id_].append(str(chosen.answers[FIELD[self.flows[id_]]]))
        self.tags[id_] = chosen.tags
        self.after("earlier version", id_)

    @rule(word=words, tagged=st.booleans())
    def search(self, word: str, tagged: bool) -> None:
        self.shelf = shelf = stock(self.journal, CONTENT, "fr", self.shelf)
        said = {one: self.kept[one][-1] for one in self.kept}
        said |= {draft_key(one): text for one, text in self.drafts.items()}
        expected = {
            key
            for key, text in said.items()
            if word in text
            or any(word in tag for tag in self.tags.get(shelf.items[key].entry.id, []))
        }
        assert set(shelf.index.find([word])) == expected
        self.after("search")

    # What happens around

    @rule(word=words, number=numbers, minutes=st.integers(-5000, 5000))
    def change_on_two_machines(self, word: str, number: int, minutes: int) -> None:
        """The same entry here and elsewhere; the other machine's folder is then taken in."""
        id_ = self.pick(number, [one for one in self.in_force() if one not in self.drafts])
        shared = self.journal.get(id_)
        assert shared is not None
        other = self.place / f"other-{self.turn}"
        there = Journal(other, clock=lambda: now() + timedelta(minutes=minutes))
        there.merge([shared])
        name = FIELD[self.flows[id_]]
        sides: list[Entry] = []
        for journal, where in ((self.journal, "ici"), (there, "là-bas")):
            shared.answers = {name: f"{self.text(word)} {where}"}
            sides.append(journal.save(shared))
        said = Cli(self.folder)("import", str(other))
        assert "1 entrée avait changé des deux côtés" in said.out, said
        shutil.rmtree(other)
        sides.sort(key=lambda one: (one.updated_at, one.revision))
        self.kept[id_] += [str(one.answers[name]) for one in sides]
        self.after("two machines", id_)

    @rule()
    def a_copy_is_left_and_merged(self) -> None:
        shutil.copy(self.folder / "journal.json", self.folder / "journal (conflicted copy).json")
        assert Cli(self.folder)("import").code == 0
        shutil.rmtree(self.folder / "merged")
        self.after("a copy")

    @rule(minutes=st.integers(-100_000, 100_000))
    def the_clock_jumps(self, minutes: int) -> None:
        self.shift = timedelta(minutes=minutes)
        self.after("clock")

    @rule()
    def leave_and_come_back(self) -> None:
        self.open()
        self.shelf = None
        self.after("reopen")

    @rule(cut=st.floats(0, 1))
    def the_file_is_damaged(self, cut: float) -> None:
        path = self.folder / "journal.json"
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * cut * 0.98)])
        self.journal.entries()
        assert any(one.key == "recovered" for one in self.journal.notices)
        self.journal.notices.clear()
        for aside in self.folder.glob("journal.damaged-*"):
            aside.unlink()
        self.after("damage")

    # What must hold

    def after(self, what: str, id_: str = "") -> None:
        done[what] = done.get(what, 0) + 1
        entries = self.journal.entries()
        assert len(entries) == len(self.in_force()), what
        assert {one.entry.id for one in self.journal.drafts.list()} == set(self.drafts), what
        if id_:
            self.look_at(id_)
        if sum(done.values()) % 25 == 0:
            self.look_at_everything()

    def look_at(self, id_: str) -> None:
        """The entry as another process reads it: all its texts, and its draft."""
        other = self.journal if TORTURE and self.turn % 5 else Journal(self.folder)
        if id_ in self.kept:
            entry = other.get(id_)
            assert entry is not None and (entry.deleted_at is not None) == (id_ in self.trashed)
            name = FIELD[self.flows[id_]]
            assert entry.answers[name] == self.kept[id_][-1]
            told = {one["answers"].get(name) for one in entry.history} | {entry.answers[name]}
            assert set(self.kept[id_]) <= told
            assert entry.tags == self.tags.get(id_, []), id_
        draft = other.drafts.read(id_)
        found = draft.entry.answers[FIELD[self.flows[id_]]] if draft else None
        assert found == self.drafts.get(id_)

    def look_at_everything(self) -> None:
        """Model, file, command, browsing and home."""
        global whole_looks
        whole_looks += 1
        expected = {one: self.kept[one][-1] for one in self.in_force()}
        trashed = {one: self.kept[one][-1] for one in self.trashed}

        def said(entries: list[Entry]) -> dict[str, str]:
            return {one.id: one.answers[FIELD[one.flow]] for one in entries}

        fresh = Journal(self.folder)
        assert said(fresh.entries()) == said(self.journal.entries()) == expected
        assert said(fresh.entries(trash=True)) == trashed and fresh.notices == []
        drafts = {one.entry.id: one.entry.answers for one in fresh.drafts.list()}
        assert {k: v[FIELD[self.flows[k]]] for k, v in drafts.items()} == self.drafts
        self.shelf = shelf = stock(self.journal, CONTENT, "fr", self.shelf)
        by_state: dict[Status, Callable[[], set[str]]] = {
            Status.DONE: lambda: set(expected),
            Status.DRAFT: lambda: set(self.drafts),
            Status.TRASH: lambda: set(trashed),
        }
        for state, ids in by_state.items():
            shown = {one.entry.id for one in shelf.items.values() if one.status is state}
            assert shown == ids(), state
        home = overview(self.app)
        assert home.total == len(expected) and home.copies == []
        listed = Cli(self.folder).entries()
        assert {one["id"] for one in listed} == {*expected, *self.drafts}


def test_soak() -> None:
    try:
        run_state_machine_as_test(
            Soak,
            settings=settings(
                max_examples=scaled(1, 8),
                stateful_step_count=scaled(60, 250),
                deadline=None,
                suppress_health_check=list(HealthCheck),
                phases=[Phase.generate],
            ),
        )
    finally:
        shutil.rmtree(BASE)
    actions = sum(done.values())
    kinds = ", ".join(f"{n} {what}" for what, n in sorted(done.items(), key=lambda one: -one[1]))
    figure(
        f"soak: {actions:,} actions of {len(done)} kinds on {ENTRIES:,} entries, "
        f"{whole_looks} whole comparisons of screen, file and model: 0 exceptions, 0 drifts"
    )
    figure(f"      ({kinds})")
