"""The series of a chart: running totals as steps, one per source, and the largest incidents of each period."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Literal

import pandas as pd

from tracker.knowledge import load_convention
from tracker.timelines.areas import load_areas
from tracker.timelines.bounds import bounded
from tracker.timelines.claims import claims
from tracker.timelines.incidents import incidents as told_incidents
from tracker.timelines.totals import totals

Frequency = Literal["D", "W", "M"]

SERIES = ("conflict", "outcome", "source_name", "area")
"""What one line of running totals is told apart by."""

TOTAL_COLUMNS = (*SERIES, "date", "value", "low", "high", "qualifier", "counted", "flag", "figure_id", "figure_ids")
INCIDENT_COLUMNS = ("conflict", "outcome", "date", "value", "low", "high", "incidents", "figure_ids")


def running_totals(table: pd.DataFrame) -> pd.DataFrame:
    """The points of each source's whole count, with TOTAL_COLUMNS, ordered by SERIES and date.

    In: a typed table of figures. `date` is datetime64, `value` the number to draw, `figure_ids` a tuple of all figures
    that print this total, `figure_id` the one whose quote is shown. Totals of a narrower group of victims or a smaller
    area than the source's whole count are left out: see tracker.timelines.totals.
    """
    points = totals(_claims(table))
    whole = points[points["whole"]]
    drawn = whole.assign(date=whole["day"], figure_id=whole["claim_id"])
    return drawn.loc[:, list(TOTAL_COLUMNS)].reset_index(drop=True)


def incidents(table: pd.DataFrame, freq: Frequency = "D") -> pd.DataFrame:
    """The largest reported incident of each day, week (from Monday) or month, per conflict and outcome.

    It is never a sum, because reports that state no place may be about the same attack. In: a typed table of figures.
    Out: INCIDENT_COLUMNS, one row per bar. `date` is the first day of the day, week or month. `value`, `low` and `high`
    are those of the largest incident. `incidents` is the number of incidents, and `figure_ids` has the figures of all
    of them, the largest first.
    """
    return largest(told_incidents(_claims(table), load_convention()), freq)


def largest(told: pd.DataFrame, freq: Frequency = "D") -> pd.DataFrame:
    """Like `incidents`, from a table of incidents (tracker.timelines.incidents)."""
    told = _dated(told, freq)
    ranked = told.sort_values(["value", "incident_id"], ascending=[False, True], kind="stable")
    groups = ranked.groupby(["conflict", "outcome", "date"])
    top = groups[["value", "low", "high"]].first()
    top["incidents"] = groups.size()
    top["figure_ids"] = groups["figure_ids"].agg(_joined)
    return top.reset_index().loc[:, list(INCIDENT_COLUMNS)]


def added_up(told: pd.DataFrame, freq: Frequency = "D") -> pd.DataFrame:
    """The sums of the events of each day, week or month (of value, low and high), with INCIDENT_COLUMNS.

    In: a table of incidents. Only events with a known place and day are added up: others cannot be told apart, so the
    same dead might be counted twice. Where the low or high end of an event is open, its best number is used.
    """
    told = _dated(told[told["located"]], freq)
    told = told.assign(low=told["low"].fillna(told["value"]), high=told["high"].fillna(told["value"]))
    ranked = told.sort_values(["value", "incident_id"], ascending=[False, True], kind="stable")
    groups = ranked.groupby(["conflict", "outcome", "date"])
    sums = groups[["value", "low", "high"]].sum()
    sums["incidents"] = groups.size()
    sums["figure_ids"] = groups["figure_ids"].agg(_joined)
    return sums.reset_index().loc[:, list(INCIDENT_COLUMNS)]


def _dated(told: pd.DataFrame, freq: Frequency) -> pd.DataFrame:
    """The events that have a day, with the number to draw and the first day of the period they fall in."""
    told = told[told["day"].notna()]
    number = told["best"].fillna(told["low"]).fillna(told["high"])
    return told.assign(value=number, date=told["day"].dt.to_period(freq).dt.start_time)


def _claims(table: pd.DataFrame) -> pd.DataFrame:
    return claims(bounded(table, load_convention()), load_areas())


def _joined(several: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(chain.from_iterable(several))
