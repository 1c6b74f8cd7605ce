"""Several lines of text to write."""

from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

BLANK = "___"
"""What a drafted sentence leaves for the student to fill."""


class Paper(TextArea):
    """A `TextArea` that can be taken off the screen at any moment."""

    def on_resize(self) -> None:
        """Draws the text again once it is wrapped for the new width.

        Textual 8.2 paints a widget that has another size first and wraps its text after; where
        that leaves as many lines as before, the picture of the former wrap would stay.
        """
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines to draw; blank ones once it is off the screen.

        Textual 8.2 may draw a widget once more after it was removed and its styles are gone,
        which a TextArea does not survive (textual issue 6528).
        """
        if not self.is_attached:
            return [Strip.blank(crop.width)] * crop.height
        return super().render_lines(crop)


def select_blank(area: TextArea) -> None:
    """Selects the first blank of a drafted sentence, so that typing fills it."""
    for row, text in enumerate(area.text.split("\n")[:200]):
        if (column := text.find(BLANK)) >= 0:
            area.selection = Selection((row, column), (row, column + len(BLANK)))
            return
