"""Texts that a spreadsheet might run as formulas: how they are made harmless, and how that is undone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

FORMULA = r"^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
"""Cells that a spreadsheet may run: =, +, -, @ (wide ones too), tab and line ends, also behind apostrophes.

Each gets one apostrophe more, so that taking one off gives back the words as they were printed.
"""

GUARDED = re.compile(FORMULA.replace("^'*", "^'+"))


def formula_safe(column: pd.Series[Any]) -> pd.Series[Any]:
    """The column, with an apostrophe before each text that a spreadsheet may run as a formula (see FORMULA)."""
    import pandas as pd

    if not pd.api.types.is_string_dtype(column.dtype):
        return column
    risky = column.str.contains(FORMULA, regex=True, na=False)
    return column.mask(risky, "'" + column)


def as_printed(cell: str) -> str:
    """A cell of a CSV file without the apostrophe that `formula_safe` put before it."""
    return cell[1:] if cell.startswith("'") and GUARDED.match(cell) else cell
