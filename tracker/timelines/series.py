"""What a chart draws: running totals as steps, one series per source, and the largest incidents by time."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Literal

import numpy as np
import pandas as pd

from tracker.model import Scope, SourceType, VictimGroup
from tracker.timelines.columns import dates, in_order

Frequency = Literal["D", "W", "M"]

SERIES = ("conflict", "outcome", "source_name")
"""What one line of running totals is told apart by."""

SAME_TOTAL = (*SERIES, "date", "value", "qualifier")
SAME_INCIDENT = (
    *("conflict", "date", "outcome", "victim_group", "value", "qualifier", "low", "high", "country", "place"),
    "source_name",
)
"""Rows that agree in all of these are one claim that was printed more than once."""

TOTAL_COLUMNS = (*SERIES, "date", "value", "low", "high", "qualifier", "victim_group", "figure_id", "figure_ids")
INCIDENT_COLUMNS = ("conflict", "outcome", "date", "value", "low", "high", "claims", "figure_ids")


def running_totals(table: pd.DataFrame) -> pd.DataFrame:
    """The points of the step series of running totals, ordered by conflict, outcome, source and date.

    In: a typed table of figures. Out: TOTAL_COLUMNS, one row per point; `date` is datetime64, `value` the number
    to draw (for vague words the bound that the convention gives, "thousands" = its low), `figure_ids` a tuple of
    all figures that print this very total, `figure_id` the first of them. Left out: parts of a total, totals
    without date or number, and totals of a narrower group of victims than the source's whole count.
    A conflict that is not known is "", a source that is not named "unattributed".
    """
    whole = table[(table["scope"] == Scope.CUMULATIVE) & _is_whole(table) & ~_repeats(table)]
    points = _numbered(in_order(whole))
    points = points[_counts_the_whole(points)]
    claims = _collapsed(points, SAME_TOTAL)
    ordered = claims.sort_values([*SERIES, "date", "value"], kind="stable")
    return ordered.loc[:, list(TOTAL_COLUMNS)].reset_index(drop=True)


def incidents(table: pd.DataFrame, freq: Frequency = "D") -> pd.DataFrame:
    """The largest reported incident of each day, week (from Monday) or month, per conflict and outcome.

    Never a sum: two sources that count the same attack are rivals, and adding them would double the dead.
    In: a typed table of figures. Out: INCIDENT_COLUMNS, one row per bar; `date` is the first day of the day, week
    or month, `value`, `low` and `high` are those of the largest claim (an open end is its value), `claims` says how
    many there are, `figure_ids` which, the largest first. Claims that agree in everything (SAME_INCIDENT) are one;
    stated periods, parts of a total, and rows without date or number are left out.
    """
    whole = table[(table["scope"] == Scope.INCIDENT) & _is_whole(table) & ~_repeats(table)]
    claims = _collapsed(_numbered(in_order(whole)), SAME_INCIDENT)
    claims["low"] = claims["low"].fillna(claims["value"])
    claims["high"] = claims["high"].fillna(claims["value"])
    claims["date"] = claims["date"].dt.to_period(freq).dt.start_time
    return _largest(claims, ["conflict", "outcome", "date"])


def _is_whole(table: pd.DataFrame) -> pd.Series[bool]:
    """True where the figure is not a part of another one ("25 people, including five children")."""
    return table["part_of"].fillna("") == ""


def _repeats(table: pd.DataFrame) -> pd.Series[bool]:
    """True for a headline's figure that its own article's text states as well: one report, not two."""
    same = ["article_id", "outcome", "value"]
    in_text = table.loc[table["field"] == "text", same].drop_duplicates()
    told = table[same].merge(in_text, on=same, how="left", indicator=True, validate="many_to_one")["_merge"] == "both"
    repeats: pd.Series[bool] = (table["field"] == "title") & table["value"].notna() & told.to_numpy()
    return repeats


def _numbered(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that have a day and a number to draw, with both in place and no gaps in what they are grouped by."""
    number = table["value"].fillna(table["best"]).fillna(table["low"]).fillna(table["high"])
    rows = table.assign(
        date=dates(table),
        value=number,
        conflict=table["conflict"].fillna(""),
        source_name=table["source_name"].fillna(SourceType.UNATTRIBUTED.value),
    )
    return rows[rows["date"].notna() & rows["value"].notna()]


def _counts_the_whole(points: pd.DataFrame) -> pd.Series[bool]:
    """True for the totals that count everyone whom the series counts.

    A monitor's dead children are not a second value of its total. The whole is the group of victims that reaches
    the highest value in a series, since no part exceeds its total; figures that name no group belong to it.
    """
    highest = points.groupby([*SERIES, "victim_group"])["value"].max().rename("highest").reset_index()
    main = highest.sort_values(["highest", "victim_group"], kind="stable").drop_duplicates([*SERIES], keep="last")
    named = points[[*SERIES]].merge(main, on=[*SERIES], how="left", validate="many_to_one")["victim_group"]
    group = points["victim_group"]
    return (group == named.to_numpy()) | (group == VictimGroup.UNSPECIFIED)


def _collapsed(rows: pd.DataFrame, same: tuple[str, ...]) -> pd.DataFrame:
    """One row per claim: the first of the rows that agree in `same`, and `figure_ids`, a tuple of all of them."""
    claim = rows.groupby([*same], dropna=False, sort=False).ngroup()
    first = rows.loc[~claim.duplicated()].copy()
    first["figure_ids"] = _tuples(rows["figure_id"], claim)
    return first


def _largest(claims: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The largest claim per `keys`, INCIDENT_COLUMNS, ordered by the keys; equal ones by their first figure's id."""
    ranked = claims.sort_values(["value", "figure_id"], ascending=[False, True], kind="stable")
    groups = ranked.groupby(keys)
    top = groups[["value", "low", "high"]].first()
    top["claims"] = groups.size()
    top["figure_ids"] = groups["figure_ids"].agg(_joined)
    return top.reset_index().loc[:, list(INCIDENT_COLUMNS)]


def _joined(several: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(chain.from_iterable(several))


def _tuples(values: pd.Series[str], group: pd.Series[int]) -> list[tuple[str, ...]]:
    """The values of each group 0, 1, 2, … as a tuple, in their order."""
    numbers = group.to_numpy()
    in_groups = values.to_numpy()[np.argsort(numbers, kind="stable")].tolist()
    ends = np.cumsum(np.bincount(numbers)).tolist()
    return [tuple(in_groups[start:end]) for start, end in zip([0, *ends], ends, strict=False)]
