"""Tables as Parquet files."""

from __future__ import annotations

from pathlib import Path

import pandas as pd


def write_parquet(table: pd.DataFrame, path: Path) -> None:
    """Write the table to a Parquet file with its own types. The same table gives the same bytes.

    Dates that are texts stay texts ("2012-03" must not become a day); datetime64 columns become timestamps.
    """
    table.to_parquet(path, engine="pyarrow", index=False, compression="zstd")
