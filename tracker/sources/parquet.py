"""Parquet files of articles, one per row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import IO, TYPE_CHECKING, Any, cast

from tracker.model import InputError
from tracker.sources.items import NAMES, Item, article_items
from tracker.sources.options import ReadOptions

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

BATCH_SIZE = 1_000
PLAIN = ReadOptions()


def open_parquet(stream: IO[bytes], path: str) -> pq.ParquetFile:
    """Open a Parquet file. Raises InputError if the stream is not a whole Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(stream)
    except (pa.ArrowException, OSError) as error:
        raise InputError(path, f"is not a whole Parquet file ({type(error).__name__})") from error


def holds_articles(file: pq.ParquetFile, options: ReadOptions = PLAIN) -> bool:
    """Whether the file has a text or title column, under its own or a mapped name."""
    return bool({"text", "title"} & set(options.names(name.casefold() for name in file.schema_arrow.names)))


def read_rows(
    file: pq.ParquetFile, path: str, groups: Iterable[int] | None = None, options: ReadOptions = PLAIN
) -> Iterator[Item]:
    """Yield one article per row, or an InputError with the row number. `groups`: the row groups to read, None for all.

    Rows are counted from 1 within the groups that are read.
    """
    columns = file.schema_arrow.names
    known = zip(columns, options.names(name.casefold() for name in columns), strict=True)
    names = {column: name for column, name in known if name in NAMES}
    row = 0
    if not file.metadata.num_rows:
        yield InputError(path, "holds no articles")
    for group in range(file.metadata.num_row_groups) if groups is None else groups:
        yield from _rows_of_group(file, path, (group, row), names)
        row += file.metadata.row_group(group).num_rows


def _rows_of_group(file: pq.ParquetFile, path: str, place: tuple[int, int], names: Mapping[str, str]) -> Iterator[Item]:
    """Yield the articles of a row group. `place`: its number, and the number of rows before it."""
    import pyarrow as pa

    group, row = place
    try:
        for batch in file.iter_batches(BATCH_SIZE, row_groups=[group], columns=list(names)):
            for values in _values(batch):
                row += 1
                if isinstance(values, Exception):
                    yield InputError(path, f"row {row} cannot be read ({type(values).__name__})")
                    continue
                cells = {names[name]: _plain(cell) for name, cell in values.items()}
                yield from article_items(cells, path, None, f"row {row} ")
    except (pa.ArrowException, OSError) as error:
        yield InputError(path, f"row group {group + 1} is damaged behind row {row} ({type(error).__name__})")


def _values(batch: pa.RecordBatch) -> Iterator[dict[str, Any] | Exception]:
    """Yield the values of each row, or the error if one of them is no text or no date."""
    import pyarrow as pa

    wrong = (pa.ArrowException, ValueError, OverflowError)
    try:
        rows: list[dict[str, Any]] = batch.to_pylist()
    except wrong:
        yield from (_one(batch, at, wrong) for at in range(batch.num_rows))
    else:
        yield from rows


def _one(batch: pa.RecordBatch, at: int, wrong: tuple[type[Exception], ...]) -> dict[str, Any] | Exception:
    try:
        (row,) = batch.slice(at, 1).to_pylist()
    except wrong as error:
        return error
    return cast("dict[str, Any]", row)


def _plain(cell: Any) -> Any:
    return cell.isoformat() if hasattr(cell, "isoformat") else cell
