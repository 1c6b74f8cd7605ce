"""CV lines: the verb first, the figure where there is one, nothing the student did not say."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import MOMENT, TODAY

from coach.features.cv.lines import LINE, cv_line, draft_cv_lines
from coach.features.registry import PROVIDERS, load_content
from coach.flows.context import StepContext
from coach.flows.draft_session import DraftSession
from coach.flows.request import SessionRequest
from coach.flows.student import StudentContext
from coach.language.nudges import verdict
from coach.language.verbs import regular, verbs
from coach.plain.session import run
from coach.store.journal import Journal

CONTENT = load_content()

# Each read aloud: what was typed, the result typed beside it, the line.
FRENCH = [
    ("j'ai tenu la caisse pendant deux ans", "2 bilans remis à l'heure",
     "Tenu la caisse pendant deux ans : 2 bilans remis à l'heure"),
    ("J'organisais les tournois du dimanche.", "32 équipes au dernier.",
     "Organisé les tournois du dimanche : 32 équipes au dernier"),
    ("Gestion du budget", "on a économisé 300 €",
     "Géré le budget : l'équipe a économisé 300 €"),
    ("Responsable de la buvette", "900 € de recette en une journée",
     "Pris en charge la buvette : 900 € de recette en une journée"),
    ("j'étais chargée de relancer les cotisations", "12 cotisations sur 14 payées",
     "Relancé les cotisations : 12 cotisations sur 14 payées"),
    ("je m'occupais de mon grand-père le mercredi", "aucun rendez-vous manqué en un an",
     "Pris soin de mon grand-père le mercredi : aucun rendez-vous manqué en un an"),
    ("on a monté un spectacle", "200 personnes dans la salle",
     "Monté un spectacle en équipe : 200 personnes dans la salle"),
    ("Nous avons repeint à trois le local", "ça a permis d'accueillir 20 enfants de plus",
     "Repeint à trois le local, ce qui a permis d'accueillir 20 enfants de plus"),
    ("je gère un serveur de 60 joueurs et je modère les disputes",
     "j'ai réduit les exclusions de 10 à 2 par mois",
     ("Géré un serveur de 60 joueurs et modéré les disputes, et réduit les exclusions de 10 à 2 "
      "par mois")),
    ("Chaque samedi, j'arbitre deux matchs de poussins", "Pas une réclamation en une saison",
     "Arbitré deux matchs de poussins chaque samedi : pas une réclamation en une saison"),
    ("entraîneuse des poussines", "on a gagné 8 matchs sur 10",
     "Assuré le rôle d'entraîneuse des poussines : l'équipe a gagné 8 matchs sur 10"),
    ("Servir les clients et rendre la monnaie au marché", "120 clients par matin",
     "Servi les clients et rendu la monnaie au marché : 120 clients par matin"),
    ("traite des vaches avec mon oncle", "45 bêtes deux fois par jour",
     "Trait les vaches avec mon oncle : 45 bêtes deux fois par jour"),
    ("Mon frère et moi avons retapé une mobylette", "elle roule",
     "Retapé une mobylette avec mon frère : elle roule"),
    ("- Tenu la buvette\n- rangé la salle", "- 300 €",
     "Tenu la buvette et rangé la salle : 300 €"),
    ("MODÉRATION DU FORUM", "5000 MEMBRES", "Modéré le forum : 5000 membres"),
    ("Je nettoie les cages et je nourris les chiens du refuge", "15 chiens, deux fois par semaine",
     "Nettoyé les cages et nourri les chiens du refuge : 15 chiens, deux fois par semaine"),
    ("réparé douze vélos", "donnés à une association",
     "Réparé douze vélos, donnés à une association"),
    ("J'ai convaincu la mairie de prêter la salle", "C'est mieux. Économie de 600 €.",
     "Convaincu la mairie de prêter la salle : économie de 600 €"),
    ("Depuis 2022 je cours les semi-marathons", "1 h 42",
     "Couru les semi-marathons depuis 2022 : 1 h 42"),
    ("J'ai été élu au conseil municipal des jeunes", "vote d'un budget de 5 000 €",
     "Élu au conseil municipal des jeunes : vote d'un budget de 5 000 €"),
    ("Coordination de 15 bénévoles pour la Nuit de la lecture",
     "210 visiteurs contre 130 l'année d'avant",
     ("Coordonné 15 bénévoles pour la Nuit de la lecture : 210 visiteurs contre 130 l'année "
      "d'avant")),
    ("Bricolage : remise en état d'un voilier", "un an de travail, 3 voiles recousues",
     "Bricolage (remise en état d'un voilier) : un an de travail, 3 voiles recousues"),
    ("J'ai aidé mes parents à la boulangerie : vente, caisse", "80 clients le dimanche matin",
     "Aidé mes parents à la boulangerie (vente, caisse) : 80 clients le dimanche matin"),
]  # fmt: skip
ENGLISH = [
    ("I kept the books for two years", "both accounts in on time",
     "Kept the books for two years: both accounts in on time"),
    ("I was in charge of running the bar", "£900 in one day", "Ran the bar: £900 in one day"),
    ("Responsible for sponsorship", "3 new sponsors, £1,200",
     "Took charge of sponsorship: 3 new sponsors, £1,200"),
    ("We put on a play", "200 people came", "Put on a play as part of a team: 200 people came"),
    ("I used to run a guild of 60 players and I settled quarrels",
     "I cut the bans from 10 to 2 a month",
     "Ran a guild of 60 players and settled quarrels, and cut the bans from 10 to 2 a month"),
    ("Every Saturday, I referee two under-nines matches", "no complaints in a season",
     "Refereed two under-nines matches every Saturday: no complaints in a season"),
    ("captain of the hockey team", "we won 8 out of 10",
     "Served as captain of the hockey team: the team won 8 out of 10"),
    ("I look after my grandfather on Wednesdays", "no appointment missed in a year",
     "Looked after my grandfather on Wednesdays: no appointment missed in a year"),
    ("coaching the under-tens", "from 12 to 30 players",
     "Coached the under-tens, from 12 to 30 players"),
    ("Serve customers and give change at the market", "120 customers a morning",
     "Served customers and gave change at the market: 120 customers a morning"),
    ("I was treasurer", "It saved us £300", "Served as treasurer, which saved us £300"),
    ("To organise the school fair", "raised £1,150",
     "Organised the school fair and raised £1,150"),
    ("My brother and I rebuilt a moped", "it runs",
     "Rebuilt a moped with my brother: it runs"),
    ("MODERATING THE FORUM", "5000 MEMBERS", "Moderated the forum: 5000 members"),
    ("I clean the kennels and feed the dogs", "15 dogs, twice a week",
     "Cleaned the kennels and fed the dogs: 15 dogs, twice a week"),
    ("I'm a volunteer at the food bank", "I sort 200 kg a week",
     "Volunteered at the food bank and sorted 200 kg a week"),
    ("management of the stock", "Waste down by a third",
     "Managed the stock: waste down by a third"),
    ("fixed twelve bikes", "given to a charity", "Fixed twelve bikes, given to a charity"),
    ("I would drive the minibus and pick up the kids", "8 kids, never late",
     "Drove the minibus and picked up the kids: 8 kids, never late"),
    ("Did the accounts and ordered supplies", "saved 15%",
     "Did the accounts and ordered supplies, and saved 15%"),
    ("I was elected to the youth council", "voted on a £5,000 budget",
     "Elected to the youth council and voted on a £5,000 budget"),
    ("Since 2022 I have coached netball", "2 teams", "Coached netball since 2022: 2 teams"),
    ("edit videos", "Views doubled: from 400 to 850 a video",
     "Edited videos: views doubled, from 400 to 850 a video"),
    ("class rep", "I got the canteen to open earlier",
     "Served as class rep and got the canteen to open earlier"),
]  # fmt: skip
CASES = [("fr", *one) for one in FRENCH] + [("en", *one) for one in ENGLISH]


@pytest.mark.parametrize(("lang", "action", "impact", "line"), CASES)
def test_a_line_reads_as_on_a_cv(lang: str, action: str, impact: str, line: str) -> None:
    assert cv_line(action, impact, lang) == line
    assert bool(re.search(r"\d", action + impact)) is bool(re.search(r"\d", line))


@pytest.mark.parametrize(
    ("lang", "typed"),
    [
        ("fr", "J'étais la plus jeune du bureau"),
        ("fr", "Interprète pour ma mère à l'hôpital"),
        ("fr", "J'aime les jeux vidéo"),
        ("fr", "Gestion de projet"),
        ("en", "I love video games"),
        ("en", "Homework help"),
        ("en", "We were only four"),
    ],
)
def test_what_holds_no_sure_verb_stays_as_typed(lang: str, typed: str) -> None:
    assert cv_line(typed, None, lang) == typed


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("nothing", [None, "", "…", 3, ["x"], "je", "I"])
def test_without_an_action_there_is_no_line(lang: str, nothing: object) -> None:
    assert cv_line(nothing, "12 familles", lang) == ""


def test_a_long_answer_loses_asides_and_keeps_its_figure() -> None:
    action = (
        "J'ai organisé pendant trois ans, avec une équipe de douze bénévoles que j'avais choisis "
        "dans mon lycée, un tournoi de football en plein air, avec buvette et musique"
    )
    impact = "32 équipes la première année et 48 la troisième, et un article dans le journal"
    assert cv_line(action, impact, "fr") == (
        "Organisé pendant trois ans un tournoi de football en plein air : 32 équipes la première "
        "année et 48 la troisième, et un article dans le journal"
    )
    assert len(cv_line("tenu " + "la caisse du club " * 40, impact, "fr")) <= LINE


def test_a_proof_done_by_several_is_never_told_as_ones_own() -> None:
    assert "en équipe" in cv_line("on a repeint le local", "", "fr")
    assert cv_line("on a repeint le local à quatre", "", "fr").endswith("local à quatre")
    assert "as part of a team" in cv_line("we painted the hall", "", "en")
    assert cv_line("we painted it together", "", "en") == "Painted it together"


def made(lang: str = "fr", **answers: Any) -> StepContext:
    return StepContext(answers, StudentContext(today=TODAY), CONTENT, lang)


@pytest.mark.parametrize(
    ("lang", "answers", "heading"),
    [
        ("fr", {"place": "dans le club d'échecs de Brive", "role": "J'étais trésorière"},
         "Trésorière, Club d'échecs de Brive"),
        ("fr", {"place": "Ferme Le Gall", "how_long": "Quatre étés"},
         "Ferme Le Gall (quatre étés)"),
        ("fr", {"role": "arbitre", "how_long": "2 saisons, le samedi", "how_many": "14 matchs"},
         "Arbitre (2 saisons, le samedi ; 14 matchs)"),
        ("en", {"place": "at the Red Barn", "role": "I was the sound technician"},
         "Sound technician, Red Barn"),
        ("en", {"place": "Keswick chess club", "how_long": "Two years", "how_many": "60 members"},
         "Keswick chess club (two years, 60 members)"),
    ],
)  # fmt: skip
def test_the_heading_says_what_and_how_big(
    lang: str, answers: dict[str, Any], heading: str
) -> None:
    deeds = [{"id": "1", "action": "réparé 3 vélos" if lang == "fr" else "fixed 3 bikes"}]
    lines = draft_cv_lines(made(lang, deeds=deeds, **answers)).splitlines()
    assert lines == [heading, "- Réparé 3 vélos" if lang == "fr" else "- Fixed 3 bikes"]


def test_nothing_done_yet_drafts_nothing() -> None:
    assert draft_cv_lines(made(place="Club")) == ""
    assert (
        draft_cv_lines(made(place="Club", deeds=[{"id": "1", "impact": "300 €"}, "x", None])) == ""
    )
    assert draft_cv_lines(made(place="Club", deeds="x")) == ""


def test_the_words_of_a_line_are_never_varnish() -> None:
    for lang, action, impact, _ in CASES:
        assert not verdict(cv_line(action, impact, lang)).varnish


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_verb_of_the_data_is_known_to_itself(lang: str) -> None:
    known = verbs(lang)
    for past in known.pasts:
        assert known.is_past(past.split()[0]) or known.past(past, sure=True) == past
    assert [known.past(base, sure=False) for base in known.known].count(None) == 0


def test_french_verbs_follow_their_rule() -> None:
    past = verbs("fr").past
    told = {
        "gérais": "géré", "encourageais": "encouragé", "commençait": "commencé",
        "modère": "modéré", "nettoie": "nettoyé", "jouions": "joué", "tiens": "tenu",
    }  # fmt: skip
    assert {form: past(form, sure=True) for form in told} == told
    assert past("caisse", sure=False) is None
    assert past("étais", sure=True) is None


def test_english_verbs_follow_their_rule() -> None:
    told = {"bake": "baked", "carry": "carried", "play": "played", "help": "helped"}
    assert {base: regular(base) for base in told} == told


SAID = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="aeé' .,;:?!…_-\n«»\"()ABC12", max_size=60),
    st.sampled_from([text for one in CASES for text in one[1:3]]),
)


@given(SAID, SAID, st.sampled_from(["fr", "en"]))
def test_no_answer_breaks_a_line(action: str, impact: str, lang: str) -> None:
    line = cv_line(action, impact, lang)
    assert len(line) <= LINE and "\n" not in line
    assert line == cv_line(action, impact, lang)
    rows = [{"id": "1", "action": action, "impact": impact}]
    assert isinstance(draft_cv_lines(made(lang, deeds=rows, place=action, how_long=impact)), str)


def test_a_huge_answer_takes_little_time() -> None:
    assert len(cv_line("tenu la caisse, " * 20_000, "et rangé " * 20_000, "fr")) <= LINE


# The flow, line by line


@pytest.mark.parametrize(
    ("lang", "typed", "kept"),
    [
        ("fr", ["2", "Club d'échecs", "trésorière", "deux ans", "60 membres", "Rien n'était compté",
                "", "j'ai tenu la caisse", "2 bilans à l'heure", "suivi de budget", "la présidente",
                "", "", ""],
         ("Trésorière, Club d'échecs (deux ans, 60 membres)\n"
          "- Tenu la caisse : 2 bilans à l'heure")),
        ("en", ["2", "Chess club", "treasurer", "two years", "60 members", "Nothing was counted",
                "", "I kept the books", "2 accounts on time", "budget tracking", "the chair",
                "", "", ""],
         ("Treasurer, Chess club (two years, 60 members)\n"
          "- Kept the books: 2 accounts on time")),
    ],
)  # fmt: skip
def test_the_session_ends_on_its_lines_without_a_full_screen(
    tmp_path: Path, lang: str, typed: list[str], kept: str
) -> None:
    journal = Journal(tmp_path, clock=lambda: MOMENT)
    request = SessionRequest("car")
    draft_session = DraftSession(journal, CONTENT, request, lang=lang, today=TODAY, internship=None)
    out = io.StringIO()
    assert run(draft_session, io.StringIO("\n".join(typed) + "\n"), out, lang) == 0, out.getvalue()
    (entry,) = journal.entries()
    assert entry.answers["cv"] == kept
    assert entry.answers["deeds"][0]["skill"] == typed[9]


def test_the_flow_asks_for_what_the_writer_reads() -> None:
    context = made("fr", deeds=[{"action": "Tenu les comptes"}])
    assert PROVIDERS.draft("cv_lines", context) == "- Tenu les comptes"
    asked = {field.id for step in CONTENT.flow("car").steps for field in step.fields}
    assert {"activity", "place", "role", "how_long", "how_many", "deeds", "cv"} <= asked
