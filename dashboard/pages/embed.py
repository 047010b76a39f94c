"""The bare chart, for a frame in another page."""

from __future__ import annotations

from typing import Any

from dash import Dash

from dashboard.panels import chart
from dashboard.view.data import Data


def layout(data: Data, search: str) -> list[Any]:
    """The chart. The stylesheet hides what surrounds it on the timeline."""
    return [chart.layout(data.view_at("/embed", search))]


def register(_app: Dash, _data: Data) -> None:
    """Nothing: the timeline registers the chart."""
