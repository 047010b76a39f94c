"""What stands in a panel of running totals: band, lines, marks, what lies above the axis, and names of lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from dashboard.charts import labels, marks
from dashboard.charts.labels import Label
from dashboard.charts.panel import Panel
from dashboard.charts.scale import Scale
from dashboard.charts.time_axis import Span
from dashboard.look import theme, who, wording
from dashboard.look.colours import UNNAMED
from dashboard.look.theme import Theme
from dashboard.view.query import in_words
from dashboard.view.standing import Series
from tracker.timelines.series import Frequency

OLD = 180
"""Days before the end of the chart after which the last number of a line is written with its month."""

MILLION = 1_000_000

EDGE = 0.985
"""Where totals above the axis are marked, as a share of its height."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The axis of a panel of rates, the period of a bar, and the theme."""

    name: str
    freq: Frequency
    look: Theme


def axis_of(scale: Scale) -> dict[str, Any]:
    """The scale in plotly's words. Millions are written short, since the margin has room for seven signs."""
    short = {"tickformat": "~s"} if scale.highest >= MILLION else {}
    if scale.log:
        return short | {"type": "log", "range": scale.range, "dtick": 1}
    return short | {"type": "linear", "range": scale.range}


def layout_name(axis: str) -> str:
    """The name of an axis in the layout: "y2" is "yaxis2"."""
    return axis.replace("y", "yaxis", 1)


def traces(panel: Panel, scale: Scale, look: Theme, *, band: bool) -> list[dict[str, Any]]:
    """All marks of a panel, those that matter most last: they are drawn over the others."""
    found = _band(panel, look) if band else []
    grey = [mark for one in reversed(panel.grey) for mark in _series(one, panel, scale, look)]
    coloured = [mark for one in reversed(panel.coloured) for mark in _series(one, panel, scale, look)]
    inside = panel.marks[panel.marks["value"].astype(float) <= scale.highest]
    nameless = inside[inside["source_name"] == UNNAMED]
    unnamed = marks.series(_points(nameless, look), UNNAMED, wording.source(None), look) if len(nameless) else []
    above = panel.marks[panel.marks["value"].astype(float) > scale.highest]
    edge = [marks.beyond(_points(above, look), scale.at(EDGE), look)] if len(above) else []
    named = inside[inside["source_name"] != UNNAMED]
    ends = marks.open_ends(named, scale, look)
    drawn = [*found, *unnamed, *grey, *ends, *coloured, *marks.rings(inside, look), *edge]
    return [_above_zero(one, scale) for one in drawn] if scale.log else drawn


def _above_zero(trace: dict[str, Any], scale: Scale) -> dict[str, Any]:
    """The trace with zeros at the lower end of a logarithmic axis, which has no place for them."""
    return trace | {"y": [None if pd.isna(y) else max(float(y), scale.lowest) for y in trace["y"]]}


def ending(panel: Panel, scale: Scale, look: Theme, newest: pd.Timestamp) -> list[Label]:
    """The name of each coloured line with its last number, the one that leads first. `newest`: the end of the chart."""
    found = []
    for one in panel.coloured:
        last = one.last
        number = wording.hedged(last["qualifier"], last["value"], last["low"], last["high"])
        number = f"{number} {who.people(one.of['counted'])}"
        if (newest - last["day"]).days > OLD:
            number += f", {in_words(last['date'][:7], short=True)}"
        height = scale.height(float(last["value"]))
        found.append(Label(wording.source(one.source), height, last["day"], look.colour(one.source), number))
    return found


def taken(panel: Panel, scale: Scale, days: Span) -> labels.Spots:
    """The lines and marks of a panel that labels should not cover."""
    lines = [_heights(one.points, scale) for one in (*panel.coloured, *panel.grey)]
    single = [_heights(rows, scale) for rows in (panel.off_line, panel.unnamed)]
    return np.concatenate([labels.spots(lines, days), labels.spots(single, days, stepped=False)])


