"""Figures in a folder of Parquet files: read conflict by conflict, because they may not fit into memory together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tracker.model import COLUMNS, InputError
from tracker.timelines.columns import typed
from tracker.timelines.filters import Filters, apply

if TYPE_CHECKING:
    import pandas as pd


def tables(folder: str, filters: Filters) -> Iterator[pd.DataFrame]:
    """One table per conflict with the figures that meet the filters; figures without a conflict come last.

    A timeline never joins two conflicts, so each table is a timeline of its own. Only the row groups that hold the
    conflict are read. InputError where the folder holds no figures.
    """
    held = _dataset(folder)
    wanted = {word.casefold() for word in filters.conflict}
    for conflict in _conflicts(held):
        if wanted and (conflict or "").casefold() not in wanted:
            continue
        rows = apply(_read(held, conflict), filters)
        if not rows.empty:
            yield rows


def _dataset(folder: str) -> Any:
    import fsspec
    import pyarrow as pa
    import pyarrow.dataset as ds

    try:
        filesystem, path = fsspec.core.url_to_fs(folder)
        files = sorted(filesystem.glob(f"{path.rstrip('/')}/*.parquet"))
        held = ds.dataset(files, filesystem=filesystem, format="parquet") if files else None
    except (ImportError, ValueError, OSError, pa.ArrowException) as error:
        raise InputError(folder, f"cannot be read: {next(iter(str(error).splitlines()), '')}") from error
    if held is None:
        raise InputError(folder, "holds no Parquet files of figures")
    if missing := [name for name in COLUMNS if name not in held.schema.names]:
        raise InputError(folder, f"holds no figures: there is no column {missing[0]}")
    return held


def _conflicts(held: Any) -> list[str | None]:
    found: set[str | None] = set()
    for batch in held.to_batches(columns=["conflict"]):
        found.update(batch.column(0).unique().to_pylist())
    return [*sorted(one for one in found if one is not None), *([None] if None in found else [])]


def _read(held: Any, conflict: str | None) -> pd.DataFrame:
    import pyarrow.dataset as ds

    field = ds.field("conflict")
    kept = field.is_null() if conflict is None else field == conflict
    return typed(held.to_table(columns=list(COLUMNS), filter=kept).to_pandas())
