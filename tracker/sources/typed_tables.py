"""Tables with typed cells: Excel workbooks and Parquet files that `tracker export` wrote."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from tracker.model import InputError
from tracker.sources.figures_table import Record, is_of_figures
from tracker.sources.items import Item, Note
from tracker.sources.options import ReadOptions
from tracker.sources.parquet import holds_articles, open_parquet, read_rows

if TYPE_CHECKING:
    import pyarrow.parquet as pq

SHEET = "figures"
CODE = re.compile("_x([0-9A-Fa-f]{4})_")
"""Excel's escape for a character that XML does not allow."""

Rows = Iterator[Sequence[Any] | str]
"""The rows of a table, the header first, or what is wrong where rows cannot be read."""


def reader_of(path: str) -> Callable[[bytes, str, ReadOptions], Iterator[Item]] | None:
    """Return the reader for a file name, None if it is neither a workbook nor Parquet."""
    return READERS.get(PurePath(path.lower()).suffix)


def read_excel(data: bytes, path: str, options: ReadOptions) -> Iterator[Item]:
    """Read the sheet `figures` of a workbook, else its first sheet, with `options.tables`."""
    yield from _read(_sheet, data, path, options)


def read_parquet(data: bytes, path: str, options: ReadOptions) -> Iterator[Item]:
    """Yield the articles in a Parquet file, or read its table of figures with `options.tables`.

    Rows of figures are counted as lines; the header is line 1.
    """
    file = open_parquet(io.BytesIO(data), path)
    if is_of_figures([name.casefold() for name in file.schema_arrow.names]) or not holds_articles(file, options):
        yield from _read(_parquet, data, path, options)
    else:
        yield from read_rows(file, path, options=options)


READERS = {".xlsx": read_excel, ".parquet": read_parquet}


def _read(rows_of: Callable[[bytes], Rows], data: bytes, path: str, options: ReadOptions) -> Iterator[Item]:
    rows: list[Sequence[Any] | str] = []
    try:
        rows.extend(rows_of(data))  # keeps the rows before an error
    except MemoryError:
        raise
    except Exception as error:
        # Broad on purpose: on a broken file the parser raises exceptions of any type.
        if not rows:
            yield InputError(path, f"cannot be read: it is damaged, or not what its name says ({type(error).__name__})")
            return
        rows.append(f"is damaged here: the rest of the table is not read ({type(error).__name__})")
    header = [str(name).strip().casefold() for name in rows[0]] if rows else []
    if is_of_figures(header):
        yield from options.tables(header, _records(header, rows[1:], path), path)
    else:
        wrong = "holds neither articles (no column text or title) nor figures (no column figure_id)"
        yield InputError(path, wrong) if options.named else Note(path, f"left out: {wrong}")


def _records(header: Sequence[str], rows: Sequence[Sequence[Any] | str], path: str) -> Iterator[Record | InputError]:
    for line, row in enumerate(rows, start=2):
        if isinstance(row, str):
            yield InputError(path, row, line)
            continue
        cells = [_text(cell) for cell in row]
        if any(cells):
            yield line, dict(zip(header, cells, strict=False))


def _text(cell: object) -> str | None:
    """Return a cell as text. A datetime at midnight becomes an ISO date."""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat()
    return None if cell is None else str(cell)


def _sheet(data: bytes) -> Rows:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
    sheet.reset_dimensions()  # some programs write wrong dimensions
    for row in sheet.iter_rows(values_only=True):
        yield [_decoded(cell) if isinstance(cell, str) else cell for cell in row]


def _decoded(text: str) -> str:
    return CODE.sub(lambda code: chr(int(code.group(1), 16)), text) if "_x" in text else text


def _parquet(data: bytes) -> Rows:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    from tracker.timelines.columns import plain

    file = pq.ParquetFile(io.BytesIO(data))
    yield list(file.schema_arrow.empty_table().to_pandas().columns)
    for group in range(file.metadata.num_row_groups):
        try:
            table = pd.read_parquet(_alone(file, group), engine="pyarrow", dtype_backend="numpy_nullable")
        except (pa.ArrowException, OSError, ValueError) as error:
            yield f"begins row group {group + 1}, which is damaged and not read ({type(error).__name__})"
        else:
            yield from zip(*(plain(table[name]) for name in table.columns), strict=True)


def _alone(file: pq.ParquetFile, group: int) -> io.BytesIO:
    """Return a Parquet file with only this row group."""
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(file.read_row_group(group), out)
    out.seek(0)
    return out
