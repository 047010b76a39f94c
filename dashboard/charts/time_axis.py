"""Which days the chart shows at first: those of its lines, and what joins them without a long silence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

SILENCE = np.timedelta64(183, "D")
"""What lies further from the lines, or from other reports, does not stretch the time axis."""

FEW_DAYS, WITH_DAYS = 9, 200
"""So short an axis has a tick for each day; so short a one has ticks with days, and not only months."""

DAY = 86_400_000
"""A day in the milliseconds of plotly."""

Dates = npt.NDArray[np.datetime64]
Span = tuple[pd.Timestamp, pd.Timestamp]
Days = Iterable["pd.Series[pd.Timestamp]"]


def shown_span(lines: Days, others: Days) -> Span | None:
    """The first and last day to show; None if there are no days.

    `lines`: the days of totals on lines, which are all shown. `others`: those of single reports and of incidents. One
    incident of 2025 must not stretch the chart of a war that ended in 2013. Without lines, the densest time is shown.
    """
    core, rest = _sorted(lines), _sorted(others)
    if not len(core):
        core = max(_groups(rest), key=len)
    if not len(core):
        return None
    before = _groups(np.append(rest[rest < core[0]], core[0]))[-1]
    after = _groups(np.insert(rest[rest > core[-1]], 0, core[-1]))[0]
    return pd.Timestamp(before[0]), pd.Timestamp(after[-1])


def ticks(shown: Span, *, narrow: bool) -> dict[str, Any]:
    """The ticks of a time axis in plotly's words: never hours, and on a narrow page few enough to stand upright."""
    found: dict[str, Any] = {"tickangle": 0} | ({"nticks": 4} if narrow else {})
    if (shown[1] - shown[0]).days <= FEW_DAYS:
        found |= {"dtick": DAY, "tickformat": "%-d %b\n%Y"}
    return found


def room(shown: Span) -> int:
    """The pixels under a time axis: a short one has the year in a second line."""
    return 46 if (shown[1] - shown[0]).days <= WITH_DAYS else 30


def outside(days: pd.Series[pd.Timestamp], shown: Span) -> int:
    """How many of the days lie outside the time shown."""
    return int(((days < shown[0]) | (days > shown[1])).sum())


def _sorted(several: Days) -> Dates:
    days = [one.dropna().to_numpy("datetime64[us]") for one in several]
    return np.sort(np.concatenate([np.array([], "datetime64[us]"), *days]))


def _groups(days: Dates) -> list[Dates]:
    """The days in groups between which nothing was reported for long."""
    return np.split(days, np.flatnonzero(np.diff(days) > SILENCE) + 1)
