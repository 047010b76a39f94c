"""Incidents as bars by day, week or month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.look import wording
from dashboard.look.theme import Theme, escaped
from tracker.timelines.series import Frequency

DAYS_BY_DAY, DAYS_BY_WEEK = 100, 500
"""If the data spans at most so many days, a bar is a day or a week; otherwise a month."""

PERIODS: Mapping[str, str] = {"D": "day", "W": "week", "M": "month", "Y": "year"}
WIDTHS: Mapping[str, float] = {"D": 0.8, "W": 6.0, "M": 26.0, "Y": 350.0}
"""The width of a bar in days, a little less than its period."""

FINE: Sequence[Frequency] = ("D", "W", "M", "Y")
FINEST: Mapping[str, Frequency] = {"month": "M", "year": "Y"}
"""The periods, the shortest first; and for a date that is no day, the shortest one that it is sure to lie in."""

FAR = 50
"""A bar so many times as high as all others does not set the axis."""

SHADES = ("", "#c8922e", "#5a8fb0", "#a5708f", "#6b9a80", "#8a7fc0", "#b57b62")
DAY = 86_400_000


def frequency(days: pd.Series[pd.Timestamp]) -> Frequency:
    """Whether a bar is a day, a week or a month, by the time that the days span."""
    span = (days.max() - days.min()).days if days.notna().any() else 0
    return "D" if span <= DAYS_BY_DAY else "W" if span <= DAYS_BY_WEEK else "M"


def fitting(freq: Frequency, precision: pd.Series[str]) -> Frequency:
    """The period itself, or the next longer one for which at least half of the incidents are dated exactly enough."""
    longer: list[Frequency] = [one for one in FINE if FINE.index(one) >= FINE.index(freq)]
    return next((one for one in longer if 2 * exact_enough(precision, one).sum() >= len(precision)), freq)


def exact_enough(precision: pd.Series[str], freq: Frequency) -> pd.Series[bool]:
    """Which incidents have a date (`date_precision`) that says in which period they fall."""
    return ~precision.isin([name for name, finest in FINEST.items() if FINE.index(finest) > FINE.index(freq)])


@dataclass(frozen=True, slots=True)
class Bars:
    """How bars are drawn: what period one stands for, whether it is a sum of incidents, and on which axis."""

    freq: Frequency
    added: bool
    axis: str


def above(bars: pd.DataFrame, most: float | None) -> pd.Series[bool]:
    """Which bars are too high to be true, and must not flatten the others: more people than the highest running total
    counts (`most`), or, where there is no total, FAR times as many as the next bar.
    """
    values = bars["value"].astype(float)
    if most is not None:
        return values > most
    highest = values.nlargest(2)
    return (values == highest.iloc[0]) & (len(highest) > 1 and highest.iloc[0] >= FAR * highest.iloc[-1] > 0)


def add_bars(chart: go.Figure, bars: pd.DataFrame, how: Bars, look: Theme) -> None:
    """One bar per period and outcome; if numbers are added up, with a whisker from low to high."""
    freq, added = how.freq, how.added
    for shade, (outcome, some) in zip(SHADES, bars.groupby("outcome", sort=False), strict=False):
        chart.add_bar(
            x=some["date"],
            y=some["value"],
            yaxis=how.axis,
            marker={"color": shade or look.bar, "line": {"width": 0}},
            width=WIDTHS[freq] * DAY,
            offset=0,
            name=f"Incidents: {outcome}",
            error_y=_whiskers(some, look) if added else None,
            customdata=[" ".join(ids) for ids in some["figure_ids"]],
            hovertext=[_hover(bar, freq, added) for bar in some.to_dict("records")],
            hovertemplate="%{hovertext}<extra></extra>",
        )


def in_words(freq: Frequency, *, added: bool) -> str:
    """The heading of the bars."""
    if added:
        return f"Incidents per {PERIODS[freq]}, those with place and day added up"
    return f"Incidents, the largest of each {PERIODS[freq]}"


def _whiskers(bars: pd.DataFrame, look: Theme) -> dict[str, Any]:
    return {
        "type": "data",
        "symmetric": False,
        "array": (bars["high"] - bars["value"]).astype(float).tolist(),
        "arrayminus": (bars["value"] - bars["low"]).astype(float).tolist(),
        "thickness": 1.2,
        "width": 3,
        "color": look.quiet,
    }


def _hover(bar: Mapping[Any, Any], freq: Frequency, added: bool) -> str:
    count, day = bar["incidents"], bar["date"]
    when = {"M": f"{day:%B %Y}", "Y": f"{day:%Y}"}.get(freq, f"{day.day} {day:%B %Y}")
    what = f"{wording.number(bar['value'])} {escaped(str(bar['outcome']))}"
    if added:
        reports = f"{count:,} incidents added up, {wording.number(bar['low'])}–{wording.number(bar['high'])}"
    else:
        reports = f"the largest of {count:,} incidents"
    return f"<b>{what}</b><br>{'week of ' if freq == 'W' else ''}{when}<br>{reports if count > 1 else '1 incident'}"
