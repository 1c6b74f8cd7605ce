"""The command palette: every command by its name, in the student's language."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.binding import Binding
from textual.command import CommandList, CommandPalette
from textual.screen import Screen

from coach.util.wording import Wording
from screens.base.leaving import Leaving

if TYPE_CHECKING:
    from screens.base.coach import Coach


MOVES = frozenset({"enter", "field.next", "field.back"})
"""What everybody knows, and what makes no sense away from its field."""
NOT_LISTED = MOVES | {"palette", "home.palette"}
"""What the palette leaves out: itself, too."""


class Palette(CommandPalette, Leaving[None]):
    """Textual's palette, whose list is asked for nothing before it is drawn."""

    def _action_command_list(self, action: str) -> None:
        if self.query_one(CommandList).size:
            super()._action_command_list(action)


def commands(app: Coach, screen: Screen[Any]) -> Iterator[SystemCommand]:
    """The screen's own actions, the sessions, then the actions of the whole app."""
    say = Wording("app", app.lang)
    seen: set[str] = set()
    for _, node, binding in bound(screen):
        if binding.id not in NOT_LISTED and binding.action not in seen:
            seen.add(binding.action)
            run = partial(app.run_action, binding.action, node)
            yield SystemCommand(binding.description, binding.tooltip, run)
    other = "en" if app.lang == "fr" else "fr"
    if screen is app.home:
        yield SystemCommand(
            say("language"), say("language.tip"), partial(app.switch_language, other)
        )
    if screen is app.home:
        yield SystemCommand(
            say("safe.title"), say("safe.tip"), partial(app.navigation.open_place, "safe")
        )
    yield SystemCommand(say("light"), say("light.tip"), app.toggle_light)
    yield SystemCommand(say("theme"), say("theme.tip"), app.action_change_theme)


def bound(screen: Screen[Any]) -> Iterator[tuple[str, Any, Binding]]:
    """(key, node, binding) of each command of the screen and the app, keys as the student set
    them.
    """
    for key, found in screen.active_bindings.items():
        if found.node in (screen, screen.app) and found.binding.id and found.binding.tooltip:
            yield key, found.node, found.binding


def keys_help(screen: Screen[Any]) -> list[tuple[str, str]]:
    """(keys, what they do) of each command of the screen and the app, for its help."""
    told: dict[str, tuple[list[str], str]] = {}
    for key, _, binding in bound(screen):
        if binding.id not in MOVES:
            keys, _ = told.setdefault(binding.action, ([], binding.tooltip))
            shown = screen.app.get_key_display(binding.with_key(key))
            if shown not in keys:
                keys.append(shown)
    return [(" ".join(keys), tip) for keys, tip in told.values()]
