"""The page with the table of all figures in view."""

from __future__ import annotations

from typing import Any

from dash import Dash

from dashboard.panels import download, table
from dashboard.view.data import FIGURES, Data


def layout(data: Data, search: str) -> list[Any]:
    """The table, and the downloads of its rows."""
    return [table.layout(data.view_at(FIGURES, search)), download.layout(with_chart=False)]


def register(app: Dash, data: Data) -> None:
    """The callbacks of the table."""
    table.register(app, data)
