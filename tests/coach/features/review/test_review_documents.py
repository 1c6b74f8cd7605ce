"""The review, the request for a letter, the slides, the report and the oral defence."""

from io import BytesIO
from typing import Any

import docx
import pptx
import pytest
from making import TODAY, entry_of, internship_of, newest_first
from pptx.util import Pt

from coach.demo import tell
from coach.documents.base import Document
from coach.documents.dossier import Dossier
from coach.documents.formats import encode
from coach.documents.limits import parts, too_long, words_in
from coach.features.registry import load_content, make_document
from coach.features.review.recommendation_document import greeting
from coach.features.review.review_document import Review, build_review, checklist, slips
from coach.features.review.rows import (
    find_best_figures,
    find_best_proofs,
    find_difficulties,
    find_feedbacks,
    find_human,
    find_missions,
    objective_marks,
)
from coach.features.review.value_defence_document import model as slides_of
from coach.flows.background import gather_student_context
from coach.flows.session import Session
from coach.language.quotes import quoted, unquoted
from coach.store.entries import Entry
from coach.store.snapshot import Snapshot

CONTENT = load_content()
FIVE = ("review", "recommendation", "value-defence", "report", "defence")


def demo(lang: str = "fr", *more: Entry, **how: Any) -> Dossier:
    """What the demo holds, seen on its day, with more entries on top."""
    entries = newest_first([*tell(lang, TODAY).entries, *more])
    about = next(one for one in entries if one.flow == "internship")
    return Dossier(Snapshot(entries), CONTENT, lang, TODAY, about, **how)


def told(flow: str, dossier: Dossier, **answers: Any) -> Entry:
    """A session of the internship, kept with those answers."""
    about = dossier.internship
    return entry_of(flow, internship=about.id if about else None, answers=answers)


def with_(flow: str, **answers: Any) -> Dossier:
    return demo("fr", told(flow, demo(), **answers))


def heads(document: Document) -> list[str]:
    return [heading for heading, _ in parts(document.markdown)]


# Before a session was walked


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", FIVE)
def test_each_stands_at_once_with_nothing_empty_under_a_heading(name: str, lang: str) -> None:
    made = make_document(name, demo(lang))
    assert all(inside for _, inside in parts(made.markdown)[1:])
    assert "None" not in made.markdown and "{" not in made.markdown
    assert encode(made, ".docx") and encode(made, ".html")


@pytest.mark.parametrize("name", FIVE)
def test_with_nothing_kept_it_says_what_to_do_and_stands(name: str) -> None:
    made = make_document(name, Dossier(Snapshot(), CONTENT, "fr", TODAY))
    assert made.markdown.startswith("# ")
    assert name == "defence" or made.warnings


def test_the_review_is_of_two_pages_and_from_this_internship_alone() -> None:
    made = make_document("review", demo())
    assert sum(words_in(inside) for _, inside in parts(made.markdown)) <= 700
    assert "Vasseur" not in made.markdown and "Atelier Lumen" in made.markdown
    assert heads(made)[1:4] == ["Le contexte", "Le déroulement", "Les compétences acquises"]


def test_what_is_gathered_comes_from_the_weeks() -> None:
    dossier = demo()
    rows = find_missions(dossier)
    assert rows[0]["planned"] and any("Acquis en semaine 4" in row.get("done", "") for row in rows)
    assert any("planned" not in row for row in rows), "what nobody planned is told too"
    assert all(row["hard"] and row["did"] for row in find_difficulties(dossier))
    people = [row["who"] for row in find_feedbacks(dossier)]
    assert len(people) == len(set(people)) >= 2
    assert len({row["skill"] for row in find_human(dossier)}) >= 2
    assert [row["id"] for row in rows] == [row["id"] for row in find_missions(demo())]


def test_objectives_know_how_far_they_came_and_when() -> None:
    marks = {item["id"]: (mark, week) for item, mark, week in objective_marks(demo())}
    assert marks["demontage"] == ("reached", 4) and marks["vernis"] == ("some", 9)


# What a session adds


