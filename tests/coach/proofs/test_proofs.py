"""Proofs, their strength and order; the snapshot that gives them; the skills they show."""

from pathlib import Path

from making import entry_of

from coach.flows.choices import list_named
from coach.flows.content import Content
from coach.proofs.all_proofs import all_proofs
from coach.proofs.proof import proofs_of, ranked, strength
from coach.proofs.skills import gather_evidence
from coach.store.journal import Journal
from coach.store.snapshot import refresh_snapshot

BARE = {"id": "a", "action": "Rangé la réserve par date", "skill": "Rangement"}
FIGURE = BARE | {"id": "b", "impact": "3 h gagnées par semaine"}
BOTH = FIGURE | {"id": "c", "feedback": "On s'y retrouve", "feedback_from": "Mme Roy"}
VAGUE = {"id": "d", "action": "Aidé l'équipe", "skill": "Entraide"}


def week(*rows: dict[str, str], **changes: object):  # type: ignore[no-untyped-def]
    return entry_of("weekly", answers={"achievements": list(rows)}, **changes)


def test_strength_says_what_is_there_and_what_lacks() -> None:
    bare, figure, both, vague = map(strength, proofs_of(week(BARE, FIGURE, BOTH, VAGUE)))
    assert bare.missing == ["figure", "feedback", "trace"]
    assert figure.missing == ["feedback", "trace"]
    assert both.missing == ["trace"]
    assert vague.vague and not bare.vague
    assert both.score > figure.score > bare.score > vague.score


def test_the_strongest_come_first_whatever_the_order() -> None:
    proofs = proofs_of(week(VAGUE, BARE, BOTH, FIGURE))
    assert [proof.row_id for proof in ranked(proofs)] == ["c", "b", "a", "d"]
    assert [proof.row_id for proof in ranked(proofs, 2)] == ["c", "b"]


def test_rows_that_make_no_sense_are_no_proofs() -> None:
    odd = entry_of("weekly", answers={"achievements": [None, 3, {"action": ["x"]}, {"skill": "y"}]})
    assert proofs_of(odd) == []
    assert proofs_of(entry_of("weekly", answers={"achievements": "text"})) == []
    assert proofs_of(entry_of("note", answers={"text": "Trié 3 bacs"})) == []


def test_a_catalogue_follows_the_journal_and_keeps_what_did_not_change(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    first, second = journal.save(week(BARE)), journal.save(week(FIGURE))
    before = refresh_snapshot(journal)
    assert refresh_snapshot(journal, before) is before
    Journal(tmp_path).save(second)
    after = refresh_snapshot(journal, before)
    assert after.by_id[first.id] is before.by_id[first.id]
    assert after.by_id[second.id].revision != second.revision
    journal.trash(second.id)
    left = refresh_snapshot(journal, after)
    assert [entry.id for entry in left.of("weekly")] == [first.id]
    assert [proof.entry_id for proof in all_proofs(left)] == [first.id]


def test_skills_gather_under_one_name_and_renamings_leave_the_rows(
    tmp_path: Path, content: Content
) -> None:
    journal = Journal(tmp_path)
    for written in ("caisse", "Encaissement", "Tenir la caisse"):
        journal.save(week(BARE | {"skill": written}))
    found = gather_evidence(refresh_snapshot(journal), "fr").skills
    assert [(one.key, one.count, one.kind) for one in found] == [
        ("encaissement", 2, "technical"),
        ("tenir la caisse", 1, ""),
    ]
    journal.save(entry_of("alias", answers={"name": "tenir la caisse", "means": "encaissement"}))
    (merged,) = gather_evidence(refresh_snapshot(journal), "fr").skills
    assert merged.count == 3
    assert {proof.skill for proof in merged.proofs} == {"caisse", "Encaissement", "Tenir la caisse"}


def test_renamings_that_turn_in_a_circle_end(tmp_path: Path, content: Content) -> None:
    journal = Journal(tmp_path)
    journal.save(week(BARE | {"skill": "un"}))
    journal.save(entry_of("alias", answers={"name": "un", "means": "deux"}))
    journal.save(entry_of("alias", answers={"name": "deux", "means": "un"}))
    assert len(gather_evidence(refresh_snapshot(journal), "fr").skills) == 1


def test_what_an_answer_refers_to_is_named_again() -> None:
    about = entry_of("internship", answers={"objective": "Mener une traite"})
    told = week(BOTH)
    person = entry_of("contact", answers={"name": "Nadia Ott"})
    kept = {one.id: one for one in (about, told, person)}
    review = entry_of(
        "weekly",
        internship=about.id,
        answers={"picked": [f"{told.id}/c"], "by": person.id, "more": {f"{told.id}/c": {}}},
    )
    labels = {item["id"]: item["label"] for item in list_named(review, kept.get)}
    assert labels == {
        "main": "Mener une traite",
        f"{told.id}/c": BOTH["action"],
        person.id: "Nadia Ott",
    }
