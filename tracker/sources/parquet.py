"""Parquet files of articles, one a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, Any

from tracker.model import InputError
from tracker.sources.how import How
from tracker.sources.items import NAMES, Item, article_items

if TYPE_CHECKING:
    import pyarrow.parquet as pq

ROWS_AT_A_TIME = 1_000
PLAIN = How()


def open_parquet(stream: IO[bytes], path: str) -> pq.ParquetFile:
    """The Parquet file in a stream; InputError where it is none."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(stream)
    except (pa.ArrowException, OSError) as error:
        raise InputError(path, f"is not a whole Parquet file ({type(error).__name__})") from error


def holds_articles(file: pq.ParquetFile, how: How = PLAIN) -> bool:
    """Whether it has a column that articles are read from."""
    return bool({"text", "title"} & set(how.names(name.casefold() for name in file.schema_arrow.names)))


def read_rows(file: pq.ParquetFile, path: str, groups: Iterable[int] | None = None, how: How = PLAIN) -> Iterator[Item]:
    """One article per row, of all row groups or of some; a row that is none becomes an InputError with its number.

    Rows are counted from 1 within what is read. Columns are known by the names of an article's values.
    """
    import pyarrow as pa

    columns = file.schema_arrow.names
    known = zip(columns, how.names(name.casefold() for name in columns), strict=True)
    names = {column: name for column, name in known if name in NAMES}
    row = 0
    if not file.metadata.num_rows:
        yield InputError(path, "holds no articles")
    try:
        for batch in file.iter_batches(ROWS_AT_A_TIME, row_groups=groups and list(groups), columns=list(names)):
            for values in batch.to_pylist():
                row += 1
                cells = {names[name]: _plain(cell) for name, cell in values.items()}
                yield from article_items(cells, path, None, f"row {row} ")
    except (pa.ArrowException, OSError) as error:
        yield InputError(path, f"is damaged behind row {row} ({type(error).__name__})")


def _plain(cell: Any) -> Any:
    return cell.isoformat() if hasattr(cell, "isoformat") else cell
