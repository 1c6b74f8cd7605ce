"""The words that tell an entry apart from others of its flow, in one line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from coach.util.text import one_line, texts

if TYPE_CHECKING:
    from coach.flows.content import Content
    from coach.store.entries import Entry


def first_words(entry: Entry, names: Iterable[str], width: int) -> str | None:
    """The first words in the fields `names` of `entry`, on one line of at most `width`; None where
    they hold none. `rows.column` names the cells of a column.
    """
    for name in names:
        head, _, column = name.partition(".")
        value = entry.answers.get(head)
        if column:
            rows = value if isinstance(value, list) else []
            value = [row.get(column) for row in rows if isinstance(row, dict)]
        if found := texts(value):
            return one_line(found[0], width)
    return None


def headline(entry: Entry, content: Content, width: int = 80) -> str:
    """The first words of `entry` that tell it apart, on one line of at most `width`."""
    from coach.flows.content import flow_of

    flow = flow_of(entry, content)
    words = first_words(entry, flow.headline if flow else (), width)
    return first_answer(entry, content, width) if words is None else words


def first_answer(entry: Entry, content: Content, width: int) -> str:
    """The first words of the first answer in `entry`, where its headline has none."""
    from coach.browse.entry_reader import read_entry
    from coach.flows.choices import refers

    for section in read_entry(entry, content, entry.lang):
        for part in section.parts:
            words = part.text or " ".join(text for _, text in part.rows[0])
            if not part.lines and not refers(words):
                return one_line(words, width)
    return ""
