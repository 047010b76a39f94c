"""Tables of figures in Excel workbooks and Parquet files, as `tracker export` writes them."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePath
from typing import Any

from tracker.model import InputError
from tracker.sources.figures_table import Record, is_of_figures
from tracker.sources.how import How
from tracker.sources.items import Item, Note
from tracker.sources.parquet import holds_articles, open_parquet, read_rows

SHEET = "figures"
CODE = re.compile("_x([0-9A-Fa-f]{4})_")
"""How Excel writes a character that XML cannot hold."""

Rows = Iterator[Sequence[Any]]
"""The rows of a table, the header first."""


def reader_of(path: str) -> Callable[[bytes, str, How], Iterator[Item]] | None:
    """What reads a file of this name, None where it is neither a workbook nor Parquet."""
    return READERS.get(PurePath(path.lower()).suffix)


def read_excel(data: bytes, path: str, how: How) -> Iterator[Item]:
    """The table on the sheet `figures` of a workbook, or on its first one, handed to `how.tables`."""
    yield from _read(_sheet, data, path, how)


def read_parquet(data: bytes, path: str, how: How) -> Iterator[Item]:
    """The articles in a Parquet file; or its table of figures, handed to `how.tables`, whose rows are counted as lines,
    the header being the first.
    """
    file = open_parquet(io.BytesIO(data), path)
    if is_of_figures([name.casefold() for name in file.schema_arrow.names]) or not holds_articles(file, how):
        yield from _read(_parquet, data, path, how)
    else:
        yield from read_rows(file, path, how=how)


READERS = {".xlsx": read_excel, ".parquet": read_parquet}


def _read(rows_of: Callable[[bytes], Rows], data: bytes, path: str, how: How) -> Iterator[Item]:
    try:
        rows = list(rows_of(data))
    except Exception as error:
        # A broken file makes the libraries that read it raise whatever they happen to meet.
        yield InputError(path, f"cannot be read: it is damaged, or not what its name says ({type(error).__name__})")
        return
    header = [str(name).strip().casefold() for name in rows[0]] if rows else []
    if is_of_figures(header):
        yield from how.tables(header, _records(header, rows[1:]), path)
    else:
        wrong = "holds neither articles (no column text or title) nor figures (no column figure_id)"
        yield InputError(path, wrong) if how.named else Note(path, f"left out: {wrong}")


def _records(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> Iterator[Record]:
    for line, row in enumerate(rows, start=2):
        cells = [_text(cell) for cell in row]
        if any(cells):
            yield line, dict(zip(header, cells, strict=False))


def _text(cell: object) -> str | None:
    """A cell as text: a day without its midnight, as an ISO date."""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat()
    return None if cell is None else str(cell)


def _sheet(data: bytes) -> Rows:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
    sheet.reset_dimensions()  # other programs state them wrongly at times
    for row in sheet.iter_rows(values_only=True):
        yield [_decoded(cell) if isinstance(cell, str) else cell for cell in row]


def _decoded(text: str) -> str:
    return CODE.sub(lambda code: chr(int(code.group(1), 16)), text) if "_x" in text else text


def _parquet(data: bytes) -> Rows:
    import pandas as pd

    from tracker.timelines.columns import plain

    table = pd.read_parquet(io.BytesIO(data), engine="pyarrow", dtype_backend="numpy_nullable")
    yield list(table.columns)
    yield from zip(*(plain(table[name]) for name in table.columns), strict=True)
