"""The timeline in files that other programs read: CSV and JSON Lines."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pandas as pd

from tracker.model import TrackerError

CRLF = "\r\n"

FORMULA = r"^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
"""Cells that a spreadsheet may run: =, +, -, @ (wide ones too), tab and line ends, also behind apostrophes.

Each gets one apostrophe more, so that taking one off gives back the words as they were printed.
"""


def csv_text(table: pd.DataFrame) -> str:
    """The table as CSV: one header row, lines that end with \\n, empty cells for what is missing, no formulas."""
    lines = _Lines()
    writer = csv.writer(lines, lineterminator=CRLF)
    writer.writerow(table.columns)
    writer.writerows(zip(*(_cells(formula_safe(table[name])) for name in table.columns), strict=True))
    return "".join(lines)


def formula_safe(column: pd.Series[Any]) -> pd.Series[Any]:
    """The column; where it holds texts, with an apostrophe before each that may be a formula (see FORMULA)."""
    if not pd.api.types.is_string_dtype(column.dtype):
        return column
    risky = column.str.contains(FORMULA, regex=True, na=False)
    return column.mask(risky, "'" + column)


def json_lines(table: pd.DataFrame) -> Iterator[bytes]:
    """The rows as JSON objects, one line each, null for what is missing."""
    names = list(table.columns)
    for row in zip(*(_cells(table[name]) for name in names), strict=True):
        yield orjson.dumps(dict(zip(names, row, strict=True)), option=orjson.OPT_APPEND_NEWLINE)


def _cells(column: pd.Series[Any]) -> list[Any]:
    """The values of a column as plain Python values, None for what is missing, days as ISO dates."""
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        column = column.dt.strftime("%Y-%m-%d")
    return column.astype(object).where(column.notna(), None).tolist()


class _Lines(list[str]):
    """What a csv writer writes to. Told of \\r\\n as line end, it quotes both; told of \\n alone, not \\r."""

    def write(self, row: str) -> None:
        self.append(row.removesuffix(CRLF) + "\n")


def write(table: pd.DataFrame, path: str | Path) -> None:
    """Write the table to a file of the kind that its suffix names; TrackerError where that is not possible.

    The file is there in full or not at all: an older one stays as it is until the new one is complete.
    """
    path = Path(path)
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        kind = f"{path.suffix} cannot be written" if path.suffix else "the name has no ending that says the format"
        raise TrackerError(f"{path}: {kind}: use {' or '.join(WRITERS)}")
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        writer(table, unfinished)
        unfinished.replace(path)
    except OSError as error:
        raise TrackerError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _write_csv(table: pd.DataFrame, path: Path) -> None:
    path.write_text(csv_text(table), encoding="utf-8", newline="")


def _write_json_lines(table: pd.DataFrame, path: Path) -> None:
    with path.open("wb") as file:
        file.writelines(json_lines(table))


WRITERS: dict[str, Callable[[pd.DataFrame, Path], None]] = {".csv": _write_csv, ".jsonl": _write_json_lines}
"""By suffix: what writes a table."""
