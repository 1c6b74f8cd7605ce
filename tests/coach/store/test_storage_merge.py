"""Merging diverged journals, whatever the order, loses no revision; searching finds every word."""

import random
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scale import scaled
from storage_support import made, revisions, said

from coach.browse.text_index import SearchIndex
from coach.store.entries import SCHEMA, Entry
from coach.store.journal import Journal, JournalError
from coach.store.revisions import Document, join_revisions, later, revisions_of, stored_entry_of
from coach.util.clock import now
from coach.util.text import fold, texts

MOMENTS = ["2026-11-22T10:00:00.000000Z", "2026-11-22T10:00:00Z", "2026-11-22T11:00:00+01:00", ""]


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Some revisions of one entry; ids, stamps and content collide often, as skewed clocks do."""
    found = [
        made(
            draw(st.sampled_from("abc")),
            id="x",
            revision=draw(st.sampled_from(["", "r1", "r2", "r3", "r4"])),
            updated_at=draw(st.sampled_from(MOMENTS)),
            created_at="2026-11-22T09:00:00.000000Z",
            deleted_at=draw(st.sampled_from([None, MOMENTS[0]])),
        )
        for _ in range(draw(st.integers(1, 3)))
    ]
    *history, force = [stored_entry_of(entry) for entry in found]
    return force | {"history": [msgspec.convert(h, dict[str, Any]) for h in history]}


@given(documents(), documents(), documents())
@settings(max_examples=scaled(30, 150), deadline=None)
def test_joining_is_commutative_associative_idempotent(
    a: Document, b: Document, c: Document
) -> None:
    whole = join_revisions([a, b, c])
    assert all(join_revisions(order) == whole for order in permutations([a, b, c]))
    assert (
        join_revisions([join_revisions([a, b]), c])
        == join_revisions([a, join_revisions([b, c])])
        == whole
    )
    assert (
        join_revisions([whole])
        == join_revisions([whole, whole])
        == join_revisions([whole, a])
        == whole
    )
    stamps = [(one["updated_at"], one["revision"]) for one in revisions_of(whole)]
    assert stamps == sorted(set(stamps)) and stamps[-1] == (whole["updated_at"], whole["revision"])
    said_before = {one["answers"]["text"] for d in (a, b, c) for one in revisions_of(d)}
    assert {one["answers"]["text"] for one in revisions_of(whole)} == said_before


SKEWS = [0, 0, 3600, -3600, 86_400, -86_400 * 400]
"""Seconds by which a machine's clock is wrong."""


def live(side: Journal, draw: random.Random, turns: int) -> None:
    """Some notes, edits, tags, deletes and restores, drawn at random."""
    for turn in range(turns):
        entry = draw.choice(everything(side))
        deed = draw.randrange(6)
        if deed == 0:
            side.save(made(f"{turn}"))
        elif deed == 1:
            side.trash(entry.id)
        elif deed == 2:
            side.restore(entry.id)
        elif deed == 3:
            entry.tags = [*entry.tags, f"t{turn}"]
            side.save(entry)
        else:
            entry.answers["text"] += f".{turn}"
            side.save(entry)


def everything(side: Journal) -> list[Entry]:
    """All that is kept, trash and earlier versions included, in the order of ids."""
    both = side.entries(history=True) + side.entries(history=True, trash=True)
    return sorted(both, key=lambda entry: entry.id)


def words(entry: Entry) -> set[str]:
    """What any version of an entry says."""
    return {str(one["text"]) for one in (entry.answers, *(h["answers"] for h in entry.history))}


@given(st.randoms(use_true_random=False), st.lists(st.sampled_from(SKEWS), min_size=3, max_size=3))
@settings(max_examples=scaled(4, 60), deadline=None, suppress_health_check=list(HealthCheck))
def test_journals_that_went_apart_come_together_in_any_order(
    draw: random.Random, skews: list[int]
) -> None:
    """Three machines with wrong clocks that part, meet in pairs now and then, and part again."""

    def clock(wrong: int) -> Callable[[], datetime]:
        # It jumps, too: now and then it is set back.
        return lambda: now() + timedelta(seconds=wrong - draw.choice([0, 0, 0, 30]))

    with tempfile.TemporaryDirectory() as place:
        sides = [
            Journal(Path(place) / name, clock=clock(wrong))
            for name, wrong in zip("abc", skews, strict=True)
        ]
        sides[0].save(made("départ", id="shared"))
        for side in sides[1:]:
            side.merge(everything(sides[0]))
        for _ in range(2):
            for side in sides:
                live(side, draw, draw.randrange(1, 5))
            one, other = draw.sample(sides, 2)
            one.merge(everything(other))
        known = [everything(side) for side in sides]
        before = set[str]().union(*map(revisions, sides))
        said_before = {text for entries in known for one in entries for text in words(one)}
        results = []
        for number, order in enumerate(permutations(known)):
            merged = Journal(Path(place) / f"merged{number}")
            for entries in order:
                merged.merge(entries)
            results.append(everything(merged))
            assert revisions(merged) == before
        assert all(one == results[0] for one in results)  # commutative
        pair = Journal(Path(place) / "pair")
        pair.merge(known[1])
        pair.merge(known[2])
        sides[0].merge(everything(pair))
        assert everything(sides[0]) == results[0]  # associative
        report = sides[0].merge(results[0])
        assert not report.added and not report.changed
        assert everything(sides[0]) == results[0]  # idempotent
        assert {text for one in results[0] for text in words(one)} == said_before
        for one in results[0]:  # the highest is in force, a deletion like any other
            ranks = [(old["updated_at"], old["revision"]) for old in one.history]
            assert ranks == sorted(ranks)
            assert max(ranks, default=("", "")) < (one.updated_at, one.revision)


