"""The snapshot: whatever happens to the journal, refreshing it gives what reading anew gives."""

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from making import TODAY, entry_of

from coach.proofs.all_proofs import all_proofs
from coach.proofs.skills import evidence_of
from coach.store.entries import Entry
from coach.store.journal import Journal
from coach.store.snapshot import Snapshot, refresh_snapshot


def same(followed: Snapshot, journal: Journal) -> None:
    fresh = refresh_snapshot(Journal(journal.folder))
    assert followed.entries == fresh.entries
    assert followed.by_id == fresh.by_id
    assert {k: v for k, v in followed.by_flow.items() if v} == fresh.by_flow
    assert all_proofs(followed) == all_proofs(fresh)


@pytest.mark.parametrize("seed", range(4))
def test_following_a_journal_is_reading_it(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    journal, other = Journal(tmp_path), Journal(tmp_path)
    kept: list[Entry] = []
    seen = refresh_snapshot(journal)
    for number in range(40):
        by = random.choice([journal, journal, journal, other])
        what = random.choice(["new", "new", "again", "trash", "restore", "merge"])
        day = TODAY - timedelta(days=random.randrange(20))
        row = {"id": "r", "action": f"Trié {number} bacs", "skill": "Tri"}
        fresh = entry_of(random.choice(["weekly", "note"]), day, answers={"achievements": [row]})
        if what == "new" or not kept:
            kept.append(by.save(fresh))
        elif what == "again":
            by.save(random.choice(kept))
        elif what == "merge":
            by.merge([fresh, entry_of("note", day, answers={"text": "x"})])
        else:
            getattr(by, what)(random.choice(kept).id)
        if random.random() < 0.7:
            seen = refresh_snapshot(journal, seen)
            same(seen, journal)
    same(refresh_snapshot(journal, seen), journal)


def test_what_only_proofs_change_is_worked_out_once_more_only_then(tmp_path: Path) -> None:

    journal = Journal(tmp_path)
    row = {"id": "r", "action": "Trié 3 bacs", "skill": "Tri"}
    journal.save(entry_of(answers={"achievements": [row]}))
    first = refresh_snapshot(journal)
    evidence = evidence_of(first, "fr")
    journal.save(entry_of("note", answers={"text": "x"}))
    second = refresh_snapshot(journal, first)
    assert evidence_of(second, "fr") is evidence
    journal.save(entry_of("alias", answers={"name": "Tri", "means": "Rangement"}))
    third = refresh_snapshot(journal, second)
    assert [skill.name for skill in evidence_of(third, "fr").skills] == ["Rangement"]
