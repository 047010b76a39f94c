"""Disagreement: the current total of every source on each date, and how far apart these totals are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tracker.timelines.columns import dates
from tracker.timelines.filters import check_date
from tracker.timelines.prepared import UNNAMED
from tracker.timelines.totals import OFF_LINE

COMPARED = ("conflict", "outcome", "area", "counted", "since")
"""Totals are compared where these agree: the same people in the same area, counted from the same time."""

DISAGREEMENT_COLUMNS = (
    *(*COMPARED, "date", "low", "high", "spread", "ratio", "sources"),
    *("lowest_source", "highest_source", "lowest_claim", "highest_claim"),
)

SAYS_COLUMNS = (
    *(*COMPARED, "source_name", "source_type", "value", "qualifier", "figure", "date", "age", "current"),
    *("from_lowest", "position", "flag", "reports", "claim_id", "figure_ids"),
)


CURRENT = 365
"""Days after which a total that its source has not renewed is no longer taken for what it says now."""


def disagreement(points: pd.DataFrame, within: int | None = CURRENT) -> pd.DataFrame:
    """For each day on which any total changes: the lowest and the highest current total among the sources.

    In: the table of running totals. Out: DISAGREEMENT_COLUMNS, one row per COMPARED and day. The total of a source is
    current from its as-of date until its next total, and for at most `within` days (None: without limit). Totals off
    the line (OFF_LINE) and those without a named source are left out. `low` and `high` are numbers that sources stated,
    never averages.
    `spread` is their difference, `ratio` is high / low (missing where low is zero). A day with only one source has a
    spread of 0. `who_says_what` lists all sources of one date.
    """
    steps = _steps(points)
    if not len(steps):
        return pd.DataFrame(columns=list(DISAGREEMENT_COLUMNS))
    count = steps.groupby(list(COMPARED), dropna=False).ngroup().to_numpy()
    steps = steps.iloc[np.argsort(count, kind="stable")]
    begins = np.flatnonzero(np.append([True], np.diff(np.sort(count)) > 0))
    compared = steps[list(COMPARED)].iloc[begins].astype(object).to_numpy()
    parts = [_one(own, within) for own in _split(steps, begins)]
    told = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}  # one table, not one for each
    sizes = [len(part["date"]) for part in parts]
    keys = {name: np.repeat([str(key[at]) for key in compared], sizes) for at, name in enumerate(COMPARED)}
    low, high = told["low"], told["high"]
    ratio = np.divide(high, low, where=low > 0, out=np.full(len(low), np.nan))
    whole = {"low": low, "high": high, "spread": high - low}
    texts = {name: pd.array(words, dtype="str") for name, words in keys.items()}
    found = pd.DataFrame(texts | told).assign(
        **{name: pd.array(numbers, dtype="Int64") for name, numbers in whole.items()},
        ratio=pd.array(ratio, dtype="Float64"),
    )
    return found.loc[:, list(DISAGREEMENT_COLUMNS)]


def who_says_what(points: pd.DataFrame, date: str, within: int | None = CURRENT) -> pd.DataFrame:
    """The total of each source on a date, with SAYS_COLUMNS: one row per source, the lowest first.

    In: the table of running totals and an ISO date (a month or a year means its first day); any other text raises a
    TrackerError. `date` is the as-of date of the total, `age` its age in days, and `current` whether the age is at most
    `within` (None: always). For current totals, `from_lowest` is the distance to the lowest, and `position` is
    "lowest", "highest", "between", "all agree" or "only". For all others `position` is "lapsed".
    """
    day = dates(pd.DataFrame({"date": [check_date(date)]}, dtype="str")).iloc[0]
    steps = _steps(points)
    steps = steps[steps["day"] <= day]
    latest = steps.drop_duplicates([*COMPARED, "source_name"], keep="last")
    age = (day - latest["day"]).dt.days
    latest = latest.assign(age=age, current=True if within is None else age <= within)
    said = latest.sort_values([*COMPARED, "value", "source_name"], kind="stable")
    of_current = said["value"].where(said["current"]).groupby([said[name] for name in COMPARED], dropna=False)
    low, high, size = (of_current.transform(what) for what in ("min", "max", "count"))
    position = pd.Series("between", index=said.index, dtype="str")
    position = position.mask(said["value"] == low, "lowest").mask(said["value"] == high, "highest")
    position = position.mask((low == high) & (size > 1), "all agree").mask(size == 1, "only")
    position = position.mask(~said["current"], "lapsed")
    above = (said["value"] - low).where(said["current"])
    return said.assign(from_lowest=above, position=position).loc[:, list(SAYS_COLUMNS)].reset_index(drop=True)


def _steps(points: pd.DataFrame) -> pd.DataFrame:
    """The last total of each source and day that is on its line, ordered by day."""
    named = points[(points["source_name"] != UNNAMED) & ~points["flag"].isin(OFF_LINE)]
    last = named.drop_duplicates([*COMPARED, "source_name", "day"], keep="last")
    return last.sort_values("day", kind="stable")


@dataclass(frozen=True, slots=True)
class _Steps:
    """The totals over one count, ordered by day, as columns."""

    day: np.ndarray
    source: np.ndarray
    value: np.ndarray
    claim: np.ndarray


def _split(steps: pd.DataFrame, begins: np.ndarray) -> Iterator[_Steps]:
    """The totals over each count, which begin at these places."""
    names = (("day", None), ("source_name", object), ("value", np.int64), ("claim_id", object))
    columns = [steps[name].to_numpy(dtype) for name, dtype in names]
    for own in np.split(np.arange(len(steps)), begins[1:]):
        yield _Steps(*(column[own] for column in columns))


def _one(steps: _Steps, within: int | None) -> dict[str, np.ndarray]:
    """The disagreement over one count: the lowest and highest of a table of days by sources that is filled forward."""
    days, row = np.unique(steps.day, return_inverse=True)
    sources, column = np.unique(steps.source, return_inverse=True)
    step = np.full((len(days), len(sources)), -1, dtype=np.int64)
    step[row, column] = np.arange(len(steps.day))
    step = np.maximum.accumulate(step, axis=0)  # a later step has a higher position
    value = np.append(steps.value.astype(np.float64), np.nan)[step]
    if within is not None:
        age = days[:, None] - np.append(steps.day, np.datetime64("NaT"))[step]
        value[~(age <= np.timedelta64(within, "D"))] = np.nan
    here = np.arange(len(days))
    lowest, highest = np.nanargmin(value, axis=1), np.nanargmax(value, axis=1)
    low, high = step[here, lowest], step[here, highest]
    return {
        "date": days,
        "low": steps.value[low],  # a float cannot hold the largest numbers exactly
        "high": steps.value[high],
        "sources": (~np.isnan(value)).sum(axis=1),
        "lowest_source": sources[lowest],
        "highest_source": sources[highest],
        "lowest_claim": steps.claim[low],
        "highest_claim": steps.claim[high],
    }
