"""The table above the form that a row is written in."""

from collections.abc import Callable

from rich.text import Text as RichText
from textual.binding import Binding
from textual.widgets import DataTable

from coach.flows.schema import Table
from coach.util.text import one_line
from screens.base.keys import key
from screens.guided.row_list import RowList

WIDE = 100
"""From this width on the table shows every column; below, the first four."""
FEW = 4


class Grid(DataTable[RichText]):
    """Shows `rows`; its keys act on the one under the cursor, what is typed goes to its cells.

    `act` is called with `edit`, `remove`, `up` or `down`.
    """

    BINDINGS = [
        key("rows.remove", "delete", "editor('remove')"),
        key("rows.up", "shift+up", "editor('up')", show=False),
        key("rows.down", "shift+down", "editor('down')", show=False),
        Binding("enter", "editor('edit')", show=False),
    ]

    def __init__(self, field: Table, rows: RowList, lang: str, act: Callable[[str], None]) -> None:
        super().__init__(cursor_type="row")
        self._field = field
        self._list = rows
        self._lang = lang
        self._act = act
        self._shown: list[tuple[str, str, int]] = []

    def action_editor(self, what: str) -> None:
        """Hands a key to the editor around."""
        self._act(what)

    async def before_text(self, event: object) -> None:
        """Brings the cursor to the first empty cell of the row."""
        self._act("edit")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The blank row at the end can only be written."""
        return action != "editor" or parameters == ("edit",) or bool(self._list.current)

    def _columns(self, width: int) -> list[tuple[str, str, int]]:
        """(id, label, width in cells) of the columns that `width` cells have room for."""
        columns = self._field.columns
        if width < WIDE:
            columns = columns[:FEW]
        # Two cells of padding a column; what a row cannot do without gets a share more.
        room = width - 2 * len(columns) - 2
        shares = [1 + column.required for column in columns]
        share = room // sum(shares)
        return [
            (column.id, column.label.get(self._lang), max(6, share * wide))
            for column, wide in zip(columns, shares, strict=True)
        ]

    def draw(self, width: int) -> None:
        """Draws the rows as they stand in `width` cells, the cursor on the one being written."""
        shown = self._columns(width)
        # The width may have changed since the last key, and its event be still on its way.
        if shown != self._shown:
            self._shown = shown
            self.clear(columns=True)
            for key, label, wide in shown:
                self.add_column(RichText(one_line(label, wide)), width=wide, key=key)
        else:
            self.clear()
        for row in self._list.value:
            self.add_row(*(RichText(one_line(row.get(c, ""), w)) for c, _, w in shown))
        blank = f"+ {self._field.one.get(self._lang)}"
        self.add_row(*(RichText(blank if i == 0 else "", "dim") for i in range(len(shown))))
        self.move_cursor(row=self._list.at, animate=False)
        self.display = bool(self._list.value)
