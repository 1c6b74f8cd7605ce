"""The address book: due follow-ups, who leads to whom, hubs; and messages by rules of tact."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import TODAY, entry_of

from coach.features.network.contacts import due_followups, people_among, sort_by_next_date
from coach.features.network.map import build_branches
from coach.features.registry import PROVIDERS, load_content
from coach.flows.context import StepContext
from coach.flows.student import StudentContext
from coach.language.nudges import notice
from coach.store.entries import Entry

CONTENT = load_content()


def person(id: str, by: str = "", **answers: Any) -> Entry:
    named: dict[str, Any] = (
        {"name": id.title(), "introduced_by": by} if by else {"name": id.title()}
    )
    return entry_of("contact", id=id, answers=named | answers)


def day(n: int) -> str:
    return (TODAY + timedelta(days=n)).isoformat()


def shape(entries: list[Entry], by: Any = "circle") -> dict[str, list[str]]:
    """Branch → its people, each 'Name/degree*' (a star for a hub), below who leads there."""

    def lines(node: Any, depth: int) -> list[str]:
        text = f"{' ' * depth}{node.person.name}/{node.degree}{'*' * node.hub}"
        return [text, *(line for one in node.below for line in lines(one, depth + 1))]

    return {
        branch.key: [line for node in branch.nodes for line in lines(node, 0)]
        for branch in build_branches(people_among(entries), by)
    }


def test_due_follow_ups_come_longest_due_first_without_those_left_to_rest() -> None:
    entries = [
        person("ana", next_on=day(0)),
        person("bob", next_on=day(-3), status="written"),
        person("cem", next_on=day(-9), status="resting"),
        person("dan", next_on=day(1)),
        person("eve", next_on="bientôt"),
        entry_of("weekly", answers={"name": "Week", "next_on": day(-1)}),
        entry_of("contact", answers={"next_on": day(-1)}),
    ]
    assert [one.name for one in due_followups(entries, TODAY)] == ["Bob", "Ana"]
    book = sort_by_next_date(people_among(entries), TODAY)
    assert [one.name for one in book.coming] == ["Dan"]
    assert [one.name for one in book.undated] == ["Cem", "Eve"]
    assert book.total == 5


def test_dormant_people_with_a_reason_to_write_come_before_the_others() -> None:
    entries = [
        person("ana"),
        person("bob", more=["dormant"], memory="le marché"),
        person("cem", more=["dormant"]),
    ]
    assert [one.name for one in sort_by_next_date(people_among(entries), TODAY).undated] == [
        "Bob",
        "Ana",
        "Cem",
    ]


def test_the_map_hangs_each_below_who_leads_there_and_marks_hubs() -> None:
    entries = [
        person("ana", circle="family"),
        person("bob", by="ana", circle="work"),
        person("cem", by="bob"),
        person("dan", by="cem"),
        person("eve", circle="school", hub="yes"),
        person("flo", circle="school"),
        person("gus", by="ana"),
        person("hal", by="ana"),
        person("ivy", degree="2"),
    ]
    assert shape(entries) == {
        "family": ["Ana/1*", " Bob/2", "  Cem/3", "   Dan/3", " Gus/2", " Hal/2"],
        "school": ["Eve/1*", "Flo/1"],
        "": ["Ivy/2"],
    }


def test_branches_by_field_know_a_field_whatever_its_case_or_accents() -> None:
    entries = [person("ana", field="Menuiserie"), person("bob", field="ménuiserie")]
    assert shape(entries, "field") == {"Menuiserie": ["Ana/1", "Bob/1"]}


def test_people_who_lead_to_one_another_are_all_on_the_map_once() -> None:
    entries = [person("ana", by="bob"), person("bob", by="ana"), person("cem", by="cem")]
    found = shape(entries)[""]
    assert sorted(line.split("/")[0].strip() for line in found) == ["Ana", "Bob", "Cem"]


@given(st.lists(st.integers(0, 11), max_size=12))
def test_everybody_is_on_the_map_once_whoever_leads_to_whom(leads: list[int]) -> None:
    entries = [person(f"p{i}", by=f"p{by}") for i, by in enumerate(leads)]
    found = [
        node.person.id
        for branch in build_branches(people_among(entries))
        for top in branch.nodes
        for node in top.walk()
    ]
    assert sorted(found) == sorted(one.id for one in entries)


# Messages


def message(lang: str = "fr", known: list[Entry] | None = None, **answers: Any) -> str:
    context = StepContext(
        {"name": "Nora Belkacem"} | answers,
        StudentContext(today=date(2026, 3, 20), entries=known or []),
        CONTENT,
        lang,
    )
    return PROVIDERS.draft("contact_message", context)


def test_friends_and_family_are_told_tu_by_their_first_name_others_vous() -> None:
    friend = message(circle="friends", memory="le jour où tu as réparé ma chaise")
    assert friend.startswith("Salut Nora,\n\nJe repense au jour où tu as réparé ma chaise.")
    assert "vous" not in friend and "si tu as quinze minutes" in friend
    other = message(circle="alumni", memory="je repense à notre chantier de juin.")
    assert other.startswith("Bonjour Nora Belkacem,\n\nJe repense à notre chantier de juin.")
    assert " tu " not in other and "Auriez-vous quinze minutes" in other
    assert message(circle="school", address="tu").startswith("Salut Nora,")
    assert message(name="Tante Odile", circle="family").startswith("Salut Tante Odile,")


@pytest.mark.parametrize(
    ("lang", "memory", "told"),
    [
        ("fr", "les vendanges", "Je repense aux vendanges."),
        ("fr", "Je me souviens du chantier", "Je repense au chantier."),
        ("fr", "je me souviens de la grange", "Je repense à la grange."),
        ("fr", "tu as réparé ma chaise", "Je repense au jour où tu as réparé ma chaise."),
        ("fr", "Je repense à la fois où on a ri.", "Je repense à la fois où on a ri."),
        ("en", "we missed the ferry", "I was thinking back to the time we missed the ferry."),
        ("en", "I remember the market stall", "I was thinking back to the market stall."),
    ],
)
def test_the_memory_fits_however_it_was_told(lang: str, memory: str, told: str) -> None:
    assert told in message(lang, circle="friends", memory=memory)


@pytest.mark.parametrize(
    ("news", "told"),
    [
        ("ton atelier a ouvert", "J'ai vu que ton atelier a ouvert."),
        ("J'ai vu que ton atelier a ouvert.", "J'ai vu que ton atelier a ouvert."),
        ("Elle a ouvert un atelier", "J'ai vu qu'elle a ouvert un atelier."),
    ],
)
def test_the_news_follow_however_they_were_begun(news: str, told: str) -> None:
    assert told in message(circle="friends", news=news)


def test_without_memory_or_news_it_begins_with_who_leads_there_or_with_a_blank() -> None:
    aunt = person("odile")
    told = message(known=[aunt], introduced_by="odile")
    assert "C'est Odile qui m'a parlé de vous." in told
    assert "Je repense à ___." in message()
    assert notice(["blank", "favour"], message(), "fr")


def test_an_event_is_followed_up_with_a_question_and_thanks_with_what_was_learnt() -> None:
    told = message(
        purpose="event",
        event="La journée portes ouvertes du musée",
        event_question="Comment choisissez-vous la pièce à restaurer ?",
    )
    assert "J'étais à la journée portes ouvertes du musée" in told
    assert "Une question me reste : comment choisissez-vous la pièce à restaurer ?" in told
    thanks = message("en", purpose="thanks", learnt="They take interns in March.")
    assert "What stays with me most: they take interns in March." in thanks


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("purpose", ["hello", "event", "thanks"])
@pytest.mark.parametrize("circle", ["friends", "work"])
def test_no_draft_asks_for_a_job_or_a_favour(circle: str, purpose: str, lang: str) -> None:
    told = message(
        lang,
        circle=circle,
        purpose=purpose,
        memory="notre chantier" if lang == "fr" else "the market stall",
        event="le salon" if lang == "fr" else "the fair",
        learnt="mars" if lang == "fr" else "March",
        position="junior",
        company="Atelier Noé",
    )
    assert notice(["favour", "blank"], told, lang) == []
    assert "{" not in told and "___" not in told


ASKING = [
    "Salut Nora, je cherche un stage pour mars, tu pourrais m'aider ?",
    "Bonjour, vous trouverez mon CV en pièce jointe.",
    "Tu pourrais glisser un mot à ta cheffe ?",
    "J'ai un service à te demander.",
    "Auriez-vous une alternance dans votre équipe ?",
    "Est-ce que vous pourriez m'embaucher cet été ?",
    "Hi Nora, I am looking for an internship in March.",
    "Could you put in a good word for me?",
    "Do you have any openings?",
    "Please find my CV attached.",
    "Could you get me a placement?",
    "Can I ask you a favour?",
]
FINE = [
    "Je repense à notre stage de voile. Aurais-tu quinze minutes pour me parler de ton métier ?",
    "Je ne cherche pas de place : j'aimerais comprendre votre métier.",
    "Pendant mon stage chez Lumen, j'ai vu votre vitrine. Comment l'avez-vous éclairée ?",
    "Auriez-vous quinze minutes ? Plus tard, je chercherai un stage.",
    "I was thinking back to our placement in Leeds. Would you have fifteen minutes?",
    "I saw that your workshop has opened a shop. How did you choose the street?",
    "Do you still work on Saturdays at the market?",
]


@pytest.mark.parametrize("text", ASKING)
def test_asking_for_a_job_or_a_favour_first_is_noticed(text: str) -> None:
    assert notice(["favour"], text, "fr")


@pytest.mark.parametrize("text", FINE)
def test_interest_and_a_quarter_of_an_hour_are_not(text: str) -> None:
    assert notice(["favour"], text, "fr") == []
