"""The timeline chart: running totals of each source as steps, or their rates, with the incidents as bars beneath."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from textwrap import wrap
from typing import Any, cast

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import bars, drawing, labels, rates
from dashboard.charts.drawing import Axis
from dashboard.charts.panel import Left, Panel, panels, tinted
from dashboard.charts.scale import Scale
from dashboard.charts.time_axis import Span, outside, room, shown_span, ticks
from dashboard.look import theme, wording
from dashboard.look.theme import Theme
from dashboard.view.standing import Series
from tracker.timelines.series import Frequency, added_up, largest

FIRST, FIRST_ALONE, FEW, OTHER, BARS = 270, 350, 180, 130, 90
"""The heights of the plots in pixels: the first panel, the same if there is no other, the same if it has single numbers
only, other panels, the incidents.
"""

NARROW_SHARE = 0.85
"""On a narrow page, plots are lower by this factor."""

NARROW_LINE = 42
"""The most characters of a heading that a narrow page holds in one line."""

GAP, TOP = 42, 34

Shown = tuple[list[Panel], Left]
"""The panels of a chart, and what they leave out."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note that the reader wrote for a day."""

    day: pd.Timestamp
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """What is drawn: running totals with their series, those that lead first, and incidents (tracker.timelines), series
    of official datasets by their names (columns date and value), and the reader's own notes.
    """

    totals: pd.DataFrame
    series: Sequence[Series]
    incidents: pd.DataFrame
    references: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """How it is drawn. `bars`: "D", "W", "M", "Y" or "auto". `added`: a bar is a sum and not the largest incident.

    `rates`: what is counted per period instead of totals. `band`: with the band between comparable totals.
    `everything`: all series, not only those that lead. `unnamed`: with reports without a source. `span`: days shown.
    `height`: of the whole chart in pixels; 0: as high as it needs.
    """

    bars: str = "auto"
    added: bool = False
    rates: bool = False
    band: bool = True
    everything: bool = False
    unnamed: bool = True
    span: tuple[pd.Timestamp, pd.Timestamp] | None = None
    height: int = 0


@dataclass(frozen=True, slots=True)
class Plot:
    """One plot of the chart: its axis in plotly's words, the share of the height it takes, and its pixels."""

    axis: str
    domain: tuple[float, float]
    pixels: float


def panels_of(content: Content, style: Style) -> Shown:
    """The panels of the chart, and what they leave out."""
    return panels(content.totals, content.series, everything=style.everything, unnamed=style.unnamed)


def timeline(content: Content, style: Style, theme_: Theme, panels_: Shown | None = None) -> go.Figure:
    """The chart. `customdata` of each mark holds the ids of its figures, separated by blanks.

    `panels_`: those of `panels_of`, if they are known. `layout.meta` has "legend", the series whose names do not fit
    into the chart, and "left", what it does not show.
    """
    events = content.incidents[content.incidents["day"].notna()]
    shown, left = panels_ or panels_of(content, style)
    ends = _ends(shown, events)
    if ends is None:
        some = len(content.totals) + len(content.incidents)
        return theme.nothing(theme_, "No figure in view has both a date and a number." if some else "Nothing in view.")
    look, freq = tinted(theme_, shown), _frequency(style, ends, events)
    days = style.span or _with_room(_whole_bars(ends, events["day"], freq))
    rows = {one.keys: rates.rate_rows(one, freq) for one in shown} if style.rates else {}
    shown = [one for one in shown if not style.rates or len(rows[one.keys])]
    added = style.added or style.rates
    dated = events[bars.exact_enough(events["date_precision"], freq)]
    periods = added_up(dated, freq) if added else largest(dated, freq)
    has_line = bool(shown) and any(len(one.points) > 1 for one in shown[0].coloured)
    heights = _heights(len(shown), with_bars=len(periods) > 0, has_line=has_line, narrow=look.narrow)
    if not heights:
        return theme.nothing(theme_, "Nothing in view can be drawn so: see the table below, or change the options.")
    plots, height = _plots(heights, style.height, room(days))
    chart, frame = go.Figure(), _frame(plots, height, days, look)
    ending: list[labels.Label] = []
    for panel, plot in zip(shown, plots, strict=False):
        if style.rates:
            rates.add_rates(chart, frame, rows[panel.keys], Axis(plot.axis, freq, look))
        else:
            ending += _add_panel(chart, frame, panel, (plot, content, style, look))
        heading = rates.heading(panel, freq, rows[panel.keys]) if style.rates else panel.heading
        frame["annotations"].append(_title(_with_conflict(heading, panel, shown, look), plot, look))
    if len(periods):
        bars.add_bars(chart, periods, bars.Bars(freq, added, plots[-1].axis), look)
        _set_axis_of_bars(frame, periods, shown, plots[-1], look)
        frame["annotations"].append(theme.heading(bars.in_words(freq, added=added), plots[-1].domain[1], look))
    _add_notes(frame, content.notes, look)
    beyond = outside(pd.concat([*(one.marks["day"] for one in shown), events["day"]]), days)
    legend = [{"name": one.full, "colour": one.colour} for one in ending]
    more = {"outside": beyond, "undated": len(events) - len(dated)}
    frame["meta"] = {"legend": legend, "left": asdict(left) | more}
    chart.layout = frame
    return chart


