"""The table of the figures in view. The browser holds only the rows that are on screen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import dash_ag_grid as dag
import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update
from dash.exceptions import PreventUpdate

from dashboard.look import ids, wording
from dashboard.look.headings import heading
from dashboard.panels import columns, download
from dashboard.panels.controls import POPOVER, folded
from dashboard.view import column_filters
from dashboard.view.data import FIGURES, Data
from dashboard.view.query import STATUSES, View, phrase, search
from dashboard.view.selection import KEPT, Selection, count, of_view, rows
from tracker.model import Cause
from tracker.timelines.schema import SCHEMA

AT_ONCE = 100
"""Rows in one request of the browser."""

MOST_AT_ONCE = 1000

STATUS_WORDS = {"kept": "All but rejected", "every": "All", "extracted": "Not reviewed"}

THEME = (
    "themeQuartz.withParams({backgroundColor:'var(--surface)',foregroundColor:'var(--ink)',"
    "borderColor:'var(--line)',headerBackgroundColor:'var(--surface)',headerTextColor:'var(--quiet)',"
    "oddRowBackgroundColor:'var(--surface)',rowHoverColor:'var(--hover)',accentColor:'var(--accent)',"
    "chromeBackgroundColor:'var(--surface)',menuBackgroundColor:'var(--surface)',inputBackgroundColor:'var(--surface)',"
    "fontFamily:'inherit',headerFontWeight:500,wrapperBorder:false,wrapperBorderRadius:0,spacing:7})"
)


def layout(view: View) -> html.Section:
    """Heading with the number of rows, search and choices, and the table."""
    hidden = [dcc.Input(id={"option": name}, value=view.option(name), type="hidden") for name in HIDDEN]
    return html.Section(
        [
            html.Div(
                [
                    html.H1("Figures"),
                    html.P("…", id=ids.COUNT, className="phrase", role="status"),
                    html.P(id=ids.NARROWED, className="note"),
                ]
            ),
            html.Div([_find(view), _status(view), _chooser(view), _copy()], className="tools"),
            _grid(view),
            html.P(
                [
                    html.Span(
                        "Click a row, or press Enter on it, to read its sentence and the whole article.",
                        className="on-screen",
                    ),
                    html.Span(
                        "These are the rows that were on the screen. The CSV file has all.", className="paper-only"
                    ),
                ],
                className="note of-rows",
            ),
            *hidden,
            dcc.Store(id=ids.FOLLOWED),
            dcc.Store(id=ids.ANSWERED),
        ],
        className="panel",
    )


HIDDEN = ("sort", "where", "columns")
"""The options that the table itself writes into the address."""


def _find(view: View) -> dmc.TextInput:
    return dmc.TextInput(
        id={"option": "find"},
        label="Find in the quotes",
        placeholder="market shelling, or “field hospital”",
        value=view.option("find"),
        debounce=250,
        className="find",
    )


def _status(view: View) -> dmc.Select:
    choices = [{"value": one, "label": STATUS_WORDS.get(one, one.capitalize())} for one in STATUSES]
    return dmc.Select(
        id={"option": "status"},
        label="Review",
        data=choices,
        value=view.option("status"),
        allowDeselect=False,
        comboboxProps=POPOVER,
        className="status",
    )


def _chooser(view: View) -> html.Details:
    boxes = [dmc.Checkbox(label=heading(name), value=name, size="xs") for name in columns.OFFERED]
    group = dmc.CheckboxGroup(
        html.Div(boxes, className="boxes"),
        id=ids.COLUMNS,
        value=columns.shown(view.option("columns")),
        label="Columns of the table",
    )
    return folded("Columns", [group])


def _copy() -> html.Div:
    return html.Div(
        [
            dmc.Button("Copy rows", id=ids.COPY, variant="default"),
            html.Span(id=ids.COPIED, className="note", role="status"),
        ],
        className="copy",
    )


def _grid(view: View) -> dag.AgGrid:
    selection = of_view(view)
    return dag.AgGrid(
        id=ids.TABLE,
        rowModelType="infinite",
        columnDefs=columns.definitions(view.option("columns"), selection.sort),
        defaultColDef={"sortable": True, "resizable": True, "floatingFilter": False},
        filterModel=column_filters.to_grid(selection.where),
        getRowId="params.data.figure_id",
        dashGridOptions={
            "theme": {"function": THEME},
            "animateRows": False,
            "tooltipShowDelay": 400,
            "suppressCellFocus": False,
            "enableCellTextSelection": True,
            "suppressMultiSort": True,
            "rowSelection": {"mode": "multiRow", "headerCheckbox": False, "enableClickSelection": False},
            "rowBuffer": 20,
            "cacheBlockSize": AT_ONCE,
            "maxBlocksInCache": 30,
            "maxConcurrentDatasourceRequests": 1,
            "suppressColumnVirtualisation": True,
            "infiniteInitialRowCount": 1,
            "blockLoadDebounceMillis": 60,
        },
        className="table",
        style={"height": "560px", "width": "100%"},
    )


def register(app: Dash, data: Data) -> None:
    """Send the rows that the browser asks for, and make it ask again when the view changes."""
    download.register(app, data)

    @app.callback(
        Output(ids.TABLE, "getRowsResponse"),
        Output(ids.COUNT, "children"),
        Output(ids.NARROWED, "children"),
        Output(ids.ANSWERED, "data"),
        Output({"option": "sort"}, "value", allow_duplicate=True),
        Output({"option": "where"}, "value", allow_duplicate=True),
        Input(ids.TABLE, "getRowsRequest"),
        State(ids.VIEW, "data"),
        State(ids.URL, "pathname"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def answer(request: dict[str, Any] | None, known: str | None, path: str, address: str | None) -> tuple[Any, ...]:
        if not request:
            raise PreventUpdate
        # the view is unknown until the filters have read the address
        view = data.view(known) if known is not None else data.view_at(path, address)
        selection = of_grid(view, request)
        where = column_filters.to_text(selection.where)
        total, shown = page_of_rows(data, selection, request)
        is_new = (selection.sort != view.option("sort"), where != view.option("where"))
        return (
            {"rowData": columns.rows(shown, data.snapshot().tables.areas), "rowCount": total},
            count_in_words(total),
            [*narrowed(selection, data), *left_out(selection, data)],
            {"address": search(view, data.snapshot().default), "revision": data.snapshot().revision},
            selection.sort if is_new[0] else no_update,
            where if is_new[1] else no_update,
        )

    for function, output, inputs in CLIENTSIDE:
        app.clientside_callback(  # type: ignore[no-untyped-call]
            ClientsideFunction("figures", function), output, *inputs, prevent_initial_call=True
        )


CLIENTSIDE = (
    (
        "follow",
        Output(ids.FOLLOWED, "data"),
        (Input(ids.VIEW, "data"), Input(ids.REVISION, "data"), Input(ids.ANSWERED, "data")),
    ),
    (
        "columns",
        Output({"option": "columns"}, "value", allow_duplicate=True),
        (Input(ids.COLUMNS, "value"), State({"option": "columns"}, "value")),
    ),
    ("copy", Output(ids.COPIED, "children"), (Input(ids.COPY, "n_clicks"), State(ids.TABLE, "selectedRows"))),
)
"""What runs in the browser (assets/figures.js)."""


def of_grid(view: View, request: dict[str, Any]) -> Selection:
    """The selection in view, with the sorting and the column filters of the grid."""
    selection = of_view(view)
    sorts = [one for one in request.get("sortModel") or [] if one.get("colId") in SCHEMA]
    sort = f"{'-' if sorts[0].get('sort') == 'desc' else ''}{sorts[0]['colId']}" if sorts else ""
    where = column_filters.of_grid(request.get("filterModel"))
    return Selection(selection.filters, selection.find, selection.status, sort, where)


def page_of_rows(data: Data, selection: Selection, request: dict[str, Any]) -> tuple[int, Any]:
    """The number of all rows, and the rows that the grid requests."""
    begin = max(int(request.get("startRow") or 0), 0)
    end = min(max(int(request.get("endRow") or AT_ONCE), begin), begin + MOST_AT_ONCE)
    return count(data, selection), rows(data, selection, begin, end)


def narrowed(selection: Selection, data: Data) -> list[Any]:
    """To what the table is narrowed, with a link to all figures; nothing if it shows all."""
    if replace(selection, sort="") == Selection(data.default(FIGURES)):
        return []
    words = [phrase(selection.filters, data.names)] if selection.filters != data.default(FIGURES) else []
    words += [f"“{selection.find}” in the quotes"] if selection.find else []
    words += [f"review: {STATUS_WORDS.get(selection.status, selection.status)}"] if selection.status != KEPT else []
    words += [wording.many(len(selection.where), "filter") + " of columns"] if selection.where else []
    return [f"Narrowed to {'; '.join(words)}. ", dcc.Link("Show all figures", href=FIGURES)]


def left_out(selection: Selection, data: Data) -> list[Any]:
    """How many figures are not in view because something else than an armed conflict caused the harm, with a link to
    all of them; nothing if there are none.
    """
    if selection.filters.cause != (Cause.CONFLICT,):
        return []
    every = replace(selection, filters=replace(selection.filters, cause=()))
    number = count(data, every) - count(data, selection)
    if not number:
        return []
    are = "is" if number == 1 else "are"
    said = f"{wording.many(number, 'figure')} of disasters, crime or other causes {are} left out. "
    return [said, dcc.Link("Show all causes", href=FIGURES + search(View(every.filters), data.default(FIGURES)))]


def count_in_words(total: int) -> str:
    """The number of figures in view, in words."""
    return f"{total:,} figure{'' if total == 1 else 's'} in view"
