"""All figures in view, row by row."""

from __future__ import annotations

from typing import Any

from dash import Dash

from dashboard.data import Data
from dashboard.panels import table


def layout(_data: Data, _search: str) -> list[Any]:
    """The table."""
    return [table.layout()]


def register(app: Dash, data: Data) -> None:
    """Fill it with what is in view."""
    table.register(app, data)
