"""The marks of running totals: steps, points by their qualifier, open ends, ranges, and rings around flagged ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.charts.scale import Scale
from dashboard.look import wording
from dashboard.look.colours import UNNAMED
from dashboard.look.theme import Theme, escaped, see_through
from dashboard.look.who import count_in_words
from dashboard.view.query import in_words
from dashboard.view.standing import PANEL
from tracker.timelines.disagreement import CURRENT
from tracker.timelines.totals import OFF_LINE, Flag

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
MANY = 60
"""A series of so many totals has smaller marks, so that its line can be seen."""

WHOLE = {"cliponaxis": False}
"""A mark at an end of the axis is drawn whole, not cut in half."""

WHISKER = 0.05
"""The length of the line at an open end, as a share of the axis."""

FLAGS = {
    Flag.REVISION: "lower than the total before: a revision",
    Flag.CONFLICTING: "contradicted by other totals of this source in the same weeks: left out of the line",
    Flag.ROUNDED: "lower than the total before only because it is rounded",
    Flag.OUTLIER: "far from the totals beside it: probably misread, or of other people; left out of the line",
}
HOVERED = (*PANEL, "figure", "source_name", "date", "value", "reports", "flag")
"""The columns of a total that the hover text tells."""

RINGED = (Flag.REVISION, *OFF_LINE)


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
    is_grey = source not in look.line_styles
    marker = {
        "symbol": some.symbol,
        "size": 6 if is_grey else 8 if len(some.ids) < MANY else 5,
        "color": colour,
        "opacity": 0.55 if is_grey else 1,
        "line": {"width": 1.4, "color": colour},
    }
    bounds = {"type": "data", "symmetric": False, "array": some.above, "arrayminus": some.below}
    marks = WHOLE | {
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
    stroke = {"shape": "hv", "width": 1.1 if is_grey else 2.4, "color": colour}
    days, values = held(some.day[some.on_line], some.value[some.on_line])
    ends = {"x": days, "y": values}
    return [{"type": "scatter", "mode": "lines", "line": stroke, "hoverinfo": "skip", "name": name} | ends, marks]


def held(days: npt.NDArray[np.datetime64], values: npt.NDArray[Any]) -> tuple[list[Any], list[Any]]:
    """The corners of a line that ends where its source has been silent for a year, until its next total.

    In: the days and numbers of its totals, in order. Out: the same with an end and a gap in each silence.
    """
    year = np.timedelta64(CURRENT, "D")
    found: list[tuple[Any, Any]] = []
    for day, value in zip(days, values, strict=True):
        if found and day - found[-1][0] > year:
            found += [(found[-1][0] + year, found[-1][1]), (found[-1][0] + year, None)]
        found.append((day, value))
    return [day for day, _ in found], [value for _, value in found]


def _is_on_line(points: pd.DataFrame) -> pd.Series[bool]:
    """Whether the line of a source goes through a point: not if it contradicts the source's other totals."""
    return ~points["flag"].isin(OFF_LINE)


def open_ends(totals: pd.DataFrame, scale: Scale, look: Theme) -> list[dict[str, Any]]:
    """A short line at each number that is a bound: upwards for "at least", downwards for "up to"."""
    traces = []
    for bounds, direction in ((UPWARDS, 1), (DOWNWARDS, -1)):
        open_ended = totals[totals["qualifier"].isin(bounds)]
        xs: list[pd.Timestamp | None] = []
        ys: list[float | None] = []
        for day, value in zip(open_ended["day"], open_ended["value"], strict=True):
            xs += [day, day, None]
            ys += [float(value), scale.moved(float(value), direction * WHISKER), None]
        if xs:
            stroke = {"width": 1.5, "color": look.quiet}
            line = {"mode": "lines", "line": stroke, "hoverinfo": "skip", "name": "open end"}
            traces.append({"type": "scatter", "x": xs, "y": ys} | line)
    return traces


def rings(totals: pd.DataFrame, look: Theme) -> list[dict[str, Any]]:
    """A ring around each total that fell or is an outlier. Nothing is removed."""
    flagged = totals[totals["flag"].isin(RINGED)]
    ring = {"symbol": "circle-open", "size": 13, "color": look.warning, "line": {"width": 1.2}}
    drawn = WHOLE | {"type": "scatter", "mode": "markers", "marker": ring, "hoverinfo": "skip", "name": "flagged"}
    return [drawn | {"x": flagged["day"], "y": flagged["value"]}] if len(flagged) else []


def beyond(some: Points, top: float, look: Theme) -> dict[str, Any]:
    """The totals above the axis, marked at its upper edge."""
    marker = {"symbol": "triangle-up", "size": 9, "color": look.warning}
    return WHOLE | {
        "type": "scatter",
        "mode": "markers",
        "x": some.day,
        "y": [top] * len(some.ids),
        "name": "above the axis",
        "marker": marker,
        "customdata": some.ids,
        "hovertext": some.hover,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def hover(point: Mapping[Any, Any], look: Theme) -> str:
    """The hover text of a point: the exact words, who is counted, the source, the as-of date, the reports, its flag."""
    source = wording.source(point["source_name"])
    lines = [
        f"<b>{escaped(str(point['figure']))}</b>",
        escaped(count_in_words({name: str(point[name]) for name in PANEL})),
        f"{escaped(source)}, as of {in_words(point['date'])}",
    ]
    if not pd.isna(point["value"]) and str(wording.number(point["value"])) not in str(point["figure"]):
        lines[0] += f" → {wording.number(point['value'])}"
    reports = int(point["reports"])
    quiet = [f"printed in {reports:,} independent reports" if reports > 1 else "printed in one report"]
    lines.append(f"<span style='color:{look.quiet}'>{quiet[0]}</span>")
    if point["flag"]:
        lines.append(f"<span style='color:{look.warning}'>{FLAGS[Flag(point['flag'])]}</span>")
    return "<br>".join(lines)