def _frequency(style: Style, ends: Span, events: pd.DataFrame) -> Frequency:
    """The period of a bar: the one that the reader chose, or one that fits the time shown and how exact dates are."""
    if style.bars != "auto":
        return cast("Frequency", style.bars)
    freq: Frequency = "M" if style.rates else bars.frequency(pd.Series(ends))
    return bars.fitting(freq, events["date_precision"])


def _whole_bars(ends: Span, days: pd.Series[pd.Timestamp], freq: Frequency) -> Span:
    """The days to show, with the whole period of the first and the last bar."""
    seen = days[(days >= ends[0]) & (days <= ends[1])].dt.to_period(freq)
    if seen.empty:
        return ends
    return min(ends[0], seen.min().start_time), max(ends[1], seen.max().end_time.normalize())


def _set_axis_of_bars(
    frame: dict[str, Any], periods: pd.DataFrame, shown: Sequence[Panel], plot: Plot, look: Theme
) -> None:
    """The axis of the bars that can be true, with a note on those above it."""
    totals = [float(one.points["value"].max()) for panel in shown for one in panel.coloured]
    high = bars.above(periods, max(totals, default=None))
    if high.all():
        high[:] = False
    within = periods[~high]
    ends = within["high"].where(within["high"].notna(), within["value"])
    scale = Scale.of(pd.concat([within["value"], ends]), log=False)
    frame[drawing.layout_name(plot.axis)] |= drawing.axis_of(scale)
    frame["annotations"] += drawing.note_above(periods["value"][high], "bar", plot.domain[1], look)


def span(content: Content) -> Span | None:
    """The first and last day of all marks; None if there are no marks."""
    days = pd.concat([content.totals["day"], content.incidents["day"]]).dropna()
    return None if days.empty else (days.min(), days.max())


def shown_at_first(content: Content, shown: Sequence[Panel]) -> Span | None:
    """The days that the chart shows if the reader has chosen none. `shown`: its panels."""
    return _ends(shown, content.incidents[content.incidents["day"].notna()])


def _ends(shown: Sequence[Panel], events: pd.DataFrame) -> Span | None:
    """The first and last day to show of the marks of the panels and the bars."""
    lines = [one.points["day"] for panel in shown for one in panel.coloured]
    grey = [one.points["day"] for panel in shown for one in panel.grey]
    singles = [days for one in shown for days in (one.off_line["day"], one.unnamed["day"])]
    return shown_span(lines, [*grey, *singles, events["day"]])


def _add_panel(
    chart: go.Figure, frame: dict[str, Any], panel: Panel, how: tuple[Plot, Content, Style, Theme]
) -> list[labels.Label]:
    """Draw a panel with its axis and labels. Out: the labels that found no room."""
    plot, content, style, look = how
    # a dataset counts everyone: it belongs to the panel that leads
    known = content.references if plot.axis == "y" else {}
    days = (pd.Timestamp(frame["xaxis"]["range"][0]), pd.Timestamp(frame["xaxis"]["range"][1]))
    seen = panel.within(*days) if style.span else panel  # a stretch of time has an axis and labels of its own
    seen = seen if len(seen.marks) else panel
    scale = seen.scale(log=look.log, known=[table["value"] for table in known.values()])
    frame[drawing.layout_name(plot.axis)] |= drawing.axis_of(scale)
    chart.add_traces(
        [one | {"yaxis": plot.axis} for one in drawing.traces(panel, scale, look, band=style.band)]
        + [drawing.reference(name, table, look) | {"yaxis": plot.axis} for name, table in known.items()]
    )
    frame["annotations"] += drawing.edge_note(seen, scale, plot.domain[1], look)
    newest = content.totals["day"].max()
    ending = drawing.ending(seen, scale, look, min(newest, days[1]))
    ending += [drawing.reference_label(name, table, scale, look) for name, table in known.items()]
    if look.narrow:
        return [one for one in ending if one.name]
    within = [one for one in ending if days[0] <= one.day <= days[1]]
    placed, left_out = labels.beside(within, days, plot.pixels, drawing.taken(seen, scale, days))
    bottom, top = scale.range
    for one in placed:
        at = bottom + one.label.height * (top - bottom)
        frame["annotations"].append(labels.written(one, (plot.axis, at, plot.pixels), look))
    frame["margin"]["r"] = max(frame["margin"]["r"], labels.margin(placed))
    return left_out


