"""A proof told as a story: what the row gives already, what one session adds, what is missing."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from making import TODAY, entry_of

from coach.browse.entry_reader import read_entry
from coach.features.registry import PROVIDERS
from coach.features.star.story import Star, by_proof, first_person, star_with
from coach.flows.choices import list_named
from coach.flows.content import Content
from coach.flows.draft_session import DraftSession
from coach.flows.request import SessionRequest
from coach.proofs.proof import Proof, proofs_of
from coach.store.entries import Entry
from coach.store.journal import Journal

ROW = {
    "id": "a",
    "action": "Trié la réserve par date",
    "impact": "3 h gagnées par semaine",
    "feedback": "On s'y retrouve",
    "feedback_from": "Mme Roy",
}
NEW = "La réserve débordait depuis la rentrée."


def star_of(about: Proof, stars: Iterable[Entry] = ()) -> Star:
    return star_with(about, by_proof(stars).get(about.key))


def week(*rows: dict[str, str], **changes: object) -> Entry:
    return entry_of("weekly", answers={"achievements": list(rows)}, **changes)


def proof(**cells: str) -> Proof:
    return proofs_of(week(ROW | cells))[0]


def story(about: Proof, **parts: str) -> Entry:
    return entry_of("star", answers={"proof": about.key} | parts)


def test_a_row_alone_gives_action_and_result_and_lacks_the_rest() -> None:
    told = star_of(proof())
    assert told.action == "J'ai trié la réserve par date"
    assert told.result == "3 h gagnées par semaine"
    assert told.missing == ["situation", "task"]


def test_what_was_told_comes_first_and_other_stories_are_not_its_own() -> None:
    about, other = proof(), proof(action="Compté les bacs")
    stars = [story(other, situation="x"), story(about, situation=NEW, task="Le rangement")]
    told = star_of(about, stars)
    assert (told.situation, told.task, told.entry_id) == (NEW, "Le rangement", stars[1].id)
    assert told.missing == []
    assert NEW in told.whole and "J'ai trié" in told.whole
    assert star_of(about, [stars[0]]).situation == ""


def test_the_newest_story_of_a_proof_counts() -> None:
    about = proof()
    newest, older = story(about, task="neuf"), story(about, task="vieux")
    assert star_of(about, [newest, older]).task == "neuf"
    assert by_proof([newest, older]) == {about.key: newest}


def test_a_story_without_i_or_figure_says_so() -> None:
    about = proof(action="Nous avons rangé", impact="")
    assert star_of(about).missing == ["situation", "task", "result", "i", "figure"]
    told = star_of(about, [story(about, action="J’ai rangé 3 bacs")])
    assert told.missing == ["situation", "task", "result"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Compté et commandé les abrasifs", "J'ai compté et commandé les abrasifs"),
        ("Accueil des familles", "J'ai accueilli les familles"),
        ("Led the tour for 40 kids", "I led the tour for 40 kids"),
        ("I sorted the bins", "I sorted the bins"),
        ("Allé voir 3 clients", "Allé voir 3 clients"),
        ("On a monté la serre", "On a monté la serre"),
        ("[/] {x}", "[/] {x}"),
    ],
)
def test_an_action_is_put_in_the_first_person_where_that_is_sure(row: str, said: str) -> None:
    assert first_person(row) == said


def test_answers_of_another_shape_do_no_harm() -> None:
    about = proof()
    odd = entry_of("star", answers={"proof": about.key, "task": ["x"], "situation": None})
    assert star_of(about, [odd]).missing == ["situation", "task"]
    assert by_proof([entry_of("star", answers={"proof": 3})]) == {}


def test_a_session_about_one_proof_begins_past_the_choice_and_keeps_it(
    tmp_path: Path, content: Content
) -> None:
    journal = Journal(tmp_path)
    # Weak, so that it is not among the strongest that the session offers.
    weak = journal.save(week({"id": "w", "action": "Rangé"}))
    strong = [ROW | {"id": f"s{n}", "trace": "photo"} for n in range(25)]
    journal.save(week(*strong))
    key = f"{weak.id}/w"
    request = SessionRequest("star", new=True, given=(("proof", key),))
    draft_session = DraftSession(journal, content, request, lang="fr", today=TODAY, internship=None)
    session = draft_session.session
    assert session.page.step.id == "frame" and not draft_session.changed
    assert [line.text for line in PROVIDERS.show("star_proof", session.context())][1] == "Rangé"
    choice = content.flow("star").steps[0].fields[0]
    assert session.put(choice, key) == key
    situation = session.page.step.fields[0]
    session.put(situation, NEW)
    assert draft_session.changed
    while session.next():
        pass
    assert PROVIDERS.show("star", session.context())[0].text == "Ton histoire"
    entry = draft_session.finish()
    assert entry.answers["proof"] == key and entry.answers["action"] == "J'ai rangé."
    assert star_of(proofs_of(weak)[0], [entry]).missing == ["task", "result", "figure"]
    items = list_named(entry, {weak.id: weak}.get)
    shown = [
        part.text for section in read_entry(entry, content, "fr", items) for part in section.parts
    ]
    assert "Rangé" in shown
