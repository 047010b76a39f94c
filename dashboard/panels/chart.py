"""The timeline chart with its heading, its scale switch and the legend of its marks."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html
from dash.exceptions import PreventUpdate

from dashboard import ids
from dashboard.data import Data
from dashboard.figures import Look, timeline
from dashboard.query import View, phrase

MARKS = (("●", "exactly"), ("▲", "at least, more than"), ("▼", "up to"), ("○", "about"), ("┃", "range"), ("◇", "vague"))


def scale_switch(view: View) -> dmc.SegmentedControl:
    """Linear or logarithmic axis."""
    choices = [{"value": "linear", "label": "Linear"}, {"value": "log", "label": "Log"}]
    return dmc.SegmentedControl(id={"option": "scale"}, data=choices, value=view.option("scale"), size="xs")


def layout(view: View) -> html.Section:
    """Heading, chart and legend of marks."""
    legend = [html.Span([html.Span(mark, className="mark"), f" {meaning}"]) for mark, meaning in MARKS]
    heading = html.Div([html.H1("Timeline", id=ids.TITLE), html.P(id=ids.PHRASE, className="phrase")])
    return html.Section(
        [
            html.Div([heading, scale_switch(view)], className="panel-head"),
            html.Div(_graph(), className="chart", id="chart"),
            html.P(id=ids.LEGEND, className="marks"),
            html.P(legend, className="marks"),
            html.P(
                "A line joins what one source said over time; it steps where a new total was reported. "
                "Click a mark to read the evidence.",
                className="note",
            ),
        ],
        className="panel",
    )


def _graph() -> dcc.Graph:
    """The chart, blank until the view is known; as high as its box."""
    return dcc.Graph(
        id=ids.CHART,
        figure=go.Figure(layout={"xaxis": {"visible": False}, "yaxis": {"visible": False}}),
        config={"displayModeBar": False, "responsive": True, "scrollZoom": False},
        style={"height": "100%"},
    )


def register(app: Dash, data: Data) -> None:
    """Draw what is in view."""

    @app.callback(
        Output(ids.CHART, "figure"),
        Output(ids.PHRASE, "children"),
        Output(ids.LEGEND, "children"),
        Input(ids.VIEW, "data"),
        Input(ids.SCREEN, "data"),
        Input(ids.REVISION, "data"),
    )
    def draw(address: str | None, screen: dict[str, bool] | None, _revision: int) -> tuple[Any, str, list[html.Span]]:
        if address is None or screen is None:
            raise PreventUpdate
        view = data.view(address)
        look = Look(
            dark=screen.get("dark", False),
            narrow=screen.get("narrow", False),
            log=view.log,
            paints=data.snapshot().paints,
            names=data.names,
        )
        chart = timeline(data.rows(address), look)
        return chart, phrase(view.filters, data.names), _legend(chart)


def _legend(chart: go.Figure) -> list[html.Span]:
    """The names of the series that have no room for one in the chart."""
    return [
        html.Span([html.Span("●", style={"color": one["colour"]}), f" {one['name']}"])
        for one in (chart.layout.meta or {}).get("legend", [])
    ]
