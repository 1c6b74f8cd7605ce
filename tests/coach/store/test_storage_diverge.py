"""Three machines with clocks of their own edit, delete and restore, then meet in any order."""

import tempfile
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scale import scaled
from storage_support import made, revisions

from coach.store.entries import Entry
from coach.store.journal import Journal

MACHINES = 3
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)

Deed = tuple[int, str, int, int]
"""(machine, what it does, to which of its entries, by how many minutes its clock then is off)."""

DEEDS = st.lists(
    st.tuples(
        st.integers(0, MACHINES - 1),
        st.sampled_from(["new", "edit", "edit", "trash", "restore", "tag", "meet"]),
        st.integers(0, 5),
        st.sampled_from([-100_000, -60, -1, 0, 0, 1, 60, 100_000]),
    ),
    min_size=4,
    max_size=16,
)


def everything(journal: Journal) -> list[Entry]:
    """All it holds, trash and earlier versions included, in an order of its own."""
    both = journal.entries(history=True) + journal.entries(history=True, trash=True)
    return sorted(both, key=lambda one: one.id)


class Machine:
    """A journal with a clock that may jump; `confirmed` are the texts it said it kept."""

    def __init__(self, folder: Path) -> None:
        self.moment = NOW
        self.journal = Journal(folder, clock=lambda: self.moment)

    def do(self, what: str, place: int, text: str) -> str | None:
        """One deed of the student; the text that was confirmed, if one was."""
        known = everything(self.journal)
        if what == "new" or not known:
            return str(self.journal.save(made(text)).answers["text"])
        entry = known[place % len(known)]
        if what == "trash":
            self.journal.trash(entry.id)
        elif what == "restore":
            self.journal.restore(entry.id)
        elif what == "tag":
            entry.tags = [text]
            self.journal.save(entry)
        else:
            entry.answers = {"text": text}
            return str(self.journal.save(entry).answers["text"])
        return None


def merged(place: Path, *parts: list[Entry]) -> Journal:
    """A fresh journal that took in `parts`, one after another."""
    journal = Journal(place)
    for part in parts:
        journal.merge(part)
    return journal


@given(DEEDS)
@settings(max_examples=scaled(12, 300), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_they_did_they_agree_and_nothing_is_lost(deeds: list[Deed]) -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        machines = [Machine(place / f"{n}") for n in range(MACHINES)]
        start = machines[0].journal.save(made("départ"))
        confirmed = {"départ"}
        for machine in machines[1:]:
            machine.journal.merge([start])
        for turn, (number, what, which, minutes) in enumerate(deeds):
            machine = machines[number]
            machine.moment = NOW + timedelta(minutes=minutes + turn / 100)
            if what == "meet":
                machine.journal.merge(everything(machines[which % MACHINES].journal))
            elif text := machine.do(what, which, f"texte {turn}"):
                confirmed.add(text)
        parts = [everything(machine.journal) for machine in machines]
        known = set().union(*(revisions(machine.journal) for machine in machines))

        # Commutative: in whatever order; idempotent: however often.
        results = [
            everything(merged(place / f"order-{n}", *order, order[0]))
            for n, order in enumerate(permutations(parts))
        ]
        assert all(result == results[0] for result in results)
        # Associative: two met first, wherever that was.
        pair = everything(merged(place / "pair", parts[1], parts[2]))
        assert everything(merged(place / "grouped", parts[0], pair)) == results[0]
        for machine in machines:
            machine.journal.merge([*parts[0], *pair])
            assert everything(machine.journal) == results[0]
            again = machine.journal.merge(results[0])
            assert not (again.added or again.changed or again.both)

        assert revisions(machines[0].journal) == known
        told = {t for e in results[0] for r in [*e.history, {"answers": e.answers}]
                for t in [str(r["answers"]["text"])]}  # fmt: skip
        assert told == confirmed
        for entry in results[0]:
            stamps = [(one["updated_at"], one["revision"]) for one in entry.history]
            assert sorted(stamps) == stamps
            assert all(stamp < (entry.updated_at, entry.revision) for stamp in stamps)


@given(st.booleans(), st.booleans(), st.booleans())
@settings(max_examples=8, deadline=None)
def test_both_names_what_was_changed_on_both_sides_and_nothing_else(
    here: bool, there: bool, alike: bool
) -> None:
    with tempfile.TemporaryDirectory() as name:
        one, other = (Machine(Path(name) / side) for side in "ab")
        entry = one.journal.save(made("départ"))
        other.journal.merge([entry])
        if here:
            one.do("edit", 0, "ici")
        if there:
            other.do("edit", 0, "ici" if alike else "là-bas")
        report = one.journal.merge(everything(other.journal))
        assert report.both == ([entry.id] if here and there and not alike else [])
        assert report.changed == ([entry.id] if there else [])
