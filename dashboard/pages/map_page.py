"""Where it happened: figures by country."""

from __future__ import annotations

from typing import Any

from dash import Dash, html

from dashboard.data import MAP, Data
from tracker.timelines.filters import apply


def layout(data: Data, search: str) -> list[Any]:
    """How many figures each country has."""
    counts = apply(data.snapshot().table, data.view_at(MAP, search).filters)["country"].value_counts()
    rows = [html.Tr([html.Td(str(code)), html.Td(f"{count:,}")]) for code, count in counts.items()]
    return [html.Section([html.H1("By country"), html.Table(html.Tbody(rows))], className="panel")]


def register(_app: Dash, _data: Data) -> None:
    """It has nothing that moves."""
