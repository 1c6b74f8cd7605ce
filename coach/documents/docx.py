"""A document for Word and LibreOffice: A4, headings to navigate, tables that keep their header."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document as new_document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from coach.documents.markdown import Block, Runs

GREY = RGBColor(0x55, 0x55, 0x55)
INK = RGBColor(0x1C, 0x1C, 0x1C)
ACCENT = RGBColor(0x1F, 0x6F, 0x6B)
HEADINGS = {"Title": (22, 6, 8), "Heading 1": (14, 14, 4), "Heading 2": (11.5, 9, 3)}
"""Style → (points, points before, points after); deeper headings are as text, and bold."""
NARROW, WIDE = 0.12, 0.6
"""The smallest and the largest share of a table's width for one column."""
LETTERS = 92
"""Letters that fit the width of a table."""


def to_docx(title: str, lang: str, found: list[Block]) -> bytes:
    """`found` as the bytes of a .docx file called `title`."""
    made = new_document()
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(1.9)
    _styles(made, lang)
    made.core_properties.title = title
    made.core_properties.author = ""
    for number, block in enumerate(found):
        _add(made, block, found[number + 1 : number + 2])
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def _styles(made: Any, lang: str) -> None:
    normal = made.styles["Normal"]
    normal.font.size, normal.font.color.rgb = Pt(10.5), INK
    _font(normal, "Calibri")
    normal.paragraph_format.space_after = Pt(4)
    normal.paragraph_format.line_spacing = 1.08
    normal.element.get_or_add_rPr().append(_language(lang))
    for name, (size, before, after) in HEADINGS.items():
        style = made.styles[name]
        _font(style, "Calibri")
        style.font.size, style.font.bold = Pt(size), True
        style.font.color.rgb = ACCENT if name != "Heading 2" else INK
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.keep_with_next = True
    deep = made.styles["Heading 3"]
    _font(deep, "Calibri")
    deep.font.size, deep.font.color.rgb, deep.font.bold = Pt(10.5), GREY, True
    deep.paragraph_format.space_before, deep.paragraph_format.space_after = Pt(6), Pt(2)
    # The line under the title of Word's own template says nothing.
    for border in made.styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
        break
    for name in ("List Bullet", "List Number"):
        made.styles[name].paragraph_format.space_after = Pt(2)


def _font(style: Any, name: str) -> None:
    """The font, also where the template's theme names another one."""
    style.font.name = name
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:hAnsi"), name)


def _language(lang: str) -> Any:
    made = OxmlElement("w:lang")
    made.set(qn("w:val"), "fr-FR" if lang == "fr" else "en-GB")
    return made


def _add(made: Any, block: Block, following: list[Block]) -> None:
    match block.kind:
        case "heading":
            _write(made.add_heading(level=min(block.level - 1, 4)), block.runs)
        case "bullet" | "number":
            name = "List Bullet" if block.kind == "bullet" else "List Number"
            _write(made.add_paragraph(style=name + (" 2" if block.level else "")), block.runs)
        case "quote":
            _space(made, block.runs)
        case "rule":
            made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        case "table":
            _table(made, block.rows)
        case _:
            paragraph = made.add_paragraph()
            _write(paragraph, block.runs)
            # What announces a list or a table stays with it.
            paragraph.paragraph_format.keep_with_next = any(
                one.kind in ("bullet", "number", "table") for one in following
            )


def _space(made: Any, runs: Runs) -> None:
    """A framed space to write in, with its prompt."""
    paragraph = made.add_paragraph()
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Cm(0.2)
    form.space_before, form.space_after = Pt(4), Pt(10)
    form.keep_together = True
    _write(paragraph, runs, grey=True)
    paragraph.add_run().add_break()
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "dashed"), ("sz", "4"), ("space", "4"), ("color", "9A9A9A")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDER)


_AFTER_BORDER = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr")
"""What stands after a paragraph's border: the format's schema wants its elements in order."""


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
    table.autofit = False
    table._tbl.tblPr.append(_borders())
    widths = _widths(rows, columns)
    for number, row in enumerate(rows):
        added = table.add_row()
        _whole(added)
        for cell, width in zip(added.cells, widths, strict=True):
            cell.width = Cm(16.6 * width)
        for cell, runs in zip(added.cells, row, strict=False):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            _write(paragraph, runs)
            for run in paragraph.runs:
                run.font.size = Pt(9.5)
                run.bold = run.bold or number == 0 or None
            if number == 0:
                cell._tc.get_or_add_tcPr().append(_shade("EEF4F3"))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(16.6 * width)
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    after = made.add_paragraph()
    after.paragraph_format.space_after = Pt(2)


def _widths(rows: list[list[Runs]], columns: int) -> list[float]:
    """The share of the width for each column, by the length of its text."""
    lengths = [
        max(8, *(min(120, sum(len(run.text) for run in row[at])) for row in rows if at < len(row)))
        for at in range(columns)
    ]
    least = [
        min(0.9 / columns, max(NARROW, (_longest_word(rows, at) + 3) / LETTERS))
        for at in range(columns)
    ]
    shares = [
        min(WIDE, max(low, length / sum(lengths)))
        for low, length in zip(least, lengths, strict=True)
    ]
    return [share / sum(shares) for share in shares]


def _longest_word(rows: list[list[Runs]], at: int) -> int:
    cells = ("".join(run.text for run in row[at]) for row in rows if at < len(row))
    return max((len(word) for cell in cells for word in cell.split()), default=0)


def _whole(row: Any) -> None:
    """Keeps a row on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _borders() -> Any:
    """Thin grey lines instead of the black ones of the style."""
    made = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "BBBBBB")):
            line.set(qn(f"w:{name}"), value)
        made.append(line)
    return made


def _shade(colour: str) -> Any:
    made = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        made.set(qn(f"w:{name}"), value)
    return made
