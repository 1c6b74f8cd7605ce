"""A session with its draft: opened or resumed, written while it goes on, saved as an entry."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from coach.flows.background import gather_student_context, open_notes
from coach.flows.entry_lookup import day_for, find_entry
from coach.flows.request import SessionRequest
from coach.flows.schema import Field, Flow
from coach.flows.session import Problem, Session
from coach.internship.objectives import hand_objective
from coach.internship.timeline import CLOSED, ended
from coach.store.answers import rows_of
from coach.store.entries import (
    Answers,
    Draft,
    Entry,
    iso_week,
    new_entry,
    new_id,
    timestamp,
    weekly_id,
)
from coach.util.clock import now
from coach.util.text import texts

if TYPE_CHECKING:
    from coach.flows.content import Content
    from coach.store.draft_file import DraftFile, DraftWriter
    from coach.store.journal import Journal


class Incomplete(Exception):
    """The session cannot be finished yet; `problems` lists what is missing."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} missing")
        self.problems = problems


@dataclass
class Ready:
    """A session ready to be saved: its draft, and the answers that the entry will have."""

    draft: Draft
    final: Answers
    kept_whole: bool = False
    """Whether text that the entry leaves out is in its history already."""
    kept: Entry | None = None
    """The entry, once it is saved."""


