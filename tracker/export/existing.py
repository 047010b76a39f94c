"""Existing files that an export may replace: those that an export of the tracker made."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path

import pandas as pd

from tracker.atomic import Target
from tracker.export.excel import CREATOR
from tracker.model import COLUMNS, Outcome
from tracker.timelines.claims import CLAIM_COLUMNS
from tracker.timelines.columns import READ_AS
from tracker.timelines.disagreement import DISAGREEMENT_COLUMNS, SAYS_COLUMNS
from tracker.timelines.incidents import INCIDENT_COLUMNS
from tracker.timelines.totals import TOTAL_COLUMNS

KNOWN = {
    *(*COLUMNS, READ_AS, *CLAIM_COLUMNS, *TOTAL_COLUMNS, *INCIDENT_COLUMNS, *DISAGREEMENT_COLUMNS, *SAYS_COLUMNS),
    *Outcome,  # the columns that HXL adds
}
"""The columns of all tables of the tracker."""

IDS = {"figure_id", "claim_id", "incident_id", "lowest_claim"}
"""Each of these tables has one of these columns, which files of other origin lack."""

LOOKED_AT = 1 << 20  # bytes at the beginning of a file


def target(path: Path, table: pd.DataFrame, *, force: bool = False) -> Target:
    """Where a table is to be written: to a new file, or in place of one that holds such a table or an older one."""
    of = KINDS.get(path.suffix.lower(), _columns_of_csv)
    return Target(path, "a table of the tracker", partial(_is_own, of, set(table.columns)), force)


def _is_own(columns_of: Callable[[Path], Collection[str]], wanted: set[str], path: Path) -> bool:
    try:
        found = set(columns_of(path))
    except (ValueError, KeyError, LookupError, zipfile.BadZipFile, csv.Error, RecursionError):
        return False
    return found == wanted or (found <= KNOWN and bool(found & IDS))


def _beginning(path: Path) -> str:
    with path.open("rb") as file:
        return file.readline(LOOKED_AT).decode("utf-8-sig")


def _columns_of_csv(path: Path) -> Collection[str]:
    return next(csv.reader([_beginning(path)]), [])


def _columns_of_json_lines(path: Path) -> Collection[str]:
    first = json.loads(_beginning(path))
    return first if isinstance(first, dict) else ()


def _columns_of_parquet(path: Path) -> Collection[str]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.read_schema(path).names  # type: ignore[no-any-return]
    except pa.ArrowException:
        return ()


def _columns_of_workbook(path: Path) -> Collection[str]:
    """The columns are not read, because a workbook may be large. What it says of its creator is enough."""
    with zipfile.ZipFile(path) as parts, parts.open("docProps/core.xml") as part:
        return IDS if f">{CREATOR}<".encode() in part.read(LOOKED_AT) else ()


KINDS: dict[str, Callable[[Path], Collection[str]]] = {
    ".csv": _columns_of_csv,
    ".jsonl": _columns_of_json_lines,
    ".parquet": _columns_of_parquet,
    ".xlsx": _columns_of_workbook,
}
"""By suffix: what reads the names of the columns."""
