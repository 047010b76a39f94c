"""The timeline chart: a table of figures becomes a plotly figure. Pure: no page, no store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboard import words
from dashboard.colours import GREY, UNNAMED, Paint
from dashboard.labels import Label, Plane, placed
from dashboard.query import in_words
from tracker.timelines.series import SERIES, Frequency, incidents, running_totals

DAYS_BY_DAY, DAYS_BY_WEEK = 100, 500
"""Up to how many days of time the bars stand for days, and for weeks; beyond that for months."""

SYMBOLS = {
    "exact": "circle",
    "at_least": "triangle-up",
    "more_than": "triangle-up",
    "up_to": "triangle-down",
    "about": "circle-open",
    "range": "line-ew-open",
    "vague": "diamond-open",
}
UPWARDS, DOWNWARDS = ("at_least", "more_than"), ("up_to",)
WHISKER = 0.045
"""The length of the whisker of an open end, as a share of the axis."""

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
PERIODS = {"D": "day", "W": "week", "M": "month"}


@dataclass(frozen=True, slots=True)
class Look:
    """How the chart is to look: on a dark page, on a narrow one, with a logarithmic axis; and each source's paint."""

    dark: bool = False
    narrow: bool = False
    log: bool = False
    paints: Mapping[str, Paint] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def ink(self) -> str:
        """The colour of words."""
        return "#d8d6d0" if self.dark else "#2b2b28"

    @property
    def quiet(self) -> str:
        """The colour of what stays behind: axes, bars."""
        return "#8f8d86" if self.dark else "#77756e"

    @property
    def line(self) -> str:
        """The colour of grid lines."""
        return "#34332f" if self.dark else "#e9e6df"

    @property
    def surface(self) -> str:
        """The colour of the page behind the chart."""
        return "#1f1e1b" if self.dark else "#ffffff"


def timeline(table: pd.DataFrame, look: Look) -> go.Figure:
    """The chart of a typed table of figures: running totals as steps per source, incidents as bars beneath.

    Every mark carries in `customdata` the ids of the figures that it stands for, set apart by spaces.
    """
    totals, bars = running_totals(table), incidents(table, frequency(table))
    if totals.empty and bars.empty:
        return nothing(look, "No figure in view has both a date and a number." if len(table) else "Nothing in view.")
    both = not totals.empty and not bars.empty
    chart = make_subplots(2 if both else 1, 1, shared_xaxes=True, vertical_spacing=0.11, row_heights=_heights(both))
    labels: list[Label] = []
    for series, points in _nameless_first(totals).groupby(list(SERIES), sort=False):
        source = str(series[SERIES.index("source_name")])
        name = series_name(totals, points.iloc[0].to_dict(), look.names)
        paint = look.paints.get(source, GREY)
        described = points.merge(table, on="figure_id", suffixes=("", "_stated"), validate="one_to_one")
        _add_steps(chart, described, name, paint, look)
        last = described.iloc[-1]
        if source != UNNAMED:
            labels.append(Label(name, last["date"], float(last["value"]), paint.on(dark=look.dark)))
    _add_open_ends(chart, totals, look)
    _add_bars(chart, bars, frequency(table), row=2 if both else 1)
    _dress(chart, table, look)
    _name_axes(chart, not totals.empty, not bars.empty, look, frequency(table))
    if labels:
        _add_labels(chart, labels, totals, look)
    return chart


def _nameless_first(totals: pd.DataFrame) -> pd.DataFrame:
    """The same points, those without a source in front: what is drawn later stands above it."""
    nameless = totals["source_name"] == UNNAMED
    return pd.concat([totals[nameless], totals[~nameless]])


def frequency(table: pd.DataFrame) -> Frequency:
    """Whether bars stand for days, weeks or months, by how much time the table spans."""
    ends = _span(table)
    days = (ends[1] - ends[0]).days if ends else 0
    return "D" if days <= DAYS_BY_DAY else "W" if days <= DAYS_BY_WEEK else "M"


def nothing(look: Look, why: str) -> go.Figure:
    """An empty chart that says so."""
    chart = go.Figure()
    chart.update_layout(_layout(look), xaxis_visible=False, yaxis_visible=False)
    chart.add_annotation(text=why, showarrow=False, x=0.5, y=0.5, xref="paper", yref="paper", font_size=15)
    return chart


