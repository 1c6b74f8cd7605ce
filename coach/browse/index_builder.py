"""Builds the index for browsing: reads the journal, indexes words, counts the filter values."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from coach.browse.entry_index import EntryIndex, Facet, IndexedEntry, Status, draft_key
from coach.browse.excerpts import Choices, choices_of, texts_of
from coach.browse.text_index import SearchIndex
from coach.flows.content import flow_title
from coach.store.answers import rows_of, text_of
from coach.store.entries import Draft, Entry
from coach.util.text import fold

if TYPE_CHECKING:
    from coach.flows.content import Content
    from coach.store.journal import Journal


def build_index(
    journal: Journal, content: Content, lang: str, former: EntryIndex | None = None
) -> EntryIndex:
    """The index of the journal, with labels in `lang`; raises JournalError.

    Entries that did not change since `former` are not read again. Slow at 10,000 entries: call it
    in a thread.
    """
    kept = journal.entries()
    generation = journal.generation
    known = former.items if former else {}
    items = sorted(
        [
            *(_item(entry.id, entry, Status.DONE, known) for entry in kept),
            *_drafts(journal.drafts.list(), {entry.id for entry in kept}, known),
            *(_item(e.id, e, Status.TRASH, known) for e in journal.entries(trash=True)),
        ],
        key=lambda item: (item.entry.date, item.entry.updated_at, item.key),
        reverse=True,
    )
    by_key = {item.key: item for item in items}
    stamps = {key: f"{_revision(item)} {lang}" for key, item in by_key.items()}
    stamped = former.stamps if former else {}
    search = copy.copy(former.search) if former else SearchIndex()
    choices: dict[str, Choices] = {}
    search.update(
        _indexed(item, stamps[item.key], stamped.get(item.key), content, lang, choices)
        for item in by_key.values()
    )
    return EntryIndex(
        items=by_key,
        search=search,
        stamps=stamps,
        internships={e.id: e for e in kept if e.flow == "internship"},
        facets=_facets(by_key.values(), content, lang),
        generation=generation,
    )


def _drafts(
    drafts: Iterable[Draft], kept: set[str], known: dict[str, IndexedEntry]
) -> Iterator[IndexedEntry]:
    for draft in drafts:
        entry = draft.entry
        if draft.saved_at:
            entry = msgspec.structs.replace(entry, updated_at=draft.saved_at)
        yield _item(draft_key(entry.id), entry, Status.DRAFT, known, entry.id in kept)


def _item(
    key: str, entry: Entry, status: Status, known: dict[str, IndexedEntry], revises: bool = False
) -> IndexedEntry:
    former = known.get(key)
    same = former is not None and former.status is status is not Status.DRAFT
    if former is not None and same and former.entry.revision == entry.revision:
        return former
    skills = {fold(skill): skill for skill in skills_of(entry)}
    return IndexedEntry(key, entry, status, revises, skills, {fold(tag): tag for tag in entry.tags})


def _revision(item: IndexedEntry) -> str:
    # A draft keeps its entry's revision while it is typed; the time it was written tells.
    return item.entry.updated_at if item.status is Status.DRAFT else item.entry.revision


def _indexed(
    item: IndexedEntry,
    stamp: str,
    known: str | None,
    content: Content,
    lang: str,
    choices: dict[str, Choices],
) -> Entry:
    """`item` as an entry for the index: its key as id, its readable texts as answers."""
    if known == stamp:
        return msgspec.structs.replace(item.entry, id=item.key, revision=stamp)
    flow = item.entry.flow
    if flow not in choices:
        choices[flow] = choices_of(flow, content, lang)
    said = {"": texts_of(item.entry, choices[flow])}
    return msgspec.structs.replace(item.entry, id=item.key, revision=stamp, answers=said)


def _facets(items: Iterable[IndexedEntry], content: Content, lang: str) -> dict[str, list[Facet]]:
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("flow", "skill", "tag")}
    written: dict[str, dict[str, str]] = {name: {} for name in counts}
    for item in items:
        flow = item.entry.flow
        if flow not in written["flow"]:
            written["flow"][flow] = flow_title(item.entry, content, lang)
        counts["flow"][flow] += 1
        for name, named in (("skill", item.skills), ("tag", item.tags)):
            for folded, text in named.items():
                counts[name][folded] += 1
                # The latest way of writing it is the one to show.
                written[name].setdefault(folded, text)
    return {
        name: [Facet(value, written[name][value], n) for value, n in counted.most_common()]
        for name, counted in counts.items()
    }


def skills_of(entry: Entry) -> list[str]:
    """The skills named in the entry's rows, as written."""
    named = (text_of(row, "skill") for row in rows_of(entry.answers, "achievements"))
    return [skill for skill in named if skill]
