"""The data table below each chart: the same numbers, for people who cannot see the chart or want exact values.

A folded table is not built: the browser holds its cells, and makes rows of them when the table is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, dcc, html

from dashboard.look import ids

MOST = 300
"""The most rows shown; the page of all figures has the rest."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells as texts, and the ids of its figures, separated by blanks."""

    cells: Sequence[str]
    figure_ids: str = ""


def data_table(
    name: str, caption: str, headings: Sequence[str], rows: Sequence[Row], *, opened: bool = False
) -> html.Details:
    """The table, folded unless `opened`; each row has a button for its evidence. `name` is unique on the page."""
    box: dict[str, Any] = {"role": "region", "aria-label": caption}
    table = [_table(name, caption, headings, rows)] if opened else []
    cells = {
        "caption": captioned(caption, len(rows)),
        "headings": list(headings),
        "rows": [[list(row.cells), row.figure_ids] for row in rows[:MOST]],
    }
    on_summary: dict[str, Any] = {} if opened else {"id": {"unfold": name}}
    on_box: dict[str, Any] = {} if opened else {"id": {"unfolded": name}}
    parts = [
        html.Summary("The numbers as a table", **on_summary),
        html.Div(table, className="wide", tabIndex="0", **box, **on_box),
    ]
    kept = [] if opened else [dcc.Store(id={"folded": name}, data=cells)]
    return html.Details([*parts, *kept], className="behind", open=opened)


def register(app: Dash) -> None:
    """The browser builds a table when it is opened, and again if its cells change while it is open."""
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("figures", "unfold"),
        Output({"unfolded": ALL}, "children"),
        Input({"unfold": ALL}, "n_clicks"),
        Input({"folded": ALL}, "data"),
        State({"folded": ALL}, "id"),
    )


def captioned(caption: str, number: int) -> str:
    """The caption of a table of so many rows, of which the first are shown."""
    return caption if number <= MOST else f"{caption}; the first {MOST} of {number:,} rows. The CSV file has all."


def _table(name: str, caption: str, headings: Sequence[str], rows: Sequence[Row]) -> html.Table:
    head = [html.Th(one, scope="col") for one in headings]
    with_evidence = any(row.figure_ids for row in rows)
    if with_evidence:
        head.append(html.Th("Evidence", scope="col"))
    body = [html.Tr(_cells(name, number, row, with_evidence)) for number, row in enumerate(rows[:MOST])]
    parts = [html.Caption(captioned(caption, len(rows))), html.Thead(html.Tr(head)), html.Tbody(body)]
    return html.Table(parts, className="numbers")


def _cells(name: str, number: int, row: Row, with_evidence: bool) -> list[Any]:
    first, *others = row.cells
    cells: list[Any] = [html.Th(first, scope="row"), *(html.Td(one) for one in others)]
    if with_evidence:
        named: dict[str, Any] = {"aria-label": f"Evidence for {', '.join(one for one in row.cells if one)}"}
        button = html.Button("Read", id=ids.card(f"{name}-{number}", row.figure_ids), className="link", **named)
        cells.append(html.Td(button if row.figure_ids else ""))
    return cells
