"""Journals of any size, the same each time: weeks put together from the French demo's sentences.

Figures, names and things are drawn anew in each sentence, so that a search finds few or many
entries, as it would in a journal that somebody wrote.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from coach.demo import tell
from coach.store.entries import Entry, iso_week, timestamp, week_monday, weekly_id
from coach.store.journal import Journal
from coach.util import clock

WEEKS = 52
"""Weeks of one internship; the next one back begins where it ends."""
LIVES = 12
"""Internships in a row before others run beside them: no journal should begin in 1830."""
UNTIL = date(2026, 6, 26)
"""The last Friday told, where none is given."""
FEWEST_BYTES = 1900
"""A week goes on until its JSON is about this long."""

_WORDS = {
    "chaise": "chaise armoire vitrine facture patiente serre brebis levain turbine courroie",
    "chaises": "chaises armoires vitrines factures perfusions ruches brebis fournées turbines",
    "siège": "siège dossier bassin bulletin berceau moteur potager four barrage herbier",
    "atelier": "atelier service laboratoire chantier potager guichet cabinet musée entrepôt",
    "noyer": "noyer cuivre froment plâtre coton verre sarrasin inox granit cuir",
    "colle": "colle pâte peinture résine sauce solution lessive encre graisse poudre",
    "plateau": "plateau registre planning tableau rayon carrelage montage classeur bac lit",
    "vernis": "vernis pansement bilan montage semis glaçage câblage inventaire rapport ourlet",
    "mairie": "mairie clinique ferme crèche gare halle mutuelle faculté caserne préfecture",
    "Karim": "Karim Solène Moussa Ewen Aïcha Bastien Léonie Thanh Yasmine Gaspard Noémie Oscar",
    "Odile": "Odile Farid Capucine Ismaël Maëlle Tiago Océane Rachid Zoé Anatole Fatou Hélène",
    "Roy": "Roy Benali Guivarch Marchetti Nguyen Diallo Kowalski Peltier Haddad Sauvage Ott",
    "Berthelot": "Berthelot Garcia Quéméneur Traoré Lefranc Weiss Ferreira Boutin Rey Amrani",
    "Lavigne": "Lavigne Chevallier Sow Delmas Ozturk Prigent Fabre Lopez Renard Meyer Blanc",
}
_CHOICES = {one: several.split() for one, several in _WORDS.items()}
_VARIED = re.compile(r"\d+|\b(?:" + "|".join(_CHOICES) + r")\b")
_ENDS = (
    "je l'ai noté dans le carnet",
    "à refaire lundi",
    "vérifié avec {who}",
    "photo prise avant et après",
    "dossier {ref}",
    "bon {ref}, signé par {who}",
    "on en reparle au point du jeudi",
    "il a fallu s'y reprendre à deux fois",
    "{who} était là",
    "personne ne s'en est plaint",
)


class _Sentences:
    """What the demo's weeks said, field by field, to draw from."""

    def __init__(self) -> None:
        told = [e.answers for e in tell("fr", UNTIL).entries if e.flow == "weekly"]
        self.fields: dict[str, list[str]] = {}
        self.cells: dict[str, list[str]] = {}
        for answers in told:
            for name, value in answers.items():
                if isinstance(value, str) and name not in ("on_site", "kept"):
                    self.fields.setdefault(name, []).append(value)
            for row in answers.get("achievements", []):
                for name, value in row.items():
                    if name not in ("id", "note"):
                        self.cells.setdefault(name, []).append(value)


def entries(n: int, seed: int = 7, *, until: date = UNTIL) -> list[Entry]:
    """`n` told weeks of about 2 KB each, the newest first, in the week of `until` and before it.

    They belong to internships of a year each (see `internships`).
    """
    random = Random(seed)
    sentences = _Sentences()
    return [_week(number, random, sentences, seed, until) for number in range(n)]


