"""One field of a session on the screen: label, help, the widget to answer with, what is noticed."""

from typing import Any

from textual.app import ComposeResult
from textual.containers import HorizontalGroup, VerticalGroup
from textual.css.query import NoMatches
from textual.suggester import Suggester
from textual.widgets import Input, TextArea

from coach.flows.answer_parsing import Invalid
from coach.flows.schema import (
    Field,
)
from coach.flows.session import Session
from coach.util.text import clean, seconds_spoken, word_count
from coach.util.wording import Wording
from screens.base.symbols import Symbols
from screens.guided.answer_widget import EDITED, answer_widget
from screens.guided.paper import select_blank
from screens.guided.rows import RowsEditor
from screens.widgets.act import Act
from screens.widgets.say import Say

COUNT_UP_TO = 20_000
"""Characters up to which words are counted at each key."""


class FieldBlock(VerticalGroup):
    """Asks one field and reads its answer."""

    DEFAULT_CSS = """
    FieldBlock {
        height: auto;
        margin: 0 0 1 0;
        & > .label { text-style: bold; padding: 0 1; }
        & > .help { color: $text-muted; padding: 0 1; }
        & > Input { margin: 0 1; background: $surface; }
        & > Input:focus { background: $panel; }
        & > Paper {
            height: auto; min-height: 4; max-height: 9; margin: 0 1; border: none;
            padding: 0 1; background: $surface;
        }
        & > Paper:focus { background: $panel; border: none; }
        & > .notice { color: $secondary; padding: 0 1; }
        & > .wrong { color: $error; padding: 0 1; }
        & > .count { color: $text-muted; padding: 0 1; }
        & > .acts { height: auto; margin: 0 1; }
        & > .acts > Act { margin: 0 2 0 0; }
    }
    """

    def __init__(
        self,
        session: Session,
        field: Field,
        symbols: Symbols,
        *,
        alone: bool,
        suggesters: dict[str, Suggester],
    ) -> None:
        super().__init__()
        self.session = session
        self.field = field
        self.symbols = symbols
        self.alone = alone
        self.suggesters = suggesters
        self.page = session.page
        self.lang = session.lang
        self.words = Wording("guided", session.lang)
        self._started = ""

    def compose(self) -> ComposeResult:
        """Label, folded help, widget, and lines for what is wrong or noticed."""
        session, field = self.session, self.field
        label = Say(session.say(field.label), classes="label")
        # A table alone on its step: the step's title has said it.
        label.display = not (self.alone and field.shape == "rows")
        yield label
        help_line = Say(self._help(), classes="help")
        help_line.display = False
        yield help_line
        value = session.value(field, self.page)
        self._started = self._to_write(value)
        yield answer_widget(session, field, self._started, self.symbols, self.suggesters)
        if field.spoken:
            yield Say(classes="count")
        with HorizontalGroup(classes="acts"):
            if self.offers("copy"):
                tip = self.words("copy.tip")
                yield Act(self.words("copy"), "copy", tooltip=tip, reached=False)
            if self.offers("redraft"):
                tip = self.words("redraft.tip")
                yield Act(self.words("redraft"), "redraft", tooltip=tip, reached=False)
        yield Say(classes="wrong")
        yield Say(classes="notice")

    def on_mount(self) -> None:
        """Hides the lines that have nothing to say."""
        for line in self.query(".wrong, .notice"):
            line.display = False
        self.count()

    def offers(self, act: str) -> bool:
        """Whether its text can be copied (`copy`) or written anew from the answers (`redraft`)."""
        field = self.field
        if not field.long:
            return False
        if act == "copy":
            return field.copy
        return bool(field.start_from and self.session.start(field, self.page))

    def _help(self) -> str:
        field = self.field
        parts = [self.session.say(field.help)] if field.help else []
        if field.example:
            parts.append(self.words("example", text=self.session.say(field.example)))
        parts += [
            f"{column.label.get(self.lang)} : {column.help.get(self.lang)}"
            for column in field.columns
            if column.help
        ]
        return "\n".join(parts)

    def _to_write(self, value: Any) -> str:
        """`value` as text to go on from: the beginning of a sentence keeps the space after it,
        which an answer does not.
        """
        text, start = str(value or ""), self.field.start
        begun = self.session.say(start, self.page) if start and not self.field.long else ""
        return begun if text == begun.rstrip() else text

    @property
    def widget(self) -> EDITED:
        """The widget that takes the answer; raises NoMatches before it is drawn."""
        for child in self.children:
            if isinstance(child, EDITED):
                return child
        raise NoMatches(self.field.id)

    @property
    def ready(self) -> bool:
        """Whether it can be read: the program may be ended while a step is being drawn."""
        widget = next((child for child in self.children if isinstance(child, EDITED)), None)
        return widget.ready if isinstance(widget, RowsEditor) else widget is not None

    def focus_field(self, column: str = "", *, scroll: bool = True) -> None:
        """Brings the cursor into the field, now: `focus()` would let a key go astray before.

        Without `scroll` the page stays where it is: Textual would bring the field to its middle.
        """
        widget = self.widget
        if isinstance(widget, RowsEditor):
            if column:
                self.screen.set_focus(widget.query_one(f"#cell-{column}", Input))
            else:
                widget.act("edit")
        else:
            self.screen.set_focus(widget, scroll_visible=scroll)
            if isinstance(widget, TextArea):
                select_blank(widget)

    def start_again(self) -> None:
        """Shows the prefilled text as the answers now make it, unless the student touched it."""
        widget, session = self.widget, self.session
        if session.answered(self.field, self.page) or not isinstance(widget, Input | TextArea):
            return
        fresh = self._to_write(session.start(self.field, self.page))
        if self.raw() != fresh and self.raw() == self._started:
            self._started = fresh
            self.replace(fresh)

    def replace(self, text: str) -> None:
        """Puts `text` in the field as one edit, so that ctrl+z brings the former one back."""
        widget = self.widget
        if isinstance(widget, TextArea):
            widget.replace(text, (0, 0), widget.document.end)
        elif isinstance(widget, Input):
            widget.value = text

    # The answer

    def raw(self) -> Any:
        """The value of the widget, as typed."""
        widget = self.widget
        match widget:
            case Input():
                return widget.value
            case TextArea():
                return widget.text
            case RowsEditor():
                return widget.read_rows()
            case _:
                return widget.value

    def take_answer(self) -> bool:
        """Takes the widget's content as the answer; shows why where it cannot be one.

        A prefilled text that nobody touched is not yet an answer. What cannot be an answer
        stays on the screen, and the answer before it stays kept.
        """
        if not self.ready:
            return True
        raw = self.raw()
        field, session = self.field, self.session
        shown = session.value(field, self.page)
        if not session.answered(field, self.page) and _same(raw, shown):
            return True
        try:
            session.put(field, raw, self.page)
        except Invalid as error:
            self.wrong(Wording("errors", self.lang)(error.key, **error.values))
            return False
        self.wrong("")
        return True

    def wrong(self, text: str) -> None:
        """Says beside the field what is missing or cannot be."""
        self._say(".wrong", text)

    def _say(self, line: str, text: str) -> None:
        """Says `text` in a line, which may be off the screen while the step is being left."""
        for found in self.query(line).results(Say):
            found.say(text)

    # What is noticed

    def notice(self) -> None:
        """Shows at most two gentle remarks on what was written."""
        from coach.flows.remarks import find_remarks

        value = self.session.value(self.field, self.page)
        if isinstance(self.widget, RowsEditor):
            value = self.widget.rows.current
        told = self.session.answers_on(self.page)
        found = find_remarks(self.field, value, self.lang, self.session.known.today, told)
        lines = [f"{self.symbols.nudge} {text}" for text in found]
        self._say(".notice", "\n".join(lines))

    def count(self) -> None:
        """Says how long a text to be spoken is."""
        if not self.field.spoken:
            return
        text = clean(str(self.raw()))[:COUNT_UP_TO]
        words = word_count(text)
        told = self.words("spoken", n=words, seconds=seconds_spoken(text)) if words else ""
        self.query_one(".count", Say).say(told)

    def toggle_help(self) -> None:
        """Unfolds or folds the help and the example."""
        for line in self.query(".help"):
            line.display = not line.display and bool(self._help())


def _same(raw: Any, shown: Any) -> bool:
    empty: tuple[Any, ...] = ("", [], {}, None)
    return raw == shown or (raw in empty and shown in empty) or str(raw).rstrip() == str(shown)
