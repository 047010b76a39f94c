"""All figures in view, row by row."""

from __future__ import annotations

from typing import Any

from dash import Dash

from dashboard.panels import table, takeaway
from dashboard.view.data import Data


def layout(data: Data, search: str) -> list[Any]:
    """The table, and how its rows are taken away."""
    return [table.layout(data.view_at("/figures", search)), takeaway.layout(with_chart=False)]


def register(app: Dash, data: Data) -> None:
    """Fill it with what is in view."""
    table.register(app, data)
