"""Tables as CSV, in which no cell can run as a formula in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from tracker.timelines.columns import plain
from tracker.timelines.guard import formula_safe

CRLF = "\r\n"


def csv_text(table: pd.DataFrame, hashtags: Sequence[str] = ()) -> str:
    """The table as CSV: one header row, lines that end with \\n, empty cells for missing values, no formulas.

    `hashtags`, one for each column, make a second row (see tracker.export.hxl).
    """
    lines = _Lines()
    writer = csv.writer(lines, lineterminator=CRLF)
    writer.writerow(table.columns)
    if hashtags:
        writer.writerow(hashtags)
    writer.writerows(zip(*(plain(formula_safe(table[name])) for name in table.columns), strict=True))
    return "".join(lines)


class _Lines(list[str]):
    """The target of a csv writer. With \\r\\n as line end cells with either are quoted; with \\n not those with \\r."""

    def write(self, row: str) -> None:
        self.append(row.removesuffix(CRLF) + "\n")


def write_csv(table: pd.DataFrame, path: Path, hashtags: Sequence[str] = ()) -> None:
    """Write `csv_text` to a file, in UTF-8."""
    path.write_text(csv_text(table, hashtags), encoding="utf-8", newline="")