def test_a_merge_counts_and_keeps_both_versions(journal: Journal, tmp_path: Path) -> None:
    other = Journal(tmp_path / "other")
    kept = journal.save(made("départ", id="x"))
    report = other.merge([kept, made("neuf", id="y")])
    assert (report.added, report.changed, report.same) == (["x", "y"], [], [])
    kept.answers["text"] = "ici"
    journal.save(kept)
    there = other.get("x")
    assert there is not None
    there.answers["text"] = "là"
    other.save(there)
    report = journal.merge(other.entries(history=True))
    assert (report.added, report.changed, report.same) == (["y"], ["x"], [])
    assert said(journal) == {"là", "neuf"}
    entry = journal.get("x")
    assert entry is not None
    assert [r["answers"]["text"] for r in entry.history] == ["départ", "ici"]
    assert sorted(journal.merge(other.entries(history=True)).same) == ["x", "y"]
    assert journal.merge([]).same == []


def test_an_entry_without_a_revision_is_the_same_each_time(journal: Journal) -> None:
    entry = made("importé", revision="")
    assert journal.merge([entry]).added and journal.merge([entry, entry]).same
    assert len(revisions(journal)) == 1


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"schema": SCHEMA + 1}, "newer"),
        ({"answers": {"x": object()}}, "not_storable"),
        ({"history": [{"revision": 3}]}, "not_storable"),
        ({"tags": [1]}, "not_storable"),
        ({"date": None}, "not_storable"),
    ],
)
def test_a_merge_is_refused_whole(journal: Journal, changes: dict[str, Any], key: str) -> None:
    journal.save(made("avant"))
    with pytest.raises(JournalError) as caught:
        journal.merge([made("bon"), made("mauvais", **changes)])
    assert caught.value.key == key and said(journal) == {"avant"}


@given(st.text(max_size=40), st.datetimes().map(lambda d: d.astimezone()))
@settings(max_examples=scaled(30, 60), deadline=None)
def test_a_later_stamp_is_later(stamp: str, moment: Any) -> None:
    if 1000 < moment.year < 9990:
        assert later(moment, stamp) > stamp


# Searching

WORDS = ["été", "ÉTÉ", "œuvre", "oeuvre", "l’équipe", "ﬁche", "Ø", "straße", "a", "-", "日本", "😀"]


@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join), max_size=8),
    st.lists(st.sampled_from(WORDS).map(lambda word: word[:3]), max_size=3),
)
@settings(max_examples=scaled(25, 100), deadline=None)
def test_search_finds_what_a_plain_look_finds(said_: list[str], words: list[str]) -> None:
    entries = [made(text, id=f"{n}", tags=["tag"] if n % 2 else []) for n, text in enumerate(said_)]
    index = SearchIndex()
    index.update(entries)
    expected = [
        entry.id
        for entry in entries
        if all(
            any(fold(word) in fold(text) for text in [*texts(entry.answers), *entry.tags])
            for word in words
        )
    ]
    assert index.find(words) == expected and len(index) == len(entries)
    some = [str(n) for n in range(len(said_), -1, -2)]
    assert index.find(words, some) == [id_ for id_ in some if id_ in expected]


def test_search_reads_only_new_revisions(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = journal.save(made("Réunion d'écoute"))
    journal.save(made("autre", tags=["Œuvre"]))
    index = SearchIndex()
    index.update(journal.entries())
    assert index.find(["ECOUTE", "reunion"]) == [kept.id] and index.find(["oeuv"]) != [kept.id]
    read: list[str] = []

    def noted(text: str) -> str:
        read.append(text)
        return fold(text)

    monkeypatch.setattr("coach.browse.text_index.fold", noted)
    index.update(journal.entries())
    assert read == []
    kept.answers["text"] = "Dîner"
    journal.save(kept)
    index.update(journal.entries())
    assert read == ["Dîner"]
    monkeypatch.undo()
    assert index.find(["diner"]) == [kept.id] and index.find(["ecoute"]) == []
    journal.trash(kept.id)
    index.update(journal.entries())
    assert index.find(["diner"]) == [] and len(index.find([])) == 1 == len(index.find([""]))


def test_a_word_spans_no_two_answers() -> None:
    entry = made("fin")
    entry.answers["next"] = "début"
    index = SearchIndex()
    index.update([entry, made("fin"), made("début")])
    assert index.find(["findebut"]) == index.find(["fin\x00debut"]) == []
    assert index.find(["\ud800"]) == []
