"""Parquet files of articles, one per row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, Any

from tracker.model import InputError
from tracker.sources.items import NAMES, Item, article_items
from tracker.sources.options import ReadOptions

if TYPE_CHECKING:
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
    import pyarrow as pa

    columns = file.schema_arrow.names
    known = zip(columns, options.names(name.casefold() for name in columns), strict=True)
    names = {column: name for column, name in known if name in NAMES}
    row = 0
    if not file.metadata.num_rows:
        yield InputError(path, "holds no articles")
    try:
        for batch in file.iter_batches(BATCH_SIZE, row_groups=groups and list(groups), columns=list(names)):
            for values in batch.to_pylist():
                row += 1
                cells = {names[name]: _plain(cell) for name, cell in values.items()}
                yield from article_items(cells, path, None, f"row {row} ")
    except (pa.ArrowException, OSError) as error:
        yield InputError(path, f"is damaged behind row {row} ({type(error).__name__})")


def _plain(cell: Any) -> Any:
    return cell.isoformat() if hasattr(cell, "isoformat") else cell
