"""The chart of a comparison: the reference as a line with a band, the reports as steps, one line per source."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tracker.model import SourceType
from tracker.reference.series import Reference, in_words

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
INK, QUIET, GRID = "#2b2b28", "#77756e", "#e9e6df"
REFERENCE_LINE, BAND = "#2b2b28", "rgba(43, 43, 40, 0.13)"
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#56b4e9", "#7a5195", "#8c564b")
"""Told apart with colour-blind eyes too; where there are more sources than colours, marks of another shape follow."""
SHAPES = ("circle", "square", "diamond", "triangle-up", "cross")

HEIGHT, TOP, BOTTOM = 480, 24, 48  # pixels
LABEL_ROOM, LABEL_STEP = 270, 17  # pixels to the right of the chart, and from one label to the next
MOST_LABELS = (HEIGHT - TOP - BOTTOM) // LABEL_STEP
LONGEST_LABEL = 28


def chart(compared: pd.DataFrame, steps: pd.DataFrame, reference: Reference) -> go.Figure:
    """The chart for one conflict, outcome and group of victims.

    In: its rows of `compare`, and the steps of the reference for it. Each line has its name at its end, or in a legend
    where there is no room for so many labels.
    """
    figure = go.Figure()
    top = 1.06 * float(max(compared["value"].max(), steps[["reference_value", "reference_high"]].max().max()))
    ends = [(reference.name, float(steps["reference_value"].iloc[-1]), REFERENCE_LINE)]
    _add_reference(figure, steps, reference.name)
    for number, (source, points) in enumerate(compared.groupby("source_name", sort=True)):
        colour = COLOURS[number % len(COLOURS)] if source != SourceType.UNATTRIBUTED else QUIET
        shape = SHAPES[number // len(COLOURS) % len(SHAPES)]
        _add_reports(figure, points, str(source), colour, shape)
        ends.append((str(source), float(points["value"].iloc[-1]), colour))
    labelled = len(ends) <= MOST_LABELS
    _dress(figure, compared, top, labelled=labelled)
    figure.update_xaxes(range=_span(compared, steps))
    if labelled:
        _add_labels(figure, ends, top)
    return figure


def _add_reference(figure: go.Figure, steps: pd.DataFrame, name: str) -> None:
    days = steps["reference_date"]
    if steps["reference_low"].notna().any():
        edge: dict[str, Any] = {"mode": "lines", "hoverinfo": "skip", "showlegend": False}
        for bound, fill in (("reference_low", None), ("reference_high", "tonexty")):
            line = {"width": 0, "shape": "hv"}
            figure.add_scatter(x=days, y=_plain(steps[bound]), line=line, fill=fill, fillcolor=BAND, **edge)
    figure.add_scatter(
        x=days,
        y=_plain(steps["reference_value"]),
        mode="lines",
        name=escape(name),
        line={"color": REFERENCE_LINE, "width": 2.2, "shape": "hv"},
        hovertemplate=f"<b>%{{y:,}}</b><br>{escape(_brief(name))}<br>%{{x|%-d %B %Y}}<extra></extra>",
    )


def _add_reports(figure: go.Figure, points: pd.DataFrame, source: str, colour: str, shape: str) -> None:
    # reports without a source form no series, so no line joins them
    mode = "markers" if source == SourceType.UNATTRIBUTED else "lines+markers"
    figure.add_scatter(
        x=points["date"],
        y=_plain(points["value"]),
        mode=mode,
        name=escape(source),
        line={"color": colour, "width": 1.6, "shape": "hv"},
        marker={"color": colour, "size": 8, "symbol": shape, "line": {"color": "#fff", "width": 1}},
        hovertext=[_hover(point) for point in points.to_dict("records")],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _hover(point: dict[Any, Any]) -> str:
    """The hover text of a report: what it says, and its distance from the reference."""
    qualifier = "" if point["qualifier"] == "exact" else f"{str(point['qualifier']).replace('_', ' ')} "
    said = (
        f"<b>{escape(qualifier)}{point['value']:,}</b><br>{escape(point['source_name'])}<br>{in_words(point['date'])}"
    )
    if pd.isna(point["reference_value"]):
        return f"{said}<br>before the reference begins"
    other = f"reference {point['reference_value']:,} of {in_words(point['reference_date'])}"
    return f"{said}<br>{other}<br>difference {point['difference']:+,}"


def _plain(column: pd.Series[Any]) -> list[Any]:
    return column.astype(object).where(column.notna(), None).tolist()


def _span(compared: pd.DataFrame, steps: pd.DataFrame) -> list[pd.Timestamp]:
    """The first and last day of both, with a margin at each end."""
    days = pd.concat([compared["date"], steps["reference_date"]])
    first, last = days.min(), days.max()
    room = max((last - first) * 0.02, pd.Timedelta(days=1))
    return [first - room, last + room]


def _dress(figure: go.Figure, compared: pd.DataFrame, top: float, *, labelled: bool) -> None:
    words = f"People {compared['outcome'].iloc[0]}, running total"
    figure.update_layout(
        template="none",
        height=HEIGHT,
        font={"family": FONT, "size": 13, "color": INK},
        margin={"l": 84, "r": LABEL_ROOM if labelled else 24, "t": TOP, "b": BOTTOM},
        paper_bgcolor="#fff",
        plot_bgcolor="#fff",
        showlegend=not labelled,
        legend={"traceorder": "normal"},
        hoverlabel={"bgcolor": "#fff", "bordercolor": GRID, "font": {"color": INK}},
        separators=".,",
    )
    axis = {"linecolor": GRID, "tickcolor": GRID, "zeroline": False}
    figure.update_xaxes(showgrid=False, ticks="outside", type="date", **axis)
    figure.update_yaxes(
        gridcolor=GRID,
        range=[0, top or 1],
        tickformat=",d",
        nticks=7,
        title={"text": words, "font": {"size": 12, "color": QUIET}, "standoff": 12},
        **axis,
    )


def _add_labels(figure: go.Figure, ends: Sequence[tuple[str, float, str]], top: float) -> None:
    """Add the names at the right, each as near to the end of its line as the other names allow."""
    ordered = sorted(ends, key=lambda end: end[1])
    heights = spread([value / (top or 1) * (HEIGHT - TOP - BOTTOM) for _, value, _ in ordered], HEIGHT - TOP - BOTTOM)
    for (name, value, colour), height in zip(ordered, heights, strict=True):
        figure.add_annotation(
            text=f"{escape(_brief(name))} <b>{value:,.0f}</b>",
            x=1,
            y=height / (HEIGHT - TOP - BOTTOM),
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="middle",
            xshift=10,
            showarrow=False,
            align="left",
            font={"size": 12, "color": colour},
        )


def spread(wanted: Sequence[float], room: float) -> list[float]:
    """Heights near the wanted ones (in ascending order), LABEL_STEP apart and within the room.

    >>> spread([100, 102, 300], 400)
    [100, 117, 300]
    >>> spread([398, 399], 400)
    [383, 400]
    """
    heights: list[float] = []
    for height in wanted:
        heights.append(max(height, heights[-1] + LABEL_STEP) if heights else height)
    limit = room
    for place in range(len(heights) - 1, -1, -1):
        heights[place] = min(heights[place], limit)
        limit = heights[place] - LABEL_STEP
    return heights


def _brief(name: str) -> str:
    return name if len(name) <= LONGEST_LABEL else name[: LONGEST_LABEL - 1].rstrip() + "…"
