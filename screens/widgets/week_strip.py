"""The weeks of the internship in a strip, energy and mood below."""

from textual.content import Content

from coach.internship.timeline import State, Week
from coach.util.wording import Wording
from screens.base.symbols import Symbols
from screens.base.theme import MUTED

ROOMY = 30
"""Weeks up to which each gets two cells."""
LINE = 52
"""Weeks on one line at most: a year."""


def sign(week: Week, symbols: Symbols) -> tuple[str, str]:
    """The sign and style of one week."""
    return {
        State.DONE: (symbols.done, "$primary"),
        State.DRAFT: (symbols.begun, "bold $primary"),
        State.NOW: (symbols.now, "bold $primary"),
        State.MISSED: (symbols.missed, MUTED),
        State.OFF: (symbols.off, MUTED),
        State.TO_COME: (symbols.to_come, MUTED),
    }[week.state]


def strip(weeks: list[Week], symbols: Symbols, say: Wording, width: int) -> Content:
    """The strip: a sign for each week, then energy and mood as bars; empty without weeks.

    Energy and mood share a line where it has room, else each stands under its weeks.
    """
    if not weeks:
        return Content()
    names = [say("strip.weeks"), say("strip.energy"), say("strip.mood")]
    margin = max(map(len, names)) + 2
    step = 2 if len(weeks) <= ROOMY and len(weeks) * 2 + margin <= width else 1
    room = max(4, min(LINE, (width - margin) // step))
    felt = [bars([week.energy for week in weeks], symbols, step)]
    felt.append(bars([week.mood for week in weeks], symbols, step))
    told = legend(weeks, symbols, say, width - margin)
    lines: list[Content] = []
    for first in range(0, len(weeks), room):
        signs = [
            part
            for week in weeks[first : first + room]
            for part in (sign(week, symbols), (" " * (step - 1), ""))
        ]
        lines.append(_line(names[0] if first == 0 else "", margin, *signs))
    if len(lines) == len(told) == 1 and lines[0].cell_length + len(told[0]) + 3 <= width:
        lines[0] = lines[0].append(Content.styled(f"  {told.pop()}", MUTED))
    if any(map(str.strip, felt)):
        both = 2 * (margin + len(felt[0]))
        if both <= width:
            energy, mood = ((text, "$secondary") for text in felt)
            gap = (f"  {names[2]}  ", MUTED)
            lines.append(_line(names[1], margin, energy, gap, mood))
        else:
            for name, text in zip(names[1:], felt, strict=True):
                for first in range(0, len(text), room * step):
                    part = text[first : first + room * step]
                    lines.append(_line(name if first == 0 else "", margin, (part, "$secondary")))
    lines += [_line("", margin, (text, MUTED)) for text in told]
    return Content("\n").join(lines)


def _line(name: str, margin: int, *parts: tuple[str, str]) -> Content:
    return Content.assemble((name.ljust(margin), MUTED), *parts)


def bars(levels: list[int | None], symbols: Symbols, step: int) -> str:
    """A bar for each level from 1 to 5, `step` cells apart; a space where there is none."""
    gap = " " * (step - 1)
    return gap.join(symbols.bars[level - 1] if level else " " for level in levels)


def legend(weeks: list[Week], symbols: Symbols, say: Wording, width: int) -> list[str]:
    """The meaning and count of each sign that occurs, in lines of `width` cells."""
    counts = {state: sum(week.state is state for week in weeks) for state in State}
    told = [
        (State.DONE, symbols.done), (State.DRAFT, symbols.begun),
        (State.MISSED, symbols.missed), (State.OFF, symbols.off),
    ]  # fmt: skip
    lines: list[str] = []
    for state, mark in told:
        if not counts[state]:
            continue
        text = f"{mark} {say.count(f'strip.{state.value}', counts[state])}"
        if lines and len(lines[-1]) + len(text) + 2 <= width:
            lines[-1] += f"  {text}"
        else:
            lines.append(text)
    return lines
