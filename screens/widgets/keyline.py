"""The last line of a screen: the keys that act here, in one widget.

Textual's `Footer` makes a widget of each key and makes them all anew each time the cursor moves to
another field: half of what this app computed. This one draws a line, and draws it again only where
it says something else.
"""

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget


@dataclass(frozen=True)
class Shown:
    """One key on the line."""

    key: str
    display: str
    label: str
    tip: str
    enabled: bool

    @property
    def width(self) -> int:
        """Cells it takes."""
        return Content(f" {self.display} {self.label} ").cell_length


class KeyLine(Widget):
    """Shows the keys of what has the cursor; each is pressed by a click, told more by a tooltip,
    and reached with the wheel where the line is too narrow.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyLine {
        dock: bottom; height: 1; text-wrap: nowrap; pointer: pointer;
        color: $footer-description-foreground; background: $surface;
    }
    """

    keys: reactive[tuple[Shown, ...]] = reactive(())
    first = reactive(0)
    over: reactive[Shown | None] = reactive(None)

    def on_mount(self) -> None:
        """Follows the keys of its screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, screen: Screen[object]) -> None:
        if screen is self.screen and screen.app.app_focus:
            self.call_after_refresh(self._look)

    def _look(self) -> None:
        if not self.is_attached:
            return
        found: dict[str, Shown] = {}
        for _, binding, enabled, tip in self.screen.active_bindings.values():
            if binding.show and binding.action not in found:
                display = self.app.get_key_display(binding)
                tip = tip or binding.description
                found[binding.action] = Shown(
                    binding.key, display, binding.description, tip, enabled
                )
        if self.keys != (keys := tuple(found.values())):
            self.keys, self.first, self.over = keys, 0, None

    def render(self) -> Content:
        """The keys in the accent, each before what it does."""
        parts: list[str | Content | tuple[str, str]] = []
        for one in self._fitting():
            dim = "" if one.enabled else " dim"
            back = " on $block-hover-background" if one is self.over else ""
            parts.append((f" {one.display} ", f"bold $footer-key-foreground{back}{dim}"))
            parts.append((f"{one.label} ", f"$footer-description-foreground{back}{dim}"))
        return Content.assemble(*parts)

    def _fitting(self) -> list[Shown]:
        """The keys that are shown: one that would be cut waits for the wheel."""
        waiting = self.keys[self.first :]
        # The way back, or where there is none the way out, is never what is missing.
        back = next(
            (one for one in waiting if "escape" in one.key), waiting[-1] if waiting else None
        )
        left = self.size.width + 1  # the space after the last may go
        left -= back.width if back else 0
        fitting: list[Shown] = []
        full = False
        for one in waiting:
            if one is back:
                fitting.append(one)
            elif not full and (one.width <= left or not fitting):
                fitting.append(one)
                left -= one.width
            else:
                full = True
        return fitting

    def _at(self, x: int) -> Shown | None:
        for one in self._fitting():
            if 0 <= x < one.width:
                return one
            x -= one.width
        return None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Marks what is under the mouse, which says more of itself."""
        self.over = self._at(event.x)
        self.tooltip = Content(self.over.tip) if self.over else None

    def on_leave(self, event: events.Leave) -> None:
        """Takes the highlight away when the mouse leaves."""
        self.over = None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Presses the key."""
        one = self._at(event.x)
        if one is not None and one.enabled:
            self.app.simulate_key(one.key)
        elif one is not None:
            self.app.bell()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Shows the keys further right, where they do not all fit."""
        if len(self._fitting()) < len(self.keys) - self.first:
            self.first += 1

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Back towards the first keys."""
        self.first = max(0, self.first - 1)
