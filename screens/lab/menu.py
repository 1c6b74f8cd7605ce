"""The menu of the lab: its groups, and the key of each item."""

from typing import NamedTuple


class MenuItem(NamedTuple):
    """Something to open: its name and the key that opens it in the lab."""

    name: str
    key: str


GROUPS: dict[str, list[MenuItem]] = {
    "during": [
        MenuItem("objectives", "o"),
        MenuItem("calendar", "g"),
        MenuItem("weeks", "t"),
        MenuItem("internship", "i"),
        MenuItem("rights", "a"),
    ],
    "end": [
        MenuItem("talk", "h"),
        MenuItem("end-review", "b"),
        MenuItem("value-defence", "w"),
    ],
    "next": [
        MenuItem("network", "n"),
        MenuItem("map", "u"),
        MenuItem("pitch", "p"),
        MenuItem("project", "y"),
        MenuItem("matrix", "m"),
        MenuItem("car", "c"),
        MenuItem("phantom", "f"),
        MenuItem("rehearsal", "r"),
    ],
    "proofs": [
        MenuItem("skills", "e"),
        MenuItem("stars", "s"),
        MenuItem("coverage", "v"),
        MenuItem("documents", "d"),
    ],
}
"""The lab: group → its places, in order. A name is a screen of `SCREENS`, a list of
`screens.shell.destinations`, or a session; its words are `NAME` and `NAME.tip` in
`data/wording/lab.toml`.
"""
