"""Entries as pages to read: Markdown, and one self-contained HTML page that prints well.

What the student wrote is text on both: escaped, so that no sign of it is obeyed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from html import escape

from coach.browse.entry_reader import Part, Section, read_entry, shareable
from coach.documents.markdown import markdown_line, markdown_text
from coach.export.listing import Listed
from coach.flows.choices import list_named as named_in
from coach.flows.content import Content, flow_title
from coach.store.answers import text_of
from coach.store.entries import Entry
from coach.util.dates import say_day
from coach.util.text import clean, clean_line
from coach.util.wording import Wording

Items = list[dict[str, str]]


@dataclass(frozen=True)
class Sheet:
    """One entry as a page: a title, facts about it, what was answered."""

    title: str
    facts: list[str]
    sections: list[Section]
    lang: str
    draft: list[Section] = field(default_factory=list)
    """What its draft holds, where it is being changed."""


def sheet_of(
    one: Listed,
    content: Content,
    lang: str,
    *,
    named: Items | None = None,
    company: str = "",
    today: date | None = None,
) -> Sheet:
    """`one` as a page in `lang`, read `today`."""
    say = Wording("export", lang)
    entry = one.entry
    try:
        day = say_day(date.fromisoformat(entry.date), lang)
    except ValueError:
        day = entry.date
    facts = [say("week", week=entry.week)]
    if company:
        facts.append(company)
    if entry.tags:
        facts.append(say("tags", tags=", ".join(entry.tags)))
    if not one.is_kept:
        facts.append(say("draft"))
    if entry.deleted_at:
        facts.append(say("trash"))
    changing = one.draft if one.is_kept else None
    return Sheet(
        title=say("entry", title=flow_title(entry, content, lang), day=day),
        facts=[clean_line(fact) for fact in facts],
        sections=read_entry(entry, content, lang, named, today),
        lang=entry.lang,
        draft=read_entry(changing, content, lang, named, today) if changing else [],
    )


def sheets(
    found: list[Listed], content: Content, lang: str, today: date | None = None
) -> Iterator[Sheet]:
    """Each of `found` as a page, with the names of all that it refers to."""
    internships = {one.entry.id: one.entry for one in found if one.entry.flow == "internship"}
    kept = {one.entry.id: one.entry for one in found}
    for one in found:
        about = internships.get(one.entry.internship or "")
        yield sheet_of(
            one,
            content,
            lang,
            named=named_in(one.entry, kept.get),
            company=text_of(about.answers, "company") if about else "",
            today=today,
        )


# Markdown


def one_markdown(entry: Entry, content: Content, lang: str, named: Items | None) -> str:
    """One entry as a Markdown document, without what private questions asked for."""
    sheet = sheet_of(Listed(entry), content, lang, named=named)
    sheet = replace(sheet, sections=shareable(sheet.sections))
    return "\n".join(_markdown(sheet, Wording("export", lang), 1)).rstrip() + "\n"


def to_markdown(found: list[Listed], content: Content, lang: str, today: date) -> str:
    """All of `found` as one Markdown document."""
    say = Wording("export", lang)
    lines = [f"# {say('title')}", "", _made(say, today, len(found)), ""]
    for sheet in sheets(found, content, lang, today):
        lines += _markdown(sheet, say, 2)
    return "\n".join(lines).rstrip() + "\n"


def _made(say: Wording, today: date, n: int) -> str:
    return f"{say('made', day=say_day(today, say.lang))} {say.count('entries', n)}"


def _markdown(sheet: Sheet, say: Wording, level: int) -> Iterator[str]:
    yield from (f"{'#' * level} {markdown_line(sheet.title)}", "")
    yield from (markdown_line(" · ".join(sheet.facts)), "")
    yield from _markdown_sections(sheet.sections, say, level + 1)
    if sheet.draft:
        yield from (f"{'#' * (level + 1)} {say('changing')}", "")
        yield from _markdown_sections(sheet.draft, say, level + 2)


def _markdown_sections(sections: list[Section], say: Wording, level: int) -> Iterator[str]:
    for section in sections:
        if section.title:
            yield from (f"{'#' * level} {markdown_line(section.title)}", "")
        for part in section.parts:
            if part.label:
                yield from (f"**{markdown_line(part.label)}**", "")
            if part.kind == "rows":
                yield from _markdown_rows(part, say)
            else:
                yield markdown_text(part.text)
            yield ""


def _markdown_rows(part: Part, say: Wording) -> Iterator[str]:
    for row in part.rows:
        cells = []
        for label, text in row:
            said = "  \n  ".join(
                markdown_line(line) for line in clean(text).split("\n") if line.strip()
            )
            name = f"**{markdown_line(label)}**"
            cells.append(say("cell", label=name, text=said) if label else said)
        between = "  \n  " if any(label for label, _ in row) else say("mark")
        yield "- " + between.join(cells)


# HTML

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1.05rem/1.55 Georgia, serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem; }
h1, h2, h3, h4, .facts, .label { font-family: system-ui, sans-serif; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-bottom: .2rem; }
h3, h4 { font-size: 1rem; margin: 1.2rem 0 .3rem; }
article { border-top: 1px solid #8886; margin-top: 2.5rem; padding-top: .5rem; }
.facts { opacity: .7; font-size: .9rem; margin-top: 0; }
.label { font-size: .9rem; opacity: .8; margin: .8rem 0 0; }
.said { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
ul { margin: .2rem 0; padding-left: 1.2rem; } li { margin-bottom: .5rem; }
li .said b { font-weight: 600; }
@media print {
  body { font-size: 11pt; max-width: none; margin: 0; }
  h2, h3, h4, .label { break-after: avoid; }
  li { break-inside: avoid; }
}
"""