def test_picked_proofs_and_what_completes_them_are_told_everywhere() -> None:
    key = demo().proofs[-1].key
    complete = {key: {"impact": "7 SIGNES", "feedback": "« Enfin »", "anecdote": "Un mardi."}}
    dossier = with_("end-review", picked=[key], complete=complete)
    review = make_document("review", dossier).markdown
    assert "7 SIGNES" in review and "Un mardi." in review
    assert "« Enfin »" in review.replace("\xa0", " ")
    assert "**Remonté et livré" not in review
    # The proof is completed for the other documents too: nothing is typed twice.
    assert "7 SIGNES" in make_document("report", dossier).markdown
    assert any(proof.impact == "7 SIGNES" for proof in dossier.proofs)


def test_what_the_student_struck_out_stays_out() -> None:
    made = make_document("review", with_("end-review", brought="Je sais ce que je veux."))
    assert "Difficultés" not in made.markdown and "Je sais ce que je veux." in made.markdown
    assert "difficulté" in " ".join(made.warnings).lower()


def test_letting_go_of_every_proof_and_of_the_plan_leaves_them_out() -> None:
    assert (
        "Réalisations" not in make_document("review", with_("end-review", brought="Oui.")).markdown
    )
    made = make_document(
        "value-defence", with_("value-defence", ask="Six mois", plan_30="Tenir la caisse")
    )
    assert "620" not in made.markdown and "Jours 61 à 90" not in made.markdown
    assert "Tenir la caisse" in made.markdown


def test_a_session_under_way_shows_what_is_typed_and_the_rest_from_the_weeks() -> None:
    entry = told("end-review", demo(), axes=[{"id": "a", "axis": "Lire un plan"}])
    about = demo().internship
    dossier = demo("fr", under_way=entry)
    assert about is not None
    made = make_document("review", dossier).markdown
    assert "Lire un plan" in made and "Difficultés et solutions" in made


def full() -> dict[str, Any]:
    return {
        "human": [{"id": "1", "skill": "Écoute", "now": "a"}, {"id": "2", "skill": "Temps"}],
        "axes": [{"id": "1", "axis": "Lire un plan"}, {"id": "2", "axis": "Oser demander"}],
        "traces": [{"id": "1", "what": "photo"}],
        "feedbacks": [{"id": "1", "who": "Karim, ébéniste"}, {"id": "2", "who": "Mme Roy"}],
        "questions": ["aim"],
        "difficulties": [{"id": "1", "hard": "Le plan", "did": "Demandé à Karim de le relire"}],
        "assignments": [{"id": "1", "done": "Reçu 40 familles", "brought": "Savoir trancher"}],
    }


def points(**changes: Any) -> list[bool]:
    made = build_review(with_("end-review", **(full() | changes)))
    return [done for done, _ in checklist(made, "fr")]


def test_the_checklist_is_computed_point_by_point() -> None:
    assert points() == [True] * 5
    assert points(human=[{"id": "1", "skill": "Écoute"}] * 2)[0] is False, "the same one twice"
    assert points(axes=[{"id": "1", "axis": "Lire"}])[1] is False
    assert points(traces=[])[2] is False
    same = [{"id": "1", "who": "Karim"}, {"id": "2", "who": "Karim, ébéniste"}]
    assert points(feedbacks=same)[3] is False, "one person, not two"
    assert points(questions=["keep"])[4] is False, "not about what comes next"
    assert points(questions=[], next_question="Et ensuite ?")[4] is True


def found(**changes: Any) -> str:
    made: Review = build_review(with_("end-review", **(full() | changes)))
    return " ".join(slips(made, "fr"))


def test_the_mistakes_to_avoid_are_seen_and_told_gently() -> None:
    assert found() == ""
    assert "on ne voit pas la scène" in found(brought="Tout s'est très bien passé.")
    bare = [{"id": "1", "done": "Reçu 40 familles"}]
    assert "liste de tâches" in found(assignments=bare)
    assert "Aucune difficulté" in found(difficulties=[])
    assert "et ensuite" in found(difficulties=[{"id": "1", "hard": "Le plan"}])
    assert "reproche" in found(culture="Mon tuteur est nul et il s'en fiche.")


