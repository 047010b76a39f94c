"""The tables of the data API, made from a timeline."""

from __future__ import annotations

import pandas as pd

from tracker.api import Timeline
from tracker.timelines.columns import flat
from tracker.timelines.series import rates


def table_of(timeline: Timeline, view: str, on: str | None = None) -> pd.DataFrame:
    """The table that the API calls `view`. `on`: the day for "says"; None for the last one."""
    if view == "monthly":
        return flat(rates(timeline.totals()))
    return timeline.view("totals" if view == "timeline" else view, on)
