"""Slides: one for the title, then one for each heading of the second level.

Headings of the third level are cards: what they say stands large, what follows beneath it, side by
side. Letters are as large as what is written lets them be, so that no word is cut off.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from coach.documents.markdown import Block, Runs

_colour: Any = RGBColor.from_string  # pptx has no types
INK = _colour("222222")
ACCENT = _colour("1F6F6B")
GREY = _colour("666666")
TINT = _colour("EEF4F3")
LEFT, WIDTH, BOTTOM = 0.8, 11.73, 7.05
"""Inches: where text begins, how wide it is, where it ends, on a slide of 13.33 by 7.5."""
LARGEST, SMALLEST = 24, 11
"""Points of a slide's text."""
ABREAST = 3
"""Cards in one row at most."""
GAP = 0.25
"""Inches between cards."""


@dataclass
class _Card:
    """A heading of the third level and the blocks beneath it."""

    heading: Block
    inside: list[Block] = field(default_factory=list)


def to_pptx(title: str, lang: str, found: list[Block]) -> bytes:
    """`found` as the bytes of a .pptx file called `title`, 16:9."""
    made = Presentation()
    made.slide_width, made.slide_height = Inches(13.333), Inches(7.5)
    made.core_properties.title = title
    made.core_properties.author = ""
    made.core_properties.language = lang
    for heading, inside in _slides(found):
        _slide(made, heading, inside)
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def _slides(found: list[Block]) -> list[tuple[Block, list[Block]]]:
    slides: list[tuple[Block, list[Block]]] = []
    for block in found:
        if block.kind == "heading" and block.level <= 2:
            slides.append((block, []))
        elif block.kind != "rule" and slides:
            slides[-1][1].append(block)
    return slides


def _slide(made: Any, heading: Block, inside: list[Block]) -> None:
    # The layouts that have a title: outlines and screen readers find it there.
    slide = made.slides.add_slide(made.slide_layouts[5])
    first = heading.level == 1
    title = slide.shapes.title
    top = 2.5 if first else 0.4
    _place(title, LEFT, top, WIDTH, 1.4 if first else 0.9)
    title.text_frame.word_wrap = True
    title.text_frame.margin_left = Emu(0)
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM if first else MSO_ANCHOR.MIDDLE
    size = _fitting([heading], WIDTH, 1.4 if first else 0.9, 40 if first else 30)
    title.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    _write(title.text_frame.paragraphs[0], heading.runs, size, ACCENT, bold=True)
    _rectangle(slide, (LEFT, top + (1.45 if first else 0.95), 1.2, 0.05), ACCENT)
    below = top + (1.65 if first else 1.2)
    texts, cards, tables = _sorted(inside)
    if texts:
        room = BOTTOM - below
        if cards or tables:
            room = min(room / 2, 0.5 * len(texts))
        _text(slide, texts, (LEFT, below, WIDTH, room), GREY if first else INK)
        below += room + 0.1
    if cards:
        _cards(slide, cards, below)
    for rows in tables:
        _table(slide, rows, below)


def _sorted(inside: list[Block]) -> tuple[list[Block], list[_Card], list[list[list[Runs]]]]:
    """(texts before any card, cards, tables) of a slide."""
    texts: list[Block] = []
    cards: list[_Card] = []
    tables = []
    for block in inside:
        if block.kind == "table":
            tables.append(block.rows)
        elif block.kind == "heading":
            cards.append(_Card(block))
        elif cards:
            cards[-1].inside.append(block)
        else:
            texts.append(block)
    return texts, cards, tables


