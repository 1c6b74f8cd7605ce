"""A document as a file: Markdown, an HTML page, Word, slides or CSV.

The ending of the path chooses the format. All are made from the same Markdown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from coach.disk.saved_copy import save_copy
from coach.documents.markdown import blocks, parser
from coach.util.text import writable

if TYPE_CHECKING:
    from coach.documents.base import Document


class UnknownFormat(ValueError):
    """There is no format for this ending."""

    def __init__(self, ending: str) -> None:
        super().__init__(ending)
        self.ending = ending


class OfficeMissing(Exception):
    """The `[office]` extra, which writes `ending`, is not installed; `install` installs it."""

    def __init__(self, ending: str) -> None:
        from coach.util.extras import install_command

        super().__init__(ending)
        self.ending = ending
        self.install = install_command("office")


def encode(document: Document, ending: str) -> bytes:
    """`document` as the bytes of a file with that ending (`.md`, `.html`, `.docx`, …).

    Raises UnknownFormat and OfficeMissing.
    """
    make = _WRITERS.get(ending.lower())
    if make is None:
        raise UnknownFormat(ending)
    title, markdown, drawing = map(writable, (document.title, document.markdown, document.drawing))
    return make(replace(document, title=title, markdown=markdown, drawing=drawing))


def write(document: Document, path: Path, *, force: bool = False) -> None:
    """Writes `document` to `path` atomically.

    Raises UnknownFormat, OfficeMissing, FileExistsError (without `force`) and OSError.
    """
    save_copy(path, encode(document, path.suffix), force=force)


def _markdown(document: Document) -> bytes:
    return document.markdown.encode("utf-8", "replace")


_STYLE = """
@page { size: A4; margin: 18mm 20mm; }
body { font: 11pt/1.45 Georgia, "Times New Roman", serif; max-width: 44rem; margin: 2.5rem auto;
  padding: 0 1rem; color: #1c1c1c; background: #fff; }
h1, h2, h3, th { font-family: system-ui, sans-serif; line-height: 1.2; }
h1 { font-size: 1.7rem; margin: 0 0 .6rem; } h2 { font-size: 1.2rem; margin: 1.6rem 0 .4rem; }
h3 { font-size: 1rem; margin: 1.1rem 0 .3rem; }
table { border-collapse: collapse; width: 100%; font-size: .92em; }
th, td { border: 1px solid #bbb; padding: .3rem .5rem; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; }
th { background: #f0f0ee; } p, li { overflow-wrap: anywhere; } li { margin-bottom: .2rem; }
blockquote { margin: .4rem 0 1rem; padding: .4rem .8rem; border: 1px dashed #999; color: #555;
  min-height: 2.4rem; }
hr { border: 0; border-top: 1px solid #bbb; margin: 1.5rem 0; }
@media print {
  body { margin: 0; max-width: none; padding: 0; font-size: 10pt; line-height: 1.35; }
  h1 { font-size: 1.5rem; } h2 { margin-top: 1rem; } p { margin: .35rem 0; }
  ul, ol { margin: .3rem 0; } li { margin-bottom: .1rem; } table { width: 99.8%; }
  h1, h2, h3 { break-after: avoid; } li, tr, blockquote { break-inside: avoid; }
  hr { break-after: page; border: 0; }
}
"""


def html_page(title: str, lang: str, body: str, style: str = _STYLE) -> str:
    """A self-contained HTML page around `body`: no scripts, no external files."""
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n{body}</body>\n</html>\n"
    )


def _html(document: Document) -> bytes:
    body = parser().render(document.markdown)
    if document.drawing:
        head, end, rest = body.partition("</h1>\n")
        body = f"{head}{end}{document.drawing}\n{rest}"
    return html_page(document.title, document.lang, body).encode("utf-8", "replace")


def _docx(document: Document) -> bytes:
    try:
        from coach.documents.docx import to_docx
    except ImportError as error:
        raise OfficeMissing(".docx") from error
    return to_docx(document.title, document.lang, blocks(document.markdown))


def _pptx(document: Document) -> bytes:
    try:
        from coach.documents.pptx import to_pptx
    except ImportError as error:
        raise OfficeMissing(".pptx") from error
    return to_pptx(document.title, document.lang, blocks(document.markdown))


def _csv(document: Document) -> bytes:
    """The tables of the document, one after another, under their headings."""
    from coach.util.csv_cells import csv_file

    rows = [row for block in blocks(document.markdown) for row in block.rows]
    if not rows:
        raise UnknownFormat(".csv")
    return csv_file(("".join(run.text for run in cell) for cell in row) for row in rows)


_WRITERS: dict[str, Callable[[Document], bytes]] = {
    ".md": _markdown,
    ".html": _html,
    ".docx": _docx,
    ".pptx": _pptx,
    ".csv": _csv,
}
ENDINGS = {
    "skills": (".md", ".html", ".docx", ".csv"),
    "map": (".html", ".md", ".docx"),
    "value-defence": (".md", ".pptx", ".html"),
}
"""Document → its endings; the first is the default."""
USUAL = (".md", ".docx", ".html")


def endings(name: str) -> tuple[str, ...]:
    """The endings offered for the document `name`; others can be written too."""
    return ENDINGS.get(name, USUAL)
