"""The places of the app: what opens by name, from home, from the lab, from the palette."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from screens.base import CoachScreen


class Place(NamedTuple):
    """Something to open: its name and the key that opens it in the lab."""

    name: str
    key: str


GROUPS: dict[str, list[Place]] = {
    "during": [
        Place("objectives", "o"),
        Place("calendar", "g"),
        Place("weeks", "t"),
        Place("internship", "i"),
        Place("rights", "a"),
    ],
    "end": [],
    "next": [
        Place("pitch", "p"),
        Place("project", "y"),
        Place("matrix", "m"),
        Place("car", "c"),
        Place("phantom", "f"),
    ],
    "proofs": [
        Place("documents", "d"),
    ],
}
"""The lab: group → its places, in order. A name is a screen of `SCREENS`, a list of
`screens.lists.LISTS`, or a session; its words are `NAME` and `NAME.tip` in
`data/wording/lab.toml`.
"""
SCREENS = {
    "documents": "screens.documents:DocumentsScreen",
    "calendar": "screens.agenda:AgendaScreen",
    "objectives": "screens.objectives:ObjectivesScreen",
    "lab": "screens.lab:LabScreen",
    "safe": "screens.safe:SafeScreen",
}
"""Screens by name, imported when opened. Each answers with the name of a place to open next, a
`Request` for a session, or None.
"""


def screen_of(name: str) -> type[CoachScreen[object]]:
    """The screen of that name; raises KeyError where there is none."""
    module, _, kind = SCREENS[name].partition(":")
    found: type[CoachScreen[object]] = getattr(import_module(module), kind)
    return found
