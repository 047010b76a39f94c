"""What one source counted per week, month or year, from its running totals: bars as wide as the time they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import bars
from dashboard.charts.drawing import Axis, axis_of, layout_name
from dashboard.charts.panel import Panel
from dashboard.charts.scale import Scale
from dashboard.look import theme, wording
from dashboard.look.theme import Theme
from dashboard.look.who import count_in_words
from dashboard.view.query import in_words
from dashboard.view.standing import PANEL
from tracker.timelines.series import Frequency, rates


def rate_rows(panel: Panel, freq: Frequency) -> pd.DataFrame:
    """The rates of the first series of a panel that has any (tracker.timelines.series.rates)."""
    finer: Frequency = "W" if freq == "D" else freq
    tables = (rates(one.points, finer) for one in panel.coloured if len(one.at) > 1)
    return next((table for table in tables if len(table)), pd.DataFrame())


def heading(panel: Panel, freq: Frequency, rows: pd.DataFrame) -> str:
    """Who is counted, per what, and by whom: "Everyone killed in Gaza, per month: Gaza health ministry"."""
    source = wording.source(str(rows["source_name"].iloc[0]))
    return f"{panel.heading}, per {period(freq)}, from the totals of: {source}"


def period(freq: Frequency) -> str:
    """The name of the period of a bar: totals come too seldom for days."""
    return bars.PERIODS["W" if freq == "D" else freq]


def add_rates(chart: go.Figure, frame: dict[str, Any], rows: pd.DataFrame, axis: Axis) -> None:
    """Draw the bars of a panel with whiskers from low to high. `rows`: its rates (`rate_rows`)."""
    look, source = axis.look, str(rows["source_name"].iloc[0])
    rate = rows["rate"].astype(float)
    scale, colour = Scale.of(rate, log=False), look.colour(source)
    frame[layout_name(axis.name)] |= axis_of(scale)
    chart.add_bar(
        x=rows["start"],
        y=rate,
        yaxis=axis.name,
        width=((rows["end"] - rows["start"]).dt.days * bars.DAY).tolist(),
        offset=0,
        name=f"{wording.source(source)}: {count_in_words({name: str(rows[name].iloc[0]) for name in PANEL})}",
        marker={"color": theme.see_through(colour, 0.3), "line": {"width": 1, "color": colour}},
        error_y=_whiskers(rows, look),
        customdata=[" ".join(ids) for ids in rows["figure_ids"]],
        hovertext=[_hover(row, axis.freq) for row in rows.to_dict("records")],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _whiskers(rows: pd.DataFrame, look: Theme) -> dict[str, Any]:
    rate = rows["rate"].astype(float)
    return {
        "type": "data",
        "symmetric": False,
        "array": (rows["high"].astype(float) - rate).clip(lower=0).fillna(0).tolist(),
        "arrayminus": (rate - rows["low"].astype(float)).clip(lower=0).fillna(0).tolist(),
        "thickness": 1,
        "width": 2,
        "color": look.quiet,
    }


def _hover(row: Mapping[Any, Any], freq: Frequency) -> str:
    days = (in_words(row[name].date().isoformat()) for name in ("start", "end"))
    words = wording.number(round(row["rate"])).replace("-", "−")
    rise = f"{row['rise']:+,}".replace("-", "−")
    return "<br>".join(
        (
            f"<b>{words}</b> per {period(freq)}",
            theme.escaped(count_in_words({name: str(row[name]) for name in PANEL})),
            theme.escaped(wording.source(row["source_name"])),
            f"{rise} from {' to '.join(days)}",
        )
    )
