"""The widget that a field of each kind is answered with."""

from textual.content import Content
from textual.suggester import Suggester
from textual.widgets import Input, TextArea

from coach.flows.schema import (
    Checklist,
    Choice,
    Choices,
    Date,
    Field,
    Line,
    Number,
    Paragraph,
    Rows,
    Scale,
)
from coach.flows.session import Session
from coach.util.wording import Wording
from screens.base.symbols import Symbols
from screens.guided.long_picker import LONG, LongPicker
from screens.guided.paper import Paper
from screens.guided.rows import RowsEditor, as_rows
from screens.guided.scale import ScalePicker
from screens.widgets.picker import Picker

EDITED = Input | TextArea | Picker | ScalePicker | RowsEditor


def answer_widget(
    session: Session, field: Field, started: str, symbols: Symbols, suggesters: dict[str, Suggester]
) -> EDITED:
    """Shows the answer to `field` on the page where `session` stands; `started` is that answer as
    a line to go on from.
    """
    page, lang = session.page, session.lang
    value = session.value(field, page)
    example = session.say(field.example) if field.example else ""
    match field:
        case Line():
            return Input(
                started,
                compact=True,
                placeholder=example,
                select_on_focus=False,
                suggester=suggesters.get(field.suggest),
            )
        case Date() | Number():
            hint = Wording("guided", lang)("date.hint") if isinstance(field, Date) else example
            return Input(
                "" if value is None else f"{value}",
                compact=True,
                placeholder=hint,
                select_on_focus=False,
            )
        case Paragraph():
            return Paper(
                str(value or ""),
                tab_behavior="focus",
                soft_wrap=True,
                show_line_numbers=False,
                compact=True,
                placeholder=Content(example),
                highlight_cursor_line=False,
            )
        case Scale():
            ends = (field.low_label.get(lang), field.high_label.get(lang))
            number = value if isinstance(value, int) else None
            return ScalePicker(field.low, field.high, ends, number)
        case Choice():
            picks = session.picks(field, page)
            if len(picks) > LONG:
                title = session.say(field.label, page)
                return LongPicker(picks, value, symbols, lang, title)
            return Picker(picks, value, "one", symbols)
        case Choices():
            return Picker(session.picks(field, page), value, "many", symbols)
        case Checklist():
            return Picker(
                session.picks(field, page),
                value,
                "marks",
                symbols,
                session.marks(field),
            )
        case Rows():
            suggesters = {
                column.id: suggesters[column.suggest]
                for column in field.columns
                if column.suggest in suggesters
            }
            return RowsEditor(field, as_rows(value), lang, symbols, suggesters)
