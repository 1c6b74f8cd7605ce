"""The rehearsal deck: where its cards come from, when they come back, how two machines merge."""

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from making import TODAY, entry_of

from coach.features.registry import load_content
from coach.features.rehearsal.confidence import trends
from coach.features.rehearsal.deck import build_deck, comes_back, due_count
from coach.features.rehearsal.practice import Practice
from coach.features.rehearsal.proof_matching import find_matching_proofs
from coach.features.rehearsal.questions import load_questions
from coach.flows.draft_session import DraftSession
from coach.flows.request import SessionRequest
from coach.proofs.proof import proofs_of
from coach.store.entries import Entry
from coach.store.journal import Journal
from coach.store.snapshot import Snapshot, refresh_snapshot
from coach.util.wording import Wording


def interview(*questions: str, **more: Any) -> Entry:
    rows = [{"id": f"q{i}", "question": one} for i, one in enumerate(questions)]
    return entry_of("interview", answers={"company": "Orbis", "questions": rows} | more)


def attempt(key: str, confidence: object, day: date = TODAY, **more: str) -> Entry:
    row = {"id": key, "question": "?", "confidence": confidence} | more
    return entry_of("rehearsal", day, answers={"attempts": [row]})


def cards(*entries: Entry, lang: str = "fr") -> Any:
    return build_deck(Snapshot(list(entries)), lang)


# Cards


def test_the_deck_is_what_threw_then_what_was_added_then_the_classic_ones() -> None:
    added = entry_of(
        "question", answers={"questions": [{"id": "a", "question": "Et la nuit ?", "from": "Ana"}]}
    )
    found = cards(interview("Pourquoi le bois ?"), added)
    assert [card.kind for card in found.cards[:2]] == ["threw", "added"]
    assert [card.origin for card in found.cards[:2]] == ["Orbis", "Ana"]
    assert len(found.cards) == 2 + len(load_questions())
    assert all(card.wants and card.hint for card in found.cards[2:])


def test_the_same_question_is_one_card_whatever_its_wording_or_how_often_it_came() -> None:
    first = interview("« Parlez-moi de vous »", questions=None)
    first.answers["questions"] = [
        {"id": "x", "question": "« parlez moi de VOUS »", "firmer": "Trois temps."}
    ]
    again = interview("Tell me about yourself.")
    found = cards(first, again)
    assert len(found.cards) == len(load_questions())
    card = found.find("classic:introduce")
    assert card.kind == "threw" and card.firmer == "Trois temps." and card.hint
    assert found.find(f"{again.id}/q0") is card


def test_own_questions_wait_at_once_and_classic_ones_only_fill_up() -> None:
    entry = interview("A ?", "B ?")
    snapshot = Snapshot([entry])
    assert due_count(snapshot, "fr", TODAY) == 2
    assert due_count(Snapshot(), "fr", TODAY) == 0
    asked = build_deck(snapshot, "fr").session(TODAY)
    assert len(asked) == 5 and [card.question for card in asked[:2]] == ["A ?", "B ?"]
    assert len({card.kind for card in asked}) == 4


def test_where_everything_was_tried_the_soonest_are_asked_again() -> None:
    told = [attempt(f"classic:{one.id}", "4") for one in load_questions()]
    told.append(attempt("classic:pay", "1"))
    found = cards(*told)
    assert not found.due(TODAY) and not found.untried()
    asked = found.session(TODAY)
    assert len(asked) == 5 and asked[0].key == "classic:pay"
    assert found.next_day(TODAY) == asked[0].due


# Coming back


def test_waits_grow_with_what_comes_easily_and_start_again_with_what_does_not() -> None:
    day, waits, told = TODAY, [], ()
    for confidence in (3, 3, 3, 3, 1):
        told += ((day, confidence),)
        back = comes_back(told)
        waits.append((back - day).days)
        day = back
    assert waits[:4] == sorted(waits[:4]) and waits[0] < waits[3]
    assert waits[4] < waits[3]
    firsts = [(comes_back(((TODAY, n),)) - TODAY).days for n in (1, 2, 3, 4)]
    assert firsts == sorted(firsts) and firsts[0] == 1 and firsts[3] > firsts[2]


def test_merging_two_machines_gives_the_same_days_in_whatever_order(tmp_path: Path) -> None:
    days = [TODAY - timedelta(days=n) for n in (30, 21, 20, 9, 9, 2)]
    entries = [attempt("classic:introduce", str(n % 4 + 1), day) for n, day in enumerate(days)]
    found = set()
    for seed in range(4):
        random.Random(seed).shuffle(entries)
        here, there = Journal(tmp_path / f"a{seed}"), Journal(tmp_path / f"b{seed}")
        here.merge(entries[:3])
        there.merge(entries[3:])
        here.merge(there.entries(history=True))
        card = build_deck(refresh_snapshot(here), "fr").find("classic:introduce")
        assert card is not None and len(card.attempts) == 6
        found.add(card.due)
    assert len(found) == 1


