"""The Reference: what every dataset becomes, one typed table of running totals with notes for the reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from tracker.model import InputError
from tracker.reference.cells import Cells

KEYS = ("outcome", "victim_group", "country")
"""What one series of a dataset is told apart by."""

NUMBERS = ("value", "low", "best", "high")
TABLE_COLUMNS = ("date", *KEYS, *NUMBERS, "series")
DATE_TYPE = "datetime64[us]"


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """One dataset that was read.

    `table` has TABLE_COLUMNS, ordered by KEYS and date: `date` (datetime64), `outcome` and `victim_group` as in the
    figures, `country` (ISO 3166-1 alpha-3; "" where none is named or known), the running totals up to and including
    that day as Int64 (`value` is the best number; `low` and `high` are empty where the dataset states none), and
    `series`, the name of the dataset. `counted` says in one line since when it counts. `from_events` is true where the
    totals were added up here, so that they can also be counted from another day. `conflict` is the only conflict that
    the dataset was made for, if any. `skipped` rows could not be read; `problems` has the first MOST_PROBLEMS of them.
    """

    name: str
    table: pd.DataFrame
    counted: str
    credit: str
    from_events: bool = False
    conflict: str = ""
    notes: tuple[str, ...] = ()
    problems: tuple[InputError, ...] = ()
    skipped: int = 0

    @property
    def first(self) -> pd.Timestamp:
        """The first day that has a number."""
        return pd.Timestamp(self.table["date"].min())

    @property
    def last(self) -> pd.Timestamp:
        """The last day that has a number."""
        return pd.Timestamp(self.table["date"].max())

    @property
    def countries(self) -> frozenset[str]:
        """The ISO codes of the countries that it counts; empty where it names none."""
        return frozenset(self.table["country"].unique()) - {""}


@dataclass(frozen=True, slots=True)
class Format:
    """One published format: the columns by which it is recognised, the other columns that are read, and its reader."""

    name: str
    needs: tuple[str, ...]
    may_have: tuple[str, ...]
    read: Callable[[Cells], Reference]


def ordered(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """The rows with exactly TABLE_COLUMNS, typed and ordered; `name` is the name of the dataset."""
    types = dict.fromkeys((*KEYS, "series"), "str") | dict.fromkeys(NUMBERS, "Int64") | {"date": DATE_TYPE}
    typed = table.assign(series=name).loc[:, list(TABLE_COLUMNS)].astype(types)
    return typed.sort_values([*KEYS, "date"], kind="stable").reset_index(drop=True)


def not_stated(like: pd.DataFrame) -> pd.Series[int]:
    """An empty column of numbers for the rows of `like`."""
    return pd.Series(pd.NA, index=like.index, dtype="Int64")


def in_words(day: pd.Timestamp) -> str:
    """A day as it is written in a sentence: 7 October 2023."""
    return f"{day.day} {day:%B %Y}"
