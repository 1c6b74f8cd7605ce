"""Entries as text for a terminal: one line each, aligned and cut, or one entry whole."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from coach.browse.headline import first_words, headline
from coach.export.listing import SHORT_ID, Listed
from coach.flows.heads import FlowHead, read_head
from coach.util.text import clean, clean_line
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.browse.entry_reader import Section
    from coach.commands.invocation import Invocation
    from coach.flows.content import Content
    from coach.store.entries import Entry

WIDTH = 80
"""Columns taken where no terminal says otherwise, as in a pipe."""

_NARROW = re.compile("[ -\u02ff\u2010-\u2027\u20ac\u2190-\u21ff]*")
"""Letters of one column each: most texts have no others, and need no look at each."""


def columns(text: str) -> int:
    """The columns that `text` takes in a terminal: wide letters take two, accents none."""
    if text.isascii() or _NARROW.fullmatch(text):
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(text: str, width: int) -> str:
    """The start of `text` in at most `width` columns, with an ellipsis if cut."""
    if text.isascii() or _NARROW.fullmatch(text):
        if len(text) <= width:
            return text
        return text[: max(width - 1, 0)].rstrip() + "…" if width > 0 else ""
    if columns(text) <= width:
        return text
    taken = 0
    for index, character in enumerate(text):
        taken += _columns(character)
        if taken > width - 1:
            return text[:index].rstrip() + "…" if width > 0 else ""
    return text


def pad(text: str, width: int) -> str:
    """`text` in exactly `width` columns."""
    text = cut(text, width)
    return text + " " * (width - columns(text))


def room() -> int:
    """The columns that a line may take."""
    if sys.stdout is not None and sys.stdout.isatty():
        import shutil

        return max(40, min(shutil.get_terminal_size().columns, 120))
    return WIDTH


def lines(
    found: list[Listed], content: Callable[[], Content], say: Wording, width: int
) -> list[str]:
    """`found` as aligned lines of at most `width` columns: day, id, session, first words.

    `content` is called where the head of a flow's file does not tell.
    """
    flows = {one.entry.flow: one.entry for one in found}
    heads = {flow: read_head(flow) for flow in flows}
    titles = {flow: _title(e, heads[flow], content, say.lang) for flow, e in flows.items()}
    title_width = min(max(map(columns, titles.values()), default=0), 22)
    titles = {flow: pad(title, title_width) for flow, title in titles.items()}
    made = []
    for one in found:
        entry = one.entry
        start = f"{entry.date}  {entry.id[:SHORT_ID]:<{SHORT_ID}}  {titles[entry.flow]}  "
        words = clean_line(_words(one.draft or entry, heads[entry.flow], content, width))
        made.append(cut(start + _state(one, say, words), width).rstrip())
    return made


def _title(entry: Entry, head: FlowHead | None, content: Callable[[], Content], lang: str) -> str:
    if head is not None and lang in head.title:
        return clean_line(head.title[lang])
    from coach.flows.content import flow_title

    return clean_line(flow_title(entry, content(), lang))


def _words(entry: Entry, head: FlowHead | None, content: Callable[[], Content], width: int) -> str:
    words = first_words(entry, head.headline, width) if head is not None else None
    return headline(entry, content(), width) if words is None else words


def _state(one: Listed, say: Wording, words: str) -> str:
    """`words`, after what is to be known of the entry's state."""
    if one.draft is None:
        return words
    return say("list.changing" if one.is_kept else "list.draft", words=words)


def page(one: Listed, invocation: Invocation) -> str:
    """`one` to read: what it is, what was answered, what is being changed."""
    # Imported here: a list needs none of it.
    from coach.export.pages import sheet_of
    from coach.flows.choices import list_named

    about = invocation.workspace.journal.get(one.entry.internship) if one.entry.internship else None
    sheet = sheet_of(
        one,
        invocation.workspace.content,
        invocation.lang,
        named=list_named(one.entry, invocation.workspace.journal.get),
        company=str(about.answers.get("company") or "") if about else "",
        today=invocation.workspace.today,
    )
    say, words = invocation.say, Wording("export", invocation.lang)
    lines = [sheet.title, f"{'; '.join(sheet.facts)}; {one.entry.id}"]
    lines += list(_sections(sheet.sections, words)) or ["", say("show.empty")]
    if sheet.draft:
        lines += ["", say("show.changing"), *_sections(sheet.draft, words)]
    if n := len(one.entry.history):
        lines += ["", say.count("show.versions", n, id=one.entry.id[:SHORT_ID])]
    return "\n".join(lines)


def _sections(sections: list[Section], words: Wording) -> Iterator[str]:
    for section in sections:
        yield from ("", clean_line(section.title)) if section.title else ("",)
        for part in section.parts:
            if part.label:
                yield f"  {clean_line(part.label)}"
            for line in clean(part.text).split("\n") if part.text else ():
                yield f"    {line}"
            for row in part.rows:
                yield f"    - {_row(row, words)}"


def _row(row: list[tuple[str, str]], words: Wording) -> str:
    if not any(label for label, _ in row):
        return words("mark").join(clean_line(text) for _, text in row)
    cells = [words("cell", label=clean_line(label), text=clean_line(text)) for label, text in row]
    return "\n      ".join(cells)