def internships(n: int, seed: int = 7, *, until: date = UNTIL) -> list[Entry]:
    """The internships that the weeks of `entries(n)` belong to; the newest is under way."""
    return [_internship(number, seed, until) for number in range(-(-n // WEEKS))]


CIRCLES = ("family", "school", "alumni", "friends", "hobbies", "work", "events")


def people(n: int, seed: int = 7, *, until: date = UNTIL) -> list[Entry]:
    """`n` people of an address book: two of three are led to by another, one of five is dated."""
    random = Random(f"people {seed}")
    ids = [str(UUID(int=random.getrandbits(128), version=4)) for _ in range(n)]
    found = []
    for number, id in enumerate(ids):
        answers: dict[str, Any] = {
            "name": _varied("Karim Berthelot", random),
            "circle": random.choice(CIRCLES),
            "field": _varied("atelier", random),
            "role": _varied("qui tient le plateau", random),
            "company": _varied("La mairie de Roy", random),
        }
        if number > len(CIRCLES) and number % 3:
            answers |= {"more": ["link"], "introduced_by": ids[number // 4]}
        if not number % 5:
            answers["next_on"] = (until + timedelta(days=number % 60 - 20)).isoformat()
        found.append(_entry("contact", id, until - timedelta(days=number % 300), answers, None))
    return found


def fill(folder: Path, n: int, seed: int = 7, *, until: date | None = None, known: int = 0) -> None:
    """Puts `n` entries in the journal in `folder`, in one write: weeks, and their internships;
    `known` of them are people.

    They run up to `until` (today), so that the app opens in the midst of an internship.
    """
    until = until or clock.today()
    about = internships(n - known, seed, until=until)[: max(n - known - 1, 0)]
    about += people(known, seed, until=until)
    Journal(folder).merge([*about, *entries(n - len(about), seed, until=until)])


def _internship_id(number: int, seed: int) -> str:
    return str(UUID(int=Random(f"internship {seed} {number}").getrandbits(128), version=4))


def _friday(number: int, until: date) -> date:
    """The Friday of the `number`th week before that of `until`; after some lives, over again."""
    monday = week_monday(iso_week(until)) - timedelta(weeks=number % (WEEKS * LIVES))
    return min(monday + timedelta(days=4), until)


def _week(number: int, random: Random, sentences: _Sentences, seed: int, until: date) -> Entry:
    day = _friday(number, until)
    about = _internship_id(number // WEEKS, seed)
    answers: dict[str, Any] = {
        "on_site": "here",
        "energy": random.randint(1, 5),
        "mood": random.randint(1, 5),
        "kept": random.choice(("yes", "partly", "no", "changed")),
    }
    for name, said in sentences.fields.items():
        answers[name] = _varied(random.choice(said), random)
    rows: list[dict[str, str]] = []
    size = sum(len(str(value).encode()) + len(name) + 6 for name, value in answers.items())
    while size < FEWEST_BYTES - 500 or len(rows) < 2:
        row = {"id": str(UUID(int=random.getrandbits(128), version=4))}
        for name, said in sentences.cells.items():
            row[name] = _varied(random.choice(said), random)
        row["impact"] += f" ; {_end(random)}"
        rows.append(row)
        size += sum(len(value.encode()) + len(name) + 6 for name, value in row.items())
    answers["achievements"] = rows
    answers["hard_did"] += f" {_end(random).capitalize()}."
    return _entry("weekly", weekly_id("weekly", about, iso_week(day)), day, answers, about)


def _internship(number: int, seed: int, until: date) -> Entry:
    random = Random(f"about {seed} {number}")
    last = week_monday(iso_week(_friday(number * WEEKS, until)))
    start = last - timedelta(weeks=WEEKS - 1)
    # The newest goes on for two months: the app then opens in the midst of it.
    end = last + timedelta(weeks=8 if number == 0 else 0, days=4)
    answers = {
        "company": _varied("La mairie de Roy", random),
        "role": _varied("Stage au siège", random),
        "start": start.isoformat(),
        "end": end.isoformat(),
        "hours": 35,
        "tutor": _varied("Mme Roy", random),
        "objective": _varied("Savoir reprendre un plateau sans Karim", random),
    }
    return _entry("internship", _internship_id(number, seed), start, answers, None)


def _entry(flow: str, id: str, day: date, answers: dict[str, Any], internship: str | None) -> Entry:
    stamp = timestamp(datetime.combine(day, time(16, 30), UTC))
    revision = str(UUID(int=Random(f"{id} {stamp}").getrandbits(128), version=4))
    return Entry(
        id=id,
        flow=flow,
        status="done",
        internship=internship,
        date=day.isoformat(),
        week=iso_week(day),
        created_at=stamp,
        updated_at=stamp,
        revision=revision,
        answers=answers,
    )


def _varied(text: str, random: Random) -> str:
    """`text` with other figures, names and things."""
    return _VARIED.sub(_drawing(random), text)


def _drawing(random: Random) -> Callable[[re.Match[str]], str]:
    def draw(found: re.Match[str]) -> str:
        if found[0].isdigit():
            return str(random.randint(2, max(9, 3 * int(found[0]))))
        return random.choice(_CHOICES[found[0]])

    return draw


def _end(random: Random) -> str:
    who = random.choice(_CHOICES[random.choice(("Karim", "Odile"))])
    return random.choice(_ENDS).format(who=who, ref=random.randint(1000, 9999))
