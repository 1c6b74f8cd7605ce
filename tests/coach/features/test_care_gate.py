"""One gate before every answer of the coach: the calm line, and nothing else."""

import copy
from pathlib import Path
from typing import Any

import pytest
from cli_tools import Cli
from making import TODAY, entry_of, internship_of

from coach.documents.dossier import Dossier
from coach.features.registry import DOCUMENTS, PROVIDERS, load_content, make_document
from coach.features.rehearsal.deck import build_deck
from coach.features.rehearsal.proof_matching import find_matching_proofs
from coach.flows.background import gather_student_context, open_notes
from coach.flows.remarks import find_cell_remarks, find_remarks
from coach.flows.schema import Line, Paragraph, Rows
from coach.flows.session import Session
from coach.language.care import calm_line, gate, heard
from coach.language.nudges import notice, questions
from coach.proofs.all_proofs import all_proofs
from coach.proofs.proof import ranked
from coach.store.snapshot import Snapshot

HEAVY = {"fr": "j'ai envie de mourir", "en": "I want to kill myself"}
CONTENT = load_content()
each_language = pytest.mark.parametrize("lang", sorted(HEAVY))


@pytest.fixture
def cli(tmp_path: Path, lang: str) -> Cli:
    return Cli(tmp_path / "data", lang)


def asks(told: str) -> list[str]:
    """The lines in which something is asked."""
    return [line for line in told.splitlines() if "?" in line]


# At the command line


@each_language
def test_review_says_the_line_alone(cli: Cli, lang: str) -> None:
    assert cli("review", HEAVY[lang]).out == f"{calm_line(lang)}\n"
    told = cli("review", HEAVY[lang], "--json").json
    assert told["care"] is True and told["questions"] == []
    assert cli("review", "Trié 3 bacs", "--json").json["care"] is False


@each_language
@pytest.mark.parametrize("piped", [False, True])
def test_a_note_says_it_and_nothing_of_what_comes_next(cli: Cli, lang: str, piped: bool) -> None:
    args, given = (("-",), HEAVY[lang]) if piped else ((HEAVY[lang],), "")
    first, *rest = cli("note", *args, stdin=given).out.splitlines()
    assert first == calm_line(lang) and rest == [{"fr": "C'est gardé.", "en": "It is kept."}[lang]]
    assert [one["answers"]["text"] for one in cli.entries()] == [HEAVY[lang]]


@each_language
def test_a_weekly_row_is_asked_nothing_more(cli: Cli, lang: str) -> None:
    # Where, energy, mood, a word; then the row. What was typed is the last thing before the line.
    said = cli("weekly", "--plain", stdin=f"\n\n\n\n{HEAVY[lang]}\n")
    after = said.out[said.out.index(calm_line(lang)) :].splitlines()
    assert said.out.count(calm_line(lang)) == 1
    skill, impact = {"fr": ("compétence", "Impact"), "en": ("skill", "Impact")}[lang]
    assert not [line for line in after if skill in line or impact in line]
    assert len(after) <= 5, after
    cli("weekly", "--plain", stdin="\n" * 40)
    (week,) = cli.entries("--flow", "weekly")
    (row,) = week["answers"]["achievements"]
    assert row["action"] == HEAVY[lang]


@each_language
def test_the_end_of_the_week_neither_counts_nor_quotes_it(cli: Cli, lang: str) -> None:
    lines = ["", "", "", "", HEAVY[lang], *[""] * 30]
    said = cli("weekly", "--plain", stdin="\n".join(lines))
    assert said.code == 0 and said.out.count(HEAVY[lang]) == 0
    recap = said.out[said.out.rindex(calm_line(lang)) :]
    assert not [line for line in recap.splitlines() if "feedback" in line or "retour" in line]


@each_language
def test_a_rehearsal_says_it_and_asks_for_no_mark(cli: Cli, lang: str) -> None:
    said = cli("rehearsal", "--plain", stdin=f"{HEAVY[lang]}\n\n")
    before, after = said.out.split(calm_line(lang))
    assert after.strip(" >\n") == "", after
    assert not asks(before.rsplit(">", 1)[-1])
    said = cli("rehearsal", "--plain", stdin="\n\n" + "+\n" * 9)
    assert said.code == 1, "it stays a draft"
    assert cli.entries()[0]["answers"]["attempts"][0]["answer"] == HEAVY[lang]


@each_language
def test_a_note_line_by_line(cli: Cli, lang: str) -> None:
    cli("note", HEAVY[lang])
    said = cli("weekly", "--plain", stdin="\n" * 40)
    assert HEAVY[lang] not in said.out, "it is not handed back to be completed"


# Beneath: whoever speaks asks the gate


@each_language
def test_the_gate_itself(lang: str) -> None:
    assert gate(lang, HEAVY[lang]) == calm_line(lang)
    assert gate(lang, "Trié 3 bacs", None, 3, {}) == ""
    for told in ([{"action": HEAVY[lang]}], {"turned": {"a": {"sentence": HEAVY[lang]}}}):
        assert heard(told) and heard("", told)
    assert not heard({"safety": ["harassment", "violence"]}), "an option that was ticked"