def test_too_long_a_review_names_its_longest_parts_and_cuts_nothing() -> None:
    long = " ".join(f"mot{n}" for n in range(800))
    made = make_document("review", with_("end-review", **(full() | {"brought": long})))
    assert "mot799" in made.markdown
    (warning,) = (text for text in made.warnings if "700" in text)
    assert "Bilan personnel" in warning
    assert too_long("# T\n\n" + "mot " * 700, "fr") == []
    assert too_long("# T\n\n" + "mot " * 701, "fr")


def test_a_mission_has_beside_it_what_speaks_of_it_most() -> None:
    done = {
        row["planned"]: row.get("done", "") for row in find_missions(demo()) if "planned" in row
    }
    stock = "Tenir le stock d'abrasifs, de colle et de quincaillerie"
    assert done[stock].startswith("Compté et commandé les abrasifs et la colle")
    done = {
        row["planned"]: row.get("done", "") for row in find_missions(demo("en")) if "planned" in row
    }
    # 'Cheese' is in half of the rows of a dairy: alone it puts nothing beside a mission.
    assert done["Grade cheeses at the affineur's, two days a month"] == ""


def test_one_person_is_thanked_once_and_a_line_has_one_colon() -> None:
    text = make_document("report", demo("en")).markdown
    (thanks,) = [line for line in text.splitlines() if line.startswith("People who gave me")]
    assert thanks.count("Bronwen") == 1 and " ;" not in thanks
    assert "- Ran a vat up to draining (readings, cutting, stirring): **600 litres" in text


def test_the_defence_tells_before_and_now_in_sentences() -> None:
    text = make_document("defence", demo()).markdown
    assert "Décapage. En arrivant – décapé au racloir" in text
    assert "Maintenant – chronométré puis terminé" in text


# The letter


def test_the_request_greets_quotes_three_facts_with_figures_and_asks_with_vous() -> None:
    made = make_document("recommendation", demo()).markdown.replace("\xa0", " ")
    assert "Bonjour Madame Roy," in made and "Accepteriez-vous" in made
    facts = [line for line in made.splitlines() if line.startswith("- ")]
    assert len(facts) == 3 and all(any(sign.isdigit() for sign in fact) for fact in facts)
    # Whoever reads it is not told their own name, nor is the place put in brackets.
    assert "Vous m'en aviez dit" in made and "(Mme Roy)" not in made
    assert "Mon stage à l'Atelier Lumen, du 7 septembre" in made


def test_without_a_fact_the_request_says_where_facts_come_from() -> None:
    made = make_document("recommendation", Dossier(Snapshot(), CONTENT, "en", TODAY))
    assert made.warnings[0].startswith("No fact to quote yet")


@pytest.mark.parametrize(
    ("tutor", "lang", "hello"),
    [
        ("Mme Roy, cheffe de rang", "fr", "Bonjour Madame Roy,"),
        ("M. Okafor", "fr", "Bonjour Monsieur Okafor,"),
        ("Marianne", "fr", "Bonjour,"),
        ("Ms Pugh (head)", "en", "Dear Ms Pugh,"),
        ("Bronwen Pugh, head cheesemaker", "en", "Dear Bronwen Pugh,"),
        ("Karim Haddad", "fr", "Bonjour,"),
        ("the head nurse", "en", "Hello,"),
        ("", "en", "Hello,"),
    ],
)
def test_a_greeting_guesses_no_gender(tutor: str, lang: str, hello: str) -> None:
    assert greeting(tutor, lang) == hello


def test_the_student_s_own_message_is_sent_as_written() -> None:
    own = "Bonjour,\n\nPourriez-vous m'écrire quelques lignes ?\n- un fait\n- un autre"
    made = make_document("recommendation", with_("end-review", request=own)).markdown
    assert "- un fait\n- un autre" in made and "Accepteriez" not in made


# The slides


