"""The time range of the chart, set by the slider or by dragging over the chart, and kept in the address."""

from __future__ import annotations

from datetime import date
from typing import Any

import dash_mantine_components as dmc
import pandas as pd
from dash import ClientsideFunction, Dash, Input, Output, State, dcc
from dash.exceptions import PreventUpdate

from dashboard.charts.time_axis import Span
from dashboard.look import ids
from dashboard.view.data import Data
from dashboard.view.query import View, search


def register(app: Dash, data: Data) -> None:
    """Write the chosen time range into the address."""

    @app.callback(
        Output(ids.URL, "search", allow_duplicate=True),
        Input(ids.SPAN, "value"),
        State(ids.SPAN_SHOWN, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def brush(chosen: list[int] | None, shown: list[int] | None, address: str | None) -> str:
        if not chosen:
            raise PreventUpdate
        days = "" if chosen == shown else ",".join(date.fromordinal(day).isoformat() for day in chosen)
        return zoomed(data, address, days)

    @app.callback(
        Output(ids.URL, "search", allow_duplicate=True),
        Input(ids.ZOOM, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def drag(days: str | None, address: str | None) -> str:
        if days is None:
            raise PreventUpdate
        return zoomed(data, address, days)

    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("tracker", "dragged"),
        Output(ids.ZOOM, "data"),
        Input(ids.CHART, "relayoutData"),
        prevent_initial_call=True,
    )


def zoomed(data: Data, address: str | None, days: str) -> str:
    """The address with this time range; PreventUpdate if it has it already."""
    default = data.default("/timeline")
    view = data.view_at("/timeline", address)
    if view.option("range") == days:
        raise PreventUpdate
    return search(view.having(range=days), default)


def time_range(text: str) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """The first and last day of "2012-03-01,2013-12-31"; None for anything else."""
    try:
        first, last = (date.fromisoformat(part) for part in text.split(","))
    except ValueError:
        return None
    return (pd.Timestamp(first), pd.Timestamp(last)) if first < last else None


def slider(ends: Span | None, at_first: Span | None, view: View) -> list[Any]:
    """A slider over the whole time, set to the range that the chart shows; nothing for less than two days.

    `ends`: the first and last day of all marks. `at_first`: those that the chart shows if the reader has chosen none.
    """
    if ends is None or (ends[1] - ends[0]).days < 2:
        return []
    first, last = (day.date().toordinal() for day in ends)
    shown, default = (
        [min(max(day.date().toordinal(), first), last) for day in days or ends]
        for days in (time_range(view.option("range")) or at_first, at_first)
    )
    years = range(ends[0].year + 1, ends[1].year + 1)
    marks = [{"value": date(year, 1, 1).toordinal(), "label": str(year)} for year in years]
    control = dmc.RangeSlider(
        id=ids.SPAN,
        min=first,
        max=last,
        value=shown,
        marks=marks[:: max(1, len(marks) // 8)],
        minRange=1,
        size="sm",
        label={"function": "dayInWords"},
        thumbFromLabel="First day shown",
        thumbToLabel="Last day shown",
        updatemode="mouseup",
    )
    return [control, dcc.Store(id=ids.SPAN_SHOWN, data=default)]
