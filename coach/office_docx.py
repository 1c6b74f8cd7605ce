"""A document for Word and LibreOffice: A4, headings to navigate, tables that keep their header."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document as new_document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from coach.markdown import Block, Runs

GREY = RGBColor(0x66, 0x66, 0x66)


def to_docx(title: str, lang: str, found: list[Block]) -> bytes:
    """`found` as the bytes of a .docx file called `title`."""
    made = new_document()
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.8)
    style = made.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(10.5)
    style.paragraph_format.space_after = Pt(4)
    style.element.get_or_add_rPr().append(_language(lang))
    made.core_properties.title = title
    made.core_properties.author = ""
    for block in found:
        _add(made, block)
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def _language(lang: str) -> Any:
    made = OxmlElement("w:lang")
    made.set(qn("w:val"), "fr-FR" if lang == "fr" else "en-GB")
    return made


def _add(made: Any, block: Block) -> None:
    match block.kind:
        case "heading":
            _write(made.add_heading(level=min(block.level - 1, 4)), block.runs)
        case "bullet" | "number":
            name = "List Bullet" if block.kind == "bullet" else "List Number"
            _write(made.add_paragraph(style=name + (" 2" if block.level else "")), block.runs)
        case "quote":
            paragraph = made.add_paragraph()
            paragraph.paragraph_format.left_indent = Cm(0.6)
            paragraph.paragraph_format.space_after = Pt(22)
            _write(paragraph, block.runs, grey=True)
        case "rule":
            made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        case "table":
            _table(made, block.rows)
        case _:
            _write(made.add_paragraph(), block.runs)


def _write(paragraph: Any, runs: Runs, *, grey: bool = False) -> None:
    for text, bold, italic in runs:
        run = paragraph.add_run(text)
        run.bold, run.italic = bold or None, italic or grey or None
        if grey:
            run.font.color.rgb = GREY


def _table(made: Any, rows: list[list[Runs]]) -> None:
    columns = max((len(row) for row in rows), default=0)
    if not columns:
        return
    table = made.add_table(rows=0, cols=columns)
    table.style = "Table Grid"
    for number, row in enumerate(rows):
        cells = table.add_row().cells
        for cell, runs in zip(cells, row, strict=False):
            _write(cell.paragraphs[0], runs)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(9)
                run.bold = run.bold or number == 0 or None
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    made.add_paragraph()
