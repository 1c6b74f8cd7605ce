"""The filters of the list: a line that shows them, and the small dialogs that set them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import HorizontalGroup
from textual.content import Content

from coach.browse.entry_index import MOODS, EntryIndex, Filter, Status
from coach.util.dates import short_day
from coach.util.wording import Wording
from screens.base.symbols import UNICODE, Symbols
from screens.common.pickers import PickerChoice, PickOne
from screens.widgets.act import Act

NAMES = ("flow", "dates", "skill", "tag", "status", "mood")
"""The filters, in the order they stand in."""
SHORTEST = 3


def describe_filter(name: str, wanted: Filter, index: EntryIndex, lang: str) -> str:
    """What filter `name` lets through, in few words; '' where it lets through everything."""
    say = Wording("browse", lang)
    if name == "dates":
        days = {
            edge: short_day(day, lang)
            for edge, day in (("since", wanted.since), ("until", wanted.until))
            if day
        }
        return (
            say(f"dates.{'both' if len(days) == 2 else next(iter(days))}", **days) if days else ""
        )
    value = str(getattr(wanted, name))
    if not value:
        return ""
    if name in ("status", "mood"):
        return say(f"{name}.{value}")
    return next((f.label for f in index.facets.get(name, []) if f.value == value), value)


def choices(name: str, index: EntryIndex, lang: str) -> list[PickerChoice]:
    """The values that filter `name` offers, most used first."""
    say = Wording("browse", lang)
    if name == "status":
        return [
            (one.value, say(f"status.{one}"), sum(i.status is one for i in index.items.values()))
            for one in Status
        ]
    if name == "mood":
        return [
            (mood, say(f"mood.{mood}"), sum(i.mood in levels for i in index.items.values()))
            for mood, levels in MOODS.items()
        ]
    return [(f.value, f.label, f.count) for f in index.facets.get(name, [])]


def fit(labels: list[str], room: int, gap: int = 2) -> list[str]:
    """`labels` cut so that together they take at most `room` columns, the longest first."""
    widths = [cell_len(label) for label in labels]
    while sum(widths) + gap * (len(widths) - 1) > room and max(widths) > SHORTEST:
        widths[widths.index(max(widths))] -= 1
    return [
        Content(label).truncate(width, ellipsis=True).plain
        for label, width in zip(labels, widths, strict=True)
    ]


class FilterBar(HorizontalGroup):
    """One line of filters; each opens its dialog by mouse, or with enter when it has the focus."""

    DEFAULT_CSS = """
    FilterBar { height: 1; padding: 0 1; }
    FilterBar > Act { margin: 0 2 0 0; }
    FilterBar > Act.set { color: $primary; text-style: bold; }
    """

    def __init__(self, lang: str, symbols: Symbols) -> None:
        super().__init__()
        self.lang = lang
        self.symbols = symbols

    def compose(self) -> ComposeResult:
        """A word for each filter, and one that clears them all."""
        for name in (*NAMES, "clear"):
            yield Act("", name)

    def show(self, wanted: Filter, index: EntryIndex) -> None:
        """Says what each filter lets through, cut to the width there is."""
        say = Wording("browse", self.lang)
        open_sign = "▾" if self.symbols is UNICODE else "v"
        values = {name: describe_filter(name, wanted, index, self.lang) for name in NAMES}
        labels = [values[name] or f"{say(f'filter.{name}')} {open_sign}" for name in NAMES]
        clear = bool(wanted.text or wanted.filtered)
        labels.append(f"{self.symbols.cross} {say('filter.clear')}" if clear else "")
        # The screen's width, which is its own too: while one reads over the list it has none.
        room = max(20, self.screen.size.width - 2)
        if sum(cell_len(label) + 2 for label in labels) > room:
            labels = [label.removesuffix(f" {open_sign}") for label in labels]
        cut = fit([label for label in labels if label], room)
        cut += [""] * (len(labels) - len(cut))
        for name, label in zip((*NAMES, "clear"), cut, strict=True):
            act = self.query_one(f"#{name}", Act)
            if label == str(act.content):
                continue
            act.update(Content(label))
            act.set_class(bool(values.get(name)), "set")
            act.display = bool(label)
            full = values.get(name) or say(f"ask.{name}" if name in NAMES else "filter.clear")
            act.tooltip = Content(full)


def menu(wanted: Filter, index: EntryIndex, lang: str) -> list[PickerChoice]:
    """The filters as choices of one dialog, for narrow terminals and for the keyboard."""
    say = Wording("browse", lang)
    return [
        (
            name,
            f"{say(f'filter.{name}')} : {value}"
            if (value := describe_filter(name, wanted, index, lang))
            else say(f"filter.{name}"),
            0,
        )
        for name in NAMES
    ]


def dialog_for(name: str, wanted: Filter, index: EntryIndex, lang: str) -> PickOne:
    """The dialog that sets filter `name` (any but the dates)."""
    say = Wording("browse", lang)
    offered = choices(name, index, lang)
    nothing = "" if offered else say(f"none.{name}")
    current = str(getattr(wanted, name))
    if offered:
        offered = [("", say(f"any.{name}"), 0), *offered]
    return PickOne(say(f"ask.{name}"), offered, current, nothing)


def with_filter(wanted: Filter, name: str, value: str) -> Filter:
    """`wanted` with filter `name` set to `value`."""
    changes: dict[str, Any] = {name: value}
    return replace(wanted, **changes)
