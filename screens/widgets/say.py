"""Text on the screen, never read as markup."""

from textual.content import Content
from textual.widgets import Static


class Say(Static):
    """A `Static` that shows text as it is: a student's brackets stay brackets."""

    def __init__(
        self, text: str | Content = "", *, classes: str = "", id: str | None = None
    ) -> None:
        super().__init__(text, markup=False, classes=classes, id=id)

    def say(self, text: str | Content) -> None:
        """Shows `text` instead, and hides where there is none."""
        self.update(text)
        self.display = bool(text)
