"""Which days the chart shows at first: those of its lines, and what joins them without a long silence."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pandas as pd

SILENCE = pd.Timedelta(days=183)
"""What lies further from the lines, or from other reports, does not stretch the time axis."""

Span = tuple[pd.Timestamp, pd.Timestamp]
Days = Iterable["pd.Series[pd.Timestamp]"]


def shown_span(lines: Days, others: Days) -> Span | None:
    """The first and last day to show; None if there are no days.

    `lines`: the days of totals on lines, which are all shown. `others`: those of single reports and of incidents. One
    incident of 2025 must not stretch the chart of a war that ended in 2013. Without lines, the densest time is shown.
    """
    core, rest = _sorted(lines), _sorted(others)
    if not core:
        core = max(_groups(rest), key=len, default=[])
    if not core:
        return None
    first, last = core[0], core[-1]
    for day in reversed([one for one in rest if one < first]):
        first = day if first - day <= SILENCE else first
    for day in (one for one in rest if one > last):
        last = day if day - last <= SILENCE else last
    return first, last


def outside(days: pd.Series[pd.Timestamp], shown: Span) -> int:
    """How many of the days lie outside the time shown."""
    return int(((days < shown[0]) | (days > shown[1])).sum())


def _sorted(several: Days) -> list[pd.Timestamp]:
    return sorted(day for days in several for day in days.dropna())


def _groups(days: list[pd.Timestamp]) -> list[list[pd.Timestamp]]:
    """The days in groups between which nothing was reported for long."""
    groups = [days[:1]] if days else []
    for before, day in pairwise(days):
        if day - before > SILENCE:
            groups.append([])
        groups[-1].append(day)
    return groups
