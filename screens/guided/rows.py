"""Rows: a table to see them all, and a form below to write one."""

from dataclasses import dataclass
from typing import Any

from rich.text import Text as RichText
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, HorizontalGroup, VerticalGroup
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import DataTable, Input

from coach.flows.schema import Table
from coach.store.entries import Row, new_id
from coach.util.text import clean_line, one_line
from coach.util.wording import Wording
from screens.base.keys import key, translate
from screens.base.symbols import Symbols
from screens.widgets.act import Act
from screens.widgets.say import Say

WIDE = 100
"""From this width on the table shows every column; below, the first four."""
FEW = 4
WIDEST = 26
"""Cells a column's name takes beside its cell, at most."""


class Grid(DataTable[RichText]):
    """The table; its keys act on the row under the cursor, what is typed goes to its cells."""

    BINDINGS = [
        key("rows.remove", "delete", "editor('remove')"),
        key("rows.up", "shift+up", "editor('up')", show=False),
        key("rows.down", "shift+down", "editor('down')", show=False),
        Binding("enter", "editor('edit')", show=False),
    ]

    @property
    def editor(self) -> "RowsEditor":
        """What it is a part of."""
        return next(node for node in self.ancestors if isinstance(node, RowsEditor))

    def action_editor(self, what: str) -> None:
        """Hands a key to the editor around."""
        self.editor.act(what)

    async def before_text(self, event: object) -> None:
        """Brings the cursor to the first empty cell of the row."""
        self.editor.act("edit")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The blank row at the end can only be written."""
        return action != "editor" or parameters == ("edit",) or bool(self.editor.current())


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
        self.value: list[Row] = [dict(row) for row in value or []]
        self.removed: list[tuple[int, Row]] = []
        self.at = self._first_gap()
        self._filling = False
        self._filled = False
        self._shown: list[tuple[str, str, int]] = []

    def _first_gap(self) -> int:
        """The first row that still waits for a cell, else the blank one at the end."""
        needed = [column.id for column in self.field.columns][:3]
        waiting = (i for i, row in enumerate(self.value) if any(not row.get(c) for c in needed))
        return next(waiting, len(self.value))

    def compose(self) -> ComposeResult:
        """The table, a line for each cell of the row, and what can be done with it."""
        yield Grid(cursor_type="row")
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

    def _columns(self) -> list[tuple[str, str, int]]:
        """(id, label, width) of the columns in the table."""
        columns = list(self.field.columns)
        width = max(40, self.size.width or self.app.size.width - 4)
        if width < WIDE:
            columns = columns[:FEW]
        # Two cells of padding a column; what a row cannot do without gets a share more.
        room = width - 2 * len(columns) - 2
        shares = [1 + column.required for column in columns]
        share = room // sum(shares)
        return [
            (column.id, column.label.get(self.lang), max(6, share * wide))
            for column, wide in zip(columns, shares, strict=True)
        ]

    def draw(self) -> None:
        """Draws the table as the rows stand, the cursor on the row being written."""
        grid = self.grid
        shown = self._columns()
        self._filling = True
        # The width may have changed since the last key, and its event be still on its way.
        if shown != self._shown:
            self._shown = shown
            grid.clear(columns=True)
            for key, label, width in shown:
                grid.add_column(RichText(one_line(label, width)), width=width, key=key)
        else:
            grid.clear()
        for row in self.value:
            grid.add_row(*(RichText(one_line(row.get(c, ""), w)) for c, _, w in shown))
        blank = f"+ {self.field.one.get(self.lang)}"
        grid.add_row(*(RichText(blank if i == 0 else "", "dim") for i in range(len(shown))))
        grid.move_cursor(row=self.at, animate=False)
        self._filling = False
        grid.display = bool(self.value)
        self.query_one("Act#undo").display = bool(self.removed)
        for name in ("remove", "up", "down"):
            self.query_one(f"Act#{name}").display = bool(self.value)

    def fill(self) -> None:
        """Puts the row being written into the form."""
        row = self.value[self.at] if self.at < len(self.value) else {}
        self._filling = True
        for column in self.field.columns:
            cell = self._input(column.id)
            cell.value = row.get(column.id, "").replace("\n", " ")
            cell.cursor_position = len(cell.value)
        self._filling = False
        self._filled = True

    @property
    def ready(self) -> bool:
        """Whether its cells are there and hold the row: before that they would empty it."""
        return self._filled and len(self.query(Input)) == len(self.field.columns)

    def _input(self, column: str) -> Input:
        return self.query_one(f"#cell-{column}", Input)

    # Writing

    def _row(self) -> Row:
        if self.at >= len(self.value):
            self.value.append({"id": new_id()})
            self.at = len(self.value) - 1
        return self.value[self.at]

    def read_rows(self) -> list[Row]:
        """The rows with what the form holds now, typed a moment ago or not."""
        for column in self.field.columns:
            self._take(column.id, self._input(column.id).value)
        return [row for row in self.value if row.keys() - {"id"}]

    def _take(self, column: str, raw: str) -> bool:
        text = clean_line(raw)
        here = self.value[self.at] if self.at < len(self.value) else {}
        # A text with line breaks (from elsewhere) is one line in the form: not a change.
        if text == clean_line(here.get(column, "")):
            return False
        row = self._row()
        if text:
            row[column] = text
        else:
            row.pop(column, None)
        return True

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        column = (event.input.id or "").removeprefix("cell-")
        # What the cell holds by now: the row may have changed since the key.
        if self._filling or not self._take(column, event.input.value):
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
        if self.at >= len(self.value):
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
        changed = getattr(self, f"_{what}")()
        self.draw()
        self.fill()
        self.refresh_bindings()
        self.post_message(self.Moved(self))
        if changed:
            self.post_message(self.Changed(self, ""))

    def _add(self) -> bool:
        self.at = len(self.value)
        self.screen.set_focus(self._input(self.field.columns[0].id))
        return False

    def _edit(self) -> bool:
        row = self.value[self.at] if self.at < len(self.value) else {}
        gap = next((c.id for c in self.field.columns if not row.get(c.id)), "")
        self.screen.set_focus(self._input(gap or self.field.columns[0].id))
        return False

    def _remove(self) -> bool:
        if self.at >= len(self.value):
            return False
        self.removed.append((self.at, self.value.pop(self.at)))
        self.post_message(self.Removed(self))
        return True

    def _undo(self) -> bool:
        if not self.removed:
            return False
        at, row = self.removed.pop()
        self.at = min(at, len(self.value))
        self.value.insert(self.at, row)
        self.post_message(self.Removed(self, back=True))
        return True

    def action_undo(self) -> None:
        """Brings the row deleted last back."""
        self.act("undo")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where no row was deleted none comes back."""
        return action != "undo" or bool(self.removed)

    def _up(self) -> bool:
        return self._shift(-1)

    def _down(self) -> bool:
        return self._shift(1)

    def _shift(self, by: int) -> bool:
        to = self.at + by
        if not (self.at < len(self.value) and 0 <= to < len(self.value)):
            return False
        self.value[self.at], self.value[to] = self.value[to], self.value[self.at]
        self.at = to
        return True

    @on(DataTable.RowHighlighted)
    def _highlighted(self, event: DataTable.RowHighlighted) -> None:
        event.stop()
        # Messages of an earlier drawing arrive late: the table's own cursor is what counts.
        if self._filling or not self.grid.has_focus or self.grid.cursor_row == self.at:
            return
        self.read_rows()
        self.at = self.grid.cursor_row
        self.fill()
        self.post_message(self.Moved(self))

    @on(DataTable.RowSelected)
    def _selected(self, event: DataTable.RowSelected) -> None:
        event.stop()
        self.at = event.cursor_row
        self.act("edit")

    def bring_in(self, rows: list[Row]) -> None:
        """Shows rows that came from elsewhere (a note), leaving what is being typed alone."""
        known = {row["id"] for row in self.value}
        fresh = [dict(row) for row in rows if row["id"] not in known]
        if not fresh:
            return
        blank = self.at >= len(self.value)
        self.value += fresh
        if blank:
            self.at = len(self.value)
        self.draw()

    def current(self) -> Row:
        """The row being written."""
        return self.value[self.at] if self.at < len(self.value) else {}


def as_rows(value: Any) -> list[Row]:
    """`value` as rows; nothing where it is none."""
    return value if isinstance(value, list) else []
