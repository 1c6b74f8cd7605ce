"""The length limits of documents: what exceeds them is reported, never cut."""

from __future__ import annotations

from coach.documents.markdown import Block, blocks
from coach.util.text import word_count
from coach.util.wording import Wording

PAGES_WORDS = 700
"""Words of a review at most: one to two pages, as the review is to be put on the table."""
SLIDES = (3, 5)
"""Slides of a value defence: three to five."""
SLIDE_WORDS = 60
"""Words of a slide at most: about what is read while somebody speaks."""
CARDS = 4
"""Figures or skills side by side on one slide."""


def parts(markdown: str) -> list[tuple[str, list[Block]]]:
    """(Heading, blocks beneath it) for each part of the first two levels, in order."""
    found: list[tuple[str, list[Block]]] = []
    for block in blocks(markdown):
        if block.kind == "heading" and block.level <= 2:
            found.append((block.text, []))
        elif found and block.kind != "rule":
            found[-1][1].append(block)
    return found


def words_in(found: list[Block]) -> int:
    """The words of blocks, tables included."""
    cells = (run.text for block in found for row in block.rows for cell in row for run in cell)
    return sum(word_count(block.text) for block in found) + word_count(" ".join(cells))


def too_long(markdown: str, lang: str, most: int = PAGES_WORDS) -> list[str]:
    """One sentence that names the longest parts, where there are more words than `most`."""
    counted = [(words_in(inside), heading) for heading, inside in parts(markdown)]
    total = sum(count for count, _ in counted)
    if total <= most:
        return []
    words = Wording("documents", lang)
    longest = sorted(counted, reverse=True)[:2]
    named = ", ".join(words("part_words", part=heading, n=count) for count, heading in longest)
    return [words("too_long", n=total, most=most, over=total - most, parts=named)]


def too_many_slides(markdown: str, lang: str) -> list[str]:
    """One sentence for each limit of slides that `markdown` misses: too many, too few, too full."""
    words = Wording("documents", lang)
    slides = parts(markdown)
    least, most = SLIDES
    told = []
    if len(slides) > most:
        told.append(words("slides_many", n=len(slides), most=most))
    elif len(slides) < least:
        told.append(words.count("slides_few", len(slides), least=least))
    for heading, inside in slides:
        cards = sum(1 for block in inside if block.kind == "heading")
        if cards > CARDS:
            told.append(words("slide_cards", part=heading, n=cards, most=CARDS))
        if (count := words_in(inside)) > SLIDE_WORDS:
            over = count - SLIDE_WORDS
            told.append(words("slide_long", part=heading, n=count, most=SLIDE_WORDS, over=over))
    return told
