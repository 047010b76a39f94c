"""The page: the one place where its parts meet."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, dcc, html

from dashboard import ids
from dashboard.data import Data
from dashboard.panels import cards, chart, evidence, filters, reading, table
from tracker.store import Store

NAME = "Casualty Tracker"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
PANELS = (filters, cards, chart, table, evidence, reading)


def create_app(store: Store, *, is_sample: bool = False) -> Dash:
    """The dashboard on a store, which may be shared with other processes; `is_sample` puts a banner on the page."""
    data = Data(store, is_sample)
    app = Dash(
        "dashboard",
        title=NAME,
        update_title="",
        serve_locally=True,
        add_log_handler=False,
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    app.layout = lambda: _page(data)
    for panel in PANELS:
        panel.register(app, data)
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("tracker", "screen"), Output(ids.SCREEN, "data"), Input(ids.URL, "pathname")
    )
    return app


def _page(data: Data) -> dmc.MantineProvider:
    return dmc.MantineProvider(
        html.Div(
            [
                dcc.Location(id=ids.URL, refresh=False),
                dcc.Store(id=ids.VIEW),
                dcc.Store(id=ids.SCREEN),
                dcc.Store(id=ids.REVISION, data=data.snapshot().revision),
                _header(data),
                html.Main([filters.layout(), cards.layout(), chart.layout(), table.layout()]),
                _footer(),
                evidence.layout(),
                reading.layout(),
            ],
            className="page",
        ),
        defaultColorScheme="auto",
        theme={"fontFamily": FONT, "headings": {"fontFamily": FONT}, "primaryColor": "dark", "defaultRadius": "sm"},
    )


def _header(data: Data) -> html.Header:
    name = html.Div(
        [html.H1(NAME), html.P("Who reported how many, when – and where it is printed.", className="phrase")]
    )
    parts: list[Any] = [html.Div([name, reading.opener()], className="panel-head")]
    if data.is_sample:
        parts.append(
            html.P(
                [
                    html.Strong("Sample data. "),
                    "Short articles written for this tracker from reported figures. What you add here goes into "
                    "the sample store, not into your own.",
                ],
                className="banner",
                role="note",
            )
        )
    return html.Header(parts)


def _footer() -> html.Footer:
    return html.Footer(
        "Every number is what a source was reported to have said. Sources disagree, count different people and revise; "
        "this page shows them side by side and never adds up or averages their totals."
    )
