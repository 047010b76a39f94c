"""Files that are whole or not there: which writer writes what, and how a file comes to its place."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pandas as pd

from tracker.export.csv_file import write_csv
from tracker.export.excel import write_excel
from tracker.export.hxl import hashtags, with_outcomes
from tracker.export.jsonl import write_json_lines
from tracker.export.parquet import write_parquet
from tracker.knowledge import Convention
from tracker.model import TrackerError

WRITERS: dict[str, Callable[..., None]] = {
    ".csv": write_csv,
    ".jsonl": write_json_lines,
    ".parquet": write_parquet,
    ".xlsx": write_excel,
}
"""By suffix: what writes a table."""

TAGGED_WRITERS = {".csv": write_csv, ".xlsx": write_excel}
"""By suffix: what writes a table with a row of hashtags below its header."""


def write(table: pd.DataFrame, path: str | Path, convention: Convention | None = None) -> None:
    """Write the table to a file of the kind that its suffix names; TrackerError where that is not possible.

    `convention` is that of low, best and high: files that hold notes say so. The file is there in full or not at all:
    an older one stays as it is until the new one is complete.
    """
    path = Path(path)
    writer = _noting(WRITERS[_suffix(path, WRITERS)], convention)
    with whole(path) as unfinished:
        writer(table, unfinished)


def write_tagged(table: pd.DataFrame, path: str | Path, convention: Convention | None = None) -> None:
    """The same with HXL: a row of hashtags, and for each outcome a column that can be counted (tracker.export.hxl)."""
    path = Path(path)
    writer = _noting(TAGGED_WRITERS[_suffix(path, TAGGED_WRITERS, "with HXL hashtags")], convention)
    counted = with_outcomes(table)
    with whole(path) as unfinished:
        writer(counted, unfinished, hashtags(counted.columns))


def _noting(writer: Callable[..., None], convention: Convention | None) -> Callable[..., None]:
    """The writer, told the convention where it writes notes."""
    return partial(write_excel, convention=convention) if writer is write_excel else writer


def check_suffix(path: str | Path, *, tagged: bool = False) -> None:
    """TrackerError where no file of this name can be written; so that it is told before any work is done."""
    _suffix(Path(path), TAGGED_WRITERS if tagged else WRITERS, "with HXL hashtags" if tagged else "")


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Where to write what shall stand at `path` once it is complete; TrackerError where it cannot."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield unfinished
        unfinished.replace(path)
    except OSError as error:
        raise TrackerError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _suffix(path: Path, known: Collection[str], how: str = "") -> str:
    suffix = path.suffix.lower()
    if suffix in known:
        return suffix
    kind = f"{path.suffix} cannot be written" if path.suffix else "the name has no ending that says the format"
    raise TrackerError(f"{path}: {' '.join([kind, how]).strip()}: use {' or '.join(known)}")
