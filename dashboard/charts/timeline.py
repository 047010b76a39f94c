"""The timeline chart: running totals of each source as steps, or their rises, with the incidents as bars beneath."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import bars, labels, marks
from dashboard.charts.scale import Scale
from dashboard.look import theme, wording
from dashboard.look.colours import UNNAMED
from dashboard.look.theme import Theme
from dashboard.view.query import in_words
from tracker.timelines.series import added_up, largest
from tracker.timelines.totals import SERIES

HEIGHT, LOW_HEIGHT = 600, 480
"""Pixels of the whole chart on a wide page and on a narrow one."""

TOP, BOTTOM = 34, 34
TOTALS_HEADING = {False: "Running totals, as reported", True: "By how much each total rose since the one before"}
SPLIT = {"totals": (0.36, 1.0), "bars": (0.0, 0.22)}


@dataclass(frozen=True, slots=True)
class Note:
    """A note that the reader wrote for a day."""

    day: pd.Timestamp
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """What is drawn: running totals and incidents (tracker.timelines), the disagreement among the totals as a band,
    series of official datasets by their names (columns date and value), and the reader's own notes.
    """

    totals: pd.DataFrame
    incidents: pd.DataFrame
    band: pd.DataFrame | None = None
    references: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """How it is drawn. `bars`: "D", "W", "M" or "auto". `added`: a bar is a sum and not the largest incident.

    `rises`: increases instead of totals. `span`: the days shown.
    """

    bars: str = "auto"
    added: bool = False
    rises: bool = False
    span: tuple[pd.Timestamp, pd.Timestamp] | None = None


def timeline(content: Content, style: Style, theme_: Theme) -> go.Figure:
    """The chart. `customdata` of each mark holds the ids of its figures, separated by blanks.

    `layout.meta["legend"]` lists the series whose names do not fit into the chart.
    """
    totals, events = content.totals, content.incidents[content.incidents["day"].notna()]
    ends = span(content)
    if ends is None:
        some = len(totals) + len(content.incidents)
        return theme.nothing(theme_, "No figure in view has both a date and a number." if some else "Nothing in view.")
    freq: Any = bars.frequency(pd.Series(ends)) if style.bars == "auto" else style.bars
    periods = added_up(events, freq) if style.added else largest(events, freq)
    parts = [name for name, table in (("totals", totals), ("bars", periods)) if len(table)]
    chart, frame = go.Figure(), _frame(parts, style.span or _with_room(ends), theme_)
    ending: list[labels.Label] = []
    if len(totals):
        scale, ending = _add_totals(chart, content, style, theme_)
        frame["yaxis"] |= _axis_of(scale)
        frame["annotations"].append(theme.heading(TOTALS_HEADING[style.rises], _domain("totals", parts)[1], theme_))
    if len(periods):
        bars.add_bars(chart, periods, freq, style.added, theme_)
        heading = bars.in_words(freq, added=style.added)
        frame["annotations"].append(theme.heading(heading, _domain("bars", parts)[1], theme_))
    _add_notes(frame, content.notes, theme_)
    _name_lines(frame, ending, parts, theme_)
    chart.layout = frame
    return chart


def span(content: Content) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """The first and last day of all marks; None if there are no marks."""
    days = pd.concat([content.totals["day"], content.incidents["day"]]).dropna()
    return None if days.empty else (days.min(), days.max())


def series_names(totals: pd.DataFrame, theme_: Theme) -> dict[tuple[Any, ...], str]:
    """The name of each series: its source, with outcome, conflict, area and group if several are in view."""
    several = {name: totals[name].nunique() > 1 for name in ("outcome", "conflict")}
    series = list(totals[list(SERIES)].drop_duplicates().itertuples(index=False, name=None))
    areas, counts = defaultdict[Any, set[Any]](set), defaultdict[Any, set[Any]](set)
    for conflict, outcome, source, area, counted, since in series:
        areas[source, conflict].add(area)
        counts[source, conflict, outcome].add((counted, since))
    names = {}
    for keys in series:
        conflict, outcome, source, area, counted, since = keys
        group = wording.counted(counted, since)
        parts = [wording.source(source)]
        parts += [str(outcome)] if several["outcome"] else []
        parts += [wording.conflict(conflict, theme_.names)] if several["conflict"] else []
        parts += [wording.area(area)] if len(areas[source, conflict]) > 1 and area else []
        parts += [group] if len(counts[source, conflict, outcome]) > 1 and group else []
        names[keys] = ", ".join(parts)
    return names


def rises(totals: pd.DataFrame) -> pd.DataFrame:
    """By how much each source's total rose since the previous one: the same rows, with `before` and `rise`.

    Totals that are not on the lines are left out, and so is the first total of each series.
    """
    kept = marks.on_line(totals[totals["source_name"] != UNNAMED])
    groups = kept.groupby(list(SERIES), sort=False, dropna=False)
    found = kept.assign(before=groups["day"].shift(), rise=kept["value"] - groups["value"].shift())
    return found[found["before"].notna() & (found["before"] < found["day"])]


def _add_totals(chart: go.Figure, content: Content, style: Style, theme_: Theme) -> tuple[Scale, list[labels.Label]]:
    """Draw the series, those without a source behind the others. Out: the axis, and the labels of the lines."""
    totals, names = content.totals, series_names(content.totals, theme_)
    if style.rises:
        return _add_rises(chart, rises(totals), names, theme_)
    known = [table["value"] for table in content.references.values()]
    scale = Scale.of(pd.concat([totals["value"], *known]), log=theme_.log)
    if content.band is not None:
        _add_band(chart, content.band, theme_)
    ending = [_add_reference(chart, name, table, scale, theme_) for name, table in content.references.items()]
    marks.add_open_ends(chart, totals, scale, theme_)
    points, sources = marks.points(totals, _hovers(totals, names, theme_)), totals["source_name"].astype(str).tolist()
    traces: list[dict[str, Any]] = []
    for keys, at in sorted(_by_series(totals), key=lambda one: sources[one[1][0]] != UNNAMED):
        source = sources[at[0]]
        traces += marks.series(points.at(at), source, names[keys], theme_)
        if source != UNNAMED:
            last = totals.iloc[next((place for place in reversed(at) if points.on_line[place]), at[-1])]
            height = scale.height(float(last["value"]))
            ending.append(labels.Label(names[keys], height, theme_.colour(source), _last_number(last, content)))
    chart.add_traces(traces)
    marks.add_rings(chart, totals, theme_)
    return scale, ending


def _by_series(totals: pd.DataFrame) -> list[tuple[tuple[Any, ...], list[int]]]:
    """Each series with the positions of its rows, in the order of the table."""
    rows: dict[tuple[Any, ...], list[int]] = {}
    for place, keys in enumerate(totals[list(SERIES)].itertuples(index=False, name=None)):
        rows.setdefault(keys, []).append(place)
    return list(rows.items())


def _hovers(totals: pd.DataFrame, names: Mapping[tuple[Any, ...], str], theme_: Theme) -> list[str]:
    """The hover texts of all points."""
    points = totals.to_dict("records")
    return [marks.hover(point, names[tuple(point[key] for key in SERIES)], theme_) for point in points]


def _last_number(last: pd.Series[Any], content: Content) -> str:
    """The last number of a line; with its month if other lines go on for more than half a year longer."""
    number = wording.hedged(last["qualifier"], last["value"], last["low"], last["high"])
    old = (content.totals["day"].max() - last["day"]).days > 180
    return f"{number} ({in_words(last['date'][:7], short=True)})" if old else number


def _add_rises(
    chart: go.Figure, risen: pd.DataFrame, names: Mapping[tuple[Any, ...], str], theme_: Theme
) -> tuple[Scale, list[labels.Label]]:
    """A box for each rise: its width is the time between the two totals, its height the increase."""
    scale = Scale.of(risen["rise"], log=False)
    legend = []
    for keys, some in risen.groupby(list(SERIES), sort=False, dropna=False):
        source = str(some["source_name"].iloc[0])
        colour = theme_.colour(source)
        chart.add_bar(
            x=some["before"],
            y=some["rise"],
            width=((some["day"] - some["before"]).dt.days * bars.DAY).tolist(),
            offset=0,
            name=names[keys],
            marker={"color": theme.see_through(colour, 0.25), "line": {"width": 1.4, "color": colour}},
            customdata=[" ".join(ids) for ids in some["figure_ids"]],
            hovertext=[_rise_hover(rise, names[keys]) for rise in some.to_dict("records")],
            hovertemplate="%{hovertext}<extra></extra>",
        )
        legend.append(labels.Label(names[keys], scale.height(float(some["rise"].iloc[-1])), colour))
    return scale, legend


def _rise_hover(rise: Mapping[Any, Any], name: str) -> str:
    before = in_words(rise["before"].date().isoformat())
    number = f"{int(rise['rise']):+,}".replace("-", "−")
    what = f"<b>{number}</b> {theme.escaped(str(rise['outcome']))}"
    return f"{what}<br>{theme.escaped(name)}<br>from {before} to {in_words(rise['date'])}"


def _add_band(chart: go.Figure, band: pd.DataFrame, theme_: Theme) -> None:
    """The disagreement as a band: from the lowest to the highest current total of each day."""
    edge = {"shape": "hv", "width": 0, "color": theme_.bar}
    fill = theme.see_through(theme_.bar, 0.22)
    for name, more in (("low", {}), ("high", {"fill": "tonexty", "fillcolor": fill})):
        chart.add_scatter(
            x=band["date"], y=band[name], mode="lines", line=edge, hoverinfo="skip", name="disagreement", **more
        )


def _add_reference(chart: go.Figure, name: str, table: pd.DataFrame, scale: Scale, theme_: Theme) -> labels.Label:
    """An official dataset as a thin line of its own."""
    hover_texts = [
        f"<b>{wording.number(value)}</b><br>{theme.escaped(name)}<br>{in_words(day.date().isoformat())}"
        for day, value in zip(table["date"], table["value"], strict=True)
    ]
    chart.add_scatter(
        x=table["date"],
        y=table["value"],
        mode="lines",
        name=name,
        line={"width": 1.4, "color": theme_.quiet, "dash": "dashdot"},
        hovertext=hover_texts,
        hovertemplate="%{hovertext}<extra></extra>",
    )
    return labels.Label(name, scale.height(float(table["value"].iloc[-1])), theme_.quiet, "(reference)")


def _domain(part: str, parts: list[str]) -> tuple[float, float]:
    return SPLIT[part] if len(parts) > 1 else (0.0, 1.0)


def _height(parts: list[str], theme_: Theme) -> int:
    full = LOW_HEIGHT if theme_.narrow else HEIGHT
    return full if "totals" in parts else 280


def _frame(parts: list[str], ends: tuple[pd.Timestamp, pd.Timestamp], theme_: Theme) -> dict[str, Any]:
    """The layout without the range of the numbers: axes, margins, and empty lists of annotations and shapes."""
    margin = {"l": 44 if theme_.narrow else 58, "r": 12, "t": TOP, "b": BOTTOM, "pad": 0}
    axis = {
        "showgrid": False,
        "zeroline": False,
        "linecolor": theme_.line,
        "tickcolor": theme_.line,
        "ticks": "outside",
    }
    number = {"gridcolor": theme_.line, "zeroline": False, "tickformat": "~s", "showline": False, "fixedrange": True}
    frame = theme.layout(
        theme_,
        height=_height(parts, theme_),
        margin=margin,
        barmode="overlay",
        dragmode=False if theme_.narrow else "zoom",
        uirevision="stay",
        xaxis=axis | {"range": list(ends), "anchor": "y2" if "bars" in parts else "y", "type": "date"},
        annotations=[],
        shapes=[],
    )
    if "totals" in parts:
        frame["yaxis"] = number | {"nticks": 6, "domain": list(_domain("totals", parts))}
    if "bars" in parts:
        beneath = {"nticks": 3, "domain": list(_domain("bars", parts)), "anchor": "x", "rangemode": "tozero"}
        frame["yaxis2"] = number | beneath
    return frame


def _axis_of(scale: Scale) -> dict[str, Any]:
    if scale.log:
        return {"type": "log", "range": scale.range, "dtick": 1}
    return {"type": "linear", "range": scale.range}


def _name_lines(frame: dict[str, Any], ending: list[labels.Label], parts: list[str], theme_: Theme) -> None:
    """Names beside the lines if there is room; the other names go into `meta`, for a legend on the page."""
    left_out = sorted(ending, key=lambda one: -one.height)
    if ending and not theme_.narrow:
        domain = _domain("totals", parts)
        room = (domain[1] - domain[0]) * (_height(parts, theme_) - TOP - BOTTOM)
        written, left_out = labels.beside(ending, domain, room)
        frame["annotations"] += written
        frame["margin"]["r"] = labels.margin(ending)
    frame["meta"] = {"legend": [{"name": one.full, "colour": one.colour} for one in left_out]}


def _add_notes(frame: dict[str, Any], notes: tuple[Note, ...], theme_: Theme) -> None:
    """The reader's own notes: a dotted line at the day, with the words at its top, in up to three rows."""
    line = {"width": 1, "dash": "dot", "color": theme_.quiet}
    for number, note in enumerate(sorted(notes, key=lambda one: one.day)):
        ends = {"x0": note.day, "x1": note.day, "y0": 0, "y1": 1, "yref": "paper"}
        frame["shapes"].append({"type": "line", "line": line} | ends)
        place = {"x": note.day, "y": 1, "yref": "paper", "yanchor": "top", "xanchor": "left", "xshift": 3}
        text = {"text": theme.escaped(wording.clipped(note.text, 40)), "font": {"size": 11.5, "color": theme_.ink}}
        behind = {"showarrow": False, "bgcolor": theme.see_through(theme_.surface, 0.8), "yshift": -15 * (number % 3)}
        frame["annotations"].append(place | text | behind)


def _with_room(ends: tuple[pd.Timestamp, pd.Timestamp]) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The days with a little room before and after them."""
    room = max((ends[1] - ends[0]).days, 20)
    return ends[0] - pd.Timedelta(days=round(room * 0.03) + 1), ends[1] + pd.Timedelta(days=round(room * 0.03) + 2)
