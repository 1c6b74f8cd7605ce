"""What was answered, read from answers that may hold anything: a file from elsewhere may keep a
number where a text belongs, or one text where rows do. None of these readers raises.

`answers` are those of an entry or of a session, the cells of a row, or what a repeated step was
told about one thing.
"""

import math
from collections.abc import Mapping
from datetime import date
from typing import Any


def text_of(answers: Mapping[str, Any], name: str) -> str:
    """A text, without space at its ends; '' where there is none or something else."""
    value = answers.get(name)
    return value.strip() if isinstance(value, str) else ""


def ids_of(answers: Mapping[str, Any], name: str) -> list[str]:
    """The texts of a list (what was ticked), as they are; what is no text is left out, and
    anything but a list is an empty one.
    """
    value = answers.get(name)
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def number_of(answers: Mapping[str, Any], name: str) -> int | float | None:
    """A number; None where there is none, for yes and no, and for what is not finite."""
    value = answers.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return value


def level_of(answers: Mapping[str, Any], name: str, least: int = 1, most: int = 5) -> int | None:
    """A whole number from `least` to `most`; None for anything else."""
    value = number_of(answers, name)
    return value if isinstance(value, int) and least <= value <= most else None


def day_of(answers: Mapping[str, Any], name: str) -> date | None:
    """A day; None where there is none that can be read as ISO 8601."""
    try:
        return date.fromisoformat(text_of(answers, name))
    except ValueError:
        return None


def rows_of(answers: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The rows of a list; what is no row is left out, and anything but a list is an empty one."""
    value = answers.get(name)
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def nested_of(answers: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """What lies below `names`, one inside the other: the marks of a checklist, what a repeated step
    (the first name) was told about one thing (the second); {} where there is none.
    """
    found: Any = answers
    for name in names:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, dict) else {}


def filled_cells(row: Mapping[str, Any]) -> dict[str, str]:
    """The cells of a row that hold text, without space at their ends."""
    return {name: text for name in row if (text := text_of(row, name))}