def series_name(totals: pd.DataFrame, point: Mapping[Any, Any], names: Mapping[str, str]) -> str:
    """The name of the series of a point: its source, with outcome, conflict, area where several are in view."""
    parts = [words.source(point["source_name"])]
    if totals["outcome"].nunique() > 1:
        parts.append(str(point["outcome"]))
    if totals["conflict"].nunique() > 1:
        parts.append(words.conflict(point["conflict"], names))
    of_source = totals[(totals["source_name"] == point["source_name"]) & (totals["conflict"] == point["conflict"])]
    if of_source["area"].nunique() > 1 and point["area"]:
        parts.append(str(point["area"]))
    return ", ".join(parts)


def _heights(both: bool) -> list[float]:
    return [0.78, 0.22] if both else [1.0]


def _span(table: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """The first and last day that the marks of a table stand on."""
    drawn = pd.concat([running_totals(table)["date"], incidents(table)["date"]])
    return None if drawn.empty else (drawn.min(), drawn.max())


def _add_steps(chart: go.Figure, points: pd.DataFrame, name: str, paint: Paint, look: Look) -> None:
    colour = paint.on(dark=look.dark)
    if points["source_name"].iloc[0] != UNNAMED and len(points) > 1:  # reports without a source are no series
        line = {"shape": "hv", "width": 2, "color": colour, "dash": paint.dash}
        chart.add_scatter(x=points["date"], y=points["value"], mode="lines", line=line, hoverinfo="skip", name=name)
    low, high = points["low"].fillna(points["value"]), points["high"].fillna(points["value"])
    is_range = points["qualifier"].isin(["range", "about", "vague"]) & points["high"].notna()
    chart.add_scatter(
        x=points["date"],
        y=points["value"],
        mode="markers",
        name=name,
        marker={
            "symbol": [SYMBOLS.get(word, "circle") for word in points["qualifier"]],
            "size": 9,
            "color": colour,
            "line": {"width": 1.6, "color": colour},
        },
        error_y={
            "type": "data",
            "symmetric": False,
            "array": (high - points["value"]).where(is_range, 0).astype(float).tolist(),
            "arrayminus": (points["value"] - low).where(is_range, 0).astype(float).tolist(),
            "thickness": 5,
            "width": 0,
            "color": _see_through(colour),
        },
        customdata=[" ".join(ids) for ids in points["figure_ids"]],
        hovertext=[_hover(point, look) for point in points.to_dict("records")],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _hover(point: Mapping[Any, Any], look: Look) -> str:
    """What a point says: date, source, the very words, publisher. Words of articles are made harmless."""
    said, outcome = escaped(point["figure"]), escaped(point["outcome"])
    who = escaped(words.source(point["source_name"]))
    publisher = escaped(point["publisher"] or "publisher unknown")
    day = in_words(point["date_stated"])
    return f"<b>{said}</b> {outcome}<br>{who}<br>as of {day}<br><span style='color:{look.quiet}'>{publisher}</span>"


def escaped(text: str) -> str:
    """The text for a place where plotly understands tags such as <b> and <a>."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _see_through(colour: str, how_dense: float = 0.3) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{how_dense})"


def _add_open_ends(chart: go.Figure, totals: pd.DataFrame, look: Look) -> None:
    """A short line away from each number that is a bound: upwards from "at least", downwards from "up to"."""
    for bounds, direction in ((UPWARDS, 1), (DOWNWARDS, -1)):
        open_ended = totals[totals["qualifier"].isin(bounds)]
        plane = Plane.of(totals, log=look.log)
        xs: list[pd.Timestamp | None] = []
        ys: list[float | None] = []
        for day, value in zip(open_ended["date"], open_ended["value"], strict=True):
            xs += [day, day, None]
            ys += [float(value), plane.moved(float(value), direction * WHISKER), None]
        if xs:
            line = {"width": 1.5, "color": look.quiet}
            chart.add_scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip")


def _add_bars(chart: go.Figure, bars: pd.DataFrame, freq: Frequency, row: int) -> None:
    shades = ["#9b988f", "#c8922e", "#5a8fb0", "#a5708f", "#6b9a80", "#8a7fc0", "#b57b62"]
    for shade, (outcome, some) in zip(shades, bars.groupby("outcome", sort=False), strict=False):
        chart.add_bar(
            x=some["date"],
            y=some["value"],
            marker={"color": shade, "line": {"width": 0}},
            width=_bar_width(freq),
            offset=0,
            name=f"Incidents: {outcome}",
            customdata=[" ".join(ids) for ids in some["figure_ids"]],
            hovertext=[_bar_hover(bar, freq) for bar in some.to_dict("records")],
            hovertemplate="%{hovertext}<extra></extra>",
            row=row,
            col=1,
        )


def _bar_hover(bar: Mapping[Any, Any], freq: Frequency) -> str:
    told, day = bar["incidents"], bar["date"]
    when = f"{day.day} {day:%B %Y}" if freq != "M" else f"{day:%B %Y}"
    what = f"{words.number(bar['value'])} {bar['outcome']}"
    reports = f"the largest of {told} incidents" if told > 1 else "1 incident"
    return f"<b>{what}</b><br>{'week of ' if freq == 'W' else ''}{when}<br>{reports}"


def _bar_width(freq: Frequency) -> float:
    """The width of a bar in milliseconds, a little less than its time."""
    return {"D": 0.8, "W": 6.0, "M": 26.0}[freq] * 86_400_000


def _layout(look: Look) -> dict[str, object]:
    return {
        "template": "none",
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 13, "color": look.ink},
        "margin": {"l": 46 if look.narrow else 64, "r": 12, "t": 24, "b": 34, "pad": 0},
        "hoverlabel": {"bgcolor": look.surface, "bordercolor": look.line, "font": {"color": look.ink, "size": 13}},
        "hovermode": "closest",
        "barmode": "overlay",
        "bargap": 0.1,
        "dragmode": False if look.narrow else "zoom",
        "showlegend": False,
        "clickmode": "event",
    }


def _dress(chart: go.Figure, table: pd.DataFrame, look: Look) -> None:
    chart.update_layout(_layout(look))
    ends = _span(table)
    if ends:
        room = max((ends[1] - ends[0]).days, 10)
        right = 0.04 if look.narrow else 0.25
        margins = [pd.Timedelta(days=round(share * room) + 1) for share in (0.03, right)]
        chart.update_xaxes(range=[ends[0] - margins[0], ends[1] + margins[1]])
    chart.update_xaxes(showgrid=False, zeroline=False, linecolor=look.line, tickcolor=look.line, ticks="outside")
    chart.update_yaxes(gridcolor=look.line, zeroline=False, tickformat="~s", nticks=6, showline=False)
    chart.update_layout(uirevision="stay")


def _name_axes(chart: go.Figure, totals: bool, bars: bool, look: Look, freq: Frequency) -> None:
    """A small heading over each part in place of turned axis titles."""
    headings = [(1, "Running totals, as reported")] if totals else []
    period = f"Incidents, the largest of each {PERIODS[freq]}"
    headings += [(2 if totals else 1, period)] if bars else []
    for row, heading in headings:
        axis = chart.layout["yaxis" if row == 1 else f"yaxis{row}"]
        chart.add_annotation(
            text=heading,
            showarrow=False,
            x=0,
            y=axis.domain[1] if axis.domain else 1,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="bottom",
            font={"size": 12, "color": look.quiet},
        )
    if bars:
        chart.update_yaxes(nticks=3, row=2 if totals else 1, col=1)
    if totals:
        chart.update_yaxes(type="log" if look.log else "linear", row=1, col=1)
        if not look.log:
            chart.update_yaxes(rangemode="tozero", row=1, col=1)


def _add_labels(chart: go.Figure, labels: list[Label], totals: pd.DataFrame, look: Look) -> None:
    """Names at the ends of lines; those for which there is no room stand in `meta`, for a legend on the page."""
    plane = Plane.of(totals, log=look.log)
    fitting = [] if look.narrow else placed(labels, plane)
    for label, shift in fitting:
        chart.add_annotation(
            text=escaped(words.clipped(label.name)),
            showarrow=False,
            x=label.day,
            y=plane.on_axis(label.value),
            xref="x",
            yref="y",
            xanchor="left",
            xshift=9,
            yshift=shift,
            font={"size": 12, "color": label.colour},
            bgcolor=_see_through(look.surface, 0.85),
            borderpad=0,
        )
    shown = {label.name for label, _ in fitting}
    unlabelled = [{"name": one.name, "colour": one.colour} for one in labels if one.name not in shown]
    chart.update_layout(meta={"legend": unlabelled})