class DraftSession:
    """One session under way and its draft file. `snapshot()` is the draft to write.

    Opening raises `DraftOpenElsewhere` when another window has the draft open, KeyError when the
    flow does not exist, ContentError when it is invalid.
    """

    def __init__(
        self,
        journal: Journal,
        content: Content,
        request: SessionRequest,
        *,
        lang: str,
        today: date,
        internship: Entry | None,
    ) -> None:
        flow = content.flow(request.flow)
        entries = journal.entries()
        own = internship.id if internship else None
        entry, draft = find_entry(request, flow, entries, journal.drafts.list(), own, today)
        self.journal = journal
        self.flow = flow
        self.kept = entry
        self.resumed = draft is not None
        self.entry = self._begin(flow, request, entry, draft, own, lang, today)
        self.file: DraftFile = journal.drafts.open(self.entry.id)
        if self.resumed:
            # Read again under the lock: it may have gone on since it was listed.
            draft = self.file.read_draft() or draft
        self.base = draft.base if draft else (entry.revision if entry else None)
        if draft is not None:
            self.entry = draft.entry
        day = date.fromisoformat(self.entry.date)
        about = next((e for e in entries if e.id == self.entry.internship), None)
        over = CLOSED in self.entry.answers or ended(self.entry, today)
        known = gather_student_context(
            entries, about or internship, day, own_id=self.entry.id, ended=over
        )
        at = (draft.step, draft.item) if draft else ("", "")
        answers = copy.deepcopy(self.entry.answers)
        self.session = Session(flow, content, known, lang, answers, at)
        if draft is None and entry is None and request.given:
            self.session.skip_told()
        self._offered = {*(draft.declined if draft else ()), *self._note_ids()}
        self._waiting: dict[str, str] = {}
        self._initial = copy.deepcopy(self._typed())
        self.offer_notes()

    @staticmethod
    def _begin(
        flow: Flow,
        request: SessionRequest,
        entry: Entry | None,
        draft: Draft | None,
        internship: str | None,
        lang: str,
        today: date,
    ) -> Entry:
        if draft is not None:
            return draft.entry
        if entry is not None:
            return msgspec.structs.replace(entry, history=[])
        day = day_for(request, flow, today)
        derived = weekly_id(flow.id, internship, iso_week(day)) if flow.scope == "week" else None
        return new_entry(
            flow.id,
            lang=lang,
            day=day,
            moment=now(),
            internship=internship if flow.id != "internship" else None,
            flow_version=flow.version,
            id=derived,
            answers=dict(request.given),
        )

    def writer(self) -> DraftWriter:
        """A writer that keeps the session's draft in the background."""
        from coach.store.draft_file import DraftWriter

        return DraftWriter(self.file)

    # Notes brought in as rows

    def new_notes(self) -> list[dict[str, str]]:
        """The notes to offer now, also those written since the session was opened."""
        day = date.fromisoformat(self.entry.date)
        return open_notes(self.journal.entries(), day, self.entry.id)

    def _offering(self) -> Field | None:
        fields = (field for step in self.flow.steps for field in step.fields)
        return next((f for f in fields if f.offers == "notes"), None)

    def _note_ids(self) -> set[str]:
        field = self._offering()
        rows = rows_of(self.session.answers, field.id) if field else []
        return {row["note"] for row in rows if row.get("note")}

    def offer_notes(self, notes: list[dict[str, str]] | None = None) -> int:
        """Adds this week's notes (or `notes`, items with id and label) as rows to complete.

        A note that the student removed is not offered again. Returns how many were added.
        """
        field = self._offering()
        if field is None:
            return 0
        fresh = [
            note
            for note in (self.session.known.notes if notes is None else notes)
            if note["id"] not in self._offered
        ]
        if fresh:
            rows = self.session.answers.setdefault(field.id, [])
            first = field.columns[0].id
            rows += [{"id": new_id(), first: n["label"], "note": n["id"]} for n in fresh]
            self._waiting |= {n["id"]: n["label"] for n in fresh}
            self._offered |= self._waiting.keys()
        return len(fresh)

    def _typed(self) -> Answers:
        """The answers without rows made from notes that the student has not touched."""
        field = self._offering()
        rows = self.session.answers.get(field.id) if field else None
        if field is None or not isinstance(rows, list):
            return self.session.answers
        first = field.columns[0].id
        told = [
            row
            for row in rows
            if row.get("note") not in self._waiting
            or {k: v for k, v in row.items() if k not in ("id", "note")}
            != {first: self._waiting[row["note"]]}
        ]
        rest = {k: v for k, v in self.session.answers.items() if k != field.id}
        return rest | {field.id: told} if told else rest

    # Keeping

    @property
    def changed(self) -> bool:
        """Whether the student changed anything since the session was opened, or resumed one."""
        return self.resumed or self._typed() != self._initial

    def snapshot(self) -> Draft:
        """The draft as it stands, safe to hand to another thread."""
        step, item = self.session.page.at
        return Draft(
            entry=msgspec.structs.replace(
                self.entry,
                answers=copy.deepcopy(self.session.answers),
                updated_at=timestamp(self.journal.clock()),
                history=[],
            ),
            base=self.base,
            step=step,
            item=item,
            declined=sorted(self._offered - self._note_ids()),
        )

    def leave(self, draft: Draft | None = None) -> bool:
        """Closes without finishing; the draft stays if anything was typed. True when it stays.

        `draft` is a snapshot made before, where another thread calls this.
        """
        draft = draft or (self.snapshot() if self.changed else None)
        if draft is not None:
            self.file.write(draft)
        else:
            self.file.remove()
        self.file.close()
        return draft is not None

    def discard(self, draft: Draft | None = None) -> None:
        """Moves what was typed to the trash and closes; `draft` as for `leave`."""
        self.file.write(draft or self.snapshot())
        self.journal.discard(self.file)
        self.file.close()

    def ready(self) -> Ready:
        """A snapshot of all that `keep` needs; raises `Incomplete` when something is missing."""
        if problems := self.session.problems():
            raise Incomplete(problems)
        return Ready(self.snapshot(), self.session.finished())

    def keep(self, ready: Ready) -> Entry:
        """Saves `ready` as a done entry and closes its draft; raises JournalError.

        May be called from another thread, and again after an error: the entry is saved once.
        """
        if ready.kept is not None:
            return ready.kept
        draft = ready.draft
        self.file.write(draft)
        if _words(draft.entry.answers) - _words(ready.final) and not ready.kept_whole:
            # Words under questions that no longer show stay in the entry's history.
            whole = self.journal.save(msgspec.structs.replace(draft.entry, status="done"))
            draft.base, ready.kept_whole = whole.revision, True
        done = msgspec.structs.replace(
            draft.entry, answers=ready.final, status="done", flow_version=self.flow.version
        )
        entry = self.journal.finish(self.file, msgspec.structs.replace(draft, entry=done))
        ready.kept = entry
        self.file.close()
        hand_objective(self.journal, entry)
        return entry

    def finish(self) -> Entry:
        """Saves the session as a done entry and closes its draft.

        Raises `Incomplete` when an answer is missing, `JournalError` when saving failed; in both
        cases the draft stays as it was.
        """
        return self.keep(self.ready())


def _words(answers: Answers) -> set[str]:
    """The texts in `answers`, stripped."""
    return {text.strip() for text in texts(answers)} - {""}
