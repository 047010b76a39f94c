"""The marks of running totals: steps, points by their qualifier, open ends, ranges, and rings around flagged ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.charts.look import Look, escaped, see_through
from dashboard.charts.scale import Scale
from dashboard.colours import UNNAMED
from dashboard.query import in_words
from tracker.timelines.totals import Flag

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
WHISKER = 0.05
"""The length of the line at an open end, as a share of the axis."""

FLAGS = {
    Flag.REVISION: "lower than the total before: a revision",
    Flag.CONFLICTING: "lower than a total this source gave before, and no lasting revision: left out of the line",
    Flag.ROUNDED: "lower than the total before only because it is rounded",
    Flag.OUTLIER: "far off the totals beside it: probably misread or misprinted, left out of the line",
}
RINGED = (Flag.REVISION, Flag.CONFLICTING, Flag.OUTLIER)


def add_series(chart: go.Figure, points: pd.DataFrame, name: str, look: Look) -> None:
    """One source's running totals: a line that steps where a new total was reported, and a mark for each total.

    In: rows of the table of running totals, with the column `hover`: what each point says.
    """
    source = str(points["source_name"].iloc[0])
    line = joined(points)
    if source != UNNAMED and len(line) > 1:  # reports without a source are no series
        stroke = {"shape": "hv", "width": 2.2, "color": look.colour(source), "dash": look.dash(source)}
        chart.add_scatter(x=line["day"], y=line["value"], mode="lines", line=stroke, hoverinfo="skip", name=name)
    chart.add_scatter(
        x=points["day"],
        y=points["value"],
        mode="markers",
        name=name,
        marker={
            "symbol": [SYMBOLS.get(word, "circle") for word in points["qualifier"]],
            "size": 9 if source != UNNAMED else 7,
            "color": look.colour(source),
            "line": {"width": 1.6, "color": look.colour(source)},
        },
        error_y=_bounds(points, look.colour(source)),
        customdata=[" ".join(ids) for ids in points["figure_ids"]],
        hovertext=points["hover"].tolist(),
        hovertemplate="%{hovertext}<extra></extra>",
    )


def joined(points: pd.DataFrame) -> pd.DataFrame:
    """The points that the line of a source goes through: none that contradicts the others of its own source."""
    return points[~points["flag"].isin([Flag.OUTLIER, Flag.CONFLICTING])]


def add_open_ends(chart: go.Figure, totals: pd.DataFrame, scale: Scale, look: Look) -> None:
    """A short line away from each number that is a bound: upwards from "at least", downwards from "up to"."""
    for bounds, direction in ((UPWARDS, 1), (DOWNWARDS, -1)):
        open_ended = totals[totals["qualifier"].isin(bounds)]
        xs: list[pd.Timestamp | None] = []
        ys: list[float | None] = []
        for day, value in zip(open_ended["day"], open_ended["value"], strict=True):
            xs += [day, day, None]
            ys += [float(value), scale.moved(float(value), direction * WHISKER), None]
        if xs:
            stroke = {"width": 1.5, "color": look.quiet}
            chart.add_scatter(x=xs, y=ys, mode="lines", line=stroke, hoverinfo="skip", name="open end")


def add_rings(chart: go.Figure, totals: pd.DataFrame, look: Look) -> None:
    """A ring around each total that fell or stands out: nothing is removed, and the reader is told."""
    flagged = totals[totals["flag"].isin(RINGED)]
    if len(flagged):
        ring = {"symbol": "circle-open", "size": 17, "color": look.warning, "line": {"width": 1.6}}
        chart.add_scatter(
            x=flagged["day"], y=flagged["value"], mode="markers", marker=ring, hoverinfo="skip", name="flagged"
        )


def hover(point: Mapping[Any, Any], name: str, look: Look) -> str:
    """What a point says: its very words, whose they are, as of when, how often printed, and what to know of it."""
    group = words.counted(point["counted"], point["since"])
    counted = f" ({group})" if group else ""
    lines = [
        f"<b>{escaped(str(point['figure']))}</b> {escaped(str(point['outcome']))}{escaped(counted)}",
        escaped(name),
        f"as of {in_words(point['date'])}",
    ]
    if not pd.isna(point["value"]) and str(words.number(point["value"])) not in str(point["figure"]):
        lines[0] += f" → {words.number(point['value'])}"
    told = int(point["reports"])
    quiet = [f"printed in {told:,} independent reports" if told > 1 else "printed in one report"]
    lines.append(f"<span style='color:{look.quiet}'>{quiet[0]}</span>")
    if point["flag"]:
        lines.append(f"<span style='color:{look.warning}'>{FLAGS[Flag(point['flag'])]}</span>")
    return "<br>".join(lines)


def _bounds(points: pd.DataFrame, colour: str) -> dict[str, Any]:
    """The band of a range, as thick error bars."""
    low, high = points["low"].fillna(points["value"]), points["high"].fillna(points["value"])
    is_range = points["qualifier"].isin(["range", "about", "vague"]) & points["high"].notna()
    return {
        "type": "data",
        "symmetric": False,
        "array": (high - points["value"]).where(is_range, 0).astype(float).tolist(),
        "arrayminus": (points["value"] - low).where(is_range, 0).astype(float).tolist(),
        "thickness": 5,
        "width": 0,
        "color": see_through(colour),
    }
