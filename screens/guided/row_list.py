"""The rows of one answer while they are edited: which one is written, what was deleted."""

from coach.flows.field import Column
from coach.store.entries import Row, new_id
from coach.util.text import clean_line


class RowList:
    """Rows as a session keeps them, and the place `at` of the one being written.

    One place further than the last is a blank row: it becomes real as soon as something is
    written in it. Every row deleted since can be brought back.
    """

    def __init__(self, columns: list[Column], value: list[Row]) -> None:
        self.columns = columns
        self.value: list[Row] = [dict(row) for row in value]
        self.removed: list[tuple[int, Row]] = []
        """Where each deleted row stood, and the row; the last one last."""
        needed = [column.id for column in columns][:3]
        waiting = (i for i, row in enumerate(self.value) if any(not row.get(c) for c in needed))
        # The first row that still waits for a cell.
        self.at = next(waiting, len(self.value))

    @property
    def blank(self) -> bool:
        """Whether the blank row is being written."""
        return self.at >= len(self.value)

    @property
    def current(self) -> Row:
        """The row being written, empty where it is the blank one."""
        return {} if self.blank else self.value[self.at]

    def gap(self) -> str:
        """The column of the first empty cell in the row being written, '' where all are filled."""
        row = self.current
        return next((c.id for c in self.columns if not row.get(c.id)), "")

    def written(self) -> list[Row]:
        """The rows with something in them."""
        return [row for row in self.value if row.keys() - {"id"}]

    def write(self, column: str, raw: str) -> bool:
        """Puts what was typed into a cell of the row being written; whether that changed it."""
        text = clean_line(raw)
        # A text with line breaks (from elsewhere) is one line in the form: not a change.
        if text == clean_line(self.current.get(column, "")):
            return False
        if self.blank:
            self.value.append({"id": new_id()})
            self.at = len(self.value) - 1
        row = self.value[self.at]
        if text:
            row[column] = text
        else:
            row.pop(column, None)
        return True

    def begin(self) -> None:
        """Goes to the blank row."""
        self.at = len(self.value)

    def remove(self) -> bool:
        """Deletes the row being written; False where it is the blank one."""
        if self.blank:
            return False
        self.removed.append((self.at, self.value.pop(self.at)))
        return True

    def undo(self) -> bool:
        """Brings the row deleted last back; False where none was."""
        if not self.removed:
            return False
        at, row = self.removed.pop()
        self.at = min(at, len(self.value))
        self.value.insert(self.at, row)
        return True

    def shift(self, by: int) -> bool:
        """Moves the row being written by so many places; False where there is no such place."""
        to = self.at + by
        if self.blank or not 0 <= to < len(self.value):
            return False
        self.value[self.at], self.value[to] = self.value[to], self.value[self.at]
        self.at = to
        return True

    def bring_in(self, rows: list[Row]) -> bool:
        """Adds those of `rows` that are not here yet, by their ids; False where all were."""
        known = {row["id"] for row in self.value}
        fresh = [dict(row) for row in rows if row["id"] not in known]
        blank = self.blank
        self.value += fresh
        if blank:
            self.begin()
        return bool(fresh)