def _heights(rows: pd.DataFrame, scale: Scale) -> list[tuple[pd.Timestamp, float]]:
    return [(day, scale.height(float(value))) for day, value in zip(rows["day"], rows["value"], strict=True)]


def edge_note(panel: Panel, scale: Scale, top: float, look: Theme) -> list[dict[str, Any]]:
    """How many totals lie above the axis, and the highest of them, at the right end of the heading."""
    above = panel.marks["value"][panel.marks["value"].astype(float) > scale.highest]
    return note_above(above, "report", top, look)


def note_above(values: pd.Series[Any], what: str, top: float, look: Theme) -> list[dict[str, Any]]:
    """How many numbers lie above an axis, and the highest of them. Beside the heading, on a narrow page under it."""
    if values.empty:
        return []
    text = f"▲ {wording.many(len(values), what)} above this axis, up to {wording.number(values.max())}"
    note = theme.heading(text, top, look) | {"x": 1, "xanchor": "right", "font": {"size": 12, "color": look.warning}}
    under = {"yanchor": "top", "yshift": -1, "bgcolor": theme.see_through(look.surface, 0.8)}
    return [note | under if look.narrow else note]


def reference(name: str, table: pd.DataFrame, look: Theme) -> dict[str, Any]:
    """An official dataset as a thin line of its own."""
    hover_texts = [
        f"<b>{wording.number(value)}</b><br>{theme.escaped(name)}<br>{in_words(day.date().isoformat())}"
        for day, value in zip(table["date"], table["value"], strict=True)
    ]
    return {
        "type": "scatter",
        "x": table["date"],
        "y": table["value"],
        "mode": "lines",
        "name": name,
        "line": {"width": 1.4, "color": look.quiet, "dash": "dashdot"},
        "hovertext": hover_texts,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def reference_label(name: str, table: pd.DataFrame, scale: Scale, look: Theme) -> Label:
    """The name of an official dataset at the end of its line."""
    height = scale.height(float(table["value"].iloc[-1]))
    return Label(f"{name} (reference)", height, table["date"].iloc[-1], look.quiet)


def _series(one: Series, panel: Panel, scale: Scale, look: Theme) -> list[dict[str, Any]]:
    """The line of a series, with marks for all of its totals that the axis holds, also for those off the line."""
    own = panel.off_line
    if len(own):
        own = own[(own[list(one.of)] == list(one.keys)).all(axis=1)]
    rows = pd.concat([one.points, own]).sort_values("day", kind="stable")
    *line, dots = marks.series(_points(rows, look), one.source, _name(one), look)
    inside = rows[rows["value"].astype(float) <= scale.highest]
    if len(inside) == len(rows):
        return [*line, dots]
    seen = marks.series(_points(inside, look), one.source, _name(one), look)[-1:] if len(inside) else []
    return [*line, *seen]


def _points(rows: pd.DataFrame, look: Theme) -> marks.Points:
    return marks.points(rows, [marks.hover(point, look) for point in rows[list(marks.HOVERED)].to_dict("records")])


def _name(one: Series) -> str:
    return f"{wording.source(one.source)}: {who.count_in_words(one.of)}"


def _band(panel: Panel, look: Theme) -> list[dict[str, Any]]:
    """The disagreement as a band: from the lowest to the highest current total of each day."""
    rows = panel.band()
    if rows.empty:
        return []
    edge = {"shape": "hv", "width": 0, "color": look.bar}
    line = {"type": "scatter", "x": rows["date"], "mode": "lines", "line": edge, "hoverinfo": "skip"}
    fill = {"fill": "tonexty", "fillcolor": theme.see_through(look.bar, 0.2)}
    return [
        line | {"y": rows["low"], "name": "lowest"},
        line | {"y": rows["high"], "name": "between the lowest and the highest"} | fill,
    ]
