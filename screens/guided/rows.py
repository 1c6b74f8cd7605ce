"""Rows: a table to see them all, and a form below to write one."""

from dataclasses import dataclass
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, HorizontalGroup, VerticalGroup
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import DataTable, Input

from coach.flows.schema import Table
from coach.store.entries import Row
from coach.util.wording import Wording
from screens.base.keys import key, translate
from screens.base.symbols import Symbols
from screens.guided.row_grid import Grid
from screens.guided.row_list import RowList
from screens.widgets.act import Act
from screens.widgets.say import Say

WIDEST = 26
"""Cells a column's name takes beside its cell, at most."""


class RowsEditor(VerticalGroup):
    """Edits a list of rows. `value` holds the rows as a session keeps them.

    The last line of the table is a blank row: it becomes real as soon as something is typed. Every
    row deleted since it was opened can be brought back.
    """

    BINDINGS = [key("rows.undo", "ctrl+z", "undo")]

    DEFAULT_CSS = """
    RowsEditor {
        height: auto;
        & > Grid { height: auto; max-height: 7; background: $background; margin: 0 0 1 0; }
        & .cell { height: 1; }
        & .cell > .name { color: $text-muted; padding: 0 1; }
        & .cell > Input { width: 1fr; background: $surface; }
        & .cell > Input:focus { background: $panel; }
        & .acts { height: 1; margin: 1 0 0 1; }
        & .acts > Act { margin: 0 2 0 0; }
    }
    """

    @dataclass
    class Changed(Message):
        """A row was written, added, deleted or moved."""

        editor: "RowsEditor"
        column: str

        @property
        def control(self) -> "RowsEditor":
            """The editor that changed."""
            return self.editor

    @dataclass
    class Moved(Message):
        """Another row is being written."""

        editor: "RowsEditor"

    @dataclass
    class Removed(Message):
        """A row was deleted, which can be brought back; or it was brought `back`."""

        editor: "RowsEditor"
        back: bool = False

    def __init__(
        self,
        field: Table,
        value: list[Row] | None,
        lang: str,
        symbols: Symbols,
        suggesters: dict[str, Suggester],
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.field = field
        self.lang = lang
        self.symbols = symbols
        self.words = Wording("guided", lang)
        self.suggesters = suggesters
        self.rows = RowList(field.columns, value or [])
        self._filled = False

    @property
    def value(self) -> list[Row]:
        """The rows, with those that nothing was written in yet."""
        return self.rows.value

    def compose(self) -> ComposeResult:
        """The table, a line for each cell of the row, and what can be done with it."""
        yield Grid(self.field, self.rows, self.lang, self.act)
        width = min(WIDEST, max(len(c.label.get(self.lang)) for c in self.field.columns) + 3)
        for column in self.field.columns:
            with HorizontalGroup(classes="cell"):
                name = Say(column.label.get(self.lang), classes="name")
                name.styles.width = width
                yield name
                example = column.example.get(self.lang) if column.example else ""
                yield Input(
                    compact=True,
                    placeholder=example,
                    suggester=self.suggesters.get(column.id),
                    id=f"cell-{column.id}",
                    select_on_focus=False,
                )
        with Horizontal(classes="acts"):
            signs = self.symbols
            remove = f"{signs.cross} {self.words('rows.remove')}"
            for what, label, tip in (
                ("add", self.words("rows.add"), self.words("rows.add.tip")),
                ("remove", remove, self.words("rows.remove.tip")),
                ("up", signs.up, self.words("rows.up.tip")),
                ("down", signs.down, self.words("rows.down.tip")),
                ("undo", self.words("rows.undo"), self.words("rows.undo.tip")),
            ):
                yield Act(label, what, tooltip=tip, reached=False)

    def on_mount(self) -> None:
        """Draws the rows."""
        translate(self, self.lang)
        translate(self.grid, self.lang)
        self.draw()
        self.fill()

    # Drawing

    @property
    def grid(self) -> Grid:
        """The table."""
        return self.query_one(Grid)

    def on_resize(self, event: events.Resize) -> None:
        """Shows as many columns as the width has room for."""
        if self.is_mounted:
            self.draw()

    def draw(self) -> None:
        """Draws the table as the rows stand, the cursor on the row being written."""
        self.grid.draw(max(40, self.size.width or self.app.size.width - 4))
        self.query_one("Act#undo").display = bool(self.rows.removed)
        for name in ("remove", "up", "down"):
            self.query_one(f"Act#{name}").display = bool(self.value)

    def fill(self) -> None:
        """Puts the row being written into the form."""
        row = self.rows.current
        for column in self.field.columns:
            cell = self._input(column.id)
            cell.value = row.get(column.id, "").replace("\n", " ")
            cell.cursor_position = len(cell.value)
        self._filled = True

    @property
    def ready(self) -> bool:
        """Whether its cells are there and hold the row: before that they would empty it."""
        return self._filled and len(self.query(Input)) == len(self.field.columns)

    def _input(self, column: str) -> Input:
        return self.query_one(f"#cell-{column}", Input)

    # Writing

    def read_rows(self) -> list[Row]:
        """The rows with what the form holds now, typed a moment ago or not."""
        for column in self.field.columns:
            self.rows.write(column.id, self._input(column.id).value)
        return self.rows.written()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        column = (event.input.id or "").removeprefix("cell-")
        # What the cell holds by now: the row may have changed since the key.
        if not self.rows.write(column, event.input.value):
            return
        self.draw()
        self.post_message(self.Changed(self, column))

    def next_cell(self) -> bool:
        """Goes to the next cell; from the last one to a new row. False on an empty new row."""
        self.read_rows()
        cells = [self._input(column.id) for column in self.field.columns]
        focused = self.app.focused
        if not isinstance(focused, Input) or focused not in cells:
            return False
        index = cells.index(focused)
        if self.rows.blank:
            return False
        if index + 1 < len(cells):
            self.screen.set_focus(cells[index + 1])
        else:
            self.act("add")
        return True

    # Acting on rows

    @on(Act.Done)
    def _acted(self, event: Act.Done) -> None:
        event.stop()
        self.act(event.name)

    def act(self, what: str) -> None:
        """Does one of `add`, `edit`, `remove`, `undo`, `up`, `down` to the row being written."""
        self.read_rows()
        changed = self._do(what)
        self.draw()
        self.fill()
        self.refresh_bindings()
        self.post_message(self.Moved(self))
        if changed:
            self.post_message(self.Changed(self, ""))

    def _do(self, what: str) -> bool:
        """Does it; whether the answer changed."""
        match what:
            case "add":
                self.rows.begin()
                self.screen.set_focus(self._input(self.field.columns[0].id))
            case "edit":
                self.screen.set_focus(self._input(self.rows.gap() or self.field.columns[0].id))
            case "remove" if self.rows.remove():
                self.post_message(self.Removed(self))
                if not self.value:
                    # The table hides with its last row: the key that brings it back stays here.
                    self.screen.set_focus(self._input(self.field.columns[0].id))
                return True
            case "undo" if self.rows.undo():
                self.post_message(self.Removed(self, back=True))
                return True
            case "up" | "down":
                return self.rows.shift(-1 if what == "up" else 1)
        return False

    def action_undo(self) -> None:
        """Brings the row deleted last back."""
        self.act("undo")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offers `undo` only after a row was deleted."""
        return action != "undo" or bool(self.rows.removed)

    @on(DataTable.RowHighlighted)
    def _highlighted(self, event: DataTable.RowHighlighted) -> None:
        event.stop()
        # Messages of an earlier drawing arrive late: the table's own cursor is what counts.
        if not self.grid.has_focus or self.grid.cursor_row == self.rows.at:
            return
        self.read_rows()
        self.rows.at = self.grid.cursor_row
        self.fill()
        self.post_message(self.Moved(self))

    @on(DataTable.RowSelected)
    def _selected(self, event: DataTable.RowSelected) -> None:
        event.stop()
        self.rows.at = event.cursor_row
        self.act("edit")

    def bring_in(self, rows: list[Row]) -> None:
        """Shows rows that came from elsewhere (a note), leaving what is being typed alone."""
        if self.rows.bring_in(rows):
            self.draw()


def as_rows(value: Any) -> list[Row]:
    """`value` as rows; nothing where it is none."""
    return value if isinstance(value, list) else []