def _cards(slide: Any, cards: list[_Card], top: float) -> None:
    """Cards in even rows, all of one size, their headings in letters of one size."""
    rows = -(-len(cards) // ABREAST)
    columns = -(-len(cards) // rows)
    width = (WIDTH - GAP * (columns - 1)) / columns
    height = min((BOTTOM - top - GAP * (rows - 1)) / rows, 4.2)
    head = min(0.9, height * 0.36)
    inner = width - 0.4
    large = min(_fitting([card.heading], inner, head, 48) for card in cards)
    rest = height - head - 0.3
    small = min(
        (_fitting(card.inside, inner, rest, 20) for card in cards if card.inside), default=20
    )
    for number, card in enumerate(cards):
        left = LEFT + (number % columns) * (width + GAP)
        at = top + (number // columns) * (height + GAP)
        _rectangle(slide, (left, at, width, height), TINT)
        place = (left + 0.2, at + 0.1, inner, head)
        box = _box(slide, place, MSO_ANCHOR.MIDDLE)
        _write(box.paragraphs[0], card.heading.runs, large, ACCENT, bold=True)
        if card.inside:
            place = (left + 0.2, at + head + 0.15, inner, rest)
            _text(slide, card.inside, place, INK, small)


def _text(
    slide: Any,
    texts: list[Block],
    place: tuple[float, float, float, float],
    colour: Any,
    size: int = 0,
) -> None:
    size = size or _fitting(texts, place[2], place[3], LARGEST)
    frame = _box(slide, place, MSO_ANCHOR.TOP)
    for number, block in enumerate(texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(size / 3)
        _bullet(paragraph, block)
        _write(paragraph, block.runs, size, colour)


def _box(slide: Any, place: tuple[float, float, float, float], anchor: Any) -> Any:
    shape = slide.shapes.add_textbox(0, 0, 0, 0)
    _place(shape, *place)
    frame = shape.text_frame
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    return frame


def _place(shape: Any, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top = Inches(left), Inches(top)
    shape.width, shape.height = Inches(width), Inches(height)


def _rectangle(slide: Any, place: tuple[float, float, float, float], colour: Any) -> None:
    """A rectangle without the border and shadow of the template."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, 0, 0)
    _place(shape, *place)
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour
    shape.line.fill.background()
    shape._element.remove(shape._element.find(qn("p:style")))


def _fitting(texts: list[Block], width: float, height: float, largest: int) -> int:
    """The size in points, at most `largest`, at which `texts` fit `width` by `height` inches."""
    for size in range(largest, SMALLEST, -1):
        # A letter is about half as wide as it is high, a line a fifth higher than its letters.
        letters = max(1, int(width * 72 / (size * 0.51)))
        lines = sum(_lines(block.text, letters) for block in texts)
        gaps = len(texts) * size / 3
        if (lines * size * 1.22 + gaps) / 72 <= height and _widest(texts) <= letters:
            return size
    return SMALLEST


def _lines(text: str, letters: int) -> int:
    """How many lines `text` takes, broken between words."""
    lines, used = 1, 0
    for word in text.split():
        if used and used + 1 + len(word) > letters:
            lines, used = lines + 1, 0
        used += len(word) + bool(used)
        lines += used // (letters + 1)
    return lines


def _widest(texts: list[Block]) -> int:
    """The longest word that should not be broken: beyond thirty letters none can be helped."""
    words = [len(word) for block in texts for word in block.text.split(" ")]
    return max((length for length in words if length <= 30), default=0)


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


def _table(slide: Any, rows: list[list[Runs]], top: float) -> None:
    columns = max((len(row) for row in rows), default=0)
    if not columns:
        return
    # About what a row takes at the smallest letters; a table that is longer goes on unseen, so
    # that tables of many rows are for the other formats.
    size = 14 if len(rows) <= 8 else SMALLEST
    height = Inches(0.4 * len(rows))
    shape = slide.shapes.add_table(
        len(rows), columns, Inches(LEFT), Inches(top), Inches(WIDTH), height
    )
    for row, cells in zip(rows, shape.table.rows, strict=True):
        for runs, cell in zip(row, cells.cells, strict=False):
            _write(cell.text_frame.paragraphs[0], runs, size, INK)
