"""The opening line of a story: where, as what and for how long."""

import re
from datetime import date

from coach.language.sentences import Writer
from coach.util.text import one_line, word_count


def opening_line(
    writer: Writer,
    place: object,
    role: object,
    today: date,
    start: date | None = None,
    end: date | None = None,
) -> str:
    """Where, as what and for how long: 'J'ai fait un stage de trois mois chez Orbis.'

    `place` and `role` are answers as typed, `start` and `end` the days of the internship where
    they are known. '' where neither place nor role says anything.
    """
    where = place_phrase(writer, place)
    role = _role_phrase(writer, role)
    days = (end - start).days + 1 if start and end else 0
    if not (where or role):
        return ""
    if end and end >= today:
        return writer.mend(writer.words("opening_now", where=where, role=role))
    months = round(days / 30.44)
    if months >= 9:
        length = _length(writer, "length_years", max(1, round(months / 12)))
        if months < 12:
            length = _length(writer, "length_months", months)
        key = "opening_long" if months >= 12 else "opening_past"
        return writer.mend(writer.words(key, length=length, where=where, role=role))
    if days >= 56:
        length = _length(writer, "length_months", months)
    elif days >= 4:
        length = _length(writer, "length_weeks", max(1, round(days / 7)))
    else:
        length = writer.words("length_none")
    return writer.mend(writer.words("opening_past", length=length, where=where, role=role))


def _length(writer: Writer, key: str, n: int) -> str:
    numbers = writer.words("numbers").split()
    word = numbers[n - 1] if n <= len(numbers) else str(n)
    text = writer.words.count(key, n, word=word)
    # 'an eight-week', 'an eleven-month', 'an 18-month': the only numbers that sound like vowels.
    return re.sub(r"^a (?=eight|eleven)", "an ", text) if writer.lang == "en" else text


def place_phrase(writer: Writer, place: object) -> str:
    """'chez Orbis', 'à la mairie': `place` as it stands inside a sentence, '' for nothing."""
    sentence = writer.tidy(place)
    return writer.fit("where", one_line(sentence, 120)) if word_count(sentence) else ""


def _role_phrase(writer: Writer, role: object) -> str:
    sentence = writer.tidy(role)
    return writer.fit("role", one_line(sentence, 80)) if word_count(sentence) else ""
