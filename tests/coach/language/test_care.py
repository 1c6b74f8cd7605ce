"""The calm line: the words that call for it, and what it says."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sentences.report import LANGUAGES, TUNED, UNSEEN, sentences

from coach.language import care
from coach.language.care import calm_line, listed_word, load_care, where_to_turn
from coach.util.data_files import ContentError

LISTED = """
j'ai envie de mourir
plus envie de vivre
Je veux en finir
j'ai voulu en finir avec la vie
je pense à me tuer
suicidaire
J'AI PENSE AU SUICIDE
me faire du mal
je me scarifie
Il m'a harcelée pendant des semaines
HARCELEMENT moral
une agression sexuelle dans les vestiaires
des attouchements
remarques sexistes tous les jours
propos racistes
il m’a frappé
Le chef m'a giflée devant tout le monde
j'ai reçu un coup de poing
discrimination à cause de mon voile
il m’a menacée
insulté par le chef
il me rabaisse et m'insulte
la boule au ventre chaque matin
une crise d'angoisse dans les vestiaires
une crise d’angoisse
une crise dʼangoisse
une crise d´angoisse
une crise d' angoisse
CRISE D’ANGOISSE
des crises d'angoisse
une crise de panique
des violences au travail
un viol
je me sens en danger
I want to kill myself
self-harm
thinking of hurting myself
I want to die
I don't want to live anymore
end it all
I was harassed by my manager
sexual assault
He groped me
they touched me inappropriately
racist jokes at lunch
sexist remarks
she slapped me
bullied every day
He threatened me
verbal abuse
discriminated against
""".strip().splitlines()

BORROWED = """
deadline vendredi
tuer le temps
killer feature
mourir de rire
attaque marketing
un coup de main
un coup de pied de biche
le coup de feu du midi
violation de données
violé la règle du silence
peint en violet
cours de violon
râpé les carottes
suicide squad
en finir avec l'inventaire
le rapport va me tuer
ce qui m'a frappé, c'est le calme
battu les oeufs en neige
une affiche de prévention du harcèlement
anti-bullying week poster
analyse discriminante
salle en dépression
je me suis fait mal au dos en portant un sac
agressif sur les prix
menace de pluie
species in danger
I cut myself slicing onions
kill two birds with one stone
what hit me was the smell
it hit me that the label was wrong
assault course with the cadets
the stalk of the plant
""".strip().splitlines()


@pytest.mark.parametrize("text", LISTED)
def test_distress_and_harm_call_for_the_line(text: str) -> None:
    assert listed_word(text)
    assert listed_word(f"Lundi au labo, rien de neuf. {text}, voilà.")


@pytest.mark.parametrize("text", BORROWED)
def test_words_borrowed_for_something_else_do_not(text: str) -> None:
    assert not listed_word(text)


def test_a_week_of_work_does_not() -> None:
    told = [row.text for lang in LANGUAGES for row in sentences(TUNED + UNSEEN, lang)]
    hurt = {"raciste", "racist", "bully"}
    assert [t for t in told if listed_word(t) and not hurt & set(t.lower().split())] == []


def test_the_first_sight_of_a_text_misses_nothing() -> None:
    told = [row.text for lang in LANGUAGES for row in sentences(TUNED + UNSEEN, lang)]
    for text in [*LISTED, *BORROWED, *told]:
        assert listed_word(text) == care._listed(text), text


def test_it_is_found_far_into_a_long_answer_and_nothing_is_found_in_none() -> None:
    assert listed_word("j'ai rangé la réserve. " * 3000 + "il m'a frappé")
    assert not listed_word("") and not listed_word(" \n")


def _numbers(text: str) -> set[str]:
    """The telephone numbers in a text: digits in a row, grouped by spaces or not."""
    return set(re.findall(r"0 800 \d{3} \d{3}|\b3\d{3}\b|\b1\d{1,2}\b", text))


def _texts() -> Iterator[str]:
    for lang in LANGUAGES:
        yield calm_line(lang)
        yield from where_to_turn(lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_line_gives_the_numbers_that_were_checked_and_no_others(lang: str) -> None:
    line = calm_line(lang)
    assert "\n" not in line
    for number in ("3114", "0 800 235 236", "15", "112", "France"):
        assert number in line
    phones = {"3114", "0 800 235 236", "15", "112"}
    ages_and_hours = {"12", "11"}
    for text in _texts():
        assert _numbers(text.replace("L124-12", "")) <= phones | ages_and_hours


@pytest.mark.parametrize(
    ("lang", "people"),
    [
        ("fr", "référente|ressources humaines|inspection du travail|Défenseur des droits|datées"),
        ("en", "referent|human resources|labour inspectorate|Défenseur des droits|dated"),
    ],
)
def test_where_to_turn_names_the_people_in_order_and_the_date(lang: str, people: str) -> None:
    lines = where_to_turn(lang)
    for line, person in zip(lines, people.split("|"), strict=False):
        assert person in line
    assert "2026" in lines[-1] and "France" in lines[-1]


def test_it_speaks_calmly() -> None:
    assert not [text for text in _texts() if "!" in text or "’" in text]


@pytest.mark.parametrize("broken", ["", "calm = [", "[words]\n[phrases]\np = '<nope>'"])
def test_a_broken_file_is_named(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "care.toml"
    path.write_text(broken, "utf-8")
    monkeypatch.setattr(care, "data_path", lambda *parts: path)
    with pytest.raises(ContentError, match=r"care\.toml"):
        load_care.__wrapped__()
