"""Draws what the coach says of a rehearsal: lines, and confidence as a small chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.content import Content

from screens.base.theme import MUTED

if TYPE_CHECKING:
    from coach.features.rehearsal.confidence import Trend
    from coach.flows.panel import PanelLine
    from coach.util.wording import Wording
    from screens.base.symbols import Symbols

STYLES = {"heading": "bold $primary", "item": "", "text": "", "quiet": MUTED, "nudge": "$secondary"}


def drawn(lines: list[PanelLine], symbols: Symbols) -> Content:
    """`lines` as text; a blank line stands before each heading."""
    parts: list[Any] = []
    for number, line in enumerate(lines):
        gap = "\n" * ((number > 0) + (number > 0 and line.kind in ("heading", "item")))
        sign = f"{symbols.nudge} " if line.kind == "nudge" else ""
        parts += [gap, (sign + line.text, STYLES[line.kind])]
    return Content.assemble(*parts)


def chart(trends: list[Trend], say: Wording, symbols: Symbols, width: int) -> Content:
    """A row for each of `trends`: its name, a bar for each day, where it stands in words."""
    names = [say(f"kind.{one.kind}") for one in trends]
    room = max(map(len, names))
    most = min(max(len(one.means) for one in trends), max(1, width - room - 44))
    parts: list[Any] = []
    for name, one in zip(names, trends, strict=True):
        last = one.means[-1]
        mean = f"{last:.1f}".replace(".", "," if say.lang == "fr" else ".")
        told = say("chart.line", felt=say(f"felt.{round(last)}"), mean=mean)
        told = f"{told} · {say.count('tried', one.cards)}"
        bars = "".join(_bar(mean, symbols) for mean in one.means[-most:]).ljust(most)
        style = "bold" if not one.kind else ""
        parts += [(name.ljust(room), style), "  ", (bars, "$primary"), "  ", (told, MUTED), "\n"]
    return Content.assemble(*parts[:-1])


def _bar(mean: float, symbols: Symbols) -> str:
    """The bar of a mean from 1 to 4."""
    steps = len(symbols.bars) - 1
    return symbols.bars[round((mean - 1) / 3 * steps)]