def test_slides_are_three_to_five_and_read_back_with_their_figures_large() -> None:
    answers = {
        "picked": find_best_figures(demo()),
        "plan_30": "Tenir la caisse",
        "pain": "Les bons ressaisis chaque lundi",
        "pain_did": "Un tableau partagé",
        "ask": "Six mois à partir de janvier",
    }
    made = make_document("value-defence", with_("value-defence", **answers))
    shown = pptx.Presentation(BytesIO(encode(made, ".pptx")))
    assert len(shown.slides) == 5
    assert [slide.shapes.title.text_frame.text for slide in shown.slides][1:] == heads(made)[1:]
    sizes = {
        run.text: run.font.size
        for shape in shown.slides[1].shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    }
    assert (
        sizes["620\xa0€"] >= Pt(36) > sizes["Préparé le devis d'une commode, de la visite au prix"]
    )
    assert "Six mois à partir de janvier" in made.markdown


def test_no_text_leaves_its_slide() -> None:
    long = "un mot " * 60
    answers = {"plan_30": long, "plan_60": "court", "plan_90": long, "ask": long, "pain": long}
    made = make_document("value-defence", with_("value-defence", **answers))
    shown = pptx.Presentation(BytesIO(encode(made, ".pptx")))
    for slide in shown.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= shown.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= shown.slide_height
    assert long.strip() in made.markdown.replace("\xa0", " "), "warned about, never cut"
    assert any("60" in text for text in made.warnings)


def test_the_chore_offered_at_a_talk_is_not_typed_again() -> None:
    about = internship_of()

    def begins(flow: str, name: str, *kept: Entry) -> Any:
        known = gather_student_context([*kept, about], about, TODAY)
        session = Session(CONTENT.flow(flow), CONTENT, known, "fr")
        page, field = next(
            (page, one)
            for page in session.pages()
            for one in session.fields(page)
            if one.id == name
        )
        return session.value(field, page)

    talk = entry_of("talk", internship=about.id, answers={"offer": "Le tri du lundi"})
    assert begins("value-defence", "pain") is None
    assert begins("value-defence", "pain", talk) == "Le tri du lundi"
    assert begins("talk", "offer", talk) == "Le tri du lundi", "at the second talk too"
    found = {"phantom_problem": "Trois plateaux attendent"}
    idea = entry_of("phantom", internship=about.id, answers=found)
    assert begins("value-defence", "pain", talk, idea) == "Trois plateaux attendent"


def test_more_than_four_figures_are_all_shown_and_warned_about() -> None:
    dossier = demo()
    keys = [proof.key for proof in dossier.best(6)]
    made = make_document("value-defence", with_("value-defence", picked=keys))
    assert any("4" in text and "6" in text for text in made.warnings)
    assert len(slides_of(with_("value-defence", picked=keys)).figures) == 6


def test_one_s_own_figure_and_caption_are_shown() -> None:
    key = find_best_proofs(demo())[0]
    complete = {key: {"big": "3 jours", "caption": "La mairie livrée"}}
    made = make_document("value-defence", with_("value-defence", picked=[key], complete=complete))
    assert "### 3 jours\n\nLa mairie livrée" in made.markdown


# Report and oral defence


def test_the_report_reads_back_in_word_with_its_parts_and_places_to_write() -> None:
    made = make_document("report", demo())
    word = docx.Document(BytesIO(encode(made, ".docx")))
    names = [one.text for one in word.paragraphs if one.style.name == "Heading 1"]
    assert names == heads(made)[1:] and "Annexes" in names
    places = [one for one in word.paragraphs if one.text.startswith("À écrire")]
    assert len(places) >= 8
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert "Démonter un siège sans rien casser" in cells and "Acquis en semaine 4" in cells


def test_the_oral_defence_counts_its_minutes_and_shows_traces() -> None:
    made = make_document("defence", demo()).markdown
    assert "15 minutes" in made and "14 – 15 min" in made and "bon de livraison" in made


def test_quotation_marks_are_those_of_the_language_and_never_doubled() -> None:
    assert quoted("« Propre »", "fr") == "« Propre »" and quoted('"Even"', "fr") == "« Even »"
    assert quoted("« Propre »", "en") == '"Propre"' and quoted("", "fr") == ""
    assert unquoted("« a » et « b »") == "« a » et « b »"


@pytest.mark.parametrize("name", FIVE)
def test_no_mood_no_energy_nor_reframing_is_in_it(name: str) -> None:
    made = make_document(name, demo()).markdown
    for word in ("Copeaux", "Vapeur", "Poussière", "charnières", "énergie", "humeur"):
        assert word not in made
