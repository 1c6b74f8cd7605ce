"""Achievements as a sheet: one row each, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from coach.export.listing import Listed
from coach.proofs.proof import COLUMNS
from coach.util.csv_cells import safe_cell

HEADER = ("date", "week", "company", *COLUMNS)


def to_csv(found: list[Listed]) -> tuple[bytes, int]:
    """The rows of all weeks in `found`, newest week first, as UTF-8 with a byte order mark (by
    which Excel knows it); and how many there are.
    """
    companies = {
        one.entry.id: one.entry.answers.get("company") or ""
        for one in found
        if one.entry.flow == "internship"
    }
    out = StringIO(newline="")
    sheet = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    sheet.writerow(HEADER)
    count = 0
    for one in found:
        entry = one.entry
        company = companies.get(entry.internship or "", "")
        for row in _rows(entry.answers.get("achievements")):
            cells = [entry.date, entry.week, company, *(row.get(name, "") for name in COLUMNS)]
            sheet.writerow([safe_cell(cell) for cell in cells])
            count += 1
    return out.getvalue().encode("utf-8-sig", "replace"), count


def _rows(value: Any) -> Iterator[dict[str, Any]]:
    for row in value if isinstance(value, list) else ():
        if isinstance(row, dict) and any(row.get(name) for name in COLUMNS):
            yield row
