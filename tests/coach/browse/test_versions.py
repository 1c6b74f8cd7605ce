"""Earlier versions: what changed from one to the next, and bringing one back."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from making import entry_of

from coach.browse.edits import amend_entry
from coach.browse.versions import Version, bring_back, versions
from coach.features.setbacks.situations import load_situations
from coach.flows.content import Content
from coach.store.journal import Journal


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "coach")


def told(content: Content, flow: str, before: Any, after: Any) -> list[tuple[str, str, str]]:
    """What the change of answers from `before` to `after` reads like."""
    entry = entry_of(flow, answers=after, revision="2")
    former = msgspec.to_builtins(entry_of(flow, answers=before, revision="1"))
    entry.history = [former | {"id": entry.id}]
    newest, first = versions(entry, content, "fr")
    assert first.first and first.changes == [] and newest.in_force
    return [(change.label, change.before, change.after) for change in newest.changes]


def test_a_text_before_and_after(content: Content) -> None:
    assert told(content, "weekly", {"word": "Flou"}, {"word": "Déclic", "hard": "Mardi"}) == [
        ("Ta semaine en un mot ?", "Flou", "Déclic"),
        ("Qu'est-ce qui a été difficile ?", "", "Mardi"),
    ]


def test_what_is_chosen_reads_by_name(content: Content) -> None:
    before = {"on_site": "here", "energy": 2}
    after = {"on_site": "school", "energy": 4}
    assert told(content, "weekly", before, after) == [
        ("Où étais-tu cette semaine ?", "Sur place", "À l'école"),
        ("Ton énergie ?", "2/5", "4/5"),
    ]


def test_rows_are_compared_by_their_ids(content: Content) -> None:
    one = {"id": "1", "action": "Refait la fiche", "skill": "Rédaction"}
    two = {"id": "2", "action": "Appelé les fournisseurs"}
    new = {"id": "3", "action": "Rangé la réserve", "impact": "2 h", "note": "n1"}
    before = {"achievements": [one, two]}
    after = {"achievements": [new, one | {"impact": "40 familles"}]}
    assert told(content, "weekly", before, after) == [
        ("Tes réussites de la semaine › Refait la fiche › Impact", "", "40 familles"),
        ("Tes réussites de la semaine", "Appelé les fournisseurs", ""),
        ("Tes réussites de la semaine", "", "Rangé la réserve · 2 h"),
    ]


def test_a_row_that_changes_its_first_cell_is_the_same_row(content: Content) -> None:
    before = {"achievements": [{"id": "1", "action": "Refait la fiche"}]}
    after = {"achievements": [{"id": "1", "action": "Refait l'affiche"}]}
    assert told(content, "weekly", before, after) == [
        ("Tes réussites de la semaine › Action", "Refait la fiche", "Refait l'affiche"),
    ]


def test_rows_that_moved_are_told(content: Content) -> None:
    rows = [{"id": "1", "action": "A"}, {"id": "2", "action": "B"}]
    changes = told(content, "weekly", {"achievements": rows}, {"achievements": rows[::-1]})
    assert changes == [("Tes réussites de la semaine", "1. A\n2. B", "1. B\n2. A")]


def test_a_repeated_step_names_its_item(content: Content) -> None:
    name = next(one.name.fr for one in load_situations() if one.id == "menial")
    base = {"situations": ["menial"]}
    before = base | {"turned": {"menial": {"skill": "soigner"}}}
    after = base | {"turned": {"menial": {"skill": "soigner et mesurer"}}}
    ((label, was, now),) = told(content, "reframe", before, after)
    assert label.startswith(f"{name} › ") and (was, now) == ("soigner", "soigner et mesurer")


def test_a_checklist_changes_point_by_point(content: Content) -> None:
    changes = told(
        content,
        "interview",
        {"fit": {"tasks": "yes", "team": "no"}},
        {"fit": {"tasks": "yes", "team": "yes", "hours": "no"}},
    )
    assert [(label.split(" › ")[1], was, now) for label, was, now in changes] == [
        ("L'équipe", "Non", "Oui"),
        ("Les horaires et le rythme", "", "Non"),
    ]


def test_what_no_session_would_have_kept_is_told_as_text(content: Content) -> None:
    assert told(content, "gone", {"a": ["x", "y"]}, {"a": 3}) == [("a", "x\ny", "3")]
    assert told(content, "weekly", {"mystery": "x"}, {}) == [("mystery", "x", "")]
    odd = told(content, "weekly", {"achievements": "texte"}, {"achievements": [{"action": 3}]})
    assert odd == [("Tes réussites de la semaine", "", "3")]


def test_tags_and_the_trash_are_changes_too(journal: Journal, content: Content) -> None:
    kept = journal.save(entry_of(answers={"word": "Flou"}))
    amend_entry(journal, kept.id, tags=["vente"])
    journal.trash(kept.id)
    entry = journal.restore(kept.id)
    restored, trashed, tagged, first = versions(entry, content, "en")
    assert [(c.label, c.before, c.after) for c in tagged.changes] == [("Tags", "", "vente")]
    assert [c.label for c in trashed.changes] == ["Moved to the trash"]
    assert [c.label for c in restored.changes] == ["Taken out of the trash"]
    assert first.first and restored.in_force


def test_an_earlier_version_comes_back_as_a_new_one(journal: Journal, content: Content) -> None:
    kept = journal.save(entry_of(answers={"word": "Flou"}, tags=["un"]))
    amend_entry(journal, kept.id, answers={"word": "Déclic"}, tags=[])
    entry = journal.get(kept.id)
    assert entry is not None
    oldest: Version = versions(entry, content, "fr")[-1]
    back = bring_back(journal, oldest.entry)
    assert (back.answers, back.tags) == ({"word": "Flou"}, ["un"])
    assert back.revision not in {kept.revision, entry.revision}
    assert [one["answers"]["word"] for one in back.history] == ["Flou", "Déclic"]


def test_a_revision_that_is_none_is_passed_over(content: Content) -> None:
    entry = entry_of(history=[{"answers": 3}, {"flow": "weekly"}])
    assert len(versions(entry, content, "fr")) == 1
