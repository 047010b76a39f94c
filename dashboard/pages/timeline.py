"""The timeline page: the chart of what is in view, the latest totals, and downloads."""

from __future__ import annotations

from typing import Any

from dash import Dash

from dashboard.panels import cards, chart, download, picture
from dashboard.view.data import Data


def layout(data: Data, search: str) -> list[Any]:
    """Chart, cards and downloads."""
    return [chart.layout(data.view_at("/timeline", search)), cards.layout(), download.layout(with_chart=True)]


def register(app: Dash, data: Data) -> None:
    """Draw what is in view."""
    chart.register(app, data)
    cards.register(app, data)
    picture.register(app, data)
