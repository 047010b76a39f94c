"""The data table below each chart: the same numbers, for people who cannot see the chart or want exact values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

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
    full_caption = caption if len(rows) <= MOST else f"{caption}; the first {MOST} of {len(rows):,} rows"
    head = [html.Th(one, scope="col") for one in headings]
    with_evidence = any(row.figure_ids for row in rows)
    if with_evidence:
        head.append(html.Th("Evidence", scope="col"))
    body = [html.Tr(_cells(name, number, row, with_evidence)) for number, row in enumerate(rows[:MOST])]
    table = html.Table([html.Caption(full_caption), html.Thead(html.Tr(head)), html.Tbody(body)], className="numbers")
    box: dict[str, Any] = {"role": "region", "aria-label": caption}
    return html.Details(
        [html.Summary("The numbers as a table"), html.Div(table, className="wide", tabIndex="0", **box)],
        className="behind",
        open=opened,
    )


def _cells(name: str, number: int, row: Row, with_evidence: bool) -> list[Any]:
    first, *others = row.cells
    cells: list[Any] = [html.Th(first, scope="row"), *(html.Td(one) for one in others)]
    if with_evidence:
        named: dict[str, Any] = {"aria-label": f"Evidence for {', '.join(one for one in row.cells if one)}"}
        button = html.Button("Read", id=ids.card(f"{name}-{number}", row.figure_ids), className="link", **named)
        cells.append(html.Td(button if row.figure_ids else ""))
    return cells
