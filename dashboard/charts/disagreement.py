"""The disagreement over time: the band between the lowest and the highest current total, and how wide it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.scale import Scale
from dashboard.charts.time_axis import room, ticks
from dashboard.look import theme, wording
from dashboard.look.theme import Theme
from dashboard.view.query import in_words


def disagreement_chart(rows: pd.DataFrame, theme_: Theme) -> go.Figure:
    """In: rows of tracker.timelines.disagreement.disagreement for one count, ordered by day."""
    if rows.empty or not (rows["sources"] > 1).any():
        return theme.nothing(theme_, "No two sources counted the same at the same time.")
    scale = Scale.of(pd.concat([rows["low"], rows["high"]]), log=theme_.log)
    chart = go.Figure()
    fill = theme.see_through(theme_.bar, 0.3)
    for name in ("low", "high"):
        under = {"fill": "tonexty", "fillcolor": fill} if name == "high" else {}
        edge = {"shape": "hv", "width": 1.6, "color": theme_.quiet}
        chart.add_scatter(x=rows["date"], y=rows[name], mode="lines", line=edge, hoverinfo="skip", **under)
    for name, colours in (("low", "lowest_source"), ("high", "highest_source")):
        chart.add_scatter(
            x=rows["date"],
            y=rows[name],
            mode="markers",
            name=name,
            marker={"size": 8, "color": [theme_.colour(one) for one in rows[colours]]},
            customdata=rows["lowest_claim" if name == "low" else "highest_claim"].tolist(),
            hovertext=[_hover(row, name) for row in rows.to_dict("records")],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    days = (rows["date"].min(), rows["date"].max())
    margin = {"l": 46 if theme_.narrow else 58, "r": 16, "t": 30, "b": room(days)}
    chart.update_layout(theme.layout(theme_, height=320, margin=margin))
    axis: dict[str, Any] = {"gridcolor": theme_.line, "zeroline": False, "fixedrange": True}
    axis["tickformat"] = "~s" if theme_.narrow else ",~r"
    chart.update_yaxes(type="log" if scale.log else "linear", range=scale.range, **axis)
    if scale.log:
        chart.update_yaxes(dtick=1)
    chart.update_xaxes(**ticks(days, narrow=theme_.narrow))
    chart.update_xaxes(showgrid=False, zeroline=False, linecolor=theme_.line, ticks="outside", tickcolor=theme_.line)
    chart.update_layout(annotations=[theme.heading("Lowest and highest current total", 1, theme_)])
    return chart


def _hover(row: Mapping[Any, Any], name: str) -> str:
    source = row["lowest_source" if name == "low" else "highest_source"]
    day = in_words(row["date"].date().isoformat())
    lines = [f"<b>{wording.number(row[name])}</b> is the {name}est", theme.escaped(wording.source(source)), day]
    if row["sources"] > 1:
        ratio = "" if pd.isna(row["ratio"]) else f", {row['ratio']:.1f} times"
        lines.append(f"{row['sources']} sources, {wording.number(row['spread'])} apart{ratio}")
    else:
        lines[0] = f"<b>{wording.number(row[name])}</b>, the only one"
    return "<br>".join(lines)
