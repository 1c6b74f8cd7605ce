"""What browsing lists: filters, search, drafts and trash; small changes made from there."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import TODAY, draft_of, entry_of, internship_of

from coach.browse.edits import amend_entry, parse_tags, tag_draft, tag_entry, trash_draft
from coach.browse.entry_index import EntryIndex, Filter, Status, sections, since_day, until_day
from coach.browse.excerpts import choices_of, excerpt, spans, texts_of
from coach.browse.index_builder import build_index
from coach.disk.errors import JournalError
from coach.export.single_entry import file_name, place_for, take_out
from coach.features.setbacks.situations import load_situations
from coach.flows.content import Content
from coach.store.drafts import DraftOpenElsewhere
from coach.store.entries import Entry
from coach.store.journal import Journal
from coach.util.text import fold


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "coach")


def keep(journal: Journal, *entries: Entry) -> list[Entry]:
    return [journal.save(entry) for entry in entries]


def begin(journal: Journal, entry: Entry, **changes: Any) -> None:
    with journal.drafts.open(entry.id) as file:
        file.write(draft_of(entry, **changes))


def found(index: EntryIndex, **wanted: Any) -> list[str]:
    """The flows found, in order, which the tests keep apart."""
    return [index.items[key].entry.id for key in index.find(Filter(**wanted))]


def week(id: str, day: date = TODAY, **answers: Any) -> Entry:
    return entry_of("weekly", day, id=id, answers=answers)


ROWS = [{"id": "r1", "action": "Refait la fiche", "skill": "Rédaction", "impact": "40 familles"}]


# Finding


def test_words_are_found_without_accents_or_case_in_drafts_too(
    journal: Journal, content: Content
) -> None:
    keep(journal, week("kept", hard="Réunion d'ÉCOUTE des familles"), week("other", hard="Rien"))
    begin(journal, week("begun", hard="J'ai écouté"))
    index = build_index(journal, content, "fr")
    assert sorted(found(index, text="ecout")) == ["begun", "kept"]
    assert found(index, text="FAMILLES écoute") == ["kept"]
    assert found(index, text="familles absent") == []
    assert len(found(index, text="  ")) == 3


def test_typing_on_narrows_and_going_back_widens(journal: Journal, content: Content) -> None:
    keep(journal, week("a", hard="colle"), week("b", hard="collage"), week("c", hard="noyer"))
    index = build_index(journal, content, "fr")
    typed = ["c", "co", "coll", "colle", "colle noyer", "coll", "n", "no", ""]
    assert [sorted(found(index, text=text)) for text in typed] == [
        *[["a", "b"]] * 3,
        ["a"],
        [],
        ["a", "b"],
        ["c"],
        ["c"],
        ["a", "b", "c"],
    ]


def test_what_was_chosen_is_found_by_the_name_it_reads_by(
    journal: Journal, content: Content
) -> None:
    keep(journal, entry_of("reframe", id="bad", answers={"situations": ["absent_manager"]}))
    name = next(one.name for one in load_situations() if one.id == "absent_manager")
    assert found(build_index(journal, content, "fr"), text=name.fr) == ["bad"]
    english = build_index(journal, content, "en", build_index(journal, content, "fr"))
    assert found(english, text=name.en) == ["bad"]
    assert found(english, text="absent_manager") == []


def test_each_filter_alone_and_together(journal: Journal, content: Content) -> None:
    keep(
        journal,
        week("low", TODAY - timedelta(days=14), mood=2, achievements=ROWS),
        week("high", TODAY - timedelta(days=7), mood=5),
        entry_of("note", id="note", tags=["À montrer"], answers={"text": "Un mot"}),
    )
    index = build_index(journal, content, "fr")
    week_ago = TODAY - timedelta(days=7)
    assert found(index, flow="note") == ["note"]
    assert found(index, mood="low") == ["low"]
    assert found(index, mood="high") == ["high"]
    assert found(index, mood="fair") == []
    assert found(index, skill="redaction") == ["low"]
    assert found(index, tag=fold("À montrer")) == ["note"]
    assert found(index, since=week_ago) == ["note", "high"]
    assert found(index, until=week_ago) == ["high", "low"]
    assert found(index, since=week_ago, until=week_ago) == ["high"]
    assert found(index, flow="weekly", mood="low", text="fiche") == ["low"]
    assert found(index, flow="weekly", mood="high", text="fiche") == []


def test_kept_drafts_and_trash_are_told_apart(journal: Journal, content: Content) -> None:
    keep(journal, week("kept"), week("gone"), week("changing", hard="avant"))
    journal.trash("gone")
    begin(journal, week("begun"))
    changing = journal.get("changing")
    assert changing is not None
    begin(journal, msgspec.structs.replace(changing, answers={"hard": "après"}))
    index = build_index(journal, content, "fr")
    assert sorted(found(index)) == ["begun", "changing", "changing", "kept"]
    assert sorted(found(index, status="done")) == ["changing", "kept"]
    assert sorted(found(index, status="draft")) == ["begun", "changing"]
    assert found(index, status="trash") == ["gone"]
    assert index.total(Filter()) == 4 and index.total(Filter(status="trash")) == 1
    # Both texts of an entry under change are found, each on its own line.
    assert [index.items[key].status for key in index.find(Filter(text="apres"))] == ["draft"]
    assert [index.items[key].status for key in index.find(Filter(text="avant"))] == ["done"]
    assert [item.entry.id for item in index.items.values() if item.revises] == ["changing"]


def test_what_is_named_is_the_kept_one_else_the_draft(journal: Journal, content: Content) -> None:
    keep(journal, week("kept"))
    begin(journal, week("kept"))
    begin(journal, week("begun"))
    index = build_index(journal, content, "fr")
    kept, begun = index.named("kept"), index.named("begun")
    assert kept is not None and kept.status is Status.DONE
    assert begun is not None and begun.status is Status.DRAFT
    assert index.named("never") is None and index.named("") is None


def test_a_new_shelf_shows_what_changed_and_reads_the_rest_only_once(
    journal: Journal, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(journal, week("a", hard="colle"), week("b", hard="noyer"))
    begin(journal, week("c", hard="un"))
    first = build_index(journal, content, "fr")
    amend_entry(journal, "b", answers={"hard": "chêne"})
    begin(journal, week("c", hard="deux"), saved_at="2026-11-20T18:00:00.000000Z")
    read: list[str] = []

    def noting(entry: Entry, choices: Any) -> list[str]:
        read.append(entry.id)
        return texts_of(entry, choices)

    monkeypatch.setattr("coach.browse.index_builder.texts_of", noting)
    second = build_index(journal, content, "fr", first)
    assert sorted(read) == ["b", "c"]
    assert found(second, text="chene") == ["b"] and found(second, text="noyer") == []
    assert found(second, text="deux") == ["c"]
    # The former index still shows what it showed: it may be on the screen.
    assert found(first, text="noyer") == ["b"]


def test_choices_come_most_used_first_as_last_written(journal: Journal, content: Content) -> None:
    old, new = TODAY - timedelta(days=7), TODAY
    keep(
        journal,
        week("a", old, achievements=[{"id": "1", "action": "x", "skill": "REDACTION"}]),
        week("b", new, achievements=[{"id": "2", "action": "y", "skill": "Rédaction"}]),
        week("c", new, achievements=[{"id": "3", "action": "z", "skill": "[b]Vente"}]),
    )
    facets = build_index(journal, content, "fr").facets
    assert [(f.label, f.count) for f in facets["skill"]] == [("Rédaction", 2), ("[b]Vente", 1)]
    assert [(f.value, f.label) for f in facets["flow"]] == [("weekly", "Séance de la semaine")]


def test_weeks_are_counted_from_the_internship(journal: Journal, content: Content) -> None:
    about = internship_of("2026-10-12", "2026-12-18")
    keep(journal, about, entry_of(id="w", internship=about.id), entry_of(id="alone"))
    index = build_index(journal, content, "fr")
    assert index.week(index.items["w"].entry) == (6, 10)
    assert index.week(index.items["alone"].entry) is None
    assert index.week(index.items[about.id].entry) is None


@pytest.mark.parametrize(
    "answers",
    [
        {"achievements": "pas une liste"},
        {"achievements": [1, None, "texte"], "situations": 3},
        {"energy": {"a": [1]}, "mood": "haut"},
        {"again": {"menial": "texte"}, "turned": {"x": {"y": {"z": "profond"}}}},
    ],
)
@pytest.mark.parametrize("flow", ["weekly", "reframe", "interview", "gone"])
def test_entries_that_no_session_would_have_kept_still_read(
    journal: Journal, content: Content, flow: str, answers: dict[str, Any]
) -> None:
    keep(journal, entry_of(flow, id="odd", answers=answers))
    index = build_index(journal, content, "fr")
    assert found(index) == ["odd"]
    assert index.items["odd"].energy is None
    sections(index.items["odd"].entry, index, content, "fr")


def test_a_progress_reads_by_the_objectives_of_its_internship(
    journal: Journal, content: Content
) -> None:
    about = internship_of(objective="Tenir le guichet")
    done = entry_of(id="w", internship=about.id, answers={"progress": {"main": "some"}})
    keep(journal, about, done)
    index = build_index(journal, content, "fr")
    read = sections(index.items["w"].entry, index, content, "fr")
    assert [cell for part in read[0].parts for row in part.rows for _, cell in row] == [
        "Tenir le guichet",
        "Un peu",
    ]


# Excerpts


def test_an_excerpt_shows_each_word_where_it_stands() -> None:
    said = ["rien ici", "Un minuteur collé à l'établi", "le noyer, enfin"]
    line, marks = excerpt(said, ["noyer", "etabli"], 60)
    assert {line[a:b] for a, b in marks} == {"noyer", "établi"}
    assert excerpt(said, ["absent"], 60) == ("", [])


@pytest.mark.parametrize("before", ["mot " * 20_000, "é" * 90_000, "\n" * 500])
def test_a_match_deep_in_a_long_text_is_found(before: str) -> None:
    text = f"{before} Trésor caché {'fin ' * 1000}"
    line, marks = excerpt([text], ["tresor"], 40)
    assert [line[a:b] for a, b in marks] == ["Trésor"]
    assert len(line) < 100
    assert [text[a:b] for a, b in spans(text, ["tresor"])] == ["Trésor"]


@given(st.text(max_size=300), st.text(min_size=1, max_size=5))
def test_marks_stand_on_what_was_looked_for(text: str, word: str) -> None:
    wanted = [fold(word)]
    for start, end in spans(text, wanted):
        assert fold(text[start:end]).startswith(wanted[0]) or wanted[0] in fold(text[start:end])
    line, marks = excerpt([text], wanted, 40)
    assert all(0 <= start < end <= len(line) for start, end in marks)


def test_choices_of_a_flow_that_is_gone_are_none(content: Content) -> None:
    assert choices_of("gone", content, "fr") == {}


# Dates

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("lundi", "2026-11-23"),
        ("vendredi", "2026-11-20"),
        ("hier", "2026-11-22"),
        ("15/11", "2026-11-15"),
        ("30 nov", "2025-11-30"),
        ("1er octobre", "2026-10-01"),
        ("2026-12-01", "2026-12-01"),
        ("demain", "2026-11-24"),
    ],
)
def test_days_are_read_looking_back(raw: str, day: str) -> None:
    assert since_day(raw, MONDAY) == date.fromisoformat(day)


def test_the_end_comes_after_the_beginning() -> None:
    october = date(2026, 10, 1)
    assert until_day("30 nov", MONDAY, october) == date(2026, 11, 30)
    assert until_day("30 nov", MONDAY, date(2025, 10, 1)) == date(2025, 11, 30)
    assert until_day("30 nov", MONDAY, None) == date(2026, 11, 30)
    assert until_day("pas un jour", MONDAY, october) is None


# Small changes


def test_tags_are_cleaned() -> None:
    assert parse_tags(" #À montrer, a montrer ;\x1b[31m fin de  stage,, # ,") == [
        "À montrer",
        "fin de stage",
    ]
    assert parse_tags("") == []
    assert all(len(tag) <= 60 for tag in parse_tags("x" * 500))


def test_tags_are_a_revision_and_reach_the_draft_under_way(journal: Journal) -> None:
    (kept,) = keep(journal, week("a", hard="avant"))
    begin(journal, week("a", hard="après"), base=kept.revision)
    after = tag_entry(journal, "a", ["vente"])
    assert after.tags == ["vente"] and len(after.history) == 1
    draft = journal.drafts.read_draft("a")
    assert draft is not None
    assert (draft.entry.tags, draft.base) == (["vente"], after.revision)
    assert draft.entry.answers == {"hard": "après"}
    assert not journal.overtaken(draft)


def test_a_draft_gets_tags(journal: Journal) -> None:
    begin(journal, week("a", hard="mot"))
    tag_draft(journal, "a", ["vente"])
    draft = journal.drafts.read_draft("a")
    assert draft is not None and draft.entry.tags == ["vente"]


def test_a_draft_goes_to_the_trash_and_comes_back(journal: Journal) -> None:
    begin(journal, week("a", hard="mot"))
    moved = trash_draft(journal, "a")
    assert moved == "a" and journal.drafts.list() == []
    journal.restore(moved)
    assert [draft.entry.answers for draft in journal.drafts.list()] == [{"hard": "mot"}]


def test_a_change_goes_to_the_trash_beside_its_entry(journal: Journal) -> None:
    (kept,) = keep(journal, week("a", hard="avant"))
    begin(journal, week("a", hard="après"), base=kept.revision)
    moved = trash_draft(journal, "a")
    assert moved not in (None, "a")
    assert [e.answers for e in journal.entries()] == [{"hard": "avant"}]
    assert [e.id for e in journal.entries(trash=True)] == [moved]


def test_an_empty_draft_leaves_nothing(journal: Journal) -> None:
    begin(journal, week("a"))
    assert trash_draft(journal, "a") is None
    assert journal.drafts.list() == [] and journal.entries(trash=True) == []


def test_a_draft_open_elsewhere_is_left_alone(journal: Journal) -> None:
    begin(journal, week("a", hard="mot"))
    with journal.drafts.open("a"), pytest.raises(DraftOpenElsewhere):
        trash_draft(journal, "a")
    assert len(journal.drafts.list()) == 1


def test_amending_what_is_not_there_is_told(journal: Journal) -> None:
    with pytest.raises(JournalError, match="unknown_entry"):
        amend_entry(journal, "never", tags=[])


# One entry out


def test_one_entry_is_written_once_asked(
    tmp_path: Path, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    entry = week("a", hard="Trois familles attendaient")
    path = place_for(f"~/{file_name(entry)}", entry)
    assert path == tmp_path / "2026-11-20-weekly.md"
    take_out(entry, path, content, "fr", [])
    assert "Trois familles attendaient" in path.read_text("utf-8")
    path.write_text("à moi", "utf-8")
    with pytest.raises(FileExistsError):
        take_out(entry, path, content, "fr", [])
    assert path.read_text("utf-8") == "à moi"
    take_out(entry, path, content, "fr", [], force=True)
    assert "Trois familles" in path.read_text("utf-8")


def test_a_folder_gets_the_file_in_it_and_a_bad_place_is_told(
    tmp_path: Path, content: Content
) -> None:
    entry = week("a")
    assert place_for(str(tmp_path), entry) == tmp_path / file_name(entry)
    assert place_for("~nobody-of-that-name/x.md", entry).name == "x.md"
    with pytest.raises(JournalError, match="os_at"):
        take_out(entry, tmp_path / "missing" / "x.md", content, "fr", [])
    with pytest.raises(JournalError, match="os_at"):
        take_out(entry, Path("nul\0.md"), content, "fr", [])


def test_a_flow_named_by_others_makes_a_plain_file_name() -> None:
    assert file_name(entry_of("../é t/x")) == "2026-11-20-..-é-t-x.md"
