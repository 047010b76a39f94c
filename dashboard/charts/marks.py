"""The marks of running totals: steps, points by their qualifier, open ends, ranges, and rings around flagged ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.scale import Scale
from dashboard.look import wording
from dashboard.look.colours import UNNAMED
from dashboard.look.theme import Theme, escaped, see_through
from dashboard.view.query import in_words
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
    Flag.CONFLICTING: "lower than an earlier total of this source, but not a lasting revision: left out of the line",
    Flag.ROUNDED: "lower than the total before only because it is rounded",
    Flag.OUTLIER: "far from the totals beside it: probably misread or misprinted, left out of the line",
}
RINGED = (Flag.REVISION, Flag.CONFLICTING, Flag.OUTLIER)


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Running totals as columns, one entry for each total. `on_line`: the line of the source goes through it."""

    day: npt.NDArray[np.datetime64]
    value: npt.NDArray[Any]
    symbol: list[str]
    above: list[float]
    below: list[float]
    ids: list[str]
    hover: list[str]
    on_line: npt.NDArray[np.bool_]

    def at(self, places: Sequence[int]) -> Points:
        """The points at these positions."""
        take = np.asarray(places)
        return Points(
            day=self.day[take],
            value=self.value[take],
            symbol=[self.symbol[place] for place in places],
            above=[self.above[place] for place in places],
            below=[self.below[place] for place in places],
            ids=[self.ids[place] for place in places],
            hover=[self.hover[place] for place in places],
            on_line=self.on_line[take],
        )


def points(totals: pd.DataFrame, hover: list[str]) -> Points:
    """The points of a table of running totals. `hover`: the hover text of each."""
    value = totals["value"].astype(float)
    is_range = totals["qualifier"].isin(["range", "about", "vague"]) & totals["high"].notna()
    return Points(
        day=totals["day"].to_numpy(),
        value=totals["value"].to_numpy(),
        symbol=[SYMBOLS.get(word, "circle") for word in totals["qualifier"]],
        above=(totals["high"].astype(float) - value).where(is_range, 0).fillna(0).tolist(),
        below=(value - totals["low"].astype(float)).where(is_range, 0).fillna(0).tolist(),
        ids=[" ".join(ids) for ids in totals["figure_ids"]],
        hover=hover,
        on_line=_is_on_line(totals).to_numpy(dtype=bool),
    )


def series(some: Points, source: str, name: str, look: Theme) -> list[dict[str, Any]]:
    """The traces of one source's running totals: a line that steps where a new total was reported, and a mark for each
    total.
    """
    colour, is_named = look.colour(source), source != UNNAMED
    marker = {
        "symbol": some.symbol,
        "size": 9 if is_named else 7,
        "color": colour,
        "line": {"width": 1.6, "color": colour},
    }
    bounds = {"type": "data", "symmetric": False, "array": some.above, "arrayminus": some.below}
    marks = {
        "type": "scatter",
        "x": some.day,
        "y": some.value,
        "mode": "markers",
        "name": name,
        "marker": marker,
        "error_y": bounds | {"thickness": 5, "width": 0, "color": see_through(colour)},  # the band of a range
        "customdata": some.ids,
        "hovertext": some.hover,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    if not is_named or some.on_line.sum() < 2:
        return [marks]  # reports without a source do not form a series
    stroke = {"shape": "hv", "width": 2.2, "color": colour, "dash": look.dash(source)}
    ends = {"x": some.day[some.on_line], "y": some.value[some.on_line]}
    return [{"type": "scatter", "mode": "lines", "line": stroke, "hoverinfo": "skip", "name": name} | ends, marks]


def on_line(points: pd.DataFrame) -> pd.DataFrame:
    """The points that the line of a source goes through: those that do not contradict the source's other totals."""
    return points[_is_on_line(points)]


def _is_on_line(points: pd.DataFrame) -> pd.Series[bool]:
    return ~points["flag"].isin([Flag.OUTLIER, Flag.CONFLICTING])


def add_open_ends(chart: go.Figure, totals: pd.DataFrame, scale: Scale, look: Theme) -> None:
    """A short line at each number that is a bound: upwards for "at least", downwards for "up to"."""
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


def add_rings(chart: go.Figure, totals: pd.DataFrame, look: Theme) -> None:
    """A ring around each total that fell or is an outlier. Nothing is removed."""
    flagged = totals[totals["flag"].isin(RINGED)]
    if len(flagged):
        ring = {"symbol": "circle-open", "size": 17, "color": look.warning, "line": {"width": 1.6}}
        chart.add_scatter(
            x=flagged["day"], y=flagged["value"], mode="markers", marker=ring, hoverinfo="skip", name="flagged"
        )


def hover(point: Mapping[Any, Any], name: str, look: Theme) -> str:
    """The hover text of a point: the exact words, the source, the as-of date, the number of reports, and its flag."""
    group = wording.counted(point["counted"], point["since"])
    counted = f" ({group})" if group else ""
    lines = [
        f"<b>{escaped(str(point['figure']))}</b> {escaped(str(point['outcome']))}{escaped(counted)}",
        escaped(name),
        f"as of {in_words(point['date'])}",
    ]
    if not pd.isna(point["value"]) and str(wording.number(point["value"])) not in str(point["figure"]):
        lines[0] += f" → {wording.number(point['value'])}"
    reports = int(point["reports"])
    quiet = [f"printed in {reports:,} independent reports" if reports > 1 else "printed in one report"]
    lines.append(f"<span style='color:{look.quiet}'>{quiet[0]}</span>")
    if point["flag"]:
        lines.append(f"<span style='color:{look.warning}'>{FLAGS[Flag(point['flag'])]}</span>")
    return "<br>".join(lines)
