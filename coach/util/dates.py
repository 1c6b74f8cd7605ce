"""Days as people write them, and as each language reads them."""

import re
from datetime import date, timedelta

from coach.util.text import clean_line, fold

_NEAR = {
    "aujourd'hui": 0, "today": 0, "demain": 1, "tomorrow": 1, "hier": -1, "yesterday": -1,
    "apres-demain": 2, "avant-hier": -2,
}  # fmt: skip
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("lundi monday mon lun", "mardi tuesday tue mar", "mercredi wednesday wed mer",
         "jeudi thursday thu jeu", "vendredi friday fri ven", "samedi saturday sat sam",
         "dimanche sunday sun dim")
    )
    for name in names.split()
}  # fmt: skip
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("janvier january jan janv", "fevrier february feb fev fevr", "mars march",
         "avril april apr avr", "mai may", "juin june jun", "juillet july jul juil",
         "aout august aug", "septembre september sep sept", "octobre october oct",
         "novembre november nov", "decembre december dec"), 1
    )
    for name in names.split()
}  # fmt: skip
_NUMERIC = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{2}|\d{4}))?$")
_ISO = re.compile(r"(\d{4})(?:[/.-](\d{1,2})[/.-](\d{1,2})|(\d\d)(\d\d))$")
_SMALL = frozenset({"le", "the", "of"})
EARLIEST, LATEST = date(1950, 1, 1), date(2150, 12, 31)
"""Days outside these are taken for a slip of the hand."""


def parse_day(raw: str, today: date, *, past: bool = False) -> date | None:
    """The day that `raw` names, or None when it names none.

    Reads `2026-11-23`, `23/11/2026`, `23/11`, `23 nov`, `demain`, weekdays (the coming one, or
    the last where `past`), and what dateutil makes of a named month. Day comes before month, as
    in France; the screen shows the day it understood, so a slip is seen.
    """
    text = fold(clean_line(raw)).rstrip(".")
    if not text or len(text) > 40:
        return None
    day = (
        _near(text, today, past)
        or _numeric(text, today)
        or _named(text, today)
        or _other(text, today)
    )
    return day if day is not None and EARLIEST <= day <= LATEST else None


def _near(text: str, today: date, past: bool) -> date | None:
    if text in _NEAR:
        return today + timedelta(days=_NEAR[text])
    if text in _WEEKDAYS:
        ahead = (_WEEKDAYS[text] - today.weekday() - 1) % 7 + 1
        return today + timedelta(days=ahead - 7 if past else ahead)
    return None


def _numeric(text: str, today: date) -> date | None:
    try:
        if found := _ISO.match(text):
            return date(int(found[1]), int(found[2] or found[4]), int(found[3] or found[5]))
        if found := _NUMERIC.match(text):
            year = _year(int(found[3])) if found[3] else today.year
            return date(year, int(found[2]), int(found[1]))
    except ValueError:
        pass
    return None


def _year(figures: int) -> int:
    return figures + 2000 if figures < 100 else figures


def _named(text: str, today: date) -> date | None:
    words = [
        word
        for word in re.split(r"[\s,]+", text)
        if word not in _SMALL and word.rstrip(".") not in _WEEKDAYS
    ]
    months = [_MONTHS[word.rstrip(".")] for word in words if word.rstrip(".") in _MONTHS]
    figures = [
        int(found[1]) for word in words if (found := re.match(r"(\d{1,4})(er|st|nd|rd|th)?$", word))
    ]
    if len(months) != 1 or len(figures) + 1 != len(words) or not 1 <= len(figures) <= 2:
        return None
    # The day comes before the year, unless the first figure can be no day: '2026 mars 4'.
    if figures[0] > 31:
        figures.reverse()
    try:
        year = _year(figures[1]) if len(figures) == 2 else today.year
        return date(year, months[0], figures[0])
    except ValueError:
        return None


def _other(text: str, today: date) -> date | None:
    # Alone, dateutil reads a day in '12', '10:30' and '-1' as well: it is asked about named
    # months only, for the forms above do not know 'Nov 23rd, 2026' in every order.
    if not any(
        word in _MONTHS or word == "mar" for word in re.split(r"[^a-z]+", text)
    ) or not re.search(r"\d", text):
        return None
    from dateutil import parser

    try:
        default = parser.parse(today.isoformat())
        return parser.parse(text, dayfirst=True, default=default).date()
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None


def say_day(day: date, lang: str, *, year: bool = True, weekday: bool = True) -> str:
    """`day` as its language writes it: 'vendredi 13 février 2026', 'Friday 13 February 2026'."""
    from babel.dates import format_date

    pattern = " ".join(filter(None, ["EEEE" if weekday else "", "d MMMM", "y" if year else ""]))
    text = str(format_date(day, pattern, locale="fr" if lang == "fr" else "en_GB"))
    return re.sub(r"\b1 ", "1er ", text, count=1) if lang == "fr" and day.day == 1 else text


def say_month(day: date, lang: str) -> str:
    """'mars 2024', 'March 2024'."""
    from babel.dates import format_date

    return str(format_date(day, "MMMM y", locale="fr" if lang == "fr" else "en_GB"))


def short_day(day: date, lang: str) -> str:
    """`day` in few signs: '13/02' in French, '13 Feb' in English."""
    if lang == "fr":
        return f"{day:%d/%m}"
    from babel.dates import format_date

    return str(format_date(day, "d MMM", locale="en_GB"))


def short_month(day: date, lang: str) -> str:
    """The month of `day` in few letters: 'févr.' in French, 'Feb' in English."""
    from babel.dates import format_date

    return str(format_date(day, "MMM", locale="fr" if lang == "fr" else "en_GB"))
