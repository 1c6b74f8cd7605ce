"""Asks rows line by line: each column in turn, then the next row."""

import re
from typing import TYPE_CHECKING

from coach.flows.remarks import find_cell_remarks
from coach.flows.schema import Table
from coach.language.care import heard
from coach.plain.terminal import GoBack
from coach.store.entries import Row, new_id
from coach.util.text import clean_line, one_line

if TYPE_CHECKING:
    from coach.plain.asking import Asking

_COMMAND = re.compile(r"([ed]) ?(\d{1,4})", re.IGNORECASE)


def ask_rows(asking: "Asking", field: Table) -> None:
    """Asks `field`; raises GoBack, Ended, JournalError."""
    _Rows(asking, field).ask()


class _Rows:
    def __init__(self, asking: "Asking", field: Table) -> None:
        self.asking = asking
        self.session = asking.session
        self.talk = asking.talk
        self.field = field
        self.columns = field.columns
        self.one = self.session.say(field.one)
        self.rows: list[Row] = [dict(row) for row in self.session.value(field) or []]

    def ask(self) -> None:
        self._complete()
        self._list()
        first = self.columns[0]
        while True:
            self.talk.tell("rows.new", one=self.one, label=self.session.say(first.label))
            if self.field.sides:
                self.talk.tell("rows.side")
            if self.rows:
                self.talk.tell("rows.change")
            line = self.asking.hear(lambda: self.asking.help(self.field, first)).strip()
            if not line:
                return
            if self.rows and (command := _COMMAND.fullmatch(line)):
                self._change(command[1].lower(), int(command[2]))
                continue
            row: Row = {"id": new_id()}
            self.rows.append(row)
            try:
                self._put(row, first.id, line)
                if heard(row):
                    self.asking.calm()
                else:
                    self._cells(row, 1)
            finally:
                self.asking.done_rows.add(row["id"])
                self.rows = [one for one in self.rows if one.keys() - {"id"}]

    def _complete(self) -> None:
        """Has the rows completed that wait for it: notes brought in, rows that lack something."""
        waiting = [row for row in self.rows if self._waits(row)]
        notes = sum(1 for row in waiting if row.get("note"))
        if notes:
            self.talk.say(self.talk.words.count("rows.notes", notes))
        for row in waiting:
            self.asking.done_rows.add(row["id"])
            self.talk.say()
            if len(row.keys() - {"id", "note"}) > 1:
                self.talk.say(self._line(row))
            self._cells(row, 0)

    def _waits(self, row: Row) -> bool:
        if heard(row):
            return False
        if any(column.required and not row.get(column.id) for column in self.columns):
            return True
        fresh = row["id"] not in self.asking.done_rows
        alone = not any(row.get(column.id) for column in self.columns[1:])
        return bool(row.get("note")) and fresh and alone

    def _list(self) -> None:
        for number, row in enumerate(self.rows, 1):
            self.talk.say(f"  {number}. {self._line(row)}")

    def _line(self, row: Row) -> str:
        cells = [clean_line(row[c.id]) for c in self.columns if row.get(c.id)]
        return one_line("; ".join(cells), 300)

    def _change(self, what: str, number: int) -> None:
        if not 1 <= number <= len(self.rows):
            self.talk.tell("wrong_number", n=len(self.rows))
            return
        row = self.rows[number - 1]
        if what == "e":
            self._cells(row, 0)
        elif self.talk.confirm(self.talk.words("rows.delete", text=self._line(row))):
            self._drop(row)
        self._list()

    def _cells(self, row: Row, at: int) -> None:
        """Asks the columns of `row` from the one numbered `at`; `<` goes back one column.

        None is asked of a row that calls for the calm line: that is said in their place.
        """
        while at < len(self.columns):
            column = self.columns[at]
            self.talk.tell("rows.cell", label=self.session.say(column.label))
            if now := row.get(column.id):
                self.talk.shown(now)
            try:
                line = self.asking.hear(lambda: self.asking.help(self.field, column)).strip()  # noqa: B023
            except GoBack:
                if at == 0:
                    raise
                at -= 1
                continue
            if line:
                self._put(row, column.id, line)
                if not row.keys() - {"id", "note"}:
                    self._drop(row)
                    return
            if heard(row):
                self.asking.calm()
                return
            self.asking.remark(
                find_cell_remarks(column, row, self.talk.lang, self.session.known.today)
            )
            at += 1

    def _drop(self, row: Row) -> None:
        self.rows.remove(row)
        self.asking.put(self.field, self.rows)
        self.talk.tell("rows.deleted")

    def _put(self, row: Row, column: str, line: str) -> None:
        if line == "-":
            row.pop(column, None)
        else:
            row[column] = line
        self.asking.put(self.field, self.rows)