@pytest.mark.parametrize("odd", ["", "5", "oui", None, 3, ["4"], "12"])
def test_a_row_that_makes_no_sense_is_passed_over(odd: object) -> None:
    found = cards(attempt("classic:introduce", odd))
    card = found.find("classic:introduce")
    assert len(card.attempts) == (1 if odd == 3 else 0)
    assert cards(entry_of("rehearsal", answers={"attempts": "text"})).attempts == []


def test_a_question_that_is_gone_keeps_its_answers_in_the_chart() -> None:
    entry = interview("Pourquoi le bois ?")
    told = attempt(f"{entry.id}/q0", "2", question="Pourquoi le bois ?")
    assert cards(entry, told).find(f"{entry.id}/q0").attempts
    alone = cards(told)
    assert [one.confidence for one in alone.stray] == [2]
    assert [one.kind for one in trends(alone)] == [""]
    # Asked again elsewhere, it is found by its words.
    other = interview("pourquoi le bois")
    assert cards(other, told).find(f"{other.id}/q0").attempts


def test_confidence_is_a_mean_of_each_day_overall_and_by_kind() -> None:
    told = [
        attempt("classic:introduce", "1", TODAY - timedelta(days=3)),
        attempt("classic:strength", "2", TODAY - timedelta(days=3)),
        attempt("classic:introduce", "4", TODAY),
        attempt("classic:why_us", "3", TODAY),
    ]
    found = {one.kind: one for one in trends(cards(*told))}
    assert found[""].means == [1.5, 3.5] and found[""].cards == 3
    assert found["about_you"].means == [1.5, 4] and found["motivation"].means == [3]


def test_every_kind_has_its_words() -> None:
    kinds = {one.kind for one in load_questions()} | {"threw", "added", ""}
    for lang in ("fr", "en"):
        say = Wording("rehearsal", lang)
        assert all(say(f"kind.{kind}") for kind in kinds)


# Proofs


def test_proofs_that_share_words_come_first_then_the_strongest() -> None:
    rows = [
        {"id": "a", "action": "Trié 300 dossiers", "impact": "2 h gagnées", "feedback": "Bravo"},
        {"id": "b", "action": "Animé une réunion d'équipe"},
        {"id": "c", "action": "Rangé la réserve"},
    ]
    proofs = proofs_of(entry_of("weekly", answers={"achievements": rows}))
    card = cards().find("classic:team_role")
    found = find_matching_proofs(card, proofs, "fr")
    assert found.fits and found.proofs[0].row_id == "b"
    found = find_matching_proofs(cards().find("classic:pay"), proofs, "fr", 1)
    assert not found.fits and [one.row_id for one in found.proofs] == ["a"]
    assert find_matching_proofs(card, [], "fr").proofs == []


# A rehearsal under way


def practice(journal: Journal, **more: Any) -> Practice:
    draft_session = DraftSession(
        journal,
        load_content(),
        SessionRequest("rehearsal"),
        lang="fr",
        today=TODAY,
        internship=None,
    )
    return Practice(draft_session, build_deck(refresh_snapshot(journal), "fr"), TODAY, **more)


def test_what_is_typed_is_in_the_draft_and_found_again_at_its_question(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.save(interview("A ?", "B ?", "C ?"))
    first = practice(journal)
    first.answer("Trois\x1b[2J temps")
    assert first.rate(3) == comes_back(((TODAY, 3),))
    first.answer("À moitié", seconds=40)
    first.draft_session.file.write(first.draft_session.snapshot())
    first.draft_session.file.close()

    second = practice(journal)
    assert second.at == 1 and second.row["answer"] == "À moitié" and second.row["seconds"] == "40"
    assert [card.question for card in second.cards[:3]] == ["A ?", "B ?", "C ?"]
    assert not second.whole
    second.rate(1)
    assert second.whole
    entry = second.draft_session.finish()
    assert [row["confidence"] for row in entry.answers["attempts"]] == ["3", "1"]
    assert entry.answers["attempts"][0]["answer"] == "Trois temps"
    assert [card.question for card in build_deck(refresh_snapshot(journal), "fr").due(TODAY)] == [
        "C ?"
    ]


def test_a_draft_of_another_day_keeps_the_day_of_each_answer(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    first = practice(journal)
    first.rate(4)
    first.today = TODAY + timedelta(days=2)
    first.rate(4)
    first.draft_session.finish()
    days = [one.day for one in build_deck(refresh_snapshot(journal), "fr").attempts]
    assert days == [TODAY, TODAY + timedelta(days=2)]


def test_one_question_may_be_asked_for_and_a_skipped_one_leaves_nothing(tmp_path: Path) -> None:
    run = practice(Journal(tmp_path), first="classic:pay")
    assert run.card.key == "classic:pay"
    run.skip()
    assert run.card.key != "classic:pay" and not run.draft_session.changed
    with pytest.raises(ValueError):
        run.rate(5)
    assert run.draft_session.leave() is False
