"""Achievements as a sheet: one row each, safe to open in a spreadsheet.

A cell that begins with `=`, `+`, `-` or `@` is run as a formula, by some programs also after
spaces or in its fullwidth form: it gets an apostrophe before. So does what would begin a cell
where a spreadsheet takes `;` or a tab for the separator, as French ones do with `;`. Source: OWASP,
"CSV Injection".
"""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

from coach.export.export import Listed
from coach.util.text import clean

COLUMNS = ("action", "skill", "impact", "feedback", "feedback_from", "trace")
HEADER = ("date", "week", "company", *COLUMNS)

_SIGNS = "=+\\-@＝＋－＠﹢﹣﹦﹫⁺⁻⁼₊₋₌−"
_UNSEEN = "\\s\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u206f\u3164\ufe00-\ufe0f\uffa0"
_START = re.compile(f"[{_UNSEEN}]*[{_SIGNS}]|[\t\r\n]")
_LATER = re.compile(f"([;\t\r\n][{_UNSEEN}\"']*)(?=[{_SIGNS}])")


def safe_cell(value: Any) -> str:
    """`value` as a cell that no spreadsheet runs."""
    text = clean(str(value)) if value is not None else ""
    text = _LATER.sub(r"\1'", text)
    return f"'{text}" if _START.match(text) else text


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