def _with_conflict(heading: str, panel: Panel, shown: Sequence[Panel], look: Theme) -> str:
    """The heading of a panel, with its conflict if several are in view."""
    several = len({one.keys[0] for one in shown}) > 1
    return f"{heading} · {wording.conflict(panel.keys[0], look.names)}" if several else heading


def _title(text: str, plot: Plot, look: Theme) -> dict[str, Any]:
    """The heading of a panel; on a narrow page a long one is smaller and has two lines."""
    lines = wrap(text, NARROW_LINE) if look.narrow else [text]
    title = theme.heading(text, plot.domain[1], look) | {"text": "<br>".join(map(theme.escaped, lines))}
    return title | {"align": "left", "font": {"size": 13.5 if len(lines) == 1 else 11.5, "color": look.ink}}


def _heights(count: int, *, with_bars: bool, has_line: bool, narrow: bool) -> list[float]:
    """The heights of the plots from top to bottom. `has_line`: the first is more than single numbers."""
    first = (FIRST_ALONE if count == 1 else FIRST) if has_line else FEW
    heights = [first, *([OTHER] * (count - 1))][:count] + ([BARS if count else 220] if with_bars else [])
    return [one * (NARROW_SHARE if narrow else 1) for one in heights]


def _plots(wanted: Sequence[float], height: int, bottom: int) -> tuple[list[Plot], int]:
    """The plots from top to bottom, and the height of the chart; `height` if it is not 0. `bottom`: under the plots."""
    left = height - TOP - bottom - GAP * (len(wanted) - 1)
    share = left / (sum(wanted) or 1) if height else 1.0
    heights = [round(one * share) for one in wanted]
    whole = sum(heights) + GAP * (len(heights) - 1)
    plots, top = [], whole
    for number, high in enumerate(heights):
        axis = f"y{number + 1 if number else ''}"
        plots.append(Plot(axis, (max(top - high, 0) / whole, top / whole), high))
        top -= high + GAP
    return plots, whole + TOP + bottom


def _frame(plots: Sequence[Plot], height: int, ends: tuple[pd.Timestamp, pd.Timestamp], look: Theme) -> dict[str, Any]:
    """The layout without the range of the numbers: axes, margins, and empty lists of annotations and shapes."""
    margin = {"l": 44 if look.narrow else 58, "r": 14, "t": TOP, "b": room(ends), "pad": 0}
    axis = {"showgrid": False, "zeroline": False, "linecolor": look.line, "tickcolor": look.line, "ticks": "outside"}
    number = {"gridcolor": look.line, "zeroline": False, "tickformat": ",~r", "showline": False, "fixedrange": True}
    number |= {"anchor": "x", "rangemode": "tozero"}
    if look.narrow:
        number["tickformat"] = "~s"
    frame = theme.layout(
        look,
        height=height,
        margin=margin,
        barmode="overlay",
        dragmode=False if look.narrow else "zoom",
        uirevision="stay",
        xaxis=axis
        | ticks(ends, narrow=look.narrow)
        | {"range": list(ends), "anchor": plots[-1].axis if plots else "y", "type": "date"},
        annotations=[],
        shapes=[],
    )
    for plot in plots:
        lines = 6 if plot.pixels >= FIRST * NARROW_SHARE else 3
        frame[drawing.layout_name(plot.axis)] = number | {"nticks": lines, "domain": list(plot.domain)}
    return frame


def _add_notes(frame: dict[str, Any], notes: tuple[Note, ...], look: Theme) -> None:
    """The reader's own notes: a dotted line at the day, with the words at its top, in up to three rows."""
    line = {"width": 1, "dash": "dot", "color": look.quiet}
    for number, note in enumerate(sorted(notes, key=lambda one: one.day)):
        ends = {"x0": note.day, "x1": note.day, "y0": 0, "y1": 1, "yref": "paper"}
        frame["shapes"].append({"type": "line", "line": line} | ends)
        place = {"x": note.day, "y": 1, "yref": "paper", "yanchor": "top", "xanchor": "left", "xshift": 3}
        text = {"text": theme.escaped(wording.clipped(note.text, 40)), "font": {"size": 11.5, "color": look.ink}}
        behind = {"showarrow": False, "bgcolor": theme.see_through(look.surface, 0.8), "yshift": -15 * (number % 3)}
        frame["annotations"].append(place | text | behind)


def _with_room(ends: tuple[pd.Timestamp, pd.Timestamp]) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The days with a little room before and after them."""
    room = max((ends[1] - ends[0]).days, 20)
    return ends[0] - pd.Timedelta(days=round(room * 0.03) + 1), ends[1] + pd.Timedelta(days=round(room * 0.03) + 2)
