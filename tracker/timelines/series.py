"""The series of a chart: running totals as steps, one per source, and the largest incidents of each period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Literal

import pandas as pd

from tracker.knowledge import load_convention
from tracker.timelines.areas import areas_of
from tracker.timelines.bounds import bounded
from tracker.timelines.claims import claims
from tracker.timelines.incidents import incidents as told_incidents
from tracker.timelines.prepared import UNNAMED
from tracker.timelines.totals import OFF_LINE, totals
from tracker.timelines.totals import SERIES as ONE_SERIES

Frequency = Literal["D", "W", "M", "Y"]

SERIES = ("conflict", "outcome", "source_name", "area")
"""What one line of running totals is told apart by."""

TOTAL_COLUMNS = (*SERIES, "date", "value", "low", "high", "qualifier", "counted", "flag", "figure_id", "figure_ids")
RATE_COLUMNS = (
    *("conflict", "outcome", "source_name", "area", "counted", "since", "start", "end", "days"),
    *("rise", "rate", "low", "high", "figure_ids"),
)
UNIT_DAYS: Mapping[Frequency, float] = {"D": 1, "W": 7, "M": 365.25 / 12, "Y": 365.25}
"""How many days a day, week, month or year has on average."""
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


def rates(points: pd.DataFrame, freq: Frequency = "M") -> pd.DataFrame:
    """How many people were counted per day, week, month or year, from the totals of one source: RATE_COLUMNS.

    In: the table of running totals (tracker.timelines.totals). The last total of each period is compared with the one
    of the last period that has any, and the last one of the first period with the very first total, if that is at least
    half a period older: from `start` to `end`, `days` days apart, the total rose by `rise`. `rate` is that rise per
    period, so a rise over three months gives the monthly rate of all three. `low` and `high` are the lowest
    and highest rate that the bounds of both totals allow, missing where an end is open. Totals without a source, and
    those that are not on the line of their source, are left out. The rate is negative where the total was revised down.
    """
    off = points["flag"].isin(OFF_LINE) | (points["source_name"] == UNNAMED)
    kept = points[~off].sort_values([*ONE_SERIES, "day"], kind="stable")
    period = kept["day"].dt.to_period(freq)
    is_last = ~kept.assign(period=period).duplicated([*ONE_SERIES, "period"], keep="last")
    first = kept.groupby(list(ONE_SERIES), sort=False, dropna=False)["day"].transform("min")
    is_first = ~kept.duplicated(list(ONE_SERIES), keep="first")
    ends = kept["day"].where(is_last).groupby([kept[name] for name in ONE_SERIES], sort=False, dropna=False)
    long = (ends.transform("min") - first).dt.days >= UNIT_DAYS[freq] / 2
    kept = kept[is_last | (is_first & long)]
    before = kept.groupby(list(ONE_SERIES), sort=False, dropna=False)[["day", "value", "low", "high"]].shift()
    days = (kept["day"] - before["day"]).dt.days
    part = UNIT_DAYS[freq] / days
    number = kept[["value", "low", "high"]].astype("Float64")
    earlier = before[["value", "low", "high"]].astype("Float64")
    found = kept.assign(
        start=before["day"],
        end=kept["day"],
        days=days.astype("Int64"),
        rise=(number["value"] - earlier["value"]).round().astype("Int64"),
        rate=(number["value"] - earlier["value"]) * part,
        low=(number["low"] - earlier["high"]) * part,
        high=(number["high"] - earlier["low"]) * part,
    )
    return found.loc[found["start"].notna(), list(RATE_COLUMNS)].reset_index(drop=True)


def _dated(told: pd.DataFrame, freq: Frequency) -> pd.DataFrame:
    """The events that have a day, with the number to draw and the first day of the period they fall in."""
    told = told[told["day"].notna()]
    number = told["best"].fillna(told["low"]).fillna(told["high"])
    return told.assign(value=number, date=told["day"].dt.to_period(freq).dt.start_time)


def _claims(table: pd.DataFrame) -> pd.DataFrame:
    return claims(bounded(table, load_convention()), areas_of(table))


def _joined(several: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(chain.from_iterable(several))
