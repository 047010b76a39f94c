"""Exports to files: which writer writes which kind of file."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path

import pandas as pd

from tracker.atomic import check, replacing
from tracker.export.csv_file import write_csv
from tracker.export.excel import write_excel
from tracker.export.existing import target
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


def write(table: pd.DataFrame, path: str | Path, convention: Convention | None = None, *, force: bool = False) -> None:
    """Write the table to a file of the kind that its suffix names; TrackerError where that is not possible.

    `convention` is that of low, best and high: files that hold notes name it. An older file stays until the new one is
    complete (tracker.atomic). One that no export of the tracker made is replaced only with `force`.
    """
    path = Path(path)
    writer = _noting(WRITERS[_suffix(path, WRITERS)], convention)
    with replacing(target(path, table, force=force)) as unfinished:
        writer(table, unfinished)


def write_tagged(
    table: pd.DataFrame, path: str | Path, convention: Convention | None = None, *, force: bool = False
) -> None:
    """Like `write`, with HXL: a row of hashtags, and for each outcome a column to count (tracker.export.hxl)."""
    path = Path(path)
    writer = _noting(TAGGED_WRITERS[_suffix(path, TAGGED_WRITERS, "with HXL hashtags")], convention)
    counted = with_outcomes(table)
    with replacing(target(path, counted, force=force)) as unfinished:
        writer(counted, unfinished, hashtags(counted.columns))


def _noting(writer: Callable[..., None], convention: Convention | None) -> Callable[..., None]:
    """The writer, told the convention where it writes notes."""
    return partial(write_excel, convention=convention) if writer is write_excel else writer


def check_file(path: str | Path, *, tagged: bool = False, force: bool = False) -> None:
    """TrackerError where no file of this name can be written. Call it before the work whose result it will hold."""
    _suffix(Path(path), TAGGED_WRITERS if tagged else WRITERS, "with HXL hashtags" if tagged else "")
    check(target(Path(path), pd.DataFrame(), force=force))


def _suffix(path: Path, known: Collection[str], how: str = "") -> str:
    suffix = path.suffix.lower()
    if suffix in known:
        return suffix
    kind = f"{path.suffix} cannot be written" if path.suffix else "the name has no ending that says the format"
    raise TrackerError(f"{path}: {' '.join([kind, how]).strip()}: use {' or '.join(known)}")