def to_html(found: list[Listed], content: Content, lang: str, today: date) -> str:
    """All of `found` as one HTML page that needs nothing else and loads nothing."""
    from coach.documents.formats import html_page

    say = Wording("export", lang)
    title = say("title")
    pages = sheets(found, content, lang, today)
    body = "\n".join(line for sheet in pages for line in _html(sheet, say))
    made = escape(_made(say, today, len(found)))
    body = f'<h1>{escape(title)}</h1>\n<p class="facts">{made}</p>\n{body}\n'
    return html_page(title, lang, body, _STYLE)


def _html(sheet: Sheet, say: Wording) -> Iterator[str]:
    yield f"<article>\n<h2>{_text(sheet.title)}</h2>"
    yield f'<p class="facts">{_text(" · ".join(sheet.facts))}</p>'
    yield from _html_sections(sheet.sections, sheet.lang, 3)
    if sheet.draft:
        yield f"<h3>{_text(say('changing'))}</h3>"
        yield from _html_sections(sheet.draft, sheet.lang, 4)
    yield "</article>"


def _html_sections(sections: list[Section], lang: str, level: int) -> Iterator[str]:
    said = f'class="said" lang="{_text(lang)}"'
    for section in sections:
        if section.title:
            yield f"<h{level}>{_text(section.title)}</h{level}>"
        for part in section.parts:
            if part.label:
                yield f'<p class="label">{_text(part.label)}</p>'
            if part.kind == "rows":
                rows = "\n".join(f"<li><p {said}>{_cells(row)}</p></li>" for row in part.rows)
                yield f"<ul>\n{rows}\n</ul>"
            else:
                yield f"<p {said}>{_text(part.text)}</p>"


def _cells(row: list[tuple[str, str]]) -> str:
    if not any(label for label, _ in row):
        return ": ".join(_text(text) for _, text in row)
    return "<br>".join(f"<b>{_text(label)}</b> {_text(text)}" for label, text in row)


def _text(text: str) -> str:
    return escape(clean(text), quote=True)
