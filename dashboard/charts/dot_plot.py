"""The dot plot of "Who says what": the totals of all sources on one day, with their ranges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.marks import SYMBOLS
from dashboard.charts.scale import Scale
from dashboard.look import theme, wording
from dashboard.look.theme import Theme
from dashboard.view.query import in_words
from dashboard.view.standing import OLD

ROW, FRAME = 34, 70
OPEN_ABOVE, OPEN_BELOW = ("at_least", "more_than"), ("up_to",)


def dots(says: pd.DataFrame, theme_: Theme) -> go.Figure:
    """One row per source, the highest total on top: a dot on a stem, and an arrow if one end is open.

    In: rows of tracker.timelines.disagreement.who_says_what for one count (conflict, outcome, area, counted). A total
    that its source has not updated for a year is paler.
    """
    if says.empty:
        return theme.nothing(theme_, "No source has a running total by that day.")
    rows = says.sort_values(["value", "source_name"], kind="stable").reset_index(drop=True)
    names = [_row_name(row, theme_) for row in rows.to_dict("records")]
    scale = Scale.of(pd.concat([rows["value"], rows["high"]]) if "high" in rows else rows["value"], log=theme_.log)
    chart = go.Figure()
    for at, row in enumerate(rows.to_dict("records")):
        _add_row(chart, at, row, scale, theme_)
    chart.update_layout(
        theme.layout(
            theme_,
            height=FRAME + ROW * len(rows),
            margin={"l": 12, "r": 70 if theme_.narrow else 200, "t": 14, "b": 40, "pad": 4},
        ),
        xaxis={
            "type": "log" if scale.log else "linear",
            "range": scale.range,
            "gridcolor": theme_.line,
            "zeroline": False,
            "tickformat": "~s" if theme_.narrow else ",~r",
            "fixedrange": True,
        }
        | ({"dtick": 1} if scale.log else {"nticks": 3 if theme_.narrow else 8}),
        yaxis={
            "tickmode": "array",
            "tickvals": list(range(len(rows))),
            "ticktext": names,
            "range": [-0.6, len(rows) - 0.4],
            "automargin": True,
            "ticklabelstandoff": 8,  # the mark of a small number stands at the end of its name
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
    )
    return chart


def _row_name(row: Mapping[Any, Any], theme_: Theme) -> str:
    name = theme.escaped(wording.clipped(wording.source(row["source_name"]), 18 if theme_.narrow else 40))
    return f"<span style='color:{theme_.colour(row['source_name'])}'>{name}</span>"


def _add_row(chart: go.Figure, at: int, row: Mapping[Any, Any], scale: Scale, theme_: Theme) -> None:
    colour, value = theme_.colour(row["source_name"]), float(row["value"])
    faint = 1.0 if row["current"] else 0.45
    begin = scale.lowest if scale.log else 0.0
    stem = {"color": theme.see_through(colour, 0.35 * faint), "width": 2}
    chart.add_scatter(x=[begin, value], y=[at, at], mode="lines", line=stem, hoverinfo="skip")
    direction = (row["qualifier"] in OPEN_ABOVE) - (row["qualifier"] in OPEN_BELOW)
    end = scale.moved(value, 0.05 * direction) if direction else value
    if direction:
        arrow = {
            "symbol": "triangle-right" if direction > 0 else "triangle-left",
            "size": [0, 7],
            "color": theme_.quiet,
        }
        stroke = {"color": theme_.quiet, "width": 1.5}
        chart.add_scatter(x=[value, end], y=[at, at], mode="lines+markers", line=stroke, marker=arrow, hoverinfo="skip")
    dot = {"symbol": SYMBOLS.get(row["qualifier"], "circle"), "size": 12, "color": colour, "opacity": faint}
    chart.add_scatter(
        x=[value],
        y=[at],
        mode="markers",
        marker=dot | {"line": {"width": 1.8, "color": colour}},
        cliponaxis=False,
        customdata=[" ".join(row["figure_ids"])],
        hovertext=[_hover(row, theme_)],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    chart.add_scatter(
        x=[max(value, end)],
        y=[at],
        mode="text",
        text=[f"   {_number(row, theme_)}"],
        textposition="middle right",
        textfont={"color": theme_.ink if row["current"] else theme_.quiet, "size": 13},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _number(row: Mapping[Any, Any], theme_: Theme) -> str:
    """The number as it was hedged, with its month if it is no longer new; on a narrow page the number alone."""
    number = wording.number(row["value"])
    if theme_.narrow:
        return number
    return f"{wording.HEDGES.get(row['qualifier'], '')}{number}{_when(row)}"


def _when(row: Mapping[Any, Any]) -> str:
    """The month of a total that is no longer new."""
    return f", {in_words(str(row['date'])[:7], short=True)}" if row["age"] > OLD else ""


def _hover(row: Mapping[Any, Any], theme_: Theme) -> str:
    group = wording.counted(row["counted"], row["since"])
    counted = f" ({group})" if group else ""
    lines = [
        f"<b>{theme.escaped(str(row['figure']))}</b> {row['outcome']}{counted}",
        theme.escaped(wording.source(row["source_name"])),
        f"as of {in_words(row['date'])}, {row['age']:,} days old",
    ]
    if not row["current"]:
        lines.append(
            f"<span style='color:{theme_.quiet}'>not updated for a year: the source may say something else now</span>"
        )
    return "<br>".join(lines)
