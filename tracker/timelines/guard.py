"""Texts that a spreadsheet might run as formulas: how they are made harmless, and how that is undone.

A spreadsheet takes a cell for a formula if it begins with one of a few characters. It may also split a line of a CSV
file at another separator than the comma, and then quotation marks do not hold a cell together. So these characters
are guarded at the beginning of a cell and behind every usual separator: each gets an apostrophe before it. Taking one
apostrophe off at each of these places gives back the words as they were printed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

STARTS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
"""=, +, - and @, wide ones too."""

SEPARATORS = ",;|\t\r\n"

PASSED_OVER = '[ "\u00a0\u2000-\u200b\u202f\u3000\ufeff]*'
"""Blanks and quotation marks, which a spreadsheet takes off a cell."""

FORMULA = f"^{PASSED_OVER}'*[{STARTS}\t\r\n]"
"""Cells that a spreadsheet may run, also behind apostrophes. Some programs take off tabs and line ends as well."""

RISKY = f"{FORMULA}|[{SEPARATORS}]{PASSED_OVER}'*[{STARTS}]"
"""Cells in which something is guarded. Both this and FORMULA are patterns for `re` and for RE2."""

UNGUARDED = re.compile(f"(^{PASSED_OVER})(?='*[{STARTS}\t\r\n])|([{SEPARATORS}]{PASSED_OVER})(?='*[{STARTS}])")
GUARDED = re.compile(f"(^{PASSED_OVER})'(?='*[{STARTS}\t\r\n])|([{SEPARATORS}]{PASSED_OVER})'(?='*[{STARTS}])")


def guarded(text: str) -> str:
    """Return the text with an apostrophe before each character that could begin a formula."""
    return UNGUARDED.sub(lambda found: f"{found.group()}'", text)


def as_printed(cell: str) -> str:
    """Return a cell of a CSV file without the apostrophes that `guarded` put into it."""
    return GUARDED.sub(lambda found: found.group()[:-1], cell) if "'" in cell else cell


def formula_safe(column: pd.Series[Any]) -> pd.Series[Any]:
    """Return the column with its texts `guarded`; a column of numbers or dates stays as it is."""
    import pandas as pd

    if not pd.api.types.is_string_dtype(column.dtype):
        return column
    risky = column.str.contains(RISKY, regex=True, na=False)
    return column.mask(risky, column[risky].map(guarded)) if risky.any() else column
