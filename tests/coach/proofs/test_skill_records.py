"""Skills renamed, joined and sorted while rows stay; what lacks; when each was used."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from making import TODAY, entry_of

from coach.features.skills.aliases import latest, rename
from coach.features.skills.heatmap import build_heatmap
from coach.flows.content import Content
from coach.proofs.skills import ALIAS, Evidence, evidence_of
from coach.store.entries import iso_week
from coach.store.journal import Journal
from coach.store.snapshot import refresh_snapshot


def row(skill: str, **cells: str) -> dict[str, str]:
    return {"id": f"{skill}-{len(cells)}", "action": "Rangé la réserve", "skill": skill} | cells


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path)


def week(journal: Journal, *rows: dict[str, str], ago: int = 0) -> None:
    day = TODAY - timedelta(weeks=ago)
    journal.save(entry_of("weekly", day, week=iso_week(day), answers={"achievements": list(rows)}))


def read(journal: Journal, content: Content, lang: str = "fr") -> Evidence:
    return evidence_of(refresh_snapshot(journal), lang)


def names(found: Evidence) -> list[tuple[str, int]]:
    return [(skill.name, skill.count) for skill in found.skills]


def call(journal: Journal, content: Content, skill: str, means: str, kind: str = "") -> None:
    record = read(journal, content).by_key[skill]
    assert rename(journal, record, means, kind=kind, lang="fr", today=TODAY)


def test_what_a_skill_lacks_is_what_none_of_its_rows_has(
    journal: Journal, content: Content
) -> None:
    week(journal, row("Tri", impact="3 bacs"), row("Tri", feedback="Bien"), row("Zinguerie"))
    found = read(journal, content).by_key
    assert found["tri"].missing == ["trace"]
    assert found["zinguerie"].missing == ["figure", "feedback", "trace"]


def test_renaming_leaves_the_rows_and_the_trash_undoes_it(
    journal: Journal, content: Content
) -> None:
    week(journal, row("tri des dechets"), row("Tri des déchets"))
    call(journal, content, "tri des dechets", "Gestion du tri")
    (skill,) = read(journal, content).skills
    assert (skill.name, skill.count) == ("Gestion du tri", 2)
    assert set(skill.written) == {"tri des dechets", "Tri des déchets"}
    entry = latest(refresh_snapshot(journal).of(ALIAS), skill)
    assert entry is not None
    journal.trash(entry.id)
    assert read(journal, content).by_key.keys() == {"tri des dechets"}


def test_joining_and_naming_back_never_turn_in_a_circle(journal: Journal, content: Content) -> None:
    week(journal, row("Un"), row("Deux"))
    call(journal, content, "un", "Deux")
    assert names(read(journal, content)) == [("Deux", 2)]
    call(journal, content, "deux", "Un")
    assert names(read(journal, content)) == [("Un", 2)]
    call(journal, content, "un", "Trois")
    assert names(read(journal, content)) == [("Trois", 2)]
    for before in (("Un", 2), ("Deux", 2)):
        (skill,) = read(journal, content).skills
        entry = latest(refresh_snapshot(journal).of(ALIAS), skill)
        assert entry is not None
        journal.trash(entry.id)
        assert names(read(journal, content)) == [before]


def test_only_the_case_of_a_name_may_change(journal: Journal, content: Content) -> None:
    week(journal, row("excel avancé"))
    call(journal, content, "excel avance", "Excel avancé")
    assert names(read(journal, content)) == [("Excel avancé", 1)]


def test_a_kind_is_kept_through_a_new_name(journal: Journal, content: Content) -> None:
    week(journal, row("Zinguerie"))
    skill = read(journal, content).by_key["zinguerie"]
    assert rename(journal, skill, skill.name, kind="technical", lang="fr", today=TODAY)
    skill = read(journal, content).by_key["zinguerie"]
    assert skill.kind == "technical"
    assert rename(journal, skill, skill.name, kind="technical", lang="fr", today=TODAY) is None
    call(journal, content, "zinguerie", "Zinguerie de toit")
    assert read(journal, content).by_key["zinguerie de toit"].kind == "technical"


def test_nothing_is_renamed_to_nothing(journal: Journal, content: Content) -> None:
    week(journal, row("Zinguerie"))
    skill = read(journal, content).by_key["zinguerie"]
    for means in ("", "  \n", "Zinguerie"):
        assert rename(journal, skill, means, lang="fr", today=TODAY) is None
    assert journal.entries(flow=ALIAS) == []


def test_weeks_have_no_gap_and_end_today(journal: Journal, content: Content) -> None:
    week(journal, row("Tri"), row("Tri", trace="x"), ago=3)
    week(journal, row("Tri"), row("Zinguerie"), ago=1)
    skills = read(journal, content).skills
    found = build_heatmap(skills, TODAY, room=52)
    assert found.weeks[-1] == iso_week(TODAY) and len(found.weeks) == 4
    assert {skill.key: counts for skill, counts in found.rows} == {
        "tri": [2, 0, 1, 0],
        "zinguerie": [0, 0, 1, 0],
    }
    assert [counts for _, counts in build_heatmap(skills, TODAY, room=2, back=1).rows] == [
        [0, 1],
        [0, 1],
    ]
    assert build_heatmap(skills, TODAY, room=9, back=99).weeks == [
        iso_week(TODAY - timedelta(weeks=3))
    ]


def test_months_begin_where_their_first_monday_is(journal: Journal, content: Content) -> None:
    week(journal, row("Tri"), ago=5)
    months = build_heatmap(read(journal, content).skills, TODAY, room=52).months()
    assert months == [(0, date(2026, 10, 12)), (3, date(2026, 11, 2))]


def test_a_week_that_no_calendar_has_does_no_harm(journal: Journal, content: Content) -> None:
    odd = entry_of("weekly", week="????", answers={"achievements": [row("Tri")]})
    journal.save(odd)
    assert build_heatmap(read(journal, content).skills, TODAY, room=9).weeks == [iso_week(TODAY)]
