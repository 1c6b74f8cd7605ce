"""Slides: one for the title, then one for each heading of the second level."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.util import Inches, Pt

from coach.markdown import Block, Runs

_colour: Any = RGBColor.from_string  # pptx has no types
INK = _colour("222222")
ACCENT = _colour("1F6F6B")
LINES = 12
"""Lines a slide holds at its usual size; more make the letters smaller, down to `SMALLEST`."""
SMALLEST = 12


def to_pptx(title: str, lang: str, found: list[Block]) -> bytes:
    """`found` as the bytes of a .pptx file called `title`, 16:9."""
    made = Presentation()
    made.slide_width, made.slide_height = Inches(13.333), Inches(7.5)
    made.core_properties.title = title
    made.core_properties.author = ""
    made.core_properties.language = lang
    for heading, inside in _slides(title, found):
        _slide(made, heading, inside)
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def _slides(title: str, found: list[Block]) -> list[tuple[Block, list[Block]]]:
    slides: list[tuple[Block, list[Block]]] = []
    for block in found:
        if block.kind == "heading" and block.level <= 2:
            slides.append((block, []))
        elif block.kind != "rule" and slides:
            slides[-1][1].append(block)
    return slides


def _slide(made: Any, heading: Block, inside: list[Block]) -> None:
    slide = made.slides.add_slide(made.slide_layouts[6])
    first = heading.level == 1
    top = Inches(2.4 if first else 0.45)
    box = slide.shapes.add_textbox(Inches(0.8), top, Inches(11.7), Inches(1.1))
    box.text_frame.word_wrap = True
    _write(box.text_frame.paragraphs[0], heading.runs, 40 if first else 30, ACCENT, bold=True)
    below = top + Inches(1.3)
    texts = [block for block in inside if block.kind != "table"]
    if texts:
        height = Inches(7.1) - below
        frame = slide.shapes.add_textbox(Inches(0.8), below, Inches(11.7), height).text_frame
        frame.word_wrap = True
        frame.auto_size = MSO_AUTO_SIZE.NONE
        size = _size(texts)
        for number, block in enumerate(texts):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(size / 3)
            _bullet(paragraph, block)
            _write(paragraph, block.runs, size, INK, bold=block.kind == "heading")
    for block in inside:
        if block.kind == "table":
            _table(slide, block.rows, below)


def _size(texts: list[Block]) -> int:
    lines = sum(1 + len(block.text) // 80 for block in texts)
    return 22 if lines <= LINES else max(SMALLEST, 22 * LINES // lines)


def _bullet(paragraph: Any, block: Block) -> None:
    if block.kind in ("bullet", "number"):
        lead = paragraph.add_run()
        lead.text = "    " * block.level + "•  "
        lead.font.color.rgb = ACCENT


def _write(paragraph: Any, runs: Runs, size: int, colour: Any, *, bold: bool = False) -> None:
    for text, strong, italic in runs:
        run = paragraph.add_run()
        run.text = text.replace("\n", "\v")
        run.font.bold = strong or bold
        run.font.italic = italic
        run.font.color.rgb = colour
    for run in paragraph.runs:
        run.font.size = Pt(size)


def _table(slide: Any, rows: list[list[Runs]], top: int) -> None:
    columns = max((len(row) for row in rows), default=0)
    if not columns:
        return
    shape = slide.shapes.add_table(
        len(rows), columns, Inches(0.8), top, Inches(11.7), Inches(0.4 * len(rows))
    )
    for row, cells in zip(rows, shape.table.rows, strict=True):
        for runs, cell in zip(row, cells.cells, strict=False):
            _write(cell.text_frame.paragraphs[0], runs, 14, INK)
