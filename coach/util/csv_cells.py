"""Sheets as CSV, with cells that no spreadsheet runs.

A cell that begins with `=`, `+`, `-` or `@` is run as a formula, by some programs also after
spaces or in its fullwidth form: it gets an apostrophe before. So does what would begin a cell
where a spreadsheet takes `;` or a tab for the separator, as French ones do with `;`. Source: OWASP,
"CSV Injection".
"""

import csv
import re
from collections.abc import Iterable
from io import StringIO
from typing import Any

from coach.util.text import clean

_SIGNS = "=+\\-@＝＋－＠﹢﹣﹦﹫⁺⁻⁼₊₋₌−"
_UNSEEN = "\\s\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u206f\u3164\ufe00-\ufe0f\uffa0"
_START = re.compile(f"[{_UNSEEN}]*[{_SIGNS}]|[\t\r\n]")
_LATER = re.compile(f"([;\t\r\n][{_UNSEEN}\"']*)(?=[{_SIGNS}])")


def safe_cell(value: Any) -> str:
    """`value` as a cell that no spreadsheet runs."""
    text = clean(str(value)) if value is not None else ""
    text = _LATER.sub(r"\1'", text)
    return f"'{text}" if _START.match(text) else text


def csv_file(rows: Iterable[Iterable[Any]], *, quoted: bool = False) -> bytes:
    """`rows` as a CSV file in UTF-8 with a byte order mark (by which Excel knows it).

    Where it is `quoted`, every cell is, else those that need it.
    """
    out = StringIO(newline="")
    sheet = csv.writer(out, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
    sheet.writerows(map(safe_cell, row) for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")
