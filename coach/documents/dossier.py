"""What a document is made from: the journal as it stands, less what is nobody else's business."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from coach.flows.content import flow_of
from coach.flows.context import StepContext
from coach.internship.timeline import day_of
from coach.proofs.all_proofs import all_proofs
from coach.proofs.completions import COMPLETING, completed, completions
from coach.proofs.proof import Proof, ranked, weighs
from coach.proofs.skills import Evidence, gather_evidence
from coach.store.entries import iso_week, week_monday
from coach.store.snapshot import Snapshot
from coach.util.text import matches

if TYPE_CHECKING:
    from coach.flows.content import Content
    from coach.store.entries import Entry

CONFIDENTIAL = "confidential"
"""The flow of the entry that lists the names to replace: rows `names` of `name`, `instead`."""


STRONGEST = 60
"""Proofs ranked once for all that asks for the best."""


@dataclass(frozen=True)
class Dossier:
    """All that documents read.

    `included` holds the keys of private pieces that the student ticked for this document, one by
    one; what is private stays out otherwise. Energy and mood are in none.
    """

    snapshot: Snapshot
    content: Content
    lang: str
    today: date
    internship: Entry | None = None
    included: frozenset[str] = frozenset()
    under_way: Entry | None = None
    """The entry of a session under way, in place of its kept version."""

    @property
    def about(self) -> dict[str, Any]:
        """What is known of the internship: the answers of its entry."""
        return self.internship.answers if self.internship else {}

    def say(self, name: str) -> str:
        """One answer about the internship as text, '' where there is none."""
        value = self.about.get(name)
        return value.strip() if isinstance(value, str) else ""

    def entries(self, flow: str, *, everywhere: bool = False) -> list[Entry]:
        """The entries of a flow, newest first: those of this internship, or of all.

        A flow that is private gives none: its pieces are asked for with `included`.
        """
        found = self._all(flow)
        if found and (made := flow_of(found[0], self.content)) and made.private:
            return []
        return [one for one in found if everywhere or self._belongs(one)]

    def latest(self, flow: str) -> dict[str, Any]:
        """The answers of the newest entry of a flow for this internship, {} where there is none."""
        found = self.entries(flow)
        return found[0].answers if found else {}

    @property
    def missions(self) -> list[dict[str, str]]:
        """The missions of the agreement, rows of `id` and `mission`: as the internship tells them,
        else as they were read one by one (session `rights`), so that nobody copies them out twice.
        """
        for rows in (self.about.get("missions"), self.latest("rights").get("missions")):
            told = (
                row for row in (rows if isinstance(rows, list) else []) if isinstance(row, dict)
            )
            found = [
                {"id": str(row.get("id") or text), "mission": text}
                for row in told
                if (text := str(row.get("mission") or "").strip())
            ]
            if found:
                return found
        return []

    def context_of(self, entry: Entry) -> StepContext:
        """The answers of `entry` as who drafts texts reads them; about its own internship."""
        from coach.flows.background import gather_student_context

        about = self.snapshot.by_id.get(entry.internship or "")
        known = gather_student_context([], about, self.today)
        return StepContext(entry.answers, known, self.content, self.lang)

    def _all(self, flow: str) -> list[Entry]:
        now = self.under_way
        kept = self.snapshot.of(flow)
        if now is None or now.flow != flow:
            return kept
        return [now, *(one for one in kept if one.id != now.id)]

    def private_entries(self, flow: str, *, everywhere: bool = False) -> list[Entry]:
        """The same of a private flow, for pieces that the student ticked."""
        return [one for one in self._all(flow) if everywhere or self._belongs(one)]

    def _belongs(self, entry: Entry) -> bool:
        return self.internship is None or entry.internship in (None, self.internship.id)

    def picked(self, keys: Any, most: int) -> list[Proof]:
        """The proofs of those keys, in their order; the strongest `most` where none is given."""
        if not isinstance(keys, list):
            return self.best(most)
        known = {one.key: one for one in self.all_proofs}
        return [known[key] for key in keys if key in known]

    @cached_property
    def weeks(self) -> list[Entry]:
        """The weeks told of this internship, oldest first."""
        own = self.internship.id if self.internship else None
        told = [one for one in self.snapshot.of("weekly") if own is None or one.internship == own]
        return sorted(told, key=lambda one: one.date)

    def week_number(self, week: str) -> int:
        """Which week of the internship an ISO week is, from 1; 0 where its start is not known."""
        start = day_of(self.about, "start")
        if start is None or not week:
            return 0
        return (week_monday(week) - week_monday(iso_week(start))).days // 7 + 1

    @cached_property
    def proofs(self) -> list[Proof]:
        """The proofs of this internship, newest first; all there are where it has none."""
        own = self.internship.id if self.internship else None
        found = [one for one in self.all_proofs if one.internship == own]
        return found or self.all_proofs

    @cached_property
    def all_proofs(self) -> list[Proof]:
        """Every proof there is, newest first, with what later sessions added to it; none that
        calls for the calm line.
        """
        told = completions(one for flow in COMPLETING for one in self._all(flow))
        found = (completed(one, told.get(one.key, {})) for one in all_proofs(self.snapshot))
        return [one for one in found if not weighs(one)]

    def best(self, most: int) -> list[Proof]:
        """The strongest proofs of this internship, at most so many (and `STRONGEST`)."""
        return self._strongest[:most]

    @cached_property
    def _strongest(self) -> list[Proof]:
        return ranked(self.proofs, STRONGEST)

    @cached_property
    def evidence(self) -> Evidence:
        """The skills of this internship, or of all where it names none."""
        own = self.internship.id if self.internship else None

        def gather(internship: str | None) -> Evidence:
            return gather_evidence(
                self.snapshot,
                self.lang,
                internship=internship,
                proofs=self.all_proofs,
            )

        found = gather(own)
        return found if found.skills else gather(None)

    @cached_property
    def replacements(self) -> list[tuple[str, str]]:
        """(name, what stands for it) of each name marked confidential, longest name first."""
        found = {}
        for entry in reversed(self.snapshot.of(CONFIDENTIAL)):
            rows = entry.answers.get("names")
            for row in rows if isinstance(rows, list) else []:
                if isinstance(row, dict) and (name := str(row.get("name") or "").strip()):
                    found[name] = str(row.get("instead") or "").strip() or "[…]"
        return sorted(found.items(), key=lambda pair: -len(pair[0]))

    def discreet(self, text: str) -> str:
        """`text` with every confidential name replaced, whatever its case or accents."""
        from coach.util.text import fold

        for name, instead in self.replacements:
            pieces: list[str] = []
            at = 0
            for start, end in matches(text, [fold(name)]):
                if _whole(text, start, end):
                    pieces += [text[at:start], instead]
                    at = end
            text = "".join([*pieces, text[at:]])
        return text


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a name stands there by itself, not inside a longer word."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() or after.isalnum())


def week_texts(weeks: list[Entry], name: str) -> Iterator[tuple[Entry, str]]:
    """(week, answer) for each of `weeks` that answered the field `name` with text.

    What calls for the calm line is told to nobody.
    """
    from coach.language.care import heard

    for entry in weeks:
        value = entry.answers.get(name)
        if isinstance(value, str) and value.strip() and not heard(value):
            yield entry, value.strip()


def dossier_of(context: StepContext) -> Dossier:
    """What was kept, as a session sees it; its own answers are not among it."""

    def make() -> Dossier:
        known = context.known
        about = next((one for one in known.entries if one.id == known.internship), None)
        snapshot = Snapshot(known.entries)
        return Dossier(snapshot, context.content, context.lang, known.today, about)

    return context.known.once("dossier", make)
