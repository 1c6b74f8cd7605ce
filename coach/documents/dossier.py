"""The dossier: the data that a document may use, without private entries and confidential names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from coach.flows.content import flow_of
from coach.flows.context import StepContext
from coach.proofs.all_proofs import all_proofs
from coach.proofs.completions import COMPLETING, completed, completions
from coach.proofs.proof import Proof, needs_calm_line, ranked
from coach.proofs.skills import Evidence, gather_evidence
from coach.store.answers import day_of, rows_of, text_of
from coach.store.entries import iso_week, week_monday
from coach.store.snapshot import Snapshot
from coach.util.text import matches

if TYPE_CHECKING:
    from coach.flows.content import Content
    from coach.store.entries import Entry

CONFIDENTIAL = "confidential"
"""The flow of the entry that lists the names to replace: rows `names` of `name`, `instead`."""


STRONGEST = 60
"""The number of strongest proofs that are ranked once and cached."""


@dataclass(frozen=True)
class Dossier:
    """The journal's data for documents.

    `included` holds the keys of the private parts that the student ticked for this document; other
    private parts are left out. Energy and mood are never included.
    """

    snapshot: Snapshot
    content: Content
    lang: str
    today: date
    internship: Entry | None = None
    included: frozenset[str] = frozenset()
    under_way: Entry | None = None
    """The entry of the present session, which replaces its saved version."""

    @property
    def about(self) -> dict[str, Any]:
        """The answers of the internship's entry; {} without one."""
        return self.internship.answers if self.internship else {}

    def say(self, name: str) -> str:
        """The answer `name` about the internship as text, '' where there is none."""
        return text_of(self.about, name)

    def entries(self, flow: str, *, everywhere: bool = False) -> list[Entry]:
        """The entries of a flow, newest first: of this internship, or of all (`everywhere`).

        [] for a private flow (see `private_entries`).
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
        """The missions of the agreement, rows of `id` and `mission`: from the internship's entry,
        else from the newest check of the agreement (flow `rights`).
        """
        for answers in (self.about, self.latest("rights")):
            found = [
                {"id": text_of(row, "id") or text, "mission": text}
                for row in rows_of(answers, "missions")
                if (text := text_of(row, "mission"))
            ]
            if found:
                return found
        return []

    def context_of(self, entry: Entry) -> StepContext:
        """The context for texts drafted from the answers of `entry`, with its own internship."""
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
        """The entries of a private flow, for parts that the student ticked."""
        return [one for one in self._all(flow) if everywhere or self._belongs(one)]

    def _belongs(self, entry: Entry) -> bool:
        return self.internship is None or entry.internship in (None, self.internship.id)

    def picked(self, keys: Any, most: int) -> list[Proof]:
        """The proofs with those keys, in their order; without keys the `most` strongest."""
        if not isinstance(keys, list):
            return self.best(most)
        known = {one.key: one for one in self.all_proofs}
        return [known[key] for key in keys if key in known]

    @cached_property
    def weeks(self) -> list[Entry]:
        """The weekly entries of this internship, oldest first."""
        own = self.internship.id if self.internship else None
        told = [one for one in self.snapshot.of("weekly") if own is None or one.internship == own]
        return sorted(told, key=lambda one: one.date)

    def week_number(self, week: str) -> int:
        """The number of an ISO week in the internship, from 1; 0 where its start is unknown."""
        start = day_of(self.about, "start")
        if start is None or not week:
            return 0
        return (week_monday(week) - week_monday(iso_week(start))).days // 7 + 1

    @cached_property
    def proofs(self) -> list[Proof]:
        """The proofs of this internship, newest first; all proofs where it has none."""
        own = self.internship.id if self.internship else None
        found = [one for one in self.all_proofs if one.internship == own]
        return found or self.all_proofs

    @cached_property
    def all_proofs(self) -> list[Proof]:
        """Every proof, newest first, with the cells that later sessions added; those that call
        for the calm line are left out.
        """
        told = completions(one for flow in COMPLETING for one in self._all(flow))
        found = (completed(one, told.get(one.key, {})) for one in all_proofs(self.snapshot))
        return [one for one in found if not needs_calm_line(one)]

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

        def evidence_for(internship: str | None) -> Evidence:
            return gather_evidence(
                self.snapshot,
                self.lang,
                internship=internship,
                proofs=self.all_proofs,
            )

        found = evidence_for(own)
        return found if found.skills else evidence_for(None)

    @cached_property
    def replacements(self) -> list[tuple[str, str]]:
        """(Name, replacement) for each name marked confidential, longest name first."""
        found = {}
        for entry in reversed(self.snapshot.of(CONFIDENTIAL)):
            for row in rows_of(entry.answers, "names"):
                if name := text_of(row, "name"):
                    found[name] = text_of(row, "instead") or "[…]"
        return sorted(found.items(), key=lambda pair: -len(pair[0]))

    def discreet(self, text: str) -> str:
        """`text` with every confidential name replaced, ignoring case and accents."""
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
    """Whether the span is a whole word, not a part of a longer one."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() or after.isalnum())


def week_texts(weeks: list[Entry], name: str) -> Iterator[tuple[Entry, str]]:
    """(Weekly entry, answer) for each of `weeks` with a text in the field `name`.

    Texts that call for the calm line are left out.
    """
    from coach.language.care import heard

    for entry in weeks:
        if (text := text_of(entry.answers, name)) and not heard(text):
            yield entry, text


def dossier_of(context: StepContext) -> Dossier:
    """The dossier of the saved entries that a session knows, without its own answers."""

    def make() -> Dossier:
        known = context.known
        about = next((one for one in known.entries if one.id == known.internship), None)
        snapshot = Snapshot(known.entries)
        return Dossier(snapshot, context.content, context.lang, known.today, about)

    return context.known.once("dossier", make)
