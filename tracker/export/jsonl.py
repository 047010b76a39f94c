"""Tables as JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson
import pandas as pd

from tracker.timelines.columns import plain


def json_lines(table: pd.DataFrame) -> Iterator[bytes]:
    """The rows as JSON objects, one per line, with null for missing values."""
    names = list(table.columns)
    for row in zip(*(plain(table[name]) for name in names), strict=True):
        yield orjson.dumps(dict(zip(names, row, strict=True)), option=orjson.OPT_APPEND_NEWLINE)


def write_json_lines(table: pd.DataFrame, path: Path) -> None:
    """Write `json_lines` to a file."""
    with path.open("wb") as file:
        file.writelines(json_lines(table))
