"""The table of figures: its columns, their types, their order, and the dates in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from tracker.model import COLUMNS, Figure, Precision, TrackerError
from tracker.timelines.schema import WORDS, Kind, of_kind

INTEGERS: tuple[str, ...] = of_kind(Kind.WHOLE)
FLOATS: tuple[str, ...] = of_kind(Kind.NUMBER)
TEXTS: tuple[str, ...] = of_kind(Kind.TEXT, Kind.DATE, Kind.MOMENT)

TIMELINE_ORDER = ("date", "conflict", "outcome", "source_name", "article_id", "start")
"""By what the rows of a timeline are sorted; a row that lacks one of these comes after those that have it."""


READ_AS = "read_as"
"""The column with what the figure's own report says, where its claim says something else: "scope incident"."""


def frame(figures: Iterable[Figure]) -> pd.DataFrame:
    """The figures as a typed table with exactly COLUMNS, one row per figure, in the same order."""
    rows = list(figures)
    return typed(
        pd.DataFrame({name: pd.Series([getattr(row, name) for row in rows], dtype=object) for name in COLUMNS})
    )


def figures(table: pd.DataFrame) -> list[Figure]:
    """The rows of a typed table as figures; ValueError where a word is not one of its column's (see WORDS)."""
    columns = [plain(table[name]) for name in COLUMNS]
    for place, name in enumerate(COLUMNS):
        if name in WORDS:
            members: dict[str | None, object] = {None: None}
            members |= {word: WORDS[name](word) for word in table[name].dropna().unique()}
            columns[place] = [members[word] for word in columns[place]]
    return [Figure(*row) for row in zip(*columns, strict=True)]


def plain(column: pd.Series[Any]) -> list[Any]:
    """The values of a column as plain Python values, None for what is missing, days as ISO dates."""
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        column = column.dt.strftime("%Y-%m-%d")
    return column.astype(object).where(column.notna(), None).tolist()


def typed(raw: pd.DataFrame) -> pd.DataFrame:
    """The same rows with exactly COLUMNS: whole numbers as nullable Int64, texts as str, dates as ISO texts.

    Dates stay texts, because "2012-03" (only the month is known) must not become a day: see `dates`. Columns that are
    not in COLUMNS are left out. A missing column, or one of another type, raises a TrackerError that names it.
    """
    missing = [name for name in COLUMNS if name not in raw.columns]
    if missing:
        raise TrackerError(f"the table of figures lacks the columns {', '.join(missing)}")
    types = dict.fromkeys(INTEGERS, "Int64") | dict.fromkeys(FLOATS, "Float64") | dict.fromkeys(TEXTS, "str")
    chosen = raw.loc[:, list(COLUMNS)]
    try:
        return chosen.astype(types)
    except (TypeError, ValueError, OverflowError):  # ArrowInvalid is a ValueError
        wrong = next((name for name in COLUMNS if not _can_be(chosen[name], types[name])), "?")
        what = "whole numbers" if types[wrong] == "Int64" else "numbers" if types[wrong] == "Float64" else "texts"
        raise TrackerError(f"the column {wrong} of the table of figures holds other things than {what}") from None


def _can_be(column: pd.Series[Any], kind: str) -> bool:
    try:
        column.astype(kind)  # type: ignore[call-overload]
    except (TypeError, ValueError, OverflowError):
        return False
    return True


def dates(table: pd.DataFrame, column: str = "date") -> pd.Series[pd.Timestamp]:
    """The first day of each date of the column as datetime64: 2012-03 gives 2012-03-01; a text that is no date, NaT."""
    return _days(table[column], _first_days)


def last_dates(table: pd.DataFrame, column: str = "date") -> pd.Series[pd.Timestamp]:
    """The last day of each date of the column as datetime64: 2012-03 gives 2012-03-31, 2012 gives 2012-12-31."""
    return _days(table[column], _last_days)


