"""The figure of an impact that is shown large."""

import pytest

from coach.language.figures import headline_figure, weight_of


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("de 2 h 45 à 2 h par chaise, fini jeudi", "2 h 45 → 2 h"),
        ("une charnière se trouve en 1 min au lieu de 10", "10 → 1 min"),
        ("14 labels; 2 questions about rennet this week instead of 9", "9 → 2"),
        ("from 10 h to 2 h a week", "10 h → 2 h"),
        ("la troisième en avait, 15 % moins cher", "\N{MINUS SIGN}15 %"),
        ("20% fewer returns", "\N{MINUS SIGN}20%"),
        ("+8 % plus vite", "+8 %"),
        ("one vat sold as cooking cheese, about £200 lost", "£200"),
        ("1 200 € de moins", "1 200 €"),
        ("84 of 86 saved, two cracked", "84 / 86"),
        ("3 fournisseurs sur 5 ont suivi", "3 / 5"),
        ("12 chaises en 3 jours", "12 chaises"),
        ("2 vats of 600 litres", "2 vats"),
        ("3 h perdues, 1 pied neuf", "3 h"),
        ("affichée au-dessus du pot", ""),
        ("", ""),
    ],
)
def test_the_most_telling_figure_is_found(text: str, figure: str) -> None:
    assert headline_figure(text) == figure


def test_two_things_that_are_not_alike_make_no_change() -> None:
    assert "→" not in headline_figure("40 min de reprise au lieu de 6 couches à refaire")


def test_a_change_weighs_more_than_a_rate_and_a_rate_more_than_a_count() -> None:
    assert [weight_of(one) for one in ("5 → 2 jours", "15 %", "12 chaises")] == [2, 1, 0]
