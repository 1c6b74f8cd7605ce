"""Achievements as a sheet: one row each, safe to open in a spreadsheet."""

from coach.export.listing import Listed
from coach.proofs.proof import COLUMNS
from coach.store.answers import rows_of, text_of
from coach.util.csv_cells import csv_file

HEADER = ("date", "week", "company", *COLUMNS)


def to_csv(found: list[Listed]) -> tuple[bytes, int]:
    """The rows of all weeks in `found`, newest week first, as a CSV file; and their number."""
    entries = [one.entry for one in found]
    companies = {e.id: text_of(e.answers, "company") for e in entries if e.flow == "internship"}
    rows = [
        [e.date, e.week, companies.get(e.internship or "", ""), *(row.get(c, "") for c in COLUMNS)]
        for e in entries
        for row in rows_of(e.answers, "achievements")
        if any(map(row.get, COLUMNS))
    ]
    return csv_file([HEADER, *rows], quoted=True), len(rows)