@each_language
def test_no_question_is_asked_of_it_or_beside_it(lang: str) -> None:
    rules = ("figure", "vague", "blame", "varnish", "feedback")
    assert questions(HEAVY[lang], lang) == []
    assert notice(rules, HEAVY[lang], lang, {"action": HEAVY[lang]}) == []
    assert notice(rules, "", lang, {"action": HEAVY[lang]}) == []
    assert notice(rules, "J'ai aidé sur plein de trucs", lang, {"impact": HEAVY[lang]}) == []
    assert notice(rules, "J'ai aidé sur plein de trucs", lang)


def filled(flow: str, lang: str) -> Session:
    """A session with the sentence in every place where one writes."""
    answers: dict[str, Any] = {"safety": ["none"], "situations": ["bored"], "on_site": "here"}
    session = Session(
        CONTENT.flow(flow), CONTENT, gather_student_context([], None, TODAY), lang, answers
    )
    for _ in range(3):  # what is answered brings further pages
        for page in session.pages():
            for field in session.fields(page):
                if isinstance(field, Line | Paragraph):
                    session.put(field, HEAVY[lang], page)
                elif isinstance(field, Rows):
                    row = {column.id: HEAVY[lang] for column in field.columns}
                    session.put(field, [{"id": "r"} | row], page)
    return session


@each_language
@pytest.mark.parametrize("flow", sorted(CONTENT.paths))
def test_every_page_of_every_session_says_the_line_alone(flow: str, lang: str) -> None:
    session = filled(flow, lang)
    for page in session.pages():
        written = [f for f in session.fields(page) if isinstance(f, Line | Paragraph | Rows)]
        assert session.calm(page) or not written, page.at
        told = session.answers_on(page)
        for field in written:
            value = session.value(field, page)
            row = value[0] if isinstance(field, Rows) else value
            assert find_remarks(field, row, lang, TODAY, told) == []
            for column in getattr(field, "columns", ()):
                if not column.within:
                    assert find_cell_remarks(column, row, lang, TODAY) == []
        name = page.step.panel
        if name and name not in PROVIDERS.factual:
            assert [line.plain for line in PROVIDERS.show(name, session.context(page))] == [
                calm_line(lang)
            ]


@each_language
def test_every_panel_that_answers_words_passes_it(lang: str) -> None:
    context = filled("weekly", lang).context()
    for name in set(PROVIDERS.panels) - set(PROVIDERS.factual):
        assert [line.plain for line in PROVIDERS.show(name, context)] == [calm_line(lang)], name


@each_language
@pytest.mark.parametrize("flow", sorted(CONTENT.paths))
def test_no_draft_tells_it(flow: str, lang: str) -> None:
    session = filled(flow, lang)
    for page in session.pages():
        for name in PROVIDERS.texts:
            assert HEAVY[lang] not in PROVIDERS.draft(name, session.context(page)), name


@each_language
def test_a_page_whose_draft_is_held_back_says_why(lang: str) -> None:
    answers = {"context": HEAVY[lang], "did": HEAVY[lang]}
    known = gather_student_context([], None, TODAY)
    session = Session(CONTENT.flow("reframe"), CONTENT, known, lang, answers, ("tell", ""))
    assert session.page.step.id == "tell" and session.calm()
    (field,) = session.fields()
    assert not session.value(field)


def told(lang: str) -> list[Any]:
    """A journal that holds the sentence in a week, a note and an aim, beside one proof."""
    about = internship_of(company="Lumen")
    heavy = {"id": "a", **dict.fromkeys(("action", "skill", "impact", "feedback"), HEAVY[lang])}
    good = {"id": "b", "action": "Trié 3 bacs", "skill": "Tri", "impact": "2 h au lieu de 4"}
    week = entry_of(
        internship=about.id,
        day=TODAY,
        answers={
            "achievements": [heavy, good],
            "hard": HEAVY[lang],
            "hard_did": HEAVY[lang],
            "ask": HEAVY[lang],
            "intention": HEAVY[lang],
        },
    )
    return [about, week, entry_of("note", day=TODAY, answers={"text": HEAVY[lang]})]


@each_language
def test_it_is_no_proof_and_no_note_to_complete(lang: str) -> None:
    entries = told(lang)
    snapshot = Snapshot(entries)
    for most in (0, 1, 9):
        assert [one.action for one in ranked(all_proofs(snapshot), most)] == ["Trié 3 bacs"]
    assert open_notes(entries, TODAY, "") == []
    for card in build_deck(snapshot, lang).cards[:20]:
        found = find_matching_proofs(card, all_proofs(snapshot), lang).proofs
        assert HEAVY[lang] not in {one.action for one in found}
    later = gather_student_context(entries, entries[0], TODAY.replace(year=TODAY.year + 1))
    assert later.intention == ""


@each_language
def test_nothing_is_gathered_or_written_for_others_of_it(lang: str) -> None:
    entries = told(lang)
    context = copy.copy(filled("end-review", lang).context())
    context = type(context)({}, gather_student_context(entries, entries[0], TODAY), CONTENT, lang)
    for name in PROVIDERS.rows:
        assert HEAVY[lang] not in str(PROVIDERS.propose(name, context)), name
    dossier = Dossier(Snapshot(entries), CONTENT, lang, TODAY, entries[0])
    for name in DOCUMENTS:
        assert HEAVY[lang] not in make_document(name, dossier).markdown, name
