"""Only the chart, for a frame in another page."""

from __future__ import annotations

from typing import Any

from dash import Dash

from dashboard.panels import chart
from dashboard.view.data import Data


def layout(data: Data, search: str) -> list[Any]:
    """The chart; what stands around it on the timeline is hidden by the stylesheet."""
    return [chart.layout(data.view_at("/embed", search))]


def register(_app: Dash, _data: Data) -> None:
    """The chart is registered by the timeline."""
