"""Markdown: a student's words escaped into it, and a document's own Markdown read as blocks.

Only what the documents use is read: headings, paragraphs, lists, tables, quotes (places where the
student is to write) and rules (a new page or slide).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from coach.util.text import clean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_INLINE = re.compile(r"[\\`*_\[\]<>&~|$^]")
_LINE_START = re.compile(r"([#+=:-])")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


def markdown_text(text: str) -> str:
    """`text` escaped for Markdown (CommonMark and GitHub's), its lines kept as lines."""
    paragraphs = re.split(r"\n\s*\n", clean(text).strip())
    return "\n\n".join(
        "  \n".join(markdown_line(line) for line in paragraph.split("\n"))
        for paragraph in paragraphs
    )


def markdown_line(line: str) -> str:
    """One line of text escaped for Markdown."""
    line = " ".join(line.split())
    line = _INLINE.sub(r"\\\g<0>", line).replace("://", "\\://")
    if _LINE_START.match(line):
        return "\\" + line
    return _NUMBERED.sub(r"\1\\\2", line, count=1) if _NUMBERED.match(line) else line


class Run(NamedTuple):
    """A piece of text in one style; a line break is a run of "\\n"."""

    text: str
    bold: bool = False
    italic: bool = False


Runs = list[Run]


@dataclass(frozen=True)
class Block:
    """One block of a document.

    `level` is a heading's (1 to 6) or a list item's depth (from 0); `rows` are a table's cells,
    its header first.
    """

    kind: Literal["heading", "text", "bullet", "number", "table", "quote", "rule"]
    runs: Runs = field(default_factory=list)
    level: int = 0
    rows: list[list[Runs]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words without their style."""
        return "".join(run.text for run in self.runs)


def parser() -> MarkdownIt:
    """The Markdown parser: CommonMark and tables; HTML and links are text."""
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    return made.disable(["link", "image", "autolink", "html_block", "html_inline", "reference"])


def blocks(markdown: str) -> list[Block]:
    """`markdown` as blocks, in order."""
    return list(_blocks(parser().parse(markdown)))


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    lists: list[Literal["bullet", "number"]] = []
    quoted = 0
    heading = 0
    rows: list[list[Runs]] = []
    in_table = False
    for token in tokens:
        match token.type:
            case "bullet_list_open":
                lists.append("bullet")
            case "ordered_list_open":
                lists.append("number")
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "blockquote_open":
                quoted += 1
            case "blockquote_close":
                quoted -= 1
            case "heading_open":
                heading = int(token.tag[1:])
            case "heading_close":
                heading = 0
            case "table_open":
                in_table, rows = True, []
            case "table_close":
                in_table = False
                yield Block("table", rows=rows)
            case "tr_open":
                rows.append([])
            case "hr":
                yield Block("rule")
            case "fence" | "code_block":
                yield Block("text", [Run(token.content.rstrip("\n"))])
            case "inline":
                runs = _runs(token.children or [])
                if in_table:
                    rows[-1].append(runs)
                elif heading:
                    yield Block("heading", runs, heading)
                elif quoted:
                    yield Block("quote", runs)
                elif lists:
                    yield Block(lists[-1], runs, len(lists) - 1)
                else:
                    yield Block("text", runs)


def _runs(tokens: list[Token]) -> Runs:
    found: Runs = []
    bold = italic = 0
    for token in tokens:
        match token.type:
            case "strong_open":
                bold += 1
            case "strong_close":
                bold -= 1
            case "em_open":
                italic += 1
            case "em_close":
                italic -= 1
            case "softbreak":
                found.append(Run(" "))
            case "hardbreak":
                found.append(Run("\n"))
            case _ if token.content:
                found.append(Run(token.content, bool(bold), bool(italic)))
    return found