def first_and_last_dates(table: pd.DataFrame) -> tuple[pd.Series[pd.Timestamp], pd.Series[pd.Timestamp]]:
    """The first and the last day of each date, like `dates` and `last_dates`."""
    codes, each = _each(table["date"])
    first = _first_days(each)
    days = (first, _ends(each, first))
    found = (pd.Series(one.to_numpy()[codes], index=table.index) for one in days)
    return next(found), next(found)


def clocks(table: pd.DataFrame, column: str) -> pd.Series[str]:
    """The times of the column in UTC, as texts that sort; "" where no readable time of day is stated."""
    codes, kinds = pd.factorize(table[column], use_na_sentinel=False)
    texts = pd.Series(kinds, dtype="str")
    timed = texts.where(texts.str.len() > len("2012-03-26"))
    moments = pd.to_datetime(timed, format="ISO8601", errors="coerce", utc=True)
    found = moments.dt.strftime("%Y-%m-%dT%H:%M:%SZ").astype("str").fillna("").array
    return pd.Series(found.take(codes), index=table.index)


def _days(texts: pd.Series[str], read: Callable[[pd.Series[str]], pd.Series[pd.Timestamp]]) -> pd.Series[pd.Timestamp]:
    """The days of the texts. Each distinct text is read once, because many rows share few texts."""
    codes, each = _each(texts)
    return pd.Series(read(each).to_numpy()[codes], index=texts.index)


def _each(texts: pd.Series[str]) -> tuple[npt.NDArray[np.int64], pd.Series[str]]:
    """For each text the number of it among the distinct ones, and these, without a time of day."""
    codes, kinds = pd.factorize(texts, use_na_sentinel=False)
    each = pd.Series(kinds, dtype="str")
    if (each.str.len() > len("2012-03-26")).any():
        each = each.str.slice(0, len("2012-03-26"))
    return codes, each


def _first_days(texts: pd.Series[str]) -> pd.Series[pd.Timestamp]:
    short = texts.str.len().isin([len("2012"), len("2012-03")])
    if short.any():
        texts = texts.mask(short, (texts + "-01-01").str.slice(0, len("2012-03-26")))
    return pd.to_datetime(texts, format="%Y-%m-%d", errors="coerce", cache=False)  # most are distinct already


def _last_days(texts: pd.Series[str]) -> pd.Series[pd.Timestamp]:
    return _ends(texts, _first_days(texts))


def _ends(texts: pd.Series[str], first: pd.Series[pd.Timestamp]) -> pd.Series[pd.Timestamp]:
    length = texts.str.len()
    month, year = length == len("2012-03"), length == len("2012")
    if month.any():
        first = first.mask(month, first + pd.offsets.MonthEnd(0))
    return first.mask(year, first + pd.offsets.YearEnd(0)) if year.any() else first


def as_texts(days: pd.Series[pd.Timestamp], precision: pd.Series[str]) -> pd.Series[str]:
    """The days as ISO texts, as exact as is known: 2012-03-26, 2012-03 for a month, 2012 for a year."""
    codes, kinds = pd.factorize(days, use_na_sentinel=False)
    full = pd.Series(pd.Series(kinds).dt.strftime("%Y-%m-%d").to_numpy()[codes], index=days.index, dtype="str")
    month = full.mask(precision == Precision.MONTH, full.str.slice(0, 7))
    return month.mask(precision == Precision.YEAR, full.str.slice(0, 4))


def flat(table: pd.DataFrame) -> pd.DataFrame:
    """The table as a file holds it: a list of ids becomes one text, separated by blanks, and a day an ISO text."""
    lists = [name for name in table.columns if table[name].dtype == object]
    days = table.select_dtypes("datetime").columns
    joined = {name: table[name].map(" ".join).astype("str") for name in lists}
    return table.assign(**joined, **{name: table[name].dt.strftime("%Y-%m-%d").astype("str") for name in days})


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    """The rows in timeline order (see TIMELINE_ORDER), with a fresh index.

    Ties are broken by `figure_id`, so that the order does not depend on the order in which articles were added.
    """
    keys = table.assign(date=dates(table))
    order = keys.sort_values([*TIMELINE_ORDER, "figure_id"], kind="stable", na_position="last").index
    return table.loc[order].reset_index(drop=True)
