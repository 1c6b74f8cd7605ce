"""The model of the soak, and what must hold: screen, file, command and model are the same."""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from cli_tools import Cli
from hypothesis.stateful import RuleBasedStateMachine
from making import TODAY
from scale import TORTURE, scaled
from storage_support import made

from coach.browse.entry_index import EntryIndex, Status
from coach.browse.index_builder import build_index
from coach.disk.locations import DataFolder
from coach.features.registry import load_content
from coach.flows.draft_session import DraftSession
from coach.flows.request import SessionRequest
from coach.store.entries import Entry
from coach.store.journal import Journal
from coach.util.clock import now
from screens.app import CoachApp
from screens.home.overview import build_overview

ENTRIES = scaled(300, 10_000)
WORDS = [f"mot{number}" for number in range(40)]
CONTENT = load_content()
FIELD = {"note": "text", "interview": "company"}
done: dict[str, int] = {}
"""What was done, and how often; `looks` counts the comparisons of everything."""
looks: list[str] = []

BASE = Path(tempfile.mkdtemp(prefix="coach-soak-"))


def base() -> dict[str, list[str]]:
    """Makes the journal that each run begins with, once; id → its text."""
    journal = Journal(BASE / "coach")
    if not (BASE / "coach" / "journal.json").exists():
        filler = "Rangé la réserve, compté les bacs, noté ce qui manque. " * 4
        journal.merge(made(f"{WORDS[n % 40]} {filler}{n}", id=f"base-{n}") for n in range(ENTRIES))
    return {entry.id: [entry.answers["text"]] for entry in journal.entries()}


class Looking(RuleBasedStateMachine):
    """What is known of the journal, as texts alone, and how it is compared with what there is."""

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
        self.index: EntryIndex | None = None
        self.open()

    def open(self) -> None:
        self.journal = Journal(self.folder, clock=lambda: now() + self.shift)
        self.app = CoachApp(DataFolder(self.folder), lang="fr", today=TODAY)
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

    def draft_tags(self, id_: str) -> list[str]:
        """The tags of a draft: a change that is thrown away takes them to the trash."""
        draft = self.journal.drafts.read_draft(id_)
        assert draft is not None
        return draft.entry.tags

    def text(self, word: str) -> str:
        self.turn += 1
        return f"{word} action {self.turn} n°{len(self.kept)}"

    def draft_session(self, flow: str, **more: Any) -> DraftSession:
        request = SessionRequest(flow, **more)
        return DraftSession(self.journal, CONTENT, request, lang="fr", today=TODAY, internship=None)

    def put(self, draft_session: DraftSession, text: str) -> None:
        name = FIELD[draft_session.flow.id]
        field = next(f for s in draft_session.flow.steps for f in s.fields if f.id == name)
        draft_session.session.put(field, text)

    # What must hold

    def after(self, what: str, id_: str = "") -> None:
        done[what] = done.get(what, 0) + 1
        if not TORTURE or self.turn % 5 == 0:
            assert len(self.journal.entries()) == len(self.in_force()), what
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
        draft = other.drafts.read_draft(id_)
        found = draft.entry.answers[FIELD[self.flows[id_]]] if draft else None
        assert found == self.drafts.get(id_)

    def look_at_everything(self) -> None:
        """Model, file, command, browsing and home."""
        looks.append("whole")
        expected = {one: self.kept[one][-1] for one in self.in_force()}
        trashed = {one: self.kept[one][-1] for one in self.trashed}

        def said(entries: list[Entry]) -> dict[str, str]:
            return {one.id: one.answers[FIELD[one.flow]] for one in entries}

        fresh = Journal(self.folder)
        assert said(fresh.entries()) == said(self.journal.entries()) == expected
        assert said(fresh.entries(trash=True)) == trashed and fresh.notices == []
        drafts = {one.entry.id: one.entry.answers for one in fresh.drafts.list()}
        assert {k: v[FIELD[self.flows[k]]] for k, v in drafts.items()} == self.drafts
        self.index = index = build_index(self.journal, CONTENT, "fr", self.index)
        by_state = {
            Status.DONE: set(expected),
            Status.DRAFT: set(self.drafts),
            Status.TRASH: set(trashed),
        }
        for state, ids in by_state.items():
            shown = {one.entry.id for one in index.items.values() if one.status is state}
            assert shown == ids, state
        home = build_overview(self.app)
        assert home.total == len(expected) and home.copies == []
        listed = Cli(self.folder).entries()
        assert {one["id"] for one in listed} == {*expected, *self.drafts}
