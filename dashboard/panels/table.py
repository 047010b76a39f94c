"""The table of the figures in view, and their download as CSV."""

from __future__ import annotations

from typing import Any

import dash_ag_grid as dag
import dash_mantine_components as dmc
import pandas as pd
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update
from dash.exceptions import PreventUpdate

from dashboard import ids, words
from dashboard.data import Data
from tracker.export import csv_text

SHOWN = (
    ("date", "Date", 118),
    ("figure", "Figure", 170),
    ("value", "Value", 110),
    ("outcome", "Outcome", 112),
    ("victims", "Victims", 160),
    ("source_name", "Source", 200),
    ("place", "Place", 140),
    ("scope", "Scope", 120),
    ("publisher", "Publisher", 170),
    ("quote", "Quote", 420),
)
"""Columns of the table: column of the exchange format, heading, width."""

THEME = (
    "themeQuartz.withParams({backgroundColor:'var(--surface)',foregroundColor:'var(--ink)',"
    "borderColor:'var(--line)',headerBackgroundColor:'var(--surface)',headerTextColor:'var(--quiet)',"
    "oddRowBackgroundColor:'var(--surface)',rowHoverColor:'var(--hover)',accentColor:'var(--accent)',"
    "chromeBackgroundColor:'var(--surface)',menuBackgroundColor:'var(--surface)',inputBackgroundColor:'var(--surface)',"
    "fontFamily:'inherit',headerFontWeight:500,wrapperBorder:false,wrapperBorderRadius:0,spacing:7})"
)


def layout() -> html.Section:
    """Heading with the number of rows and the download, and the table."""
    return html.Section(
        [
            html.Div(
                [
                    html.Div([html.H1("Figures"), html.P(id=ids.COUNT, className="phrase", role="status")]),
                    dmc.Button("Download CSV", id=ids.DOWNLOAD_BUTTON, variant="default", size="sm"),
                ],
                className="panel-head",
            ),
            dag.AgGrid(
                id=ids.TABLE,
                columnDefs=_columns(),
                rowData=[],
                defaultColDef={"sortable": True, "filter": True, "resizable": True, "floatingFilter": False},
                getRowId="params.data.figure_id",
                dashGridOptions={
                    "theme": {"function": THEME},
                    "animateRows": False,
                    "tooltipShowDelay": 400,
                    "suppressCellFocus": False,
                    "enableCellTextSelection": True,
                },
                className="table",
                style={"height": "560px", "width": "100%"},
            ),
            dcc.Store(id=ids.DOWNLOAD_ROWS),
            dcc.Download(id=ids.DOWNLOAD),
        ],
        className="panel",
    )


def register(app: Dash, data: Data) -> None:
    """Fill the table, count its rows, and hand them out as a file."""

    @app.callback(Output(ids.TABLE, "rowData"), Input(ids.VIEW, "data"), Input(ids.REVISION, "data"))
    def fill(address: str | None, _revision: int) -> list[dict[str, Any]]:
        if address is None:
            raise PreventUpdate
        return rows(data.rows(address))

    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("tracker", "countRows"),
        Output(ids.COUNT, "children"),
        Input(ids.TABLE, "virtualRowData"),
        Input(ids.TABLE, "rowData"),
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("tracker", "rowsInView"),
        Output(ids.DOWNLOAD_ROWS, "data"),
        Input(ids.DOWNLOAD_BUTTON, "n_clicks"),
        State(ids.TABLE, "virtualRowData"),
        State(ids.TABLE, "rowData"),
        prevent_initial_call=True,
    )

    @app.callback(Output(ids.DOWNLOAD, "data"), Input(ids.DOWNLOAD_ROWS, "data"), prevent_initial_call=True)
    def download(wanted: dict[str, Any] | None) -> Any:
        if not wanted:
            return no_update
        return {"content": csv_text(data.picked(wanted["ids"])), "filename": "figures.csv", "type": "text/csv"}


def rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as the grid takes them: plain values, None for what is missing."""
    names = ["figure_id", *(name for name, _, _ in SHOWN)]
    shown = table.loc[:, names].assign(source_name=table["source_name"].map(words.source, na_action=None))
    plain = shown.astype(object).where(shown.notna(), None)
    return plain.to_dict("records")  # type: ignore[return-value]


def _columns() -> list[dict[str, Any]]:
    columns = []
    for name, heading, width in SHOWN:
        column: dict[str, Any] = {"field": name, "headerName": heading, "width": width}
        # every cell is text or a number to the grid, whatever it looks like: nothing is guessed, nothing is a formula
        column["cellDataType"] = "number" if name == "value" else "text"
        column["filter"] = "agNumberColumnFilter" if name == "value" else "agTextColumnFilter"
        if name == "value":
            column["valueFormatter"] = {"function": "params.value == null ? '' : d3.format(',')(params.value)"}
            column["type"] = "rightAligned"
        if name in ("quote", "figure", "source_name"):
            column["tooltipField"] = name
        columns.append(column)
    return columns
